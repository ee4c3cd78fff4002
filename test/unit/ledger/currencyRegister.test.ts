import { rateDeviation, registerRate, registerRateFor } from '../../../nodes/shared/ledger/currency';

describe('the register', () => {
	test('is read for one unit', () => {
		const both = { BuyRate: 11.2345, SellRate: 11.5, Unit: 1 };
		expect(registerRate(both, 'buy')).toBe('11.2345');
		expect(registerRate(both, 'sell')).toBe('11.5');
		expect(registerRate(both, 'middle')).toBe('11.36725');
		expect(registerRate({ BuyRate: 11.5, SellRate: 11.7345 }, 'middle')).toBe('11.61725');
		expect(registerRate({ BuyRate: 93.1, SellRate: 93.9, Unit: 100 }, 'middle')).toBe('0.935');
		expect(registerRate({ BuyRate: 7.12, Unit: 100 }, 'buy')).toBe('0.0712');
		expect(registerRate({ BuyRate: 1, Unit: 3 }, 'buy')).toBe('0.333333333333');
	});

	test('gives no rate in place of one that it lacks', () => {
		expect(registerRate({ BuyRate: 0, SellRate: 11.5 }, 'buy')).toBeUndefined();
		for (const choice of ['sell', 'middle'] as const) expect(registerRate({ BuyRate: 11, SellRate: null }, choice)).toBeUndefined();
		expect(registerRate({ BuyRate: null, SellRate: null, Unit: 1 }, 'buy')).toBeUndefined();
		expect(registerRate({ BuyRate: 11, Unit: 0 }, 'buy')).toBeUndefined();
	});

	test.each<[string, Array<[account: number, amount: number]>, 'buy' | 'sell', RegExp]>([
		[
			'a supplier’s invoice',
			[
				[5410, 100],
				[2440, -100],
			],
			'sell',
			/suppliers \(24xx\)/,
		],
		[
			'a supplier’s credit note',
			[
				[5410, -100],
				[2440, 100],
			],
			'sell',
			/suppliers/,
		],
		[
			'a supplier’s payment with a gain',
			[
				[2440, 100],
				[1930, -90],
				[3960, -10],
			],
			'sell',
			/suppliers/,
		],
		[
			'a purchase paid at once',
			[
				[1930, -100],
				[4010, 100],
			],
			'sell',
			/costs/,
		],
		[
			'the first and last account of purchases',
			[
				[4000, 100],
				[7999, -100],
			],
			'sell',
			/costs/,
		],
		[
			'a debt alone',
			[
				[2499, 100],
				[1930, -100],
			],
			'sell',
			/suppliers/,
		],
		[
			'a customer’s invoice',
			[
				[1510, 100],
				[3001, -100],
			],
			'buy',
			/customers owe or pay \(15xx\)/,
		],
		[
			'a customer’s payment with a bank fee',
			[
				[1930, 98],
				[6570, 2],
				[1510, -100],
			],
			'buy',
			/customers/,
		],
		[
			'a customer’s payment with a loss on the rate',
			[
				[1930, 60],
				[7960, 40],
				[1510, -100],
			],
			'buy',
			/customers/,
		],
		[
			'a payout of sales with a fee',
			[
				[1930, 97],
				[6570, 3],
				[3001, -100],
			],
			'buy',
			/income/,
		],
		[
			'a payout with more refunds and fees than sales',
			[
				[1930, -5],
				[6570, 15],
				[3001, -10],
			],
			'sell',
			/costs/,
		],
		[
			'a customer’s debt that is set off against a larger one',
			[
				[2440, 100],
				[1510, -60],
				[1930, -40],
			],
			'sell',
			/suppliers/,
		],
		[
			'a customer’s debt that is larger than that set off',
			[
				[2440, 60],
				[1510, -100],
				[1930, 40],
			],
			'buy',
			/customers/,
		],
		[
			'one set off against as large a debt',
			[
				[2440, 100],
				[1510, -100],
			],
			'sell',
			/suppliers/,
		],
		[
			'interest',
			[
				[1930, 100],
				[8310, -100],
			],
			'buy',
			/income/,
		],
		[
			'the accounts around debts and income',
			[
				[2399, 100],
				[2500, 100],
				[8000, -1],
				[3999, -199],
			],
			'buy',
			/income/,
		],
		[
			'a transfer between banks',
			[
				[1930, 100],
				[1950, -100],
			],
			'buy',
			/no row/,
		],
	])('for %s takes the rate that the rows want', (_name, rows, choice, reason) => {
		const found = registerRateFor(rows.map(([account, amount]) => ({ account, amount })));
		expect(found).toMatchObject({ choice, reason: expect.stringMatching(reason) });
	});

	/** The first and last account of each kind, and its neighbours, against a bank account. */
	test.each<[account: number, choice: 'buy' | 'sell', reason: RegExp]>([
		[1499, 'buy', /no row/],
		[1500, 'buy', /customers/],
		[1599, 'buy', /customers/],
		[1600, 'buy', /no row/],
		[2399, 'buy', /no row/],
		[2400, 'sell', /suppliers/],
		[2499, 'sell', /suppliers/],
		[2500, 'buy', /no row/],
		[2999, 'buy', /no row/],
		[3000, 'buy', /income/],
		[3999, 'buy', /income/],
		[4000, 'sell', /costs/],
		[7999, 'sell', /costs/],
		[8000, 'buy', /income/],
		[8399, 'buy', /income/],
		[8400, 'buy', /no row/],
	])('account %i alone takes the %s rate', (account, choice, reason) => {
		const found = registerRateFor([
			{ account, amount: 1 },
			{ account: 1930, amount: -1 },
		]);
		expect(found).toMatchObject({ choice, reason: expect.stringMatching(reason) });
	});

	test.each<[string, object, string]>([
		['11.2', { BuyRate: 11.2345, Unit: 1 }, 'near'],
		['12.5', { BuyRate: 10, Unit: 1 }, 'near'],
		['7.5', { BuyRate: 10, Unit: 1 }, 'near'],
		['12.500001', { BuyRate: 10, Unit: 1 }, 'far'],
		['7.499999', { BuyRate: 10, Unit: 1 }, 'far'],
		['13', { BuyRate: 10, SellRate: 10.5, Unit: 1 }, 'near'],
		['0.089', { BuyRate: 11.2345, Unit: 1 }, 'inverse'],
		['1', { BuyRate: 11.2345, Unit: 1 }, 'leftOverOne'],
		['1', { BuyRate: 0.95, Unit: 1 }, 'near'],
		['7.12', { BuyRate: 7.12, Unit: 100 }, 'perUnits'],
		['50', { BuyRate: 7.12, Unit: 100 }, 'far'],
		// One of the two rates is enough.
		['14', { BuyRate: 7, SellRate: 14, Unit: 10 }, 'perUnits'],
		['0.05', { BuyRate: 10, SellRate: 20, Unit: 1 }, 'inverse'],
		['22.469', { BuyRate: 11.2345 }, 'far'],
		['0.0712', { BuyRate: 7.12, Unit: 100 }, 'near'],
		['14.04', { BuyRate: 7.12, Unit: 100 }, 'inverse'],
		['112.345', { BuyRate: 11.2345, Unit: 1 }, 'far'],
	])('a rate of %p against %p is %p', (given, register, verdict) => {
		expect(rateDeviation(given, register)?.verdict).toBe(verdict);
	});

	test('says how far the nearer of its two rates is', () => {
		expect(rateDeviation('5', { BuyRate: 10, SellRate: 20, Unit: 1 })).toEqual({
			verdict: 'far',
			register: { rate: '10', source: 'BuyRate' },
			percent: 50,
		});
		expect(rateDeviation('15', { BuyRate: 10, SellRate: 20, Unit: 1 })).toMatchObject({ percent: 25, register: { source: 'SellRate' } });
		expect(rateDeviation('10.26', { BuyRate: 10 })?.percent).toBe(3);
		expect(rateDeviation('9.74', { BuyRate: 10 })?.percent).toBe(3);
		expect(rateDeviation('5', {})).toBeUndefined();
	});
});
