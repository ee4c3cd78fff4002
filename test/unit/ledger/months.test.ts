import { firstDayOfMonth, isInstant, readMonth, readMonthOfDay } from '../../../nodes/shared/ledger/dates';

describe('readMonth', () => {
	test.each([
		['1900-01', 1900, 1],
		['2026-12', 2026, 12],
		['202601', 2026, 1],
		[202612, 2026, 12],
		[' 2026-01 ', 2026, 1],
	])('%p', (written, year, month) => {
		expect(readMonth(written)).toStrictEqual({ value: { year, month } });
	});

	test.each(['1899-12', '2026-00', '2026-13', '2026-1', 'x2026-01', '2026-011', '2026-01x', '', null, undefined, true])(
		'refuses %p',
		(written) => {
			expect(readMonth(written).problem).toContain('YYYY-MM');
		},
	);

	test('has a first day', () => {
		expect(firstDayOfMonth({ year: 2026, month: 3 })).toBe('2026-03-01');
		expect(firstDayOfMonth({ year: 2026, month: 12 })).toBe('2026-12-01');
	});
});

describe('a month where a program may hand over a day of it', () => {
	test.each([
		['2026-03', undefined],
		['2026-03-17', 'of the day 2026-03-17 the month was used.'],
		[20260331, 'of the day 2026-03-31 the month was used.'],
		[new Date('2026-03-17T12:00:00Z'), 'of the day 2026-03-17 the month was used.'],
	])('%p is March', (written, hint) => {
		expect(readMonthOfDay(written)).toStrictEqual({ value: { year: 2026, month: 3 }, ...(hint !== undefined && { hint }) });
	});

	test('is the month of the day in Sweden, with both hints', () => {
		expect(readMonthOfDay('2026-06-30T22:30:00Z')).toEqual({
			value: { year: 2026, month: 7 },
			hint: expect.stringMatching(/is 2026-07-01 in Sweden.*was used\. of the day 2026-07-01 the month was used\.$/),
		});
	});

	test.each<[unknown, string]>([
		['March', '"March" is not a month'],
		[null, '"" is not a month'],
		['2026-02-30', '"2026-02-30" is not a month'],
		[new Date(Number.NaN), 'The date is invalid'],
		['3000-01-31', '"3000-01" is not a month'],
	])('is none in %p', (written, problem) => {
		expect(readMonthOfDay(written).problem).toContain(problem);
	});
});

test('months of books end with 2999', () => {
	expect(readMonth('2999-12')).toEqual({ value: { year: 2999, month: 12 } });
	expect(readMonth('3000-01')).toHaveProperty('problem');
});

test('only what expressions hand over as a point in time is an instant', () => {
	expect([new Date(), { toISO: () => '', toISODate: () => '' }].map(isInstant)).toEqual([true, true]);
	expect(['2026-03-17', 20260317, null, undefined, {}, { toISO: 1, toISODate: 1 }].some(isInstant)).toBe(false);
});
