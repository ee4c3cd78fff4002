import { addDays, daysBetween } from '../../ledger/dates';
import { LedgerError } from '../../ledger/problems';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { Run } from '../../n8n/run';
import type { Days } from '../marks/markIndex';
import { hasDay, noYearOfDate } from '../year';
import { filterInTurns, giveWay, groupedInTurns } from '../../turns';
import { fail, isPlaced, leadersAmong, type PlacedSlip, type Slip } from './slip';
import type { ReadyEntry } from './types';

/** How near a year's boundary an entry is looked for in the neighbouring year as well, in days. */
export const NEAR_DAYS = 62;

/** A financial year to look for an entry in, or some days of it. */
export interface Place {
	year: number;
	days?: Days;
}

/** Finds each entry's financial year and, where the user named no journal, the journal: before anything is looked up. */
export async function place(run: Run, slips: readonly Slip[]): Promise<readonly FortnoxFinancialYear[]> {
	const years = await findYears(run, slips);
	const placed = await filterInTurns(slips, isPlaced);
	const isHomeless = ({ state: { entry } }: PlacedSlip): boolean => entry.voucher.journalId === undefined && entry.after === undefined;
	for (const [year, without] of await groupedInTurns(await filterInTurns(placed, isHomeless), ({ state }) => state.year.Id)) {
		const journal = await defaultJournal(run, year);
		for (const slip of without) {
			await giveWay();
			const { entry } = slip.state;
			if (journal !== undefined) slip.state.entry = { ...entry, voucher: { ...entry.voucher, journalId: journal } };
			else fail(slip, noDefaultJournal());
		}
	}
	const following = await filterInTurns(await filterInTurns(slips, isPlaced), ({ state }) => state.entry.after !== undefined);
	if (following.length === 0) return years;
	const leaders = await leadersAmong(slips);
	for (const { state } of following) {
		await giveWay();
		const leader = state.entry.after && leaders.get(state.entry.after.key)?.state.entry;
		if (leader !== undefined) state.entry = { ...state.entry, voucher: { ...state.entry.voucher, ...journalOf(leader) } };
	}
	return years;
}

function journalOf({ voucher: { journalId } }: ReadyEntry): { journalId?: string } {
	return journalId === undefined ? {} : { journalId };
}

async function findYears(run: Run, slips: readonly Slip[]): Promise<readonly FortnoxFinancialYear[]> {
	if (!slips.some(({ state }) => state.stage === 'read')) return [];
	for (const fresh of [false, true]) {
		const years = await run.fortnox.financialYears({ fresh });
		for (const slip of slips) {
			await giveWay();
			if (slip.state.stage !== 'read') continue;
			const { entry } = slip.state;
			const year = years.find(hasDay(entry.voucher.date));
			if (year !== undefined) slip.state = { stage: 'placed', entry, year, mark: entry.mark };
		}
		if (!slips.some(({ state }) => state.stage === 'read')) return years;
	}
	for (const slip of slips) if (slip.state.stage === 'read') fail(slip, noYearOfDate(slip.state.entry.voucher.date));
	return await run.fortnox.financialYears();
}

/** The company's first manual series of a year. */
async function defaultJournal(run: Run, year: number): Promise<string | undefined> {
	for (const fresh of [false, true]) {
		const series = await unlessNotAllowed(run.fortnox.voucherSeries(year, { fresh }), () => undefined);
		const manual = series?.find(({ Manual }) => Manual);
		if (manual !== undefined) return manual.Code;
	}
	return undefined;
}

function noDefaultJournal(): LedgerError {
	return new LedgerError({
		code: 'ERROR_JOURNAL_NOT_FOUND',
		field: 'journal_id',
		message:
			'journal_id: name the journal (voucher series); the company has no manual series to use by default, or the credential is not allowed to read the series.',
	});
}

/**
 * Where an entry is looked for: its own year, years that it names, and the days next to its year where it lies near
 * the boundary, since a day that is corrected, or that passes while a run is repeated, moves it into another year.
 */
export function placesOf({ state: { entry, year } }: PlacedSlip, years: readonly FortnoxFinancialYear[]): Place[] {
	const whole = new Set([year.Id, ...(entry.alsoIn ?? [])]);
	const places: Place[] = [...whole].map((id) => ({ year: id }));
	if (entry.mark.number === undefined) return places;
	const { date } = entry.voucher;
	for (const { Id, FromDate, ToDate } of years) {
		if (whole.has(Id)) continue;
		if (ToDate < date && daysBetween(ToDate, date) <= NEAR_DAYS)
			places.push({
				year: Id,
				days: { from: addDays(ToDate, -NEAR_DAYS), to: ToDate },
			});
		if (FromDate > date && daysBetween(date, FromDate) <= NEAR_DAYS)
			places.push({
				year: Id,
				days: { from: FromDate, to: addDays(FromDate, NEAR_DAYS) },
			});
	}
	return places;
}
