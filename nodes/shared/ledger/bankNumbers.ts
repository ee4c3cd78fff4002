import type { Reading } from './problems';

/** Lengths by country, from the IBAN registry (ISO 13616). For other countries the check digits have to do. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
	Object.entries({
		AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21, CR: 22,
		CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22,
		GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30,
		KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19, MN: 20,
		MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22,
		RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26,
		UA: 29, VA: 22, VG: 24, XK: 20, YE: 30,
	}),
);

const WRONG_CHECK_DIGIT = 'has a wrong check digit; compare it with the original.';

/** Reads an IBAN with or without spaces and checks its length and check digits. Without spaces, in capitals. */
export function readIban(value: unknown): Reading<string> {
	const iban = asText(value).replace(/[\s-]/g, '').toUpperCase();
	const shown = `"${asText(value)}"`;
	if (!/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(iban)) {
		return {
			problem: `${shown} is not an IBAN; write it as SE45 5000 0000 0583 9825 7466.`,
		};
	}
	const country = iban.slice(0, 2);
	const length = IBAN_LENGTHS.get(country);
	if (length !== undefined && iban.length !== length) {
		return {
			problem: `${shown} has ${iban.length} characters, but an IBAN of ${country} has ${length}; correct it.`,
		};
	}
	const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
	if (BigInt(digits) % 97n !== 1n) return { problem: `${shown} ${WRONG_CHECK_DIGIT}` };
	return { value: iban };
}

/** How the last digit of an account number is checked, by the bank's clearing numbers. */
interface ClearingRange {
	from: number;
	to: number;
	/** Digits of the account number; a shorter one has zeros before it. */
	digits: number;
	check: 'modulus11WithThreeOfClearing' | 'modulus11WithClearing' | 'modulus11' | 'modulus10';
}

/**
 * The ranges whose rule leaves no doubt. Source: Bankgirot, "Bankernas kontonummer". Others, and Swedbank's 8000–8999,
 * whose older numbers have no valid check digit, are checked by their form alone.
 */
const CLEARING_RANGES: readonly ClearingRange[] = [
	{ from: 3300, to: 3300, digits: 10, check: 'modulus10' },
	{ from: 3782, to: 3782, digits: 10, check: 'modulus10' },
	{ from: 4000, to: 4999, digits: 7, check: 'modulus11WithClearing' },
	{ from: 5000, to: 5999, digits: 7, check: 'modulus11WithThreeOfClearing' },
	{ from: 6000, to: 6999, digits: 9, check: 'modulus11' },
	{ from: 7000, to: 7999, digits: 7, check: 'modulus11WithThreeOfClearing' },
];

/**
 * Reads a Swedish bank account: clearing number (four digits, at Swedbank's 8000–8999 also five) and account number,
 * with any separators. As `5839-8257466`; a fifth clearing digit is left out, since it is a check digit only.
 */
export function readSwedishAccount(value: unknown): Reading<string> {
	const written = asText(value);
	const shown = `"${written}"`;
	const wrongForm = {
		problem: `${shown} is not a Swedish bank account; write clearing and account number, such as 5839-8257466.`,
	};
	if (!/^[\d\s.,-]+$/.test(written)) return wrongForm;
	const fiveDigits = /^(8\d{3})\s*(?:-\s*)?(\d)[\s.,-]+(?=\d)/.exec(written);
	const [all = '', four = '', fifth = ''] = fiveDigits ?? [];
	const digits = written.replace(/\D/g, '');
	const clearing = fiveDigits ? four : digits.slice(0, 4);
	const account = fiveDigits ? written.slice(all.length).replace(/\D/g, '') : digits.slice(4);
	if (clearing.length !== 4 || clearing < '1000' || account.length < 2 || account.length > 11) return wrongForm;
	if (fiveDigits && !hasModulus10(four + fifth)) {
		return { problem: `The clearing number ${four}-${fifth} ${WRONG_CHECK_DIGIT}` };
	}
	const range = CLEARING_RANGES.find(({ from, to }) => Number(clearing) >= from && Number(clearing) <= to);
	if (range !== undefined) {
		if (account.length > range.digits) {
			return {
				problem: `${shown} is too long: behind clearing number ${clearing} come up to ${range.digits} digits.`,
			};
		}
		if (!passes(range, clearing, account)) {
			return { problem: `${shown} ${WRONG_CHECK_DIGIT}` };
		}
	}
	return { value: `${clearing}-${account}` };
}

function passes({ check, digits }: ClearingRange, clearing: string, account: string): boolean {
	const padded = account.padStart(digits, '0');
	switch (check) {
		case 'modulus10':
			return hasModulus10(padded);
		case 'modulus11':
			return hasModulus11(padded);
		case 'modulus11WithClearing':
			return hasModulus11(clearing + padded);
		case 'modulus11WithThreeOfClearing':
			return hasModulus11(clearing.slice(1) + padded);
	}
}

/** Reads a Bankgiro number, 7 or 8 digits with a check digit. As `123-4567` or `1234-5678`. */
export function readBankgiro(value: unknown): Reading<string> {
	return readGiro(value, { name: 'Bankgiro', digits: /^\d{7,8}$/, behindDash: 4, example: '5050-1055' });
}

/** Reads a Plusgiro number, 2 to 8 digits with a check digit. As `1234567-8`. */
export function readPlusgiro(value: unknown): Reading<string> {
	return readGiro(value, { name: 'Plusgiro', digits: /^\d{2,8}$/, behindDash: 1, example: '90 19 50-6' });
}

function readGiro(
	value: unknown,
	{ name, digits, behindDash, example }: { name: string; digits: RegExp; behindDash: number; example: string },
): Reading<string> {
	const written = asText(value);
	const number = written.replace(/[\s-]/g, '');
	if (!digits.test(number)) return { problem: `"${written}" is not a ${name} number; write it as ${example}.` };
	if (!hasModulus10(number)) return { problem: `"${written}" ${WRONG_CHECK_DIGIT}` };
	return { value: `${number.slice(0, -behindDash)}-${number.slice(-behindDash)}` };
}

/** The Luhn check: from the right, every second digit counts double, as the sum of its digits. */
function hasModulus10(number: string): boolean {
	const sum = [...number].reverse().reduce((total, digit, place) => {
		const weighted = Number(digit) * (place % 2 === 0 ? 1 : 2);
		return total + (weighted > 9 ? weighted - 9 : weighted);
	}, 0);
	return sum % 10 === 0;
}

/** From the right, the digits count 1, 2, … 10, and then 1 again. */
function hasModulus11(number: string): boolean {
	const sum = [...number].reverse().reduce((total, digit, place) => total + Number(digit) * ((place % 10) + 1), 0);
	return sum % 11 === 0;
}

function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
