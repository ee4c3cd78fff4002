import type { Ore } from './money';
import { formatOre } from './money';

/** What a voucher row's transaction information (100 characters in Fortnox) carries besides the line's own text. */
export interface RowFacts {
	/** The partner that the line belongs to: `C` customer, `S` supplier, `E` employee. */
	partner?: { kind: 'C' | 'S' | 'E'; id: string };
	/** Amount in the entry's own currency (hundredths), + debit, − credit. */
	originalAmount?: Ore;
	text?: string;
}

export const MAX_TRANSACTION_INFORMATION = 100;

const PARTNER = /^\*([CSE])([A-Za-z0-9._:+/%-]+) ?/;
const AMOUNT = /^\*=(-?\d+\.\d{2}) ?/;
const TEXT_FOLLOWS = /^\*- ?/;

/**
 * Writes row facts in the grammar `*<C|S|E><partner id> *=<original amount> <text>`: each part is left out where it
 * is not there. A text that itself begins with `*` is set off by `*- `, so that every row reads back as it was written.
 * ASCII alone, because SIE files keep texts in CP437.
 *
 * @returns the information; `cut` where the text had to be shortened to 100 characters; undefined where the facts
 * alone take more than that.
 */
export function writeTransactionInformation(facts: RowFacts): { information: string; cut: boolean } | undefined {
	const parts: string[] = [];
	if (facts.partner) parts.push(`*${facts.partner.kind}${encodeURIComponent(facts.partner.id).replace(/[!'()*~]/g, percent)}`);
	if (facts.originalAmount !== undefined) parts.push(`*=${formatOre(facts.originalAmount)}`);
	const text = facts.text ?? '';
	if (text.startsWith('*')) parts.push('*-');
	const head = parts.join(' ');
	if (head.length > MAX_TRANSACTION_INFORMATION) return undefined;
	const whole = text === '' ? head : head === '' ? text : `${head} ${text}`;
	if (whole.length <= MAX_TRANSACTION_INFORMATION) return { information: whole, cut: false };
	return { information: cutWhole(whole, MAX_TRANSACTION_INFORMATION).trimEnd(), cut: true };
}

/** Whether a row can carry a partner's id. */
export function partnerFits(id: string): boolean {
	return writeTransactionInformation({ partner: { kind: 'C', id } }) !== undefined;
}

/** Reads what {@link writeTransactionInformation} wrote. Any other text is the line's own text. */
export function readTransactionInformation(information: string | null | undefined): RowFacts {
	let rest = information ?? '';
	const facts: RowFacts = {};
	const partner = PARTNER.exec(rest);
	if (partner) {
		const [found, kind, id] = partner;
		const decoded = decode(id ?? '');
		if (decoded !== undefined && (kind === 'C' || kind === 'S' || kind === 'E')) {
			facts.partner = { kind, id: decoded };
			rest = rest.slice(found.length);
		}
	}
	const amount = AMOUNT.exec(rest);
	if (amount) {
		facts.originalAmount = Math.round(Number(amount[1]) * 100);
		rest = rest.slice(amount[0].length);
	}
	const follows = TEXT_FOLLOWS.exec(rest);
	if (follows) rest = rest.slice(follows[0].length);
	if (rest !== '') facts.text = rest;
	return facts;
}

function percent(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decode(encoded: string): string | undefined {
	try {
		return decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

/** Cuts without leaving half of a surrogate pair. */
function cutWhole(text: string, max: number): string {
	const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? max - 1 : max;
	return text.slice(0, end);
}
