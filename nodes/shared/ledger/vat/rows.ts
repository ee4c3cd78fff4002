import { isVat } from '../accountTypes';
import { formatOre, type Ore } from '../money';
import type { Problem, Reading } from '../problems';
import { accountOf, ACCOUNTS, type PredefinedAccount } from './accounts';
import { SETTLEMENT_NUMBERS } from './places';
import { rateOf, ratesOf, share, tolerance } from './rates';
import { boxOfBasNumber, normalizedVatCode, VAT_CODES, VAT_RATES, VAT_TABLE, type VatBox, type VatCode, type VatRate } from './table';

export interface VatInput {
	code: string;
	/** The VAT, not negative; in the currency of the line. */
	amount: Ore;
	/** The line that the VAT belongs to, without VAT: + debit, − credit. Its side decides the side of the VAT. */
	lineAmount: Ore;
	/** Absent where the company's choices are not known, which is for the caller to tell. */
	predefinedAccount?: PredefinedAccount;
	/** The rate that the user says beside the code; the amount must be that of the line. */
	rate?: VatRate;
	/** Named by the user; takes the place of the predefined account (with reverse charge: of the deducted VAT). */
	vatAccount?: number;
	/** Named by the user; with reverse charge, takes the place of the account of the owed VAT. */
	reversedVatAccount?: number;
}

/** + debit, − credit. */
export interface VatRow {
	account: number;
	amount: Ore;
	/** The box of the VAT return that the amount belongs in; absent for a company's own codes. */
	box?: VatBox;
}

/** Rows, and what to tell the user about them. */
type VatRows = Reading<{ rows: VatRow[]; hints: string[] }, Problem>;

/**
 * The rows that a line's VAT makes, none for an amount of zero:
 *
 * - a sale or a purchase: one on the line's own side. A sale is in credit and so is its VAT; on a credit note the line
 *   is on the other side, and the VAT follows it;
 * - reverse charge and import, where the buyer owes the VAT and deducts it: one on the line's side (deducted) and one on
 *   the other (owed). They make zero. The rate, and with it the account, follows from the amounts;
 * - a company's own code: one on the line's side, on the account that the user names. Whether the company has the code
 *   is for the caller to find out.
 *
 * Problems name the fields of the unified model's `tax_info`.
 */
export function vatRows(input: VatInput): VatRows {
	const code = normalizedVatCode(input.code);
	const facts = VAT_TABLE.get(code);
	const problem = problemOf(input, code, facts);
	if (problem !== undefined) return { problem };
	const contradiction = contradictionOf(input, code, facts);
	if (contradiction !== undefined) return refuse('tax_amount', contradiction);
	if (input.amount === 0) {
		const hints = booksVat(facts) ? [`VAT code ${code} came with a VAT amount of 0, so no VAT was booked.`] : [];
		return { value: { rows: [], hints } };
	}
	const result = facts === undefined ? ownRow(input) : rowsOfCode(input, code, facts);
	if (result.problem !== undefined) return result;
	const stray = result.value.rows.find(({ account }) => !isVat(account));
	if (stray === undefined) return { value: { ...result.value, hints: [...result.value.hints, ...settlementHint(input)] } };
	const field = stray.account === input.reversedVatAccount ? 'reversed_vat_account' : 'vat_account';
	return refuse(field, `${stray.account} is not a VAT account. VAT goes to an account of 2600–2699 or 1650–1659.`);
}

/** An entry with a row on such an account is taken for a settlement, which is no part of a VAT return. */
function settlementHint({ vatAccount, reversedVatAccount }: VatInput): string[] {
	const account = [vatAccount, reversedVatAccount].find((named) => named !== undefined && SETTLEMENT_NUMBERS.includes(named));
	if (account === undefined) return [];
	return [
		`The VAT account ${account} holds the settlement of VAT returns: an entry on it is in no box of the return. Name the account of the VAT itself, or leave it empty.`,
	];
}

function problemOf(input: VatInput, code: string, facts: VatCode | undefined): Problem | undefined {
	if (facts === undefined && input.vatAccount === undefined) return unknownCode(input.code);
	if (input.amount < 0) return problem('tax_amount', 'The VAT amount is negative; give it without a sign, it follows its line.');
	if (input.reversedVatAccount !== undefined && (facts?.owed === undefined || facts.deducted === undefined)) {
		return problem('reversed_vat_account', `VAT code ${code} has no reverse charge; leave this account out.`);
	}
	if (input.amount !== 0 && !booksVat(facts)) {
		return problem('tax_amount', `VAT code ${code} stands for a transaction without VAT; the VAT amount must be 0.`);
	}
	return undefined;
}

/** Why the VAT is not that of the rate which the user says, or which a code of sales stands for. */
function contradictionOf(input: VatInput, code: string, facts: VatCode | undefined): string | undefined {
	const { amount, lineAmount, rate: said, vatAccount } = input;
	const [only, ...others] = ratesOf(facts?.owed ?? {});
	const isSale = facts?.deducted === undefined && others.length === 0;
	const rate = said ?? (isSale && amount !== 0 && !saysOtherRate(vatAccount, only) ? only : undefined);
	const base = Math.abs(lineAmount);
	if (rate === undefined || Math.abs(amount - share(base, rate)) <= tolerance(base)) return undefined;
	const is = `${rate} %, which of ${formatOre(base)} is ${formatOre(share(base, rate))}, not ${formatOre(amount)}`;
	return said === undefined
		? `VAT code ${code} is for ${is}. Correct the VAT, use the code of its rate, or name the VAT account if the rate is another.`
		: `${code} ${rate} says ${is}. Correct the VAT or the rate, or leave the VAT amount empty, so that it is computed.`;
}

/** Whether the user names the account of another rate than the code's own. */
function saysOtherRate(vatAccount: number | undefined, rate: VatRate | undefined): boolean {
	const box = outputBoxOf(vatAccount);
	return box !== undefined && RATE_OF_BOX[box] !== rate;
}

/** A company's own code does; it is known by its account alone. */
export function booksVat(facts: VatCode | undefined): boolean {
	return facts === undefined || facts.owed !== undefined || facts.deducted !== undefined;
}

function ownRow({ vatAccount, amount, lineAmount }: VatInput): VatRows {
	return { value: { rows: [{ account: vatAccount ?? 0, amount: onSideOf(lineAmount, amount) }], hints: [] } };
}

function rowsOfCode(input: VatInput, code: string, facts: VatCode): VatRows {
	if (facts.owed === undefined) return inputVat(input, code, facts);
	return facts.deducted === undefined ? outputVat(input, code, facts) : reversedVat(input, code, facts);
}

function inputVat(input: VatInput, code: string, { deducted: box }: VatCode): VatRows {
	const { amount, lineAmount } = input;
	const base = Math.abs(lineAmount);
	if (amount > share(base, 25) + tolerance(base)) {
		return refuse('tax_amount', `${formatOre(amount)} is more than 25 % of the base ${formatOre(base)}. Correct the VAT or the base.`);
	}
	if (input.vatAccount !== undefined && isOwedAccount(input.vatAccount)) {
		return refuse(
			'vat_account',
			`${input.vatAccount} is an account of owed VAT, and VAT code ${code} stands for VAT that is deducted, such as on 2641. Correct the account or the code.`,
		);
	}
	const { account, hints } = accountOf(ACCOUNTS.get(code)?.deducted, input.vatAccount, { box, ...input });
	return { value: { rows: [{ account, amount: onSideOf(lineAmount, amount), ...(box && { box }) }], hints } };
}

function outputVat(input: VatInput, code: string, { owed = {} }: VatCode): VatRows {
	const rates = ratesOf(owed);
	const [only] = rates;
	const rate = rates.length === 1 || code === MARGIN_SCHEME ? only : rateOf(input);
	if (rate === undefined) return noRate(input);
	if (input.vatAccount !== undefined && boxOfBasNumber(input.vatAccount) === '48') {
		return refuse(
			'vat_account',
			`${input.vatAccount} is an account of deducted VAT, and VAT code ${code} stands for VAT that is owed, such as on 2611. Correct the account or the code.`,
		);
	}
	const namedBox = outputBoxOf(input.vatAccount);
	const box = namedBox ?? owed[rate];
	const contradiction = namedBox === undefined || code === MARGIN_SCHEME ? undefined : otherRateThanNamed(RATE_OF_BOX[namedBox], input);
	if (contradiction !== undefined) return refuse('vat_account', contradiction);
	const { account, hints } = accountOf(ACCOUNTS.get(code)?.owed?.[rate], input.vatAccount, { box, ...input });
	return { value: { rows: [{ account, amount: onSideOf(input.lineAmount, input.amount), ...(box && { box }) }], hints } };
}

/** Boxes of output VAT on sales. */
const RATE_OF_BOX = { 10: 25, 11: 12, 12: 6 } as const satisfies Record<number, VatRate>;

/** A user who names the account of another rate says that the rate is that one. */
function outputBoxOf(account: number | undefined): '10' | '11' | '12' | undefined {
	const box = account === undefined ? undefined : boxOfBasNumber(account);
	return box === '10' || box === '11' || box === '12' ? box : undefined;
}

/** Its VAT is a share of the margin, not of the sale: the amounts don't tell the rate, 25 % is the rule. */
const MARGIN_SCHEME = 'BVMB';

function reversedVat(input: VatInput, code: string, { owed = {}, deducted, baseCodes }: VatCode): VatRows {
	const rate = rateOf(input);
	if (rate === undefined) return noRate(input);
	const box = owed[rate];
	if (box === undefined)
		return refuse('tax_code', `The amounts say ${rate} %, and ${code} stands for ${ratesOf(owed)[0] ?? 0} %. Use the code of that rate.`);
	const named = namedAccounts(input, baseCodes !== undefined);
	const accounts = ACCOUNTS.get(code);
	const forDeducted = accountOf(accounts?.deducted, named.deducted, { box: deducted, ...input });
	const forOwed = accountOf(accounts?.owed?.[rate], named.owed, { box, ...input });
	if (isOwedAccount(forDeducted.account)) {
		return refuse(
			'vat_account',
			`${forDeducted.account} is an account of owed VAT, and with reverse charge vat_account is that of the deducted VAT. Name it in reversed_vat_account.`,
		);
	}
	const amount = onSideOf(input.lineAmount, input.amount);
	const rows = [
		{ account: forDeducted.account, amount, ...(deducted && { box: deducted }) },
		{ account: forOwed.account, amount: -amount, box },
	];
	return { value: { rows, hints: [...forDeducted.hints, ...forOwed.hints] } };
}

/** A code that names accounts of owed VAT, such as UTFU, takes such an account as its `vat_account` too. */
function namedAccounts({ vatAccount, reversedVatAccount }: VatInput, isCodeOfOwed: boolean): { deducted?: number; owed?: number } {
	if (isCodeOfOwed && reversedVatAccount === undefined && vatAccount !== undefined && isOwedAccount(vatAccount))
		return { owed: vatAccount };
	return { deducted: vatAccount, owed: reversedVatAccount };
}

function isOwedAccount(account: number): boolean {
	const box = boxOfBasNumber(account);
	return box !== undefined && box !== '48' && isVat(account);
}

function noRate({ amount, lineAmount }: VatInput): { problem: Problem } {
	const base = Math.abs(lineAmount);
	const expected = VAT_RATES.map((rate) => `${formatOre(share(base, rate))} (${rate} %)`).join(', ');
	return refuse(
		'tax_amount',
		`${formatOre(amount)} is none of the rates of ${formatOre(base)}: ${expected}. Correct the VAT, or divide the line by rate.`,
	);
}

/** VAT of another rate than that of the account which the user names would go into the wrong box of the VAT return. */
function otherRateThanNamed(rate: VatRate, { amount, lineAmount, vatAccount }: VatInput): string | undefined {
	const base = Math.abs(lineAmount);
	const expected = share(base, rate);
	if (Math.abs(amount - expected) <= tolerance(base)) return undefined;
	const is = `${rate} %, which of ${formatOre(base)} is ${formatOre(expected)}, not ${formatOre(amount)}`;
	return `${vatAccount ?? ''} is the account of ${is}. Correct the VAT account or the VAT amount.`;
}

function onSideOf(lineAmount: Ore, amount: Ore): Ore {
	return lineAmount < 0 ? -amount : amount;
}

/** The error for a code that neither Fortnox ships nor the user has named an account for. */
export function unknownCode(code: string): Problem {
	return {
		code: 'ERROR_TAX_CODE_NOT_FOUND',
		field: 'tax_code',
		message: `"${code}" is not one of Fortnox's VAT codes (${VAT_CODES.join(', ')}). Correct it; if it is a code of the company's own, add vat_account, the account that its VAT goes to.`,
	};
}

function problem(field: string, message: string): Problem {
	return { code: 'ERROR_DATA_VALIDATION', field, message };
}

function refuse(field: string, message: string): { problem: Problem } {
	return { problem: problem(field, message) };
}
