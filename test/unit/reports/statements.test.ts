import fc from 'fast-check';

import { openingDifferences, uncarriedResult } from '../../../nodes/shared/ledger/openings';
import { balanceSheet, imbalancesOf } from '../../../nodes/shared/ledger/reports/balanceSheet';
import { incomeStatement } from '../../../nodes/shared/ledger/reports/incomeStatement';
import type { Report } from '../../../nodes/shared/ledger/reports/rows';
import {
	ASSETS,
	CLASSES,
	EQUITY,
	INCOME_STATEMENT,
	LIABILITIES,
	type Heading,
	type Layout,
} from '../../../nodes/shared/ledger/reports/structure';
import { trialBalance } from '../../../nodes/shared/ledger/reports/trialBalance';
import { addBudget, addOpening, addRow, createReportYear, type Days, type ReportYear } from '../../../nodes/shared/ledger/reports/years';

type Row = readonly [account: string, date: string, ore: number];

function yearWith({ from, to }: Days, opening: ReadonlyArray<readonly [string, number]>, rows: readonly Row[]): ReportYear {
	const year = createReportYear({ from, to });
	for (const [account, amount] of opening) addOpening(year, account, amount);
	for (const [account, date, amount] of rows) addRow(year, account, date, amount);
	return year;
}

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const ACCOUNTS = { layout: 'accounts', includeZero: false } as const;
const STATUTORY = { layout: 'statutory', includeZero: false } as const;

/** A row as it reads: name, then its amounts by column. */
function shown({ columns, rows }: Report, ...names: string[]): string[] {
	return rows.map(({ kind, level, id, amounts }) => [kind[0], level, id, ...names.map((name) => amounts[columns.indexOf(name)])].join(' '));
}

/** January: sales 1 000, goods 300, rent 200. February: sales 500, wages 400, interest 10, an odd 8600, tax 50; half of it unpaid. */
const opening = [
	['1220', 50_000],
	['1930', 60_000],
	['2081', -50_000],
	['2091', -60_000],
] as const;
const january: Row[] = [
	['1510', '2026-01-10', 100_000],
	['3001', '2026-01-10', -100_000],
	['4010', '2026-01-15', 30_000],
	['2440', '2026-01-15', -30_000],
	['5010', '2026-01-31', 20_000],
	['1930', '2026-01-31', -20_000],
];
const february: Row[] = [
	['1930', '2026-02-01', 50_000],
	['3900', '2026-02-01', -50_000],
	['7010', '2026-02-25', 40_000],
	['1930', '2026-02-25', -40_000],
	['8410', '2026-02-28', 1_000],
	['8600', '2026-02-28', 500],
	['8910', '2026-02-28', 5_000],
	['2510', '2026-02-28', -6_500],
];
const year = yearWith(YEAR, opening, [...january, ...february]);
const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' };

describe('the income statement', () => {
	it('by accounts has period and accumulated, each account under its heading, and the result that is left to book', () => {
		const report = incomeStatement({ years: [year], days: FEBRUARY, byMonth: false }, ACCOUNTS);
		expect(shown(report, 'period', 'accumulated')).toEqual([
			'g 1 operating_income 50000 150000',
			'g 2 net_sales 0 100000',
			'a 3 3001 0 100000',
			'g 2 other_operating_income 50000 50000',
			'a 3 3900 50000 50000',
			'g 1 operating_expenses -40000 -90000',
			'g 2 goods 0 -30000',
			'a 3 4010 0 -30000',
			'g 2 other_external_expenses 0 -20000',
			'a 3 5010 0 -20000',
			'g 2 personnel -40000 -40000',
			'a 3 7010 -40000 -40000',
			't 1 operating_result 10000 60000',
			'g 1 financial_items -1000 -1000',
			'a 2 8410 -1000 -1000',
			't 1 result_after_financial_items 9000 59000',
			'g 1 other_result -500 -500',
			'a 2 8600 -500 -500',
			't 1 result_before_tax 8500 58500',
			'g 1 tax -5000 -5000',
			'a 2 8910 -5000 -5000',
			't 1 result_after_tax 3500 53500',
			't 1 computed_result 3500 53500',
		]);
	});

	it('that is booked leaves nothing to book by accounts, and is left out of the statutory one', () => {
		const closed = yearWith(YEAR, opening, [...january, ['8999', '2026-12-31', 50_000], ['2099', '2026-12-31', -50_000]]);
		const input = { years: [closed], days: YEAR, byMonth: false };
		expect(shown(incomeStatement(input, ACCOUNTS), 'period').slice(-4)).toEqual([
			't 1 result_after_tax 50000',
			'g 1 booked_result -50000',
			'a 2 8999 -50000',
			't 1 computed_result 0',
		]);
		const statutory = shown(incomeStatement(input, STATUTORY), 'period');
		expect(statutory.at(-1)).toBe('t 1 result 50000');
		expect(statutory.join()).not.toMatch(/8999|booked|a \d/);
		expect(shown(balanceSheet(input, ACCOUNTS), 'closing_balance')).toContain('t 2 computed_result 0');
		expect(balanceSheet(input, STATUTORY).difference).toBe(0);
	});

	it('has the budget beside it, month by month', () => {
		const budgeted = yearWith(YEAR, opening, january);
		for (const [month, amount] of [
			['2026-01', -90_000],
			['2026-02', -80_000],
			['2026-03', -70_000],
		] as const)
			addBudget(budgeted, '3001', month, amount);
		const report = incomeStatement({ years: [budgeted], days: FEBRUARY, byMonth: false, comparison: { with: 'budget' } }, ACCOUNTS);
		expect(shown(report, 'period', 'budget', 'budget_accumulated')).toContain('a 3 3001 0 80000 170000');
	});

	it('of the year before is what the report of that year says', () => {
		const before = yearWith(
			{ from: '2025-01-01', to: '2025-12-31' },
			[],
			january.map(([account, date, ore]) => [account, date.replace('2026', '2025'), ore * 2]),
		);
		const days = { from: '2025-01-01', to: '2025-01-31' };
		const report = incomeStatement(
			{
				years: [year],
				days: { from: '2026-01-01', to: '2026-01-31' },
				byMonth: false,
				comparison: { with: 'previousYear', years: [before], days },
			},
			ACCOUNTS,
		);
		const own = new Map(incomeStatement({ years: [before], days, byMonth: false }, ACCOUNTS).rows.map(({ id, amounts }) => [id, amounts]));
		expect(report.columns).toEqual(['period', 'accumulated', 'previous_year', 'previous_year_accumulated']);
		for (const { id, amounts } of report.rows) expect([id, amounts.slice(2)]).toEqual([id, own.get(id) ?? [0, 0]]);
	});
});

describe('the balance sheet', () => {
	it('by accounts has opening, movement and close, the computed result among them', () => {
		const report = balanceSheet({ years: [year], days: FEBRUARY, byMonth: false }, ACCOUNTS);
		expect(shown(report, 'opening_balance', 'opening_of_period', 'period', 'closing_balance')).toEqual([
			'g 1 assets 110000 190000 10000 200000',
			'g 2 fixed_assets 50000 50000 0 50000',
			'g 3 tangible_assets 50000 50000 0 50000',
			'a 4 1220 50000 50000 0 50000',
			'g 2 current_assets 60000 140000 10000 150000',
			'g 3 receivables 0 100000 0 100000',
			'a 4 1510 0 100000 0 100000',
			'g 3 cash 60000 40000 10000 50000',
			'a 4 1930 60000 40000 10000 50000',
			't 1 total_assets 110000 190000 10000 200000',
			'g 1 equity_and_liabilities 110000 190000 10000 200000',
			'g 2 equity 110000 110000 0 110000',
			'a 3 2081 50000 50000 0 50000',
			'a 3 2091 60000 60000 0 60000',
			't 2 computed_result 0 50000 3500 53500',
			'g 2 current_liabilities 0 30000 6500 36500',
			'a 3 2440 0 30000 0 30000',
			'a 3 2510 0 0 6500 6500',
			't 1 total_equity_and_liabilities 110000 190000 10000 200000',
		]);
		expect(report.difference).toBe(0);
	});

	it('that is statutory has the result within equity, and no account', () => {
		expect(shown(balanceSheet({ years: [year], days: YEAR, byMonth: false }, STATUTORY), 'closing_balance')).toEqual([
			'g 1 assets 200000',
			'g 2 fixed_assets 50000',
			'g 3 tangible_assets 50000',
			'g 2 current_assets 150000',
			'g 3 receivables 100000',
			'g 4 trade_receivables 100000',
			'g 3 cash 50000',
			't 1 total_assets 200000',
			'g 1 equity_and_liabilities 200000',
			'g 2 equity 163500',
			'g 3 restricted_equity 50000',
			'g 3 unrestricted_equity 60000',
			't 3 computed_result 53500',
			'g 2 current_liabilities 36500',
			'g 3 trade_payables 30000',
			'g 3 tax_liabilities 6500',
			't 1 total_equity_and_liabilities 200000',
		]);
	});

	it('names the result of a year before that was never booked, and balances with it', () => {
		// 2025 made 400 that stand on no account: assets of 1 400 against equity of 1 000.
		const stored = new Map([
			['1930', 140_000],
			['2081', -100_000],
		]);
		const openings = { stored, closed: stored, unbookedResult: -40_000 };
		const uncarried = { ...createReportYear(YEAR), opening: stored, uncarriedResult: uncarriedResult(stored, openings) };
		const report = balanceSheet({ years: [uncarried], days: FEBRUARY, byMonth: false }, ACCOUNTS);
		expect(shown(report, 'opening_balance', 'closing_balance')).toContain('t 2 uncarried_result 40000 40000');
		expect(report.difference).toBe(0);
	});

	it('that does not balance says why, with accounts and amounts that make up the difference', () => {
		// 1930 was corrected by 500 in the old year after its balances were carried, 9010 got a row, and an entry is 7 off.
		const stored = new Map([
			['1930', 60_000],
			['2081', -60_000 + 3_000],
		]);
		const openings = {
			stored,
			closed: new Map([
				['1930', 57_000],
				['2081', -57_000],
			]),
			unbookedResult: 0,
		};
		const off = {
			...yearWith(
				YEAR,
				[],
				[
					['9010', '2026-01-05', 1_000],
					['1930', '2026-01-05', -1_000],
					['1930', '2026-01-06', 700],
					['3001', '2026-01-06', -693],
				],
			),
			opening: stored,
		};
		off.unbalanced.push({ name: 'A 2', date: '2026-01-06', amount: 7 });
		const { difference, rows } = balanceSheet({ years: [off], days: YEAR, byMonth: false }, ACCOUNTS);
		expect(openingDifferences(openings)).toEqual([{ account: '1930', stored: 60_000, closed: 57_000 }]);
		const reasons = imbalancesOf(off, YEAR.to, [{ account: '1930', amount: 3_000 }]);
		expect(reasons).toEqual([
			{ kind: 'accounts_outside_classes', account: '9010', amount: -1_000 },
			{ kind: 'opening_balances', account: '1930', amount: 3_000 },
			{ kind: 'entry_not_balanced', entry: 'A 2', amount: 7 },
		]);
		expect(difference).toBe(reasons.reduce((sum, { amount }) => sum + amount, 0));
		expect(rows.find(({ id }) => id === '9010')).toMatchObject({ kind: 'account', amounts: [0, 0, 1_000, 1_000] });
	});
});

describe('headings', () => {
	const tops = [...INCOME_STATEMENT.filter((line): line is Heading => 'from' in line), ASSETS, EQUITY, ...LIABILITIES, ...CLASSES];
	const all = (heading: Heading): Heading[] => [heading, ...[...(heading.parts ?? []), ...(heading.statutory ?? [])].flatMap(all)];

	it.each(tops.flatMap(all).map((heading) => [heading.id, heading] as const))(
		'%s is covered by its parts, without a gap or overlap',
		(_, { from, to, parts, statutory }) => {
			for (const list of [parts, statutory]) {
				if (list === undefined) continue;
				expect(list[0]?.from).toBe(from);
				expect(list.at(-1)?.to).toBe(to);
				list.slice(1).forEach((part, index) => expect(part.from).toBe((list[index]?.to ?? 0) + 1));
			}
		},
	);

	it('have names of their own', () => {
		const ids = tops.flatMap(all).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('reports of any ledger', () => {
	const account = fc
		.oneof(fc.integer({ min: 1000, max: 8999 }), fc.constantFrom(99, 9010, 8999, 2099))
		.map((number) => String(number).padStart(4, '0'));
	const date = fc.integer({ min: 0, max: 364 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
	const pair = fc.tuple(account, account, fc.integer({ min: 1, max: 10_000_000 }), date);
	const ledger = fc.record({
		opening: fc.array(
			fc.tuple(
				account.filter((number) => /^[12]/.test(number)),
				fc.integer({ min: -1e8, max: 1e8 }),
			),
		),
		entries: fc.array(pair, { maxLength: 60 }),
		from: date,
		to: date,
	});

	function build({
		opening: openings,
		entries,
	}: {
		opening: Array<[string, number]>;
		entries: Array<[string, string, number, string]>;
	}): ReportYear {
		const built = createReportYear(YEAR);
		for (const [number, amount] of openings) {
			addOpening(built, number, amount);
			addOpening(built, '2081', -amount);
		}
		for (const [debit, credit, amount, day] of entries) {
			addRow(built, debit, day, amount);
			addRow(built, credit, day, -amount);
		}
		return built;
	}

	/** The accounts of the rows that stand under each group sum to it; results within equity belong to it. */
	function groupsSum({ columns, rows }: Report): void {
		rows.forEach((row, at) => {
			if (row.kind !== 'group' || row.id === 'equity_and_liabilities') return;
			const end = rows.findIndex(({ level, kind }, index) => index > at && (level <= row.level || kind === 'total'));
			const below = rows.slice(at + 1, end === -1 ? undefined : end).filter(({ kind }) => kind === 'account');
			expect([row.id, columns.map((_, index) => below.reduce((sum, { amounts }) => sum + (amounts[index] ?? 0), 0))]).toEqual([
				row.id,
				row.amounts,
			]);
		});
	}

	it('balance, or say by how much accounts outside the classes are off', () => {
		fc.assert(
			fc.property(ledger, fc.constantFrom<Layout>('accounts', 'statutory'), (given, layout) => {
				const built = build(given);
				const days = given.from <= given.to ? { from: given.from, to: given.to } : { from: given.to, to: given.from };
				const sheet = balanceSheet({ years: [built], days, byMonth: true }, { layout, includeZero: false });
				expect(sheet.difference).toBe(imbalancesOf(built, days.to, []).reduce((sum, { amount }) => sum + amount, 0));
				if (![...built.turnover.keys()].some((number) => /^[09]/.test(number))) expect(sheet.difference).toBe(0);
				const trial = trialBalance([built], days, false);
				expect(trial.rows.at(-1)?.amounts).toEqual([0, expect.any(Number), trial.rows.at(-1)?.amounts[1], 0]);
			}),
		);
	});

	it('have groups that sum to what stands under them, and a result that is the computed one', () => {
		fc.assert(
			fc.property(ledger, (given) => {
				const built = build(given);
				const income = incomeStatement({ years: [built], days: YEAR, byMonth: true }, ACCOUNTS);
				const sheet = balanceSheet({ years: [built], days: YEAR, byMonth: true }, ACCOUNTS);
				for (const report of [income, sheet, trialBalance([built], YEAR, false)]) groupsSum(report);
				const resultOf = ({ columns, rows }: Report, column: string) =>
					rows.find(({ id }) => id === 'computed_result')?.amounts[columns.indexOf(column)];
				expect(resultOf(income, 'accumulated')).toBe(resultOf(sheet, 'closing_balance'));
				const statutory = incomeStatement({ years: [built], days: YEAR, byMonth: false }, STATUTORY);
				expect(statutory.rows.at(-1)?.amounts[0]).toBe(income.rows.find(({ id }) => id === 'result_after_tax')?.amounts[0]);
			}),
		);
	});

	it('are the same in whatever order the entries come', () => {
		fc.assert(
			fc.property(ledger, (given) => {
				const [one, other] = [build(given), build({ ...given, entries: [...given.entries].reverse() })];
				for (const style of [ACCOUNTS, STATUTORY]) {
					const input = { days: YEAR, byMonth: true };
					expect(incomeStatement({ ...input, years: [one] }, style)).toEqual(incomeStatement({ ...input, years: [other] }, style));
					expect(balanceSheet({ ...input, years: [one] }, style)).toEqual(balanceSheet({ ...input, years: [other] }, style));
				}
			}),
		);
	});
});
