import { readAccountNumber } from '../ledger/formats';
import { formatOre, readAmount, type Ore } from '../ledger/money';
import { impliedVat, normalizedVatCode, readVatChoice, type VatRate } from '../ledger/vat';
import type { DraftTax } from './entryDraft';
import { isAbsent, isObject, locatorValue, parseIfText, type Findings } from './readObject';
import type { LineAccountType } from './types';

const TAX_FIELDS = ['tax_code', 'tax_amount', 'gross', 'vat_account', 'reversed_vat_account', 'description'] as const;

/** What of a line its VAT is read by. */
interface TaxedLine {
	accountType: LineAccountType;
	amount: Ore | undefined;
	taxCode: LineTaxCode | undefined;
}

/**
 * Reads a line's `tax_info`, an object or its JSON text; undefined where nothing is meant, and where something is wrong,
 * which is noted.
 */
export function readTax(
	given: unknown,
	{ accountType, amount: lineAmount, taxCode }: TaxedLine,
	field: string,
	findings: Findings,
): DraftTax | undefined {
	const tax = parseIfText(given, `${field}.tax_info`, findings);
	if (isAbsent(tax)) return undefined;
	if (!isObject(tax)) {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_info`, `${field}.tax_info: give an object with tax_code and tax_amount.`);
		return undefined;
	}
	if (saysNothing(tax)) {
		// An empty text is what an expression within JSON leaves where it gives nothing.
		if (typeof tax.tax_code === 'string')
			findings.hints.push(`${field}.tax_info: tax_code is empty, so the line has no VAT. Leave tax_info out where that is meant.`);
		return undefined;
	}
	findings.unknownFields(tax, TAX_FIELDS, `${field}.tax_info.`);
	if (accountType !== 'general_account') {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_info`, `${field}.tax_info: only lines on general accounts carry VAT.`);
	}
	const chosen = readRequiredCode(tax.tax_code, `${field}.tax_info.tax_code`, findings);
	const choice = chosen && withRateOf(taxCode, chosen, field, findings);
	const gross = readGross(tax.gross, `${field}.tax_info.gross`, findings);
	const amount = readTaxAmount(tax.tax_amount, choice && { ...choice, gross, lineAmount }, `${field}.tax_info.tax_amount`, findings);
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
	if (choice === undefined || (amount === undefined && !gross)) return undefined;
	return {
		code: choice.code,
		...(choice.rate !== undefined && { rate: choice.rate }),
		...(amount !== undefined && { amount }),
		...(gross && { gross: true }),
		...(vatAccount !== undefined && { account: vatAccount }),
		...(reversedAccount !== undefined && { reversedAccount }),
		...(description !== undefined && { description }),
	};
}

function saysNothing(tax: Readonly<Record<string, unknown>>): boolean {
	return Object.values(tax).every((value) => isAbsent(value) || value === 0 || value === false);
}

/** A VAT code, and the rate that is said with it. */
interface LineTaxCode {
	code: string;
	rate?: VatRate;
}

/** The code that a line names beside its account; undefined where there is none, and where it is no code, which is noted. */
export function readTaxCode(given: unknown, field: string, findings: Findings): LineTaxCode | undefined {
	const written = findings.text(given, field);
	return written === undefined ? undefined : takeCode(written, field, findings);
}

function readRequiredCode(given: unknown, field: string, findings: Findings): LineTaxCode | undefined {
	const written = findings.text(locatorValue(given), field);
	if (written !== undefined) return takeCode(written, field, findings);
	findings.add('ERROR_DATA_VALIDATION', field, `${field}: give the VAT code, such as I for a purchase or MP1 for a sale at 25 %.`);
	return undefined;
}

function takeCode(written: string, field: string, findings: Findings): LineTaxCode | undefined {
	return findings.take(readVatChoice(written), field, 'ERROR_TAX_CODE_NOT_FOUND');
}

/** The code of `tax_info`, with the rate that may be said with the line's own code alone; that two differ is noted. */
function withRateOf(taxCode: LineTaxCode | undefined, choice: LineTaxCode, field: string, findings: Findings): LineTaxCode {
	if (taxCode === undefined) return choice;
	const isOtherRate = taxCode.rate !== undefined && choice.rate !== undefined && taxCode.rate !== choice.rate;
	if (isOtherRate || normalizedVatCode(taxCode.code) !== normalizedVatCode(choice.code)) {
		const [here, there] = [taxCode, choice].map(({ code, rate }) => (rate === undefined ? code : `${code} ${rate}`));
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${field}.tax_code`,
			`${field}.tax_code: the line names ${here ?? ''} here and ${there ?? ''} in tax_info. Give one code.`,
		);
	}
	return { ...taxCode, ...choice };
}

/** What tells the VAT of a line where no amount of it was given. */
interface Untold extends LineTaxCode {
	gross: boolean;
	/** Undefined where it can't be read, which is noted elsewhere. */
	lineAmount: Ore | undefined;
}

/**
 * The VAT as it was given, 0 included, or what the rate makes of the line's amount. With gross amounts a code of one rate
 * is left to the division.
 */
function readTaxAmount(given: unknown, untold: Untold | undefined, field: string, findings: Findings): Ore | undefined {
	const isGross = untold?.gross === true;
	if (!isAbsent(given)) return findings.take(readAmount(given), field);
	if (untold === undefined || untold.lineAmount === undefined || (isGross && untold.rate === undefined)) return undefined;
	const implied = impliedVat(untold, untold.lineAmount, isGross);
	return (
		implied ??
		findings.take(
			{ problem: `${untold.code} alone does not tell the VAT. Give the VAT amount, or the rate with the code, such as 'I 25'.` },
			field,
		)
	);
}

function readGross(given: unknown, field: string, findings: Findings): boolean {
	const text = isAbsent(given) ? 'false' : String(given).trim().toLowerCase();
	if (text === 'true' || text === '1') return true;
	if (text !== 'false' && text !== '0') findings.add('ERROR_DATA_VALIDATION', field, `${field}: give true or false.`);
	return false;
}
