import { balanceSheet } from '../../../nodes/shared/ledger/reports/balanceSheet';
import { COMPARISON_COLUMNS, isBudgetExact, type Comparison } from '../../../nodes/shared/ledger/reports/columns';
import { incomeStatement } from '../../../nodes/shared/ledger/reports/incomeStatement';
import type { Report } from '../../../nodes/shared/ledger/reports/rows';
import { trialBalance } from '../../../nodes/shared/ledger/reports/trialBalance';
import {
	accountsOf,
	addOpening,
	addRow,
	budgetOf,
	addBudget,
	changeOf,
	createReportYear,
	type ReportYear,
} from '../../../nodes/shared/ledger/reports/years';

const ACCOUNTS = { layout: 'accounts', includeZero: false } as const;
const STATUTORY = { layout: 'statutory', includeZero: false } as const;
const WITH_ZERO = { layout: 'accounts', includeZero: true } as const;

type Row = readonly [account: string, date: string, ore: number];

function yearOf(name: number, opening: ReadonlyArray<readonly [string, number]>, rows: readonly Row[]): ReportYear {
	const year = createReportYear({ from: `${name}-01-01`, to: `${name}-12-31` });
	for (const [account, amount] of opening) addOpening(year, account, amount);
	for (const [account, date, amount] of rows) addRow(year, account, date, amount);
	return year;
}

/** All rows as they read: kind, level, name, and the amounts of all columns. */
function shown({ rows }: Report): string[] {
	return rows.map(({ kind, level, id, amounts }) => [kind[0], level, id, ...amounts].join(' '));
}

/** 2025 earns 500 in June and pays a rent of 200 on its last day; 2026 sells for 70 on its first day, and buys for 30. */
const OLD = yearOf(
	2025,
	[
		['1930', 1000],
		['2081', -1000],
	],
	[
		['1930', '2025-06-01', 500],
		['3001', '2025-06-01', -500],
		['5010', '2025-12-31', 200],
		['1930', '2025-12-31', -200],
	],
);
const NEW = yearOf(
	2026,
	[
		['1930', 1300],
		['2081', -1000],
		['2099', -300],
	],
	[
		['1930', '2026-01-01', 70],
		['3001', '2026-01-01', -70],
		['4010', '2026-02-28', 30],
		['2440', '2026-02-28', -30],
		['5010', '2026-03-01', 9],
		['1930', '2026-03-01', -9],
	],
);
const YEARS = [OLD, NEW];
const TURN = { from: '2025-12-31', to: '2026-02-28' };

describe('reports over the turn of a year', () => {
	it('have a balance sheet that opens with the old year and closes with the new one', () => {
		const report = balanceSheet({ years: YEARS, days: TURN, byMonth: true }, ACCOUNTS);
		expect(report.columns).toEqual([
			...['opening_balance', 'opening_of_period', 'period', 'closing_balance'],
			...['2025-12', '2026-01', '2026-02'],
		]);
		expect(shown(report)).toEqual([
			'g 1 assets 1000 1500 -130 1370 1300 1370 1370',
			'g 2 current_assets 1000 1500 -130 1370 1300 1370 1370',
			'g 3 cash 1000 1500 -130 1370 1300 1370 1370',
			'a 4 1930 1000 1500 -130 1370 1300 1370 1370',
			't 1 total_assets 1000 1500 -130 1370 1300 1370 1370',
			'g 1 equity_and_liabilities 1000 1500 -130 1370 1300 1370 1370',
			'g 2 equity 1000 1000 300 1300 1000 1300 1300',
			'a 3 2081 1000 1000 0 1000 1000 1000 1000',
			'a 3 2099 0 0 300 300 0 300 300',
			't 2 computed_result 0 500 -460 40 300 70 40',
			'g 2 current_liabilities 0 0 30 30 0 0 30',
			'a 3 2440 0 0 30 30 0 0 30',
			't 1 total_equity_and_liabilities 1000 1500 -130 1370 1300 1370 1370',
		]);
		expect(report.difference).toBe(0);
	});

	it('have an income statement of the days, accumulated from the start of the new year', () => {
		const report = incomeStatement({ years: YEARS, days: TURN, byMonth: true }, ACCOUNTS);
		expect(report.columns).toEqual(['period', 'accumulated', '2025-12', '2026-01', '2026-02']);
		const accounts = shown(report).filter((row) => row.startsWith('a') || row.includes('computed_result'));
		expect(accounts).toEqual([
			'a 3 3001 70 70 0 70 0',
			'a 3 4010 -30 -30 0 0 -30',
			'a 3 5010 -200 0 -200 0 0',
			't 1 computed_result -160 40 -200 70 -30',
		]);
	});

	it('have a trial balance with what was debited and credited between', () => {
		const report = trialBalance(YEARS, TURN, false);
		expect(report.columns).toEqual(['opening_balance', 'debit', 'credit', 'closing_balance']);
		expect(shown(report)).toEqual([
			'g 1 class_1 1500 70 200 1370',
			'a 2 1930 1500 70 200 1370',
			'g 1 class_2 -1000 0 30 -1330',
			'a 2 2081 -1000 0 0 -1000',
			'a 2 2099 0 0 0 -300',
			'a 2 2440 0 0 30 -30',
			'g 1 class_3 -500 0 70 -70',
			'a 2 3001 -500 0 70 -70',
			'g 1 class_4 0 30 0 30',
			'a 2 4010 0 30 0 30',
			'g 1 class_5_6 0 200 0 0',
			'a 2 5010 0 200 0 0',
			't 1 total 0 300 300 0',
		]);
		expect(report.rows.at(-1)?.label).toEqual({ sv: 'Summa', en: 'Total' });
	});

	it('may end with the first day of a year', () => {
		const days = { from: '2025-12-01', to: '2026-01-01' };
		expect(shown(balanceSheet({ years: YEARS, days, byMonth: false }, ACCOUNTS))).toContain('a 4 1930 1000 1500 -130 1370');
		expect(shown(incomeStatement({ years: YEARS, days, byMonth: false }, ACCOUNTS))).toContain('a 3 3001 70 70');
		const december = { from: '2025-12-01', to: '2025-12-31' };
		expect(shown(incomeStatement({ years: [OLD], days: december, byMonth: false }, ACCOUNTS))).toContain('a 3 3001 0 500');
		expect(shown(trialBalance([NEW], { from: '2026-03-02', to: '2026-03-31' }, false))).toContain('a 2 1930 1361 0 0 1361');
	});

	it('count the last account of each heading in it', () => {
		const rows = { '3999': -100, '7999': 30, '8499': 5, '8799': 4, '8899': 3, '8989': 2, '1999': 56 };
		const year = yearOf(
			2026,
			[],
			Object.entries(rows).map(([account, amount]): Row => [account, '2026-01-10', amount]),
		);
		const input = { years: [year], days: { from: '2026-01-01', to: '2026-01-31' }, byMonth: false };
		expect(shown(incomeStatement(input, ACCOUNTS)).filter((row) => row.startsWith('t'))).toEqual([
			't 1 operating_result 70 70',
			't 1 result_after_financial_items 65 65',
			't 1 result_before_tax 58 58',
			't 1 result_after_tax 56 56',
			't 1 computed_result 56 56',
		]);
		expect(shown(balanceSheet(input, ACCOUNTS))).toContain('t 1 total_assets 0 0 56 56');
	});

	it('count an entry in the year that has it, if it is dated within', () => {
		const misdated = yearOf(2025, [], [['5010', '2026-01-15', 8]]);
		expect(changeOf([misdated, NEW], '5010', { from: '2026-01-01', to: '2026-01-31' })).toBe(0);
		expect(changeOf([misdated], '5010', misdated)).toBe(0);
	});
});

describe('accounts at 0', () => {
	const year = yearOf(
		2026,
		[['0099', 5]],
		[
			['1810', '2026-01-10', 100],
			['1810', '2026-01-11', -100],
			['5010', '2026-01-10', 1],
			['5020', '2026-01-10', 60],
			['5020', '2026-01-11', -60],
			['9010', '2026-01-11', -6],
		],
	);
	const input = { years: [year], days: { from: '2026-02-01', to: '2026-02-28' }, byMonth: false };
	const january = { ...input, days: { from: '2026-01-01', to: '2026-01-31' } };
	const names = (report: Report): string[] => report.rows.map(({ id }) => id);

	it('and headings without others are left out, also those of the chart', () => {
		expect(shown(balanceSheet(input, ACCOUNTS, ['1910']))).toEqual([
			't 1 total_assets 0 0 0 0',
			'g 1 equity_and_liabilities 0 -1 0 -1',
			't 2 computed_result 0 -1 0 -1',
			'g 1 outside 5 -1 0 -1',
			'a 2 0099 5 5 0 5',
			'a 2 9010 0 -6 0 -6',
			't 1 total_equity_and_liabilities 0 -1 0 -1',
		]);
		expect(names(incomeStatement(january, ACCOUNTS, ['3590']))).toEqual([
			...['operating_expenses', 'other_external_expenses', '5010', 'operating_result', 'result_after_financial_items'],
			...['result_before_tax', 'result_after_tax', 'computed_result'],
		]);
		expect(shown(trialBalance([year], input.days, false, ['1910']))).toEqual([
			'g 1 class_5_6 1 0 0 1',
			'a 2 5010 1 0 0 1',
			'g 1 outside -1 0 0 -1',
			'a 2 0099 5 0 0 5',
			'a 2 9010 -6 0 0 -6',
			't 1 total 0 0 0 0',
		]);
	});

	it('are there where they are wanted, those of the chart among them, with their headings', () => {
		const sheet = shown(balanceSheet(input, WITH_ZERO, ['1910']));
		expect(sheet).toEqual(expect.arrayContaining(['a 4 1910 0 0 0 0', 'a 4 1810 0 0 0 0', 'g 3 inventories 0 0 0 0']));
		expect(names(trialBalance([year], input.days, true, ['1910']))).toEqual(expect.arrayContaining(['1910', '1810', '5020', 'class_8']));
		const income = names(incomeStatement(january, WITH_ZERO, ['3590', '1910']));
		expect(income).toEqual(expect.arrayContaining(['3590', '5020', 'tax', 'booked_result']));
		expect(income).not.toContain('1910');
	});

	it('have no heading outside the classes, and the statutory one no account', () => {
		expect(names(balanceSheet({ ...input, years: [NEW] }, WITH_ZERO))).not.toContain('outside');
		expect(names(trialBalance([NEW], input.days, true))).not.toContain('outside');
		const statutory = balanceSheet(input, STATUTORY);
		expect(names(statutory)).toContain('outside');
		expect(names(statutory)).not.toContain('9010');
		expect(statutory.difference).toBe(1);
	});
});

describe('what a report is set beside', () => {
	const february = { from: '2026-02-01', to: '2026-02-28' };
	const input = { years: [NEW], days: february, byMonth: false };
	const comparisons: Comparison[] = [
		{ with: 'previousYear', years: [OLD], days: { from: '2025-02-01', to: '2025-12-31' } },
		{ with: 'previousPeriod', years: [NEW], days: { from: '2026-01-01', to: '2026-01-31' } },
		{ with: 'budget' },
	];

	it.each(comparisons.map((comparison) => [comparison.with, comparison] as const))(
		'%s has the columns that are promised',
		(kind, comparison) => {
			const { incomeStatement: income, balanceSheet: balance } = COMPARISON_COLUMNS[kind];
			expect(incomeStatement({ ...input, comparison }, ACCOUNTS).columns).toEqual(['period', 'accumulated', ...income]);
			const own = ['opening_balance', 'opening_of_period', 'period', 'closing_balance'];
			expect(balanceSheet({ ...input, comparison }, ACCOUNTS).columns).toEqual([...own, ...balance]);
		},
	);

	it('brings the accounts that only the other year has', () => {
		const [comparison] = comparisons;
		expect(shown(incomeStatement({ ...input, ...(comparison && { comparison }) }, ACCOUNTS))).toContain('a 3 3001 0 70 500 500');
		const lent = yearOf(2025, [['1385', 40]], [['8310', '2025-03-01', -7]]);
		const beside = {
			...input,
			comparison: { with: 'previousYear' as const, years: [lent], days: { from: '2025-01-01', to: '2025-12-31' } },
		};
		expect(shown(incomeStatement(beside, ACCOUNTS))).toContain('a 2 8310 0 0 7 7');
		expect(shown(balanceSheet(beside, ACCOUNTS))).toContain('a 4 1385 0 0 0 0 40');
	});

	it('shows where accounts stood at the end of the period before, and 0 where there was none', () => {
		const [, before] = comparisons;
		expect(shown(balanceSheet({ ...input, ...(before && { comparison: before }) }, ACCOUNTS))).toContain('a 4 1930 1300 1370 0 1370 1370');
		const none: Comparison = { with: 'previousYear', years: [], days: { from: '2024-01-01', to: '2024-12-31' } };
		expect(shown(balanceSheet({ ...input, comparison: none }, ACCOUNTS))).toContain('a 4 1930 1300 1370 0 1370 0');
	});

	it('is a budget to the day where the days and the year are whole months', () => {
		const begunWithin = { ...NEW, from: '2026-01-15' };
		expect(isBudgetExact([NEW], february)).toBe(true);
		expect(isBudgetExact([NEW], { ...february, to: '2026-02-27' })).toBe(false);
		expect(isBudgetExact([begunWithin], february)).toBe(false);
	});

	it('has the budget of the months that the days touch, the first and the last one too', () => {
		const year = createReportYear({ from: '2026-01-01', to: '2026-12-31' });
		for (const [month, amount] of Object.entries({ '2026-01': 1, '2026-02': 20, '2026-03': 300, '2026-04': 4000 })) {
			addBudget(year, '5010', month, amount);
		}
		addBudget(year, '5010', '2026-02', 5);
		expect(budgetOf([year], '5010', { from: '2026-02-28', to: '2026-03-01' })).toBe(325);
		expect(budgetOf([year], '5020', year)).toBe(0);
	});
});

it('accounts come by number, and those of the same number by their text', () => {
	expect(accountsOf([], ['0099', '99', '1010'])).toEqual(['0099', '99', '1010']);
	expect(accountsOf([NEW], ['99', '0099', '5020'])).toEqual(['0099', '99', '1930', '2081', '2099', '2440', '3001', '4010', '5010', '5020']);
});
