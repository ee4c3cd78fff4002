import type { Reading } from '../problems';

/**
 * What 1 unit of a currency costs in SEK, as an exact decimal such as `11.2345`: no sign, no exponent, never zero.
 * A text, so that no rate is ever rounded to a double, and so that it can be stored and compared.
 */
export type Rate = string;

/** A decimal number as digits and the number of those behind the point. */
interface Decimal {
	digits: bigint;
	scale: number;
}

/**
 * Reads an exchange rate, a number or a text such as `11.2345` or `11,2345`; a single comma or point is always the
 * decimal one, since rates have many decimals and no thousands. From 0.000001 to 1,000,000 SEK.
 */
export function readRate(value: unknown): Reading<Rate> {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const [, whole = '', decimals = ''] = /^\+?(\d{1,7})(?:[.,](\d{1,30}))?$/.exec(text) ?? [];
	if (whole === '') {
		return { problem: `"${text}" is not an exchange rate; give the price of 1 unit in SEK, such as 11.2345.` };
	}
	const rate = canonical({ digits: BigInt(whole + decimals), scale: decimals.length });
	if (compare(rate, '0.000001') < 0 || compare(rate, '1000000') > 0) {
		return { problem: `The exchange rate ${text} is out of range; give the price of 1 unit in SEK.` };
	}
	return { value: rate };
}

/** Rounded half up; for a magnitude that is half away from zero. */
export function roundedQuotient(magnitude: bigint, divisor: bigint): bigint {
	return (2n * magnitude + divisor) / (2n * divisor);
}

export function decimalOf(rate: Rate): Decimal {
	const [whole = '', decimals = ''] = rate.split('.');
	return { digits: BigInt(whole + decimals), scale: decimals.length };
}

/** A decimal without zeros at its end. */
export function canonical({ digits, scale }: Decimal): Rate {
	const text = String(digits).padStart(scale + 1, '0');
	const point = text.length - scale;
	const decimals = text.slice(point).replace(/(?<!0)0+$/, '');
	const whole = text.slice(0, point);
	return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** For `sort`, and against bounds: negative where the first is the lower rate. */
export function compare(one: Rate, other: Rate): number {
	const [a, b] = [decimalOf(one), decimalOf(other)];
	const difference = a.digits * 10n ** BigInt(b.scale) - b.digits * 10n ** BigInt(a.scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
