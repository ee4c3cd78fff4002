import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { toSek, type Ore } from '../../../shared/ledger/money';
import { outcomeTimeoutOption, postsNotice, proposalOption } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import type { Posted, PreparedEntry } from '../../../shared/books/posting/types';
import { toVatReturnItem } from '../../../shared/books/vat/output';
import { vatPeriodField } from '../../../shared/books/vat/readVatReturn';
import { isSettlementEntry, toSettlement, type Settlement } from '../../../shared/books/vat/settle';
import { dateField, journalLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { dryRunOption, maxWaitOption, rawResponseOption } from '../../../shared/n8n/options';
import type { Run } from '../../../shared/n8n/run';
import type { UnifiedEntry } from '../../../shared/unified/types';

const acceptChecksOption: INodeProperties = {
	displayName: 'Accept Checks',
	name: 'acceptChecks',
	type: 'boolean',
	default: false,
	description: 'Whether to settle the period although the checks of its VAT return find errors',
};

export const settle: Operation = {
	value: 'settle',
	name: 'Settle',
	action: 'Settle VAT return',
	description: 'Post the entry that moves the VAT of a period to the account of the settlement (2650), exactly once per period',
	fields: [
		vatPeriodField,
		dateField({
			displayName: 'Date',
			name: 'date',
			hint: 'Empty: the last day of the period',
			description: 'Accounting date of the entry. Where the period is locked, give a later day.',
		}),
		journalLocator({
			displayName: 'Journal',
			name: 'journalId',
			description: 'The manual voucher series that the entry goes to',
			hint: 'Empty: the first manual journal of the company',
		}),
		optionsField([dryRunOption, acceptChecksOption, rawResponseOption, maxWaitOption, outcomeTimeoutOption, proposalOption]),
		postsNotice('A period is settled once: run again, the same settlement comes back.'),
	],
	async execute(run) {
		const read = await Promise.all([...run.items.keys()].map(async (item) => await prepare(run, item)));
		const entries = read.flatMap((each): PreparedEntry[] => ('error' in each ? [each] : each.entry === undefined ? [] : [each.entry]));
		const posted = await toItems(run, await postEntries(run, entries), withFigures);
		return read.flatMap((each) => ('error' in each || each.entry !== undefined ? posted.splice(0, 1) : [nothingToSettle(run, each)]));
	},
};

async function prepare(run: Run, item: number): Promise<Settlement | { items: number[]; error: unknown }> {
	return await toSettlement(run, item).catch((error: unknown) => ({ items: [item], error }));
}

function figuresOf({ period, books }: Pick<Settlement, 'period' | 'books'>): IDataObject {
	const { date_from, date_to, boxes, to_pay, checks, left_out } = toVatReturnItem(period, books);
	return { date_from, date_to, boxes, to_pay, checks, left_out };
}

/** Adds the return's figures, and where the ledger has changed since the entry was posted, the difference by account. */
function withFigures(entry: UnifiedEntry, { entry: ready, inLedger, alreadyPosted }: Posted): object {
	if (!isSettlementEntry(ready)) return entry;
	const difference = alreadyPosted ? differenceOf(inLedger.rows, ready.voucher.rows) : [];
	return { ...entry, ...figuresOf(ready.settlement), ...(difference.length > 0 && { difference }) };
}

type Rows = ReadonlyArray<{ account: number; amount: Ore }>;

/** What each account was settled with and would be now. In SEK, debit positive. */
function differenceOf(posted: Rows, now: Rows): IDataObject[] {
	const sumOn = (rows: Rows, account: number): Ore => rows.reduce((sum, row) => (row.account === account ? sum + row.amount : sum), 0);
	const accounts = [...new Set([...posted, ...now].map(({ account }) => account))].sort((one, other) => one - other);
	return accounts.flatMap((account) => {
		const [was, is] = [sumOn(posted, account), sumOn(now, account)];
		return was === is ? [] : [{ account_number: String(account), posted: toSek(was), now: toSek(is), difference: toSek(is - was) }];
	});
}

function nothingToSettle(run: Run, settlement: Settlement): INodeExecutionData {
	run.hint(`${settlement.period.name} has no VAT to settle, or only öre, so nothing was posted.`);
	return { json: { ...figuresOf(settlement), id: null, posted: false, items: [] }, pairedItem: { item: settlement.item } };
}
