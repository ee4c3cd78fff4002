import { formatOre, type Ore } from '../money';
import type { Problem, Reading } from '../problems';
import { ratesOf, tolerance } from './rates';
import { booksVat, unknownCode } from './rows';
import { normalizedVatCode, VAT_TABLE } from './table';

/** What a line says of the VAT that its amount contains. */
export interface GrossTax {
	code: string;
	/** The VAT, where it is given. */
	amount?: Ore;
	/** The account that the user names for it; without one, a code has to be one of Fortnox's. */
	account?: number;
}

/**
 * Splits an amount with VAT into the amount without it and the VAT (not negative), to the öre. The VAT is the given one,
 * or what the code's rate makes of the amount.
 *
 * @param gross + debit, − credit
 */
export function splitGross(gross: Ore, { code, amount: given, account }: GrossTax): Reading<{ net: Ore; vat: Ore }, Problem> {
	const name = normalizedVatCode(code);
	const facts = VAT_TABLE.get(name);
	if (facts === undefined && account === undefined) return { problem: unknownCode(code) };
	if (facts?.owed !== undefined && facts.deducted !== undefined) {
		return refuse(
			'gross',
			`with VAT code ${name} the buyer owes the VAT, so no price contains it. Leave gross out and give the amount as it is.`,
		);
	}
	if (!booksVat(facts)) return refuse('gross', `VAT code ${name} stands for a transaction without VAT; leave gross out.`);
	const size = Math.abs(gross);
	const implied = impliedIn(size, ratesOf(facts?.owed ?? {}));
	const vat = given ?? implied?.vat;
	if (vat === undefined) return refuse('tax_amount', `VAT code ${name} has no rate of its own. Give the VAT that the amount contains.`);
	if (vat === 0 && implied !== undefined && implied.vat > tolerance(size)) {
		return refuse(
			'tax_amount',
			`VAT code ${name} is for ${implied.rate} %, of which ${formatOre(size)} contains ${formatOre(implied.vat)}, not 0. Correct the VAT or the code, or leave the VAT amount empty, so that it is computed.`,
		);
	}
	if (vat < 0 || vat >= size) return refuse('tax_amount', `${formatOre(vat)} is no VAT that ${formatOre(size)} can contain.`);
	return { value: { net: Math.sign(gross) * (size - vat), vat } };
}

/** The VAT that an amount contains at a code's rate; undefined where the code has none, or several. */
function impliedIn(size: Ore, rates: readonly number[]): { rate: number; vat: Ore } | undefined {
	const [rate, another] = rates;
	if (rate === undefined || another !== undefined) return undefined;
	return { rate, vat: Math.round((size * rate) / (100 + rate)) };
}

function refuse(field: string, message: string): { problem: Problem } {
	return { problem: { code: 'ERROR_DATA_VALIDATION', field, message } };
}
