import { DateTime } from 'luxon';

const ZONE = 'Europe/Stockholm';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hour since the epoch → offset; a sandbox asks for few different hours, many times each. */
const offsets = new Map<number, number>();

function offsetMs(epochMs: number): number {
	const hour = Math.floor(epochMs / HOUR_MS);
	let offset = offsets.get(hour);
	if (offset === undefined) {
		offset = DateTime.fromMillis(epochMs, { zone: ZONE }).offset * 60_000;
		offsets.set(hour, offset);
	}
	return offset;
}

/**
 * Minutes of the wall clock in Stockholm, as a number that sorts as the clock's face does. Fortnox shows and compares
 * such times without a zone, so in the autumn an hour comes twice.
 */
export function stockholmMinute(epochMs: number): number {
	return Math.floor((epochMs + offsetMs(epochMs)) / 60_000);
}

/** YYYY-MM-DD in Stockholm. */
export function stockholmDate(epochMs: number): string {
	return new Date(epochMs + offsetMs(epochMs)).toISOString().slice(0, 10);
}

/** `2019-03-10`, `2019-03-10 12:30` or with seconds, as a wall clock minute; undefined where it is none of them. */
export function parseStockholmMinute(text: string): number | undefined {
	const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?)?$/.exec(text);
	if (!match) return undefined;
	const time = DateTime.fromISO(`${match[1]}T${match[2] ?? '00:00'}`, { zone: 'utc' });
	return time.isValid ? Math.floor(time.toMillis() / 60_000) : undefined;
}

export function isDate(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;
}

export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
