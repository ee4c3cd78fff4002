import type { Ore } from '../money';
import { monthsOf, isWholeMonths } from './period';
import { budgetOf, changeOf, type Days, type ReportYear } from './years';

/** The columns of a report by name: what each gives for an account, in öre, debit positive. */
export type Columns = Record<string, (account: string) => Ore>;

/** What a report is set beside. */
export type Comparison =
	| { with: 'budget' }
	| {
			with: 'previousYear' | 'previousPeriod';
			/** The financial years that its days touch, oldest first, without a gap. */
			years: readonly ReportYear[];
			days: Days;
	  };

/** Names of the columns that a comparison adds to an income statement and to a balance sheet. */
export const COMPARISON_COLUMNS = {
	previousYear: { incomeStatement: ['previous_year', 'previous_year_accumulated'], balanceSheet: ['previous_year'] },
	previousPeriod: { incomeStatement: ['previous_period'], balanceSheet: ['previous_period'] },
	budget: { incomeStatement: ['budget', 'budget_accumulated'], balanceSheet: [] },
} as const;

/** What an income statement or a balance sheet is made from. */
export interface StatementInput {
	/** The financial years that the days touch, oldest first, without a gap. */
	years: readonly ReportYear[];
	days: Days;
	comparison?: Comparison;
	/** A column for each month. */
	byMonth: boolean;
}

/** From the start of the financial year that the last day lies in. */
export function sinceYearStart(years: readonly ReportYear[], { to }: Days): Days {
	const year = years.find((each) => each.from <= to && to <= each.to);
	return { from: year?.from ?? to, to };
}

/** The movements of result accounts. */
export function resultColumns({ years, days, comparison, byMonth }: StatementInput): Columns {
	const change = (of: readonly ReportYear[], within: Days) => (account: string) => changeOf(of, account, within);
	const columns: Columns = { period: change(years, days), accumulated: change(years, sinceYearStart(years, days)) };
	if (comparison?.with === 'budget') {
		columns.budget = (account) => budgetOf(years, account, days);
		columns.budget_accumulated = (account) => budgetOf(years, account, sinceYearStart(years, days));
	} else if (comparison?.with === 'previousYear') {
		columns.previous_year = change(comparison.years, comparison.days);
		columns.previous_year_accumulated = change(comparison.years, sinceYearStart(comparison.years, comparison.days));
	} else if (comparison) {
		columns.previous_period = change(comparison.years, comparison.days);
	}
	if (byMonth) for (const month of monthsOf(days)) columns[month.name] = change(years, month);
	return columns;
}

/** Whether a budget, which is by month, covers just the days of a report. */
export function isBudgetExact(years: readonly ReportYear[], days: Days): boolean {
	return isWholeMonths(days) && isWholeMonths(sinceYearStart(years, days));
}
