import {
	convert,
	convertCounterparts,
	convertLines,
	readRate,
	type Conversion,
	type CurrencyLine,
} from '../../../nodes/shared/ledger/currency';
import { MAX_ORE, sumOre, type Ore } from '../../../nodes/shared/ledger/money';
import { messagesOf } from './rates';

function valueOf<T>(conversion: Conversion<T>): T {
	if (conversion.problem !== undefined) throw new Error(conversion.problem.map(({ message }) => message).join(' '));
	return conversion.value;
}

describe('readRate', () => {
	test.each<[unknown, string]>([
		[11.2345, '11.2345'],
		['11,2345', '11.2345'],
		['11,234', '11.234'],
		[' 11.2 ', '11.2'],
		['0.0712', '0.0712'],
		['10', '10'],
		['010.500', '10.5'],
		[0.1 + 0.2, '0.30000000000000004'],
		[0.000001, '0.000001'],
		[1_000_000, '1000000'],
	])('reads %p as %p', (written, expected) => {
		expect(readRate(written)).toStrictEqual({ value: expected });
	});

	test.each([[0], ['0,00'], [1_000_001]])('%p is out of range', (written) => {
		expect(readRate(written).problem).toContain('is out of range');
	});

	test.each<[unknown]>([[-1], [1e-7], ['1e1'], ['1 000'], ['1.000,5'], [['11.2']], [''], [null], [Number.NaN], [{}]])(
		'%p is no rate',
		(written) => {
			expect(readRate(written).problem).toContain('is not an exchange rate');
		},
	);
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
		['a balance account before other receivables', [202, 1610, 2890], 2],
		['a balance account before what suppliers get', [202, 2440, 2890], 2],
		['a balance account before the bank', [202, 1940, 2890], 2],
		['stock, which is no receivable', [202, 1510, 1410], 2],
		['the first result account', [202, 2999, 3000], 2],
		['the last result account', [202, 9000, 8999], 2],
		['of accounts around the result the first, as of any others', [202, 2999, 9000], 1],
	])('prefers %s', (_name, [size = 0, one = 0, other = 0], index) => {
		const lines = [
			{ account: 1930, amount: size },
			{ account: one, amount: -size / 2 },
			{ account: other, amount: -size / 2 },
		];
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

	test('names the only line that becomes 0.00 SEK', () => {
		const lines = [
			{ account: 1510, amount: 1000 },
			{ account: 3001, amount: -4 },
			{ account: 3002, amount: -996 },
		];
		expect(convertLines(lines, '0.1')).toMatchObject({ problem: [{ index: 1 }] });
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

	test('the largest counterpart takes the residual, whatever its account, and VAT only where there is nothing else', () => {
		const adjusted = (...lines: Array<[account: number, amount: number]>) =>
			valueOf(
				convertCounterparts(
					lines.map(([account, amount]) => ({ account, amount })),
					'0.5',
				),
			).adjusted;
		expect(adjusted([3001, -101], [1510, -303])).toEqual({ index: 1, by: 1 });
		expect(adjusted([2611, -303], [3001, -101])).toEqual({ index: 1, by: 1 });
		expect(adjusted([2611, -101], [2621, -303])).toEqual({ index: 1, by: 1 });
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
