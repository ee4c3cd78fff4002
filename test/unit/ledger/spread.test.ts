import { sumOre } from '../../../nodes/shared/ledger/money';
import { spreadOver, type SpreadMethod, type SpreadPart } from '../../../nodes/shared/ledger/spread';

function spread(amount: number, from: string, to: string, method: SpreadMethod = 'months'): SpreadPart[] {
	const reading = spreadOver(amount, { from, to }, method);
	if (reading.problem !== undefined) throw new Error(reading.problem);
	return reading.value;
}

describe('an amount over months', () => {
	it('is the same every month, and the last one has the öre that are left over', () => {
		const parts = spread(100_000, '2026-01-01', '2026-03-31');
		expect(parts).toEqual([
			{ month: '2026-01', date: '2026-01-31', amount: 33_333 },
			{ month: '2026-02', date: '2026-02-28', amount: 33_333 },
			{ month: '2026-03', date: '2026-03-31', amount: 33_334 },
		]);
	});

	it('goes over the turn of a year, and knows leap years', () => {
		expect(spread(300, '2027-12-01', '2028-02-29').map(({ date }) => date)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29']);
	});

	it('is divided by days, months in part by those that belong to the period', () => {
		const parts = spread(31_000, '2026-01-17', '2026-03-15', 'days');
		// 15, 28 and 15 of 58 days.
		expect(parts.map(({ amount }) => amount)).toEqual([8017, 14_965, 8018]);
		expect(parts.at(-1)?.date).toBe('2026-03-15');
	});

	it('may be a single day, and twenty years, and no longer', () => {
		expect(spread(100, '2026-01-15', '2026-01-15', 'days')).toEqual([{ month: '2026-01', date: '2026-01-15', amount: 100 }]);
		expect(spread(100_000, '2026-01-01', '2045-12-31')).toHaveLength(240);
		expect(spreadOver(100_000, { from: '2026-01-01', to: '2046-01-01' }, 'months')).toEqual({
			problem: 'the period has 241 months; at most 240 are spread over.',
		});
	});

	it('counts a month in part as a whole one where all are the same', () => {
		expect(spread(200, '2026-01-31', '2026-02-01').map(({ amount }) => amount)).toEqual([100, 100]);
	});

	it('keeps the sign, and the sum to the öre, whatever the amount', () => {
		for (const method of ['months', 'days'] as const) {
			for (const amount of [-100_001, 99_999_999_999_999, 7_919, -1_212]) {
				const parts = spread(amount, '2026-02-03', '2027-01-09', method);
				expect(sumOre(parts.map((part) => part.amount))).toBe(amount);
				expect(parts.every((part) => Math.sign(part.amount) === Math.sign(amount))).toBe(true);
			}
		}
	});

	it('refuses what leaves a month with nothing, periods that end before they begin, and endless ones', () => {
		expect(spreadOver(11, { from: '2026-01-01', to: '2026-12-31' }, 'months')).toEqual({
			problem: '0.11 is too small for 12 months: some of them would get 0.00.',
		});
		expect(spreadOver(100, { from: '2026-02-01', to: '2026-01-31' }, 'months')).toHaveProperty('problem');
		expect(spreadOver(100_000, { from: '2026-01-01', to: '2062-12-31' }, 'months')).toHaveProperty('problem');
	});
});
