import { formatOre, type Ore } from './money';
import type { Problem } from './problems';

/** An account for VAT: the name under which the company has chosen one, and BAS's, where it has not. */
interface VatAccount {
	predefined?: string;
	bas: number;
}

/**
 * What a VAT code of Fortnox means for a line that carries a VAT amount.
 *
 * - `sale`, `purchase`: one VAT row on the line's own side. A sale is in credit and so is its VAT; a purchase is in
 *   debit and so is its VAT; on a credit note the line is on the other side, and the VAT follows it.
 * - `reverse`: the buyer reports the VAT in place of the seller, and deducts it: one row on the line's side (deducted)
 *   and one on the other (owed). They make zero.
 * - `none`: the code stands for a transaction without VAT.
 *
 * `rate` is the percentage of the accounts, where they stand for one.
 */
type VatTreatment =
	| { kind: 'sale' | 'purchase'; account: VatAccount; rate?: number }
	| { kind: 'reverse'; deducted: VatAccount; owed: VatAccount; rate: number }
	| { kind: 'none' };

const NO_VAT: VatTreatment = { kind: 'none' };

function sale(bas: number, rate?: number, predefined?: string): VatTreatment {
	return {
		kind: 'sale',
		account: { bas, ...(predefined !== undefined && { predefined }) },
		...(rate !== undefined && { rate }),
	};
}

function reverse(kind: 'PRODUCT' | 'SERVICE' | 'CONSTRUCTION', deducted: number): VatTreatment {
	return {
		kind: 'reverse',
		deducted: { predefined: `${kind}_DEB`, bas: deducted },
		owed: { predefined: `${kind}_CRE`, bas: 2614 },
		rate: 25,
	};
}

/** Fortnox has no predefined account for the VAT on imported goods. */
function importOfGoods(owed: number, rate: number): VatTreatment {
	return { kind: 'reverse', deducted: { bas: 2645 }, owed: { bas: owed }, rate };
}

/**
 * The VAT codes that Fortnox ships (`VATCode` of an account), by the box of the VAT return that they feed.
 * Predefined account names are those of `/3/predefinedaccounts`, BAS numbers those of the BAS chart.
 * Codes that a company adds itself, and those of accounts that only the VAT report posts to, are not among them.
 */
const TREATMENTS: ReadonlyMap<string, VatTreatment> = new Map([
	// Sales with VAT, boxes 05–08, and the accounts of that VAT, boxes 10–12
	['MP1', sale(2611, 25, 'OUTVAT_MP1')],
	['MP2', sale(2621, 12, 'OUTVAT_MP2')],
	['MP3', sale(2631, 6, 'OUTVAT_MP3')],
	['U1', sale(2611, 25, 'OUTVAT_MP1')],
	['U2', sale(2621, 12, 'OUTVAT_MP2')],
	['U3', sale(2631, 6, 'OUTVAT_MP3')],
	['UT', sale(2612, 25)],
	// The margin scheme: its VAT is not a percentage of the sale.
	['BVMB', sale(2616)],
	['HFS', sale(2613, 25)],
	// Purchases with VAT, box 48
	['I', { kind: 'purchase', account: { predefined: 'INVAT', bas: 2641 } }],
	// Purchases with reverse charge: goods from the EU 20, services from the EU 21 and elsewhere 22, Sweden 23–24
	['IVEU', reverse('PRODUCT', 2645)],
	['ITEU', reverse('SERVICE', 2645)],
	['ITGLOB', reverse('SERVICE', 2645)],
	['IV', reverse('CONSTRUCTION', 2647)],
	['IT', reverse('CONSTRUCTION', 2647)],
	// Imported goods, boxes 60–62
	['UI25', importOfGoods(2615, 25)],
	['UI12', importOfGoods(2625, 12)],
	['UI6', importOfGoods(2635, 6)],
	// Without VAT, boxes 35–42; the basis of import VAT, 50; settlement of VAT, 49
	['VTEU', NO_VAT],
	['E', NO_VAT],
	['3VEU', NO_VAT],
	['3FEU', NO_VAT],
	['FTEU', NO_VAT],
	['ÖTEU', NO_VAT],
	['OTTU', NO_VAT],
	['MF', NO_VAT],
	['BI', NO_VAT],
	['R1', NO_VAT],
	['R2', NO_VAT],
]);

/** The VAT codes that can be named, in the order of the table. */
export const VAT_CODES: readonly string[] = [...TREATMENTS.keys()];

/** A VAT amount larger than this off its rate is worth a word; rounding per invoice row stays below. In öre. */
const RATE_TOLERANCE: Ore = 100;

export interface VatInput {
	code: string;
	/** The VAT, not negative; in the currency of the line. */
	amount: Ore;
	/** The line that the VAT belongs to: + debit, − credit. Its side decides the side of the VAT. */
	lineAmount: Ore;
	/**
	 * The company's predefined account of that name; nothing, null or 0 where it has chosen none. Absent where the
	 * company's choices are not known, which is for the caller to tell.
	 */
	predefinedAccount?: (name: string) => number | null | undefined;
	/** Named by the user; takes the place of the predefined account (with reverse charge: of the deducted VAT). */
	vatAccount?: number;
	/** Named by the user; with reverse charge, takes the place of the account of the owed VAT. */
	reversedVatAccount?: number;
}

/** + debit, − credit. */
export interface VatRow {
	account: number;
	amount: Ore;
}

/**
 * The rows that a line's VAT makes: one on the line's side, two with reverse charge, none for an amount of zero.
 * Problems name the fields of the unified model's `tax_info`.
 */
export function vatRows(input: VatInput): { rows: VatRow[]; hints: string[] } | { problem: Problem } {
	const code = normalized(input.code);
	const treatment = TREATMENTS.get(code);
	if (treatment === undefined) return { problem: unknownCode(input.code) };
	if (input.amount < 0) {
		return refuse('tax_amount', 'The VAT amount is negative; give it without a sign, it follows its line.');
	}
	if (input.reversedVatAccount !== undefined && treatment.kind !== 'reverse') {
		return refuse('reversed_vat_account', `VAT code ${code} has no reverse charge; leave this account out.`);
	}
	if (input.amount === 0) {
		const hints = treatment.kind === 'none' ? [] : [`VAT code ${code} came with a VAT amount of 0, so no VAT was booked.`];
		return { rows: [], hints };
	}
	if (treatment.kind === 'none') {
		return refuse('tax_amount', `VAT code ${code} stands for a transaction without VAT; the VAT amount must be 0.`);
	}

	const hints: string[] = [];
	const resolve = (account: VatAccount, named: number | undefined): number =>
		named ?? chosenAccount(account, input.predefinedAccount, hints);
	const signed = input.lineAmount < 0 ? -input.amount : input.amount;
	const rows: VatRow[] =
		treatment.kind === 'reverse'
			? [
					{ account: resolve(treatment.deducted, input.vatAccount), amount: signed },
					{ account: resolve(treatment.owed, input.reversedVatAccount), amount: -signed },
				]
			: [{ account: resolve(treatment.account, input.vatAccount), amount: signed }];
	const named = treatment.kind === 'reverse' ? input.reversedVatAccount : input.vatAccount;
	if (named === undefined && treatment.rate !== undefined) {
		hints.push(...rateHint(code, treatment.rate, input));
	}
	return { rows, hints };
}

function chosenAccount(
	{ predefined, bas }: VatAccount,
	predefinedAccount: VatInput['predefinedAccount'],
	hints: string[],
): number {
	if (predefined !== undefined && predefinedAccount === undefined) return bas;
	const chosen = predefined === undefined ? undefined : predefinedAccount?.(predefined);
	if (chosen !== undefined && chosen !== null && chosen !== 0) return chosen;
	const reason =
		predefined === undefined
			? 'Fortnox has no predefined account for this VAT'
			: `The company has chosen no predefined account ${predefined}`;
	hints.push(`${reason}; ${bas} was used, as in the BAS chart.`);
	return bas;
}

/** The accounts stand for a rate; VAT of another rate on them would go into the wrong box of the VAT return. */
function rateHint(code: string, rate: number, { amount, lineAmount }: VatInput): string[] {
	const expected = Math.round((Math.abs(lineAmount) * rate) / 100);
	if (Math.abs(amount - expected) <= RATE_TOLERANCE) return [];
	return [
		`VAT code ${code} is for ${rate} %, which of ${formatOre(Math.abs(lineAmount))} is ${formatOre(expected)}, ` +
			`not ${formatOre(amount)}; name the VAT account if the rate is another.`,
	];
}

/**
 * Checks a VAT code that a line names without a VAT amount against the account's own code: Fortnox reports by the
 * account, so a different code could not be kept. A code that is neither known nor the account's own is not found.
 */
export function checkTaxCode(code: string, accountVatCode: string | null | undefined): Problem | undefined {
	const given = normalized(code);
	const own = normalized(accountVatCode ?? '');
	if (given === own) return undefined;
	if (!TREATMENTS.has(given)) return unknownCode(code);
	const actual = own === '' ? 'The account has no VAT code' : `The account has the VAT code ${own}`;
	return {
		code: 'ERROR_DATA_VALIDATION',
		field: 'tax_code',
		message:
			`${actual}, not ${given}, and Fortnox reports VAT by the account's code. ` +
			`Use an account with ${given}, or leave the code out.`,
	};
}

function unknownCode(code: string): Problem {
	return {
		code: 'ERROR_TAX_CODE_NOT_FOUND',
		field: 'tax_code',
		message: `"${code}" is not a VAT code; use one of ${VAT_CODES.join(', ')}.`,
	};
}

function refuse(field: string, message: string): { problem: Problem } {
	return { problem: { code: 'ERROR_DATA_VALIDATION', field, message } };
}

/** `Ö` can come as one character or as two. */
function normalized(code: string): string {
	return code.normalize('NFC').trim().toUpperCase();
}
