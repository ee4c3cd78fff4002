import fc from 'fast-check';
import { DateTime, Duration, Interval, Settings } from 'luxon';

import {
	addDays,
	daysBetween,
	firstDayOfMonth,
	readDate,
	readDateAsVersion1,
	readInstant,
	readMonth,
	stockholmMinute,
	today,
} from '../../../nodes/shared/ledger/dates';
import type { Reading } from '../../../nodes/shared/ledger/problems';

function problemOf(reading: Reading<unknown>): string {
	return reading.problem ?? `read as ${String(reading.value)}`;
}

/** A luxon value as another copy of the library would make it: the same shape, no shared class. */
function foreignLuxon(iso: string | null): unknown {
	return { isLuxonDateTime: true, toISO: () => iso, toISODate: () => iso?.slice(0, 10) ?? null };
}

describe('readDate', () => {
	test.each<[unknown, string]>([
		['2026-01-31', '2026-01-31'],
		[' 2026-01-31 ', '2026-01-31'],
		['2028-02-29', '2028-02-29'],
		['20260131', '2026-01-31'],
		['1900-01-01', '1900-01-01'],
		[20260131, '2026-01-31'],
		['2026-01-31T23:30', '2026-01-31'],
		['2026-01-31 23:59:59.999', '2026-01-31'],
		// 02:30 does not exist on the day on which summer time begins, and exists twice on the day on which it ends
		['2026-03-29T02:30', '2026-03-29'],
		['2026-10-25T02:30', '2026-10-25'],
		['2026-01-31T12:00:00Z', '2026-01-31'],
		['2026-01-31T23:30:00+01:00', '2026-01-31'],
		['2026-07-31T23:30:00+0200', '2026-07-31'],
		['2026-01-31T12:00:00z', '2026-01-31'],
		[new Date('2026-01-31'), '2026-01-31'],
		[DateTime.fromISO('2026-01-31T12:00', { zone: 'America/New_York' }), '2026-01-31'],
		[foreignLuxon('2026-01-31T12:00:00.000+01:00'), '2026-01-31'],
	])('reads %p as %p, without a hint', (written, date) => {
		expect(readDate(written)).toStrictEqual({ value: date });
	});

	test.each<[unknown, string]>([
		['2026-01-31T23:30Z', '2026-02-01'],
		['2026-01-31 23:30:00+00', '2026-02-01'],
		['2026-01-31 23:30:00.123 +00:00', '2026-02-01'],
		// summer: midnight in Stockholm is 22:00 UTC
		['2026-06-30T22:00:00Z', '2026-07-01'],
		['2026-02-01T00:30:00+14:00', '2026-01-31'],
		['2025-12-31T23:00:00Z', '2026-01-01'],
		// Near the bounds of a day in their own zone, but not at them.
		['2026-02-01T05:00:00+14:00', '2026-01-31'],
		['2026-02-01T00:00:30+09:00', '2026-01-31'],
		['2026-02-01T00:00:00.001+09:00', '2026-01-31'],
		['2026-01-31T20:59:59-05:00', '2026-02-01'],
		['2026-01-31T23:30:59Z', '2026-02-01'],
		['2026-01-31T23:59:30Z', '2026-02-01'],
		[new Date('2026-06-30T22:00:00Z'), '2026-07-01'],
		[DateTime.fromISO('2026-01-31T20:00', { zone: 'America/New_York' }), '2026-02-01'],
		[foreignLuxon('2026-01-31T23:30:00.000Z'), '2026-02-01'],
	])('reads %p as %p and says that the day changed', (written, date) => {
		const reading = readDate(written);
		expect(reading).toMatchObject({ value: date });
		expect('hint' in reading && reading.hint).toMatch(new RegExp(`is ${date} in Sweden \\(Europe/Stockholm\\); ${date} was used\\.$`));
	});

	test.each([
		['2026-11-30T22:59:48.000Z', '2026-11-30', '2026-12-01'],
		[new Date('2026-06-30T21:59:48Z'), '2026-06-30', '2026-07-01'],
		['2026-12-31T23:59:10+01:00', '2026-12-31', '2027-01-01'],
	])('%s, as readers of spreadsheets give a day, is the day before with a hint', (given, day, next) => {
		expect(readDate(given)).toEqual({ value: day, hint: expect.stringContaining(`less than a minute before ${next}`) });
	});

	test.each(['2026-06-30T21:59:59Z', '2026-03-28T22:59:59Z', '2026-10-24T21:59:59Z'])('%p is still the same day in Sweden', (written) =>
		expect(readDate(written)).toStrictEqual({ value: written.slice(0, 10) }),
	);

	test.each<[unknown, string, 'first' | 'last']>([
		['2026-01-31T23:59:59.999Z', '2026-01-31', 'last'],
		['2026-01-31T23:59:59Z', '2026-01-31', 'last'],
		['2026-02-01T00:00:00.000+09:00', '2026-02-01', 'first'],
		['2026-12-31T23:59:59.999-05:00', '2026-12-31', 'last'],
		[new Date('2026-03-31T23:59:59.999Z'), '2026-03-31', 'last'],
		[foreignLuxon('2026-01-31T23:59:59.999-08:00'), '2026-01-31', 'last'],
	])('%p bounds a day in its own zone and means that day, with a hint', (written, date, moment) => {
		const reading = readDate(written);
		expect(reading).toMatchObject({ value: date });
		expect('hint' in reading && reading.hint).toContain(`and the ${moment} moment of ${date} in its own zone; ${date} was used.`);
	});

	test.each([
		['2026-01-31T23:59:59.999Z', '2026-02-01'],
		['2026-02-01T00:00:00+09:00', '2026-01-31'],
		['2026-03-31T24:00Z', '2026-04-01'],
		['2026-03-31T24:00', '2026-03-31'],
	])('version 0.1 read %p as the day in Sweden, %p', (written, date) => {
		expect(readDateAsVersion1(written)).toMatchObject({ value: date });
	});

	test.each<[string, string]>([
		['2026-03-31T24:00:00', '2026-03-31'],
		['2026-03-31 24:00', '2026-03-31'],
		['2026-03-31T24:00 ', '2026-03-31'],
		['2026-03-31T24:00:00.000Z', '2026-03-31'],
		['2026-12-31T24:00:00+01:00', '2026-12-31'],
		['2026-03-31T24:00-05:00', '2026-03-31'],
	])('%p is the end of the day that it names, with a hint', (written, date) => {
		const reading = readDate(written);
		expect(reading).toEqual({
			value: date,
			hint: `${written.trim()} is the end of ${date}, and the first moment of the next day; ${date} was used.`,
		});
	});

	test.each<[unknown, string]>([
		['2026-03-31T24:00:01', 'does not exist'],
		['2026-02-30T24:00', 'does not exist'],
		['2026-05-31T22:00:00+99:00', 'is not a date'],
		['2026-05-31T22:00:00+01:75', 'is not a date'],
		['2026-02-30', 'not a day of the calendar'],
		['2026-02-29', 'not a day of the calendar'],
		['2026-13-01', 'not a day of the calendar'],
		['20261301', 'not a day of the calendar'],
		['0026-01-31', 'has the year 0026'],
		['1899-12-31', 'has the year 1899'],
		['x2026-01-31', '"x2026-01-31" is not a date'],
		['2026-01-31x', '"2026-01-31x" is not a date'],
		['x2026-01-31T12:00Z', 'is not a date'],
		['2026-01-31T12:00Z x', 'is not a date'],
		['2026-1-31', 'is not a date'],
		['31-12-20261', 'is not a date'],
		[19_999, 'is not a date'],
		[20_000, 'it would be 1954-10-03'],
		[80_000, 'it would be 2119-01-11'],
		[80_001, 'is not a date'],
		[999_999_999, 'UNIX time'],
		[Duration.fromISO('P1D'), 'This is not a date'],
		[Interval.after(new Date('2026-01-31'), 1000), 'This is not a date'],
		['0001-01-01T00:00:00Z', 'has the year 0001'],
		['31/12/2026', 'day or the month first'],
		['01-02-2026', 'day or the month first'],
		['1.2.26', 'day or the month first'],
		[46053, "spreadsheet's day number (it would be 2026-01-31)"],
		['46053', "spreadsheet's day number"],
		[46053.75, "spreadsheet's day number (it would be 2026-01-31)"],
		[1_769_900_000, 'UNIX time'],
		['1769900000000', 'UNIX time'],
		['260131', 'not a date'],
		['2026-0131', 'not a date'],
		['2026-1-5', 'not a date'],
		['2026-W05-1', 'not a date'],
		['2026-031', 'not a date'],
		['2026-01', 'not a date'],
		['2026', 'not a date'],
		['today', 'not a date'],
		['2026-01-31T25:00', 'does not exist'],
		['2026-02-30T12:00', 'does not exist'],
		['2026-02-30T12:00Z', 'does not exist'],
		['2026-01-31T12:60Z', 'does not exist'],
		['', 'empty'],
		[new Date(Number.NaN), 'invalid'],
		[DateTime.invalid('a test'), 'invalid'],
		[foreignLuxon(null), 'invalid'],
		[null, 'This is not a date'],
		[undefined, 'This is not a date'],
		[true, 'This is not a date'],
		[{ year: 2026 }, 'This is not a date'],
		[[2026, 1, 31], 'This is not a date'],
	])('refuses %p', (written, part) => {
		expect(problemOf(readDate(written))).toContain(part);
	});

	test('does not depend on the machine’s zone', () => {
		const before = Settings.defaultZone;
		try {
			for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
				Settings.defaultZone = zone;
				expect(readDate('2026-01-31T00:10')).toStrictEqual({ value: '2026-01-31' });
				expect(readDate('2026-01-31T23:30Z')).toMatchObject({ value: '2026-02-01' });
				expect(readInstant('2026-01-31T15:00')).toStrictEqual({ value: new Date('2026-01-31T15:00:00Z') });
			}
		} finally {
			Settings.defaultZone = before;
		}
	});

	test('agrees with the calendar of Sweden for every instant', () => {
		const swedish = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' });
		const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(
				instants.filter((instant) => !instant.toISOString().includes('T23:59:59')),
				(instant) => {
					expect(readDate(instant)).toMatchObject({ value: swedish.format(instant) });
					expect(readDate(instant.toISOString())).toMatchObject({ value: swedish.format(instant) });
					expect(today(instant)).toBe(swedish.format(instant));
				},
			),
		);
	});
});

describe('readInstant', () => {
	test.each<[unknown, string]>([
		['2026-01-31T15:00:00', '2026-01-31T15:00:00.000Z'],
		['2026-01-31 15:00', '2026-01-31T15:00:00.000Z'],
		['2026-01-31', '2026-01-31T00:00:00.000Z'],
		[' 20260131 ', '2026-01-31T00:00:00.000Z'],
		['2026-01-31T15:00:00+02:00', '2026-01-31T13:00:00.000Z'],
		['2026-01-31T15:00:00.5Z', '2026-01-31T15:00:00.500Z'],
		[new Date('2026-01-31T15:00:00Z'), '2026-01-31T15:00:00.000Z'],
		[foreignLuxon('2026-01-31T23:30:00.000-05:00'), '2026-02-01T04:30:00.000Z'],
	])('reads %p as %p: without a zone it is UTC', (written, instant) => {
		expect(readInstant(written)).toStrictEqual({ value: new Date(instant) });
	});

	test.each<[unknown]>([
		['31/12/2026'],
		['at 2026-01-31'],
		['2026-W05-1'],
		['2026-02-30'],
		['2026-01-31T25:00'],
		[1_769_900_000],
		[''],
		[null],
		[new Date(Number.NaN)],
		[foreignLuxon(null)],
	])('refuses %p', (written) => {
		expect(readInstant(written)).toHaveProperty('problem');
	});
});

describe('months and days', () => {
	test.each<[unknown, number, number]>([
		['2026-01', 2026, 1],
		['202612', 2026, 12],
		[202602, 2026, 2],
	])('reads %p as a month', (written, year, month) => {
		expect(readMonth(written)).toStrictEqual({ value: { year, month } });
	});

	test.each<[unknown]>([['2026-13'], ['202600'], ['2026-1'], ['26-01'], ['2026-01-31'], [''], [null], ['189912']])(
		'refuses %p as a month',
		(written) => expect(problemOf(readMonth(written))).toContain('not a month; write it as YYYY-MM'),
	);

	test('knows the first day of a month', () => {
		expect(firstDayOfMonth({ year: 2026, month: 9 })).toBe('2026-09-01');
	});

	test('counts days across both changes of the clock', () => {
		expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
		expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
		expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
		expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
		expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
		expect(() => addDays('yesterday', 1)).toThrow(RangeError);
		expect(() => daysBetween('2026-01-01', '')).toThrow(RangeError);
	});
});

describe('stockholmMinute', () => {
	test.each([
		['2026-01-31T11:00:59.999Z', '2026-01-31 12:00'],
		['2026-07-31T22:30:00Z', '2026-08-01 00:30'],
		// 02:00–03:00 is skipped in spring and repeated in autumn
		['2026-03-29T00:59:00Z', '2026-03-29 01:59'],
		['2026-03-29T01:00:00Z', '2026-03-29 03:00'],
		['2026-10-25T00:30:00Z', '2026-10-25 02:30'],
		['2026-10-25T01:30:00Z', '2026-10-25 02:30'],
		['2026-10-25T02:00:00Z', '2026-10-25 03:00'],
	])('%p is %p in Sweden', (instant, written) => {
		expect(stockholmMinute(new Date(instant))).toBe(written);
	});
});
