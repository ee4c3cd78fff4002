import type { INodeType, INodeTypeDescription, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from '../shared/books/listSearch';
import { entryApproved } from '../shared/books/watching/approvals';
import { newOrChangedAccount } from '../shared/books/watching/accounts';
import { newEntry, newOrChangedEntry } from '../shared/books/watching/entries';
import { financialYearOpened } from '../shared/books/watching/financialYears';
import { triggerFields, watchNamed } from '../shared/books/watching/triggerNode';
import type { Watch } from '../shared/books/watching/watch';
import { authenticationField } from '../shared/n8n/authentication';
import { tenantIdField } from '../shared/n8n/company';
import { fortnoxServiceAccountTest } from '../shared/n8n/credentialTest';
import { toTriggerError } from '../shared/n8n/triggerError';
import { withTraces } from '../shared/n8n/wholeCollections';
import { listen, sampleOnly } from './listen';

/** What Fortnox's websocket has a topic for. */
/** In the order of use: n8n's panel of nodes lists the triggers as they come here. */
const watches: readonly Watch[] = [newEntry, newOrChangedEntry, entryApproved, newOrChangedAccount, financialYearOpened];

const fields = triggerFields(watches);

export class FortnoxAccountingInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fortnox Accounting Instant Trigger',
		name: 'fortnoxAccountingInstantTrigger',
		icon: { light: 'file:../../icons/fortnoxAccounting.svg', dark: 'file:../../icons/fortnoxAccounting.dark.svg' },
		group: ['trigger'],
		// From 1.1 on the output is simplified where the user chose nothing.
		version: [1, 1.1],
		subtitle: '={{ $parameter["triggerOn"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Starts the workflow within a second when something happens in the general ledger of Fortnox',
		defaults: { name: 'Fortnox Accounting Instant Trigger' },
		inputs: [],
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
		properties: [authenticationField, tenantIdField, ...withTraces(fields)],
	};

	methods = { listSearch, credentialTest: { fortnoxServiceAccountTest } };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		try {
			const watch = watchNamed(watches, this.getNodeParameter('triggerOn'));
			return this.getMode() === 'manual' ? sampleOnly(this, watch, fields) : await listen(this, watch, fields);
		} catch (error) {
			throw toTriggerError(this, error, fields);
		}
	}
}
