import { formatOre, type Ore } from '../money';
import { DEDUCTED_BOX, inBox, OWED_BOXES, SALES_BOXES } from './places';
import type { VatFinding } from './vatChecks';
import type { VatEntry, VatReturn } from './vatReturn';

/** Boxes of VAT that the buyer owes, and as a rule deducts in the same entry. */
const BUYERS_BOXES = OWED_BOXES.filter((box) => !SALES_BOXES.includes(box));
/** BAS's accounts of VAT that is deducted because the buyer owed it; 2646 between them is for premises that are let. */
const isBuyersDeduction = (account: number): boolean => account === 2645 || account === 2647;

/** What an entry owes by reverse charge or import, and what it deducts. In öre. */
interface Sides {
	id: string;
	owed: Ore;
	deducted: Ore;
	/** Of what is deducted, that on accounts for VAT that the buyer owed. */
	buyers: Ore;
}

/** Compares both sides of reverse charge and import, entry by entry. */
export function findOneSided({ entries }: VatReturn): VatFinding[] {
	const sides = entries.map(sidesOf);
	const owing = sides.filter(({ owed, deducted }) => owed !== 0 && deducted === 0);
	const deducting = sides.filter(({ owed, buyers }) => owed === 0 && buyers !== 0);
	const partly = sides.filter(({ owed, deducted }) => deducted !== 0 && Math.abs(deducted) < Math.abs(owed));
	const split = inTwoEntries(owing, deducting);
	const isSplit = (side: Sides): boolean => split.some(({ entries: ofPair }) => ofPair.includes(side));
	return [
		...[...owing, ...deducting].filter((side) => !isSplit(side)).map(toError),
		...split.map(toSplit),
		...partly.map(({ id, owed, deducted }): VatFinding => {
			const sides = `${id} owes VAT of ${formatOre(owed)} by reverse charge or import, and deducts ${formatOre(deducted)} of it.`;
			const message = `${sides} That is right only where the purchase is not fully deductible.`;
			const found = { check: 'reverse_charge_partly_deducted', severity: 'warning', box: DEDUCTED_BOX } as const;
			return { ...found, amount: owed - deducted, message, entries: [id] };
		}),
	];
}

function toError({ id, owed, deducted }: Sides): VatFinding {
	const message =
		owed === 0
			? `${id} deducts VAT of ${formatOre(deducted)} on an account for reverse charge or import, and no VAT is owed in it.`
			: `${id} owes VAT of ${formatOre(owed)} by reverse charge or import, and deducts none.`;
	const box = owed === 0 ? DEDUCTED_BOX : '30';
	return { check: 'reverse_charge_one_sided', severity: 'error', box, amount: owed - deducted, message, entries: [id] };
}

/** Both sides of one purchase, or of all of them, in entries of their own. */
interface Split {
	amount: Ore;
	entries: Sides[];
}

function toSplit({ amount, entries }: Split): VatFinding {
	const ids = entries.map(({ id }) => id);
	const sides = `${ids.join(', ')} owe and deduct the same VAT of ${formatOre(amount)} by reverse charge or import`;
	const message = `${sides}, in entries of their own. The boxes are right where these are the same purchases.`;
	return { check: 'reverse_charge_one_sided', severity: 'warning', box: DEDUCTED_BOX, amount, message, entries: ids };
}

/** Pairs of the same amount; else all together, where some entries sum up others. */
function inTwoEntries(owing: readonly Sides[], deducting: readonly Sides[]): Split[] {
	const free = [...deducting];
	const pairs = owing.flatMap((side): Split[] => {
		const at = free.findIndex(({ buyers }) => buyers === side.owed);
		const [other] = at === -1 ? [] : free.splice(at, 1);
		return other === undefined ? [] : [{ amount: side.owed, entries: [side, other] }];
	});
	const rest = owing.filter((side) => !pairs.some(({ entries }) => entries.includes(side)));
	const owed = rest.reduce((sum, side) => sum + side.owed, 0);
	const deducted = free.reduce((sum, { buyers }) => sum + buyers, 0);
	return owed !== deducted || rest.length === 0 || free.length === 0 ? pairs : [...pairs, { amount: owed, entries: [...rest, ...free] }];
}

function sidesOf({ id, rows }: VatEntry): Sides {
	const sides: Sides = { id, owed: 0, deducted: 0, buyers: 0 };
	for (const { account, place, amount } of rows) {
		if (place.kind !== 'box') continue;
		if (BUYERS_BOXES.includes(place.box)) sides.owed += inBox(place.box, amount);
		if (place.box !== DEDUCTED_BOX) continue;
		sides.deducted += amount;
		if (isBuyersDeduction(account)) sides.buyers += amount;
	}
	return sides;
}
