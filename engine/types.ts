import type {
	ExecutionStatus,
	ICredentialType,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPinData,
	IRun,
	IRunData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { StoredCredential } from './credentials';
import type { NodeTypeClass } from './nodes';

export interface EngineOptions {
	/** Node classes by full type name. A manual trigger and Loop Over Items are always there. */
	nodeTypes: Record<string, NodeTypeClass>;
	/** Credentials by id, as n8n would hold them in its database: renewed in place, and shared by engines that get the same object. */
	credentials?: Record<string, StoredCredential>;
	/** Credential types besides the package's own. */
	credentialTypes?: ICredentialType[];
}

/** The part of an exported workflow that the engine reads. */
export interface EngineWorkflow {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** Items as plain JSON objects, or as whole items (what has an object under `json`) where binary data matters. */
export type EngineInput = Array<IDataObject | INodeExecutionData>;

export interface RunOptions {
	/** Items that the start node emits in place of its own. */
	input?: EngineInput;
	mode?: WorkflowExecuteMode;
	/** Default: a random number, so that runs of several processes on one server do not meet. */
	executionId?: string;
	/** Cancels the execution, as a user's stop button does. */
	signal?: AbortSignal;
}

export interface RunNodeOptions
	extends RunOptions, Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'executeOnce' | 'alwaysOutputData'> {
	/** Full type name; default: the accounting node. */
	type?: string;
	/** Name of the node in the workflow; default: `Node`. */
	name?: string;
	/** Id of the node; default: random. */
	id?: string;
	parameters: INodeParameters;
	/** Default: the oldest, which saved workflows have. */
	typeVersion?: number;
	/** Settings of the workflow around the node, such as `binaryMode`. */
	workflowSettings?: IWorkflowSettings;
	/** Credential id by credential type; default: the first credential of each type that the engine holds. */
	credentials?: Record<string, string>;
}

export interface RunToolOptions extends Omit<RunNodeOptions, 'input'> {
	args: IDataObject[];
}

export interface EngineResult {
	status: ExecutionStatus;
	/** The error that ended the execution, as the node threw it. */
	error: EngineError | undefined;
	executionId: string;
	/** Items of all runs of a node (default: the node that ran last) on one output (default: the first). */
	items(nodeName?: string, outputIndex?: number): INodeExecutionData[];
	/** The same, only their JSON. */
	json(nodeName?: string, outputIndex?: number): IDataObject[];
	/** Execution hints of all runs of a node. */
	hints(nodeName?: string): string[];
	runData: IRunData;
	execution: IRun;
}

/** What tests read of an n8n error, whichever class it has. */
export interface EngineError {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
	cause?: unknown;
}

export interface EditorOptions {
	parameters?: INodeParameters;
	credentials?: Record<string, string>;
}

export interface PollOptions {
	mode?: 'manual' | 'trigger';
	/** The node's static data: read and changed in place, as n8n keeps it between polls. */
	staticData?: IDataObject;
	credentials?: Record<string, string>;
	name?: string;
	/** Id of the node; default: random. */
	id?: string;
	/** Default: the oldest, which saved workflows have. */
	typeVersion?: number;
}
