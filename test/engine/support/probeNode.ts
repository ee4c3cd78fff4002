import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

export const PROBE = 'test.probe';
export const PROBE_TRIGGER = 'test.probeTrigger';

const credentials: INodeTypeDescription['credentials'] = [
	{ name: 'fortnoxOAuth2Api', displayOptions: { show: { authentication: ['oAuth2'] } } },
	{ name: 'fortnoxServiceAccountApi', displayOptions: { show: { authentication: ['serviceAccount'] } } },
];

/** A node that does one thing per item, chosen by `action`, so that the engine is tested without the real node. */
export class Probe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Test node',
		usableAsTool: true,
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			{ displayName: 'Action', name: 'action', type: 'string', default: 'echo' },
			{ displayName: 'Authentication', name: 'authentication', type: 'string', default: 'oAuth2' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		],
	};

	methods = {
		listSearch: {
			async pages(this: ILoadOptionsFunctions, filter = '', page = '1'): Promise<INodeListSearchResult> {
				const name = `${filter} ${page} ${String(this.getCurrentNodeParameter('url'))}`;
				return { results: [{ name, value: name }], paginationToken: page === '1' ? '2' : undefined };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const [index, item] of this.getInputData().entries()) {
			try {
				output.push({ ...(await act.call(this, index, item)), pairedItem: { item: index } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				const failure = new NodeOperationError(this.getNode(), 'failed');
				output.push({ json: item.json, error: failure, pairedItem: { item: index } });
			}
		}
		return [output];
	}
}

/** Emits the number of polls that its static data has seen. */
export class ProbeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe Trigger',
		name: 'probeTrigger',
		group: ['trigger'],
		version: 1,
		polling: true,
		description: 'Test trigger',
		defaults: { name: 'Probe Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const state = this.getWorkflowStaticData('node');
		state.polls = Number(state.polls ?? 0) + 1;
		return [[{ json: { polls: state.polls, mode: this.getMode() } }]];
	}
}

async function act(this: IExecuteFunctions, index: number, item: INodeExecutionData): Promise<INodeExecutionData> {
	const action = this.getNodeParameter('action', index) as string;
	switch (action) {
		case 'request': {
			const type = this.getNodeParameter('authentication', index) === 'serviceAccount' ? 'fortnoxServiceAccountApi' : 'fortnoxOAuth2Api';
			const url = this.getNodeParameter('url', index) as string;
			return { json: await this.helpers.httpRequestWithAuthentication.call(this, type, { method: 'GET', url }) };
		}
		case 'hint':
			this.addExecutionHints({ message: `hint ${index}`, location: 'outputPane' });
			return { json: {} };
		case 'write':
			return { json: {}, binary: { data: await this.helpers.prepareBinaryData(Buffer.from('öre'), 'a.txt') } };
		case 'read':
			return { json: { text: (await this.helpers.getBinaryDataBuffer(index, 'data')).toString() } };
		case 'fail':
			if (item.json.bad === true) throw new NodeOperationError(this.getNode(), 'bad item', { itemIndex: index });
			return { json: item.json };
		case 'failApi':
			throw new NodeApiError(this.getNode(), { message: 'refused' }, { httpCode: '400' });
		case 'wait':
			await new Promise<void>((resolve) => this.onExecutionCancellation(resolve));
			return { json: { cancelled: true } };
		default:
			return {
				json: { ...item.json, execution: this.getExecutionId(), run: Number(this.getWorkflowDataProxy(index).$runIndex) },
			};
	}
}
