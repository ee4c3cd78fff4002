import type { Scenario } from '../scenario';
import { consent } from './consent';
import { editor } from './editor';
import { examples } from './examples';
import { load } from './load';
import { queue } from './queue';
import { secrets } from './secrets';
import { trigger } from './trigger';
import { workflowScenario } from './workflow';

/** All scenarios, in the order in which they run. */
export const scenarios: Scenario[] = [load, workflowScenario, examples, consent, editor, trigger, queue, secrets];
