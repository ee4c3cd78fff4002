import type { Ore } from '../money';

const DIGIT_0 = 48;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;

/**
 * Reads the amount that stands in `text` from `start` to before `end`: digits, a decimal point and at most two decimals
 * (further ones only where they are 0).
 *
 * @returns öre, or undefined where it is not such an amount or too large to be exact
 */
export function parseSieAmount(text: string, start: number, end: number): Ore | undefined {
	let at = start;
	const sign = text.charCodeAt(at);
	if (sign === MINUS || sign === PLUS) at++;
	let ore = 0;
	let digits = 0;
	/** -1 before the decimal point. */
	let decimals = -1;
	for (; at < end; at++) {
		const code = text.charCodeAt(at);
		if (code === POINT && decimals < 0) {
			decimals = 0;
			continue;
		}
		const digit = code - DIGIT_0;
		if (!(digit >= 0 && digit <= 9)) return undefined;
		digits++;
		if (decimals >= 2) {
			if (digit !== 0) return undefined;
			continue;
		}
		if (decimals >= 0) decimals++;
		ore = ore * 10 + digit;
	}
	if (digits === 0) return undefined;
	for (let missing = Math.max(decimals, 0); missing < 2; missing++) ore *= 10;
	if (ore > Number.MAX_SAFE_INTEGER) return undefined;
	return sign === MINUS && ore !== 0 ? -ore : ore;
}

/** The amount as SIE writes it: `-1.85` for -185 öre. */
export function formatSieAmount(ore: Ore): string {
	const digits = Math.abs(ore).toString().padStart(3, '0');
	return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Turns YYYYMMDD, and YYYY-MM-DD as some programs write it, into YYYY-MM-DD; undefined where there is no such day. */
export function parseSieDate(given: string): string | undefined {
	const written = /^\d{4}-\d{2}-\d{2}$/.test(given) ? given.replaceAll('-', '') : given;
	if (!/^\d{8}$/.test(written)) return undefined;
	const year = Number(written.slice(0, 4));
	const month = Number(written.slice(4, 6));
	const day = Number(written.slice(6));
	const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
	if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth) return undefined;
	return `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6)}`;
}

/** Turns YYYYMM into YYYY-MM; undefined where there is no such month. */
export function parseSieMonth(written: string): string | undefined {
	return /^(19|2\d)\d{2}(0[1-9]|1[0-2])$/.test(written) ? `${written.slice(0, 4)}-${written.slice(4)}` : undefined;
}
