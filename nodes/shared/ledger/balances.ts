import { addDays, sharedDays } from './dates';
import type { Ore } from './money';
import { LedgerError } from './problems';
import { type SieHead, type SieReadOptions, type SieVoucherHandler, readSieInSteps } from './sie';

/** What was booked on an account in a month. Both are zero or above. */
export interface Turnover {
	debit: Ore;
	credit: Ore;
}

/** The figures of a financial year, by account. Dates are YYYY-MM-DD, both inclusive. */
export interface LedgerYear {
	from: string;
	to: string;
	/** Debit balances are positive. An account that is not named opens with 0. */
	opening: Map<string, Ore>;
	/** By account, then by month (YYYY-MM). */
	turnover: Map<string, Map<string, Turnover>>;
	/** Only the net change of each month is known, not what was debited and what was credited. */
	isNetOnly: boolean;
}

/** Figures of an account, in öre. `balance` is debit − credit. */
export interface AccountBalance {
	account: string;
	/** From the start of the financial year to the end of the last month, the opening balance included on its side. */
	debit: Ore;
	credit: Ore;
	balance: Ore;
	/** Movements of the period, without the opening balance. */
	periodDebit: Ore;
	periodCredit: Ore;
	periodBalance: Ore;
}

export interface BalanceQuery {
	/** Account numbers or their first digits; all accounts where it is empty. */
	accounts: readonly string[];
	/** First month of the period, YYYY-MM; the financial year's first where it is left out. */
	start?: string;
	/** Last month, YYYY-MM. */
	end: string;
}

export function createLedgerYear(from: string, to: string): LedgerYear {
	return { from, to, opening: new Map(), turnover: new Map(), isNetOnly: false };
}

/** Adds a row to the year's figures. `amount` in öre, debit positive; `date` is YYYY-MM-DD or YYYY-MM. */
export function addMovement(year: LedgerYear, account: string, date: string, amount: Ore): void {
	let months = year.turnover.get(account);
	if (!months) year.turnover.set(account, (months = new Map<string, Turnover>()));
	const month = date.slice(0, 7);
	let turnover = months.get(month);
	if (!turnover) months.set(month, (turnover = { debit: 0, credit: 0 }));
	if (amount > 0) turnover.debit += amount;
	else turnover.credit -= amount;
}

/** The figures of a year, and what the file says besides its vouchers. */
export interface SieYear {
	year: LedgerYear;
	head: SieHead;
}

/**
 * Reads the figures of the current year (`#RAR 0`) from a SIE file: from its vouchers where it is of type 4, from its
 * month balances where it is of type 2 (they tell only the net change). In steps of some ms, between which others can have
 * their turn.
 *
 * Type 1 has no months. In type 3 programs differ in whether an account's balance holds those of its objects.
 *
 * @param onVoucher gets each voucher as well
 * @throws SieError where the file can't be read; LedgerError where it names no current year or is of another type
 */
export function* readSieYearInSteps(
	bytes: Buffer | Iterable<Buffer>,
	options: SieReadOptions = {},
	onVoucher?: SieVoucherHandler,
): Generator<undefined, SieYear> {
	const year = createLedgerYear('', '');
	const head = yield* readSieInSteps(
		bytes,
		(voucher, headSoFar) => {
			for (const row of voucher.rows) addMovement(year, row.account, voucher.date, row.amount);
			onVoucher?.(voucher, headSoFar);
		},
		options,
	);
	const current = head.years.find(({ index }) => index === 0);
	if (!current) {
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			message: 'The SIE file does not say which financial year it is for (#RAR 0).',
		});
	}
	if (head.type !== 2 && head.type !== 4) {
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			message: `Balances of months can't be read from a SIE file of type ${head.type}; use type 4.`,
		});
	}
	year.from = current.from;
	year.to = current.to;
	for (const { year: index, account, amount } of head.openingBalances) {
		if (index === 0) year.opening.set(account, (year.opening.get(account) ?? 0) + amount);
	}
	if (head.type === 2) {
		year.isNetOnly = true;
		for (const { year: index, month, account, amount } of head.periodBalances) {
			if (index === 0) addMovement(year, account, month, amount);
		}
	}
	return { year, head };
}

/** Whether an account is one of those asked for by number or by first digits. An empty list asks for all. */
export function isSelected(account: string, accounts: readonly string[]): boolean {
	return accounts.length === 0 || accounts.some((prefix) => account.startsWith(prefix));
}

/**
 * The balances of accounts at the end of a month, sorted by account.
 *
 * Of years that only tell net changes, the debits and credits are 0 and the balances are right: the unified model's way
 * to say that only the balance could be computed.
 *
 * @param years the financial year that `end` lies in, and where `start` lies in an earlier one, all from that one on
 * @param chart accounts that are wanted even where nothing was booked on them
 * @throws LedgerError where a month from `start` to `end` lies in no year, or `start` after `end`
 */
export function accountBalances(years: readonly LedgerYear[], query: BalanceQuery, chart: Iterable<string> = []): AccountBalance[] {
	const sorted = [...years].sort((a, b) => compare(a.from, b.from));
	// As text, a month comes before its days.
	const year = sorted.findLast(({ from, to }) => from.slice(0, 7) <= query.end && query.end <= to);
	if (!year) throw monthOutsideYears('end', query.end);
	const start = query.start ?? year.from.slice(0, 7);
	if (start > query.end) {
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field: 'start',
			message: `start: the first month ${start} is after the last month ${query.end} (end). Swap them.`,
		});
	}
	if (!sorted.some(({ from, to }) => from.slice(0, 7) <= start && start <= to)) throw monthOutsideYears('start', start);
	const periodYears = query.start === undefined ? [year] : sorted.filter(({ from }) => from <= year.from);
	const missing = monthBetween(periodYears, start);
	if (missing !== undefined) throw monthOutsideYears('start', missing);

	const accounts = new Set([...chart, ...year.opening.keys(), ...periodYears.flatMap(({ turnover }) => [...turnover.keys()])]);
	const isNetOnly = periodYears.some((each) => each.isNetOnly);
	return [...accounts]
		.filter((account) => isSelected(account, query.accounts))
		.sort(compare)
		.map((account) => {
			const total = sumTurnover(year, account, '', query.end);
			const opening = year.opening.get(account) ?? 0;
			if (opening > 0) total.debit += opening;
			else total.credit -= opening;
			const period = { debit: 0, credit: 0 };
			for (const each of periodYears) {
				const { debit, credit } = sumTurnover(each, account, start, query.end);
				period.debit += debit;
				period.credit += credit;
			}
			return {
				account,
				debit: isNetOnly ? 0 : total.debit,
				credit: isNetOnly ? 0 : total.credit,
				balance: total.debit - total.credit,
				periodDebit: isNetOnly ? 0 : period.debit,
				periodCredit: isNetOnly ? 0 : period.credit,
				periodBalance: period.debit - period.credit,
			};
		});
}

/** A row of a general ledger, as far as its order and sum go. */
export interface LedgerRow {
	/** YYYY-MM-DD: the voucher's date. */
	date: string;
	series: string;
	number: string;
	/** Debit positive. */
	amount: Ore;
}

/** One account in one financial year: the balance it opens with, and its rows in any order. */
export interface AccountYear<Row extends LedgerRow> {
	from: string;
	to: string;
	opening: Ore;
	rows: Iterable<Row>;
}

/** One account in one financial year, from `from` to `to` (YYYY-MM-DD, both inclusive). */
export interface AccountLedger<Row extends LedgerRow> {
	from: string;
	to: string;
	/** Balance before the first row. */
	opening: Ore;
	/** By date, series and number, each with the balance after it. */
	rows: Array<{ row: Row; balance: Ore }>;
	/** Balance after the last row. */
	closing: Ore;
}

/**
 * The general ledger of an account between two days (YYYY-MM-DD, both inclusive), a section for each financial year
 * that the days touch: a result account begins anew with each year.
 */
export function accountLedger<Row extends LedgerRow>(
	years: ReadonlyArray<AccountYear<Row>>,
	range: { from: string; to: string },
): Array<AccountLedger<Row>> {
	return [...years]
		.filter((year) => year.from <= range.to && range.from <= year.to)
		.sort((a, b) => compare(a.from, b.from))
		.map((year) => {
			let balance = year.opening;
			const within: Row[] = [];
			for (const row of year.rows) {
				if (row.date < range.from) balance += row.amount;
				else if (row.date <= range.to) within.push(row);
			}
			const opening = balance;
			const rows = within.sort(compareEntries).map((row) => ({ row, balance: (balance += row.amount) }));
			return {
				...sharedDays(range, year),
				opening,
				rows,
				closing: balance,
			};
		});
}

/** The order of entries: by date, then series, then number (as a number). For `sort`. */
export function compareEntries(a: Omit<LedgerRow, 'amount'>, b: Omit<LedgerRow, 'amount'>): number {
	return compare(a.date, b.date) || compare(a.series, b.series) || Number(a.number) - Number(b.number) || compare(a.number, b.number);
}

function compare(a: string, b: string): number {
	return Number(a > b) - Number(a < b);
}

function sumTurnover(year: LedgerYear, account: string, start: string, end: string): Turnover {
	const sum = { debit: 0, credit: 0 };
	for (const [month, { debit, credit }] of year.turnover.get(account) ?? []) {
		if (month < start || month > end) continue;
		sum.debit += debit;
		sum.credit += credit;
	}
	return sum;
}

/** The first month from `start` on that lies between two years and in neither. */
function monthBetween(years: readonly LedgerYear[], start: string): string | undefined {
	for (const [index, { from }] of years.entries()) {
		const before = years[index - 1];
		const next = before && addDays(before.to, 1).slice(0, 7);
		if (next !== undefined && start <= next && next < from.slice(0, 7)) return next;
	}
	return undefined;
}

function monthOutsideYears(field: 'start' | 'end', month: string): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: No financial year has the month ${month}. Financial Year > Get Many lists those that there are.`,
	});
}
