import {
	ACCOUNT_TYPES,
	accountTypeOf,
	checkGivenType,
	FILTERABLE_ACCOUNT_TYPES,
	isBankOrCash,
	isVat,
	rangesOfType,
	whyNothingWaits,
	type AccountType,
} from '../../../nodes/shared/ledger/accountTypes';

/** Written out once more from the contract, independently of the table: the first number of every stretch. */
const STRETCHES: ReadonlyArray<[from: number, type: AccountType]> = [
	[1000, 'other'],
	[1500, 'receivable'],
	[1600, 'other'],
	[1650, 'vat'],
	[1660, 'other'],
	[1800, 'other_financial'],
	[1900, 'other'],
	[1910, 'cash'],
	[1920, 'bank'],
	[2000, 'other'],
	[2440, 'payable'],
	[2450, 'other'],
	[2600, 'vat'],
	[2700, 'other'],
	[3000, 'income'],
	[4000, 'expense'],
	[8000, 'income'],
	[8400, 'other_expense'],
	[9000, 'other'],
];

test.each(STRETCHES)('from %p on, an account is of type %p', (from, type) => {
	const next = STRETCHES.find(([start]) => start > from)?.[0] ?? 10_000;
	for (let number = from; number < next; number++) expect([number, accountTypeOf(number)]).toEqual([number, type]);
	expect([from - 1, accountTypeOf(from - 1)]).not.toEqual([from - 1, from === 1000 ? 'never' : type]);
});

test('bank, cash and VAT accounts end where their ranges end', () => {
	expect([1909, 1910, 1919, 1920, 1999, 2000].map(isBankOrCash)).toEqual([false, true, true, true, true, false]);
	expect([1649, 1650, 1659, 1660, 2599, 2600, 2699, 2700].map(isVat)).toEqual([false, true, true, false, false, true, true, false]);
});

test('six of the ten types can be filtered by', () => {
	expect(ACCOUNT_TYPES).toHaveLength(10);
	expect(FILTERABLE_ACCOUNT_TYPES).toEqual(['bank', 'cash', 'income', 'expense', 'other_expense', 'vat']);
});

describe('checkGivenType', () => {
	test.each([undefined, null, '', 'other'])('%p means that no type was given', (type) => {
		expect(checkGivenType(1930, type)).toBeUndefined();
		expect(checkGivenType(3000, type)).toBeUndefined();
	});

	test('takes the type that the number has', () => {
		expect(checkGivenType(1930, 'bank')).toBeUndefined();
		expect(checkGivenType(8310, 'income')).toBeUndefined();
	});

	test('names the type that the number has and the range that the wanted one needs', () => {
		const problem = checkGivenType(3010, 'bank');
		expect(problem).toMatchObject({ code: 'ERROR_WRONG_ACCOUNT_TYPE', field: 'type' });
		expect(problem?.message).toContain('"income"');
		expect(problem?.message).toContain('1920–1999');
		expect(checkGivenType(1930, 'vat')?.message).toContain('1650–1659 and 2600–2699');
		expect(checkGivenType(1000, 'income')?.message).toContain('3000–3999 and 8000–8399');
	});

	test('refuses a type that there is none of', () => {
		const problem = checkGivenType(1930, 'banks');
		expect(problem).toMatchObject({ code: 'ERROR_DATA_VALIDATION', field: 'type' });
		expect(problem?.message).toContain(ACCOUNT_TYPES.join(', '));
	});
});

test.each<[number, RegExp | undefined]>([
	[1730, undefined],
	[2990, undefined],
	[2999, undefined],
	[3000, /not an account of the balance sheet/],
	[1930, /money in the bank or in cash/],
	[1910, /money in the bank or in cash/],
	[2641, /account of VAT/],
	[1650, /account of VAT/],
])('whether an amount can wait on %i for its months', (account, why) => {
	const said = whyNothingWaits(account);
	if (why === undefined) expect(said).toBeUndefined();
	else expect(said).toMatch(why);
});

test('every type has a range to name', () => {
	for (const type of ACCOUNT_TYPES) expect(rangesOfType(type)).not.toBe('');
});
