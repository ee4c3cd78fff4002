import type { Ore } from '../../ledger/money';
import { hash } from '../../ledger/mark';
import { isObject } from '../../unified/readObject';

/** What a proposal seals. Short names: it travels through messages and forms. */
export interface Sealed {
	/** The company. */
	c: number;
	/** The entries, or a hash of them where they are many. */
	e: SealedEntry[] | string;
	/** Name, VAT code and activity of their accounts, by financial year and number. */
	a: Record<string, string>;
	/** The day up to which the books are locked. */
	l: string;
	/** Of an entry without a number: what it is known by, so that it is posted once however often the approved run is repeated. */
	i?: string;
}

export interface SealedEntry {
	s: string;
	d: string;
	/** The user's number and the texts. */
	n: string;
	t: string;
	k: string;
	/** The user's reference. */
	x?: string;
	/** Name and hash of the file that is attached. */
	f?: string;
	/** Account, öre, cost center, project, text, and the quantity where there is one. */
	r: Array<[account: number, amount: Ore, costCenter: string, project: string, information: string, quantity?: string]>;
}

const START = 'n8p1.';

export function writeProposal(sealed: Sealed): string {
	const body = Buffer.from(JSON.stringify(sealed), 'utf8').toString('base64url');
	return `${START}${body}.${hash(body, 4)}`;
}

/** @returns undefined where the text is no whole proposal */
export function readProposal(text: string): Sealed | undefined {
	const [body = '', check] = text.trim().slice(START.length).split('.');
	if (!text.trim().startsWith(START) || hash(body, 4) !== check) return undefined;
	const sealed: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
	return isSealed(sealed) ? sealed : undefined;
}

function isSealed(value: unknown): value is Sealed {
	if (!isObject(value)) return false;
	const { c, e, a, l, i } = value;
	const hasEntries = typeof e === 'string' || Array.isArray(e);
	return hasEntries && typeof c === 'number' && typeof l === 'string' && isObject(a) && (i === undefined || typeof i === 'string');
}
