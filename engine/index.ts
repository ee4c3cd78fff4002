import './environment';

import { randomInt, randomUUID } from 'node:crypto';

import {
	CredentialTestContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import { deepCopy, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	IPinData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { FortnoxOAuth2Api } from '../credentials/FortnoxOAuth2Api.credentials';
import { FortnoxServiceAccountApi } from '../credentials/FortnoxServiceAccountApi.credentials';
import { EngineCredentials } from './credentials';
import type { StoredCredential } from './credentials';
import { chain, resultOf, toItems } from './items';
import { AGENT, EngineNodeTypes, MANUAL_TRIGGER } from './nodes';
import { oAuth2Api } from './oAuth2Api';
import { activate, type ActiveTrigger } from './trigger';
import type {
	EditorOptions,
	EngineOptions,
	EngineResult,
	EngineWorkflow,
	PollOptions,
	RunNodeOptions,
	RunOptions,
	RunToolOptions,
} from './types';

export type { StoredCredential } from './credentials';
export { fortnoxCredential } from './fortnoxCredential';
export { chain } from './items';
export { LOOP_OVER_ITEMS, MANUAL_TRIGGER } from './nodes';
export type { NodeTypeClass } from './nodes';
export type { ActiveTrigger } from './trigger';
export type { EngineError, EngineInput, EngineOptions, EngineResult, EngineWorkflow, RunNodeOptions } from './types';

export const ACCOUNTING_NODE = 'n8n-nodes-fortnox-accounting.fortnoxAccounting';
export const ACCOUNTING_TRIGGER = 'n8n-nodes-fortnox-accounting.fortnoxAccountingTrigger';
export const INSTANT_TRIGGER = 'n8n-nodes-fortnox-accounting.fortnoxAccountingInstantTrigger';

const UNREACHABLE_URL = 'http://engine.invalid';

/** Runs nodes and workflows on n8n-core, with credentials in memory and without n8n's server, database and editor. */
export class Engine {
	private readonly nodeTypes: EngineNodeTypes;

	private readonly credentials: EngineCredentials;

	private readonly store: Record<string, StoredCredential>;

	/** Of workflows without one: no other engine's has it, as in n8n, where nodes keep things by workflow. */
	private readonly workflowId = randomUUID();

	constructor(options: EngineOptions) {
		this.nodeTypes = new EngineNodeTypes(options.nodeTypes);
		this.store = options.credentials ?? {};
		const types = [oAuth2Api, new FortnoxOAuth2Api(), new FortnoxServiceAccountApi(), ...(options.credentialTypes ?? [])];
		this.credentials = new EngineCredentials(new Map(types.map((type) => [type.name, type])), this.store);
	}

	/** Runs a workflow to its end. Node errors are in the result; only a workflow that cannot start throws. */
	async run(workflow: EngineWorkflow, options: RunOptions = {}): Promise<EngineResult> {
		const executionId = options.executionId ?? String(randomInt(2 ** 47));
		const mode = options.mode ?? 'manual';
		const instance = this.workflow(workflow.nodes, workflow.connections, workflow);
		const startNode = instance.getStartNode();
		if (!startNode) throw new Error('The workflow has no node to start from');
		const pinData: IPinData = {
			...workflow.pinData,
			...(options.input ? { [startNode.name]: toItems(options.input) } : {}),
		};

		const additionalData = this.additionalData(executionId);
		additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, {
			id: instance.id,
			name: instance.name ?? 'Workflow',
			nodes: workflow.nodes,
			connections: workflow.connections,
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
		});

		const running = new WorkflowExecute(additionalData, mode).run({ workflow: instance, startNode, pinData });
		const cancel = () => running.cancel();
		options.signal?.addEventListener('abort', cancel);
		if (options.signal?.aborted) cancel();
		try {
			return resultOf(await running, executionId);
		} finally {
			options.signal?.removeEventListener('abort', cancel);
		}
	}

	/** Runs one node behind a manual trigger. */
	async runNode(options: RunNodeOptions): Promise<EngineResult> {
		const { input = [{}], mode, executionId, signal, type = ACCOUNTING_NODE, name = 'Node', id, workflowSettings, ...settings } = options;
		const node = this.node({ ...settings, id, type, name });
		const trigger = this.node({ type: MANUAL_TRIGGER, name: 'Start', parameters: {} });
		return await this.run(
			{ nodes: [trigger, node], connections: chain(trigger.name, node.name), settings: workflowSettings },
			{ input, mode, executionId, signal },
		);
	}

	/**
	 * Calls a node as an AI agent's tool, through n8n's own wrapper: once per element of `args`, which fill the
	 * parameters that are `$fromAI()` expressions. Items: `name` and `description` as the model sees the tool,
	 * and `response`, the text that the model gets.
	 */
	async runTool(options: RunToolOptions): Promise<EngineResult> {
		const { args, mode, executionId, signal, type = ACCOUNTING_NODE, name = 'Tool', id, ...settings } = options;
		const nodes = [
			this.node({ type: MANUAL_TRIGGER, name: 'Start', parameters: {} }),
			this.node({ type: AGENT, name: 'Agent', parameters: {} }),
			this.node({ ...settings, id, type: `${type}Tool`, name }),
		];
		const toolOutput = { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] };
		return await this.run(
			{ nodes, connections: { ...chain('Start', 'Agent'), [name]: toolOutput } },
			{ input: args, mode, executionId, signal },
		);
	}

	/** A node for a workflow, with the oldest version of its type, which its saved workflows have, and the engine's credentials. */
	node(
		options: Partial<Omit<INode, 'credentials'>> & Pick<INode, 'type' | 'name' | 'parameters'> & { credentials?: Record<string, string> },
	): INode {
		const { credentials, ...fields } = options;
		const { version, defaultVersion } = this.nodeTypes.getByNameAndVersion(fields.type).description;
		return {
			typeVersion: defaultVersion ?? (Array.isArray(version) ? Math.min(...version) : version),
			position: [0, 0],
			...fields,
			id: fields.id ?? randomUUID(),
			credentials: this.nodeCredentials(credentials),
		};
	}

	/** Calls a searchable list of a node as the editor does. */
	async listSearch(
		type: string,
		method: string,
		options: EditorOptions & { filter?: string; paginationToken?: string; path?: string } = {},
	): Promise<INodeListSearchResult> {
		const search = this.nodeTypes.getByNameAndVersion(type).methods?.listSearch?.[method];
		if (!search) throw new Error(`${type} has no searchable list "${method}"`);
		const parameters = options.parameters ?? {};
		const node = this.node({ type, name: 'Node', parameters, credentials: options.credentials });
		const additionalData = this.additionalData();
		additionalData.currentNodeParameters = parameters;
		const context = new LoadOptionsContext(this.workflow([node]), node, additionalData, options.path ?? '');
		return await search.call(context, options.filter, options.paginationToken);
	}

	/** Polls a trigger node once. */
	async poll(type: string, parameters: INodeParameters, options: PollOptions = {}): Promise<INodeExecutionData[][] | null> {
		const { mode = 'trigger', staticData = {}, credentials, name = 'Trigger', id, typeVersion } = options;
		const { poll } = this.nodeTypes.getByNameAndVersion(type);
		if (!poll) throw new Error(`${type} is no polling trigger`);
		const node = this.node({ id, type, name, parameters, credentials, ...(typeVersion !== undefined && { typeVersion }) });
		const workflow = this.workflow([node]);
		const context = new PollContext(
			workflow,
			// The workflow's own node: its parameters have their defaults.
			workflow.getNode(name) ?? node,
			this.additionalData(),
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			() => staticData,
		);
		return await poll.call(context);
	}

	/** Activates a trigger node, with the static data that an earlier activation left. */
	async activate(type: string, parameters: INodeParameters, options: Omit<PollOptions, 'mode'> = {}): Promise<ActiveTrigger> {
		const { staticData = {}, credentials, name = 'Trigger', id } = options;
		const nodeType = this.nodeTypes.getByNameAndVersion(type);
		const workflow = this.workflow([this.node({ id, type, name, parameters, credentials })]);
		const node = workflow.getNode(name);
		if (!node) throw new Error('The workflow has no trigger');
		return await activate({ nodeType, workflow, node, additionalData: this.additionalData(), staticData });
	}

	/** Tests a credential as n8n's credential dialog does, by the function that a node names under `testedBy`. */
	async credentialTest(id: string): Promise<INodeCredentialTestResult> {
		const { type, name = id } = this.credentials.stored(id);
		const data = this.credential(id);
		for (const nodeTypeName of this.nodeTypes.names()) {
			const nodeType = this.nodeTypes.getByNameAndVersion(nodeTypeName);
			const testedBy = nodeType.description.credentials?.find((entry) => entry.name === type)?.testedBy;
			const testFunction = typeof testedBy === 'string' ? nodeType.methods?.credentialTest?.[testedBy] : undefined;
			if (testFunction) return await testFunction.call(new CredentialTestContext(), { id, name, type, data });
		}
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}

	/** A credential as a node gets it now: stored data, renewed tokens, defaults and computed fields. */
	credential(id: string): ICredentialDataDecryptedObject {
		const { type, data } = this.credentials.stored(id);
		return this.credentials.withDefaults(this.additionalData(), deepCopy(data), type, { mode: 'internal' });
	}

	private nodeCredentials(chosen: Record<string, string> = {}): INode['credentials'] {
		const byType: Record<string, string> = {};
		for (const [id, { type }] of Object.entries(this.store)) byType[type] ??= id;
		return Object.fromEntries(
			Object.entries({ ...byType, ...chosen }).map(([type, id]) => [type, { id, name: this.store[id]?.name ?? id }]),
		);
	}

	private workflow(nodes: INode[], connections: IConnections = {}, rest: Partial<EngineWorkflow> = {}): Workflow {
		return new Workflow({
			id: rest.id ?? this.workflowId,
			name: rest.name ?? 'Workflow',
			nodes: deepCopy(nodes),
			connections,
			active: false,
			nodeTypes: this.nodeTypes,
			settings: { executionOrder: 'v1', ...rest.settings },
		});
	}

	private additionalData(executionId?: string): IWorkflowExecuteAdditionalData {
		const missing = (what: string) => async () => {
			throw new Error(`The engine has no ${what}`);
		};
		return {
			credentialsHelper: this.credentials,
			externalSecretsProxy: new ExternalSecretsProxy(),
			executionId,
			executeWorkflow: missing('sub-workflows'),
			startRunnerTask: missing('task runners'),
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			currentNodeExecutionIndex: 0,
			variables: {},
			logAiEvent: () => {},
			restApiUrl: UNREACHABLE_URL,
			instanceBaseUrl: UNREACHABLE_URL,
			formBaseUrl: UNREACHABLE_URL,
			formWaitingBaseUrl: UNREACHABLE_URL,
			formTestBaseUrl: UNREACHABLE_URL,
			webhookBaseUrl: UNREACHABLE_URL,
			webhookWaitingBaseUrl: UNREACHABLE_URL,
			webhookTestBaseUrl: UNREACHABLE_URL,
			mcpBaseUrl: UNREACHABLE_URL,
			mcpTestBaseUrl: UNREACHABLE_URL,
		};
	}
}

export function createEngine(options: EngineOptions): Engine {
	return new Engine(options);
}
