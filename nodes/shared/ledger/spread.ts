import { daysBetween, type IsoDate } from './dates';
import { formatOre, type Ore } from './money';
import type { Reading } from './problems';
import { monthsOf } from './reports/period';
import type { Days } from './reports/years';

/** How an amount is divided: every month the same, or each by its days. */
export type SpreadMethod = 'months' | 'days';

/** The part of an amount that belongs to a calendar month. */
export interface SpreadPart {
	/** YYYY-MM. */
	month: string;
	/** The last day of the period in that month: the day that its entry is booked on. */
	date: IsoDate;
	amount: Ore;
}

/** Longer periods than this are taken for a slip of the pen. */
const MOST_MONTHS = 240;

/**
 * Divides an amount over the calendar months of a period, the first and the last of which may be there in part. Each
 * part is rounded towards zero, and the last month gets the öre that are left over, so that the parts make the amount.
 * By months, a month that is there in part counts as a whole one; by days, each counts its days in the period.
 */
export function spreadOver(amount: Ore, days: Days, method: SpreadMethod): Reading<SpreadPart[]> {
	if (days.to < days.from) return { problem: `the period ends on ${days.to}, before it begins on ${days.from}.` };
	const months = monthsOf(days);
	if (months.length > MOST_MONTHS) return { problem: `the period has ${months.length} months; at most ${MOST_MONTHS} are spread over.` };
	const weights = months.map((month) => (method === 'months' ? 1 : daysIn(month)));
	const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
	const parts = months.map(({ name, to }, index): SpreadPart => {
		// Division of big integers cuts towards zero.
		return { month: name, date: to, amount: Number((BigInt(amount) * BigInt(weights[index] ?? 0)) / whole) };
	});
	const last = parts.at(-1);
	if (last) last.amount += amount - parts.reduce((sum, part) => sum + part.amount, 0);
	if (parts.some((part) => part.amount === 0)) {
		return { problem: `${formatOre(amount)} is too small for ${months.length} months: some of them would get 0.00.` };
	}
	return { value: parts };
}

function daysIn({ from, to }: Days): number {
	return daysBetween(from, to) + 1;
}
