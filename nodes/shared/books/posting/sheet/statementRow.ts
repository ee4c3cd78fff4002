import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { currencyIn, currencyOf, inCurrency, plainFor } from './currencies';
import { HEADINGS, plain } from './headings';

/** What a row of a statement consists of, and the field whose headings it has in a sheet. */
const FIELDS = { date: 'date', amount: 'amount', text: 'description' } as const;

const LEDGERS_CURRENCY = 'SEK';

/**
 * The row of a bank's statement, by the same headings as the rows of an entry.
 *
 * @throws {LedgerError} where two columns mean the same, and where the amount is in another currency than the ledger's
 */
export function readStatementRow(json: Readonly<Record<string, unknown>>): Partial<Record<keyof typeof FIELDS, unknown>> {
	const columns = new Map(Object.entries(FIELDS).map(([name, field]) => [name, columnOf(json, name, field)]));
	if (currencyIn('amount', columns.get('amount') ?? '') !== LEDGERS_CURRENCY) refuseForeign(json);
	return Object.fromEntries([...columns].map(([name, column]) => [name, column === undefined ? undefined : json[column]]));
}

/** Whether a column may be the date, the amount or the text of a row, or says what the amount is in. */
export function isOfStatement(column: string): boolean {
	const means = (field: string): boolean => HEADINGS[field]?.includes(plainFor(field, column)) === true;
	return Object.hasOwn(FIELDS, column) || [...Object.values(FIELDS), 'currency'].some(means);
}

function columnOf(json: Readonly<Record<string, unknown>>, name: string, field: string): string | undefined {
	if (Object.hasOwn(json, name)) return name;
	const meant = Object.keys(json).filter((column) => HEADINGS[field]?.includes(plainFor(field, column)) && !isAbsent(json[column]));
	const [column, other] = inCurrency(field, meant, LEDGERS_CURRENCY);
	if (other === undefined) return column;
	const message = `${name}: the columns '${column ?? ''}' and '${other}' both mean it. Rename the one that does not, or leave it out.`;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: name, message });
}

/** A column beside the amount says what it is in: matched as kronor it could stand for any entry of the same figure. */
function refuseForeign(json: Readonly<Record<string, unknown>>): void {
	for (const [column, value] of Object.entries(json)) {
		if (!HEADINGS.currency?.includes(plain(column))) continue;
		const currency = currencyOf(plainText(value).trim());
		if (currency === undefined || currency === LEDGERS_CURRENCY) continue;
		const message = `currency: by its column '${column}' the row is in ${currency}, and the ledger keeps every account in ${LEDGERS_CURRENCY}. Give the amount in ${LEDGERS_CURRENCY}, in a column that says so, such as 'Amount (${LEDGERS_CURRENCY})'.`;
		throw new LedgerError({ code: 'ERROR_CURRENCY_NOT_ALLOWED', field: 'currency', message });
	}
}
