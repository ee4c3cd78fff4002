import { stockholmDate } from '../clock';
import type { CompanyState } from '../company';
import type { VoucherInput } from '../types';

/** When the many vouchers of earlier years were booked. */
export const SEEDED_AT = Date.UTC(2026, 0, 2, 9, 30);

/** Books vouchers on the morning of their own dates. */
export function book(state: CompanyState, vouchers: readonly VoucherInput[]): void {
	for (const voucher of vouchers) state.addVoucher({ createdAt: Date.parse(`${voucher.date}T08:30:00Z`), ...voucher });
}

/** Keeps "today" inside a financial year when the sandbox is used after the last seeded one. */
export function openYearsUntilToday(state: CompanyState): void {
	const today = stockholmDate(state.now());
	for (let last = state.yearsNewestFirst()[0]; last && last.toDate < today; last = state.yearsNewestFirst()[0]) {
		const shift = (date: string) => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
		state.openYear(shift(last.fromDate), shift(last.toDate));
	}
}
