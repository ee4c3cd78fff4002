import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { filterInTurns, findInTurns, setInTurns } from '../../../turns';
import { columnsIn } from './columnsIn';
import { HEADINGS, plain, TELLING_APART, VOUCHER_NUMBER } from './headings';
import { mayNumberEntries } from './numbering';

type Row = Readonly<Record<string, unknown>>;

/** Columns that number the vouchers of a sheet, and columns of their days, in English and in Swedish. */
const NUMBERS: ReadonlySet<string> = new Set([...TELLING_APART.numbers, ...(HEADINGS[VOUCHER_NUMBER] ?? [])]);
const DAYS: ReadonlySet<string> = new Set([...TELLING_APART.days, ...(HEADINGS.date ?? [])]);

/**
 * Rows that no field groups make one entry. Where their own columns number or date them differently, they are several,
 * and one entry of them would be wrong though it balances.
 *
 * @param rows the input items of one entry, by their index
 * @param isBalanced an account of the form balances each entry, so that a single row may be one
 * @throws {LedgerError} ERROR_DATA_VALIDATION that names the column to group by
 */
export async function refuseUngrouped(rows: ReadonlyMap<number, Row>, isBalanced: boolean): Promise<void> {
	const columns = await columnsIn(rows.values());
	const isNumber = (column: string): boolean => NUMBERS.has(plain(column));
	for (const column of columns.filter(isNumber)) await refuseDifferent(rows, column, 'numbers');
	for (const column of columns.filter((name) => DAYS.has(plain(name)))) await refuseDifferent(rows, column, 'days');
	for (const column of columns.filter((name) => !isNumber(name) && mayNumberEntries(name))) {
		// A number of each row's own, such as a database's, can't group rows to entries of two and more.
		if (isBalanced || !(await differsInEach(rows, column))) await refuseDifferent(rows, column, 'numbers', hasDigit);
	}
}

/** A reference without any digit is a name. */
function hasDigit(value: string): boolean {
	return /\d/.test(value);
}

async function differsInEach(rows: ReadonlyMap<number, Row>, column: string): Promise<boolean> {
	const numbered = await filterInTurns(rows.values(), (row) => !isAbsent(row[column]));
	const values = await setInTurns(numbered, (row) => plainText(row[column]));
	return values.size === numbered.length;
}

async function refuseDifferent(
	rows: ReadonlyMap<number, Row>,
	column: string,
	what: string,
	isMeant: (value: string) => boolean = () => true,
): Promise<void> {
	const valueIn = (row: Row): string => (isAbsent(row[column]) || !isMeant(plainText(row[column])) ? '' : plainText(row[column]));
	const [item, own] = (await findInTurns(rows, ([, row]) => valueIn(row) !== '')) ?? [0, {}];
	const value = plainText(own[column]);
	const other = await findInTurns(rows, ([, row]) => !['', value].includes(valueIn(row)));
	if (other === undefined) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'groupBy',
		message: `groupBy: it is empty, and the input items have different ${what} in '${column}' (item ${item}: ${value}, item ${other[0]}: ${plainText(other[1][column])}). Name the field that tells which entry an item belongs to, such as '${column}', or turn on 'One Entry of All Items'.`,
	});
}
