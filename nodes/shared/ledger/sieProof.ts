import { formatOre, type Ore } from './money';
import { organisationDigits } from './organisationNumber';
import type { SieBalance, SieHead, SieVoucher } from './sie';

/** The file that was asked for. Dates are YYYY-MM-DD. */
export interface AskedFile {
	type: SieHead['type'];
	from: string;
	to: string;
}

/**
 * Whether a SIE file of Fortnox's is whole and the one that was asked for. Its end may be missing although the answer says
 * success, so the file proves itself: what an account opens with and what moved it must make what it closes with.
 */
export class SieProof {
	/** By month (YYYY-MM), then by account. */
	private readonly moved = new Map<string, Map<string, Ore>>();

	private vouchers = 0;

	private areBalanced = true;

	/** Takes a voucher of the file: all of them, before anything is asked. */
	add({ date, rows, difference }: Pick<SieVoucher, 'date' | 'rows' | 'difference'>): void {
		this.vouchers++;
		if (difference !== 0) this.areBalanced = false;
		const month = date.slice(0, 7);
		let sums = this.moved.get(month);
		if (sums === undefined) this.moved.set(month, (sums = new Map<string, Ore>()));
		for (const { account, amount } of rows) sums.set(account, (sums.get(account) ?? 0) + amount);
	}

	/** Whether the file may end before its first voucher: only the ledger knows whether there is one. */
	mayLackVouchers(head: SieHead): boolean {
		return head.type === 4 && this.vouchers === 0;
	}

	/** Whether the file has each of the year's entries, and all their rows, whatever its own sums say. */
	hasAll(entries: number | undefined): boolean {
		return this.vouchers > 0 && this.vouchers === entries && this.areBalanced;
	}

	/** @returns what speaks against its being whole, as the end of a sentence that begins with it; undefined where nothing does */
	doubt(head: SieHead): string | undefined {
		return this.endInHead(head) ?? this.wrongFigure(head);
	}

	/** Fortnox writes the figures after the head, and vouchers after both: with a voucher both are whole. */
	private endInHead(head: SieHead): string | undefined {
		if (this.vouchers > 0) return undefined;
		if (head.type < 3 && head.accounts.size === 0) return 'it ends before its accounts (#KONTO)';
		if (head.type >= 3 && head.dimensions.length === 0) return 'it ends before its dimensions (#DIM)';
		return periodsOf(head, -1).length > 0 ? wrongCloseByPeriods(head, -1) : undefined;
	}

	private wrongFigure(head: SieHead): string | undefined {
		// Type 1 does not say what moved.
		if (head.type === 1) return undefined;
		if (head.type !== 4) return wrongCloseByPeriods(head, 0);
		return wrongClose(head, 0, this.movedInYear()) ?? this.wrongPeriod(head);
	}

	private movedInYear(): Map<string, Ore> {
		const moved = new Map<string, Ore>();
		for (const sums of this.moved.values()) for (const [account, amount] of sums) add(moved, account, amount);
		return moved;
	}

	/** Vouchers that cancel each other leave no trace in what the year ends with, but in their months. */
	private wrongPeriod(head: SieHead): string | undefined {
		for (const { account, month, amount } of periodsOf(head, 0)) {
			const moved = this.moved.get(month)?.get(account) ?? 0;
			if (moved !== amount) {
				return `its entries move account ${account} by ${formatOre(moved)} in ${month}, and by its own sum (#PSALDO) it is ${formatOre(amount)}`;
			}
		}
		return undefined;
	}
}

/** @returns why it is another file than the one that was asked for, as the end of a sentence that begins with it */
export function wrongFile({ type, years }: SieHead, asked: AskedFile): string | undefined {
	if (type !== asked.type) return `its type (#SIETYP) is missing or is not ${asked.type}`;
	const year = years.find(({ index }) => index === 0);
	if (year === undefined) return 'it does not say which financial year it is for (#RAR 0)';
	if (year.from === asked.from && year.to === asked.to) return undefined;
	return `it is for the financial year ${year.from}–${year.to}`;
}

/**
 * An account that does not close where its opening balance and what moved it lead.
 *
 * @param besides accounts that are to close although the balances don't name them. With vouchers there are none: balances are
 * written before, so none of them is missing, and what they don't name (accounts of statistics) proves nothing
 */
function wrongClose(head: SieHead, year: number, moved: ReadonlyMap<string, Ore>, besides: Iterable<string> = []): string | undefined {
	const opening = sumByAccount(head.openingBalances, year);
	const closing = sumByAccount([...head.closingBalances, ...head.results], year);
	for (const account of new Set([...opening.keys(), ...closing.keys(), ...besides])) {
		const from = opening.get(account) ?? 0;
		const by = moved.get(account) ?? 0;
		const to = closing.get(account) ?? 0;
		if (from + by === to) continue;
		return `account ${account} opens with ${formatOre(from)} and is moved by ${formatOre(by)}, and by its own sum (#UB, #RES) it closes with ${formatOre(to)}`;
	}
	return undefined;
}

const periodsOf = (head: SieHead, year: number) =>
	head.periodBalances.filter((period) => period.year === year && period.objects.length === 0);

function wrongCloseByPeriods(head: SieHead, year: number): string | undefined {
	const moved = sumByAccount(periodsOf(head, year), year);
	return wrongClose(head, year, moved, moved.keys());
}

function sumByAccount(balances: readonly SieBalance[], ofYear: number): Map<string, Ore> {
	const sums = new Map<string, Ore>();
	for (const { year, account, amount, objects } of balances) if (year === ofYear && objects.length === 0) add(sums, account, amount);
	return sums;
}

function add(sums: Map<string, Ore>, account: string, amount: Ore): void {
	sums.set(account, (sums.get(account) ?? 0) + amount);
}

/** Whether the file says by Fortnox's own number (`#FNR`) that it is of the company. Another number may only be written otherwise. */
export function isOfTenant({ company }: SieHead, tenantId: number): boolean {
	return company.number === String(tenantId);
}

/** Whether the file has the company's organisation number; undefined where one of the two has none. */
export function hasOrganisationNumber({ company }: SieHead, own: string | null | undefined): boolean | undefined {
	const [found, wanted] = [organisationDigits(company.organisationNumber), organisationDigits(own)];
	return found === '' || wanted === '' ? undefined : found === wanted;
}
