import { HARMLESS, HEADINGS, OTHER_NUMBERS, plain } from './headings';

/** Words that stand behind what they number: `Order ID`, `Invoice No`. */
const WORDS = ['id', 'key', 'no', 'num', 'ref', 'uuid', 'guid'];

/** The same at the end of a word: `Fakturanr`, `Löpnummer`. No other word ends so. */
const ENDINGS = ['nr', 'nummer', 'number', 'reference', 'referens'];

/** What is numbered and may stand in one word with what numbers it (`orderid`), or for its number by itself (`Order`). */
const THINGS = ['batch', 'charge', 'faktura', 'invoice', 'kvitto', 'ocr', 'order', 'payment', 'payout', 'receipt', 'transaction'];
const BY_THEMSELVES = ['faktura', 'invoice', 'kvitto', 'ocr', 'order', 'receipt'];

/** What lines of one entry differ in: the row itself, and whom or what it is about. The last word before the number. */
const OF_LINES = [
	...['index', 'item', 'line', 'pos', 'position', 'rad', 'row'],
	...['anst', 'anstallning', 'anstallnings', 'employee', 'person', 'personal', 'user'],
	...['client', 'company', 'customer', 'kund', 'lev', 'leverantor', 'leverantors', 'org', 'organisation', 'organisations', 'supplier'],
	...['tenant', 'vendor', 'art', 'article', 'artikel', 'product', 'produkt', 'sku', 'account', 'card', 'giro', 'konto', 'kort'],
	...[
		'costcenter',
		'kostnadsstalle',
		'kst',
		'proj',
		'project',
		'projekt',
		'post',
		'reg',
		'tax',
		'vat',
		'year',
		'mobil',
		'phone',
		'telefon',
	],
];

/**
 * Whether a heading may number entries, such as `order_id`, `Fakturanr` or `Ref`. What numbers the rows or the customers of
 * one entry does not.
 */
export function mayNumberEntries(heading: string): boolean {
	const whole = plain(heading);
	if (HARMLESS.includes(whole) || Object.values(HEADINGS).some((headings) => headings.includes(whole))) return false;
	if (OTHER_NUMBERS.includes(whole) || BY_THEMSELVES.includes(whole)) return true;
	const thing = thingNumberedBy(heading, whole);
	return thing !== undefined && !OF_LINES.some((one) => thing.endsWith(one));
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
