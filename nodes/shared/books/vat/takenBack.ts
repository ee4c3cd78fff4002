import { oppositeSettlements } from '../../ledger/vat';
import type { Run } from '../../n8n/run';
import { marksFrom } from '../marks/ledgerMarks';
import type { VatPeriod, VatReturnInBooks } from './readVatReturn';

/**
 * The node's settlements that a person took back in Fortnox, whose mark would have them stand: an entry without a mark
 * moves the opposite on accounts of VAT. Each such entry takes back one, the first. Costs nothing where there is none.
 *
 * @returns by the settlement's id the id of what takes it back
 */
export async function takenBackByHand(
	run: Run,
	{ figures }: Pick<VatReturnInBooks, 'figures'>,
	{ years }: VatPeriod,
): Promise<ReadonlyMap<string, string>> {
	const opposites = oppositeSettlements(figures);
	const takenBack = new Map<string, string>();
	if (opposites.size === 0) return takenBack;
	const marks = await marksFrom(run, years[0]?.Id ?? 0);
	const used = new Set<string>();
	for (const [id, others] of opposites) {
		if (!marks.isMarked(id) || !marks.stands(id)) continue;
		const by = others.find((other) => !marks.isMarked(other) && !used.has(other));
		if (by === undefined) continue;
		used.add(by);
		takenBack.set(id, by);
	}
	return takenBack;
}
