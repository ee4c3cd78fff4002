import { formatOre, type Ore } from '../money';
import { checkRates } from './checkRates';
import { DEDUCTED_BOX, inBox, OWED_BOXES, VAT_GROUPS } from './places';
import { normalizedVatCode, VAT_RATES, VAT_TABLE, type VatBox } from './table';
import { settledInPeriod } from './settlement';
import type { VatEntry, VatReturn } from './vatReturn';

/** Something in a VAT return that an accountant has to look at. */
export interface VatFinding {
	check:
		| 'base_without_vat'
		| 'vat_without_base'
		| 'vat_rate'
		| 'reverse_charge_one_sided'
		| 'reverse_charge_partly_deducted'
		| 'vat_account_without_box'
		| 'settlement_with_base'
		| 'earlier_period_not_settled'
		| 'settlement_account_not_cleared';
	/** An error makes the return wrong; a warning may be right. */
	severity: 'error' | 'warning';
	message: string;
	box?: VatBox;
	account?: number;
	/** In öre. */
	amount: Ore;
	/** Ids of entries that show it. */
	entries: string[];
}

/** What is wrong with a return, or may be. Pure. */
export function checkVatReturn(figures: VatReturn): VatFinding[] {
	return [
		...findRates(figures),
		...findOneSided(figures),
		...findWithoutBox(figures),
		...findMixedSettlements(figures),
		...findUnsettled(figures),
		...findUncleared(figures),
	];
}

/** How many entries a message explains. */
const MOST_EXPLAINED = 3;

/** What is wrong in all, with the entries that are wrong by themselves, where some are: they tell what kind of fault it is. */
function findRates({ entries }: VatReturn): VatFinding[] {
	const problems = checkRates(entries.flatMap(({ rows }) => rows));
	if (problems.length === 0) return [];
	const wrong = entries.flatMap(({ id, rows }) => checkRates(rows).map((problem) => ({ id, ...problem })));
	return problems.map(({ check, box, amount, message }): VatFinding => {
		const causes = wrong.filter((cause) => groupOf(cause.box) === groupOf(box));
		const kinds = new Set(causes.map((cause) => cause.check));
		const [kind = check] = kinds;
		const why = causes.slice(0, MOST_EXPLAINED).map((cause) => ` ${cause.id}: ${cause.message}`);
		const ids = [...new Set(causes.map(({ id }) => id))];
		return { check: kinds.size === 1 ? kind : check, severity: 'error', box, amount, message: message + why.join(''), entries: ids };
	});
}

function groupOf(box: VatBox): string | undefined {
	return VAT_GROUPS.find(({ bases, owed }) => bases.includes(box) || VAT_RATES.some((rate) => owed[rate] === box))?.name;
}

/** Boxes of VAT that the buyer owes, and as a rule deducts in the same entry. */
const BUYERS_BOXES = OWED_BOXES.filter((box) => groupOf(box) !== 'sales');
/** BAS's accounts of VAT that is deducted because the buyer owed it; 2646 between them is for premises that are let. */
const isBuyersDeduction = (account: number): boolean => account === 2645 || account === 2647;

/** Compares both sides of reverse charge and import, entry by entry. */
function findOneSided({ entries }: VatReturn): VatFinding[] {
	const found: VatFinding[] = [];
	const sides = entries.map((entry) => ({ id: entry.id, ...sidesOf(entry) }));
	const oneSided = sides.filter(({ owed, deducted, hasBuyersDeduction }) => (owed !== 0 && deducted === 0) || (owed === 0 && hasBuyersDeduction));
	for (const { id, owed, deducted } of oneSided) {
		const message =
			owed === 0
				? `${id} deducts VAT of ${formatOre(deducted)} on an account for reverse charge or import, and no VAT is owed in it.`
				: `${id} owes VAT of ${formatOre(owed)} by reverse charge or import, and deducts none.`;
		found.push({ check: 'reverse_charge_one_sided', severity: 'error', box: owed === 0 ? DEDUCTED_BOX : '30', amount: owed - deducted, message, entries: [id] });
	}
	const partly = sides.filter(({ owed, deducted }) => owed !== 0 && deducted !== 0 && Math.abs(deducted) < Math.abs(owed));
	for (const { id, owed, deducted } of partly) {
		const message = `${id} owes VAT of ${formatOre(owed)} by reverse charge or import, and deducts ${formatOre(deducted)} of it. That is right only where the purchase is not fully deductible.`;
		found.push({ check: 'reverse_charge_partly_deducted', severity: 'warning', box: DEDUCTED_BOX, amount: owed - deducted, message, entries: [id] });
	}
	return found;
}

function sidesOf({ rows }: VatEntry): { owed: Ore; deducted: Ore; hasBuyersDeduction: boolean } {
	let [owed, deducted, buyers] = [0, 0, 0];
	for (const { account, place, amount } of rows) {
		if (place.kind !== 'box') continue;
		if (BUYERS_BOXES.includes(place.box)) owed += inBox(place.box, amount);
		if (place.box !== DEDUCTED_BOX) continue;
		deducted += amount;
		if (isBuyersDeduction(account)) buyers += amount;
	}
	return { owed, deducted, hasBuyersDeduction: buyers !== 0 };
}

/** Accounts of VAT that no box wants. Those with a code of the company's own are its own business. */
function findWithoutBox({ unmapped }: VatReturn): VatFinding[] {
	return unmapped.flatMap(({ account, code, amount, entries }): VatFinding[] => {
		if (amount === 0) return [];
		const found = { check: 'vat_account_without_box' as const, account, amount, entries };
		if (code === '') {
			const message = `${account} is an account of VAT without a VAT code, and BAS has no box for it: ${formatOre(amount)} is in no box. Give the account a VAT code in Fortnox, unless the VAT is not due yet.`;
			return [{ ...found, severity: 'warning', message }];
		}
		// A known code without a box is one of several rates, on an account whose number tells none.
		if (!VAT_TABLE.has(normalizedVatCode(code))) return [];
		const message = `${account} has the VAT code ${code}, which stands for several rates, and its number tells none: ${formatOre(amount)} is in no box. Use an account of 2610–2639.`;
		return [{ ...found, severity: 'error', message }];
	});
}

function findMixedSettlements({ leftOut }: VatReturn): VatFinding[] {
	const mixed = leftOut.filter(({ because, rows }) => because === 'settlement' && rows.some(({ place }) => place.kind === 'box' && isBase(place.box)));
	return mixed.map(({ id, rows }): VatFinding => {
		const bases = rows.filter(({ place }) => place.kind === 'box' && isBase(place.box));
		const accounts = bases.map(({ account }) => account).join(', ');
		const amount = bases.reduce((sum, row) => sum + row.amount, 0);
		const message = `${id} has a row on the account of the settlement, so that it is left out, and rows on ${accounts}, which are missing in the return. Book them in an entry of their own.`;
		return { check: 'settlement_with_base', severity: 'error', amount, message, entries: [id] };
	});
}

function isBase(box: VatBox): boolean {
	return box !== DEDUCTED_BOX && !OWED_BOXES.includes(box);
}

/** VAT of earlier periods that was neither settled before the period nor in it. */
function findUnsettled(figures: VatReturn): VatFinding[] {
	const settled = settledInPeriod(figures);
	return [...figures.vatBefore].sort(([one], [other]) => one - other).flatMap(([account, amount]): VatFinding[] => {
		if (amount === 0 || settled.has(account)) return [];
		const message = `${account} stood at ${formatOre(amount)} when the period began: an earlier period was not settled, or got entries after it was.`;
		return [{ check: 'earlier_period_not_settled', severity: 'warning', account, amount, message, entries: [] }];
	});
}

/** A settlement of an earlier period that was not paid, or not booked as paid, before the period ended. */
function findUncleared({ settlementBefore, paid }: VatReturn): VatFinding[] {
	return [...settlementBefore].flatMap(([account, stood]): VatFinding[] => {
		const amount = stood + (paid.get(account) ?? 0);
		if (stood === 0 || amount === 0) return [];
		const message = `${account} stood at ${formatOre(stood)} when the period began, and at its end ${formatOre(amount)} of it is still there: the settlement of an earlier period is not paid yet, or its payment is not booked.`;
		return [{ check: 'settlement_account_not_cleared', severity: 'warning', account, amount, message, entries: [] }];
	});
}
