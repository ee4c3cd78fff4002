import type { IDataObject, INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { authenticationField } from '../shared/n8n/authentication';
import { fortnoxServiceAccountTest } from '../shared/n8n/credentialTest';
import { companyOf, tenantIdField } from '../shared/n8n/company';
import { toTriggerError } from '../shared/n8n/triggerError';
import { withTraces } from '../shared/n8n/wholeCollections';
import { listSearch } from '../shared/books/listSearch';
import { entryApproved } from '../shared/books/watching/approvals';
import { newOrChangedAccount } from '../shared/books/watching/accounts';
import { newEntry, newOrChangedEntry } from '../shared/books/watching/entries';
import { financialYearOpened } from '../shared/books/watching/financialYears';
import { periodLocked } from '../shared/books/watching/lockedPeriod';
import { lookOnce, sampleOf } from '../shared/books/watching/look';
import { triggerFields, watchNamed } from '../shared/books/watching/triggerNode';
import type { Watch, Watcher } from '../shared/books/watching/watch';
import { readWatcher } from '../shared/books/watching/watcher';
import { connect } from '../shared/fortnox/n8nTransport';

/** In the order of use: n8n's panel of nodes lists the triggers as they come here. */
const watches: readonly Watch[] = [newEntry, newOrChangedEntry, entryApproved, newOrChangedAccount, periodLocked, financialYearOpened];

const fields = triggerFields(watches);

/** The triggers that are polling. A poll that comes while the last one is still under way has nothing to add to it. */
const polling = new Set<string>();

export class FortnoxAccountingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fortnox Accounting Trigger',
		name: 'fortnoxAccountingTrigger',
		icon: { light: 'file:../../icons/fortnoxAccounting.svg', dark: 'file:../../icons/fortnoxAccounting.dark.svg' },
		group: ['trigger'],
		// From 1.1 on the output is simplified where the user chose nothing.
		version: [1, 1.1],
		subtitle: '={{ $parameter["triggerOn"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		// n8n's panel of nodes shows the trigger and the node as one, with the description of the trigger (n8n 1.123 and 2.41).
		description: 'Posts to and reads from the general ledger of Fortnox, or starts the workflow when something happens in it',
		defaults: { name: 'Fortnox Accounting Trigger' },
		polling: true,
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

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const id = `${this.getWorkflow().id} ${this.getNode().id}`;
		const isTest = this.getMode() === 'manual';
		if (!isTest && polling.has(id)) return null;
		if (!isTest) polling.add(id);
		try {
			const watcher = readWatcher(this, fields, await connect(this, await companyOf(this)));
			const watch = watchNamed(watches, this.getNodeParameter('triggerOn'));
			const happened = isTest ? [await sampleOf(watch, watcher, this.getNode())] : await look(this, watch, watcher);
			return happened.length === 0 ? null : [happened.map((json) => ({ json }))];
		} catch (error) {
			throw toTriggerError(this, error, fields);
		} finally {
			if (!isTest) polling.delete(id);
		}
	}
}

async function look(context: IPollFunctions, watch: Watch, watcher: Watcher): Promise<IDataObject[]> {
	const kept = context.getWorkflowStaticData('node');
	const { happened, state } = await lookOnce(watch, watcher, kept);
	// All at once, at the end: a look that fails half-way leaves everything to the next one.
	Object.assign(kept, state);
	return happened;
}
