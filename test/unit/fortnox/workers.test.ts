import { LIMIT, RateLimiters, WINDOW_MS } from '../../../nodes/shared/fortnox/limiter';
import type { Slot } from '../../../nodes/shared/fortnox/limiter';
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
			async (seed) =>
				await simulateWorkers({ ...scenario, latencyMs: 10, sideBySide: 1, startsWithinMs, durationMs, seed }),
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

function take(
	limiters: RateLimiters,
	over: { tenant?: string; priority?: 'interactive' | 'bulk'; executionKey?: string; signal?: AbortSignal; deadline?: number } = {},
) {
	const { tenant = 't', ...rest } = over;
	return limiters.acquire(tenant, { priority: 'bulk', executionKey: '1', deadline: Infinity, ...rest });
}

async function fill(clock: FakeClock, limiters: RateLimiters, tenant = 't'): Promise<Slot[]> {
	const slots = await clock.run(Promise.all(Array.from({ length: LIMIT }, async () => await take(limiters, { tenant }))));
	return slots.filter((slot) => typeof slot !== 'string');
}

/** In which order waiting requests leave, each answered at once. */
async function order(clock: FakeClock, waiting: Array<[string, Promise<Slot | string>]>): Promise<string[]> {
	const left: string[] = [];
	await clock.run(
		Promise.all(
			waiting.map(async ([name, slot]) => {
				const granted = await slot;
				left.push(name);
				if (typeof granted !== 'string') granted.answered();
			}),
		),
	);
	return left;
}

describe('the order', () => {
	test('is what a person waits for, but every fifth is bulk work', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		const slots = await fill(clock, limiters);
		const names = Array.from({ length: 10 }, (_, index) => index);
		const bulk = names.map((index): [string, Promise<Slot | string>] => [`b${index}`, take(limiters)]);
		const people = names.map((index): [string, Promise<Slot | string>] => [
			`p${index}`,
			take(limiters, { priority: 'interactive', executionKey: 'e' }),
		]);
		for (const slot of slots) slot.answered();
		expect((await order(clock, [...bulk, ...people])).slice(0, 10)).toEqual(['p0', 'p1', 'p2', 'p3', 'b0', 'p4', 'p5', 'p6', 'p7', 'b1']);
	});

	test('alternates between executions, each in its own order', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		const slots = await fill(clock, limiters);
		const first = [0, 1, 2].map((index): [string, Promise<Slot | string>] => [`a${index}`, take(limiters, { executionKey: 'a' })]);
		const second = [0, 1, 2].map((index): [string, Promise<Slot | string>] => [`b${index}`, take(limiters, { executionKey: 'b' })]);
		for (const slot of slots) slot.answered();
		expect(await order(clock, [...first, ...second])).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
	});

	test('does not depend on another tenant', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		await fill(clock, limiters);
		const before = clock.now;
		await clock.run(take(limiters, { tenant: 'other' }));
		expect(clock.now).toBeCloseTo(before);
	});
});

describe('waiting', () => {
	test('ends at once when the execution is stopped, and leaves no listener', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		await fill(clock, limiters);
		const stop = new AbortController();
		let listeners = 0;
		const { addEventListener, removeEventListener } = stop.signal;
		stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
			listeners++;
			addEventListener.apply(stop.signal, args);
		};
		stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
			listeners--;
			removeEventListener.apply(stop.signal, args);
		};
		const waiting = take(limiters, { signal: stop.signal });
		await clock.pass(10);
		expect(listeners).toBe(1);
		stop.abort();
		const before = clock.now;
		expect(await clock.run(waiting)).toBe('cancelled');
		expect(clock.now).toBeCloseTo(before);
		expect(listeners).toBe(0);
	});

	test('ends at the deadline', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		await fill(clock, limiters);
		expect(await clock.run(take(limiters, { deadline: 2000 }))).toBe('deadline');
		expect(clock.now).toBeLessThanOrEqual(2250);
	});

	test('is forecast', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		for (const slot of await fill(clock, limiters)) slot.answered();
		let expected = 0;
		const before = clock.now;
		await clock.run(
			limiters.acquire('t', { priority: 'bulk', executionKey: '1', deadline: Infinity, onQueued: (ms) => (expected = ms) }),
		);
		expect(Math.abs(clock.now - before - expected)).toBeLessThan(50);
	});
});
