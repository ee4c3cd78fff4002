import { readDate, today, type IsoDate } from '../../ledger/dates';
import { readJournalCode } from '../../ledger/formats';
import { digestOf, keyOfOrigin } from '../../ledger/mark';
import { LedgerError, type Problem } from '../../ledger/problems';
import type { Days } from '../../ledger/reports/years';
import {
	checkVatReturn,
	periodInText,
	placeOf,
	settledOtherwise,
	settlementRows,
	settlementsFrom,
	textOfSettlement,
	type SettlementRow,
} from '../../ledger/vat';
import { collectionParameter, parameter, required, textParameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { isAbsent } from '../../unified/readObject';
import { readEntryOptions } from '../posting/options';
import { marksFrom } from '../marks/ledgerMarks';
import type { ReadyEntry, Rivals } from '../posting/types';
import { takenBackSettlements, type TakenBackSettlements } from './takenBack';
import { readVatPeriod, readVatReturn, type VatPeriod, type VatReturnInBooks } from './readVatReturn';

/** The settlement of a VAT period: the entry, and what it was computed from. */
export interface Settlement {
	item: number;
	period: VatPeriod;
	books: VatReturnInBooks;
	/** Absent where the period has no VAT to settle. */
	entry?: SettlementEntry;
}

interface SettlementEntry extends ReadyEntry {
	settlement: Omit<Settlement, 'entry'>;
}

export function isSettlementEntry(entry: ReadyEntry): entry is SettlementEntry {
	return 'settlement' in entry;
}

/**
 * The settlement of the period that an item names, ready to be looked up. What speaks against it only counts where it
 * is not in the ledger yet (`objection`).
 *
 * @throws {LedgerError} where a parameter can't be read
 */
export async function toSettlement(run: Run, item: number): Promise<Settlement> {
	const period = await readVatPeriod(run, item);
	const journalId =
		textParameter(run, 'journalId', item) === undefined
			? undefined
			: required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
	const books = await readVatReturn(run, period, period.following);
	const rows = settlementRows(books.figures, settlementAccount(books));
	const settlement = { item, period, books };
	const date = readDay(run, item, period);
	if (period.days.to >= today()) run.hint(`The period ${period.name} is not over yet; its VAT may still change.`);
	if (rows.length === 0) return settlement;
	const takenBack = await takenBackSettlements(run, books, period);
	takenBack.hints.forEach((hint) => run.hint(hint, item));
	const acceptChecks = collectionParameter(run, 'options', item).acceptChecks === true;
	const objection = (await settledByName(run, books, period, takenBack)) ?? objectionTo(books, period, { takenBack, acceptChecks });
	const entry: SettlementEntry = {
		settlement,
		items: [item],
		voucher: {
			date,
			description: textOfSettlement(period.name),
			rows: rows.map((row, index) => ({ ...row, field: `rows[${index}]` })),
			...(journalId !== undefined && { journalId }),
		},
		mark: { key: keyOf(run, period.days), digest: digestOfRows(rows) },
		name: `the VAT settlement of ${period.name}`,
		keyField: 'period',
		lasting: true,
		repeatable: true,
		computed: true,
		takenBack: takenBack.byHand,
		rivals: rivalsOf(run, period, takenBack.byHand),
		// Another day is no other settlement: the period's year may be locked by now.
		dateDefaulted: true,
		asked: {
			dateField: 'date',
			whenEmpty: 'the last day of the period',
			...(!isAbsent(parameter(run, 'date', item)) && { date }),
			...(journalId !== undefined && { journalId }),
		},
		alsoIn: (await run.fortnox.financialYears()).filter(({ ToDate }) => ToDate >= period.days.to).map(({ Id }) => Id),
		options: readEntryOptions(run, item),
		...(objection !== undefined && { objection }),
	};
	return { ...settlement, entry };
}

/**
 * The day of the entry: the last of the period, or a later one that the user names, as where the period is locked.
 *
 * @throws {LedgerError} where the day can't be read, or lies before the period's end
 */
function readDay(run: Run, item: number, { days, name }: VatPeriod): IsoDate {
	if (isAbsent(parameter(run, 'date', item))) return days.to;
	const date = required(run, 'date', item, readDate);
	if (date >= days.to) return date;
	const message = `date: ${date} lies before the end of ${name} (${days.to}). Date the settlement on that day or later.`;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'date', message });
}

function keyOf(run: Run, { from, to }: Days): string {
	return keyOfOrigin('vat', `${run.fortnox.tenantId} ${from} ${to}`);
}

/** VAT of a day is settled with one period only. */
function rivalsOf(run: Run, { name, years, beside }: VatPeriod, takenBack: ReadonlyMap<string, string>): Rivals {
	return {
		names: new Map(beside.map((other) => [keyOf(run, other.days), other.name])),
		firstYear: years[0]?.Id ?? 0,
		takenBack,
		refusal: (others, where) => (where === 'run' ? overlapsInRun(name, others) : overlaps(name, others)),
	};
}

function overlaps(name: string, others: readonly string[]): Problem {
	const message = `period: ${name} shares days with what is settled already, and their VAT would be booked twice: ${inList(others)}. Settle the months or quarters that are left, each by itself; or reverse those entries and run again.`;
	return { code: 'ERROR_VAT_CHECKS_FAILED', field: 'period', message };
}

function overlapsInRun(name: string, others: readonly string[]): Problem {
	const message = `period: ${name} shares days with what other items of this run settle, and their VAT would be booked twice: ${inList(others)}. Settle either of them.`;
	return { code: 'ERROR_VAT_CHECKS_FAILED', field: 'period', message };
}

/** Settlements of overlapping periods that lost their mark, or were booked by hand as the node would, are known by their text. */
async function settledByName(
	run: Run,
	{ figures }: VatReturnInBooks,
	{ name, years, beside }: VatPeriod,
	{ cancelled }: TakenBackSettlements,
): Promise<LedgerError | undefined> {
	const names = new Set(beside.map((other) => other.name));
	const named = settlementsFrom(figures).filter(({ id, text }) => !cancelled.has(id) && names.has(periodInText(text) ?? ''));
	if (named.length === 0) return undefined;
	const marks = await marksFrom(run, years[0]?.Id ?? 0);
	const standing = named.filter(({ id }) => marks.stands(id)).map(({ id, date }) => `${id} of ${date}`);
	return standing.length === 0 ? undefined : new LedgerError(overlaps(name, standing));
}

const DIGEST_VERSION = '1';

function digestOfRows(rows: readonly SettlementRow[]): string {
	return digestOf(
		DIGEST_VERSION,
		rows.map(({ account, amount }) => [account, amount]),
	);
}

/** BAS's account for what is owed to Skatteverket. */
const BAS_SETTLEMENT_ACCOUNT = 2650;

/**
 * 2650, unless the company's chart gives the code of the settlement (R1, R2) only to other accounts. Where 2650 has that code
 * it is never another one: posting says if it is not active.
 */
function settlementAccount({ chart, codeOf }: VatReturnInBooks): number {
	const holds = (account: number): boolean => placeOf(account, codeOf(account))?.kind === 'settlement';
	const isActive = (account: number): boolean => chart.get(account)?.isActive === true;
	if (holds(BAS_SETTLEMENT_ACCOUNT) && (isActive(BAS_SETTLEMENT_ACCOUNT) || codeOf(BAS_SETTLEMENT_ACCOUNT) !== '')) {
		return BAS_SETTLEMENT_ACCOUNT;
	}
	const coded = [...chart.keys()].filter((account) => isActive(account) && holds(account));
	return coded.find((account) => codeOf(account).toUpperCase() === 'R1') ?? coded[0] ?? BAS_SETTLEMENT_ACCOUNT;
}

/** Which period a text says is settled. */
function periodOf(text: string, { name, days, daysOf }: VatPeriod): 'this' | 'earlier' | 'later' | undefined {
	const named = periodInText(text);
	if (named === name) return 'this';
	const other = named === undefined ? undefined : daysOf(named);
	if (other === undefined) return undefined;
	return other.to < days.from ? 'earlier' : other.from > days.to ? 'later' : undefined;
}

interface Accepted {
	takenBack: TakenBackSettlements;
	acceptChecks: boolean;
}

/** An option accepts what the checks found, but not that the period would be settled twice. */
function objectionTo({ figures }: VatReturnInBooks, period: VatPeriod, { takenBack, acceptChecks }: Accepted): LedgerError | undefined {
	const { name } = period;
	const settled = settledOtherwise(figures, { cancelled: takenBack.cancelled, periodOf: (text) => periodOf(text, period) });
	if (settled !== undefined) {
		const advice = `If that entry is wrong, reverse it and run again; if it settles another period, let its text in Fortnox say which, such as '${textOfSettlement('2026-03')}'.`;
		const message = `period: ${name} was not settled again: ${settled} ${advice}`;
		return new LedgerError({ code: 'ERROR_VAT_CHECKS_FAILED', field: 'period', message });
	}
	const wrong = acceptChecks ? [] : checkVatReturn(figures).filter(({ severity }) => severity === 'error');
	if (wrong.length === 0) return undefined;
	const found = wrong.map(({ message, entries }) => `${message}${entries.length > 0 ? ` (${inList(entries)})` : ''}`);
	const message = `period: the VAT return of ${name} has errors. ${found.join(' ')} Correct them, or turn on 'Accept Checks' if the figures are right.`;
	return new LedgerError({ code: 'ERROR_VAT_CHECKS_FAILED', field: 'period', message });
}

/** How many entries an error names for each finding. */
const MOST_NAMED = 5;

function inList(entries: readonly string[]): string {
	return `${entries.slice(0, MOST_NAMED).join(', ')}${entries.length > MOST_NAMED ? ', …' : ''}`;
}
