import fc from 'fast-check';

import { MAX_ORE, sumOre } from '../../../nodes/shared/ledger/money';
import { addUpTo100, splitByPercentages } from '../../../nodes/shared/ledger/shares';

test.each([
	[10000, [50, 50], [5000, 5000]],
	[10001, [50, 50], [5001, 5000]],
	[-10001, [50, 50], [-5001, -5000]],
	[100, [33.33, 33.33, 33.34], [33, 33, 34]],
	[1000, [33.33, 33.33, 33.34], [333, 333, 334]],
	[1, [50, 50], [1, 0]],
	[2, [10, 30, 60], [0, 1, 1]],
	[0, [40, 60], [0, 0]],
	[-1, [50, 50], [-1, 0]],
	[12345, [100], [12345]],
	[MAX_ORE, [99.99, 0.01], [99_989_999_999_999, 10_000_000_000]],
])('%p öre by %p is %p', (amount, percentages, parts) => {
	expect(splitByPercentages(amount, percentages)).toEqual(parts);
});

test('knows what makes 100 %', () => {
	expect(addUpTo100([33.33, 33.33, 33.34])).toBe(true);
	expect(addUpTo100([0.1, 0.2, 99.7])).toBe(true);
	expect(addUpTo100([33.33, 33.33, 33.33])).toBe(false);
	expect(addUpTo100([])).toBe(false);
	expect(() => splitByPercentages(100, [50, 49.99])).toThrow(RangeError);
	expect(() => splitByPercentages(100, [110, -10])).toThrow(RangeError);
	expect(() => splitByPercentages(100, [100, 0])).toThrow(RangeError);
});

test('the parts make the amount, and each is less than an öre from its share', () => {
	const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 12 });
	fc.assert(
		fc.property(fc.integer({ min: -MAX_ORE, max: MAX_ORE }), cuts, (amount, inside) => {
			const edges = [0, ...inside.sort((one, other) => one - other), 10_000];
			const hundredths = edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0));
			const parts = splitByPercentages(
				amount,
				hundredths.map((share) => share / 100),
			);
			expect(sumOre(parts)).toBe(amount + 0);
			for (const [index, part] of parts.entries()) {
				const distance = BigInt(part) * 10_000n - BigInt(amount) * BigInt(hundredths[index] ?? 0);
				expect(distance < 10_000n && distance > -10_000n).toBe(true);
			}
		}),
	);
});
