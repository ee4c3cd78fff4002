import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';

import { BUILT_IN } from './builtIn';

export type NodeTypeClass = new () => INodeType | IVersionedNodeType;

export const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
export const LOOP_OVER_ITEMS = 'n8n-nodes-base.splitInBatches';
export const AGENT = 'engine.agent';

/** Stand-in for n8n's own: starts the workflow with one empty item, or with what is pinned to it. */
class ManualTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Manual Trigger',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts a workflow',
		defaults: { name: 'Manual Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** What Loop Over Items keeps between its turns. */
interface LoopState {
	waiting?: INodeExecutionData[];
	done?: INodeExecutionData[];
}

/** Stand-in for n8n's own: batches leave through output 1 (loop), and all that came back through output 0 (done). */
class LoopOverItems implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Loop Over Items',
		name: 'splitInBatches',
		group: ['organization'],
		version: 3,
		description: 'Runs the nodes behind it once per batch',
		defaults: { name: 'Loop Over Items' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['done', 'loop'],
		properties: [{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const context: LoopState = this.getContext('node');
		const input = this.getInputData();
		const waiting = context.waiting ?? [...input];
		const done = context.done ? [...context.done, ...input] : [];
		const batch = waiting.splice(0, Number(this.getNodeParameter('batchSize', 0)));
		context.waiting = waiting;
		context.done = done;
		return batch.length > 0 ? [[], batch] : [done, []];
	}
}

/** What the stand-in for an agent needs of a tool: n8n wraps nodes as LangChain tools, which have all of this. */
interface Tool {
	name: string;
	description: string;
	invoke(input: IDataObject): Promise<string>;
}

/** Stand-in for an AI agent: calls the one tool that is connected to it with the JSON of each input item as arguments. */
class Agent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Calls a tool',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool, maxConnections: 1 }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tool = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool;
		const output: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const response = await tool.invoke(json);
			output.push({ json: { name: tool.name, description: tool.description, response } });
		}
		return [output];
	}
}

/** What n8n's server makes of a node that is usable as a tool: the same node with a tool in place of its items. */
function asTool({ description, methods, execute }: INodeType): INodeType {
	return {
		methods,
		execute,
		description: {
			...description,
			name: `${description.name}Tool`,
			displayName: `${description.displayName} Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
			properties: [
				{ displayName: 'Tool Description', name: 'descriptionType', type: 'options', options: [], default: 'auto' },
				{ displayName: 'Description', name: 'toolDescription', type: 'string', default: description.description },
				...description.properties,
			],
		},
	};
}

const instances = new Map<NodeTypeClass, INodeType | IVersionedNodeType>();

/** One instance of a node type serves the whole process, as in n8n. */
function instanceOf(NodeClass: NodeTypeClass): INodeType | IVersionedNodeType {
	const instance = instances.get(NodeClass) ?? new NodeClass();
	instances.set(NodeClass, instance);
	return instance;
}

/** The node types of one engine: the caller's, by full name (`package.node`), and the stand-ins. */
export class EngineNodeTypes implements INodeTypes {
	private readonly types: Map<string, INodeType | IVersionedNodeType>;

	constructor(classes: Record<string, NodeTypeClass>) {
		this.types = new Map(
			Object.entries({ [MANUAL_TRIGGER]: ManualTrigger, [LOOP_OVER_ITEMS]: LoopOverItems, [AGENT]: Agent, ...BUILT_IN, ...classes }).map(
				([name, NodeClass]) => [name, instanceOf(NodeClass)],
			),
		);
		for (const name of Object.keys(classes)) {
			const type = this.getByNameAndVersion(name);
			if (type.description.usableAsTool) this.types.set(`${name}Tool`, asTool(type));
		}
	}

	names(): string[] {
		return [...this.types.keys()];
	}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.types.get(name);
		if (!type) throw new Error(`The engine knows no node type "${name}"; it has ${this.names().join(', ')}`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}
}
