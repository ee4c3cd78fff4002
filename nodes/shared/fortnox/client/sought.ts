import { visibleText, harmless } from '../visibleText';

type Value = string | number | boolean | null | undefined;
type Fields = Readonly<Record<string, Value>>;

/** The one object that a request is about, by fields of Fortnox's. What is undefined was not asked for. */
export interface Sought {
	/** As a user knows it, such as `account 1930`. */
	what: string;
	/** What it is known by. */
	key?: Fields;
	/** What it is known by, too, in answers that have it. */
	also?: Fields;
	/** What was written, and comes back as it was sent in answers that have it. */
	sent?: Fields;
}

/** Longer values are cut where an error shows them. */
const LONGEST_SHOWN = 40;

/** How a user knows what belongs to a financial year. */
export function inYear(what: string, financialYear: number | undefined): string {
	return financialYear === undefined ? what : `${what} in the financial year with the id ${financialYear}`;
}

/**
 * What an object says that the one that is sought does not, such as `Number 1920`; empty where it is that one.
 *
 * @param asProof whether its key must be there: a read is believed without, but an answer that shows nothing proves no write
 */
export function contradictions(object: object, { key = {}, also = {}, sent = {} }: Sought, asProof: boolean): string[] {
	const said = new Map<string, unknown>(Object.entries(object));
	const isOther = (isSame: typeof isSameKey, isNeeded = false) => {
		return ([name, wanted]: [string, Value]): boolean => {
			const value = said.get(name);
			if (wanted === undefined) return false;
			return isNothing(value) ? isNeeded : !isSame(value, wanted);
		};
	};
	const others = [
		...Object.entries(key).filter(isOther(isSameKey, asProof)),
		...Object.entries(also).filter(isOther(isSameKey)),
		...Object.entries(sent)
			.filter(([name]) => !Object.hasOwn(key, name))
			.filter(isOther(isSameValue)),
	];
	return [...new Set(others.map(([name]) => shown(name, said.get(name))))];
}

/** Whether a field has no value: Fortnox sends null, an empty text, or leaves it out. */
export function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Keys of Fortnox's are the same in capitals and small letters. */
function isSameKey(value: unknown, wanted: Value): boolean {
	return isSameValue(lower(value), lower(wanted));
}

function lower<T>(value: T): T | string {
	return typeof value === 'string' ? value.toLowerCase() : value;
}

/**
 * Whether two values of a field are the same: Fortnox sends numbers and booleans as texts here and there, and cuts blanks
 * off the ends of a text.
 */
export function isSameValue(value: unknown, wanted: unknown): boolean {
	const [text, wantedText] = [textOf(value), textOf(wanted)];
	if (text === undefined || wantedText === undefined) return value === wanted;
	return typeof wanted === 'number' && text !== '' ? Number(text) === wanted : text === wantedText;
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' ? value.trim().normalize() : undefined;
}

function shown(name: string, value: unknown): string {
	if (isNothing(value)) return `no ${name}`;
	const text = harmless(visibleText(textOf(value) ?? 'an object'));
	return `${name} ${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}`;
}
