import type { Scenario } from '../scenario';
import { agent } from './agent';
import { approval } from './approval';
import { companies } from './companies';
import { compose } from './compose';
import { consent } from './consent';
import { echoes } from './echoes';
import { editor } from './editor';
import { examples } from './examples';
import { canvas } from './examples/canvas';
import { forms } from './forms';
import { instant } from './instant';
import { jobs } from './jobs';
import { lists } from './lists';
import { load } from './load';
import { mistakes } from './mistakes';
import { month } from './month';
import { nodesPanel } from './nodesPanel';
import { queue } from './queue';
import { refusals } from './refusals';
import { scopes } from './scopes';
import { secrets } from './secrets';
import { toolForm } from './toolForm';
import { trigger } from './trigger';
import { workflowScenario } from './workflow';

/** All scenarios, in the order in which they run. */
export const scenarios: Scenario[] = [
	load,
	workflowScenario,
	examples,
	canvas,
	month,
	agent,
	approval,
	companies,
	consent,
	editor,
	jobs,
	forms,
	nodesPanel,
	lists,
	scopes,
	toolForm,
	mistakes,
	refusals,
	compose,
	trigger,
	instant,
	queue,
	secrets,
	echoes,
];
