import fc from 'fast-check';

import {
	convert,
	convertCounterparts,
	convertLines,
	rateDeviation,
	readRate,
	registerRate,
	registerRateFor,
	type Conversion,
	type CurrencyLine,
	type Rate,
} from '../../../nodes/shared/ledger/currency';
import { MAX_ORE, sumOre, type Ore } from '../../../nodes/shared/ledger/money';

function rate(value: unknown): Rate {
	const reading = readRate(value);
	if (reading.problem !== undefined) throw new Error(reading.problem);
	return reading.value;
}

function valueOf<T>(conversion: Conversion<T>): T {
	if (conversion.problem !== undefined) throw new Error(conversion.problem.map(({ message }) => message).join(' '));
	return conversion.value;
}

function messagesOf(conversion: Conversion<unknown>): string {
	return conversion.problem !== undefined ? conversion.problem.map(({ message }) => message).join(' ') : 'converted';
}

/** The exact amount as a fraction, computed apart from the code under test. */
function exactSek(amount: Ore, text: Rate): { numerator: bigint; denominator: bigint } {
	const point = text.indexOf('.');
	const decimals = point < 0 ? 0 : text.length - point - 1;
	return { numerator: BigInt(amount) * BigInt(text.replace('.', '')), denominator: 10n ** BigInt(decimals) };
}

/** |converted − exact|, whether it is at most half an öre. */
function isRounded(converted: Ore, amount: Ore, text: Rate): boolean {
	const { numerator, denominator } = exactSek(amount, text);
	const distance = BigInt(converted) * denominator - numerator;
	return 2n * (distance < 0n ? -distance : distance) <= denominator;
}

describe('readRate', () => {
	test.each<[unknown, string]>([
		[11.2345, '11.2345'],
		['11,2345', '11.2345'],
		['11,234', '11.234'],
		['0.0712', '0.0712'],
		['10', '10'],
		['010.500', '10.5'],
		[0.1 + 0.2, '0.30000000000000004'],
		[0.000001, '0.000001'],
		[1_000_000, '1000000'],
	])('reads %p as %p', (written, expected) => {
		expect(readRate(written)).toStrictEqual({ value: expected });
	});

	test.each<[unknown]>([
		[0],
		['0,00'],
		[-1],
		[1e-7],
		['1e1'],
		[1_000_001],
		['1 000'],
		['1.000,5'],
		[''],
		[null],
		[Number.NaN],
		[{}],
	])('refuses %p', (written) => {
		expect(readRate(written)).toHaveProperty('problem');
	});
});

describe('convert', () => {
	test.each([
		[100, '11.2345', 1123],
		[50, '0.01', 1],
		[49, '0.01', 0],
		[-50, '0.01', -1],
		[-49, '0.01', 0],
		[1, '0.5', 1],
		[-1, '0.5', -1],
		[3, '0.5', 2],
		[-3, '0.5', -2],
		// 1.005 as a double lies below 1.005; the decimal does not
		[100, '1.005', 101],
		[0, '11.2345', 0],
	])('%p at %p is %p', (amount, text, expected) => {
		expect(convert(amount, text) + 0).toBe(expected + 0);
	});

	test('is exact up to the last of 14 digits, and an error beyond', () => {
		expect(convert(MAX_ORE, '1')).toBe(MAX_ORE);
		expect(convert(9_999_999_999_999, '10')).toBe(99_999_999_999_990);
		expect(() => convert(MAX_ORE, '1.00000000000001')).toThrow(RangeError);
	});
});

describe('convertLines', () => {
	const sale = (receivable: Ore, revenue: Ore, vat: Ore): CurrencyLine[] => [
		{ account: 1510, amount: receivable },
		{ account: 3001, amount: -revenue },
		{ account: 2611, amount: -vat },
	];

	test('leaves an entry alone that balances by itself', () => {
		expect(valueOf(convertLines(sale(12500, 10000, 2500), '10'))).toEqual({ amounts: [125000, -100000, -25000] });
	});

	test('gives the residual to the largest row of a result account', () => {
		// 1.01 + 1.01 = 2.02 at 0.5: 0.51 + 0.51 against 1.01
		const lines = [
			{ account: 1930, amount: 202 },
			{ account: 3001, amount: -101 },
			{ account: 2611, amount: -101 },
		];
		expect(valueOf(convertLines(lines, '0.5'))).toEqual({
			amounts: [101, -50, -51],
			adjusted: { index: 1, by: 1 },
		});
	});

	test('of equally large rows the first takes it', () => {
		const lines = [
			{ account: 1510, amount: 202 },
			{ account: 3001, amount: -101 },
			{ account: 3002, amount: -101 },
		];
		expect(valueOf(convertLines(lines, '0.5')).adjusted).toEqual({ index: 1, by: 1 });
		expect(valueOf(convertLines(lines.slice().reverse(), '0.5')).adjusted).toEqual({ index: 0, by: 1 });
		const twins = [{ account: 1930, amount: 202 }, ...lines.slice(1)];
		expect(valueOf(convertLines(twins, '0.5')).adjusted).toEqual({ index: 1, by: 1 });
	});

	test.each<[string, number[], number]>([
		['a result account before all others', [202, 5410, 2440], 1],
		['a balance account that nothing is compared with', [202, 1510, 1220], 2],
		['a balance account before bank and VAT', [202, 2614, 2890], 2],
	])('prefers %s', (_name, [size = 0, one = 0, other = 0], index) => {
		const lines = [{ account: 1930, amount: size }, { account: one, amount: -size / 2 }, { account: other, amount: -size / 2 }];
		expect(valueOf(convertLines(lines, '0.5')).adjusted).toEqual({ index, by: 1 });
	});

	test.each([1510, 1610, 2440])('leaves %i, which a sub-ledger is compared with, as the amount at the rate is', (account) => {
		const lines = [...[1, 2, 3].map(() => ({ account: 5410, amount: 3333 })), { account, amount: -9999 }];
		expect(valueOf(convertLines(lines, '11.056')).amounts.at(-1)).toBe(-110549);
	});

	test.each([
		[1900, 2650],
		[1999, 1650],
		[1910, 2699],
		[1930, 1659],
	])('takes bank %p or VAT %p only where there is no other row', (bank, vat) => {
		const lines = [
			{ account: bank, amount: 202 },
			{ account: vat, amount: -101 },
			{ account: vat, amount: -101 },
		];
		expect(valueOf(convertLines(lines, '0.5'))).toEqual({
			amounts: [102, -51, -51],
			adjusted: { index: 0, by: 1 },
		});
	});

	test('books the residual on the rounding account where that is wanted', () => {
		const lines = [
			{ account: 1930, amount: 202 },
			{ account: 3001, amount: -101 },
			{ account: 2611, amount: -101 },
		];
		const converted = valueOf(convertLines(lines, '0.5', 'roundingAccount'));
		expect(converted).toEqual({ amounts: [101, -51, -51], rounding: 1 });
		const even = valueOf(convertLines(sale(12500, 10000, 2500), '10', 'roundingAccount'));
		expect(even).not.toHaveProperty('rounding');
	});

	test('names every line that becomes 0.00 SEK', () => {
		const conversion = convertLines(
			[
				{ account: 1510, amount: 1000 },
				{ account: 3001, amount: -4 },
				{ account: 3002, amount: -992 },
				{ account: 3003, amount: -4 },
			],
			'0.1',
		);
		expect(conversion).toMatchObject({ problem: [{ index: 1 }, { index: 3 }] });
		expect(messagesOf(conversion)).toContain('-0.04 at the rate 0.1 is 0.00 SEK');
	});

	test('refuses amounts of more than 14 digits in SEK', () => {
		const conversion = convertLines(
			[
				{ account: 1510, amount: MAX_ORE },
				{ account: 3001, amount: -MAX_ORE },
			],
			'11.2345',
		);
		expect(conversion).toMatchObject({ problem: [{ index: 0 }, { index: 1 }] });
		expect(messagesOf(conversion)).toContain('14 digits');
	});

	test('passes by a row whose sign the residual would change', () => {
		const small = Array.from({ length: 60 }, () => ({ account: 3001, amount: -1 }));
		const large = Array.from({ length: 4 }, () => ({ account: 4010, amount: 15 }));
		const { amounts, adjusted } = valueOf(convertLines([...small, ...large], '1.4'));
		expect(adjusted).toEqual({ index: 0, by: -24 });
		expect(amounts.slice(-4)).toEqual([21, 21, 21, 21]);
	});

	test('does not convert what the caller should have refused', () => {
		expect(() => convertLines([{ account: 1510, amount: 1 }], '10')).toThrow(RangeError);
		expect(() => convertLines([{ account: 1510, amount: 0 }], '10')).toThrow(RangeError);
	});
});

describe('convertCounterparts', () => {
	test('converts the net once and lets a counterpart take the residual', () => {
		const lines = [
			{ account: 3001, amount: -101 },
			{ account: 2611, amount: -101 },
		];
		expect(valueOf(convertCounterparts(lines, '0.5'))).toEqual({
			amounts: [-50, -51],
			adjusted: { index: 0, by: 1 },
			bank: 101,
		});
	});

	test('entries of mixed sign and of net zero', () => {
		const mixed = [
			{ account: 1510, amount: -10000 },
			{ account: 6570, amount: 333 },
		];
		const converted = valueOf(convertCounterparts(mixed, '11.2345'));
		expect(converted.bank).toBe(convert(9667, '11.2345'));
		expect(sumOre(converted.amounts) + converted.bank).toBe(0);
		const even = [
			{ account: 1510, amount: -10000 },
			{ account: 2440, amount: 10000 },
		];
		expect(valueOf(convertCounterparts(even, '11.2345'))).toEqual({ amounts: [-112345, 112345], bank: 0 });
	});

	test('refuses a residual that no row can take without changing its sign', () => {
		const small = Array.from({ length: 60 }, () => ({ account: 3001, amount: -1 }));
		expect(messagesOf(convertCounterparts(small, '0.6'))).toContain('rounding account');
		expect(valueOf(convertCounterparts(small, '0.6', 'roundingAccount'))).toMatchObject({ bank: 36, rounding: 24 });
	});

	test('refuses a bank row of 0.00 SEK', () => {
		const lines = [
			{ account: 1510, amount: -1000 },
			{ account: 6570, amount: 999 },
		];
		expect(messagesOf(convertCounterparts(lines, '0.1'))).toContain('0.01 at the rate 0.1 is 0.00 SEK');
	});
});

describe('any entry at any rate', () => {
	const accounts = fc.oneof(
		fc.integer({ min: 1000, max: 8999 }),
		fc.constantFrom(1900, 1910, 1930, 1999, 1650, 2611, 2641, 3001, 4010, 6570),
	);
	const amounts = fc
		.oneof(...[500, 10_000_000, MAX_ORE].map((max) => fc.integer({ min: 1, max })))
		.chain((ore) => fc.constantFrom(ore, -ore));
	const rates = fc
		.oneof(
			fc.double({ min: 0.000001, max: 1_000_000, noNaN: true }),
			fc.double({ min: 0.01, max: 20, noNaN: true }),
			fc.constantFrom(0.1 + 0.2, 1 / 3, 11.2345, 0.0712, 9.999999, 1.005, 0.5),
		)
		.map(rate);
	/** Random lines, and a last one that balances them. */
	const entries = fc
		.array(fc.record({ account: accounts, amount: amounts }), { minLength: 1, maxLength: 40 })
		.chain((lines) => {
			const balance = -sumOre(lines.map(({ amount }) => amount));
			return accounts.map((account) => [...lines, { account, amount: balance }]);
		})
		.filter((lines) => lines.every(({ amount }) => amount !== 0));

	test('balances in SEK; signs stay; only the row that takes the residual moves by more than rounding', () => {
		let converted = 0;
		fc.assert(
			fc.property(entries, rates, (lines, text) => {
				const conversion = convertLines(lines, text);
				if (conversion.problem !== undefined) {
					expect(messagesOf(conversion)).toMatch(/0\.00 SEK|14 digits|rounding account/);
					return;
				}
				converted++;
				const { amounts: sek, adjusted } = conversion.value;
				expect(sumOre(sek)).toBe(0);
				expect(Math.abs(adjusted?.by ?? 0)).toBeLessThanOrEqual(lines.length / 2);
				for (const [index, line] of lines.entries()) {
					const amount = sek[index] ?? 0;
					expect(Math.sign(amount)).toBe(Math.sign(line.amount));
					const byItself = index === adjusted?.index ? amount - adjusted.by : amount;
					expect(isRounded(byItself, line.amount, text)).toBe(true);
				}
			}),
			{ numRuns: 1000 },
		);
		expect(converted).toBeGreaterThan(100);
	});

	test('a financial entry balances with a bank row that is the net, rounded once', () => {
		let converted = 0;
		fc.assert(
			fc.property(entries, rates, (balanced, text) => {
				const lines = balanced.slice(0, -1);
				const conversion = convertCounterparts(lines, text);
				if (conversion.problem !== undefined) {
					expect(messagesOf(conversion)).toMatch(/0\.00 SEK|14 digits|rounding account/);
					return;
				}
				converted++;
				const { amounts: sek, bank } = conversion.value;
				expect(sumOre(sek) + bank).toBe(0);
				expect(isRounded(bank, -sumOre(lines.map(({ amount }) => amount)), text)).toBe(true);
				for (const [index, line] of lines.entries()) {
					expect(Math.sign(sek[index] ?? 0)).toBe(Math.sign(line.amount));
				}
			}),
			{ numRuns: 1000 },
		);
		expect(converted).toBeGreaterThan(100);
	});

	test('with a rounding account no row moves at all', () => {
		fc.assert(
			fc.property(entries, rates, (lines, text) => {
				const conversion = convertLines(lines, text, 'roundingAccount');
				if (conversion.problem !== undefined) return;
				const { amounts: sek, rounding = 0 } = conversion.value;
				expect(sumOre(sek) + rounding).toBe(0);
				for (const [index, line] of lines.entries()) {
					expect(isRounded(sek[index] ?? 0, line.amount, text)).toBe(true);
				}
			}),
		);
	});
});

describe('the register', () => {
	test('is read for one unit', () => {
		const both = { BuyRate: 11.2345, SellRate: 11.5, Unit: 1 };
		expect(registerRate(both, 'buy')).toBe('11.2345');
		expect(registerRate(both, 'sell')).toBe('11.5');
		expect(registerRate(both, 'middle')).toBe('11.36725');
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
		['a supplier’s invoice', [[5410, 100], [2440, -100]], 'sell', /suppliers \(24xx\)/],
		['a supplier’s credit note', [[5410, -100], [2440, 100]], 'sell', /suppliers/],
		['a supplier’s payment with a gain', [[2440, 100], [1930, -90], [3960, -10]], 'sell', /suppliers/],
		['a purchase paid at once', [[1930, -100], [4010, 100]], 'sell', /costs/],
		['the first and last account of purchases', [[4000, 100], [7999, -100]], 'sell', /costs/],
		['a debt alone', [[2499, 100], [1930, -100]], 'sell', /suppliers/],
		['a customer’s invoice', [[1510, 100], [3001, -100]], 'buy', /customers owe or pay \(15xx\)/],
		['a customer’s payment with a bank fee', [[1930, 98], [6570, 2], [1510, -100]], 'buy', /customers/],
		['a customer’s payment with a loss on the rate', [[1930, 60], [7960, 40], [1510, -100]], 'buy', /customers/],
		['a payout of sales with a fee', [[1930, 97], [6570, 3], [3001, -100]], 'buy', /income/],
		['a payout with more refunds and fees than sales', [[1930, -5], [6570, 15], [3001, -10]], 'sell', /costs/],
		['a customer’s debt that is set off against a larger one', [[2440, 100], [1510, -60], [1930, -40]], 'sell', /suppliers/],
		['a customer’s debt that is larger than that set off', [[2440, 60], [1510, -100], [1930, 40]], 'buy', /customers/],
		['one set off against as large a debt', [[2440, 100], [1510, -100]], 'sell', /suppliers/],
		['interest', [[1930, 100], [8310, -100]], 'buy', /income/],
		['the accounts around debts and income', [[2399, 100], [2500, 100], [8000, -1], [3999, -199]], 'buy', /income/],
		['a transfer between banks', [[1930, 100], [1950, -100]], 'buy', /no row/],
	])('for %s takes the rate that the rows want', (_name, rows, choice, reason) => {
		const found = registerRateFor(rows.map(([account, amount]) => ({ account, amount })));
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
		expect(rateDeviation('5', {})).toBeUndefined();
	});
});
