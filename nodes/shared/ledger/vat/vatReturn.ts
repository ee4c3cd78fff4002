import type { IsoDate } from '../dates';
import type { Ore } from '../money';
import type { Days } from '../reports/years';
import { paysVat, rowsBesideSettlement } from './mixedSettlement';
import { DEDUCTED_BOX, inBox, isBoxOfVat, OWED_BOXES, placeOf, rateOfBase, wholeKronor, type VatPlace } from './places';
import { VAT_BOXES, type VatBox, type VatRate } from './table';

/** An entry as the return sees it. */
export interface VatEntryInput {
	/** Id of the entry, such as `A-17-3`. */
	id: string;
	date: IsoDate;
	text?: string;
	/** Amounts in öre, debit positive. */
	rows: ReadonlyArray<{ account: number; amount: Ore }>;
}

/** A row that has to do with VAT. */
export interface VatEntryRow {
	account: number;
	code: string;
	place: VatPlace;
	/** Of what is taxed, where the account tells it. */
	rate?: VatRate;
	/** In öre, debit positive. */
	amount: Ore;
}

export interface VatEntry {
	id: string;
	date: IsoDate;
	rows: VatEntryRow[];
}

/** Why an entry is no part of the return: it settles one, or it closes the year. */
type LeftOutBecause = 'settlement' | 'closing';

interface LeftOut extends VatEntry {
	text: string;
	because: LeftOutBecause;
	/** Of an entry with a row on the account of the settlement: what is no part of one, and is missing in the return. */
	beside: ReadonlyArray<{ account: number; amount: Ore }>;
}

/** An entry after the period that moved accounts of VAT. */
export interface LaterEntry extends VatEntry {
	text: string;
	/** It settles a return, or pays its VAT past the account of the settlement; absent where it does neither. */
	settles?: 'return' | 'taxAccount' | 'money';
}

/** What an account adds to a return. */
export interface VatAccount {
	account: number;
	/** The company's VAT code; empty where the account has none. */
	code: string;
	/** Absent where no box wants the account. */
	box?: VatBox;
	/** In öre; as the box shows it, else debit positive. */
	amount: Ore;
	/** Ids of the entries, in the order of the ledger. */
	entries: string[];
}

/** The figures of a VAT return. */
export interface VatReturn {
	days: Days;
	/** Exact, in öre, as the form shows them; box 49 is computed from whole kronor. */
	exact: ReadonlyMap<VatBox, Ore>;
	/** As they are declared: whole kronor, öre dropped. All boxes, box 49 included. */
	boxes: ReadonlyMap<VatBox, number>;
	accounts: VatAccount[];
	unmapped: VatAccount[];
	/** Entries of the period that count, with their rows that have to do with VAT. */
	entries: VatEntry[];
	/** Entries of the period that don't count. */
	leftOut: LeftOut[];
	/** What moved accounts of VAT after the period, in the files that were read: one of its settlements may be this period's. */
	after: LaterEntry[];
	/** Balances of accounts of VAT when the period began. In öre, debit positive. */
	vatBefore: ReadonlyMap<number, Ore>;
	/** Balances of the accounts of the settlement (2650) when the period began. In öre, debit positive. */
	settlementBefore: ReadonlyMap<number, Ore>;
	/** What the period moved on accounts of the settlement without settling VAT: payments. In öre, debit positive. */
	paid: ReadonlyMap<number, Ore>;
}

/** Says the company's VAT code of an account, empty where it has none. */
export type CodeOf = (account: number) => string;

/** Accounts on which a year's result is booked: in the income statement, and by kind of company in equity. */
const isResultAccount = (account: number): boolean => account >= 8990 && account <= 8999;
const RESULT_IN_EQUITY = [2019, 2069, 2099];
const isIncomeOrCost = (account: number): boolean => account >= 3000 && account <= 8999;

/** Collects a VAT return from the entries of the financial years that its period touches. */
export class VatReturnCollector {
	private readonly entries: VatEntry[];

	private readonly leftOut: LeftOut[];

	private readonly after: VatReturn['after'];

	private readonly vatBefore: Map<number, Ore>;

	private readonly settlementBefore: Map<number, Ore>;

	private readonly paid: Map<number, Ore>;

	constructor(
		private readonly days: Days,
		before?: VatReturnCollector,
	) {
		this.entries = [...(before?.entries ?? [])];
		this.leftOut = [...(before?.leftOut ?? [])];
		this.after = [...(before?.after ?? [])];
		this.vatBefore = new Map(before?.vatBefore);
		this.settlementBefore = new Map(before?.settlementBefore);
		this.paid = new Map(before?.paid);
	}

	/** Another one with the same content: what is added to it may have to be given up. */
	copy(): VatReturnCollector {
		return new VatReturnCollector(this.days, this);
	}

	/** An account's balance when the first financial year of the period opens. In öre, debit positive. */
	addOpening(account: number, amount: Ore, code: string): void {
		this.addBefore(account, amount, placeOf(account, code));
	}

	add({ id, date, text = '', rows: all }: VatEntryInput, codeOf: CodeOf): void {
		const rows = all.flatMap((row) => toVatRow(row, codeOf) ?? []);
		if (date < this.days.from) {
			for (const { account, amount, place } of rows) this.addBefore(account, amount, place);
			return;
		}
		const because = whyLeftOut(rows, all);
		const beside = because === 'settlement' ? rowsBesideSettlement(rows, all) : [];
		const hasBoxes = rows.some(({ place }) => place.kind === 'box');
		if (date > this.days.to) {
			const ofVat = rows.filter(({ place }) => place.kind === 'box' && isBoxOfVat(place.box));
			const settles = because === 'settlement' && beside.length === 0 ? 'return' : paysVat(rows, all);
			if (ofVat.length > 0) this.after.push({ id, date, text, rows: ofVat, ...(settles && { settles }) });
		} else if (because === undefined) {
			if (rows.length > 0) this.entries.push({ id, date, rows });
		} else if (hasBoxes) {
			this.leftOut.push({ id, date, text, rows, because, beside });
		} else {
			for (const { account, amount, place } of rows) if (place.kind === 'settlement') add(this.paid, account, amount);
		}
	}

	finish(): VatReturn {
		const accounts = sumByAccount(this.entries);
		const inBoxes = accounts.filter(({ box }) => box !== undefined);
		const exact = new Map<VatBox, Ore>();
		for (const { box, amount } of inBoxes) if (box !== undefined) exact.set(box, (exact.get(box) ?? 0) + amount);
		const declared = (box: VatBox): number => wholeKronor(exact.get(box) ?? 0);
		const boxes = new Map(VAT_BOXES.map((box) => [box, declared(box)]));
		const owed = OWED_BOXES.reduce((sum, box) => sum + declared(box), 0);
		boxes.set('49', owed - declared(DEDUCTED_BOX));
		const { days, entries, leftOut, after, vatBefore, settlementBefore, paid } = this;
		const unmapped = accounts.filter(({ box }) => box === undefined);
		return { days, exact, boxes, accounts: inBoxes, unmapped, entries, leftOut, after, vatBefore, settlementBefore, paid };
	}

	private addBefore(account: number, amount: Ore, place: VatPlace | undefined): void {
		if (place?.kind === 'settlement') add(this.settlementBefore, account, amount);
		if (place?.kind === 'box' && isBoxOfVat(place.box)) add(this.vatBefore, account, amount);
	}
}

/** A row as the return sees it; undefined where it has nothing to do with VAT. */
export function toVatRow({ account, amount }: { account: number; amount: Ore }, codeOf: CodeOf): VatEntryRow | undefined {
	const code = codeOf(account);
	const place = placeOf(account, code);
	if (place === undefined) return undefined;
	const rate = rateOfBase(account, code);
	return { account, code, place, amount, ...(rate !== undefined && { rate }) };
}

function whyLeftOut(rows: readonly VatEntryRow[], all: VatEntryInput['rows']): LeftOutBecause | undefined {
	if (rows.some(({ place }) => place.kind === 'settlement')) return 'settlement';
	if (all.some(({ account }) => isResultAccount(account))) return 'closing';
	// With a row of VAT it is a sale or a purchase of the owner's, and closes nothing.
	const closes =
		all.some(({ account }) => RESULT_IN_EQUITY.includes(account)) &&
		all.some(({ account }) => isIncomeOrCost(account)) &&
		!rows.some(({ place }) => place.kind === 'box' && isBoxOfVat(place.box));
	return closes ? 'closing' : undefined;
}

/** By box, then by account. Accounts whose rows made 0 are there, too. */
function sumByAccount(entries: readonly VatEntry[]): VatAccount[] {
	const sums = new Map<string, VatAccount>();
	for (const { id, rows } of entries) {
		for (const { account, code, place, amount } of rows) {
			if (place.kind === 'settlement') continue;
			// A period that touches two financial years may find an account with two codes.
			const key = `${account} ${code}`;
			const box = place.kind === 'box' ? place.box : undefined;
			const sum = sums.get(key) ?? { account, code, ...(box && { box }), amount: 0, entries: [] };
			sum.amount += box === undefined ? amount : inBox(box, amount);
			if (sum.entries.at(-1) !== id) sum.entries.push(id);
			sums.set(key, sum);
		}
	}
	const rank = ({ box }: VatAccount): number => Number(box ?? 0);
	return [...sums.values()].sort((one, other) => rank(one) - rank(other) || one.account - other.account);
}

function add(sums: Map<number, Ore>, account: number, amount: Ore): void {
	sums.set(account, (sums.get(account) ?? 0) + amount);
}
