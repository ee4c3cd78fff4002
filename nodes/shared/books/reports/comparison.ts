import { COMPARISON_COLUMNS, isBudgetExact, type Comparison } from '../../ledger/reports/columns';
import { periodBefore, withinYears, yearBefore } from '../../ledger/reports/period';
import type { Run } from '../../n8n/run';
import { toDays, yearsOf, type StatementQuery } from './query';
import type { ReportBooks } from './report';

/** What a statement is set beside: the comparison, or the columns that have no figures because there is none. */
export interface Compared {
	comparison?: Comparison;
	absent: readonly string[];
}

/** Reads what a statement is to be compared with. Where there is no such thing, a hint says so. */
export async function readComparison(
	run: Run,
	{ compareWith, days, allYears }: StatementQuery,
	books: ReportBooks,
	statement: 'incomeStatement' | 'balanceSheet',
): Promise<Compared> {
	if (compareWith === undefined) return { absent: [] };
	const absent = COMPARISON_COLUMNS[compareWith][statement];
	if (compareWith === 'budget') {
		const hasBudget = books.years.some(({ budget }) => budget.size > 0);
		if (!hasBudget)
			run.hint('The SIE file that Fortnox gives holds no budget (#PBUDGET) for these rows and this time, so the budget is empty.');
		else if (!isBudgetExact(books.years, days))
			run.hint('Budgets are by month: months that the report covers in part count whole in the budget.');
		return hasBudget ? { comparison: { with: compareWith }, absent: [] } : { absent };
	}
	const known = toDays(allYears);
	const before = compareWith === 'previousYear' ? yearBefore(days, known) : periodBefore(days, known);
	const within = withinYears(before, known, true);
	if (within.problem !== undefined) {
		run.hint(`compareWith: ${within.problem} There is nothing to compare with.`);
		return { absent };
	}
	if (within.hint !== undefined) run.hint(`compareWith: ${within.hint}`);
	return {
		comparison: { with: compareWith, days: within.value, years: await books.readYears(yearsOf(allYears, within.value)) },
		absent: [],
	};
}
