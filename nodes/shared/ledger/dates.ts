import { DateTime } from 'luxon';

import type { Reading } from './problems';

/** A calendar date, `YYYY-MM-DD`. It has no zone; where one is needed, it is a day in Sweden. */
export type IsoDate = string;

export interface Month {
	year: number;
	/** 1–12 */
	month: number;
}

/** Books are kept in Swedish days, and Fortnox's own clock is Stockholm's. */
const STOCKHOLM = 'Europe/Stockholm';

const DAY_MS = 86_400_000;

const PLAIN_DATE = /^(?<year>\d{4})(?<dash>-?)(?<month>\d{2})\k<dash>(?<day>\d{2})$/;
const DATE_AND_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;
const DIGITS = /^\d+(?:\.\d+)?$/;

/** Spreadsheets count days from 1899-12-30; this range is 1954 to 2119, and can't be a date written as YYYYMMDD. */
const SERIAL_NUMBERS = { from: 20_000, to: 80_000 };

const WRITE_IT_SO = 'write it as YYYY-MM-DD, such as 2026-01-31.';
const WRITE_AN_INSTANT_SO = 'write it as 2026-01-31T15:00:00Z (without a zone it is UTC).';

/**
 * Reads a day of the books, a calendar date in Europe/Stockholm.
 *
 * - `2026-01-31` and `20260131` (as SIE files and payroll systems write it; also as a number) are themselves;
 * - a date and time without a zone is Stockholm time;
 * - one with a zone, a JavaScript date or a luxon value is an instant, read in Stockholm, with a hint where that
 *   is another day; but the first or last instant of a day in its own zone (`endOf('month')`) means that day, with a
 *   hint where Stockholm's is another; 24:00, with or without a zone, is the end of the day that it is written with, with a
 *   hint, because programs count it to the next;
 * - what has a second reading is refused: spreadsheet serial numbers, UNIX times, `31/12/2026`, two-digit years.
 */
export function readDate(value: unknown): Reading<IsoDate> {
	return readEndOfDay(value) ?? readDay(value, boundsADay);
}

/** As version 0.1 read it, whose digests stand in users' books: an instant was its day in Stockholm, whatever day it bounds. */
export function readDateAsVersion1(value: unknown): Reading<IsoDate> {
	return readDay(value, () => false);
}

/** Reads `2026-03-31T24:00`; undefined where it is anything else. */
function readEndOfDay(value: unknown): Reading<IsoDate> | undefined {
	const written = typeof value === 'string' ? value.trim() : '';
	const [, day = '', time = ''] = DATE_AND_TIME.exec(written) ?? [];
	if (!time.startsWith('24:') || !parseIso(written).isValid) return undefined;
	const reading = readPlain(day);
	return reading.problem !== undefined
		? reading
		: { ...reading, hint: `${written} is the end of ${day}, and the first moment of the next day; ${day} was used.` };
}

/** @param isOwnDay whether an instant means the day in its own zone */
function readDay(value: unknown, isOwnDay: (instant: DateTime) => boolean): Reading<IsoDate> {
	if (isDateObject(value)) {
		if (Number.isNaN(value.getTime())) return { problem: `The date is invalid; ${WRITE_IT_SO}` };
		return inStockholm(value.toISOString(), isOwnDay);
	}
	if (isLuxonLike(value)) {
		const written = value.toISO();
		return written === null ? { problem: `The date is invalid; ${WRITE_IT_SO}` } : inStockholm(written, isOwnDay);
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		return { problem: `This is not a date; ${WRITE_IT_SO}` };
	}

	const text = String(value).trim();
	if (text === '') return { problem: `The date is empty; ${WRITE_IT_SO}` };
	if (PLAIN_DATE.test(text)) return readPlain(text);
	const [, day, , zone] = DATE_AND_TIME.exec(text) ?? [];
	if (day === undefined) return { problem: whyNotADate(text) };
	const parsed = parseIso(text);
	if (!parsed.isValid) return { problem: noSuchTime(text) };
	return zone === undefined ? readPlain(day) : inStockholm(text, isOwnDay);
}

function readPlain(text: string): Reading<IsoDate> {
	const { year = '', month = '', day = '' } = PLAIN_DATE.exec(text)?.groups ?? {};
	const date = `${year}-${month}-${day}`;
	if (!DateTime.fromISO(date, { zone: 'utc' }).isValid) {
		return { problem: `"${text}" is not a day of the calendar; ${WRITE_IT_SO}` };
	}
	if (Number(year) < 1900) return { problem: `"${text}" has the year ${year}; ${WRITE_IT_SO}` };
	return { value: date };
}

/** Keeps the written zone, so that the day as it was written can be compared with the day in Stockholm. */
function parseIso(text: string): DateTime {
	return DateTime.fromISO(strictIso(text), { setZone: true });
}

/** `2026-01-31 23:30 +01` as databases write it becomes `2026-01-31T23:30+01`. */
function strictIso(text: string): string {
	return text.toUpperCase().replace(' ', 'T').replace(' ', '');
}

function inStockholm(written: string, isOwnDay: (instant: DateTime) => boolean): Reading<IsoDate> {
	const instant = parseIso(written);
	const day = instant.setZone(STOCKHOLM).toFormat('yyyy-MM-dd');
	const ownDay = instant.toFormat('yyyy-MM-dd');
	const reading = readPlain(isOwnDay(instant) ? ownDay : day);
	if (reading.problem !== undefined) return reading;
	if (isJustBeforeMidnight(instant)) {
		const next = addDays(day, 1);
		return {
			...reading,
			hint: `${written} is ${day} in Sweden, less than a minute before ${next}; ${reading.value} was used. Spreadsheets read by a program give such moments for ${next}: if that day is meant, give it as text.`,
		};
	}
	if (day === ownDay) return reading;
	const inSweden = `${written} is ${day} in Sweden (Europe/Stockholm)`;
	const { value } = reading;
	const moment = instant.hour < 12 ? 'first' : 'last';
	return {
		value,
		hint:
			value === day
				? `${inSweden}; ${day} was used.`
				: `${inSweden}, and the ${moment} moment of ${ownDay} in its own zone; ${ownDay} was used.`,
	};
}

/** In the last minute of a day in Sweden, but not in its last second, which programs take for the end of that day. */
function isJustBeforeMidnight(instant: DateTime): boolean {
	const { hour, minute, second } = instant.setZone(STOCKHOLM);
	return hour === 23 && minute === 59 && second < 59;
}

/** Midnight, or the last second before it: what programs make of a day where they want a point in time. */
function boundsADay(instant: DateTime): boolean {
	const isFirst = instant.hour === 0 && instant.minute === 0 && instant.second === 0 && instant.millisecond === 0;
	return isFirst || (instant.hour === 23 && instant.minute === 59 && instant.second === 59);
}

function noSuchTime(text: string): string {
	return `"${text}" does not exist as a date and time; check the day, the hour and the minute.`;
}

function whyNotADate(text: string): string {
	if (DIGITS.test(text)) {
		const number = Number(text);
		if (number >= SERIAL_NUMBERS.from && number <= SERIAL_NUMBERS.to) {
			const day = addDays('1899-12-30', Math.floor(number));
			return `${text} looks like a spreadsheet's day number (it would be ${day}); give the date as text: ${day}.`;
		}
		if (text.length >= 9) return `${text} looks like a UNIX time; give the date as text, such as 2026-01-31.`;
	}
	if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/.test(text)) {
		return `"${text}" can be read with the day or the month first; ${WRITE_IT_SO}`;
	}
	return `"${text}" is not a date; ${WRITE_IT_SO}`;
}

/**
 * Reads a point in time, such as the `updatedAfter` of a list. As the unified model has it, a time without a zone
 * is UTC, and a plain date is its first moment in UTC.
 */
export function readInstant(value: unknown): Reading<Date> {
	const problem = `This is not a point in time; ${WRITE_AN_INSTANT_SO}`;
	if (isDateObject(value)) return Number.isNaN(value.getTime()) ? { problem } : { value: new Date(value.getTime()) };
	const text = isLuxonLike(value) ? value.toISO() : value;
	if (typeof text !== 'string') return { problem };
	const trimmed = text.trim();
	if (!PLAIN_DATE.test(trimmed) && !DATE_AND_TIME.test(trimmed)) {
		return { problem: `"${trimmed}" is not a point in time; ${WRITE_AN_INSTANT_SO}` };
	}
	const parsed = DateTime.fromISO(strictIso(trimmed), { zone: 'utc' });
	if (!parsed.isValid) return { problem: noSuchTime(trimmed) };
	return { value: parsed.toJSDate() };
}

/** Reads a month written as `2026-01` or `202601`. */
export function readMonth(value: unknown): Reading<Month> {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const [, year, month] = /^(\d{4})-?(\d{2})$/.exec(text) ?? [];
	const read = { year: Number(year), month: Number(month) };
	if (year === undefined || read.month < 1 || read.month > 12 || read.year < FIRST_YEAR || read.year > LAST_YEAR) {
		return { problem: `"${text}" is not a month; write it as YYYY-MM, such as 2026-01.` };
	}
	return { value: read };
}

/** Months of books: the day after the last month of these years can be written as a date, too. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/**
 * Reads a month where a program may hand over a day of it, too: a month as text, else what `readDate` takes for a day,
 * with a hint that its month was used.
 */
export function readMonthOfDay(value: unknown): Reading<Month> {
	const month = readMonth(value);
	if (month.problem === undefined) return month;
	const day = readDate(value);
	if (day.problem !== undefined) return isInstant(value) ? day : month;
	const ofDay = readMonth(day.value.slice(0, 7));
	if (ofDay.problem !== undefined) return ofDay;
	const hint = [day.hint, `of the day ${day.value} the month was used.`].filter(Boolean).join(' ');
	return { value: ofDay.value, hint };
}

/** Whether a value is a point in time, as expressions hand it over: a JavaScript date or a luxon value. */
export function isInstant(value: unknown): boolean {
	return isDateObject(value) || isLuxonLike(value);
}

export function firstDayOfMonth({ year, month }: Month): IsoDate {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
}

/** Days are counted in UTC, where each has 24 hours. Throws a RangeError for a text that is not `YYYY-MM-DD`. */
export function addDays(date: IsoDate, days: number): IsoDate {
	return new Date(dayStart(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`; negative where it lies before. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
	return (dayStart(to) - dayStart(from)) / DAY_MS;
}

/** The days that two spans have in common, where they have any. */
export function sharedDays(one: { from: IsoDate; to: IsoDate }, other: { from: IsoDate; to: IsoDate }): { from: IsoDate; to: IsoDate } {
	return { from: one.from > other.from ? one.from : other.from, to: one.to < other.to ? one.to : other.to };
}

function dayStart(date: IsoDate): number {
	const start = Date.parse(`${date}T00:00:00Z`);
	if (Number.isNaN(start)) throw new RangeError(`"${date}" is not a date of the form YYYY-MM-DD.`);
	return start;
}

/** The day it is in Sweden. */
export function today(now: Date = new Date()): IsoDate {
	return DateTime.fromJSDate(now, { zone: STOCKHOLM }).toFormat('yyyy-MM-dd');
}

/**
 * `YYYY-MM-DD HH:MM` in Stockholm, rounded down to the minute: how Fortnox's `lastmodified` is written.
 * In the hour that the end of summer time repeats, two instants read the same; a caller that asks for changes since then
 * asks an hour earlier.
 */
export function stockholmMinute(instant: Date): string {
	return DateTime.fromJSDate(instant, { zone: STOCKHOLM }).toFormat('yyyy-MM-dd HH:mm');
}

/** By tag, not `instanceof`: n8n's expressions make dates in another realm. */
function isDateObject(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

/** By shape: n8n's expressions make luxon values with n8n's own copy of the library. */
function isLuxonLike(value: unknown): value is { toISO(): string | null } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toISO' in value &&
		typeof value.toISO === 'function' &&
		'toISODate' in value &&
		typeof value.toISODate === 'function' &&
		// It has both as well, and two days.
		!('isLuxonInterval' in value)
	);
}
