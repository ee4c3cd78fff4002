import type { Problem } from './problems';

/** The unified model's account types. Fortnox stores none: a type follows from the number. */
export const ACCOUNT_TYPES = [
	'bank',
	'cash',
	'other_financial',
	'receivable',
	'payable',
	'income',
	'expense',
	'other_expense',
	'vat',
	'other',
] as const;

export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** The types that a list can be filtered by; the unified model has no filter for the others. */
export const FILTERABLE_ACCOUNT_TYPES = [
	'bank',
	'cash',
	'income',
	'expense',
	'other_expense',
	'vat',
] as const satisfies readonly AccountType[];

/** Both ends belong to the range; a number in none of them is `other`. Source: the BAS chart of accounts. */
const RANGES: ReadonlyArray<{ type: Exclude<AccountType, 'other'>; from: number; to: number }> = [
	{ type: 'receivable', from: 1500, to: 1599 },
	{ type: 'vat', from: 1650, to: 1659 },
	{ type: 'other_financial', from: 1800, to: 1899 },
	{ type: 'cash', from: 1910, to: 1919 },
	{ type: 'bank', from: 1920, to: 1999 },
	{ type: 'payable', from: 2440, to: 2449 },
	{ type: 'vat', from: 2600, to: 2699 },
	{ type: 'income', from: 3000, to: 3999 },
	{ type: 'expense', from: 4000, to: 7999 },
	{ type: 'income', from: 8000, to: 8399 },
	{ type: 'other_expense', from: 8400, to: 8999 },
];

export function accountTypeOf(number: number): AccountType {
	return RANGES.find(({ from, to }) => number >= from && number <= to)?.type ?? 'other';
}

/** For messages: `3000–3999 and 8000–8399`. */
export function rangesOfType(type: AccountType): string {
	if (type === 'other') return 'any number outside the ranges of the other types';
	return RANGES.filter((range) => range.type === type)
		.map(({ from, to }) => `${from}–${to}`)
		.join(' and ');
}

/**
 * Checks a type that came with an account against its number.
 * Absent, empty and `other` (the unified model's default) mean that none was given.
 */
export function checkGivenType(number: number, type: string | null | undefined): Problem | undefined {
	if (type === undefined || type === null || type === '' || type === 'other') return undefined;
	const wanted = ACCOUNT_TYPES.find((known) => known === type);
	if (wanted === undefined) {
		return {
			code: 'ERROR_DATA_VALIDATION',
			field: 'type',
			message: `"${type}" is not an account type; use one of ${ACCOUNT_TYPES.join(', ')}, or leave it out.`,
		};
	}
	const actual = accountTypeOf(number);
	if (actual === wanted) return undefined;
	return {
		code: 'ERROR_WRONG_ACCOUNT_TYPE',
		field: 'type',
		message:
			`The number ${number} makes an account of type "${actual}"; ` +
			`type "${wanted}" needs a number in ${rangesOfType(wanted)}. Change the number, or leave the type out.`,
	};
}

/** Can be the bank side of a financial entry. */
export function isBankOrCash(number: number): boolean {
	const type = accountTypeOf(number);
	return type === 'bank' || type === 'cash';
}

/** Why an amount can't wait on an account for the months that it belongs to; undefined where it can. Half a sentence, to follow a field's name. */
export function whyNothingWaits(number: number): string | undefined {
	if (number >= 3000) return `${number} is not an account of the balance sheet (1000–2999).`;
	if (!isBankOrCash(number) && !isVat(number)) return undefined;
	const what = isVat(number) ? 'VAT' : 'money in the bank or in cash';
	return `${number} is an account of ${what}, on which nothing waits for its month. Name a prepaid (17xx) or accrued one (29xx).`;
}

/** Has the VAT that a declaration reports: 1650–1659 and 2600–2699. */
export function isVat(number: number): boolean {
	return accountTypeOf(number) === 'vat';
}
