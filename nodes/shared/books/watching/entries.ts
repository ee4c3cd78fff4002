import type { IDataObject } from 'n8n-workflow';
import { withRows, type FoundEntry } from '../reading/joinedEntries';
import { namesFor } from '../reading/names';
import type { FortnoxApi } from '../../fortnox/api';
import { PAGE_SIZE } from '../../fortnox/pages';
import type { FortnoxFinancialYear, FortnoxVoucherListItem } from '../../fortnox/wire';
import { addDays, today } from '../../ledger/dates';
import { fromListItem, toUnifiedEntry } from '../../unified/entry';
import { daysInYear } from '../year';
import { startCursor, type ChangingList } from './changes';
import { Numbers } from './numbers';
import { Prints } from './prints';
import type { Watch, Watcher } from './watch';
import { forget, keyOf, lookForChanges, lookForNew, yearFromStored, yearToStored, type FoundVoucher, type YearState } from './yearLook';

/** Entries of a year that has been over for this long are rare: bookkeeping for it ends with its annual report. */
const BUSY_AFTER_END_DAYS = 365;

/** How often such a year is looked at. */
const RARELY_MS = 60 * 60_000;

function vouchersOf(fortnox: FortnoxApi, financialYear: number): ChangingList<FortnoxVoucherListItem> {
	return {
		since: async (lastModified) => await fortnox.vouchers({ financialYear, lastModified }),
		keyOf,
		serverTime: () => fortnox.serverTime(),
	};
}

async function startYear(fortnox: FortnoxApi, year: number): Promise<YearState> {
	const prints = new Prints();
	const known = await takenNumbers(fortnox, year, prints);
	return { ...(await startCursor(vouchersOf(fortnox, year))), known, prints };
}

/** The numbers that a year's series have given out: from the list where one page holds it, else from each series. */
async function takenNumbers(fortnox: FortnoxApi, financialYear: number, prints: Prints): Promise<Numbers> {
	const taken = new Numbers();
	const listed = await fortnox.vouchers({ financialYear, limit: PAGE_SIZE });
	for (const voucher of listed) {
		taken.addUpTo(keyOf(voucher));
		prints.add(voucher);
	}
	if (listed.length < PAGE_SIZE) return taken;
	const series = await fortnox.voucherSeries(financialYear);
	const numbered = await Promise.all(series.map(({ Code }) => fortnox.oneVoucherSeries(Code, financialYear)));
	numbered.forEach(({ Code, NextVoucherNumber: next = 1 }) => taken.addUpTo({ series: Code, number: next - 1 }));
	return taken;
}

/** An entry can be posted into any year, also into one that is over; those that have long been over are looked at rarely. */
function isDue({ ToDate }: FortnoxFinancialYear, { upTo }: YearState, now: Date): boolean {
	return addDays(ToDate, BUSY_AFTER_END_DAYS) >= today(now) || now.getTime() - upTo >= RARELY_MS;
}

/** An event names its year by the id or by a calendar year: clients disagree. No id is as large as a calendar year. */
function isMeant({ Id, FromDate, ToDate }: FortnoxFinancialYear, where: ReadonlySet<number>): boolean {
	return where.has(Id) || [FromDate, ToDate].some((day) => where.has(Number(day.slice(0, 4))));
}

/**
 * The items for vouchers of one year that pass the filters. Rows are read only where they are wanted or needed.
 *
 * @param onDeleted told of each that was deleted before it was read
 * @throws {FortnoxError}
 */
export async function toItems(
	watcher: Watcher,
	year: FortnoxFinancialYear,
	found: readonly FoundVoucher[],
	onDeleted: (voucher: FortnoxVoucherListItem) => void = () => undefined,
): Promise<IDataObject[]> {
	const { account, includeItems, journal, rawResponse } = watcher;
	const inJournal = found.filter(({ listed }) => journal === undefined || listed.VoucherSeries === journal);
	const entries = await readEntries(
		watcher,
		year,
		inJournal.map(({ listed }) => listed),
	);
	if (entries.length < inJournal.length) {
		const read = new Numbers(entries.map(({ raw }) => keyOf(raw)));
		for (const { listed } of inJournal) if (!read.has(keyOf(listed))) onDeleted(listed);
	}
	const passing = entries.filter(({ entry }) => account === undefined || entry.rows.some((row) => row.account === account));
	const names = await namesFor(
		watcher,
		passing.map(({ entry }) => entry),
	);
	const isNew = new Numbers(found.flatMap(({ listed, change }) => (change === 'new' ? [keyOf(listed)] : [])));
	return passing.map(({ entry, raw }) => ({
		...toUnifiedEntry(includeItems ? entry : { ...entry, rows: [] }, names(entry.year)),
		change: isNew.has(keyOf(raw)) ? 'new' : 'changed',
		...(rawResponse && { raw: { ...raw } }),
	}));
}

async function readEntries(watcher: Watcher, year: FortnoxFinancialYear, listed: readonly FortnoxVoucherListItem[]): Promise<FoundEntry[]> {
	if (!watcher.includeItems && watcher.account === undefined) {
		return listed.map((voucher) => ({ entry: fromListItem(voucher, []), raw: voucher }));
	}
	const entries: FoundEntry[] = [];
	for await (const group of withRows(watcher, year, listed, { singly: false, needsFacts: true })) {
		for (const entry of group) entries.push(entry);
	}
	return entries;
}

/** How far back a sample is looked for before a whole year is listed. */
const SAMPLE_DAYS = 31;

/** For the editor's sample: how many recent entries to search for one on the chosen account. */
const MOST_SAMPLES = 20;

/**
 * A new year has few entries, or none: then the year before is looked at. Of each year the last weeks are listed first,
 * and the whole year where they have nothing that fits.
 */
async function sample(watcher: Watcher): Promise<IDataObject | undefined> {
	const { account, fortnox, journal: series } = watcher;
	const years = await fortnox.financialYears();
	const now = today(fortnox.serverTime());
	const begun = years.filter(({ FromDate }) => FromDate <= now).reverse();
	for (const year of begun.slice(0, 2)) {
		const lastDay = year.ToDate < now ? year.ToDate : now;
		const recent = daysInYear(year, addDays(lastDay, -SAMPLE_DAYS), year.ToDate)?.fromDate ?? year.FromDate;
		for (const fromDate of new Set([recent, year.FromDate])) {
			const listed = await fortnox.vouchers({ financialYear: year.Id, fromDate, ...(series !== undefined && { series }) });
			const newest = listed
				.sort((one, other) => other.TransactionDate.localeCompare(one.TransactionDate) || other.VoucherNumber - one.VoucherNumber)
				.slice(0, account === undefined ? 1 : MOST_SAMPLES);
			const [item] = await toItems(
				watcher,
				year,
				newest.map((voucher) => ({ listed: voucher, change: 'new' })),
			);
			if (item) return item;
		}
	}
	return undefined;
}

function watchEntries(lookAtYear: typeof lookForNew, texts: Omit<Watch, 'start' | 'look' | 'sample'>): Watch {
	return {
		...texts,
		start: async ({ fortnox }) => {
			const state: IDataObject = {};
			for (const { Id } of await fortnox.financialYears({ fresh: true })) state[Id] = yearToStored(await startYear(fortnox, Id));
			return state;
		},
		look: async (watcher, state, where) => {
			const { fortnox } = watcher;
			const happened: IDataObject[][] = [];
			const next: IDataObject = {};
			// The newest year first: it is always looked at, and its answer tells Fortnox's time.
			for (const year of [...(await fortnox.financialYears())].reverse()) {
				const before = yearFromStored(state[year.Id]);
				const isWanted = where === undefined ? isDue(year, before, fortnox.serverTime()) : isMeant(year, where);
				const look = isWanted ? await lookAtYear(vouchersOf(fortnox, year.Id), before) : { found: [], state: before };
				happened.unshift(await toItems(watcher, year, look.found, (deleted) => forget(deleted, look.state)));
				next[year.Id] = yearToStored(look.state);
			}
			return { happened: happened.flat(), state: next };
		},
		sample,
	};
}

export const newEntry = watchEntries(lookForNew, {
	value: 'newEntry',
	isByMinute: false,
	simplifiedAs: 'journalEntry.get',
	name: 'New Journal Entry',
	description: 'When an entry is posted, by anyone, in any financial year',
});

export const newOrChangedEntry = watchEntries(lookForChanges, {
	value: 'newOrChangedEntry',
	isByMinute: true,
	simplifiedAs: 'journalEntry.get',
	name: 'New or Changed Journal Entry',
	description: 'When an entry is posted or changed, once the minute in which it happened is over',
});
