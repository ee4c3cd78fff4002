import { mayTakeBack, periodInText, settlementsFrom, takenBackIn, type TakenBack } from '../../ledger/vat';
import type { Run } from '../../n8n/run';
import { idOf, marksFrom } from '../marks/ledgerMarks';
import type { VatPeriod, VatReturnInBooks } from './readVatReturn';

/** Settlements that have no effect any more. */
export interface TakenBackSettlements {
	/** The node's settlements that a person took back in Fortnox, whose mark would have them stand: by their ids that of what did. */
	byHand: ReadonlyMap<string, string>;
	/** Ids of all that were taken back, and of what takes them back. */
	cancelled: ReadonlySet<string>;
	/** What to tell of a settlement of the period that stands, though an entry may as well take it back as another one. */
	hints: string[];
}

/** Which settlements of a period and after it were taken back, by the node or by a person. Costs nothing where none can be. */
export async function takenBackSettlements(
	run: Run,
	{ figures }: Pick<VatReturnInBooks, 'figures'>,
	{ name, years }: Pick<VatPeriod, 'name' | 'years'>,
): Promise<TakenBackSettlements> {
	if (!mayTakeBack(figures)) return { byHand: new Map(), cancelled: new Set(), hints: [] };
	const marks = await marksFrom(run, years[0]?.Id ?? 0);
	const isMarked = (id: string): boolean => marks.isMarked(id);
	const reversalOf = (id: string): string | undefined => {
		const reversal = marks.standingReversal(id);
		return reversal === undefined ? undefined : idOf(reversal);
	};
	const found = takenBackIn(figures, { isMarked, reversalOf });
	const byHand = found.filter((one) => !one.isMarked && isMarked(one.settlement.id));
	const cancelled = new Set(found.flatMap(({ settlement, by }) => [settlement.id, by]));
	const standing = settlementsFrom(figures).flatMap(({ id, text }) => (cancelled.has(id) ? [] : (periodInText(text) ?? [])));
	const byAmount = found.filter((one) => !one.isMarked && !standing.includes(periodInText(one.settlement.text) ?? ''));
	return {
		byHand: new Map(byHand.map(({ settlement, by }) => [settlement.id, by])),
		cancelled,
		hints: byAmount.flatMap((one) => standsBeside(one, name, cancelled)),
	};
}

function standsBeside({ settlement, by, alike }: TakenBack, name: string, cancelled: ReadonlySet<string>): string[] {
	const own = alike.find(({ id, text }) => periodInText(text) === name && !cancelled.has(id));
	if (own === undefined) return [];
	const what = `${by}, which carries no mark, takes back ${own.id} or ${settlement.id} of ${settlement.date}, which moved the same VAT`;
	return [`${what}: it was taken for the later one's, so that ${own.id} stands. Settle the period of ${settlement.id} to post it anew.`];
}
