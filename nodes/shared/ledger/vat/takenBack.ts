import { periodInText, settlementsFrom, sumsOf, type Settlement } from './settlement';
import { settlesLaterMonths } from './settledOtherwise';
import type { VatReturn } from './vatReturn';

/** What marks say of entries. */
export interface MarksOfEntries {
	isMarked(id: string): boolean;
	/** The entry whose mark says that it reverses another one. */
	reversalOf(id: string): string | undefined;
}

/** A settlement of VAT that another entry takes back. */
export interface TakenBack {
	settlement: Settlement;
	/** The id of what takes it back. */
	by: string;
	/** Whether a mark says so; else what both move on accounts of VAT does. */
	isMarked: boolean;
	/** Settlements before it that moved the same, so that only their days tell which one was meant. */
	alike: Settlement[];
}

/** Whether entries of the period or after it may take back settlements; where none does, no marks need be read. */
export function mayTakeBack(figures: VatReturn): boolean {
	const all = settlementsFrom(figures);
	return all.some((by) => canTakeBack(by) && all.some((settlement) => isOpposite(settlement, by)));
}

/**
 * Which settlements of the period and after it are taken back. Where no mark says which one an entry takes back, it is the
 * last one before it that moved the opposite on accounts of VAT, so that each entry takes back one, and the same one
 * whichever period is looked at. An entry that settles later months of credit notes takes nothing back.
 */
export function takenBackIn(figures: VatReturn, marks: MarksOfEntries): TakenBack[] {
	const all = settlementsFrom(figures);
	const found = all.flatMap((settlement): TakenBack[] => {
		const by = marks.reversalOf(settlement.id);
		return by === undefined ? [] : [{ settlement, by, isMarked: true, alike: [] }];
	});
	const used = new Set(found.flatMap(({ settlement, by }) => [settlement.id, by]));
	for (const by of all) {
		if (used.has(by.id) || marks.isMarked(by.id) || !canTakeBack(by) || settlesLaterMonths(figures, by.date, sumsOf([by]))) continue;
		const candidates = all.filter((settlement) => !used.has(settlement.id) && isOpposite(settlement, by));
		const day = candidates.at(-1)?.date;
		// Of one day the first: what was posted anew came after it.
		const settlement = candidates.find(({ date }) => date === day);
		if (settlement === undefined) continue;
		used.add(settlement.id).add(by.id);
		found.push({ settlement, by: by.id, isMarked: false, alike: candidates.filter((other) => other !== settlement) });
	}
	return found;
}

/** A period that gave VAT back settles the opposite of one that owed it, and takes nothing back. */
function canTakeBack({ text }: Settlement): boolean {
	return periodInText(text) === undefined;
}

/** Whether an entry moves the opposite of an earlier one on accounts of VAT, in the same way. */
function isOpposite(settlement: Settlement, by: Settlement): boolean {
	if (settlement === by || settlement.date > by.date || settlement.settles !== by.settles) return false;
	const [moved, back] = [sumsOf([settlement]), sumsOf([by])];
	return moved.size > 0 && moved.size === back.size && [...moved].every(([account, amount]) => back.get(account) === -amount);
}
