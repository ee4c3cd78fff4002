import type { IsoDate } from './dates';
import type { Reading } from './problems';

const CENTURIES = /^(?:16|18|19|20)/;
const DIGITS_WITH_CENTURY = 12;
const DIGITS = 10;

/** A VAT number is `SE`, the ten digits of the organisation number, and two more; without `SE` it is known by its ending. */
function isVatNumber(written: string, digits: string): boolean {
	if (digits.length !== DIGITS_WITH_CENTURY) return false;
	return digits.endsWith('01') && (/^\s*SE/i.test(written) || !CENTURIES.test(digits));
}

/**
 * The ten digits of a Swedish organisation number, written as such, with a century before it, or as a VAT number
 * (`SE559900101201`). Empty where there are no digits.
 */
export function organisationDigits(written: string | null | undefined): string {
	const digits = (written ?? '').replace(/\D/g, '');
	return isVatNumber(written ?? '', digits) ? digits.slice(0, DIGITS) : digits.slice(-DIGITS);
}

const ORGANISATION_CENTURY = '16';
/** The youngest that a person in business is taken for, in years: tells 1926 from 2026. */
const YOUNGEST = 16;

/**
 * An organisation number, or a sole trader's personal number, as twelve digits: `556123-4567` and its VAT number
 * `SE556123456701` are 165561234567, and `850101-1234` is 198501011234.
 *
 * @param today tells the century of a personal number
 */
export function readTwelveDigits(given: string, today: IsoDate): Reading<string> {
	const all = given.replace(/\D/g, '');
	const digits = isVatNumber(given, all) ? all.slice(0, DIGITS) : all;
	if (digits.length === DIGITS_WITH_CENTURY && CENTURIES.test(digits)) return { value: digits };
	if (digits.length !== DIGITS) return { problem: `"${given}" is no organisation number: give ten digits, such as 556123-4567.` };
	// In place of a month an organisation number has 20 or more.
	if (Number(digits.slice(2, 4)) >= 20) return { value: `${ORGANISATION_CENTURY}${digits}` };
	const youngest = Number(today.slice(0, 4)) - YOUNGEST;
	const century = Number(`20${digits.slice(0, 2)}`) <= youngest ? '20' : '19';
	return { value: `${century}${digits}` };
}
