import { LedgerError } from '../../../ledger/problems';
import { isAbsent } from '../../../unified/readObject';
import { inCurrency, plainFor } from './currencies';
import { HEADINGS } from './headings';

/** What a row of a statement consists of, and the field whose headings it has in a sheet. */
const FIELDS = { date: 'date', amount: 'amount', text: 'description' } as const;

/**
 * The row of a bank's statement, by the same headings as the rows of an entry.
 *
 * @throws {LedgerError} where two columns mean the same
 */
export function readStatementRow(json: Readonly<Record<string, unknown>>): Partial<Record<keyof typeof FIELDS, unknown>> {
	const read = Object.entries(FIELDS).map(([name, field]): [string, unknown] => {
		if (Object.hasOwn(json, name)) return [name, json[name]];
		const meant = Object.keys(json).filter((column) => HEADINGS[field]?.includes(plainFor(field, column)) && !isAbsent(json[column]));
		const [column, other] = inCurrency(field, meant, 'SEK');
		if (other !== undefined) {
			const message = `${name}: the columns '${column ?? ''}' and '${other}' both mean it. Rename the one that does not, or leave it out.`;
			throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: name, message });
		}
		return [name, column === undefined ? undefined : json[column]];
	});
	return Object.fromEntries(read);
}
