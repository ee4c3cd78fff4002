import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { fortnoxServiceAccountTest } from '../shared/n8n/credentialTest';
import { authenticationField } from '../shared/n8n/authentication';
import { tenantIdField } from '../shared/n8n/company';
import { errorItem, toNodeError } from '../shared/n8n/errors';
import { carryOut } from '../shared/n8n/execution';
import { listSearch } from '../shared/books/listSearch';
import { toProperties } from '../shared/n8n/operation';
import { resources } from './resources';

export class FortnoxAccounting implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fortnox Accounting',
		name: 'fortnoxAccounting',
		icon: { light: 'file:../../icons/fortnoxAccounting.svg', dark: 'file:../../icons/fortnoxAccounting.dark.svg' },
		group: ['transform'],
		// From 1.1 on the output is simplified where the user chose nothing.
		version: [1, 1.1],
		// 'get many: journal entry' from 'getAll' and 'journalEntry'
		subtitle:
			'={{ ($parameter["operation"].replace("getAll", "getMany") + ": " + $parameter["resource"]).replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Post to and read from the general ledger of Fortnox',
		defaults: { name: 'Fortnox Accounting' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Written out in each node: n8n's checks read them from the source.
		credentials: [
			{
				name: 'fortnoxOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'fortnoxServiceAccountApi',
				required: true,
				testedBy: 'fortnoxServiceAccountTest',
				displayOptions: { show: { authentication: ['serviceAccount'] } },
			},
		],
		properties: [authenticationField, tenantIdField, ...toProperties(resources)],
	};

	methods = { listSearch, credentialTest: { fortnoxServiceAccountTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operationName = this.getNodeParameter('operation', 0);
		const operation = resources
			.find(({ value }) => value === resource)
			?.operations.find(({ value }) => value === operationName);
		if (operation === undefined) {
			throw new NodeOperationError(this.getNode(), `There is no operation '${operationName}' on '${resource}'`);
		}
		try {
			return [await carryOut(this, operation)];
		} catch (error) {
			// Where execute() throws and On Error is Continue, n8n would pass the input on as if all were well.
			if (this.continueOnFail()) return [this.getInputData().map((_item, index) => errorItem(this, error, [index]))];
			throw toNodeError(this.getNode(), error, 0);
		}
	}
}
