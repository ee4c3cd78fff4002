import fc from 'fast-check';
import { convertCounterparts, convertLines, type Rate } from '../../../nodes/shared/ledger/currency';
import { MAX_ORE, sumOre, type Ore } from '../../../nodes/shared/ledger/money';
import { rate, messagesOf } from './rates';

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
