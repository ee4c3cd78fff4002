import type { Reading } from './problems';

const WRONG_CHECK_DIGIT = 'has a wrong check digit; compare it with the original.';

/**
 * Reads an IBAN with or without spaces and checks its check digits, which a missing or additional character changes, too.
 * Without spaces, in capitals.
 */
export function readIban(value: unknown): Reading<string> {
	const iban = asText(value).replace(/[\s-]/g, '').toUpperCase();
	const shown = `"${asText(value)}"`;
	if (!/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(iban)) {
		return {
			problem: `${shown} is not an IBAN; write it as SE45 5000 0000 0583 9825 7466.`,
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
	const clearing = digits.slice(0, 4);
	const account = fiveDigits ? written.slice(all.length).replace(/\D/g, '') : digits.slice(4);
	if (clearing < '1000' || account.length < 2 || account.length > 11) return wrongForm;
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
