import { isVat } from '../ledger/accountTypes';
import { isOfOtherCurrency } from '../ledger/money';
import { booksVat, normalizedVatCode, VAT_TABLE } from '../ledger/vat';
import type { DraftLine } from './entryDraft';
import { isObject, type Findings } from './readObject';

/** What a line alone does not show, but its entry does. */

const AMOUNTS = ['debit', 'credit', 'amount'];

/** Amounts that name a currency (`100 kr`) are not converted from another one. In steps of one line. */
export function* refuseOtherCurrency(lines: unknown, currency: string, findings: Findings): Generator<undefined, void> {
	for (const [index, line] of Array.isArray(lines) ? lines.entries() : []) {
		yield;
		if (!isObject(line)) continue;
		const tax = isObject(line.tax_info) ? line.tax_info : {};
		const amounts = [...AMOUNTS.map((name) => [name, line[name]] as const), ['tax_info.tax_amount', tax.tax_amount] as const];
		for (const [name, written] of amounts) {
			if (!isOfOtherCurrency(written, currency)) continue;
			const field = `lines[${index}].${name}`;
			findings.add(
				'ERROR_DATA_VALIDATION',
				field,
				`${field}: "${String(written).trim()}" names another currency than the entry, which is in ${currency}. Give the amount in ${currency}, or name the amount's currency as that of the entry.`,
			);
		}
	}
}

/** A code of VAT on a line is only compared with its account's. Where no row has the VAT, it may have been left out. */
export function tellOfVatLeftOut(lines: readonly DraftLine[], findings: Findings): void {
	if (lines.some(({ account, tax }) => tax !== undefined || isVat(account))) return;
	const coded = lines.filter(({ taxCode }) => taxCode !== undefined && booksVat(VAT_TABLE.get(normalizedVatCode(taxCode))));
	const [first] = coded;
	if (first === undefined || coded.reduce((sum, { amount }) => sum + amount, 0) === 0) return;
	findings.hints.push(
		`${first.field}.tax_code: ${first.taxCode ?? ''} stands for VAT, and no row of the entry has any. The code was only compared with that of the account; give the VAT in tax_info, or as a row of its own.`,
	);
}
