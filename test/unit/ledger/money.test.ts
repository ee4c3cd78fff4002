import fc from 'fast-check';

import { formatOre, formatSek, isOfOtherCurrency, MAX_ORE, readAmount, sumOre, toOre, toSek } from '../../../nodes/shared/ledger/money';

const ores = fc.integer({ min: -MAX_ORE, max: MAX_ORE });

function problemOf(value: unknown): string {
	const reading = readAmount(value);
	return reading.problem !== undefined ? reading.problem : `read as ${reading.value}`;
}

describe('readAmount', () => {
	test.each<[unknown, number]>([
		['1234', 123450 - 50],
		['1234.5', 123450],
		['1234,50', 123450],
		['1 234,50', 123450],
		['1 234.50', 123450],
		['1,234.50', 123450],
		['1.234,50', 123450],
		['1 234:50', 123450],
		['1.234:50', 123450],
		['1234:50', 123450],
		['1250:-', 125000],
		['1 250:- kr', 125000],
		['1.250:-', 125000],
		['-1 250:-', -125000],
		['1\u00a0234,50', 123450],
		['1\u202f234,50', 123450],
		['1 234 567', 123456700],
		['1,234,567', 123456700],
		['1.234.567,89', 123456789],
		['1,234,567.8', 123456780],
		['-1 234,50', -123450],
		['\u22121 234,50', -123450],
		['- 5', -500],
		['5-', -500],
		['5 -', -500],
		['+5', 500],
		['1 234,50 kr', 123450],
		['1234.50 SEK', 123450],
		['100kr.', 10000],
		['  7  ', 700],
		['007,50', 750],
		['0,01', 1],
		['-0', 0],
		['999 999 999 999,99', MAX_ORE],
		[0.1 + 0.2, 30],
		[1.1 * 3, 330],
		[-1234.5, -123450],
		[-0, 0],
		[1e3, 100000],
		[999_999_999_999.99, MAX_ORE],
		[12.3400009, 1234],
	])('reads %p as %p öre', (written, ore) => {
		expect(readAmount(written)).toStrictEqual({ value: ore });
	});

	test.each([
		['1,234', '"1,234" can mean 1234 or 1.234; write 1234.00 for the first'],
		['1.234', '"1.234" can mean 1234 or 1.234'],
		['-12.345', 'can mean -12345 or -12.345; write -12345.00 for the first, or round to two decimals (-12.35 or -12.34)'],
		['999,999 kr', 'can mean 999999 or 999.999'],
	])('refuses %p, which can mean two amounts', (written, part) => {
		expect(problemOf(written)).toContain(part);
	});

	test.each<[unknown, string]>([
		['0,123', 'more than two decimals'],
		['1234.567', 'more than two decimals'],
		['1 234,567', 'more than two decimals'],
		[1.005, 'more than two decimals; round it to whole öre, 1.01 or 1.00.'],
		['-1.250', 'write -1250.00 for the first, or round to two decimals (-1.25) for the second'],
		['1.005', 'write 1005.00 for the first, or round to two decimals (1.01 or 1.00)'],
		['0.004', 'round it to whole öre, 0.00 or 0.01.'],
		[-2.3449, 'round it to whole öre, -2.34 or -2.35.'],
		[0.001, 'more than two decimals'],
		[12.34001, 'more than two decimals'],
		['1e3', 'not an amount'],
		['0x10', 'not an amount'],
		['1.2345', 'round it to whole öre, 1.23 or 1.24.'],
		['1.2.3', 'not an amount'],
		['12 34:50', 'not an amount'],
		['12 34:-', 'not an amount'],
		['5:500', 'not an amount'],
		['1,23,456.50', 'not an amount'],
		['1.23.456,50', 'not an amount'],
		['1.234,567', 'not an amount'],
		['1,23,456,789', 'not an amount'],
		['kr5', 'not an amount'],
		['1,23,456', 'not an amount'],
		['12 34', 'not an amount'],
		['1 234 56', 'not an amount'],
		['1,234.567.89', 'not an amount'],
		['0,123,456', 'not an amount'],
		['01,234,567', 'not an amount'],
		['1.234.5678', 'not an amount'],
		['1 1,234,567', 'not an amount'],
		['5:5', 'not an amount'],
		['-5-', 'not an amount'],
		['--5', 'not an amount'],
		['5 EUR', 'not an amount'],
		['.5', 'not an amount'],
		['5.', 'not an amount'],
		['-', 'not an amount'],
		['kr', 'empty'],
		['١٢', 'not an amount'],
		['', 'empty'],
		[' \u00a0', 'empty'],
		[Number.NaN, 'not an amount'],
		[Number.POSITIVE_INFINITY, 'not an amount'],
		[1e12, 'too large'],
		[Number.MAX_VALUE, 'too large'],
		['1000000000000', 'too large'],
		['1 000 000 000 000,00', 'too large'],
		[null, 'not nothing'],
		[undefined, 'not nothing'],
		[true, 'not a boolean'],
		[[1], 'not a list'],
		[{}, 'not an object'],
		[10n, 'not a bigint'],
	])('refuses %p', (written, part) => {
		expect(problemOf(written)).toContain(part);
	});

	test('reads back every amount as JSON, as text and as people print it', () => {
		fc.assert(
			fc.property(ores, (ore) => {
				const expected = { value: ore === 0 ? 0 : ore };
				expect(readAmount(JSON.parse(JSON.stringify(toSek(ore))))).toStrictEqual(expected);
				expect(readAmount(formatOre(ore))).toStrictEqual(expected);
				expect(readAmount(formatSek(ore))).toStrictEqual(expected);
				expect(readAmount(`${formatSek(ore).replace(/ /g, '\u202f')} kr`)).toStrictEqual(expected);
			}),
			{ numRuns: 500 },
		);
	});

	const amountLike = fc.stringMatching(/^[-+]?[\d., :]{0,20}( kr)?$/);
	test('never throws, and answers safe integers only', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.double(), amountLike), (value) => {
				const reading = readAmount(value);
				if (reading.problem === undefined) expect(Number.isSafeInteger(reading.value)).toBe(true);
				else expect(reading.problem).toMatch(/\.$/);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('formats and sums', () => {
	test.each([
		[0, '0.00', '0,00'],
		[5, '0.05', '0,05'],
		[-5, '-0.05', '-0,05'],
		[100000, '1000.00', '1 000,00'],
		[-123456789, '-1234567.89', '-1 234 567,89'],
		[MAX_ORE, '999999999999.99', '999 999 999 999,99'],
	])('%p öre is %p and %p', (ore, plain, swedish) => {
		expect(formatOre(ore)).toBe(plain);
		expect(formatSek(ore)).toBe(swedish);
	});

	test.each([
		[1.15, 115],
		[0.29, 29],
		[-1.15, -115],
		[-0, 0],
		[null, 0],
		[undefined, 0],
	])('%p, as Fortnox sends it, is %p öre', (sek, ore) => {
		expect(toOre(sek)).toBe(ore);
	});

	test.each<[unknown, string, boolean]>([
		['100 kr', 'SEK', false],
		['100 kr', 'EUR', true],
		[' 100 KR. ', 'EUR', true],
		['100 kr', 'DKK', false],
		['100 kr', 'ISK', false],
		['100 kr.', 'NOK', false],
		['100 SEK', 'SEK', false],
		['100 sek.', 'NOK', true],
		['1.234 kr.', 'EUR', true],
		['100', 'EUR', false],
		[100, 'EUR', false],
		['kr 100', 'EUR', false],
	])('%p in an entry in %p is of another currency: %p', (written, currency, expected) => {
		expect(isOfOtherCurrency(written, currency)).toBe(expected);
	});

	test('an amount in SEK is the double that its decimal text means', () => {
		fc.assert(fc.property(ores, (ore) => expect(toSek(ore) + 0).toBe(Number(formatOre(ore)) + 0)));
	});

	test('a sum is exact or an error', () => {
		expect(sumOre([])).toBe(0);
		expect(sumOre([10, 20, -30])).toBe(0);
		expect(() => sumOre([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
		fc.assert(
			fc.property(fc.array(ores, { maxLength: 80 }), (list) => {
				const exact = list.reduce((sum, ore) => sum + BigInt(ore), 0n);
				expect(BigInt(sumOre(list))).toBe(exact);
			}),
		);
	});
});
