import { splitByPercentages } from '../ledger/shares';
import type { Ore } from '../ledger/money';
import type { DraftLine } from './entryDraft';

/** A row's amount in SEK and in the entry's currency. */
export interface Amounts {
	sek: Ore;
	original: Ore;
}

/** A row's amounts (öre) by the shares of its cost centers or projects, as `splitByPercentages` splits each. */
export function divide(amounts: Amounts, shares: DraftLine['costCenters']): Array<{ amounts: Amounts; code: string | undefined }> {
	const percentages = shares.map(({ percentage }) => percentage);
	const sek = splitByPercentages(amounts.sek, percentages);
	const original = splitByPercentages(amounts.original, percentages);
	return shares.map(({ code }, index) => ({ amounts: { sek: sek[index] ?? 0, original: original[index] ?? 0 }, code }));
}
