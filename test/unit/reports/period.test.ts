import {
	isWholeMonths,
	monthsOf,
	periodBefore,
	readDayOrMonth,
	readPeriod,
	vatPeriodsBeside,
	withinYears,
	yearBefore,
} from '../../../nodes/shared/ledger/reports/period';

const calendar = [
	{ from: '2025-01-01', to: '2025-12-31' },
	{ from: '2026-01-01', to: '2026-12-31' },
];
/** A first year of 18 months, then broken years; nothing between 2024-07-01 and 2025-06-30. */
const broken = [
	{ from: '2022-01-01', to: '2023-06-30' },
	{ from: '2023-07-01', to: '2024-06-30' },
	{ from: '2025-07-01', to: '2026-06-30' },
];

describe('the name of a period', () => {
	it.each([
		['2026-06', '2026-06-01', '2026-06-30'],
		[202602, '2026-02-01', '2026-02-28'],
		['2026-Q2', '2026-04-01', '2026-06-30'],
		['2026q4', '2026-10-01', '2026-12-31'],
		['2026', '2026-01-01', '2026-12-31'],
		[2025, '2025-01-01', '2025-12-31'],
		['this-month', '2026-03-01', '2026-03-31'],
		['Last-Month', '2026-02-01', '2026-02-28'],
		['this-quarter', '2026-01-01', '2026-03-31'],
		['last-quarter', '2025-10-01', '2025-12-31'],
		['this-year', '2026-01-01', '2026-12-31'],
		['last-year', '2025-01-01', '2025-12-31'],
		['year-to-date', '2026-01-01', '2026-03-17'],
		['year-to-last-month', '2026-01-01', '2026-02-28'],
		[' 2026 ', '2026-01-01', '2026-12-31'],
		[' this-month ', '2026-03-01', '2026-03-31'],
	])('%s is %s to %s', (name, from, to) => {
		expect(readPeriod(name, '2026-03-17', calendar)).toEqual({ value: { from, to } });
	});

	it.each([
		['this-quarter', '2026-04-01', '2026-04-01', '2026-06-30'],
		['this-quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
		['last-quarter', '2026-05-10', '2026-01-01', '2026-03-31'],
		['last-month', '2026-01-10', '2025-12-01', '2025-12-31'],
		['this-month', '2026-12-10', '2026-12-01', '2026-12-31'],
		['this-year', '2025-12-31', '2025-01-01', '2025-12-31'],
		['this-year', '2026-01-01', '2026-01-01', '2026-12-31'],
		['last-year', '2026-12-31', '2025-01-01', '2025-12-31'],
		['year-to-date', '2026-01-01', '2026-01-01', '2026-01-01'],
		['year-to-last-month', '2026-01-10', '2025-01-01', '2025-12-31'],
	])('%s on %s is %s to %s', (name, today, from, to) => {
		expect(readPeriod(name, today, calendar)).toEqual({ value: { from, to } });
	});

	it('may be a day, which stands for its month', () => {
		const march = { value: { from: '2026-03-01', to: '2026-03-31' }, hint: 'of the day 2026-03-17 the month was used.' };
		for (const day of ['2026-03-17', new Date('2026-03-17T12:00:00Z')]) expect(readPeriod(day, '2026-11-26', calendar)).toEqual(march);
		const invalid = readPeriod(new Date(Number.NaN), '2026-11-26', calendar);
		expect(invalid).toEqual({ problem: expect.stringMatching(/^The date is invalid; /), isFormat: true });
	});

	it('means financial years where they are broken', () => {
		expect(readPeriod('this-year', '2026-03-17', broken)).toEqual({ value: broken[2] });
		expect(readPeriod('2025/2026', '2026-03-17', broken)).toEqual({ value: broken[2] });
		expect(readPeriod('2022-2023', '2026-03-17', broken)).toEqual({ value: broken[0] });
		expect(readPeriod('year-to-date', '2026-03-17', broken)).toEqual({ value: { from: '2025-07-01', to: '2026-03-17' } });
	});

	it.each([
		'2026-13',
		'2026-Q5',
		'2026-Q0',
		'x2026-Q1',
		'2026-Q11',
		'2026-Q1x',
		'20261',
		'x2026',
		'2025/20261',
		'x2025/2026',
		'2026-06x',
		'next-month',
		'undefined',
		'',
		null,
		{ from: 1 },
		'9999-12',
		'9999-12-31',
	])('%j is refused', (name) => {
		const text = typeof name === 'string' ? name.toLowerCase() : '';
		const problem = expect.stringContaining(`"${text}" is not a period; `);
		expect(readPeriod(name, '2026-03-17', calendar)).toEqual({ problem, isFormat: true });
	});

	it.each(['1799', '1799-q1', '9999', '9999-Q4'])('%j is refused as a year', (name) => {
		const problem = expect.stringContaining(`"${name.slice(0, 4)}" is not a year; `);
		expect(readPeriod(name, '2026-03-17', calendar)).toEqual({ problem, isFormat: true });
	});

	it('in no financial year is refused with the years that there are', () => {
		expect(readPeriod('last-year', '2025-03-17', calendar)).toEqual({
			problem:
				'the company has no financial year that 2024-12-31 lies in. Its financial years are 2025-01-01–2025-12-31, 2026-01-01–2026-12-31.',
		});
		for (const name of ['2024/2025', '2022/2024', '2021/2023']) {
			expect(readPeriod(name, '2026-03-17', broken).problem).toContain(
				`no financial year ${name}. Its financial years are 2022-01-01–2023-06-30, `,
			);
		}
		expect(readPeriod('year-to-date', '2024-12-31', calendar).problem).toContain('no financial year that 2024-12-31 lies in');
		expect(readPeriod('this-year', '2026-03-17', [])).toEqual({
			problem: 'the company has no financial year that 2026-03-17 lies in. It has no financial years; open one in Fortnox.',
		});
	});
});

describe('the days of a report', () => {
	it('may touch years that follow each other, and no gap between years', () => {
		const days = { from: '2025-06-01', to: '2026-02-28' };
		expect(withinYears(days, calendar, false)).toEqual({ value: days });
		expect(withinYears({ from: '2023-06-01', to: '2023-07-31' }, broken, false)).toEqual({
			value: { from: '2023-06-01', to: '2023-07-31' },
		});
		expect(withinYears({ from: '2024-06-01', to: '2025-08-31' }, broken, true)).toMatchObject({
			problem: expect.stringContaining('days that no financial year has'),
		});
		expect(withinYears({ from: '2024-08-01', to: '2024-08-31' }, broken, true)).toMatchObject({
			problem: expect.stringContaining('no financial year'),
		});
	});

	it('that were named are cut to the years with a hint; days that were given are refused', () => {
		const days = { from: '2024-06-01', to: '2024-07-31' };
		expect(withinYears(days, broken, true)).toEqual({
			value: { from: '2024-06-01', to: '2024-06-30' },
			hint: expect.stringContaining('only 2024-06-01–2024-06-30'),
		});
		expect(withinYears(days, broken, false)).toMatchObject({ problem: expect.stringContaining('not all days') });
		expect(withinYears({ from: '2025-06-01', to: '2025-07-31' }, broken, true)).toEqual({
			value: { from: '2025-07-01', to: '2025-07-31' },
			hint: "of 2025-06-01–2025-07-31 only 2025-07-01–2025-07-31 lies in the company's financial years.",
		});
	});

	it('may be one day that a year begins or ends with', () => {
		expect(withinYears({ from: '2024-06-30', to: '2024-07-31' }, broken, true).value).toEqual({ from: '2024-06-30', to: '2024-06-30' });
		expect(withinYears({ from: '2025-06-01', to: '2025-07-01' }, broken, true).value).toEqual({ from: '2025-07-01', to: '2025-07-01' });
	});

	it('can be given as months', () => {
		expect(readDayOrMonth('2026-02', 'first')).toEqual({ value: '2026-02-01' });
		expect(readDayOrMonth('202602', 'last')).toEqual({ value: '2026-02-28' });
		expect(readDayOrMonth('2026-02-10', 'last')).toEqual({ value: '2026-02-10' });
		expect(readDayOrMonth('2026-02-30', 'last').problem).toContain('is not a day of the calendar');
		expect(readDayOrMonth('3000-01-01', 'last').problem).toContain('"3000-01" is not a month');
		expect(readDayOrMonth('2026-06-30T22:30:00Z', 'last')).toEqual({ value: '2026-07-01', hint: expect.stringContaining('in Sweden') });
	});
});

describe('what a report is compared with', () => {
	it.each([
		[
			{ from: '2026-02-01', to: '2026-02-28' },
			{ from: '2025-02-01', to: '2025-02-28' },
			{ from: '2026-01-01', to: '2026-01-31' },
		],
		[
			{ from: '2024-02-01', to: '2024-02-29' },
			{ from: '2023-02-01', to: '2023-02-28' },
			{ from: '2024-01-01', to: '2024-01-31' },
		],
		[
			{ from: '2025-02-01', to: '2025-02-28' },
			{ from: '2024-02-01', to: '2024-02-29' },
			{ from: '2025-01-01', to: '2025-01-31' },
		],
		[
			{ from: '2026-04-01', to: '2026-06-30' },
			{ from: '2025-04-01', to: '2025-06-30' },
			{ from: '2026-01-01', to: '2026-03-31' },
		],
		[
			{ from: '2026-01-01', to: '2026-03-31' },
			{ from: '2025-01-01', to: '2025-03-31' },
			{ from: '2025-10-01', to: '2025-12-31' },
		],
		[
			{ from: '2026-10-01', to: '2026-12-31' },
			{ from: '2025-10-01', to: '2025-12-31' },
			{ from: '2026-07-01', to: '2026-09-30' },
		],
		[
			{ from: '2024-02-28', to: '2024-03-30' },
			{ from: '2023-02-28', to: '2023-03-30' },
			{ from: '2024-01-27', to: '2024-02-27' },
		],
		[
			{ from: '2024-02-29', to: '2024-02-29' },
			{ from: '2023-02-28', to: '2023-02-28' },
			{ from: '2024-02-28', to: '2024-02-28' },
		],
		[
			{ from: '2026-03-10', to: '2026-03-19' },
			{ from: '2025-03-10', to: '2025-03-19' },
			{ from: '2026-02-28', to: '2026-03-09' },
		],
		[
			{ from: '2026-01-01', to: '2026-12-31' },
			{ from: '2025-01-01', to: '2025-12-31' },
			{ from: '2025-01-01', to: '2025-12-31' },
		],
	])('%j', (days, year, period) => {
		expect(yearBefore(days, calendar)).toEqual(year);
		expect(periodBefore(days, calendar)).toEqual(period);
	});

	it('is the financial year before for a whole financial year, however long', () => {
		expect(yearBefore({ from: '2023-07-01', to: '2024-06-30' }, broken)).toEqual(broken[0]);
		expect(periodBefore({ from: '2023-07-01', to: '2024-06-30' }, broken)).toEqual(broken[0]);
	});

	it('of a prolonged first year has none of its own days', () => {
		const [first] = broken as [(typeof broken)[number]];
		for (const before of [yearBefore(first, broken), periodBefore(first, broken)]) {
			expect(before).toEqual({ from: '2021-01-01', to: '2021-12-31' });
			expect(withinYears(before, broken, true)).toHaveProperty('problem');
		}
	});
});

it('periods of VAT that share days with a quarter are its months and the years around it', () => {
	const [, year] = calendar as [(typeof calendar)[number], (typeof calendar)[number]];
	const quarter = { from: '2026-04-01', to: '2026-06-30' };
	expect(vatPeriodsBeside(quarter, calendar)).toEqual([
		{ from: '2026-04-01', to: '2026-04-30' },
		year,
		{ from: '2026-05-01', to: '2026-05-31' },
		{ from: '2026-06-01', to: '2026-06-30' },
	]);
	expect(vatPeriodsBeside({ from: '2026-06-01', to: '2026-06-30' }, calendar)).toEqual([quarter, year]);
	expect(vatPeriodsBeside({ from: '2026-04-01', to: '2026-04-30' }, calendar)).toEqual([quarter, year]);
	expect(vatPeriodsBeside({ from: '2026-05-01', to: '2026-05-31' }, calendar)).toEqual([quarter, year]);
	const december = { from: '2026-12-01', to: '2026-12-31' };
	expect(vatPeriodsBeside(december, calendar)).toEqual([{ from: '2026-10-01', to: '2026-12-31' }, year]);
	expect(vatPeriodsBeside({ from: '2024-06-01', to: '2024-06-30' }, broken)).toEqual([{ from: '2024-04-01', to: '2024-06-30' }, broken[1]]);
});

it('periods of VAT are cut to a first year that begins within a month, and each is named once', () => {
	const first = { from: '2024-11-12', to: '2025-06-30' };
	const years = [first, { from: '2025-07-01', to: '2026-06-30' }];
	const [november, quarter] = [
		{ from: '2024-11-12', to: '2024-11-30' },
		{ from: '2024-11-12', to: '2024-12-31' },
	];
	expect(vatPeriodsBeside(november, years)).toEqual([quarter, first]);
	expect(vatPeriodsBeside(quarter, years)).toEqual([november, { from: '2024-12-01', to: '2024-12-31' }, first]);
	// One day of a month is all that the company had of it.
	const [begun, ended] = [
		{ from: '2024-11-30', to: '2025-12-31' },
		{ from: '2026-01-01', to: '2026-10-01' },
	];
	const day = (date: string) => ({ from: date, to: date });
	expect(vatPeriodsBeside(day('2024-11-30'), [begun])).toEqual([{ from: '2024-11-30', to: '2024-12-31' }, begun]);
	expect(vatPeriodsBeside(day('2026-10-01'), [begun, ended])).toEqual([ended]);
});

describe('months', () => {
	it('are cut to the days', () => {
		expect(monthsOf({ from: '2025-12-15', to: '2026-02-03' })).toEqual([
			{ name: '2025-12', from: '2025-12-15', to: '2025-12-31' },
			{ name: '2026-01', from: '2026-01-01', to: '2026-01-31' },
			{ name: '2026-02', from: '2026-02-01', to: '2026-02-03' },
		]);
		expect(isWholeMonths({ from: '2026-02-01', to: '2026-03-31' })).toBe(true);
		expect(isWholeMonths({ from: '2026-02-01', to: '2026-03-30' })).toBe(false);
		expect(isWholeMonths({ from: '2026-02-02', to: '2026-03-31' })).toBe(false);
	});
});
