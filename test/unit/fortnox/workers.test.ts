import { LIMIT, RateLimiters, WINDOW_MS } from '../../../nodes/shared/fortnox/limiter';
import { take } from './limiter/support';
import { SimulatedLimit, simulateWorkers } from './simulatedLimit';
import { FakeClock } from './support';

const scenarios = (counts: readonly number[]) =>
	counts.flatMap((processes) => [
		{ processes, refusedCount: false },
		{ processes, refusedCount: true },
	]);

async function simulate(scenario: { processes: number; refusedCount: boolean }, startsWithinMs: number, durationMs = 90_000) {
	const outcomes = await Promise.all(
		[1, 2, 3, 4].map(
			async (seed) => await simulateWorkers({ ...scenario, latencyMs: 10, sideBySide: 1, startsWithinMs, durationMs, seed }),
		),
	);
	const mean = (of: (outcome: (typeof outcomes)[number]) => number) =>
		outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
	return {
		throughput: mean(({ throughput }) => throughput),
		refusedShare: mean(({ refusedShare }) => refusedShare),
		fairness: mean(({ fairness }) => fairness),
	};
}

describe('several processes at one limit', () => {
	test.each(scenarios([1, 2, 4, 8]).flatMap((scenario) => [50, 300].map((startsWithinMs) => ({ ...scenario, startsWithinMs }))))(
		'that start within $startsWithinMs ms get equal parts of it: $processes, refused requests count: $refusedCount',
		async ({ startsWithinMs, ...scenario }) => {
			const { throughput, refusedShare, fairness } = await simulate(scenario, startsWithinMs);
			expect(throughput).toBeGreaterThanOrEqual(0.94);
			expect(refusedShare).toBeLessThanOrEqual(0.02);
			expect(fairness).toBeGreaterThanOrEqual(0.5);
		},
	);

	// Nobody can tell a newcomer from an accident: it gets little until the parts are dealt anew.
	test.each(scenarios([2, 4, 8]))(
		'that start one after the other get their parts of it in time: $processes, refused requests count: $refusedCount',
		async (scenario) => {
			const { throughput, refusedShare, fairness } = await simulate(scenario, 8000, 600_000);
			expect(throughput).toBeGreaterThanOrEqual(0.85);
			expect(refusedShare).toBeLessThanOrEqual(0.05);
			expect(fairness).toBeGreaterThan(0.3);
		},
	);

	test('take what the others leave when they end', async () => {
		const oneLeftAt = 60_000;
		const letIn = await Promise.all(
			[1, 2, 3, 4, 5, 6].map(async (seed) => {
				const clock = new FakeClock(seed);
				const limit = new SimulatedLimit(clock, false);
				const times: number[] = [];
				async function work(until: number): Promise<void> {
					const limiters = new RateLimiters(clock);
					for (;;) {
						const slot = await take(limiters, { deadline: until });
						if (typeof slot === 'string' || clock.now >= until) return;
						await clock.sleep(10);
						if (limit.receive()) {
							times.push(clock.now);
							slot.answered();
						} else slot.throttled();
					}
				}
				await clock.run(Promise.all([work(oneLeftAt), work(180_000)]));
				return times;
			}),
		);
		const partOfLimit = (from: number, to: number): number =>
			letIn.flat().filter((at) => at >= from && at < to).length / letIn.length / (((to - from) / WINDOW_MS) * LIMIT);
		expect(partOfLimit(oneLeftAt, oneLeftAt + 40_000)).toBeGreaterThan(0.65);
		expect(partOfLimit(135_000, 180_000)).toBeGreaterThan(0.94);
	});
});
