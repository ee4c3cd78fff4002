import { addDays } from '../dates';
import { amountsOf, isInHeading, RowBuilder, type Report } from './rows';
import { CLASSES, OUTSIDE, TRIAL_SUM } from './structure';
import { accountsOf, balanceAt, turnoverOf, type Days, type ReportYear } from './years';

/**
 * The trial balance of some days: what each account stood at before them, what was debited and credited, and what it
 * stands at after them; debit positive, in classes of the chart. Result accounts stand at what the financial year has
 * moved them by.
 *
 * @param years the financial years that the days touch, oldest first, without a gap
 * @param chart accounts to show even where nothing was booked on them
 */
export function trialBalance(
	years: readonly ReportYear[],
	{ from, to }: Days,
	includeZero: boolean,
	chart: readonly string[] = [],
): Report {
	const [first, last] = [years[0], years.at(-1)];
	const columns = {
		opening_balance: (account: string) => (first ? balanceAt(first, account, addDays(from, -1)) : 0),
		debit: (account: string) => turnoverOf(years, account, { from, to }).debit,
		credit: (account: string) => turnoverOf(years, account, { from, to }).credit,
		closing_balance: (account: string) => (last ? balanceAt(last, account, to) : 0),
	};
	const names = Object.keys(columns);
	const amounts = amountsOf(accountsOf(years, chart), Object.values(columns));
	const builder = new RowBuilder(amounts, names.length, { layout: 'accounts', includeZero });
	return {
		columns: names,
		rows: [
			...CLASSES.flatMap((heading) => builder.heading(heading)),
			...builder.outside(OUTSIDE, (account) => !CLASSES.some((heading) => isInHeading(heading)(account))),
			{ kind: 'total', level: 1, id: 'total', label: TRIAL_SUM, amounts: builder.sum(() => true) },
		],
	};
}
