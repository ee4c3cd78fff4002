import type { FortnoxFinancialYear, FortnoxVoucherListItem } from '../../fortnox/wire';
import { compareEntries } from '../../ledger/balances';
import { readComments } from '../../ledger/readMark';
import { readTransactionInformation } from '../../ledger/transactionInformation';
import { fromListItem } from '../../unified/entry';
import type { EntryRow } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { type FoundEntry, refuseLost, vouchersInFile, withHeaders, withRows } from './joinedEntries';
import { listByDate, type ListQuery } from './listByDate';
import { append } from '../../lists';
import { flatMapInTurns, mapInTurns, sortInTurns } from '../../turns';

/** Which entries of the ledger are asked for. All conditions must hold; those on rows hold where one row meets them. */
export interface EntryQuery extends ListQuery {
	/** The financial years that the dates touch, oldest first. */
	years: readonly FortnoxFinancialYear[];
	account?: number;
	costCenter?: string;
	project?: string;
	/** A partner's id, as this node writes it into the rows of the entries that it posts. */
	partner?: string;
	/** At most this many, the first ones in the order that is asked for. */
	limit: number;
	/** The entries are to have their rows. */
	withRows: boolean;
	/** Every entry is to be asked for by itself. */
	singly: boolean;
}

/**
 * Reads entries, sorted by date, series and number, or in the opposite order.
 *
 * The voucher list (pages of 500) has all but the rows; these come from the SIE file of the financial year. Where only
 * rows tell which entries are wanted, the file is read first, and the list only for the days of those that were found.
 */
export async function readEntries(run: Run, query: EntryQuery): Promise<FoundEntry[]> {
	const found: FoundEntry[] = [];
	for (const year of query.newestFirst === true ? [...query.years].reverse() : query.years) {
		if (found.length >= query.limit) break;
		append(found, await entriesOfYear(run, year, { ...query, limit: query.limit - found.length }));
	}
	if (query.partner !== undefined && found.length === 0) {
		run.hint(
			`partnerId: no entry that was looked at has a line of the partner '${query.partner}'. Only entries that this node posted name partners, and Fortnox has no register to compare the ID with.`,
		);
	}
	return found;
}

async function entriesOfYear(run: Run, year: FortnoxFinancialYear, query: EntryQuery): Promise<FoundEntry[]> {
	const fileFirst = asksForRows(query) && query.partner === undefined && query.lastModified === undefined && !query.singly;
	return (fileFirst ? await fromFile(run, year, query) : undefined) ?? (await fromList(run, year, query));
}

/** @returns undefined where the file can't be had */
async function fromFile(run: Run, year: FortnoxFinancialYear, query: EntryQuery): Promise<FoundEntry[] | undefined> {
	const file = await vouchersInFile(
		run,
		year,
		({ series, date, rows }) =>
			query.from <= date && date <= query.to && (query.series === undefined || series === query.series) && hasWantedRows(rows, query),
	);
	if (file === undefined) return undefined;
	const vouchers = await sortInTurns([...file.kept.values()], compareEntries);
	const wanted = query.newestFirst === true ? vouchers.slice(-query.limit) : vouchers.slice(0, query.limit);
	const found = await withHeaders(run, year, { vouchers: wanted, perDay: file.perDay }, false);
	await refuseLost(run, year, wanted, found);
	return query.newestFirst === true ? found.reverse() : found;
}

async function fromList(run: Run, year: FortnoxFinancialYear, query: EntryQuery): Promise<FoundEntry[]> {
	const found: FoundEntry[] = [];
	// Entries of one partner are few among many, and the list alone tells most of them apart: it is read at once.
	const wanted = query.partner === undefined ? query.limit : Infinity;
	for await (const listed of listByDate(run, year, query, wanted)) {
		const candidates = await flatMapInTurns(listed, (item) => (isCandidate(item, query) ? [item] : []));
		if (!asksForRows(query)) {
			const items = candidates.slice(0, query.limit - found.length);
			append(found, await unconditionally(run, year, items, query));
		} else {
			for await (const entries of withRows(run, year, candidates, { singly: query.singly, needsFacts: query.partner !== undefined })) {
				append(found, await flatMapInTurns(entries, (one) => (hasWantedRows(one.entry.rows, query) ? [one] : [])));
				if (found.length >= query.limit) break;
			}
		}
		if (found.length >= query.limit) break;
	}
	return found.slice(0, query.limit);
}

async function unconditionally(
	run: Run,
	year: FortnoxFinancialYear,
	items: readonly FortnoxVoucherListItem[],
	query: EntryQuery,
): Promise<FoundEntry[]> {
	if (!query.withRows) return await mapInTurns(items, (item) => ({ entry: fromListItem(item, []), raw: item }));
	const found: FoundEntry[] = [];
	for await (const entries of withRows(run, year, items, { singly: query.singly, needsFacts: false })) append(found, entries);
	return found;
}

function asksForRows({ account, costCenter, project, partner }: EntryQuery): boolean {
	return account !== undefined || costCenter !== undefined || project !== undefined || partner !== undefined;
}

/**
 * Whether the list's item may be one that is asked for. What was asked of Fortnox is looked at once more: a filter
 * that it does not know it may leave unheeded.
 */
function isCandidate(item: FortnoxVoucherListItem, { from, to, series, partner }: EntryQuery): boolean {
	if (item.TransactionDate < from || item.TransactionDate > to) return false;
	if (series !== undefined && item.VoucherSeries !== series) return false;
	return partner === undefined || mayHavePartners(item);
}

/** The mark says whether rows carry partners; where the list keeps comments back, only the rows can tell. */
function mayHavePartners({ Comments: comments }: FortnoxVoucherListItem): boolean {
	const { mark, cut } = readComments(comments);
	return mark?.hasPartners === true || cut || comments === undefined;
}

function hasWantedRows(rows: readonly EntryRow[], { account, costCenter, project, partner }: EntryQuery): boolean {
	return (
		(account === undefined || rows.some((row) => row.account === account)) &&
		(costCenter === undefined || rows.some((row) => row.costCenter === costCenter)) &&
		(project === undefined || rows.some((row) => row.project === project)) &&
		(partner === undefined || rows.some((row) => readTransactionInformation(row.information).partner?.id === partner))
	);
}
