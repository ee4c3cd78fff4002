import type { Reading } from './problems';

/** An amount in hundredths (öre of SEK, cents of EUR): always a safe integer, so that sums are exact. */
export type Ore = number;

/** The largest amount that Fortnox takes: 14 digits, two of them decimals. In öre. */
export const MAX_ORE: Ore = 99_999_999_999_999;

/** A JSON number this close to whole öre is taken for them: 0.1 + 0.2 is 0.30. In SEK. */
const FLOAT_TOLERANCE = 0.000001;

/** The white space that people and programs put between thousands, no-break and narrow ones included. */
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u205f]+/gu;

const UNAMBIGUOUS: readonly RegExp[] = [
	/^(?<whole>\d+|[1-9]\d{0,2}(?: \d{3})+)$/,
	/^(?<whole>\d+|[1-9]\d{0,2}(?: \d{3})+)[.,](?<decimals>\d{1,2})$/,
	/^(?<whole>\d+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:[.,]\d{3})+):(?<decimals>\d{2})$/,
	/^(?<whole>[1-9]\d{0,2}(?:,\d{3})+)\.(?<decimals>\d{1,2})$/,
	/^(?<whole>[1-9]\d{0,2}(?:\.\d{3})+),(?<decimals>\d{1,2})$/,
	// A dash in place of the öre: `1 250:-`.
	/^(?<whole>\d+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:[.,]\d{3})+):-$/,
	// Two groups or more can't be decimals.
	/^(?<whole>[1-9]\d{0,2}(?:,\d{3}){2,}|[1-9]\d{0,2}(?:\.\d{3}){2,})$/,
];
const AMBIGUOUS = /^([1-9]\d{0,2})[.,](\d{3})$/;
const TOO_MANY_DECIMALS = /^(?:\d+|[1-9]\d{0,2}(?: \d{3})+)[.,]\d{3,}$/;

const TOO_LARGE = 'is too large: Fortnox accepts at most 14 digits, two of them decimals. Split the amount.';

/**
 * Reads an amount as a JSON number or as people write it: `1 234,50`, `1,234.50`, `1.234,50`, `1 234:50`, `1 234:-`, `1234.5`,
 * with no-break spaces, a minus sign before or after, and `kr` or `SEK` behind.
 * What could mean two things (`1,234`) or has a third decimal is refused. In öre.
 */
export function readAmount(value: unknown): Reading<Ore> {
	if (typeof value === 'number') return readNumber(value);
	if (typeof value === 'string') return readWritten(value);
	return { problem: `An amount must be a number or a text such as "1234.50", not ${describeType(value)}.` };
}

function readNumber(value: number): Reading<Ore> {
	if (!Number.isFinite(value)) return { problem: `${value} is not an amount; give a number such as 1234.50.` };
	const ore = Math.round(value * 100);
	if (Math.abs(ore) > MAX_ORE) return { problem: `${value} ${TOO_LARGE}` };
	if (Math.abs(value - ore / 100) > FLOAT_TOLERANCE) {
		return { problem: `${value} has more than two decimals; round it to whole öre, ${nearestOre(String(value))}.` };
	}
	return { value: withoutNegativeZero(ore) };
}

function readWritten(written: string): Reading<Ore> {
	const shown = `"${written}"`;
	const text = written
		.replace(SPACES, ' ')
		.trim()
		.replace(/\u2212/g, '-')
		.replace(/ ?(?:kr|sek)\.?$/i, '');
	if (text === '') return { problem: 'The amount is empty; give a number such as 1234.50.' };
	const signed = readSign(text);
	if (signed === undefined) return { problem: `${shown} is not an amount; write it as 1234.50.` };
	const { sign, digits } = signed;
	const [, first, second = ''] = AMBIGUOUS.exec(digits) ?? [];
	if (first !== undefined) {
		const [thousands, decimals] = [`${sign}${first}${second}`, `${sign}${first}.${second}`];
		return {
			problem:
				`${shown} can mean ${thousands} or ${decimals}; write ${thousands}.00 for the first, ` +
				`or round to two decimals (${nearestOre(decimals)}) for the second.`,
		};
	}
	const ore = oreOf(digits);
	if (ore === undefined) {
		return {
			problem: TOO_MANY_DECIMALS.test(digits)
				? `${shown} has more than two decimals; round it to whole öre, ${nearestOre(`${sign}${digits}`)}.`
				: `${shown} is not an amount; write it as 1234.50.`,
		};
	}
	return ore > MAX_ORE ? { problem: `${shown} ${TOO_LARGE}` } : { value: withoutNegativeZero(sign === '-' ? -ore : ore) };
}

/** A sign before the digits or behind them; undefined where there are two, or something that is no digit. */
function readSign(text: string): { sign: '-' | ''; digits: string } | undefined {
	const [, before, digits, after] = /^([-+] ?)?([\d.,: ]*\d(?::-)?)( ?-)?$/.exec(text) ?? [];
	if (digits === undefined || (before !== undefined && after !== undefined)) return undefined;
	return { sign: before?.startsWith('-') === true || after !== undefined ? '-' : '', digits };
}

/** What digits mean that can mean one thing only; undefined for others. */
function oreOf(digits: string): Ore | undefined {
	for (const pattern of UNAMBIGUOUS) {
		const { whole, decimals = '' } = pattern.exec(digits)?.groups ?? {};
		if (whole !== undefined) return Number(whole.replace(/\D/g, '') + decimals.padEnd(2, '0'));
	}
	return undefined;
}

/**
 * `1.01 or 1.00` for `1.005`: the öre on both sides of an amount with more decimals, the nearer first, half away from 0.
 * Where only zeros follow, the öre itself.
 */
function nearestOre(written: string): string {
	const [whole = '', decimals = ''] = written.replace(/[^\d.,]/g, '').split(/[.,]/);
	const below = Number(whole + decimals.slice(0, 2));
	const sign = written.startsWith('-') ? '-' : '';
	if (Number(decimals.slice(2)) === 0) return `${sign}${formatOre(below)}`;
	const [nearer, other] = Number(decimals.charAt(2)) >= 5 ? [below + 1, below] : [below, below + 1];
	return `${sign}${formatOre(nearer)} or ${sign}${formatOre(other)}`;
}

function withoutNegativeZero(ore: Ore): Ore {
	return ore === 0 ? 0 : ore;
}

function describeType(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Currencies whose amounts are written with `kr`. */
const WRITTEN_WITH_KR = ['SEK', 'DKK', 'ISK', 'NOK'];

/** Whether an amount is written with a currency, `kr` or `SEK`, that is not the given one. */
export function isOfOtherCurrency(value: unknown, currency: string): boolean {
	const written = typeof value === 'string' ? value.trim().toLowerCase().replace(/\.$/, '') : '';
	if (written.endsWith('kr')) return !WRITTEN_WITH_KR.includes(currency);
	return written.endsWith('sek') && currency !== 'SEK';
}

/** SEK as a JSON number: the double nearest to the exact amount. */
export function toSek(ore: Ore): number {
	return ore / 100;
}

/** `-1234.50`: for programs, messages and files. */
export function formatOre(ore: Ore): string {
	const digits = String(Math.abs(ore)).padStart(3, '0');
	return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `-1 234,50`: for people, as Swedish books print it. */
export function formatSek(ore: Ore): string {
	const [whole = '', decimals = ''] = formatOre(Math.abs(ore)).split('.');
	const groups: string[] = [];
	for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
	return `${ore < 0 ? '-' : ''}${groups.join(' ')},${decimals}`;
}

/** Exact sum in öre. Throws a RangeError where it leaves the range in which integers are exact. */
export function sumOre(amounts: readonly Ore[]): Ore {
	let sum = 0;
	for (const amount of amounts) {
		sum += amount;
		if (!Number.isSafeInteger(sum)) throw new RangeError('The sum of the amounts is too large to be exact.');
	}
	return sum;
}

/** Öre of an amount that Fortnox sent: a number with at most two decimals. Nothing (null, absent) is zero. */
export function toOre(sek: number | null | undefined): Ore {
	return withoutNegativeZero(Math.round((sek ?? 0) * 100));
}
