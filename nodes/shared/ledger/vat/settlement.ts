import type { Ore } from '../money';
import { isBoxOfVat, wholeKronor } from './places';
import type { LaterEntry, VatEntry, VatReturn } from './vatReturn';

/** A row of the settlement entry. `amount` in öre, debit positive. */
export interface SettlementRow {
	account: number;
	amount: Ore;
}

/** BAS's account for öre that are rounded off. */
const ROUNDING_ACCOUNT = 3740;

/**
 * The rows that settle a period: every account of VAT is emptied of what the period moved there, box 49 in whole kronor
 * goes to the account of the settlement, and the öre that the boxes drop to 3740. None where the period has no VAT, or
 * only öre.
 *
 * @param settlementAccount where it goes, 2650 as a rule
 */
export function settlementRows({ accounts, boxes }: VatReturn, settlementAccount: number): SettlementRow[] {
	const emptied = accounts
		.filter(({ box, amount }) => box !== undefined && isBoxOfVat(box) && amount !== 0)
		.map(({ account, box, amount }) => ({ account, amount: box === '48' ? -amount : amount }));
	const toPay = (boxes.get('49') ?? 0) * 100;
	const rest = toPay - emptied.reduce((sum, { amount }) => sum + amount, 0);
	// Accounts may make up for each other. A settlement is known by its rows on that account, so it gets both.
	const crossing = (boxes.get('48') ?? 0) * 100 || inKronor(emptied);
	const settled = toPay === 0 ? [-crossing, crossing] : [-toPay];
	if (toPay === 0 && crossing === 0) return [];
	const others = [...settled.map((amount) => ({ account: settlementAccount, amount })), { account: ROUNDING_ACCOUNT, amount: rest }];
	return [...byAccount(emptied), ...others.filter(({ amount }) => amount !== 0)];
}

/** Whole kronor of what is in debit. */
function inKronor(rows: readonly SettlementRow[]): Ore {
	return wholeKronor(rows.reduce((sum, { amount }) => sum + Math.max(amount, 0), 0)) * 100;
}

/** An account with two codes, of two financial years, gets one row. */
function byAccount(rows: readonly SettlementRow[]): SettlementRow[] {
	const sums = new Map<number, Ore>();
	for (const { account, amount } of rows) sums.set(account, (sums.get(account) ?? 0) + amount);
	return [...sums].map(([account, amount]) => ({ account, amount })).sort((one, other) => one.account - other.account);
}

/** What settles the period, on accounts of VAT. */
export function wantedOf(figures: VatReturn): Map<number, Ore> {
	const rows = settlementRows(figures, 0).filter(({ account }) => account !== 0 && account !== ROUNDING_ACCOUNT);
	return new Map(rows.map(({ account, amount }) => [account, amount]));
}

/** What the text of a settlement begins with, before the period's name. */
const TEXT = 'Momsredovisning ';

/** @param period its name, such as `2026-Q2` */
export function textOfSettlement(period: string): string {
	return `${TEXT}${period.replace('–', ' till ')}`;
}

/** The name of the period that a text says is settled; undefined where it says none. */
export function periodInText(text: string): string | undefined {
	return text.startsWith(TEXT) ? text.slice(TEXT.length).trim().replace(' till ', '–') : undefined;
}

/** An entry that settles VAT, and books no purchase or sale besides. */
export type Settlement = LaterEntry;

/** Those of the period. */
export function settlementsInPeriod({ leftOut }: VatReturn): Settlement[] {
	return leftOut.flatMap(({ because, beside, ...entry }) =>
		because === 'settlement' && beside.length === 0 ? [{ ...entry, settles: 'return' as const }] : [],
	);
}

/** Those of the period and after it, by their days. */
export function settlementsFrom(figures: VatReturn): Settlement[] {
	const all = [...settlementsInPeriod(figures), ...figures.after.filter(({ settles }) => settles !== undefined)];
	return all.sort((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1));
}

/** What entries move on accounts of VAT. In öre, debit positive. */
export function sumsOf(entries: readonly VatEntry[]): Map<number, Ore> {
	const sums = new Map<number, Ore>();
	for (const { rows } of entries) {
		for (const { account, place, amount } of rows) {
			if (place.kind === 'box' && isBoxOfVat(place.box)) sums.set(account, (sums.get(account) ?? 0) + amount);
		}
	}
	return new Map([...sums].filter(([, amount]) => amount !== 0));
}
