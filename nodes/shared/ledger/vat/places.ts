import { isVat } from '../accountTypes';
import type { Ore } from '../money';
import { boxOfBasNumber, boxOfVatCode, normalizedVatCode, VAT_RATES, VAT_TABLE, type VatBox, type VatRate } from './table';

/** What the VAT return does with the rows of an account. */
export type VatPlace =
	/** They are part of a box. */
	| { kind: 'box'; box: VatBox }
	/** It holds the settlement of returns (R1, R2): an entry with a row on it is no part of a return. */
	| { kind: 'settlement' }
	/** It has a code, or is an account of VAT, and no box wants it. */
	| { kind: 'unmapped' };

/** Accounts that hold the settlement where the chart gives them no code: 1650 Momsfordran, 2650 Redovisningskonto för moms. */
export const SETTLEMENT_NUMBERS: readonly number[] = [1650, 2650];

/**
 * The company's own VAT code decides, and BAS's number only where the account has no code.
 *
 * @param code as the chart has it; empty where the account has none
 * @returns undefined where the account has nothing to do with VAT
 */
export function placeOf(account: number, code: string): VatPlace | undefined {
	if (normalizedVatCode(code) === '') {
		if (SETTLEMENT_NUMBERS.includes(account)) return { kind: 'settlement' };
		const byNumber = boxOfBasNumber(account);
		if (byNumber !== undefined) return { kind: 'box', box: byNumber };
		return isVat(account) ? { kind: 'unmapped' } : undefined;
	}
	if (VAT_TABLE.get(normalizedVatCode(code))?.settlement) return { kind: 'settlement' };
	const box = boxOfVatCode(code, account);
	return box === undefined ? { kind: 'unmapped' } : { kind: 'box', box };
}

/** Boxes of purchases and of the VAT that is deducted: their amounts stand in debit. Those of all others stand in credit. */
const DEBIT_BOXES: ReadonlySet<VatBox> = new Set<VatBox>(['20', '21', '22', '23', '24', '37', '48', '50']);

/** An amount as its box shows it. @param amount in öre, debit positive */
export function inBox(box: VatBox, amount: Ore): Ore {
	return DEBIT_BOXES.has(box) || amount === 0 ? amount : -amount;
}

/** Whole kronor of an amount: öre are dropped, also those of a negative one (SFF 2011:1261 ch. 22 § 1). */
export function wholeKronor(amount: Ore): number {
	return Math.trunc(amount / 100) || 0;
}

/** A kind of transaction: the boxes of what is taxed, and the box of the VAT on it by rate. */
export interface VatGroup {
	name: 'sales' | 'reverse_charge' | 'import';
	bases: readonly VatBox[];
	owed: Readonly<Record<VatRate, VatBox>>;
}

export const VAT_GROUPS: readonly VatGroup[] = [
	{ name: 'sales', bases: ['05', '06', '07', '08'], owed: { 25: '10', 12: '11', 6: '12' } },
	{ name: 'reverse_charge', bases: ['20', '21', '22', '23', '24'], owed: { 25: '30', 12: '31', 6: '32' } },
	{ name: 'import', bases: ['50'], owed: { 25: '60', 12: '61', 6: '62' } },
];

/** Boxes of VAT that is owed; box 49 is their sum less box 48. */
export const OWED_BOXES: readonly VatBox[] = VAT_GROUPS.flatMap(({ owed }) => VAT_RATES.map((rate) => owed[rate]));

/** Boxes of VAT that the company owes on its own sales; the others it owes as the buyer. */
export const SALES_BOXES: readonly VatBox[] = VAT_GROUPS.filter(({ name }) => name === 'sales').flatMap(({ owed }) =>
	VAT_RATES.map((rate) => owed[rate]),
);

/** The box of VAT that is deducted. */
export const DEDUCTED_BOX: VatBox = '48';

/** Whether the box holds VAT, which a settlement empties, and not what is taxed. */
export function isBoxOfVat(box: VatBox): boolean {
	return box === DEDUCTED_BOX || OWED_BOXES.includes(box);
}

/** BAS has an account for each rate: 3001 and 3401 at 25 %, the next at 12 %, the next at 6 %. */
const RATES_BY_NUMBER: ReadonlyMap<number, VatRate> = new Map([
	...VAT_RATES.map((rate, index): [number, VatRate] => [3001 + index, rate]),
	...VAT_RATES.map((rate, index): [number, VatRate] => [3401 + index, rate]),
]);

/**
 * The rate of what is taxed, as the account tells it: by a code of one rate, else by BAS's number.
 *
 * @returns undefined where the account may hold several rates, as those of reverse charge may
 */
export function rateOfBase(account: number, code: string): VatRate | undefined {
	const owed = VAT_TABLE.get(normalizedVatCode(code))?.owed ?? {};
	const ofCode = VAT_RATES.filter((rate) => owed[rate] !== undefined);
	if (ofCode.length === 1) return ofCode[0];
	return RATES_BY_NUMBER.get(account);
}
