import { addDays, type IsoDate } from '../dates';
import { formatOre, type Ore } from '../money';
import { settlementsFrom, sumsOf, wantedOf, type Settlement } from './settlement';
import type { VatReturn } from './vatReturn';

/** By hand, VAT is often settled in whole kronor. */
const KRONA: Ore = 100;

/** By account of VAT, in öre, debit positive. */
type Amounts = ReadonlyMap<number, Ore>;

/** What is known of settlements besides their rows. */
export interface KnownSettlements {
	/** Ids of those that have no effect: entries that were taken back, and what takes them back. */
	cancelled: ReadonlySet<string>;
	/** Which period a text says is settled: this one, or one that shares no day with it; undefined where it says neither. */
	periodOf: (text: string) => 'this' | 'earlier' | 'later' | undefined;
}

/** Whose VAT an entry settles; this period's surely, or possibly. Undefined where it settles none, as a correction. */
type Settles = 'this' | 'perhapsThis' | 'earlier' | 'later' | undefined;

/**
 * Whether the period is settled by an entry that this node does not know as its settlement: one by hand, by Fortnox, or
 * that of a longer period; on whatever day, and whatever it left on the accounts. Where the period may be settled, it counts
 * as settled: else its VAT would be owed twice.
 *
 * @returns a sentence that names the entry; undefined where nothing settles the period
 */
export function settledOtherwise(figures: VatReturn, { cancelled, periodOf }: KnownSettlements): string | undefined {
	const wanted = wantedOf(figures);
	if (wanted.size === 0) return undefined;
	const found: Found[] = [];
	const [before, earlier] = [new Map(figures.vatBefore), new Map(figures.vatBefore)];
	for (const entry of settlementsFrom(figures)) {
		if (cancelled.has(entry.id)) continue;
		const moved = sumsOf([entry]);
		const settles = periodOf(entry.text) ?? settledBy({ figures, wanted, before, earlier }, entry, moved);
		if (settles === 'this' || settles === 'perhapsThis') found.push({ entry, moved, isSure: settles === 'this' });
		addTo(before, moved);
		if (settles !== 'later') addTo(earlier, moved);
	}
	return toSentence(figures, wanted, found);
}

interface Found {
	entry: Settlement;
	moved: Amounts;
	isSure: boolean;
}

interface Books {
	figures: VatReturn;
	wanted: Amounts;
	/** What stood on accounts of VAT before the period, less what settlements have moved since. */
	before: Amounts;
	/** The same without settlements of later periods. */
	earlier: Amounts;
}

/** Whose VAT an entry settles, by what it moves. */
function settledBy({ figures, wanted, before, earlier }: Books, { date, settles }: Settlement, moved: Amounts): Settles {
	// What moves VAT the other way, or where the period has none, corrects an earlier return, and settles nothing.
	const emptied = [...moved].filter(([account, amount]) => Math.sign(amount) === Math.sign(wanted.get(account) ?? 0));
	const { to } = figures.days;
	if (emptied.length === 0) return settlesLaterMonths(figures, date, moved) ? 'later' : undefined;
	const isEarlier = isAll(moved, earlier);
	if (isEarlier && date <= to) return 'earlier';
	if (isAll(moved, negated(wanted))) return 'this';
	if (isEarlier) return 'earlier';
	const others = withMoved(before, laterMonths(figures, date));
	if (isAll(moved, others) || settlesLaterMonths(figures, date, moved)) return 'later';
	// A small amount of one account that is paid out of the bank is VAT that a customer gets back.
	if (settles === 'money' && emptied.length === 1 && emptied.every(([account, amount]) => isSmall(amount, wanted.get(account) ?? 0)))
		return undefined;
	if (emptied.some(([account, amount]) => takesMore(amount, others.get(account) ?? 0))) return 'this';
	// Before its last day the period is not over: what is settled then is an earlier one's.
	const isPart = [...moved].every(([account, amount]) => isPartOf(amount, wanted.get(account) ?? 0));
	return isPart && date >= to ? 'perhapsThis' : undefined;
}

/** Whether an entry empties accounts of all that stood on them, give or take öre. */
function isAll(moved: Amounts, stood: Amounts): boolean {
	return moved.size > 0 && [...moved].every(([account, amount]) => Math.abs(amount + (stood.get(account) ?? 0)) < KRONA);
}

function isPartOf(amount: Ore, wanted: Ore): boolean {
	return Math.sign(amount) === Math.sign(wanted) && Math.abs(amount) < Math.abs(wanted) + KRONA;
}

/** Less than half. */
function isSmall(amount: Ore, wanted: Ore): boolean {
	return 2 * Math.abs(amount) < Math.abs(wanted);
}

/** Whether a settlement takes more of an account than stood there, of which none is the period's. */
function takesMore(amount: Ore, stood: Ore): boolean {
	const there = Math.sign(stood) === -Math.sign(amount) ? Math.abs(stood) : 0;
	return Math.abs(amount) >= there + KRONA;
}

/**
 * Whether an entry empties accounts of VAT of just what some later months moved there, give or take öre: one month, a
 * quarter, or all of them.
 *
 * @param date of the entry: a month is settled once it is over
 */
export function settlesLaterMonths(figures: VatReturn, date: IsoDate, moved: Amounts): boolean {
	const months = laterMonths(figures, date);
	return months.some((_, first) => {
		const sums = new Map<number, Ore>();
		return months.slice(first).some((month) => {
			addTo(sums, month);
			return isAll(moved, sums);
		});
	});
}

/** What sales and purchases moved in each month after the period that was over on a day. */
function laterMonths({ after }: VatReturn, date: IsoDate): Array<Map<number, Ore>> {
	const months = new Map<string, Map<number, Ore>>();
	const firstOfNext = `${addDays(date, 1).slice(0, 7)}-01`;
	const entries = after.filter((entry) => entry.settles === undefined && entry.date < firstOfNext);
	for (const entry of entries) {
		const month = entry.date.slice(0, 7);
		const sums = months.get(month) ?? new Map<number, Ore>();
		addTo(sums, sumsOf([entry]));
		months.set(month, sums);
	}
	return [...months].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sums]) => sums);
}

function withMoved(amounts: Amounts, moved: readonly Amounts[]): Amounts {
	const sums = new Map(amounts);
	for (const one of moved) addTo(sums, one);
	return sums;
}

function addTo(sums: Map<number, Ore>, moved: Amounts): void {
	for (const [account, amount] of moved) sums.set(account, (sums.get(account) ?? 0) + amount);
}

function negated(amounts: Amounts): Amounts {
	return new Map([...amounts].map(([account, amount]) => [account, -amount]));
}

function toSentence({ days }: VatReturn, wanted: Amounts, found: readonly Found[]): string | undefined {
	const sure = found.filter(({ isSure }) => isSure);
	const inPeriod = sure.filter(({ entry }) => entry.date <= days.to);
	if (inPeriod.length > 0) {
		const ids = inPeriod.map(({ entry }) => entry.id).join(', ');
		return `${ids} settles VAT of the period already (${amountsOf(inPeriod, wanted)}).`;
	}
	const [first] = sure.length > 0 ? sure : found;
	if (first === undefined) return undefined;
	const { id, date } = first.entry;
	if (first.isSure) return `${id} of ${date} settles the VAT of the period already.`;
	return `${id} of ${date} may settle VAT of the period already: it moves no more than that (${amountsOf([first], wanted)}).`;
}

/** What entries move on the period's accounts, such as `2611: 250.00`. */
function amountsOf(found: readonly Found[], wanted: Amounts): string {
	const sums = withMoved(
		new Map(),
		found.map(({ moved }) => moved),
	);
	return [...sums]
		.filter(([account, amount]) => amount !== 0 && wanted.has(account))
		.map(([account, amount]) => `${account}: ${formatOre(amount)}`)
		.join(', ');
}
