import {
	addDays,
	daysBetween,
	firstDayOfMonth,
	isInstant,
	readDate,
	readMonth,
	readMonthOfDay,
	sharedDays,
	type IsoDate,
	type Month,
} from '../dates';
import type { Reading } from '../problems';
import type { Days } from './years';

/** Names of periods that move with the day on which the report is made. */
export const MOVING_PERIODS = [
	'this-month',
	'last-month',
	'this-quarter',
	'last-quarter',
	'this-year',
	'last-year',
	'year-to-date',
	'year-to-last-month',
] as const;

const WRITE_IT_SO = `write a month (2026-06), a quarter (2026-Q2), a year (2026, or 2025/2026 for a broken one) or one of ${MOVING_PERIODS.join(', ')}.`;

const MONTHS_A_YEAR = 12;
const MONTHS_A_QUARTER = 3;

/** The days of a period, or why there are none: it can't be read (`isFormat`), or no financial year has it. */
export type PeriodReading = Reading<Days> & { isFormat?: boolean };

/**
 * Reads the name of a period; a day, as programs hand it over, stands for its month. `this-year` and `last-year` are
 * financial years, `2026` is the calendar year (for most
 * companies the same), `2025/2026` the financial year that begins in the one and ends in the other.
 *
 * @param today the day that moving periods count from
 * @param years the company's financial years, oldest first
 */
export function readPeriod(value: unknown, today: IsoDate, years: readonly Days[]): PeriodReading {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
	const moving = MOVING_PERIODS.find((name) => name === text);
	if (moving !== undefined) return movingPeriod(moving, today, years);
	const [, year, quarter] = /^(\d{4})-?q([1-4])$/.exec(text) ?? [];
	if (quarter !== undefined) {
		const calendar = calendarYear(year ?? '');
		if (calendar.problem !== undefined) return calendar;
		return { value: months(plusMonths(monthOf(calendar.value.from), (Number(quarter) - 1) * MONTHS_A_QUARTER), MONTHS_A_QUARTER) };
	}
	if (/^\d{4}$/.test(text)) return calendarYear(text);
	const [, first, second] = /^(\d{4})[/-](\d{4})$/.exec(text) ?? [];
	if (second !== undefined) {
		const named = years.find(({ from, to }) => from.slice(0, 4) === first && to.slice(0, 4) === second);
		return named
			? {
					value: { from: named.from, to: named.to },
				}
			: { problem: `the company has no financial year ${text}. ${yearsInWords(years)}` };
	}
	const month = readMonthOfDay(isInstant(value) ? value : text);
	if (month.problem !== undefined)
		return {
			problem: isInstant(value) ? month.problem : `"${text}" is not a period; ${WRITE_IT_SO}`,
			isFormat: true,
		};
	return { ...month, value: months(month.value, 1) };
}

/** Reads a first or last day: a day, or a month that stands for its first or last day. */
export function readDayOrMonth(value: unknown, end: 'first' | 'last'): Reading<IsoDate> {
	const month = readMonth(value);
	if (month.problem !== undefined) {
		const day = readDate(value);
		const ofDay = day.problem === undefined ? readMonth(day.value.slice(0, 7)) : day;
		return ofDay.problem === undefined ? day : { problem: ofDay.problem };
	}
	const { from, to } = months(month.value, 1);
	return { value: end === 'first' ? from : to };
}

function calendarYear(text: string): PeriodReading {
	const first = readMonth(`${text}-01`);
	if (first.problem !== undefined) return { problem: `"${text}" is not a year; ${WRITE_IT_SO}`, isFormat: true };
	return { value: months(first.value, MONTHS_A_YEAR) };
}

function movingPeriod(name: (typeof MOVING_PERIODS)[number], today: IsoDate, years: readonly Days[]): Reading<Days> {
	const thisMonth = monthOf(today);
	const quarter = { year: thisMonth.year, month: thisMonth.month - ((thisMonth.month - 1) % MONTHS_A_QUARTER) };
	switch (name) {
		case 'this-month':
			return { value: months(thisMonth, 1) };
		case 'last-month':
			return { value: months(plusMonths(thisMonth, -1), 1) };
		case 'this-quarter':
			return { value: months(quarter, MONTHS_A_QUARTER) };
		case 'last-quarter':
			return { value: months(plusMonths(quarter, -MONTHS_A_QUARTER), MONTHS_A_QUARTER) };
		case 'this-year':
			return yearOf(today, years);
		case 'last-year': {
			const current = yearOf(today, years);
			return current.problem !== undefined ? current : yearOf(addDays(current.value.from, -1), years);
		}
		case 'year-to-date':
			return upTo(today, years);
		case 'year-to-last-month':
			return upTo(months(plusMonths(thisMonth, -1), 1).to, years);
	}
}

function upTo(day: IsoDate, years: readonly Days[]): Reading<Days> {
	const year = yearOf(day, years);
	return year.problem !== undefined ? year : { value: { from: year.value.from, to: day } };
}

function yearOf(day: IsoDate, years: readonly Days[]): Reading<Days> {
	const year = years.find(({ from, to }) => from <= day && day <= to);
	if (year) return { value: { from: year.from, to: year.to } };
	return { problem: `the company has no financial year that ${day} lies in. ${yearsInWords(years)}` };
}

/**
 * The days of a period that financial years have. Where a whole month, quarter or year begins before the first
 * financial year or ends after the last, only its part inside counts, with a hint.
 *
 * @param isNamed the period was named, not given by its days, which are taken literally
 */
export function withinYears({ from, to }: Days, years: readonly Days[], isNamed: boolean): Reading<Days> {
	const touched = years.filter((year) => year.from <= to && from <= year.to);
	const [first, last] = [touched[0], touched.at(-1)];
	if (first === undefined || last === undefined) {
		return { problem: `no financial year of the company has days between ${from} and ${to}. ${yearsInWords(years)}` };
	}
	const gap = touched.find((year, index) => index > 0 && touched[index - 1]?.to !== addDays(year.from, -1));
	if (gap) {
		return {
			problem: `between ${from} and ${to} there are days that no financial year has. ${yearsInWords(touched)} Ask for each by itself.`,
		};
	}
	const inside = sharedDays({ from, to }, { from: first.from, to: last.to });
	if (inside.from === from && inside.to === to) return { value: inside };
	if (!isNamed) {
		return { problem: `not all days from ${from} to ${to} lie in a financial year. ${yearsInWords(touched)} Stay inside.` };
	}
	return { value: inside, hint: `of ${from}–${to} only ${inside.from}–${inside.to} lies in the company's financial years.` };
}

function yearsInWords(years: readonly Days[]): string {
	if (years.length === 0) return 'It has no financial years; open one in Fortnox.';
	return `Its financial years are ${years.map(({ from, to }) => `${from}–${to}`).join(', ')}.`;
}

/**
 * The same days one year earlier: for whole financial years the financial year before, else twelve months earlier,
 * where the end of a month stays one. Nothing of a whole financial year is set beside itself: the first has none before it,
 * however long it is.
 */
export function yearBefore(days: Days, years: readonly Days[]): Days {
	const index = years.findIndex(({ from, to }) => from === days.from && to === days.to);
	const before = years[index - 1];
	if (before) return { from: before.from, to: before.to };
	return { from: yearEarlier(days.from), to: index === 0 ? addDays(days.from, -1) : yearEarlier(days.to) };
}

/** The days just before, as many of them: whole months before whole months, the year before a whole financial year. */
export function periodBefore(days: Days, years: readonly Days[]): Days {
	const isYear = years.some(({ from, to }) => from === days.from && to === days.to);
	if (isYear) return yearBefore(days, years);
	const to = addDays(days.from, -1);
	if (!isWholeMonths(days)) return { from: addDays(days.from, -1 - daysBetween(days.from, days.to)), to };
	return { from: firstDayOfMonth(plusMonths(monthOf(days.from), -monthsOf(days).length)), to };
}

/** Whether the days begin with a month and end with one, as a budget by months needs. */
export function isWholeMonths({ from, to }: Days): boolean {
	return from.endsWith('-01') && isLastOfMonth(to);
}

/**
 * Whether VAT is declared for such a period: a month, a calendar quarter, or a year (the financial or the calendar one).
 * The part of it that lies in the company's financial years counts as the whole.
 */
export function isVatPeriod(days: Days, years: readonly Days[]): boolean {
	const { from, to } = days;
	const begins = from.endsWith('-01') || years.some((year) => year.from === from);
	const ends = isLastOfMonth(to) || years.some((year) => year.to === to);
	if (!begins || !ends) return false;
	const isYear =
		years.some((year) => year.from === from && year.to === to) ||
		(from.endsWith('-01-01') && to.endsWith('-12-31') && from.slice(0, 4) === to.slice(0, 4));
	return isYear || monthsOf(days).length === 1 || isVatQuarter(days, years);
}

/** The other periods that VAT may be declared for and that share days with a period. */
export function vatPeriodsBeside(days: Days, years: readonly Days[]): Days[] {
	const touches = ({ from, to }: Days): boolean => from <= days.to && days.from <= to;
	const named = monthsOf(days).flatMap(({ name }) => {
		const [year, month] = [name.slice(0, 4), Number(name.slice(5))];
		return [name, `${year}-q${Math.ceil(month / MONTHS_A_QUARTER)}`, year];
	});
	const calendar = [...new Set(named)].flatMap((name) => {
		const period = readPeriod(name, days.to, years);
		const inside = period.problem === undefined ? withinYears(period.value, years, true) : period;
		return inside.problem === undefined ? [inside.value] : [];
	});
	const others = [...calendar, ...years].filter((other) => touches(other) && (other.from !== days.from || other.to !== days.to));
	return [...new Map(others.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()].filter((other) => isVatPeriod(other, years));
}

/** Whether the days are a calendar quarter, or what of it lies in the financial years. */
function isVatQuarter({ from, to }: Days, years: readonly Days[]): boolean {
	const hasNoYear = (date: IsoDate): boolean => !years.some((year) => year.from <= date && date <= year.to);
	const [before, after] = [addDays(from, -1), addDays(to, 1)];
	const isCutBefore = years.some((year) => year.from === from) && hasNoYear(before);
	const isCutAfter = years.some((year) => year.to === to) && hasNoYear(after);
	const begins = quarterOf(before) !== quarterOf(from) || isCutBefore;
	const ends = quarterOf(after) !== quarterOf(to) || isCutAfter;
	return begins && ends && quarterOf(from) === quarterOf(to);
}

function quarterOf(date: IsoDate): string {
	return `${date.slice(0, 4)} ${Math.floor((Number(date.slice(5, 7)) - 1) / MONTHS_A_QUARTER)}`;
}

/** A period's name as `readPeriod` reads it: `2026-06`, `2026-Q2`, `2026` or `2025/2026`; else its days. */
export function periodName(days: Days, years: readonly Days[]): string {
	const { from, to } = days;
	const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
	if (years.some((year) => year.from === from && year.to === to)) return first === last ? first : `${first}/${last}`;
	const months = monthsOf(days);
	const begun = monthOf(from);
	if (!isWholeMonths(days)) return `${from}–${to}`;
	if (months.length === 1) return from.slice(0, 7);
	if (months.length === MONTHS_A_QUARTER && begun.month % MONTHS_A_QUARTER === 1)
		return `${first}-Q${Math.ceil(begun.month / MONTHS_A_QUARTER)}`;
	return months.length === MONTHS_A_YEAR && begun.month === 1 ? first : `${from}–${to}`;
}

/** The calendar months that the days touch, the first and the last perhaps in part. */
export function monthsOf({ from, to }: Days): Array<Days & { name: string }> {
	const found: Array<Days & { name: string }> = [];
	for (let month = monthOf(from); firstDayOfMonth(month) <= to; month = plusMonths(month, 1)) {
		const whole = months(month, 1);
		found.push({ name: whole.from.slice(0, 7), ...sharedDays(whole, { from, to }) });
	}
	return found;
}

function months(first: Month, count: number): Days {
	return { from: firstDayOfMonth(first), to: addDays(firstDayOfMonth(plusMonths(first, count)), -1) };
}

function monthOf(date: IsoDate): Month {
	return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

function plusMonths({ year, month }: Month, count: number): Month {
	const index = year * MONTHS_A_YEAR + month - 1 + count;
	return { year: Math.floor(index / MONTHS_A_YEAR), month: (index % MONTHS_A_YEAR) + 1 };
}

function isLastOfMonth(date: IsoDate): boolean {
	return addDays(date, 1).endsWith('-01');
}

/** The day of the same name a year earlier; the last day of a month for the last day of that month. */
function yearEarlier(date: IsoDate): IsoDate {
	const { from, to } = months(plusMonths(monthOf(date), -MONTHS_A_YEAR), 1);
	return isLastOfMonth(date) ? to : `${from.slice(0, 8)}${date.slice(8)}`;
}
