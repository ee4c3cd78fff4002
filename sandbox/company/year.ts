import { stockholmMinute } from './clock';
import type { SandboxAccount, SandboxBudget, SandboxSeries, SandboxVoucher } from './types';

/** What became of a voucher. */
export type VoucherChange = 'created' | 'updated' | 'deleted';

/** What a year is opened as; by default with the accrual method and today's chart. */
export interface YearKind {
	method?: 'ACCRUAL' | 'CASH';
	/** Name of the chart of accounts. */
	chart?: string;
}

export class SandboxYear {
	readonly accounts = new Map<number, SandboxAccount>();
	readonly series = new Map<string, SandboxSeries>();
	/** Fortnox's API has no path for them; its SIE files do. */
	budgets: SandboxBudget[] = [];
	readonly accountingMethod: 'ACCRUAL' | 'CASH';
	readonly accountChartType: string;
	private readonly bySeries = new Map<string, SandboxVoucher[]>();
	/** In order of change; a voucher that changed twice stands here twice. */
	private readonly changes: SandboxVoucher[] = [];
	private changesSorted = true;
	/** Öre per account, removed rows left out. */
	private readonly movements = new Map<number, number>();
	private sortedAccounts: SandboxAccount[] | undefined;
	/** Counts every change of the vouchers, so that lists can be cached. */
	version = 0;
	count = 0;
	/** Called after each change of a voucher. */
	onVoucher?: (what: VoucherChange, voucher: SandboxVoucher) => void;

	constructor(
		readonly id: number,
		readonly fromDate: string,
		readonly toDate: string,
		{ method = 'ACCRUAL', chart = 'Bas 2026' }: YearKind = {},
	) {
		this.accountingMethod = method;
		this.accountChartType = chart;
	}

	contains(date: string): boolean {
		return date >= this.fromDate && date <= this.toDate;
	}

	setAccount(account: SandboxAccount): void {
		this.accounts.set(account.number, account);
		this.sortedAccounts = undefined;
	}

	removeAccount(number: number): void {
		this.accounts.delete(number);
		this.sortedAccounts = undefined;
	}

	accountsByNumber(): readonly SandboxAccount[] {
		this.sortedAccounts ??= [...this.accounts.values()].sort((a, b) => a.number - b.number);
		return this.sortedAccounts;
	}

	/** Öre that the year's vouchers moved on an account, debit positive. */
	movement(account: number): number {
		return this.movements.get(account) ?? 0;
	}

	hasMovements(account: number): boolean {
		return this.movements.has(account);
	}

	seriesInOrder(): SandboxSeries[] {
		return [...this.series.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
	}

	vouchersOf(series: string): readonly SandboxVoucher[] {
		return this.bySeries.get(series) ?? [];
	}

	voucher(series: string, number: number): SandboxVoucher | undefined {
		const vouchers = this.vouchersOf(series);
		const expected = vouchers[number - 1];
		return expected?.number === number ? expected : vouchers.find((voucher) => voucher.number === number);
	}

	/** Fortnox's order: series, then number. */
	*vouchers(): Generator<SandboxVoucher> {
		for (const code of [...this.bySeries.keys()].sort()) yield* this.vouchersOf(code);
	}

	/** Those changed in or after a minute of the wall clock, in Fortnox's order, without reading the rest. */
	changedSince(minute: number): SandboxVoucher[] {
		if (!this.changesSorted) {
			this.changes.sort((a, b) => a.modifiedMinute - b.modifiedMinute);
			this.changesSorted = true;
		}
		const found = new Set<SandboxVoucher>();
		for (let i = this.changes.length - 1; i >= 0; i--) {
			const voucher = this.changes[i];
			if (!voucher || voucher.modifiedMinute < minute) break;
			found.add(voucher);
		}
		return [...found].sort(inListOrder);
	}

	/** Those booked at or after a wall time in ms. */
	bookedSince(epochMs: number): Set<SandboxVoucher> {
		const found = new Set<SandboxVoucher>();
		for (const voucher of this.changedSince(stockholmMinute(epochMs))) {
			if (voucher.createdAt >= epochMs) found.add(voucher);
		}
		return found;
	}

	/** Books a voucher under its number, or under the next one of its series where that is 0. Numbers only grow. */
	book(voucher: SandboxVoucher, series: SandboxSeries): SandboxVoucher {
		if (voucher.number === 0) voucher.number = series.nextNumber;
		if (voucher.number < series.nextNumber)
			throw new Error(`${series.code}/${voucher.number} comes after ${series.code}/${series.nextNumber - 1}`);
		series.nextNumber = voucher.number + 1;
		let vouchers = this.bySeries.get(voucher.series);
		if (!vouchers) this.bySeries.set(voucher.series, (vouchers = []));
		vouchers.push(voucher);
		this.move(voucher, 1);
		this.count++;
		this.changed(voucher);
		this.onVoucher?.('created', voucher);
		return voucher;
	}

	/** Takes the newest voucher of its series away; its number is free again. */
	unbook(voucher: SandboxVoucher): void {
		const vouchers = this.bySeries.get(voucher.series);
		const series = this.series.get(voucher.series);
		if (vouchers?.at(-1) !== voucher || !series) throw new Error('Only the newest voucher of a series can go');
		vouchers.pop();
		series.nextNumber--;
		this.move(voucher, -1);
		this.count--;
		this.version++;
		const rest = this.changes.filter((change) => change !== voucher);
		this.changes.length = 0;
		for (const change of rest) this.changes.push(change);
		this.onVoucher?.('deleted', voucher);
	}

	/** Applies a change to a booked voucher, as a person does in Fortnox's own program. */
	edit(voucher: SandboxVoucher, change: (voucher: SandboxVoucher) => void, now: number): void {
		this.move(voucher, -1);
		change(voucher);
		this.move(voucher, 1);
		voucher.modifiedMinute = stockholmMinute(now);
		this.changed(voucher);
		this.onVoucher?.('updated', voucher);
	}

	private changed(voucher: SandboxVoucher): void {
		const last = this.changes.at(-1);
		if (last && last.modifiedMinute > voucher.modifiedMinute) this.changesSorted = false;
		this.changes.push(voucher);
		this.version++;
	}

	private move(voucher: SandboxVoucher, sign: 1 | -1): void {
		for (const row of voucher.rows) {
			if (row.removed) continue;
			this.movements.set(row.account, this.movement(row.account) + sign * (row.debit - row.credit));
		}
	}
}

function inListOrder(a: SandboxVoucher, b: SandboxVoucher): number {
	if (a.series !== b.series) return a.series < b.series ? -1 : 1;
	return a.number - b.number;
}
