import { baseAloneHint } from '../../../nodes/shared/ledger/vat';

/** An entry as rows of account, the VAT code that the account has, and öre, debit positive. */
type Booked = Array<[account: number, code: string, amount: number]>;

const hint = (rows: Booked): string | undefined => baseAloneHint(rows.map(([account, code, amount]) => ({ account, code, amount })));

it('names account, code and box of a base that has no VAT', () => {
	expect(
		hint([
			[1930, '', 12_500],
			[3001, 'mp1', -12_500],
		]),
	).toBe(
		'Account 3001 has the VAT code mp1 (sales at 25 %), and the entry has no VAT: the VAT return gets the amount in box 05, and no VAT on it. Add VAT to the line, or use an account without a VAT code. Where the VAT is in another entry, all is well.',
	);
});

it.each<[box: string, account: number, code: string]>([
	['05', 3002, 'MP2'],
	['06', 3401, 'UT'],
	['08', 3911, 'HFS'],
	['20', 4515, 'IVEU'],
	['21', 4535, 'ITEU'],
	['22', 4531, 'ITGLOB'],
	['23', 4415, 'IV'],
	['24', 4425, 'IT'],
])('a base of box %s has VAT in the entry that books it', (box, account, code) => {
	expect(hint([[account, code, -100]])).toContain(`in box ${box},`);
});

it.each<[string, Booked]>([
	[
		'VAT of a sale',
		[
			[3001, 'MP1', -10_000],
			[2611, 'U1', -2_500],
		],
	],
	[
		'VAT that the buyer owes',
		[
			[4535, 'ITEU', 10_000],
			[2614, '', -2_500],
		],
	],
	[
		'VAT on an account that only its number tells',
		[
			[3001, 'MP1', -10_000],
			[2611, '', -2_500],
		],
	],
	['a margin', [[3200, 'BVMB', -10_000]]],
	['imported goods', [[4545, 'BI', 10_000]]],
	['a sale to the EU', [[3108, 'VTEU', -10_000]]],
	['a sale on an account without a code', [[3001, '', -10_000]]],
	['a code of the company’s own', [[3999, 'OSSDE', -10_000]]],
	['the settlement', [[2650, 'R1', -10_000]]],
	[
		'a base that is taken back in it',
		[
			[3001, 'MP1', -10_000],
			[3041, 'MP1', 10_000],
		],
	],
	['nothing', []],
])('nothing is said of an entry with %s', (_, rows) => {
	expect(hint(rows)).toBeUndefined();
});

it('VAT that is deducted taxes no sale, and the first box that is left with an amount is named', () => {
	const rows: Booked = [
		[3001, 'MP1', -10_000],
		[3041, 'MP1', 10_000],
		[3401, 'UT', -500],
		[3402, 'UT', -300],
		[2641, 'I', 125],
	];
	expect(hint(rows)).toMatch(/^Account 3401 has the VAT code UT .* in box 06,/);
});
