import type { Ore } from './money';

/** In hundredths of a percent, the finest share that can be given. */
const WHOLE = 10_000;

/** Whether the percentages, each with at most two decimals, make 100 together. Exact. */
export function addUpTo100(percentages: readonly number[]): boolean {
	return percentages.map(inHundredths).reduce((sum, share) => sum + share, 0) === WHOLE;
}

/**
 * Splits an amount by percentages with at most two decimals that make 100 together. The parts make the amount to the
 * öre: each is rounded towards zero, and the öre left over go to the parts that lost most, of equal ones to the first.
 * A part of a small amount can be 0. Throws a RangeError where the percentages are not above 0 or don't make 100.
 */
export function splitByPercentages(amount: Ore, percentages: readonly number[]): Ore[] {
	if (!addUpTo100(percentages) || percentages.some((percentage) => percentage <= 0)) {
		throw new RangeError('The shares are not above 0 % or do not make 100 % together.');
	}
	const magnitude = BigInt(Math.abs(amount));
	const parts = percentages.map((percentage, index) => {
		const exact = magnitude * BigInt(inHundredths(percentage));
		return { index, ore: Number(exact / BigInt(WHOLE)), lost: Number(exact % BigInt(WHOLE)) };
	});
	const leftOver = Number(magnitude) - parts.reduce((sum, { ore }) => sum + ore, 0);
	const lostMost = [...parts].sort((one, other) => other.lost - one.lost || one.index - other.index);
	for (const part of lostMost.slice(0, leftOver)) part.ore += 1;
	return parts.map(({ ore }) => (amount < 0 && ore !== 0 ? -ore : ore));
}

function inHundredths(percentage: number): number {
	return Math.round(percentage * 100);
}
