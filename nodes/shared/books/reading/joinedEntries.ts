import { UnprovenFile } from '../../fortnox/errors';
import { contradictsList } from '../../fortnox/listErrors';
import { PAGE_SIZE } from '../../fortnox/pages';
import { unlessNotFound } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear, FortnoxVoucher, FortnoxVoucherListItem } from '../../fortnox/wire';
import { formatEntryId, type EntryId } from '../../ledger/formats';
import { readComments } from '../../ledger/readMark';
import { SieError } from '../../ledger/sie';
import { fromListItem, fromVoucher } from '../../unified/entry';
import type { EntryRow, LedgerEntry } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { daysInYear } from '../year';
import { withFacts } from './factsInFile';
import { fromSieRow, hasYearFile, readYearFile } from './yearFile';
import { flatMapInTurns, giveWay, groupedInTurns, keyedInTurns, mapInTurns, mapSideBySide, setInTurns } from '../../turns';

/** An entry of the ledger, and what Fortnox sent about it: the whole voucher, or its item of the list. */
export interface FoundEntry {
	entry: LedgerEntry;
	raw: FortnoxVoucher | FortnoxVoucherListItem;
}

/**
 * Up to this many vouchers of a financial year are read one by one; more come from the year's SIE file.
 *
 * A request costs the company 1/5 s of its limit (25 per 5 s). The file costs one request, whatever it holds, and the
 * time that it takes to be made, sent and read: for 10,000 vouchers about 2 s, of which reading is a tenth (`npm run
 * bench -- --only read`; how long Fortnox takes to make it is an estimate). That is the price of ten requests.
 */
export const MOST_READ_SINGLY = 10;

/** Vouchers that are read one by one are asked for in groups as large as Fortnox's limit takes at once. */
export const SINGLES_AT_ONCE = 25;

/** A voucher as the year's SIE file has it: no comments, no reference. */
interface FileVoucher {
	series: string;
	number: string;
	/** YYYY-MM-DD */
	date: string;
	rows: EntryRow[];
}

/** What identifies a voucher within its financial year. */
export function keyOf(voucher: { series: string; number: number | string }): string {
	return `${voucher.series} ${voucher.number}`;
}

function keyOfItem(item: FortnoxVoucherListItem): string {
	return `${item.VoucherSeries} ${item.VoucherNumber}`;
}

/** The vouchers of a year's SIE file that pass, by their key, and how many there are of each day, passing or not. */
interface FileVouchers {
	kept: Map<string, FileVoucher>;
	perDay: Map<string, number>;
}

/**
 * Reads a financial year's rows from its SIE file.
 *
 * @returns undefined where Fortnox does not give the file, or gives one that can't be read; a hint says so
 */
export async function vouchersInFile(
	run: Reader,
	year: FortnoxFinancialYear,
	keep: (voucher: FileVoucher) => boolean,
): Promise<FileVouchers | undefined> {
	if (!(await hasYearFile(run, year))) return undefined;
	const start = (): FileVouchers => ({ kept: new Map(), perDay: new Map() });
	const reading = readYearFile(run, year, start, ({ kept, perDay }, { series, number, date, rows }) => {
		perDay.set(date, (perDay.get(date) ?? 0) + 1);
		const voucher = { series, number, date, rows: rows.map(fromSieRow) };
		if (keep(voucher)) kept.set(keyOf(voucher), voucher);
	});
	return await reading.then(
		({ collected }) => collected,
		(error: unknown) => {
			if (!(error instanceof SieError || error instanceof UnprovenFile)) throw error;
			run.hint(
				`The SIE file of the financial year ${year.FromDate}–${year.ToDate} can't be read (${error instanceof SieError ? error.message : error.why}), so its entries are read one by one.`,
			);
			return undefined;
		},
	);
}

/**
 * The entries of vouchers that the list gave, with their rows. They come in the order of the list, in groups, so that
 * a caller that has enough can stop; one group where the rows come from the SIE file.
 *
 * @param needsFacts also entries whose row facts the file lost are read one by one
 * @throws {FortnoxError} where Fortnox's answers contradict each other (see `refuseLost`)
 */
export async function* withRows(
	run: Reader,
	year: FortnoxFinancialYear,
	items: readonly FortnoxVoucherListItem[],
	{ singly, needsFacts }: { singly: boolean; needsFacts: boolean },
): AsyncGenerator<FoundEntry[]> {
	if (items.length === 0) return;
	const ids = await mapInTurns(items, idOf);
	const byKey = await keyedInTurns(items, keyOfItem);
	const file =
		singly || items.length <= MOST_READ_SINGLY ? undefined : await vouchersInFile(run, year, (voucher) => byKey.has(keyOf(voucher)));
	if (file) {
		const joined = await join(run, ids, { items: byKey, vouchers: file.kept }, needsFacts);
		await refuseLost(run, year, await mapInTurns(items, shownOf), joined);
		yield joined;
		return;
	}
	for (let from = 0; from < ids.length; from += SINGLES_AT_ONCE) {
		const to = from + SINGLES_AT_ONCE;
		const found = await readSingly(run, ids.slice(from, to));
		await refuseLost(run, year, items.slice(from, to).map(shownOf), found);
		yield found;
	}
}

/**
 * The entries of vouchers that were found in a year's SIE file, with what only the list has. Where the list would take
 * more requests than there are vouchers, they are read one by one.
 *
 * @param vouchers sorted by date
 * @param perDay how many vouchers the year has of each day
 * @param needsFacts entries whose row facts the file lost are read one by one
 */
export async function withHeaders(
	run: Reader,
	year: FortnoxFinancialYear,
	{ vouchers, perDay }: { vouchers: readonly FileVoucher[]; perDay: ReadonlyMap<string, number> },
	needsFacts: boolean,
): Promise<FoundEntry[]> {
	const first = vouchers[0]?.date;
	const last = vouchers.at(-1)?.date;
	if (first === undefined || last === undefined) return [];
	const ids = vouchers.map(({ series, number }) => ({ series, number: Number(number), yearId: year.Id }));
	let between = 0;
	for (const [day, count] of perDay) if (first <= day && day <= last) between += count;
	// Files hold vouchers dated in the year before, too; no list by date shows those.
	const range = daysInYear(year, first, last);
	if (range === undefined || ids.length <= Math.max(MOST_READ_SINGLY, between / PAGE_SIZE)) return await readSingly(run, ids);
	const items = await run.fortnox.vouchers({ financialYear: year.Id, ...range });
	const both = { items: await keyedInTurns(items, keyOfItem), vouchers: await keyedInTurns(vouchers, keyOf) };
	return await join(run, ids, both, needsFacts);
}

/** Vouchers that only one of the two sources has (they were booked or changed in between) are read by themselves. */
async function join(
	run: Reader,
	ids: readonly EntryId[],
	{ items, vouchers }: { items: ReadonlyMap<string, FortnoxVoucherListItem>; vouchers: ReadonlyMap<string, FileVoucher> },
	needsFacts: boolean,
): Promise<FoundEntry[]> {
	const joined = new Map<string, FoundEntry>();
	let lostFacts = 0;
	for (const id of ids) {
		await giveWay();
		const key = keyOf(id);
		const item = items.get(key);
		const voucher = vouchers.get(key);
		if (item === undefined || voucher === undefined) continue;
		const { rows, lost } = withFacts(voucher.rows, readComments(item.Comments).mark);
		if (lost && needsFacts) continue;
		if (lost) lostFacts++;
		joined.set(key, { entry: fromListItem(item, rows), raw: item });
	}
	if (lostFacts > 0) {
		run.hint(
			`Partners, original amounts or row texts of ${lostFacts} entries do not come with Fortnox's SIE file. Turn on 'Read One by One' to have them, at a request for each entry.`,
		);
	}
	const alone = await flatMapInTurns(ids, (id) => (joined.has(keyOf(id)) ? [] : [id]));
	for (const { entry, raw } of await readSingly(run, alone)) joined.set(keyOfItem(raw), { entry, raw });
	return await flatMapInTurns(ids, (id) => {
		const entry = joined.get(keyOf(id));
		return entry === undefined ? [] : [entry];
	});
}

/** Vouchers that are gone by now are left out: those that Fortnox says twice are not there, since a server may lag behind another. */
async function readSingly(run: Reader, ids: readonly EntryId[]): Promise<FoundEntry[]> {
	const vouchers = await mapSideBySide(ids, SINGLES_AT_ONCE, async ({ series, number, yearId }) => {
		const ask = async (): Promise<FortnoxVoucher | undefined> => await unlessNotFound(run.fortnox.voucher(series, number, yearId));
		return (await ask()) ?? (await ask());
	});
	return vouchers.flatMap((voucher) => (voucher ? [{ entry: fromVoucher(voucher), raw: voucher }] : []));
}

/** A voucher that a list or a file showed. */
type Shown = Pick<FileVoucher, 'series' | 'date'> & { number: number | string };

/**
 * Entries that were shown and could not be read are left out only where they were deleted meanwhile: the voucher list,
 * asked anew for their days, tells. Costs nothing where all were read.
 *
 * @throws {FortnoxError} where the list shows one still: left out, it would be missing and nothing would say so
 */
export async function refuseLost(
	run: Reader,
	year: FortnoxFinancialYear,
	shown: readonly Shown[],
	found: readonly FoundEntry[],
): Promise<void> {
	if (found.length === shown.length) return;
	const read = await setInTurns(found, ({ raw }) => keyOfItem(raw));
	const lost = await keyedInTurns(await flatMapInTurns(shown, (voucher) => (read.has(keyOf(voucher)) ? [] : [voucher])), keyOf);
	for (const [first] of (await groupedInTurns(lost.values(), ({ series, date }) => `${series} ${date}`)).values()) {
		if (first === undefined) continue;
		const { series, date } = first;
		const listed = await run.fortnox.vouchers({ financialYear: year.Id, series, ...daysInYear(year, date, date) });
		const still = listed.find((item) => lost.has(keyOfItem(item)));
		if (still) throw contradictsList(formatEntryId(idOf(still)));
	}
}

function idOf(item: FortnoxVoucherListItem): EntryId {
	return { series: item.VoucherSeries, number: item.VoucherNumber, yearId: item.Year };
}

function shownOf(item: FortnoxVoucherListItem): Shown {
	return { series: item.VoucherSeries, number: item.VoucherNumber, date: item.TransactionDate };
}
