import { formatOre, readAmount, toSek, type Ore } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { impliedVat, normalizedVatCode, readVatChoice, VAT_TABLE } from '../../../ledger/vat';
import { isAbsent, plainText } from '../../../unified/readObject';
import { giveWay } from '../../../turns';
import { plainFor } from './currencies';
import { HEADINGS, VAT_IN_GROSS, VAT_RATE } from './headings';

type Row = Readonly<Record<string, unknown>>;

/**
 * VAT beside an amount without VAT would not be booked, and the entry would balance all the same.
 *
 * @throws {LedgerError} that names the column
 */
export async function refuseUnusedVat(rows: readonly Row[], columns: readonly string[]): Promise<void> {
	const vatColumn = columns.find((name) => HEADINGS[VAT_IN_GROSS]?.includes(plainFor(VAT_IN_GROSS, name)));
	if (vatColumn === undefined) return;
	for (const [index, row] of rows.entries()) {
		await giveWay();
		const vat = row[vatColumn];
		if (isAbsent(vat) || !isAbsent(row.gross_amount)) continue;
		const amount = readAmount(vat);
		if (amount.problem === undefined && amount.value === 0) continue;
		throw refusal(
			index,
			`the row has '${plainText(vat)}' in its column '${vatColumn}', and no amount that contains it, so that VAT would not be booked. Give the amount with VAT in a column 'Gross' (Brutto) in place of the other one, make a row of the VAT, or take the column out of the items.`,
		);
	}
}

/**
 * A row's gross amount becomes the line's amount that contains the VAT of its code, or the VAT that stands beside it. An
 * amount without VAT beside it must be what the two leave; the gross amount then stands on its side.
 *
 * @throws {LedgerError} where there is no VAT code, or the columns of a row contradict each other
 */
export function withGross(row: Row, index: number, hint: (message: string) => void): Row {
	const { gross_amount: gross, [VAT_IN_GROSS]: given, [VAT_RATE]: rate, ...line } = row;
	if (isAbsent(gross)) return line;
	if (isAbsent(line.tax_code)) {
		throw refusal(
			index,
			'the row has an amount with VAT and no VAT code, by which the VAT could be taken out of it. Give the code, or the amount without VAT.',
		);
	}
	const code = isAbsent(rate) ? line.tax_code : withRate(plainText(line.tax_code), rate, index);
	const vat = isAbsent(given) ? undefined : withoutSharedSign(given, gross);
	if (looksLikeRate(vat, gross))
		hint(
			`lines[${index}].tax_info.tax_amount: ${plainText(vat)} was taken as an amount of VAT. If it is the rate, call the column 'Moms %', or write the rate behind the VAT code.`,
		);
	const { debit, credit, amount, ...rest } = line;
	return {
		...rest,
		...(line.tax_code !== code && { tax_code: code }),
		amount: onSideOfNet({ debit, credit, amount }, gross, { code: plainText(code), vat }, index),
		tax_info: { tax_code: code, gross: true, ...(vat !== undefined && { tax_amount: vat }) },
	};
}

/** The code with the rate of its own column behind it, where both are said. */
function withRate(code: string, given: unknown, index: number): string {
	const written = /^(\d{1,2})(?:[.,]0{1,4})?$|^0[.,](\d\d?)0{0,4}$/.exec(plainText(given).replace(/ ?%$/, ''));
	const rate = Number(written?.[1] ?? (written?.[2] ?? '').padEnd(2, '0'));
	const field = `lines[${index}].${VAT_RATE}`;
	const refused = (message: string): LedgerError =>
		new LedgerError({ code: 'ERROR_DATA_VALIDATION', field, message: `${field}: ${message}` });
	if (written === null) throw refused(`'${plainText(given)}' is no rate of VAT. Give 25, 12, 6 or 0.`);
	const own = readVatChoice(code).value;
	const said = own?.rate ?? rate;
	if (said !== rate) throw refused(`the row says ${rate} %, and its VAT code '${code}' another rate. Correct one of them.`);
	if (own?.rate !== undefined) return code;
	if (rate !== 0) return VAT_TABLE.has(normalizedVatCode(code)) ? `${code} ${rate}` : code;
	if (own !== undefined && impliedVat(own, 100_00, false))
		throw refused(`the row says 0 %, and ${code} is a code with VAT. Correct one of them.`);
	return code;
}

/** The gross amount, on the side on which the amount without VAT stands where the row has both. */
function onSideOfNet(
	net: Pick<Row, 'debit' | 'credit' | 'amount'>,
	gross: unknown,
	tax: { code: string; vat: unknown },
	index: number,
): unknown {
	const whole = amountOf(gross);
	const given = amountOf(net.debit) - amountOf(net.credit) || amountOf(net.amount);
	if (given === 0 || whole === 0) return gross;
	const choice = readVatChoice(tax.code).value;
	const vat = tax.vat === undefined ? choice && impliedVat(choice, whole, true) : amountOf(tax.vat);
	const wanted = Math.abs(whole) - (vat ?? 0);
	const size = Math.abs(given);
	// The division by the rate may have been rounded otherwise.
	const isNet = vat !== undefined && Math.abs(size - wanted) <= 1;
	if (!isNet && size !== Math.abs(whole)) {
		throw refusal(
			index,
			`the row has ${formatOre(whole)} with VAT and ${formatOre(given)} besides, which is not the amount without the VAT${vat === undefined ? '' : ` (${formatOre(wanted)})`}. Take out the column that does not belong there.`,
		);
	}
	if (whole < 0 && given > 0)
		throw refusal(
			index,
			`the row has ${formatOre(whole)} with VAT and ${formatOre(given)} without, of the other sign. Correct one of them.`,
		);
	return toSek(Math.sign(given) * Math.abs(whole));
}

/** Money out of the bank may have its VAT in the column beside it with the same sign; the model's has none. */
function withoutSharedSign(vat: unknown, gross: unknown): unknown {
	const [amount, whole] = [readAmount(vat), readAmount(gross)];
	return amount.problem === undefined && whole.problem === undefined && amount.value < 0 && whole.value < 0 ? toSek(-amount.value) : vat;
}

/** 25, 12 or 6 beside an amount of which it is not that share. */
function looksLikeRate(vat: unknown, gross: unknown): boolean {
	const [amount, whole] = [amountOf(vat), Math.abs(amountOf(gross))];
	if (![25_00, 12_00, 6_00].includes(amount)) return false;
	return [25, 12, 6].every((rate) => Math.abs(Math.round((whole * rate) / (100 + rate)) - amount) > 1);
}

/** 0 where there is none, and where it can't be read, which the reading of lines refuses. */
export function amountOf(given: unknown): Ore {
	return isAbsent(given) ? 0 : (readAmount(given).value ?? 0);
}

function refusal(index: number, message: string): LedgerError {
	const field = `lines[${index}].gross_amount`;
	return new LedgerError({ code: 'ERROR_DATA_VALIDATION', field, message: `${field}: ${message}` });
}
