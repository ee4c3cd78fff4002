import { LedgerError } from '../../ledger/problems';
import { isAbsent, plainText } from '../../unified/readObject';

/** Columns that number the vouchers of a sheet, and columns of their days, in English and in Swedish. */
const COLUMNS: ReadonlyArray<readonly [what: string, name: RegExp]> = [
	['numbers', /^(?:number|no|nr|(?:voucher|entry|journal|ver|verifikat(?:ion)?s?)[ ._-]*(?:number|no|nr|nummer|id)?[.:]?)$/i],
	[
		'days',
		/^(?:date|datum|day|dag|(?:accounting|booking|posting|voucher|entry|transaction|bokf(?:örings|\.)?|ver(?:ifikations)?|trans(?:aktions)?)[ ._-]*(?:date|datum|dag))$/i,
	],
];

/**
 * Rows that no field groups make one entry. Where their own columns number or date them differently, they are several,
 * and one entry of them would be wrong though it balances.
 *
 * @param rows the input items of one entry, by their index
 * @throws {LedgerError} ERROR_DATA_VALIDATION that names the column to group by
 */
export function refuseUngrouped(rows: ReadonlyMap<number, Readonly<Record<string, unknown>>>): void {
	const [first] = rows;
	if (first === undefined) return;
	for (const [what, name] of COLUMNS) {
		for (const column of Object.keys(first[1]).filter((key) => name.test(key.trim()))) {
			const own = plainText(first[1][column]);
			const other = [...rows].find(([, row]) => !isAbsent(row[column]) && plainText(row[column]) !== own);
			if (isAbsent(first[1][column]) || other === undefined) continue;
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field: 'groupBy',
				message: `groupBy: it is empty, and the input items have different ${what} in '${column}' (item ${first[0]}: ${own}, item ${other[0]}: ${plainText(other[1][column])}). Name the field that tells which entry an item belongs to, such as '${column}', or turn on 'One Entry of All Items'.`,
			});
		}
	}
}
