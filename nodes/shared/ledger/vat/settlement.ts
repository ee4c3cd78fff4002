import { formatOre, type Ore } from '../money';
import { isBoxOfVat } from './places';
import type { VatEntry, VatReturn } from './vatReturn';

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
	if (emptied.length === 0) return [];
	const toPay = (boxes.get('49') ?? 0) * 100;
	const rest = toPay - emptied.reduce((sum, { amount }) => sum + amount, 0);
	// What is owed and what is deducted may be the same. A settlement is known by its rows on that account, so it gets both.
	const deducted = (boxes.get('48') ?? 0) * 100;
	const settled = toPay === 0 ? [-deducted, deducted] : [-toPay];
	if (toPay === 0 && deducted === 0) return [];
	const others = [...settled.map((amount) => ({ account: settlementAccount, amount })), { account: ROUNDING_ACCOUNT, amount: rest }];
	return [...byAccount(emptied), ...others.filter(({ amount }) => amount !== 0)];
}

/** An account with two codes, of two financial years, gets one row. */
function byAccount(rows: readonly SettlementRow[]): SettlementRow[] {
	const sums = new Map<number, Ore>();
	for (const { account, amount } of rows) sums.set(account, (sums.get(account) ?? 0) + amount);
	return [...sums].map(([account, amount]) => ({ account, amount })).sort((one, other) => one.account - other.account);
}

type Settlement = VatEntry & { text: string };

/** Entries of the period that settle VAT, and book no purchase or sale besides. */
function settlementsOf({ leftOut }: VatReturn): Settlement[] {
	return leftOut.filter(({ because, beside }) => because === 'settlement' && beside.length === 0);
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

/**
 * Entries in the period and after it that settle one of these periods by their text, but for those that another one
 * takes back. A period that gave VAT back settles the opposite of one that owed it, and takes nothing back.
 */
export function settlementsNamed(figures: VatReturn, periods: ReadonlySet<string>): VatEntry[] {
	const all = allSettlements(figures);
	return all.filter((entry) => periods.has(periodInText(entry.text) ?? '') && oppositesOf(entry, all).length === 0);
}

/** The settlements that others may take back, in the order of the ledger, by their ids: those others' ids. */
export function oppositeSettlements(figures: VatReturn): Map<string, string[]> {
	const all = allSettlements(figures);
	const pairs = all.map((entry): [string, string[]] => [
		entry.id,
		oppositesOf(entry, all)
			.filter(({ date }) => date >= entry.date)
			.map(({ id }) => id),
	]);
	return new Map(pairs.filter(([, opposites]) => opposites.length > 0));
}

/** What settles VAT in the period and after it. */
function allSettlements(figures: VatReturn): Settlement[] {
	return [...settlementsOf(figures), ...figures.after.filter(({ isSettlement }) => isSettlement)];
}

/** Of these the ones that name no period and move the opposite of an entry on accounts of VAT. */
function oppositesOf(entry: VatEntry, all: readonly Settlement[]): Settlement[] {
	const opposite = new Map([...sumsOf([entry])].map(([account, amount]) => [account, -amount]));
	return all.filter((other) => periodInText(other.text) === undefined && isSame(sumsOf([other]), opposite));
}

/** What settlements of the period moved on accounts of VAT. In öre, debit positive. */
export function settledInPeriod(figures: VatReturn): Map<number, Ore> {
	return sumsOf(settlementsOf(figures));
}

function sumsOf(entries: readonly VatEntry[]): Map<number, Ore> {
	const sums = new Map<number, Ore>();
	for (const { rows } of entries) {
		for (const { account, place, amount } of rows) {
			if (place.kind === 'box' && isBoxOfVat(place.box)) sums.set(account, (sums.get(account) ?? 0) + amount);
		}
	}
	return new Map([...sums].filter(([, amount]) => amount !== 0));
}

/**
 * Whether the period is settled by an entry that this node does not know as its settlement: one by hand, by Fortnox, or
 * that of a longer period. A settlement in the period that empties no more than stood there before is an earlier one's,
 * unless it moves just what the period did.
 *
 * @param isOfOther whether the text of a later entry says that it settles another period: the same amounts in two months
 * are no sign then
 * @returns a sentence that names the entry; undefined where nothing settles the period
 */
export function settledOtherwise(figures: VatReturn, isOfOther: (text: string) => boolean): string | undefined {
	const { vatBefore, after } = figures;
	const [settled, wanted] = [settledInPeriod(figures), wantedOf(figures)];
	const isPeriods = isSame(settled, wanted) && [...settled].some(([account, amount]) => amount !== -(vatBefore.get(account) ?? 0));
	// What moves VAT the other way, or where the period has none, corrects an earlier return, and settles nothing.
	const empties = (account: number, amount: Ore): boolean => Math.sign(amount) === Math.sign(wanted.get(account) ?? 0);
	const isEarlier = (account: number, amount: Ore): boolean => !isPeriods && isPartOf(amount, vatBefore.get(account) ?? 0);
	const inPeriod = [...settled].filter(([account, amount]) => empties(account, amount) && !isEarlier(account, amount));
	const undone = new Map(inPeriod.map(([account, amount]) => [account, -amount]));
	// Reversed after the period, which may be locked.
	const isReversed = after.some((entry) => entry.isSettlement && isSame(sumsOf([entry]), undone));
	if (inPeriod.length > 0 && !isReversed) {
		const own = settlementsOf(figures).filter(({ rows }) => rows.some(({ account }) => undone.has(account)));
		const moved = inPeriod.map(([account, amount]) => `${account}: ${formatOre(amount)}`).join(', ');
		return `${own.map(({ id }) => id).join(', ')} settles VAT of the period already (${moved}).`;
	}
	const later = after.find((entry) => entry.isSettlement && settlesFromLater(figures, entry, isOfOther(entry.text)));
	return later === undefined ? undefined : `${later.id} of ${later.date} settles the VAT of the period already.`;
}

/** Whether a settlement of an account empties some or all of what stood there before, and no more. */
function isPartOf(settled: Ore, before: Ore): boolean {
	return Math.sign(settled) === -Math.sign(before) && Math.abs(settled) <= Math.abs(before);
}

/** What settles the period, on accounts of VAT. */
function wantedOf(figures: VatReturn): Map<number, Ore> {
	const rows = settlementRows(figures, 0).filter(({ account }) => account !== 0 && account !== ROUNDING_ACCOUNT);
	return new Map(rows.map(({ account, amount }) => [account, amount]));
}

/** Whether a later settlement moves just what the period did (and is not another one's), or leaves nothing on its accounts. */
function settlesFromLater(figures: VatReturn, { date, ...settlement }: VatEntry, isOfOther: boolean): boolean {
	const wanted = wantedOf(figures);
	if (wanted.size === 0) return false;
	if (!isOfOther && isSame(sumsOf([{ date, ...settlement }]), wanted)) return true;
	const [settled, until] = [settledInPeriod(figures), sumsOf(figures.after.filter((entry) => entry.date <= date))];
	return [...wanted].every(([account, amount]) => {
		const atEnd = (figures.vatBefore.get(account) ?? 0) - amount + (settled.get(account) ?? 0);
		return atEnd + (until.get(account) ?? 0) === 0;
	});
}

function isSame(one: ReadonlyMap<number, Ore>, other: ReadonlyMap<number, Ore>): boolean {
	return one.size > 0 && one.size === other.size && [...one].every(([account, amount]) => other.get(account) === amount);
}
