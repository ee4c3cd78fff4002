import type { Scenario } from '../scenario';
import { consent } from './consent';
import { load } from './load';
import { queue } from './queue';
import { secrets } from './secrets';
import { trigger } from './trigger';
import { workflowScenario } from './workflow';

/** All scenarios, in the order in which they run. */
export const scenarios: Scenario[] = [load, workflowScenario, consent, trigger, queue, secrets];
