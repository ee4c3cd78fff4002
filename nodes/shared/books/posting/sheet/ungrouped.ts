import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { findInTurns } from '../../../turns';
import { columnsIn } from './columnsIn';
import { HEADINGS, plain, TELLING_APART, VOUCHER_NUMBER } from './headings';

/** Columns that number the vouchers of a sheet, and columns of their days, in English and in Swedish. */
const COLUMNS: ReadonlyArray<readonly [what: string, headings: ReadonlySet<string>]> = [
	['numbers', new Set([...TELLING_APART.numbers, ...(HEADINGS[VOUCHER_NUMBER] ?? [])])],
	['days', new Set([...TELLING_APART.days, ...(HEADINGS.date ?? [])])],
];

/**
 * Rows that no field groups make one entry. Where their own columns number or date them differently, they are several,
 * and one entry of them would be wrong though it balances.
 *
 * @param rows the input items of one entry, by their index
 * @throws {LedgerError} ERROR_DATA_VALIDATION that names the column to group by
 */
export async function refuseUngrouped(rows: ReadonlyMap<number, Readonly<Record<string, unknown>>>): Promise<void> {
	const columns = await columnsIn(rows.values());
	for (const [what, headings] of COLUMNS) {
		for (const column of columns.filter((name) => headings.has(plain(name)))) {
			const [item, own] = (await findInTurns(rows, ([, row]) => !isAbsent(row[column]))) ?? [0, {}];
			const value = plainText(own[column]);
			const other = await findInTurns(rows, ([, row]) => !isAbsent(row[column]) && plainText(row[column]) !== value);
			if (other === undefined) continue;
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field: 'groupBy',
				message: `groupBy: it is empty, and the input items have different ${what} in '${column}' (item ${item}: ${value}, item ${other[0]}: ${plainText(other[1][column])}). Name the field that tells which entry an item belongs to, such as '${column}', or turn on 'One Entry of All Items'.`,
			});
		}
	}
}
