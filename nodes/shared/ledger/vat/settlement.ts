import { formatOre, type Ore } from '../money';
import { isBoxOfVat } from './places';
import type { LeftOut, VatReturn } from './vatReturn';

/** A row of the settlement entry. `amount` in öre, debit positive. */
export interface SettlementRow {
	account: number;
	amount: Ore;
}

/** BAS's account for öre that are rounded off. */
export const ROUNDING_ACCOUNT = 3740;

/**
 * The rows that settle a period: every account of VAT is emptied of what the period moved there, box 49 in whole kronor
 * goes to the account of the settlement, and the öre that the boxes drop to 3740. None where the period has no VAT.
 *
 * @param settlementAccount where it goes, 2650 as a rule
 */
export function settlementRows({ accounts, boxes }: VatReturn, settlementAccount: number): SettlementRow[] {
	const emptied = accounts
		.filter(({ box, amount }) => box !== undefined && isBoxOfVat(box) && amount !== 0)
		.map(({ account, box, amount }) => ({ account, amount: box === '48' ? -amount : amount }));
	if (emptied.length === 0) return [];
	const toPay = (boxes.get('49') ?? 0) * 100;
	const rest = toPay - emptied.reduce((sum, { amount }) => sum + amount, 0);
	const others = [
		{ account: settlementAccount, amount: -toPay },
		{ account: ROUNDING_ACCOUNT, amount: rest },
	];
	return [...byAccount(emptied), ...others.filter(({ amount }) => amount !== 0)];
}

/** An account with two codes, of two financial years, gets one row. */
function byAccount(rows: readonly SettlementRow[]): SettlementRow[] {
	const sums = new Map<number, Ore>();
	for (const { account, amount } of rows) sums.set(account, (sums.get(account) ?? 0) + amount);
	return [...sums].map(([account, amount]) => ({ account, amount })).sort((one, other) => one.account - other.account);
}

/** What settlements of the period moved on accounts of VAT. In öre, debit positive. */
export function settledInPeriod({ leftOut }: VatReturn): Map<number, Ore> {
	return sumsOf(leftOut.filter(({ because }) => because === 'settlement'));
}

function sumsOf(entries: readonly LeftOut[]): Map<number, Ore> {
	const sums = new Map<number, Ore>();
	for (const { rows } of entries) {
		for (const { account, place, amount } of rows) {
			if (place.kind === 'box' && isBoxOfVat(place.box)) sums.set(account, (sums.get(account) ?? 0) + amount);
		}
	}
	return new Map([...sums].filter(([, amount]) => amount !== 0));
}

/**
 * Why the period seems to be settled by an entry that this node does not know as its settlement: one by hand, or made by
 * Fortnox. A settlement in the period that only empties what stood there before is that of an earlier period.
 *
 * @returns ids of the entries and a sentence; undefined where nothing settles the period
 */
export function settledOtherwise(figures: VatReturn): { entries: string[]; message: string } | undefined {
	const inPeriod = [...settledInPeriod(figures)].filter(([account, amount]) => amount !== -(figures.vatBefore.get(account) ?? 0));
	const own = figures.leftOut.filter(({ because, rows }) => because === 'settlement' && rows.some(({ account }) => inPeriod.some(([each]) => each === account)));
	// Reversed later, since the period was locked.
	const reversed = figures.settlementsAfter.some((entry) => empties(sumsOf([entry]), inPeriod.map(([account, amount]) => ({ account, amount: -amount }))));
	if (inPeriod.length > 0 && !reversed) {
		const moved = inPeriod.map(([account, amount]) => `${account}: ${formatOre(amount)}`).join(', ');
		const entries = own.map(({ id }) => id);
		return { entries, message: `${entries.join(', ')} settles VAT of the period already (${moved}).` };
	}
	const wanted = settlementRows(figures, 0).filter(({ account }) => account !== 0 && account !== ROUNDING_ACCOUNT);
	const after = figures.settlementsAfter.find((entry) => empties(sumsOf([entry]), wanted));
	if (after === undefined) return undefined;
	return { entries: [after.id], message: `${after.id} of ${after.date} settles exactly the VAT of the period.` };
}

function empties(moved: ReadonlyMap<number, Ore>, wanted: readonly SettlementRow[]): boolean {
	return wanted.length > 0 && moved.size === wanted.length && wanted.every(({ account, amount }) => moved.get(account) === amount);
}
