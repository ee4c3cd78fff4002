import { readAccountNumber } from '../ledger/formats';
import { formatOre, readAmount, type Ore } from '../ledger/money';
import type { DraftTax } from './entryDraft';
import { isAbsent, isObject, locatorValue, parseIfText, type Findings } from './readObject';
import type { LineAccountType } from './types';

const TAX_FIELDS = ['tax_code', 'tax_amount', 'gross', 'vat_account', 'reversed_vat_account', 'description'] as const;

/**
 * Reads a line's `tax_info`, an object or its JSON text; undefined where nothing is meant, and where something is wrong,
 * which is noted.
 */
export function readTax(given: unknown, accountType: LineAccountType, field: string, findings: Findings): DraftTax | undefined {
	const tax = parseIfText(given, `${field}.tax_info`, findings);
	if (isAbsent(tax) || (isObject(tax) && Object.values(tax).every((value) => isAbsent(value) || value === 0 || value === false))) return undefined;
	if (!isObject(tax)) {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_info`, `${field}.tax_info: give an object with tax_code and tax_amount.`);
		return undefined;
	}
	findings.unknownFields(tax, TAX_FIELDS, `${field}.tax_info.`);
	if (accountType !== 'general_account') {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_info`, `${field}.tax_info: only lines on general accounts carry VAT.`);
	}
	const code = findings.text(tax.tax_code, `${field}.tax_info.tax_code`);
	if (code === undefined) {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_info.tax_code`, `${field}.tax_info.tax_code: give the VAT code, such as MP1.`);
	}
	const gross = readGross(tax.gross, `${field}.tax_info.gross`, findings);
	const amount = readTaxAmount(tax.tax_amount, gross, `${field}.tax_info.tax_amount`, findings);
	if (amount !== undefined && amount < 0) {
		findings.add(
			'ERROR_DEBIT_CREDIT_VALUE',
			`${field}.tax_info.tax_amount`,
			`${field}.tax_info.tax_amount: ${formatOre(amount)} is negative. The VAT follows the side of its line; give it without a sign.`,
		);
	}
	const account = (name: string): number | undefined =>
		findings.optional(locatorValue(tax[name]), readAccountNumber, `${field}.tax_info.${name}`);
	const vatAccount = account('vat_account');
	const reversedAccount = account('reversed_vat_account');
	const description = findings.text(tax.description, `${field}.tax_info.description`);
	if (code === undefined || (amount === undefined && !gross)) return undefined;
	return {
		code,
		...(amount !== undefined && { amount }),
		...(gross && { gross: true }),
		...(vatAccount !== undefined && { account: vatAccount }),
		...(reversedAccount !== undefined && { reversedAccount }),
		...(description !== undefined && { description }),
	};
}

/** With gross amounts an empty field, or the form's 0, leaves the VAT to the code's rate. */
function readTaxAmount(given: unknown, gross: boolean, field: string, findings: Findings): Ore | undefined {
	if (gross && (isAbsent(given) || given === 0)) return undefined;
	return findings.take(isAbsent(given) ? { problem: 'give the VAT amount.' } : readAmount(given), field);
}

function readGross(given: unknown, field: string, findings: Findings): boolean {
	const text = isAbsent(given) ? 'false' : String(given).trim().toLowerCase();
	if (text === 'true' || text === '1') return true;
	if (text !== 'false' && text !== '0') findings.add('ERROR_DATA_VALIDATION', field, `${field}: give true or false.`);
	return false;
}
