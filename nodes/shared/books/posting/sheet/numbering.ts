import { HARMLESS, HEADINGS, OTHER_NUMBERS, plain } from './headings';

/** Words that stand behind what they number: `Order ID`, `Invoice No`. */
const WORDS = ['id', 'key', 'no', 'num', 'ref', 'uuid', 'guid'];

/** The same at the end of a word: `Fakturanr`, `Löpnummer`. No other word ends so. */
const ENDINGS = ['nr', 'nummer', 'number', 'reference', 'referens'];

/** What entries are made of, and a number of it may tell them apart; also in one word with what numbers it (`orderid`). */
const THINGS = [
	...['batch', 'booking', 'capture', 'charge', 'document', 'entry', 'invoice', 'ocr', 'order', 'payment', 'payout', 'purchase'],
	...['receipt', 'refund', 'sale', 'settlement', 'transaction', 'transfer', 'voucher'],
	...['avrakning', 'avraknings', 'betalning', 'betalnings', 'bilaga', 'bokning', 'boknings', 'bunt', 'dokument', 'faktura', 'kop'],
	...['kvitto', 'lop', 'nota', 'transaktion', 'transaktions', 'underlag', 'ver', 'verifikat', 'verifikation', 'verifikations'],
];
const BY_THEMSELVES = ['faktura', 'invoice', 'kvitto', 'ocr', 'order', 'receipt'];

/**
 * Whether a heading may number entries, such as `order_id`, `Fakturanr`, `Ref` or `id`. What numbers rows, customers,
 * departments and the like of one entry does not.
 */
export function mayNumberEntries(heading: string): boolean {
	const whole = plain(heading);
	if (HARMLESS.includes(whole) || Object.values(HEADINGS).some((headings) => headings.includes(whole))) return false;
	if (OTHER_NUMBERS.includes(whole) || BY_THEMSELVES.includes(whole)) return true;
	const thing = thingNumberedBy(heading, whole);
	return thing !== undefined && (thing === '' || THINGS.some((one) => thing.endsWith(one)));
}

/** What a heading has the number of: `customerorder` of `Customer Order ID`, nothing of `id`; undefined where it has none. */
function thingNumberedBy(heading: string, whole: string): string | undefined {
	const words = heading
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(/\([^()]{0,100}\)/g, ' ')
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.map(plain)
		.filter((word) => word !== '');
	const last = words.at(-1) ?? '';
	if (WORDS.includes(last)) return words.slice(0, -1).join('');
	const ending = ENDINGS.find((one) => last.endsWith(one));
	if (ending !== undefined) return words.join('').slice(0, -ending.length);
	return THINGS.find((thing) => WORDS.some((word) => whole === thing + word));
}
