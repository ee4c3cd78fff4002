import { balanceSheet } from '../../../nodes/shared/ledger/reports/balanceSheet';
import { resultByMonth, structureOf } from '../../../nodes/shared/ledger/reports/charts';
import { incomeStatement } from '../../../nodes/shared/ledger/reports/incomeStatement';
import { addOpening, addRow, createReportYear } from '../../../nodes/shared/ledger/reports/years';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

function yearOf(rows: Array<[account: string, date: string, ore: number]>, opening: Array<[string, number]> = []) {
	const year = createReportYear(YEAR);
	for (const [account, amount] of opening) addOpening(year, account, amount);
	for (const [account, date, amount] of rows) addRow(year, account, date, amount);
	return year;
}

describe('the result by month', () => {
	it('has income in credit and costs in debit, interest and taxes with them, and not the booked result', () => {
		const year = yearOf([
			['3001', '2026-01-10', -100_000],
			['4010', '2026-01-11', 30_000],
			['8310', '2026-02-01', -500],
			['8910', '2026-02-01', 200],
			['3001', '2026-03-01', 4_000],
			['8999', '2026-03-31', 66_300],
			['2099', '2026-03-31', -66_300],
			['1930', '2026-03-31', 9],
		]);
		expect(resultByMonth([year], MARCH)).toEqual([
			{ name: '2026-01', income: 100_000, costs: 30_000, result: 70_000 },
			{ name: '2026-02', income: 0, costs: -300, result: 300 },
			{ name: '2026-03', income: -4_000, costs: 0, result: -4_000 },
		]);
	});

	it('begins where the report does, where that lies before the year', () => {
		const last = createReportYear({ from: '2025-01-01', to: '2025-12-31' });
		const names = resultByMonth([last, yearOf([])], { from: '2025-11-01', to: '2026-02-28' }).map(({ name }) => name);
		expect(names).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
	});
});

describe('the structure of a balance sheet', () => {
	const year = yearOf(
		[
			['1930', '2026-03-05', 10_000],
			['3001', '2026-03-05', -10_000],
		],
		[
			['1220', 50_000],
			['1930', 20_000],
			['2081', -40_000],
			['2440', -30_000],
			['1510', 500],
			['2510', -500],
		],
	);
	const { assets, financing } = structureOf(
		balanceSheet({ years: [year], days: MARCH, byMonth: false }, { layout: 'statutory', includeZero: true }),
	);

	it('has the groups of assets that are not 0', () => {
		expect(assets.amount).toBe(80_500);
		expect(assets.parts.map(({ label, amount }) => [label.sv, amount])).toEqual([
			['Anläggningstillgångar', 50_000],
			['Kortfristiga fordringar', 500],
			['Kassa och bank', 30_000],
		]);
	});

	it('has equity with the result, as what liabilities leave', () => {
		expect(financing.amount).toBe(80_500);
		expect(financing.parts.map(({ amount }) => amount)).toEqual([50_000, 30_500]);
		expect(financing.parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(assets.amount);
	});
});

it('the structure of a balance sheet has every group of assets and of what finances them', () => {
	const year = yearOf(
		[],
		[
			['1220', 1],
			['1410', 20],
			['1510', 300],
			['1880', 4_000],
			['1930', 50_000],
			['2081', -1_000],
			['2110', -2],
			['2220', -30],
			['2350', -400],
			['2440', -52_889],
		],
	);
	for (const layout of ['accounts', 'statutory'] as const) {
		const input = { years: [year], days: MARCH, byMonth: false };
		const { assets, financing } = structureOf(balanceSheet(input, { layout, includeZero: false }));
		expect(assets.parts.map(({ label, amount }) => [label.en, amount])).toEqual([
			['Fixed assets', 1],
			['Inventories and work in progress', 20],
			['Current receivables', 300],
			['Short-term investments', 4_000],
			['Cash and bank', 50_000],
		]);
		expect(financing.parts.map(({ label, amount }) => [label.en, amount])).toEqual([
			['Equity', 1_000],
			['Untaxed reserves', 2],
			['Provisions', 30],
			['Long-term liabilities', 400],
			['Current liabilities', 52_889],
		]);
		expect([assets.label.sv, financing.label.sv, assets.amount, financing.amount]).toEqual([
			'Tillgångar',
			'Eget kapital och skulder',
			54_321,
			54_321,
		]);
	}
});

it('the structure of a sheet that does not balance has both of its sides', () => {
	const year = yearOf(
		[],
		[
			['1930', 100],
			['2081', -70],
		],
	);
	const { assets, financing } = structureOf(
		balanceSheet({ years: [year], days: MARCH, byMonth: false }, { layout: 'accounts', includeZero: false }),
	);
	expect([assets.amount, financing.amount]).toEqual([100, 70]);
});

describe('columns beside an income statement', () => {
	const last = createReportYear({ from: '2025-01-01', to: '2025-12-31' });
	addRow(last, '3001', '2025-01-20', -300);
	addRow(last, '3001', '2025-03-20', -700);
	const year = yearOf([
		['3001', '2026-02-10', -1_000],
		['3001', '2026-03-10', -2_000],
	]);
	const input = { years: [year], days: MARCH, byMonth: false };

	it.each([
		['previousPeriod', [year], { from: '2026-02-01', to: '2026-02-28' }, { previous_period: 1_000 }],
		['previousYear', [last], { from: '2025-03-01', to: '2025-03-31' }, { previous_year: 700, previous_year_accumulated: 1_000 }],
	] as const)('are those of the %s', (kind, years, days, expected) => {
		const { columns, rows } = incomeStatement(
			{ ...input, comparison: { with: kind, years, days } },
			{ layout: 'accounts', includeZero: false },
		);
		const sales = rows.find(({ id }) => id === '3001')?.amounts ?? [];
		expect(Object.fromEntries(columns.map((column, index) => [column, sales[index]]))).toEqual({
			period: 2_000,
			accumulated: 3_000,
			...expected,
		});
	});
});
