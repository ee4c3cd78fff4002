import { runSteps } from '../../steps';
import { addDays } from '../dates';
import type { Ore } from '../money';
import type { Columns, StatementInput } from './columns';
import { monthsOf } from './period';
import { amountsInSteps, isInHeading, plus, RowBuilder, turned, type Report, type ReportRow, type RowStyle } from './rows';
import {
	ASSETS,
	BALANCE_LINES,
	COMPUTED_RESULT,
	EQUITY,
	EQUITY_AND_LIABILITIES,
	isResultAccount,
	LIABILITIES,
	OUTSIDE,
	type Layout,
	type ResultLine,
} from './structure';
import { accountsOf, balanceAt, type ReportYear } from './years';

export interface BalanceSheet extends Report {
	/** Assets less equity and liabilities at the end, in öre: 0 where the books balance. */
	difference: Ore;
}

/** Stands among the accounts for the result that the year before left unbooked. */
const UNCARRIED = 'uncarried';

const isAccount = (account: string): boolean => account !== UNCARRIED;
const isAsset = isInHeading(ASSETS);
const isEquityOrDebt = isInHeading(EQUITY_AND_LIABILITIES);

/**
 * The balance sheet at the end of some days; assets debit positive, equity and liabilities credit positive. What classes
 * 3 to 8 sum to is a row of its own (0 once it is booked), and so is a result of the year before that was never booked
 * against equity.
 *
 * @param chart accounts to show even where they stand at 0
 */
export function balanceSheet(input: StatementInput, style: RowStyle, chart: readonly string[] = []): BalanceSheet {
	return runSteps(balanceSheetInSteps(input, style, chart));
}

/** The same in small steps. */
export function* balanceSheetInSteps(
	input: StatementInput,
	style: RowStyle,
	chart: readonly string[] = [],
): Generator<undefined, BalanceSheet> {
	const columns = balanceColumns(input);
	const names = Object.keys(columns);
	const compared = input.comparison && 'years' in input.comparison ? input.comparison.years : [];
	const accounts = [...accountsOf([...input.years, ...compared], chart), UNCARRIED];
	const amounts = yield* amountsInSteps(accounts, Object.values(columns));
	const assets = new RowBuilder(amounts, names.length, style);
	const debts = new RowBuilder(amounts, names.length, style, turned);
	const results: ReportRow[] = [
		resultRow(
			BALANCE_LINES.uncarriedResult,
			debts.sum((account) => account === UNCARRIED),
		),
		resultRow(COMPUTED_RESULT, debts.sum(isResultAccount)),
	].filter(({ id, amounts: of }) => id === COMPUTED_RESULT.id || of.some((amount) => amount !== 0));

	const totalAssets = assets.sum(isAsset);
	const totalDebts = results.reduce((sum, { amounts: of }) => plus(sum, of), debts.sum(isEquityOrDebt));
	const closing = names.indexOf('closing_balance');
	return {
		columns: names,
		rows: [
			...assets.heading(ASSETS),
			total(BALANCE_LINES.totalAssets, totalAssets),
			{ kind: 'group', level: 1, id: EQUITY_AND_LIABILITIES.id, label: EQUITY_AND_LIABILITIES.label, amounts: totalDebts },
			...equity(debts, results, style.layout),
			...LIABILITIES.flatMap((heading) => debts.heading(heading, 2)),
			...assets.outside(
				OUTSIDE,
				(account) => isAccount(account) && !isAsset(account) && !isEquityOrDebt(account) && !isResultAccount(account),
			),
			total(BALANCE_LINES.totalEquityAndLiabilities, totalDebts),
		],
		difference: (totalAssets[closing] ?? 0) - (totalDebts[closing] ?? 0),
	};
}

/** The annual accounts act has the results within equity; running reports show them beside it. */
function equity(debts: RowBuilder, results: readonly ReportRow[], layout: Layout): ReportRow[] {
	const [group, ...below] = debts.heading(EQUITY, 2);
	if (layout === 'accounts') return [...(group ? [group] : []), ...below, ...results];
	const amounts = results.reduce((sum, { amounts: of }) => plus(sum, of), debts.sum(isInHeading(EQUITY)));
	return [
		{ kind: 'group', level: 2, id: EQUITY.id, label: EQUITY.label, amounts },
		...below,
		...results.map((row) => ({ ...row, level: 3 })),
	];
}

function resultRow({ id, label }: ResultLine, amounts: Ore[]): ReportRow {
	return { kind: 'total', level: 2, id, label, amounts };
}

function total({ id, label }: ResultLine, amounts: Ore[]): ReportRow {
	return { kind: 'total', level: 1, id, label, amounts };
}

function balanceColumns({ years, days, comparison, byMonth }: StatementInput): Columns {
	const [first] = years;
	const at = (of: readonly ReportYear[], day: string) => (account: string) => {
		const year = of.find(({ from, to }) => from <= day && day <= to);
		return year ? balanceOf(year, account, day) : 0;
	};
	const atStart = (day: string) => (account: string) => (first ? balanceOf(first, account, day) : 0);
	const opening = atStart(addDays(days.from, -1));
	const closing = at(years, days.to);
	const columns: Columns = {
		opening_balance: atStart(''),
		opening_of_period: opening,
		period: (account) => closing(account) - opening(account),
		closing_balance: closing,
	};
	if (comparison && 'years' in comparison) {
		columns[comparison.with === 'previousYear' ? 'previous_year' : 'previous_period'] = at(comparison.years, comparison.days.to);
	}
	if (byMonth) for (const { name, to } of monthsOf(days)) columns[name] = at(years, to);
	return columns;
}

function balanceOf(year: ReportYear, account: string, day: string): Ore {
	return account === UNCARRIED ? year.uncarriedResult : balanceAt(year, account, day);
}

/** A reason for which a balance sheet does not balance. */
export interface Imbalance {
	kind: 'accounts_outside_classes' | 'opening_balances' | 'entry_not_balanced';
	account?: string;
	/** Series and number of an entry. */
	entry?: string;
	/** What it adds to the difference, in öre. */
	amount: Ore;
}

/**
 * Why a balance sheet does not balance at a day: accounts outside the classes, opening balances that don't sum to 0, and
 * entries that don't.
 *
 * @param openingDifferences the accounts that open otherwise than they closed the year before, and by how much
 */
export function imbalancesOf(
	year: ReportYear,
	day: string,
	openingDifferences: ReadonlyArray<{ account: string; amount: Ore }>,
): Imbalance[] {
	const accounts = accountsOf([year], []);
	const known = (account: string) => isAsset(account) || isEquityOrDebt(account) || isResultAccount(account);
	const outside = accounts
		.filter((account) => !known(account))
		.map((account) => ({ kind: 'accounts_outside_classes' as const, account, amount: 0 - balanceAt(year, account, day) }))
		.filter(({ amount }) => amount !== 0);
	const openings = accounts.reduce((sum, account) => sum + (year.opening.get(account) ?? 0), year.uncarriedResult);
	const differing =
		openings === 0
			? []
			: openingDifferences.map(({ account, amount }) => ({
					kind: 'opening_balances' as const,
					account,
					amount,
				}));
	const rest = openings - differing.reduce((sum, { amount }) => sum + amount, 0);
	const fromOpenings: Imbalance[] = rest === 0 ? differing : [...differing, { kind: 'opening_balances', amount: rest }];
	const entries = year.unbalanced
		.filter(({ date }) => date <= day)
		.map(({ name, amount }) => ({ kind: 'entry_not_balanced' as const, entry: name, amount }));
	return [...outside, ...fromOpenings, ...entries];
}
