import type { Sandbox } from '../../sandbox';
import { tenantId } from './fortnox';

/** What the sandbox's accounts have at the end of a day, in öre. */
export function balancesAt(sandbox: Sandbox, lastDay: string): Map<number, number> {
	const books = sandbox
		.company(tenantId)
		.yearsNewestFirst()
		.find(({ fromDate, toDate }) => fromDate <= lastDay && lastDay <= toDate);
	if (books === undefined) throw new Error(`no financial year has ${lastDay}`);
	const balances = new Map(books.accountsByNumber().map(({ number, broughtForward }) => [number, broughtForward]));
	for (const { date, yearId, rows } of sandbox.company(tenantId).vouchers()) {
		if (yearId !== books.id || date > lastDay) continue;
		for (const row of rows) {
			if (!row.removed) balances.set(row.account, (balances.get(row.account) ?? 0) + row.debit - row.credit);
		}
	}
	return balances;
}

/** The last day of the month before the one of a day. */
export function endOfLastMonth(day: string): string {
	const [year = 0, month = 0] = day.split('-').map(Number);
	return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}

/** The entries that are in the books, by their ids. */
export function entryIds(sandbox: Sandbox): Set<string> {
	return new Set(sandbox.company(tenantId).vouchers().map(idOf));
}

/** What has been booked since: each entry as its day and its rows in the order of accounts (`1930 -125000`: öre, − credit). */
export function bookedSince(sandbox: Sandbox, before: ReadonlySet<string>): string[] {
	return sandbox
		.company(tenantId)
		.vouchers()
		.filter((voucher) => !before.has(idOf(voucher)))
		.map(({ date, rows }) => [date, ...rows.map(({ account, debit, credit }) => `${account} ${debit - credit}`).sort()].join(', '));
}

function idOf({ series, number, yearId }: { series: string; number: number; yearId: number }): string {
	return `${series}-${number}-${yearId}`;
}
