import { COMPARISON_COLUMNS, isBudgetExact, type Comparison } from '../../ledger/reports/columns';
import { addDays } from '../../ledger/dates';
import { monthsOf, periodBefore, withinYears, yearBefore } from '../../ledger/reports/period';
import type { Label } from '../../ledger/reports/structure';
import type { Days } from '../../ledger/reports/years';
import type { Run } from '../../n8n/run';
import { toDays, yearsOf, type StatementQuery } from './query';
import type { ReportBooks } from './report';

/** What a statement is set beside: the comparison, or the columns that have no figures because there is none. */
export interface Compared {
	comparison?: Comparison;
	absent: readonly string[];
	/** What a reader of the report should know of it. */
	notes: readonly Label[];
}

/** Reads what a statement is to be compared with. Where there is no such thing, a hint says so. */
export async function readComparison(
	run: Run,
	{ compareWith, days, allYears }: StatementQuery,
	books: ReportBooks,
	statement: 'incomeStatement' | 'balanceSheet',
): Promise<Compared> {
	if (compareWith === undefined) return { absent: [], notes: [] };
	const absent = COMPARISON_COLUMNS[compareWith][statement];
	if (compareWith === 'budget') {
		const hasBudget = books.years.some(({ budget }) => budget.size > 0);
		if (!hasBudget)
			run.hint('The SIE file that Fortnox gives holds no budget (#PBUDGET) for these rows and this time, so the budget is empty.');
		else if (!isBudgetExact(books.years, days))
			run.hint('Budgets are by month: months that the report covers in part count whole in the budget.');
		return hasBudget ? { comparison: { with: compareWith }, absent: [], notes: [] } : { absent, notes: [] };
	}
	const known = toDays(allYears);
	const before = compareWith === 'previousYear' ? yearBefore(days, known) : periodBefore(days, known);
	const within = withinYears(before, known, true);
	if (within.problem !== undefined) {
		run.hint(`compareWith: ${within.problem} There is nothing to compare with.`);
		return { absent, notes: [] };
	}
	if (within.hint !== undefined) run.hint(`compareWith: ${within.hint}`);
	const showsAccumulated = COMPARISON_COLUMNS[compareWith][statement].some((column) => column.endsWith('accumulated'));
	const notes = [...noteOnLikeness(days, within.value, known), ...(showsAccumulated ? noteOnAccumulated(days, within.value, known) : [])];
	for (const { en } of notes) run.hint(`compareWith: ${en}`);
	return {
		comparison: { with: compareWith, days: within.value, years: await books.readYears(yearsOf(allYears, within.value)) },
		absent: [],
		notes,
	};
}

/** The financial year before may be longer or shorter, as a first one is, and end long before this one begins. */
function noteOnLikeness(days: Days, before: Days, years: readonly Days[]): Label[] {
	const isYear = years.some(({ from, to }) => from === days.from && to === days.to);
	const [length, lengthBefore] = [monthsOf(days).length, monthsOf(before).length];
	if (!isYear || (length === lengthBefore && addDays(before.to, 1) === days.from)) return [];
	const [one, other] = [`${days.from}–${days.to}`, `${before.from}–${before.to}`];
	return [
		{
			sv: `${one} (månader: ${length}) jämförs med ${other} (månader: ${lengthBefore}).`,
			en: `${one} (months: ${length}) stands beside ${other} (months: ${lengthBefore}).`,
		},
	];
}

/** What accumulates since the beginning of a long year stands beside what does since that of a short one. */
function noteOnAccumulated(days: Days, before: Days, years: readonly Days[]): Label[] {
	const sinceStart = ({ to }: Days): Days | undefined =>
		years.filter((year) => year.from <= to && to <= year.to).map(({ from }) => ({ from, to }))[0];
	const [now, then] = [sinceStart(days), sinceStart(before)];
	if (now === undefined || then === undefined || monthsOf(now).length === monthsOf(then).length) return [];
	const [one, other] = [now, then].map(({ from, to }) => `${from}–${to}`);
	return [
		{
			sv: `Ackumulerat är ${one}, föregående års ackumulerat är ${other}: tiderna är olika långa.`,
			en: `The accumulated column is ${one}, that of the year before ${other}: the times are of different length.`,
		},
	];
}
