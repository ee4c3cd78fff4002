import type { FortnoxFinancialYear } from '../fortnox/wire';
import { addDays, today, type IsoDate } from '../ledger/dates';
import { LedgerError } from '../ledger/problems';
import { isAbsent, locatorValue } from '../unified/readObject';
import type { Run } from '../n8n/run';

/**
 * The financial year that a field names (locator or plain id), or the one that today lies in, or the newest where
 * today lies in none.
 *
 * @throws {LedgerError} ERROR_BOOKYEAR_NOT_FOUND
 */
export async function yearOf(run: Run, given: unknown): Promise<FortnoxFinancialYear> {
	const value = locatorValue(given);
	if (isAbsent(value)) return await currentYear(run);
	const year = await findYear(run, ({ Id }) => String(Id) === String(value).trim());
	if (year) return year;
	throw new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		field: 'financialYearId',
		message: `financialYearId: the company has no financial year with the id ${String(value)}. Ids count in the order of creation; Financial Year > Get Many lists them.`,
	});
}

/** @throws {LedgerError} ERROR_BOOKYEAR_NOT_FOUND */
export async function yearOfDate(run: Run, date: IsoDate, field = 'date'): Promise<FortnoxFinancialYear> {
	const year = await findYear(run, hasDay(date));
	if (year) return year;
	throw noYearOfDate(date, field);
}

/** The error for a day that no financial year has, and the field that gave it. */
export function noYearOfDate(date: IsoDate, field = 'date'): LedgerError {
	return new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		field,
		message: `${field}: the company has no financial year that ${date} lies in. ${OPEN_IT}`,
	});
}

const OPEN_IT = 'Correct the date, or open the year with Financial Year > Create.';

/** Days of which either end may be left open, and the field that an error names. */
interface WantedDays {
	from?: IsoDate;
	to?: IsoDate;
	field: string;
}

/**
 * The financial years that have some of the days, oldest first. A year that was opened a moment ago can be missing from
 * the cache, so it is looked for once more.
 *
 * @throws {LedgerError} ERROR_BOOKYEAR_NOT_FOUND where no year has any of them: nothing found would look like books without entries
 */
export async function yearsWithDays(run: Run, { from, to, field }: WantedDays): Promise<FortnoxFinancialYear[]> {
	const touched = (years: readonly FortnoxFinancialYear[]): FortnoxFinancialYear[] =>
		years.filter(({ FromDate, ToDate }) => (to === undefined || FromDate <= to) && (from === undefined || from <= ToDate));
	const known = touched(await run.fortnox.financialYears());
	const years = known.length > 0 ? known : touched(await run.fortnox.financialYears({ fresh: true }));
	if (years.length > 0) return years;
	const start = from === undefined ? '' : ` from ${from}`;
	const end = to === undefined ? '' : ` to ${to}`;
	const days = `${start}${end}`;
	throw new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		field,
		message: `${field}: the company has no financial year${days && ` with days${days}`}. ${OPEN_IT}`,
	});
}

/**
 * The financial years that have all of the days together, oldest first: a balance over days that no year has would look
 * like one of the last of them.
 *
 * @throws {LedgerError} ERROR_BOOKYEAR_NOT_FOUND with the days that no year has
 */
export async function yearsWithAllDays(run: Run, from: IsoDate, to: IsoDate): Promise<FortnoxFinancialYear[]> {
	const known = await yearsWithDays(run, { from, to, field: 'dateFrom' });
	if (daysWithoutYear(known, from, to) === undefined) return known;
	await run.fortnox.financialYears({ fresh: true });
	const years = await yearsWithDays(run, { from, to, field: 'dateFrom' });
	const missing = daysWithoutYear(years, from, to);
	if (missing === undefined) return years;
	const field = missing.from === from ? 'dateFrom' : 'dateTo';
	throw new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		field,
		message: `${field}: no financial year has the days ${missing.from} to ${missing.to}. Ask for days that the company's financial years have, on either side of a gap by themselves.`,
	});
}

/** Says which of the days that a list is asked for lie in no financial year, so that no entry can be of them. */
export function tellOfDaysWithoutYear(run: Pick<Run, 'hint'>, years: readonly FortnoxFinancialYear[], from: IsoDate, to: IsoDate): void {
	const missing = daysWithoutYear(years, from, to);
	if (missing === undefined) return;
	run.hint(
		`No financial year has the days ${missing.from} to ${missing.to}, so there are no entries of them; those of the other days were read.`,
	);
}

/**
 * The first days, in a row, of a range that lie in no financial year.
 *
 * @param years oldest first
 */
function daysWithoutYear(years: readonly FortnoxFinancialYear[], from: IsoDate, to: IsoDate): { from: IsoDate; to: IsoDate } | undefined {
	let day = from;
	for (const { FromDate, ToDate } of years) {
		if (day > to || day < FromDate) break;
		if (day <= ToDate) day = addDays(ToDate, 1);
	}
	if (day > to) return undefined;
	const next = years.find(({ FromDate }) => FromDate > day);
	return { from: day, to: next === undefined || next.FromDate > to ? to : addDays(next.FromDate, -1) };
}

/** Finds the financial year that a day lies in: `years.find(hasDay(date))`. */
export function hasDay(date: IsoDate): (year: FortnoxFinancialYear) => boolean {
	return ({ FromDate, ToDate }) => FromDate <= date && date <= ToDate;
}

/**
 * The part of a range of days that lies in a financial year. Fortnox refuses a request of a year's vouchers whose
 * `fromdate` or `todate` lies outside that year (400, 2002363), so every such request asks for these days.
 *
 * @returns undefined where no day of the range lies in the year
 */
export function daysInYear(
	{ FromDate, ToDate }: Pick<FortnoxFinancialYear, 'FromDate' | 'ToDate'>,
	from: IsoDate,
	to: IsoDate,
): { fromDate: IsoDate; toDate: IsoDate } | undefined {
	const fromDate = from > FromDate ? from : FromDate;
	const toDate = to < ToDate ? to : ToDate;
	return fromDate <= toDate ? { fromDate, toDate } : undefined;
}

async function currentYear(run: Run): Promise<FortnoxFinancialYear> {
	const now = await findYear(run, hasDay(today()));
	const newest = now ?? (await run.fortnox.financialYears()).at(-1);
	if (newest) return newest;
	throw new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		message: 'The company has no financial year. Open one in Fortnox first.',
	});
}

/** Looks once more, past the cache, where a year is not found: it may have been opened a moment ago. */
async function findYear(run: Run, wanted: (year: FortnoxFinancialYear) => boolean): Promise<FortnoxFinancialYear | undefined> {
	return (await run.fortnox.financialYears()).find(wanted) ?? (await run.fortnox.financialYears({ fresh: true })).find(wanted);
}
