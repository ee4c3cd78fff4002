import { accountTypeOf } from '../ledger/accountTypes';
import type { Ore } from '../ledger/money';
import type { Problem, Reading } from '../ledger/problems';
import { splitGross, vatRows, type VatRow } from '../ledger/vat';
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
	const isOnVat = accountTypeOf(line.account) === 'vat' && result.value.rows.length > 0;
	return isOnVat ? { problem: vatOnVat(line.account) } : { value: { ...result.value, net } };
}

function vatOnVat(account: number): Problem {
	const message = `account ${account} is itself an account of VAT, so this would be VAT on VAT. Leave the VAT out here, or give the account that it is on.`;
	return { code: 'ERROR_VAT_BASE_ACCOUNT', field: 'tax_code', message };
}

/** The VAT code that a line names, for the comparison with its account's. */
export function vatBaseOf({ taxCode, tax }: DraftLine): VoucherRow['vatBase'] {
	if (tax !== undefined)
		return { code: tax.code, field: 'tax_info.tax_code', ...(tax.account !== undefined && { vatAccount: tax.account }) };
	return taxCode === undefined ? undefined : { code: taxCode, field: 'tax_code' };
}
