import type { Scenario } from '../scenario';
import { load } from './load';

/** All scenarios, in the order in which they run. */
export const scenarios: Scenario[] = [load];
