import { readAmount, toSek } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { HEADINGS, NUMBERS, OTHER_NUMBERS, plain, VAT_IN_GROSS, VOUCHER_NUMBER, VOUCHER_TEXT } from './headings';

type Row = Readonly<Record<string, unknown>>;

/**
 * What to tell where an entry got no number, though its rows have a column that may be meant: one in which all of them
 * agree. Undefined where there is none.
 */
export function unheededNumber(rows: readonly Row[]): string | undefined {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => isNumber(plain(name)));
	const column = columns.find((name) => {
		const values = new Set(rows.map((row) => plainText(row[name])).filter((value) => value !== ''));
		return values.size === 1;
	});
	if (column === undefined) return undefined;
	return `number: the input items have a column '${column}', and the node's field Number is empty, so the entries have no number of their own. If the column numbers the entries, set Number to {{ $json[${JSON.stringify(column)}] }}: then running the workflow again posts nothing twice.`;
}

function isNumber(heading: string): boolean {
	return [...NUMBERS, ...OTHER_NUMBERS, ...(HEADINGS[VOUCHER_NUMBER] ?? [])].includes(heading);
}

/**
 * Reads the rows of a spreadsheet as lines: what is called as the unified model calls it is taken so, and other columns
 * by their headings. A gross amount becomes the line's amount that contains the VAT of its code, or the VAT that stands beside
 * it, which counts for nothing else.
 *
 * @returns the rows with the fields of lines, the column that a field was read from, and what to tell of those that were matched
 * @throws {LedgerError} where two columns mean the same, a gross amount has no VAT code, or VAT stands beside no gross amount
 */
export function matchColumns(rows: readonly Row[]): { rows: Row[]; columnOf: (field: string) => string; hint?: string } {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const matched = new Map<string, string>();
	for (const [field, headings] of Object.entries(HEADINGS)) {
		const hasGross = matched.has('gross_amount') || columns.includes('gross_amount');
		if (columns.includes(field) || (field === VAT_IN_GROSS && !hasGross)) continue;
		const [column, other] = columns.filter((name) => name !== field && headings.includes(plain(name)));
		if (column === undefined) continue;
		if (other !== undefined) {
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field,
				message: `${field}: the columns '${column}' and '${other}' both mean it. Rename the one that does not, or leave it out.`,
			});
		}
		matched.set(field, column);
	}
	const columnOf = (field: string): string => matched.get(field) ?? field;
	refuseUnusedVat(rows, columns, columnOf('gross_amount'));
	const named = [...matched].map(([field, column]) => `'${column}' as ${field}`).sort();
	return {
		rows: rows.map((row, index) => withText(withGross({ ...row, ...valuesOf(row, matched) }, index))),
		columnOf,
		...(named.length > 0 && { hint: `Columns of the input were read by their headings: ${named.join(', ')}.` }),
	};
}

/** VAT beside an amount without VAT would not be booked, and the entry would balance all the same. */
function refuseUnusedVat(rows: readonly Row[], columns: readonly string[], grossColumn: string): void {
	const vatColumn = columns.find((name) => HEADINGS[VAT_IN_GROSS]?.includes(plain(name)));
	if (vatColumn === undefined) return;
	for (const [index, row] of rows.entries()) {
		const vat = row[vatColumn];
		if (isAbsent(vat) || !isAbsent(row[grossColumn])) continue;
		const amount = readAmount(vat);
		if (amount.problem === undefined && amount.value === 0) continue;
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field: `lines[${index}].gross_amount`,
			message: `lines[${index}].gross_amount: the row has '${plainText(vat)}' in its column '${vatColumn}', and no amount that contains it, so that VAT would not be booked. Give the amount with VAT in a column 'Gross' (Brutto) in place of the other one, make a row of the VAT, or take the column out of the items.`,
		});
	}
}

function valuesOf(row: Row, matched: ReadonlyMap<string, string>): Row {
	return Object.fromEntries([...matched].flatMap(([field, column]) => (Object.hasOwn(row, column) ? [[field, row[column]]] : [])));
}

/** Where no column has a text of the row's own, the row has that of its voucher. */
function withText(row: Row): Row {
	return isAbsent(row.description) && !isAbsent(row[VOUCHER_TEXT]) ? { ...row, description: row[VOUCHER_TEXT] } : row;
}

function withGross(row: Row, index: number): Row {
	const { gross_amount: gross, [VAT_IN_GROSS]: vat, ...line } = row;
	if (isAbsent(gross)) return line;
	if (isAbsent(line.tax_code)) {
		const message = `lines[${index}].gross_amount: the row has an amount with VAT and no VAT code, by which the VAT could be taken out of it. Give the code, or the amount without VAT.`;
		throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: `lines[${index}].gross_amount`, message });
	}
	const given = isAbsent(vat) ? {} : { tax_amount: withoutSharedSign(vat, gross) };
	return { ...line, amount: gross, tax_info: { tax_code: line.tax_code, gross: true, ...given } };
}

/** Money out of the bank may have its VAT in the column beside it with the same sign; the model's has none. */
function withoutSharedSign(vat: unknown, gross: unknown): unknown {
	const [amount, whole] = [readAmount(vat), readAmount(gross)];
	return amount.problem === undefined && whole.problem === undefined && amount.value < 0 && whole.value < 0 ? toSek(-amount.value) : vat;
}
