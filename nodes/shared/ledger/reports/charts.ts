import type { Ore } from '../money';
import { sinceYearStart } from './columns';
import { monthsOf } from './period';
import { isInHeading, type Report } from './rows';
import { ASSETS, BOOKED_RESULT, EQUITY, EQUITY_AND_LIABILITIES, isResultAccount, type Label } from './structure';
import { accountsOf, changeOf, type Days, type ReportYear } from './years';

/** What a month earned. In öre; costs positive. */
export interface MonthResult {
	/** YYYY-MM */
	name: string;
	income: Ore;
	/** Everything but operating income: financial items and taxes, too. */
	costs: Ore;
	result: Ore;
}

/** The result of each month from the start of the financial year, or of the report where that lies before. */
export function resultByMonth(years: readonly ReportYear[], days: Days): MonthResult[] {
	const sinceStart = sinceYearStart(years, days);
	const isBooking = isInHeading(BOOKED_RESULT);
	const accounts = accountsOf(years, []).filter((account) => isResultAccount(account) && !isBooking(account));
	return monthsOf({ from: days.from < sinceStart.from ? days.from : sinceStart.from, to: days.to }).map((month) => {
		let [income, result] = [0, 0];
		for (const account of accounts) {
			const amount = changeOf(years, account, month);
			result -= amount;
			if (account.startsWith('3')) income -= amount;
		}
		return { name: month.name, income, costs: income - result, result };
	});
}

export interface Part {
	label: Label;
	amount: Ore;
}

/** What a balance sheet consists of. In öre, signed as people read them. */
export interface Structure {
	assets: Part & { parts: Part[] };
	financing: Part & { parts: Part[] };
}

const ASSET_PARTS = ['fixed_assets', 'inventories', 'receivables', 'short_term_investments', 'cash'];
const FINANCING_PARTS = ['untaxed_reserves', 'provisions', 'long_term_liabilities', 'current_liabilities'];

/** The parts of a balance sheet at its close: equity with the results, and the groups below assets and liabilities. */
export function structureOf({ columns, rows }: Report): Structure {
	const closing = columns.indexOf('closing_balance');
	const partsOf = (ids: readonly string[]): Part[] =>
		rows.flatMap(({ id, label, amounts }) => {
			const amount = amounts[closing] ?? 0;
			return label && ids.includes(id) && amount !== 0 ? [{ label, amount }] : [];
		});
	const sum = (id: string): Ore => rows.find((row) => row.id === id)?.amounts[closing] ?? 0;
	const liabilities = partsOf(FINANCING_PARTS);
	const total = sum(EQUITY_AND_LIABILITIES.id);
	// Equity is what the liabilities leave, so that the results belong to it in both layouts.
	const equity = total - liabilities.reduce((rest, { amount }) => rest + amount, 0);
	return {
		assets: { label: ASSETS.label, amount: sum('total_assets'), parts: partsOf(ASSET_PARTS) },
		financing: { label: EQUITY_AND_LIABILITIES.label, amount: total, parts: [{ label: EQUITY.label, amount: equity }, ...liabilities] },
	};
}
