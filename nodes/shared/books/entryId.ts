import type { FortnoxFinancialYear } from '../fortnox/wire';
import { daysBetween, readDate, today, type IsoDate } from '../ledger/dates';
import { formatEntryId, readEntryId, readEntryName, type EntryId, type EntryName } from '../ledger/formats';
import { LedgerError } from '../ledger/problems';
import type { ErrorCode } from '../ledger/errorCodes';
import { parameter } from '../n8n/parameters';
import type { Run } from '../n8n/run';
import { plainText } from '../unified/readObject';
import { refuseFromOtherCompany } from './otherCompany';
import { hasDay, yearOf } from './year';

/** For this many days of a new financial year people still work on entries of the one before. */
const NEW_YEAR_DAYS = 62;

/** What is done with the entry: where something is posted or attached, the wrong one would be a wrong booking. */
type Use = 'read' | 'write';

/**
 * The entry that the field Entry names: by its id, or by series and number as people write them (`A 21`, `A21`,
 * `a-21`), which are those of the financial year that the form's date lies in, else of today's. A hint says which.
 *
 * @throws {LedgerError} ERROR_INVALID_FIELD_FORMAT_ID where it is neither, or may be several entries; where the
 * input item that gives it is of another company
 */
export async function entryIdOf(run: Run, item: number, use: Use): Promise<EntryId> {
	const given = parameter(run, 'journalEntryId', item);
	refuseFromOtherCompany(run, item, given);
	const reading = readEntryId(given);
	if (reading.problem === undefined) return reading.value;
	const names = readEntryName(given);
	if (names.length === 0) throw refused('ERROR_INVALID_FIELD_FORMAT_ID', reading.problem);
	const day = dayOf(run, item);
	const year = (await run.fortnox.financialYears()).find(hasDay(day)) ?? (await yearOf(run, undefined));
	const { series, number } = await onlyOne(run, names, year);
	const id = { series, number, yearId: year.Id };
	if (use === 'write') await refuseNearNewYear(run, id, { day, year });
	run.hint(`'${plainText(given)}' was read as ${formatEntryId(id)}, of the financial year ${year.FromDate}–${year.ToDate}.`);
	return id;
}

function refused(code: ErrorCode, message: string): LedgerError {
	return new LedgerError({ code, field: 'journalEntryId', message: `journalEntryId: ${message}` });
}

/** The day of the form, where it has one that can be read; its operation refuses another one. */
function dayOf(run: Run, item: number): IsoDate {
	const reading = readDate(parameter(run, 'date', item));
	return reading.problem === undefined ? reading.value : today();
}

/** `A21` is number 21 of series A, or number 1 of series A2: whichever series there is. */
async function onlyOne(run: Run, names: readonly EntryName[], year: FortnoxFinancialYear): Promise<EntryName> {
	const [first, ...others] = names;
	if (first !== undefined && others.length === 0) return first;
	const codes = (await run.fortnox.voucherSeries(year.Id)).map(({ Code }) => Code);
	const possible = names.filter(({ series }) => codes.includes(series));
	const [one, ...more] = possible;
	if (one !== undefined && more.length === 0) return one;
	const written = names.map(({ series, number }) => `${series} ${number}`).join(' or ');
	const why = one === undefined ? `the financial year ${year.FromDate}–${year.ToDate} has no such series` : `the company has these series`;
	throw refused('ERROR_INVALID_FIELD_FORMAT_ID', `it may be ${written}, and ${why}. Write series and number with a blank between them.`);
}

async function refuseNearNewYear(run: Run, id: EntryId, { day, year }: { day: IsoDate; year: FortnoxFinancialYear }): Promise<void> {
	if (daysBetween(year.FromDate, day) >= NEW_YEAR_DAYS) return;
	const before = (await run.fortnox.financialYears()).filter(({ ToDate }) => ToDate < year.FromDate).at(-1);
	if (before === undefined) return;
	const ids = [before, year].map(({ Id, FromDate, ToDate }) => `${formatEntryId({ ...id, yearId: Id })} (${FromDate}–${ToDate})`);
	throw refused(
		'ERROR_INVALID_FIELD_FORMAT_ID',
		`a new financial year has begun, so it may be ${ids.join(' or ')}. Give the one that is meant.`,
	);
}
