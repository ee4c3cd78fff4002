import type { Ore } from '../money';
import { OWED_BOXES, placeOf } from './places';
import { normalizedVatCode, VAT_TABLE, type VatBox } from './table';

/** A row of an entry with the VAT code that its account has in the chart; empty where it has none. Amount in öre, + debit. */
interface BookedRow {
	account: number;
	code: string;
	amount: Ore;
}

/** Boxes whose amounts are taxed in the entry that books them. VAT on a margin or at the border is known later, or elsewhere. */
const TAXED_BOXES: ReadonlySet<VatBox> = new Set<VatBox>(['05', '06', '08', '20', '21', '22', '23', '24']);

/**
 * Fortnox takes the base of VAT from the account that a row stands on, whether or not the entry has VAT. An entry with a
 * base alone, such as a sale on 3001 with the VAT still in it, makes a VAT return whose base and VAT don't fit.
 *
 * @returns a sentence for the user; nothing where the entry has VAT that is owed, or no base, or one that it takes back itself
 */
export function baseAloneHint(rows: readonly BookedRow[]): string | undefined {
	const bases = new Map<VatBox, { row: BookedRow; sum: Ore }>();
	for (const row of rows) {
		const place = placeOf(row.account, row.code);
		if (place?.kind !== 'box') continue;
		if (OWED_BOXES.includes(place.box)) return undefined;
		if (row.code === '' || !TAXED_BOXES.has(place.box)) continue;
		const { row: first, sum } = bases.get(place.box) ?? { row, sum: 0 };
		bases.set(place.box, { row: first, sum: sum + row.amount });
	}
	for (const [box, { row, sum }] of bases) {
		if (sum === 0) continue;
		const meaning = VAT_TABLE.get(normalizedVatCode(row.code))?.meaning ?? '';
		return `Account ${row.account} has the VAT code ${row.code} (${meaning}), and the entry has no VAT: the VAT return gets the amount in box ${box}, and no VAT on it. Add VAT to the line, or use an account without a VAT code. Where the VAT is in another entry, all is well.`;
	}
	return undefined;
}
