import { LedgerError } from '../../../ledger/problems';
import { findInTurns, mapInTurns } from '../../../turns';
import { isAbsent, plainText } from '../../../unified/readObject';
import { isLineField } from '../../../unified/readLines';
import { refuseAmountBesideZero, refuseOtherSide } from './amounts';
import { columnsIn } from './columnsIn';
import { foreignAmount, inCurrency, plainFor } from './currencies';
import { refuseUnusedVat, withGross } from './gross';
import { columnIn, nameFields, type Headings, type OfForm, type ReadColumn } from './named';
import { HARMLESS, HEADINGS, NUMBERS, OTHER_NUMBERS, plain, SIDE, VAT_IN_GROSS, VAT_RATE, VOUCHER_NUMBER, VOUCHER_TEXT } from './headings';
import { refuseUnreadSides, withSides } from './sides';

type Row = Readonly<Record<string, unknown>>;

/**
 * What to tell where an entry got no number, though its rows have a column that may be meant: one in which all of them
 * agree, or one of voucher numbers that differ. Undefined where there is none.
 */
export async function unheededNumber(rows: readonly Row[]): Promise<string | undefined> {
	const columns = (await columnsIn(rows)).filter((name) => isNumber(plain(name)));
	const values = new Map<string, string[]>();
	for (const name of columns) values.set(name, await twoValuesIn(rows, name));
	const several = columns.find((name) => HEADINGS[VOUCHER_NUMBER]?.includes(plain(name)) && values.get(name)?.length === 2);
	if (several !== undefined) {
		const [first = '', second = ''] = values.get(several) ?? [];
		return `number: the items have several numbers in their column '${several}' ('${first}', '${second}', …) and became one entry, because 'One Entry of All Items' is on. If the column numbers the entries, turn that off and name the column in Group By.`;
	}
	const column = columns.find((name) => values.get(name)?.length === 1);
	if (column === undefined) return undefined;
	return `number: the input items have a column '${column}', and the node's field Number is empty, so the entries have no number of their own. If the column numbers the entries, set Number to {{ $json[${JSON.stringify(column)}] }}: then running the workflow again posts nothing twice.`;
}

/** The first two different values of a column, as far as it has them. */
async function twoValuesIn(rows: readonly Row[], name: string): Promise<string[]> {
	const valueIn = (row: Row | undefined): string => plainText(row?.[name]);
	const first = valueIn(await findInTurns(rows, (row) => valueIn(row) !== ''));
	const second = valueIn(await findInTurns(rows, (row) => ![first, ''].includes(valueIn(row))));
	return [first, second].filter((value) => value !== '');
}

function isNumber(heading: string): boolean {
	return [...NUMBERS, ...OTHER_NUMBERS, ...(HEADINGS[VOUCHER_NUMBER] ?? [])].includes(heading);
}

/** The rows of an entry, read by their columns. */
export interface Sheet {
	/** With the fields of lines. */
	rows: Row[];
	/** The column that a field of a row was read from, by the row's index: its own name, or a heading. */
	columnOf: ColumnOf;
	/** Fields that were found by the headings of columns. */
	matched: ReadColumn[];
	/** Columns that nothing was read from, though somebody may expect it. */
	unread: string[];
	hints: string[];
}

/** Names the column of a row that a field was read from. */
export type ColumnOf = (field: string, index: number) => string;

/** Fields that only count beside an amount with VAT. */
const OF_GROSS = [VAT_IN_GROSS, VAT_RATE];

/**
 * Reads the rows of a spreadsheet as lines: what is called as the unified model calls it is taken so, and other columns
 * by their headings. A column that says debit or credit gives the amount its sign. A gross amount becomes the line's amount
 * that contains the VAT of its code, or the VAT that stands beside it, which counts for nothing else.
 *
 * @param isFromBank the amounts are from the bank's side
 * @param currency the entry's, in which the amounts are
 * @throws {LedgerError} where two columns mean the same, amounts are of another currency, or the columns of a row contradict each other
 */
export async function readSheet(
	given: readonly Row[],
	{ isFromBank, currency, form }: { isFromBank: boolean; currency: string; form: OfForm },
): Promise<Sheet> {
	const columns = await columnsIn(given);
	const headings = matchHeadings(columns, isFromBank, currency);
	const columnOf: ColumnOf = (field, index) => columnIn(given[index] ?? {}, field, headings.get(field) ?? []);
	const { rows: named, read: matched, passedOver } = await nameFields(given, headings, form);
	await refuseUnusedVat(named, columns);
	if (isFromBank) await refuseOtherSide(named);
	else await refuseAmountBesideZero(named, columnOf);
	const sideColumn = headings.get(SIDE)?.[0] ?? columns.find((name) => name === SIDE);
	const read = new Set([...[...headings.values()].flat(), ...Object.keys(HEADINGS)]);
	const others = columns.filter((name) => !read.has(name) && !isLineField(name, isFromBank ? 'financial' : 'journal'));
	if (sideColumn === undefined) await refuseUnreadSides(named, others);
	const hints: string[] = [];
	const tell = (hint: string): void => void hints.push(hint);
	const sided = await withSides(named, sideColumn, isFromBank);
	const rows = await mapInTurns(sided, (row, index) => withText(withGross(row, index, tell)));
	const unread = [...passedOver, ...others.filter((name) => !HARMLESS.includes(plain(name)))];
	return { rows, columnOf, matched, unread, hints };
}

/** A line of a financial entry has one amount. */
const TWO_SIDES = ['debit', 'credit'];

/** Fields of which one is a line's amount. */
const AMOUNTS = ['amount', 'gross_amount', ...TWO_SIDES];

/**
 * The columns that mean a field by their headings, also beside one with the field's own name.
 *
 * @throws {LedgerError} where two columns mean the same, or the only amounts are of another currency
 */
function matchHeadings(columns: readonly string[], isFromBank: boolean, currency: string): Headings {
	const matched = new Map<string, string[]>();
	const foreign: Array<[field: string, column: string]> = [];
	for (const [field, headings] of Object.entries(HEADINGS)) {
		const hasGross = matched.has('gross_amount') || columns.includes('gross_amount');
		if ((isFromBank && TWO_SIDES.includes(field)) || (OF_GROSS.includes(field) && !hasGross)) continue;
		const isNamed = columns.includes(field);
		const meant = columns.filter((name) => name !== field && headings.includes(plainFor(field, name)));
		const found = inCurrency(field, meant, currency);
		const [column, other] = found;
		if (column === undefined) {
			const [foreignColumn] = meant;
			if (foreignColumn !== undefined && !isNamed) foreign.push([field, foreignColumn]);
			continue;
		}
		if (other !== undefined && !isNamed) {
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field,
				message: `${field}: the columns '${column}' and '${other}' both mean it. Rename the one that does not, or leave it out.`,
			});
		}
		matched.set(field, found);
	}
	const isAmount = (field: string): boolean => AMOUNTS.includes(field);
	// Beside amounts of the entry's currency, the same in another one is only shown.
	const hasAmount = [...matched.keys(), ...columns].some(isAmount);
	const [unread] = foreign.filter(([field]) => !hasAmount || !isAmount(field));
	if (unread !== undefined) throw foreignAmount(...unread, currency);
	if (!isFromBank) matchLetters(columns, matched);
	return matched;
}

/** Columns that are called D and K. A single letter of them may mean anything. */
function matchLetters(columns: readonly string[], matched: Map<string, string[]>): void {
	if (TWO_SIDES.some((field) => matched.has(field) || columns.includes(field))) return;
	const [debit, credit] = [['d'], ['k', 'c']].map((letters) => columns.find((name) => letters.includes(plain(name))));
	if (debit === undefined || credit === undefined) return;
	matched.set('debit', [debit]);
	matched.set('credit', [credit]);
}

/** Where no column has a text of the row's own, the row has that of its voucher. */
function withText(row: Row): Row {
	return isAbsent(row.description) && !isAbsent(row[VOUCHER_TEXT]) ? { ...row, description: row[VOUCHER_TEXT] } : row;
}
