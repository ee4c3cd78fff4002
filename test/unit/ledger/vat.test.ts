import fc from 'fast-check';
import { sumOre } from '../../../nodes/shared/ledger/money';
import { VAT_CODES, VAT_RATES, VAT_TABLE } from '../../../nodes/shared/ledger/vat';
import { ACCOUNTS } from '../../../nodes/shared/ledger/vat/accounts';
import { CHOSEN, vat } from './vatMade';

type Row = [account: number, amount: number, box: string];

/** Written by hand from SKV 4700 and BAS: code, a base of 100.00, its VAT, and the rows with the box of each. */
const BY_HAND: ReadonlyArray<[code: string, base: number, vat: number, rows: Row[]]> = [
	['MP1', -10000, 2500, [[2610, -2500, '10']]],
	['MP2', -10000, 1200, [[2620, -1200, '11']]],
	['MP3', -10000, 600, [[2630, -600, '12']]],
	['UT', -10000, 2500, [[2612, -2500, '10']]],
	['UT', -10000, 1200, [[2622, -1200, '11']]],
	['UT', -10000, 600, [[2632, -600, '12']]],
	['BVMB', -10000, 300, [[2616, -300, '10']]],
	['HFS', -10000, 2500, [[2613, -2500, '10']]],
	['HFS', -10000, 1200, [[2623, -1200, '11']]],
	['U1', -10000, 2500, [[2610, -2500, '10']]],
	['U2', -10000, 1200, [[2620, -1200, '11']]],
	['U3', -10000, 600, [[2630, -600, '12']]],
	['I', 10000, 2500, [[2640, 2500, '48']]],
	['I', 10000, 1, [[2640, 1, '48']]],
	[
		'IVEU',
		10000,
		2500,
		[
			[2646, 2500, '48'],
			[2619, -2500, '30'],
		],
	],
	[
		'IVEU',
		10000,
		1200,
		[
			[2646, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'IVEU',
		10000,
		600,
		[
			[2646, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'ITEU',
		10000,
		2500,
		[
			[2649, 2500, '48'],
			[2627, -2500, '30'],
		],
	],
	[
		'ITEU',
		10000,
		1200,
		[
			[2649, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'ITEU',
		10000,
		600,
		[
			[2649, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'ITGLOB',
		10000,
		2500,
		[
			[2649, 2500, '48'],
			[2627, -2500, '30'],
		],
	],
	[
		'ITGLOB',
		10000,
		1200,
		[
			[2649, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'ITGLOB',
		10000,
		600,
		[
			[2649, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'IV',
		10000,
		2500,
		[
			[2642, 2500, '48'],
			[2617, -2500, '30'],
		],
	],
	[
		'IV',
		10000,
		1200,
		[
			[2642, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'IV',
		10000,
		600,
		[
			[2642, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'IT',
		10000,
		2500,
		[
			[2642, 2500, '48'],
			[2617, -2500, '30'],
		],
	],
	[
		'IT',
		10000,
		1200,
		[
			[2642, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'IT',
		10000,
		600,
		[
			[2642, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'UOS',
		10000,
		2500,
		[
			[2642, 2500, '48'],
			[2617, -2500, '30'],
		],
	],
	[
		'UEU',
		10000,
		1200,
		[
			[2646, 1200, '48'],
			[2624, -1200, '31'],
		],
	],
	[
		'UTFU',
		10000,
		600,
		[
			[2649, 600, '48'],
			[2634, -600, '32'],
		],
	],
	[
		'UI25',
		10000,
		2500,
		[
			[2645, 2500, '48'],
			[2615, -2500, '60'],
		],
	],
	[
		'UI12',
		10000,
		1200,
		[
			[2645, 1200, '48'],
			[2625, -1200, '61'],
		],
	],
	[
		'UI6',
		10000,
		600,
		[
			[2645, 600, '48'],
			[2635, -600, '62'],
		],
	],
];

const WITHOUT_VAT = ['VTEU', 'E', '3VEU', '3FEU', 'FTEU', 'ÖTEU', 'OTTU', 'MF', 'BI', 'R1', 'R2'];

describe('vatRows', () => {
	test('every code of the table has a row in BY_HAND or stands in WITHOUT_VAT, and every code there is in the table', () => {
		const tried = [...BY_HAND.map(([code]) => code), ...WITHOUT_VAT];
		expect({
			'add a row to BY_HAND, or the code to WITHOUT_VAT': VAT_CODES.filter((code) => !tried.includes(code)),
			'add a row to VAT_TABLE in table.ts': tried.filter((code) => !VAT_CODES.includes(code)),
		}).toEqual({ 'add a row to BY_HAND, or the code to WITHOUT_VAT': [], 'add a row to VAT_TABLE in table.ts': [] });
	});

	test('every code whose VAT goes to a box has accounts for it (else: a row in ACCOUNTS of accounts.ts)', () => {
		const booked = [...VAT_TABLE].filter(([, { owed, deducted }]) => (owed ?? deducted) !== undefined);
		expect(booked.map(([code]) => code).filter((code) => !ACCOUNTS.has(code))).toEqual([]);
	});

	test.each(BY_HAND)('%s on %i with %i of VAT, and the credit note', (code, lineAmount, amount, rows) => {
		const signed = (sign: 1 | -1) => rows.map(([account, row, box]) => ({ account, amount: sign * row, box }));
		expect(vat({ code, amount, lineAmount })).toMatchObject({ rows: signed(1) });
		expect(vat({ code, amount, lineAmount: -lineAmount })).toMatchObject({ rows: signed(-1) });
	});

	test.each(WITHOUT_VAT)('%s takes no VAT amount above zero', (code) => {
		expect(vat({ code, amount: 0 })).toEqual({ rows: [], hints: [] });
		expect(vat({ code, amount: 1 })).toMatchObject({ problem: { field: 'tax_amount' } });
	});

	test.each([
		['MP1', -10000, 2500, [2611]],
		['MP2', -10000, 1200, [2621]],
		['MP3', -10000, 600, [2631]],
		['U1', -10000, 2500, [2611]],
		['I', 10000, 2500, [2641]],
		['IVEU', 10000, 2500, [2645, 2614]],
		['ITEU', 10000, 2500, [2645, 2614]],
		['ITGLOB', 10000, 2500, [2645, 2614]],
		['UEU', 10000, 2500, [2645, 2614]],
		['UTFU', 10000, 2500, [2645, 2614]],
		['IV', 10000, 2500, [2647, 2614]],
		['IT', 10000, 2500, [2647, 2614]],
		['UOS', 10000, 2500, [2647, 2614]],
		['UI25', 10000, 2500, [2645, 2615]],
	])('%s without predefined accounts: BAS numbers, and a hint for each', (code, lineAmount, amount, accounts) => {
		for (const nothing of [undefined, null, 0]) {
			const result = vat({ code, lineAmount, amount, predefinedAccount: () => nothing });
			expect('rows' in result && result.rows.map(({ account }) => account)).toEqual(accounts);
			expect('hints' in result && result.hints).toHaveLength(accounts.length);
		}
	});

	test('the hint says why BAS’s account was used, and nothing where the company’s choices are not known', () => {
		expect(vat({ code: 'MP1', predefinedAccount: () => null })).toMatchObject({
			hints: ['The company has chosen no predefined account OUTVAT_MP1; 2611 was used, as in the BAS chart.'],
		});
		expect(vat({ code: 'UT' })).toMatchObject({
			hints: ['Fortnox has no predefined account for this VAT; 2612 was used, as in the BAS chart.'],
		});
		expect(vat({ code: 'MP1', predefinedAccount: undefined })).toEqual({ rows: [{ account: 2611, amount: -2500, box: '10' }], hints: [] });
	});

	test('a predefined account of another box is not taken, and the hint says why', () => {
		const goods = vat({ code: 'IVEU', lineAmount: 10000, predefinedAccount: (name) => (name === 'PRODUCT_CRE' ? 2615 : CHOSEN[name]) });
		expect(goods).toMatchObject({
			rows: [{ account: 2646 }, { account: 2614, box: '30' }],
			hints: [expect.stringMatching(/PRODUCT_CRE is 2615.*box 60.*not to 30; 2614 was used/)],
		});
	});

	test('named accounts come first', () => {
		expect(vat({ code: 'MP1', vatAccount: 2619 })).toEqual({ rows: [{ account: 2619, amount: -2500, box: '10' }], hints: [] });
		const both = { vatAccount: 2649, reversedVatAccount: 2628 };
		expect(vat({ code: 'ITEU', amount: 1200, lineAmount: 10000, ...both })).toEqual({
			rows: [
				{ account: 2649, amount: 1200, box: '48' },
				{ account: 2628, amount: -1200, box: '31' },
			],
			hints: [],
		});
	});

	test('codes of owed VAT take its account as vat_account; codes of purchases say where it belongs', () => {
		expect(
			vat({
				code: 'UTFU',
				lineAmount: 10000,
				vatAccount: 2614,
			}),
		).toMatchObject({ rows: [{ account: 2649 }, { account: 2614, amount: -2500 }] });
		expect(vat({ code: 'UTFU', lineAmount: 10000, vatAccount: 2645 })).toMatchObject({ rows: [{ account: 2645 }, { account: 2627 }] });
		expect(vat({ code: 'UTFU', lineAmount: 10000, vatAccount: 2614, reversedVatAccount: 2614 })).toMatchObject({
			problem: { field: 'vat_account' },
		});
		expect(vat({ code: 'ITEU', lineAmount: 10000, vatAccount: 2614 })).toMatchObject({
			problem: { field: 'vat_account', message: expect.stringContaining('reversed_vat_account') },
		});
	});

	test.each([
		['ITEU', 1000],
		['IVEU', 1100],
		['IT', 1900],
		['UTFU', 3000],
		['UI25', 700],
		['HFS', 1500],
	])('%s with %i on 100.00: a rate that is none is an error that names the three', (code, amount) => {
		const result = vat({ code, amount, lineAmount: 10000 });
		expect(result).toMatchObject({
			problem: { field: 'tax_amount', message: expect.stringContaining('25.00 (25 %), 12.00 (12 %), 6.00 (6 %)') },
		});
	});

	test('VAT of the margin scheme goes to the box of the account that is named, whatever its rate', () => {
		expect(vat({ code: 'BVMB', amount: 300, vatAccount: 2626 })).toEqual({ rows: [{ account: 2626, amount: -300, box: '11' }], hints: [] });
	});

	test('reverse charge on the account of the settlement is in no box, and the hint says so', () => {
		expect(vat({ code: 'ITEU', lineAmount: 10000, reversedVatAccount: 2650 })).toMatchObject({
			hints: [expect.stringContaining('The VAT account 2650 holds the settlement')],
		});
	});

	test('small bases leave less room: 1.00 on 10.00 is no 12 %, rounding is', () => {
		expect(vat({ code: 'ITEU', amount: 100, lineAmount: 1000 })).toHaveProperty('problem');
		expect(vat({ code: 'ITEU', amount: 121, lineAmount: 1000 })).toMatchObject({ rows: [{}, { account: 2624 }] });
		expect(vat({ code: 'ITEU', amount: 25_099, lineAmount: 100_000 })).toMatchObject({ rows: [{}, { account: 2627 }] });
	});

	test('an import code of another rate than the amounts say is an error', () => {
		expect(
			vat({
				code: 'UI25',
				amount: 1200,
				lineAmount: 10000,
			}),
		).toMatchObject({ problem: { field: 'tax_code', message: expect.stringContaining('12 %') } });
	});

	test('sales VAT of another rate than the code’s is an error, unless the account is named', () => {
		for (const [code, amount, wanted] of [
			['MP1', 1200, '25.00, not 12.00'],
			['MP2', 600, '12.00, not 6.00'],
			['U3', 2500, '6.00, not 25.00'],
		] as const) {
			expect(vat({ code, amount })).toMatchObject({
				problem: {
					field: 'tax_amount',
					message: expect.stringContaining(`which of 100.00 is ${wanted}. Correct the VAT, use the code of its rate`),
				},
			});
		}
		expect(vat({ code: 'MP1', amount: 2550 })).toMatchObject({ hints: [] });
		for (const [code, vatAccount, rate] of [
			['MP1', 2621, 12],
			['MP1', 2631, 6],
			['MP2', 2611, 25],
		] as const) {
			const amount = code === 'MP1' ? 2500 : 1200;
			const message = expect.stringContaining(`${vatAccount} is the account of ${rate} %`);
			expect(vat({ code, amount, vatAccount })).toMatchObject({ problem: { field: 'vat_account', message } });
		}
		for (const vatAccount of [2611, 2612, 2619]) {
			expect(vat({ code: 'MP1', amount: 25000, vatAccount })).toMatchObject({ problem: { field: 'tax_amount' } });
		}
		for (const vatAccount of [2641, 2645, 2649])
			expect(vat({ code: 'MP1', vatAccount })).toMatchObject({ problem: { field: 'vat_account' } });
		for (const vatAccount of [2611, 2621, 2614, 2615]) {
			expect(vat({ code: 'I', lineAmount: 10000, vatAccount })).toMatchObject({ problem: { field: 'vat_account' } });
		}
		for (const vatAccount of [1650, 2650])
			expect(vat({ code: 'MP1', vatAccount })).toMatchObject({ hints: [expect.stringContaining('in no box')] });
		expect(vat({ code: 'MP1', amount: 1200, vatAccount: 2621 })).toEqual({
			rows: [{ account: 2621, amount: -1200, box: '11' }],
			hints: [],
		});
	});

	test('input VAT above 25 % of its base is an error, at it is not', () => {
		expect(vat({ code: 'I', amount: 2500, lineAmount: 10000 })).toHaveProperty('rows');
		// With 0.50 of rounding.
		expect(vat({ code: 'I', amount: 2550, lineAmount: 10000 })).toHaveProperty('rows');
		for (const amount of [2551, 2600, 30_000]) {
			expect(vat({ code: 'I', amount, lineAmount: 10000 })).toMatchObject({
				problem: { field: 'tax_amount', message: expect.stringContaining('more than 25 % of the base 100.00') },
			});
		}
	});

	test.each([
		[{ code: 'I', lineAmount: 10000, vatAccount: 1930 }, 'vat_account'],
		[{ code: 'MP1', vatAccount: 3001 }, 'vat_account'],
		[{ code: 'I', lineAmount: 10000, vatAccount: 3001 }, 'vat_account'],
		[{ code: 'OSSDE', vatAccount: 2440 }, 'vat_account'],
		[{ code: 'ITEU', lineAmount: 10000, reversedVatAccount: 2440 }, 'reversed_vat_account'],
	])('%j: an account outside 26xx and 165x is an error', (input, field) => {
		expect(vat(input)).toMatchObject({ problem: { field, message: expect.stringContaining('not a VAT account') } });
		expect(vat({ code: 'I', lineAmount: 10000, vatAccount: 1650 })).toHaveProperty('rows');
	});

	test('a company’s own code goes to the named account, on the line’s side; without one it is not found', () => {
		expect(vat({ code: 'OSSDE', amount: 1900, vatAccount: 2670 })).toEqual({ rows: [{ account: 2670, amount: -1900 }], hints: [] });
		expect(vat({ code: 'OSSDE', amount: 1900, lineAmount: 10000, vatAccount: 2670 })).toMatchObject({ rows: [{ amount: 1900 }] });
		for (const code of ['OSSDE', 'MP4', '', '25']) {
			expect(vat({ code })).toMatchObject({
				problem: { code: 'ERROR_TAX_CODE_NOT_FOUND', message: expect.stringMatching(/MP1.*add vat_account/) },
			});
		}
	});

	test('a VAT of zero makes no row, and a hint', () => {
		for (const code of ['MP1', 'IVEU', 'I'])
			expect(vat({ code, amount: 0 })).toEqual({ rows: [], hints: [expect.stringContaining('no VAT was booked')] });
	});

	test('codes are read in any letter case and either form of Ö', () => {
		expect(vat({ code: ' mp1 ' })).toHaveProperty('rows');
		expect(vat({ code: 'O\u0308TEU', amount: 0 })).toHaveProperty('rows');
	});

	test('refuses a negative amount, and a second account where there is no second row', () => {
		expect(vat({ code: 'MP1', amount: -1 })).toMatchObject({ problem: { field: 'tax_amount' } });
		expect(vat({ code: 'MP1', reversedVatAccount: 2614 })).toMatchObject({ problem: { field: 'reversed_vat_account' } });
		expect(vat({ code: 'OSSDE', vatAccount: 2670, reversedVatAccount: 2614 })).toMatchObject({
			problem: { field: 'reversed_vat_account' },
		});
	});

	test('the rows of any code and rate make the VAT on the line’s side, or zero', () => {
		const bases = fc.integer({ min: 100, max: 10_000_000 });
		fc.assert(
			fc.property(fc.constantFrom(...VAT_CODES), fc.constantFrom(...VAT_RATES), bases, fc.constantFrom(-1, 1), (code, rate, base, side) => {
				const amount = Math.round((base * rate) / 100);
				const result = vat({ code, amount, lineAmount: side * base });
				if ('problem' in result) {
					expect(result.problem.message).toMatch(/without VAT|stands for|none of the rates|is for/);
					return;
				}
				const signed = result.rows.map((row) => row.amount);
				expect(signed[0]).toBe(side * amount);
				expect(sumOre(signed)).toBe(signed.length === 1 ? side * amount : 0);
			}),
		);
	});
});
