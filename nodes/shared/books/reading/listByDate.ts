import { PAGE_SIZE } from '../../fortnox/pages';
import type { FortnoxFinancialYear, FortnoxVoucherListItem } from '../../fortnox/wire';
import { compareEntries } from '../../ledger/balances';
import { addDays, daysBetween, type IsoDate } from '../../ledger/dates';
import type { Run } from '../../n8n/run';
import { daysInYear } from '../year';
import { sortInTurns } from '../../turns';

export interface ListQuery {
	/** Inclusive. */
	from: IsoDate;
	/** Inclusive. */
	to: IsoDate;
	series?: string;
	/** `YYYY-MM-DD HH:MM`, Stockholm time. */
	lastModified?: string;
	/** Groups and what is in them come in the opposite order. */
	newestFirst?: boolean;
}

/** A window that turns out too large is cut to this part of itself. */
const CUT = 8;

/**
 * The voucher list of a financial year by date, in groups: each holds all vouchers of some days, sorted by date, series
 * and number, and later groups hold later days. A caller that needs only the first few can stop after a group.
 *
 * Fortnox lists by series and number, and dates don't follow numbers, so the first few by date can't be had from the
 * first pages; instead fewer days are asked for, until they hold about as many vouchers as are wanted.
 *
 * @param wanted how many vouchers the caller expects to need; `Infinity` gives one group
 */
export async function* listByDate(
	run: Run,
	year: FortnoxFinancialYear,
	{ from, to, series, lastModified, newestFirst = false }: ListQuery,
	wanted: number,
): AsyncGenerator<FortnoxVoucherListItem[]> {
	const range = daysInYear(year, from, to);
	if (range === undefined) return;
	const { fromDate: first, toDate: last } = range;
	const list = async (fromDate: IsoDate, toDate: IsoDate, limit?: number): Promise<FortnoxVoucherListItem[]> => {
		const items = await run.fortnox.vouchers({
			financialYear: year.Id,
			fromDate,
			toDate,
			...(series !== undefined && { series }),
			...(lastModified !== undefined && { lastModified }),
			...(limit !== undefined && { limit }),
		});
		return await sortInTurns(items, newestFirst ? (one, other) => compareItems(other, one) : compareItems);
	};
	if (wanted === Infinity || lastModified !== undefined) {
		yield await list(first, last);
		return;
	}
	const most = Math.ceil(wanted / PAGE_SIZE) * PAGE_SIZE;
	let days = daysBetween(first, last) + 1;
	for (let [open, close] = [first, last]; open <= close;) {
		const more = Math.min(days - 1, daysBetween(open, close));
		const [start, end] = newestFirst ? [addDays(close, -more), close] : [open, addDays(open, more)];
		const items = await list(start, end, most);
		const isWhole = items.length < most;
		if (!isWhole && days > 1) {
			days = Math.ceil(days / CUT);
			continue;
		}
		yield isWhole ? items : await list(start, end);
		if (newestFirst) close = addDays(start, -1);
		else open = addDays(end, 1);
		days *= 2;
	}
}

function compareItems(a: FortnoxVoucherListItem, b: FortnoxVoucherListItem): number {
	return compareEntries(
		{ date: a.TransactionDate, series: a.VoucherSeries, number: String(a.VoucherNumber) },
		{ date: b.TransactionDate, series: b.VoucherSeries, number: String(b.VoucherNumber) },
	);
}
