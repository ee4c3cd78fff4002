import { accountTypeOf, type AccountType } from '../ledger/accountTypes';
import type { Ore } from '../ledger/money';
import type { Problem, Reading } from '../ledger/problems';
import { normalizedVatCode, splitGross, VAT_TABLE, vatRows, type VatRow } from '../ledger/vat';
import type { DraftLine, DraftTax, VoucherRow } from './entryDraft';

/**
 * The VAT rows of a line, and what remains of the line's amount where that contains the VAT.
 *
 * @param predefinedAccounts the company's, by name; undefined where the credential is not allowed to read them
 */
export function vatOf(
	line: DraftLine,
	tax: DraftTax,
	predefinedAccounts: ReadonlyMap<string, number | null> | undefined,
): Reading<{ net: Ore; rows: VatRow[]; hints: string[] }, Problem> {
	const split = tax.gross ? splitGross(line.amount, tax) : { value: { net: line.amount, vat: tax.amount ?? 0 } };
	if (split.problem !== undefined) return split;
	const { net, vat } = split.value;
	const result = vatRows({
		code: tax.code,
		amount: vat,
		lineAmount: net,
		...(tax.rate !== undefined && { rate: tax.rate }),
		...(predefinedAccounts && { predefinedAccount: (name: string) => predefinedAccounts.get(name) }),
		...(tax.account !== undefined && { vatAccount: tax.account }),
		...(tax.reversedAccount !== undefined && { reversedVatAccount: tax.reversedAccount }),
	});
	if (result.problem !== undefined) return result;
	const problem = result.value.rows.length > 0 ? noBase(line.account, tax.code) : undefined;
	return problem === undefined ? { value: { ...result.value, net } } : { problem };
}

/** Accounts of what is paid with or still to be paid: what was bought or sold stands on another one. */
const PAID_WITH: Partial<Record<AccountType, string>> = {
	bank: 'the bank',
	cash: 'cash',
	receivable: 'receivables',
	payable: 'payables',
};

/** Why nothing on the account has VAT. A code that says which accounts its base stands on is compared with the chart instead. */
function noBase(account: number, code: string): Problem | undefined {
	const type = accountTypeOf(account);
	const refuse = (message: string): Problem => ({ code: 'ERROR_VAT_BASE_ACCOUNT', field: 'tax_code', message });
	if (type === 'vat') {
		return refuse(
			`account ${account} is itself an account of VAT, so this would be VAT on VAT. Leave the VAT out here, or give the account that it is on.`,
		);
	}
	const what = PAID_WITH[type];
	const { base, baseCodes } = VAT_TABLE.get(normalizedVatCode(code)) ?? {};
	if (what === undefined || base !== undefined || baseCodes !== undefined) return undefined;
	return refuse(
		`account ${account} is one of ${what}, and what is paid has no VAT of its own. Give the VAT (${code}) on the line of what was bought or sold, such as the cost.`,
	);
}

/** The VAT code that a line names, for the comparison with its account's. */
export function vatBaseOf({ taxCode, tax }: DraftLine): VoucherRow['vatBase'] {
	if (tax !== undefined)
		return { code: tax.code, field: 'tax_info.tax_code', ...(tax.account !== undefined && { vatAccount: tax.account }) };
	return taxCode === undefined ? undefined : { code: taxCode, field: 'tax_code' };
}
