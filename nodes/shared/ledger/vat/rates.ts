import type { Ore } from '../money';
import { VAT_RATES, type VatBox, type VatRate } from './table';

/** Rounding per row of an invoice moves its VAT by this much at most: half a per cent of the base, from 0.01 up to 1.00. */
export function tolerance(base: Ore): Ore {
	return Math.max(1, Math.min(100, Math.round(base / 200)));
}

/** The VAT of a base, in whole öre. */
export function share(base: Ore, rate: VatRate): Ore {
	return Math.round((base * rate) / 100);
}

/** The rate that the amounts say; undefined where it is none of the three. Where several are near, the nearest. */
export function rateOf({ amount, lineAmount }: { amount: Ore; lineAmount: Ore }): VatRate | undefined {
	const base = Math.abs(lineAmount);
	const distance = (rate: VatRate): Ore => Math.abs(amount - share(base, rate));
	const [nearest] = [...VAT_RATES].sort((one, other) => distance(one) - distance(other));
	return nearest !== undefined && distance(nearest) <= tolerance(base) ? nearest : undefined;
}

/** The rates that a code stands for, highest first. */
export function ratesOf(owed: Partial<Record<VatRate, VatBox>>): VatRate[] {
	return VAT_RATES.filter((rate) => owed[rate] !== undefined);
}
