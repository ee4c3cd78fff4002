import type { IDataObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { tenantOf } from '../../fortnox/tenant';
import { Columns } from '../../n8n/columns';
import { simplified } from '../../n8n/simplified';
import { isObject } from '../../unified/readObject';
import { knownAccount, knownJournal } from '../reading/registers';
import type { Watch, Watcher } from './watch';

/** What a look found, and what to keep in the workflow's static data once that is handed on. */
export interface Look {
	happened: IDataObject[];
	state: IDataObject;
}

/**
 * What happened since the last look. The first look only notes where things stand, as does the first one at another
 * company, or after the user chose something else to watch.
 *
 * @param kept the state of the last look
 * @param where financial years, by id or calendar year, in which something is known to have happened; default: any
 * @throws {FortnoxError}
 * @throws {LedgerError} where a filter names what the company does not have, which is looked for once
 */
export async function lookOnce(watch: Watch, watcher: Watcher, kept: IDataObject, where?: ReadonlySet<number>): Promise<Look> {
	const { tenantId, tenantKey: company } = watcher.fortnox;
	const isSame = kept.company === company || isKeyOfOldVersion(kept.company, tenantId);
	const filters = [watcher.journal ?? '', watcher.account ?? ''].join(' ').trim();
	if (!isSame || (kept.checkedFilters ?? '') !== filters) await refuseUnknownFilters(watcher);
	const before: unknown = kept.triggerOn === watch.value && isSame ? kept.state : undefined;
	const { happened, state } = isObject(before)
		? await watch.look(watcher, before, where)
		: { happened: [], state: await watch.start(watcher) };
	return {
		happened: aligned(
			watch,
			watcher,
			happened.map((item) => shown(watch, watcher, item)),
		),
		state: { triggerOn: watch.value, company, state, ...(filters !== '' && { checkedFilters: filters }) },
	};
}

/** Fields of a simplified item beside what changed and whose it is: ten in all. */
const MOST_FIELDS = 8;

/** An item with the fields that the user wants. What happened to it, and Fortnox's own object where that was asked for, stay. */
function shown({ simplifiedAs }: Watch, watcher: Watcher, item: IDataObject): IDataObject {
	const tenant_id = watcher.fortnox.tenantId;
	if (!watcher.simplified || simplifiedAs === undefined) return { ...item, tenant_id };
	const short = Object.fromEntries(Object.entries(simplified(simplifiedAs, item)).slice(0, MOST_FIELDS));
	const { change, raw } = item;
	return { ...short, ...(change !== undefined && { change }), ...(raw !== undefined && { raw }), tenant_id };
}

/** Items with the same columns, where they are simplified. */
function aligned({ simplifiedAs }: Watch, { simplified: isSimplified }: Watcher, items: IDataObject[]): IDataObject[] {
	if (!isSimplified || simplifiedAs === undefined) return items;
	const columns = new Columns(simplifiedAs);
	for (const item of items) columns.add(item);
	return items.map((item) => columns.fill(item));
}

/** @throws {LedgerError} where the company has no such journal or account: the trigger would wait for ever */
async function refuseUnknownFilters(watcher: Watcher): Promise<void> {
	const { journal, account, fortnox } = watcher;
	if (journal === undefined && account === undefined) return;
	const years = await fortnox.financialYears();
	if (journal !== undefined) await knownJournal(watcher, 'journalId', journal, years);
	if (account !== undefined) await knownAccount(watcher, 'accountNumber', account, years);
}

/** Version 0.1 kept client id and company: a trigger that it left goes on where it stood. */
function isKeyOfOldVersion(kept: unknown, tenantId: number): boolean {
	return typeof kept === 'string' && !kept.includes(' ') && tenantOf(kept.slice(kept.lastIndexOf(':') + 1)) === tenantId;
}

/**
 * An item such as a look gives, for a test in the editor.
 *
 * @throws {NodeOperationError} where there is none
 * @throws {LedgerError} where a filter names what the company does not have
 */
export async function sampleOf(watch: Watch, watcher: Watcher, node: INode): Promise<IDataObject> {
	const item = await watch.sample(watcher);
	if (item) return shown(watch, watcher, item);
	await refuseUnknownFilters(watcher);
	throw new NodeOperationError(node, 'No data with the current filter could be found', {
		description: 'Change the filters, or activate the workflow: it starts when there is something to report.',
	});
}
