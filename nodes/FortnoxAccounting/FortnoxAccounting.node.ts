import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, NodeApiError } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { fortnoxServiceAccountTest } from '../shared/n8n/credentialTest';
import { authenticationField } from '../shared/n8n/authentication';
import { tenantIdField } from '../shared/n8n/company';
import { errorItem, toNodeError } from '../shared/n8n/errors';
import { showInForm } from '../shared/n8n/errorView';
import { formOf } from '../shared/n8n/formNames';
import { carryOut } from '../shared/n8n/execution';
import { listSearch } from '../shared/books/listSearch';
import { readOnlyField } from '../shared/n8n/readOnly';
import { toProperties, type Operation } from '../shared/n8n/operation';
import { isTool, tellModel } from '../shared/n8n/tool';
import { resources } from './resources';

/** An error as the form of its operation calls things. */
function inForm<T extends NodeApiError | NodeOperationError>(context: IExecuteFunctions, error: T, { fields }: Operation): T {
	const { itemIndex } = error.context;
	const item = typeof itemIndex === 'number' ? itemIndex : 0;
	return showInForm(
		error,
		formOf(fields, (name) => context.getNodeParameter(name, item, undefined)),
	);
}

export class FortnoxAccounting implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fortnox Accounting',
		name: 'fortnoxAccounting',
		icon: { light: 'file:../../icons/fortnoxAccounting.svg', dark: 'file:../../icons/fortnoxAccounting.dark.svg' },
		group: ['transform'],
		// From 1.1 on the output is simplified where the user chose nothing.
		version: [1, 1.1],
		// 'get many: journal entry' from 'getAll' and 'journalEntry'; 'import SIE', 'VAT return'
		subtitle:
			'={{ ($parameter["operation"].replace("getAll", "getMany") + ": " + $parameter["resource"]).replace(/[A-Z]/g, " $&")' +
			'.toLowerCase().replace("sie:", "SIE:").replace("vat ", "VAT ") }}',
		description: 'Posts to and reads from the general ledger of Fortnox',
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
		properties: [authenticationField, tenantIdField, readOnlyField, ...toProperties(resources)],
	};

	methods = { listSearch, credentialTest: { fortnoxServiceAccountTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operationName = this.getNodeParameter('operation', 0);
		const operation = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operationName);
		if (operation === undefined) {
			throw new NodeOperationError(this.getNode(), `There is no operation '${operationName}' on '${resource}'`);
		}
		try {
			return [await carryOut(this, operation)];
		} catch (error) {
			// Where execute() throws and On Error is Continue, n8n would pass the input on as if all were well.
			if (this.continueOnFail()) return [this.getInputData().map((_item, index) => errorItem(this, error, [index]))];
			const shown = inForm(this, toNodeError(this.getNode(), error, 0), operation);
			throw isTool(this) ? tellModel(shown) : shown;
		}
	}
}
