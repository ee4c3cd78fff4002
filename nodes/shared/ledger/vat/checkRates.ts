import { formatOre, type Ore } from '../money';
import { inBox, VAT_GROUPS, type VatGroup } from './places';
import { VAT_RATES, type VatBox, type VatRate } from './table';
import type { VatEntryRow } from './vatReturn';

/** What is wrong between VAT and what it is VAT on. */
export interface RateProblem {
	check: 'base_without_vat' | 'vat_without_base' | 'vat_rate';
	box: VatBox;
	/** By how much the VAT is off; of a base without VAT, the base. In öre, as the box shows it. */
	amount: Ore;
	message: string;
}

/** Sales by the margin scheme: their VAT is a share of the margin, which no account shows. */
const MARGIN_BOX: VatBox = '07';

/** Rounding may leave this much in any return, and half an öre for each row besides. */
const TOLERANCE: Ore = 100;

/** A group's amounts in öre, as the boxes show them. */
interface Sums {
	group: VatGroup;
	/** What is taxed at a rate that its account tells. */
	known: Record<VatRate, Ore>;
	/** What is taxed at any rate. */
	open: Ore;
	hasMargin: boolean;
	vat: Record<VatRate, Ore>;
	tolerance: Ore;
	/** The boxes of what is taxed that have rows, for messages. */
	bases: VatBox[];
}

/**
 * Compares VAT with its base, for sales, reverse charge and import: of a whole return, or of one entry. Where accounts
 * don't tell the rate, the VAT must be that of some division of the base by rate.
 */
export function checkRates(rows: readonly VatEntryRow[]): RateProblem[] {
	return VAT_GROUPS.flatMap((group) => {
		const sums = sumsOf(group, rows);
		const isOpen = sums.open !== 0 || sums.hasMargin;
		return isOpen ? checkTogether(sums) : VAT_RATES.flatMap((rate) => checkRate(sums, rate) ?? []);
	});
}

function sumsOf(group: VatGroup, rows: readonly VatEntryRow[]): Sums {
	const sums: Sums = {
		group,
		known: { 25: 0, 12: 0, 6: 0 },
		open: 0,
		hasMargin: false,
		vat: { 25: 0, 12: 0, 6: 0 },
		tolerance: TOLERANCE,
		bases: [],
	};
	const bases = new Set<VatBox>();
	let count = 0;
	for (const { place, rate, amount: debit } of rows) {
		if (place.kind !== 'box') continue;
		const { box } = place;
		const amount = inBox(box, debit);
		const owedAt = VAT_RATES.find((each) => group.owed[each] === box);
		if (owedAt === undefined && !group.bases.includes(box)) continue;
		count++;
		if (owedAt !== undefined) {
			sums.vat[owedAt] += amount;
			continue;
		}
		bases.add(box);
		if (box === MARGIN_BOX) sums.hasMargin = true;
		else if (rate !== undefined) sums.known[rate] += amount;
		else sums.open += amount;
	}
	return { ...sums, tolerance: TOLERANCE + Math.ceil(count / 2), bases: group.bases.filter((box) => bases.has(box)) };
}

/** A rate whose base is known: its VAT is that rate of it. */
function checkRate({ group, known, vat, tolerance, bases }: Sums, rate: VatRate): RateProblem | undefined {
	const box = group.owed[rate];
	const wanted = Math.round((known[rate] * rate) / 100);
	const amount = vat[rate] - wanted;
	if (Math.abs(amount) <= tolerance) return undefined;
	if (Math.abs(vat[rate]) <= tolerance) return baseWithoutVat(bases, box, known[rate], `${rate} % of it is ${formatOre(wanted)}`);
	if (Math.abs(wanted) <= tolerance) return vatWithoutBase(group, box, vat[rate]);
	const message = `Box ${box} has VAT of ${formatOre(vat[rate])}, and ${rate} % of the base of ${formatOre(known[rate])} is ${formatOre(wanted)}.`;
	return { check: 'vat_rate', box, amount, message };
}

/** Where a base may be taxed at any rate, the VAT beyond that of known bases tells which base it is VAT on. */
function checkTogether(sums: Sums): RateProblem[] {
	const { group, known, vat, tolerance, open, hasMargin, bases } = sums;
	const [firstBase = group.bases[0] ?? '05'] = bases;
	if (VAT_RATES.every((rate) => vat[rate] === 0)) {
		const base = open + VAT_RATES.reduce((sum, rate) => sum + known[rate], 0);
		return Math.abs(base) * 6 > tolerance * 100 ? [baseWithoutVat(bases, firstBase, base, 'boxes of VAT on it are empty')] : [];
	}
	const used = VAT_RATES.filter((rate) => vat[rate] !== 0 || known[rate] !== 0);
	// The base that the VAT of each rate stands for, less the base that is known to be of that rate.
	const implied = used.reduce((sum, rate) => sum + Math.round((vat[rate] * 100) / rate) - known[rate], 0);
	const allowed = used.reduce((sum, rate) => sum + Math.ceil((tolerance * 100) / rate), 0);
	if (hasMargin ? implied >= open - allowed : Math.abs(implied - open) <= allowed) return [];
	const base = open + VAT_RATES.reduce((sum, rate) => sum + known[rate], 0);
	const whole = implied + base - open;
	const boxes = VAT_RATES.filter((rate) => vat[rate] !== 0).map((rate) => group.owed[rate]);
	const message = `VAT in box ${boxes.join(', ')} is that of a base of ${formatOre(whole)}, and ${named(bases)} ${formatOre(base)}.`;
	return [{ check: 'vat_rate', box: boxes[0] ?? firstBase, amount: implied - open, message }];
}

function baseWithoutVat(bases: readonly VatBox[], box: VatBox, base: Ore, why: string): RateProblem {
	return {
		check: 'base_without_vat',
		box,
		amount: base,
		message: `A base of ${formatOre(base)} (box ${bases.join(', ')}) has no VAT: ${why}.`,
	};
}

function vatWithoutBase({ bases }: VatGroup, box: VatBox, vat: Ore): RateProblem {
	return {
		check: 'vat_without_base',
		box,
		amount: vat,
		message: `VAT of ${formatOre(vat)} in box ${box} has no base in box ${bases.join(', ')}.`,
	};
}

function named(bases: readonly VatBox[]): string {
	return bases.length === 1 ? `box ${bases[0] ?? ''} has` : `boxes ${bases.join(', ')} have`;
}
