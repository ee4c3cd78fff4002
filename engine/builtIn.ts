import { runInNewContext } from 'node:vm';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * Stand-ins for nodes of n8n's own that the examples have between the package's: as much of each as they use. The real
 * ones run in test/e2e.
 */

function description(name: string, properties: INodeProperties[], outputs = 1): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: `Stands for n8n's own ${name}`,
		defaults: { name },
		inputs: [NodeConnectionTypes.Main],
		outputs: Array.from({ length: outputs }, () => NodeConnectionTypes.Main),
		properties,
	};
}

const field = (name: string, type: INodeProperties['type'], fallback: INodeProperties['default']): INodeProperties => ({
	displayName: name,
	name,
	type,
	default: fallback,
});

/** No Operation; and a note on the canvas, which nothing is connected to. */
class PassOn implements INodeType {
	description = description('noOp', []);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Whether a value of a Code node's own realm is an item, which n8n asks as well. */
function isItem(value: unknown): value is INodeExecutionData {
	return typeof value === 'object' && value !== null && 'json' in value;
}

/** JavaScript that runs once for all items, with n8n's own data proxy. */
class Code implements INodeType {
	description = description('code', [field('jsCode', 'string', '')]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const code = this.getNodeParameter('jsCode', 0);
		if (typeof code !== 'string') throw new Error(`${this.getNode().name} has no code`);
		const prepareBinaryData = async (buffer: Buffer, fileName: string, mimeType: string) =>
			await this.helpers.prepareBinaryData(Buffer.from(buffer), fileName, mimeType);
		const scope = { ...this.getWorkflowDataProxy(0), Buffer, helpers: { prepareBinaryData } };
		const output: unknown = await runInNewContext(`(async function () { ${code}\n}).call({ helpers })`, scope);
		if (!Array.isArray(output) || !output.every(isItem)) throw new Error(`${this.getNode().name} gives no items`);
		// Objects of the code's realm are none of this one's: n8n's copying would lose them.
		return [output.map(({ json, ...item }) => ({ ...item, json: JSON.parse(JSON.stringify(json)) as IDataObject }))];
	}
}

/** Edit Fields in its mode JSON. */
class EditFields implements INodeType {
	description = description('set', [field('mode', 'string', 'manual'), field('jsonOutput', 'json', '{}')]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getNodeParameter('mode', 0) !== 'raw') throw new Error('The stand-in for Edit Fields knows the mode JSON alone');
		const output = this.getInputData().map((_item, index): INodeExecutionData => {
			const value: unknown = this.getNodeParameter('jsonOutput', index);
			return { json: (typeof value === 'string' ? JSON.parse(value) : value) as IDataObject, pairedItem: { item: index } };
		});
		return [output];
	}
}

/** If, with conditions that are boolean expressions. */
class If implements INodeType {
	description = description('if', [field('conditions', 'json', {})], 2);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const branches: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
		this.getInputData().forEach((item, index) => {
			const { conditions } = this.getNodeParameter('conditions', index) as { conditions: Array<{ leftValue: unknown }> };
			branches[conditions.every(({ leftValue }) => leftValue === true) ? 0 : 1].push({ ...item, pairedItem: { item: index } });
		});
		return branches;
	}
}

/** The stand-ins by the names of the nodes that they stand for. */
export const BUILT_IN = {
	'n8n-nodes-base.code': Code,
	'n8n-nodes-base.if': If,
	'n8n-nodes-base.noOp': PassOn,
	'n8n-nodes-base.set': EditFields,
	'n8n-nodes-base.stickyNote': PassOn,
};
