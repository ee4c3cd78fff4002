import type { Turnover } from '../balances';
import type { IsoDate } from '../dates';
import type { Ore } from '../money';

/** A span of days, both included. */
export interface Days {
	from: IsoDate;
	to: IsoDate;
}

/** What reports are computed from: the figures of a financial year by account and day, in öre, debit positive. */
export interface ReportYear extends Days {
	/** Balances that the year opens with. An account that is not named opens with 0. */
	opening: Map<string, Ore>;
	/** By account, then by day. */
	turnover: Map<string, Map<IsoDate, Turnover>>;
	/** By account, then by month (YYYY-MM). Empty where no budget is known. */
	budget: Map<string, Map<string, Ore>>;
	/** How many entries have a row that counts. */
	entries: number;
	/** Entries whose rows don't sum to 0. */
	unbalanced: UnbalancedEntry[];
	/** Result of the year before that stands on no account of the balance sheet. In öre, debit positive. */
	uncarriedResult: Ore;
}

interface UnbalancedEntry {
	/** Series and number, such as `A 17`. */
	name: string;
	date: IsoDate;
	/** Sum of its rows in öre, debit positive. */
	amount: Ore;
}

export function createReportYear({ from, to }: Days): ReportYear {
	return { from, to, opening: new Map(), turnover: new Map(), budget: new Map(), entries: 0, unbalanced: [], uncarriedResult: 0 };
}

/** Adds a row to a year's figures. `amount` in öre, debit positive. */
export function addRow(year: ReportYear, account: string, date: IsoDate, amount: Ore): void {
	let days = year.turnover.get(account);
	if (days === undefined) year.turnover.set(account, (days = new Map<IsoDate, Turnover>()));
	let day = days.get(date);
	if (day === undefined) days.set(date, (day = { debit: 0, credit: 0 }));
	if (amount > 0) day.debit += amount;
	else day.credit -= amount;
}

/** Adds to what an account opens with. `amount` in öre, debit positive. */
export function addOpening({ opening }: ReportYear, account: string, amount: Ore): void {
	opening.set(account, (opening.get(account) ?? 0) + amount);
}

/** Adds to the budget of an account for a month (YYYY-MM). `amount` in öre, debit positive. */
export function addBudget({ budget }: ReportYear, account: string, month: string, amount: Ore): void {
	const months = budget.get(account) ?? new Map<string, Ore>();
	budget.set(account, months.set(month, (months.get(month) ?? 0) + amount));
}

/** What was debited and credited on an account between two days, over all of the years. In öre. */
export function turnoverOf(years: readonly ReportYear[], account: string, { from, to }: Days): Turnover {
	const sum = { debit: 0, credit: 0 };
	for (const year of years) {
		if (year.to < from || year.from > to) continue;
		for (const [date, { debit, credit }] of year.turnover.get(account) ?? []) {
			if (date < from || date > to) continue;
			sum.debit += debit;
			sum.credit += credit;
		}
	}
	return sum;
}

/** The change of an account between two days, debit positive. In öre. */
export function changeOf(years: readonly ReportYear[], account: string, days: Days): Ore {
	const { debit, credit } = turnoverOf(years, account, days);
	return debit - credit;
}

/** The balance of an account at the end of a day of the year: what it opened with, and what moved it since. In öre. */
export function balanceAt(year: ReportYear, account: string, day: IsoDate): Ore {
	return (year.opening.get(account) ?? 0) + changeOf([year], account, { from: year.from, to: day });
}

/** The budget of an account for the months that the days touch, over all of the years. In öre, debit positive. */
export function budgetOf(years: readonly ReportYear[], account: string, { from, to }: Days): Ore {
	let sum = 0;
	for (const year of years) {
		for (const [month, amount] of year.budget.get(account) ?? []) {
			// As text, a month comes before its days.
			if (from.slice(0, 7) <= month && month <= to) sum += amount;
		}
	}
	return sum;
}

/** Every account that the years know, and those of the chart that are wanted besides, by number. */
export function accountsOf(years: readonly ReportYear[], chart: readonly string[]): string[] {
	const known = years.flatMap(({ opening, turnover, budget }) => [...opening.keys(), ...turnover.keys(), ...budget.keys()]);
	return [...new Set([...chart, ...known])].sort(byNumber);
}

/** For `sort`. `0099` comes before `1010`. */
function byNumber(one: string, other: string): number {
	return Number(one) - Number(other) || (one < other ? -1 : Number(one > other));
}
