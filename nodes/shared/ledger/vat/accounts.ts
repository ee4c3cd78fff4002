import { boxOfBasNumber, type VatBox, type VatRate } from './table';

/** A VAT account: the predefined account's name, and the BAS number to use if the company has set none. */
interface VatAccount {
	predefined?: string;
	bas: number;
}

/** The accounts that a code's VAT goes to. Predefined names are those of `/3/predefinedaccounts`, numbers those of BAS. */
interface VatAccounts {
	owed?: Partial<Record<VatRate, VatAccount>>;
	deducted?: VatAccount;
}

function reverseCharge(kind: 'PRODUCT' | 'SERVICE' | 'CONSTRUCTION', deducted: number): VatAccounts {
	return {
		deducted: { predefined: `${kind}_DEB`, bas: deducted },
		owed: { 25: { predefined: `${kind}_CRE`, bas: 2614 }, 12: { bas: 2624 }, 6: { bas: 2634 } },
	};
}

function atThreeRates(at25: number): VatAccounts {
	return { owed: { 25: { bas: at25 }, 12: { bas: at25 + 10 }, 6: { bas: at25 + 20 } } };
}

const SALES_25: VatAccounts = { owed: { 25: { predefined: 'OUTVAT_MP1', bas: 2611 } } };
const SALES_12: VatAccounts = { owed: { 12: { predefined: 'OUTVAT_MP2', bas: 2621 } } };
const SALES_6: VatAccounts = { owed: { 6: { predefined: 'OUTVAT_MP3', bas: 2631 } } };
/** Fortnox has no predefined account for the VAT on imported goods, nor one that is deducted for it. */
const IMPORT_DEDUCTED: VatAccount = { bas: 2645 };

/** For each code of the table that books VAT. */
export const ACCOUNTS: ReadonlyMap<string, VatAccounts> = new Map<string, VatAccounts>([
	['MP1', SALES_25],
	['MP2', SALES_12],
	['MP3', SALES_6],
	['U1', SALES_25],
	['U2', SALES_12],
	['U3', SALES_6],
	['UT', atThreeRates(2612)],
	['BVMB', atThreeRates(2616)],
	['HFS', atThreeRates(2613)],
	['I', { deducted: { predefined: 'INVAT', bas: 2641 } }],
	['IVEU', reverseCharge('PRODUCT', 2645)],
	['ITEU', reverseCharge('SERVICE', 2645)],
	['ITGLOB', reverseCharge('SERVICE', 2645)],
	['IV', reverseCharge('CONSTRUCTION', 2647)],
	['IT', reverseCharge('CONSTRUCTION', 2647)],
	['UOS', reverseCharge('CONSTRUCTION', 2647)],
	['UEU', reverseCharge('PRODUCT', 2645)],
	['UTFU', reverseCharge('SERVICE', 2645)],
	['UI25', { deducted: IMPORT_DEDUCTED, owed: { 25: { bas: 2615 } } }],
	['UI12', { deducted: IMPORT_DEDUCTED, owed: { 12: { bas: 2625 } } }],
	['UI6', { deducted: IMPORT_DEDUCTED, owed: { 6: { bas: 2635 } } }],
]);

/** The company's predefined account of that name; nothing, null or 0 where it has chosen none. */
export type PredefinedAccount = (name: string) => number | null | undefined;

/**
 * The account for a code's VAT: the named one, else the company's predefined one, else BAS's. A predefined account that
 * by its BAS number belongs to another box (2615, imports, for VAT on goods from the EU) is not taken.
 */
export function accountOf(
	known: VatAccount | undefined,
	named: number | undefined,
	{ box, predefinedAccount }: { box: VatBox | undefined; predefinedAccount?: PredefinedAccount | undefined },
): { account: number; hints: string[] } {
	if (named !== undefined) return { account: named, hints: [] };
	const { predefined, bas } = known ?? { bas: 0 };
	if (predefined !== undefined && predefinedAccount === undefined) return { account: bas, hints: [] };
	const chosen = predefined === undefined ? undefined : predefinedAccount?.(predefined);
	const isChosen = chosen !== undefined && chosen !== null && chosen !== 0;
	const otherBox = isChosen ? boxOfBasNumber(chosen) : undefined;
	if (isChosen && (otherBox === undefined || otherBox === box)) return { account: chosen, hints: [] };
	const reason =
		predefined === undefined
			? 'Fortnox has no predefined account for this VAT'
			: isChosen
				? `The company's predefined account ${predefined} is ${chosen}, which by its number belongs to box ${otherBox ?? ''} of the VAT return and not to ${box ?? ''}`
				: `The company has chosen no predefined account ${predefined}`;
	return { account: bas, hints: [`${reason}; ${bas} was used, as in the BAS chart.`] };
}
