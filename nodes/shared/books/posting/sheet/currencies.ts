import { LedgerError } from '../../../ledger/problems';
import { plain } from './headings';

/** Fields whose headings may name the currency of their amounts: `Belopp (EUR)`, `Debet €`. */
const OF_MONEY = ['amount', 'debit', 'credit', 'gross_amount', 'vat_in_gross'];

/** Currencies as headings name them besides their codes, in small letters. */
const NAMES: Readonly<Record<string, string>> = {
	'€': 'EUR',
	euro: 'EUR',
	$: 'USD',
	dollar: 'USD',
	us$: 'USD',
	'£': 'GBP',
	pund: 'GBP',
	'¥': 'JPY',
	kr: 'SEK',
	kronor: 'SEK',
};

/** The codes of ISO 4217 as Unicode's tables have them, those of former currencies among them. */
const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Codes that are words of English or Swedish, too: they are codes in capitals only. */
const WORDS = new Set(['ALL', 'BAD', 'BOB', 'CUP', 'GEL', 'LAK', 'MAD', 'MOP', 'PEN', 'RON', 'SIT', 'SOS', 'TOP', 'TRY']);

/** The currency that a word names; undefined where it is none. */
export function currencyOf(word: string): string | undefined {
	const code = word.toUpperCase();
	if (CODES.has(code) && (word === code || !WORDS.has(code))) return code;
	const name = word.toLowerCase();
	return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

/** The heading of an amount without the currency that it names. */
function parted(heading: string): { name: string; currency?: string } {
	const words = heading
		.replace(/[€£¥]|(?:us)?\$/gi, ' $& ')
		.split(/[\s()[\],./:;_-]+/)
		.filter((word) => word !== '');
	const named = words.find((word) => currencyOf(word) !== undefined);
	const currency = named === undefined ? undefined : currencyOf(named);
	if (currency === undefined) return { name: plain(heading) };
	return { name: plain(words.filter((word) => word !== named && !/^in?$/i.test(word)).join('')), currency };
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
