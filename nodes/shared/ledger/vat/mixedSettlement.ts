import type { Ore } from '../money';
import { DEDUCTED_BOX, isBoxOfVat, SALES_BOXES } from './places';
import type { VatEntryRow } from './vatReturn';

/** A row of an entry. `amount` in öre, debit positive. */
interface Row {
	account: number;
	amount: Ore;
}

/** No VAT is more than a quarter of what it is VAT on. */
const LEAST_TIMES_VAT = 4;
/** VAT is rounded to whole öre, and by some programs to whole kronor. */
const ROUNDED: Ore = 100;

/** What is bought: fixed assets, goods, what is prepaid, and costs. */
const BOUGHT: ReadonlyArray<readonly [from: number, to: number]> = [
	[1000, 1499],
	[1700, 1799],
	[4000, 7999],
];
const isBought = ({ account }: Row): boolean => BOUGHT.some(([from, to]) => from <= account && account <= to);
/** 3740–3749 take the öre of a settlement. */
const isSold = ({ account }: Row): boolean => account >= 3000 && account <= 3999 && !(account >= 3740 && account <= 3749);

/**
 * Rows that are no part of a settlement, in an entry with a row on its account: what is taxed, and what was bought or
 * sold beside its own VAT, such as a purchase that was paid over the tax account. A settlement moves VAT the other way,
 * and öre to an account of results.
 *
 * @param rows those that have to do with VAT
 * @param all all rows of the entry
 */
export function rowsBesideSettlement(rows: readonly VatEntryRow[], all: readonly Row[]): Row[] {
	const taxed = rows.filter(({ place }) => place.kind === 'box' && !isBoxOfVat(place.box));
	const others = all.filter(({ account }) => !rows.some((row) => row.account === account));
	const deducted = rows.filter(({ place }) => place.kind === 'box' && place.box === DEDUCTED_BOX);
	const owed = rows.filter(({ place }) => place.kind === 'box' && SALES_BOXES.includes(place.box));
	return [...taxed, ...beside(deducted, others.filter(isBought)), ...beside(owed, others.filter(isSold))];
}

/** Accounts of BAS's for what a company has at Skatteverket; and those for cash and bank. */
const isTaxAccount = ({ account }: Row): boolean => account >= 1630 && account <= 1639;
const isMoney = ({ account }: Row): boolean => account >= 1900 && account <= 1999;
/** Less than a krona on any account is rounding. */
const isRounding = ({ amount }: Row): boolean => Math.abs(amount) < 100;

/**
 * Whether an entry pays VAT past the account of the settlement: to the tax account or, with VAT of sales, over cash or bank.
 * VAT of purchases alone may be customs', which are paid so. Pure of what is bought or sold.
 *
 * @param rows those that have to do with VAT
 * @param all all rows of the entry
 */
export function paysVat(rows: readonly VatEntryRow[], all: readonly Row[]): 'taxAccount' | 'money' | undefined {
	const isOfVat = ({ place }: VatEntryRow): boolean => place.kind === 'box' && isBoxOfVat(place.box);
	const others = all.filter(({ account }) => !rows.some((row) => row.account === account));
	if (rows.length === 0 || !rows.every(isOfVat) || !others.every((row) => isTaxAccount(row) || isMoney(row) || isRounding(row)))
		return undefined;
	const hasSales = rows.some(({ place }) => place.kind === 'box' && SALES_BOXES.includes(place.box));
	if (others.some(isTaxAccount)) return 'taxAccount';
	return hasSales && others.some(isMoney) ? 'money' : undefined;
}

/** Those that VAT of the same side may be VAT on. */
function beside(vat: readonly Row[], others: readonly Row[]): Row[] {
	return [1, -1].flatMap((side) => {
		const ofSide = others.filter(({ amount }) => Math.sign(amount) === side);
		const base = ofSide.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
		const isVatOnIt = ({ amount }: Row): boolean => Math.sign(amount) === side && (Math.abs(amount) - ROUNDED) * LEAST_TIMES_VAT <= base;
		return base > ROUNDED && vat.some(isVatOnIt) ? ofSide : [];
	});
}
