import { LedgerError } from '../../../ledger/problems';
import { plain } from './headings';

/** Fields whose headings may name the currency of their amounts: `Belopp (EUR)`, `Debet €`. */
const OF_MONEY = ['amount', 'debit', 'credit', 'gross_amount', 'vat_in_gross'];

/** Currencies as headings name them, in small letters. */
const CURRENCIES: Readonly<Record<string, string>> = {
	'€': 'EUR', euro: 'EUR', $: 'USD', dollar: 'USD', us$: 'USD', '£': 'GBP', pund: 'GBP', '¥': 'JPY', kr: 'SEK', kronor: 'SEK',
	...Object.fromEntries(
		['sek', 'eur', 'usd', 'gbp', 'nok', 'dkk', 'isk', 'chf', 'pln', 'jpy', 'cny', 'cad', 'aud', 'czk', 'huf', 'ron', 'try', 'inr', 'hkd', 'sgd', 'thb', 'zar']
			.map((code) => [code, code.toUpperCase()] as const),
	),
};

/** The heading of an amount without the currency that it names. */
function parted(heading: string): { name: string; currency?: string } {
	const words = heading.toLowerCase().replace(/[€£¥]|(?:us)?\$/g, ' $& ').split(/[\s()[\],./:;_-]+/).filter((word) => word !== '');
	const named = words.find((word) => Object.hasOwn(CURRENCIES, word));
	const currency = named === undefined ? undefined : CURRENCIES[named];
	if (currency === undefined) return { name: plain(heading) };
	return { name: plain(words.filter((word) => word !== named && word !== 'i' && word !== 'in').join('')), currency };
}

/** The heading in plain letters; that of an amount without its currency. */
export function plainFor(field: string, heading: string): string {
	return OF_MONEY.includes(field) ? parted(heading).name : plain(heading);
}

/** The currency that the heading of an amount names; undefined where it names none. */
export function currencyIn(field: string, heading: string): string | undefined {
	return OF_MONEY.includes(field) ? parted(heading).currency : undefined;
}

/** Of the columns of a field those of the entry's currency: those that name it, and else those that name none. */
export function inCurrency(field: string, columns: readonly string[], currency: string): string[] {
	const named = columns.filter((column) => currencyIn(field, column) === currency);
	return named.length > 0 ? named : columns.filter((column) => currencyIn(field, column) === undefined);
}

/** Amounts of another currency would be booked one to one. */
export function foreignAmount(field: string, column: string, currency: string): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'currency',
		message: `currency: the column '${column}' has its amounts in ${currencyIn(field, column) ?? ''}, and the node's field Currency says ${currency}. Set Currency to that of the amounts, give them in ${currency}, or take the column out of the items.`,
	});
}
