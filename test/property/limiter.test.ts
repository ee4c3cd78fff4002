import fc from 'fast-check';

import { LIMIT, WINDOW_MS } from '../../nodes/shared/fortnox/limiter';
import { NetworkFailure } from '../../nodes/shared/fortnox/transport';
import { answer, client, FakeClock, jwt } from '../unit/fortnox/support';

/** The most arrivals in any half-open window of 5 s. */
function mostInOneWindow(arrivals: number[]): number {
	const sorted = [...arrivals].sort((a, b) => a - b);
	let first = 0;
	let most = 0;
	sorted.forEach((arrival, index) => {
		while ((sorted[first] ?? 0) <= arrival - WINDOW_MS) first++;
		most = Math.max(most, index - first + 1);
	});
	return most;
}

/** Evenly from 0 to 1; fast-check's own doubles are mostly very near the ends. */
const part = fc.noBias(fc.nat(100)).map((number) => number / 100);

/** What the network does with one request. */
const fate = fc.record({
	/** From sending to the answer, as a part of the network's longest time. */
	roundTrip: part,
	/** When it arrives, as a part of that: requests overtake each other. */
	arrives: part,
	/** Whether it meets with what is wrong in this network. */
	isUnlucky: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
	/** When its caller comes up with it. */
	startsAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) }),
	/** When its execution is stopped. */
	stopsAt: fc.option(fc.integer({ min: 0, max: 40_000 }), { freq: 6, nil: undefined }),
	wallJump: fc.option(fc.integer({ min: -86_400_000, max: 86_400_000 }), { freq: 20, nil: undefined }),
	interactive: fc.boolean(),
});

const network = fc.record({
	longestRoundTripMs: fc.constantFrom(0, 3, 200, 2000, 20_000),
	/** One kind at a time: refusals, for one, shrink the share and would hide a limit that leaks. */
	trouble: fc.constantFrom('none', 'lost', 'lost', 'refused', 'unsent', 'gateway', 'unauthorized'),
});

const fates = fc.array(fate, { minLength: 60, maxLength: 120, size: 'max' });

const TIMEOUT_MS = 30_000;

describe('the limit', () => {
	test('is never passed, whatever the network does', async () => {
		await fc.assert(
			fc.asyncProperty(fates, fc.integer(), network, async (fates, seed, { longestRoundTripMs, trouble }) => {
				const clock = new FakeClock(seed);
				const arrivals: number[] = [];
				const token = () => jwt({ tenantId: 1, iat: clock.wall() / 1000, exp: clock.wall() / 1000 + 3600, n: arrivals.length });
				let stored = token();
				const first = client(clock, () => answer(200, {}));
				const { shared } = first.connection;
				const runs = fates.map(async (its) => {
					await clock.sleep(its.startsAt);
					if (its.wallJump !== undefined) clock.wallOffset += its.wallJump;
					const stop = new AbortController();
					if (its.stopsAt !== undefined) {
						void clock.sleep(Math.max(its.stopsAt - its.startsAt, 0)).then(() => stop.abort());
					}
					const roundTrip = its.roundTrip * longestRoundTripMs;
					let calls = 0;
					const respond = async () => {
						calls++;
						// Only the first try has this fate, so that every request ends some day.
						const kind = calls === 1 && its.isUnlucky ? trouble : 'answered';
						if (kind === 'unsent') throw new NetworkFailure('ECONNREFUSED', false);
						if (kind === 'lost') {
							// Known at some time, and on its way to Fortnox for as long as the time-out at most.
							arrivals.push(clock.now + its.arrives * TIMEOUT_MS);
							await clock.sleep(Math.min(roundTrip, TIMEOUT_MS));
							throw new NetworkFailure('ECONNRESET', true);
						}
						arrivals.push(clock.now + its.arrives * roundTrip);
						await clock.sleep(roundTrip);
						if (kind === 'refused') return answer(429, '');
						if (kind === 'gateway') return answer(503, '');
						if (kind === 'unauthorized') return answer(401, { message: 'unauthorized' });
						return answer(200, { Account: { Number: 1 } });
					};
					const { api } = client(clock, respond, {
						shared,
						signal: stop.signal,
						priority: its.interactive ? 'interactive' : 'bulk',
						credential: {
							id: 'one',
							read: async () => ({ token: stored, version: stored }),
							isOwn: false,
							refresh: async () => {
								await clock.sleep(700);
								stored = token();
							},
						},
					});
					await api.account(1930).catch(() => undefined);
				});
				await clock.run(Promise.all(runs));
				expect(mostInOneWindow(arrivals)).toBeLessThanOrEqual(LIMIT);
				// Nothing ticks on when nobody waits, and the tenant is forgotten.
				await clock.pass(24 * 3_600_000 - clock.now);
				expect(clock.timers).toHaveLength(0);
				await shared.limiters.acquire('another', { priority: 'bulk', executionKey: '1', deadline: Infinity });
				expect(shared.limiters.size).toBe(1);
			}),
			{ numRuns: 150 },
		);
	});

	test('is used: 150 requests at no latency take at most 1.05 times the physical optimum', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, () => answer(200, { Account: {} }));
		await clock.run(Promise.all(Array.from({ length: 150 }, async (_, index) => await api.account(1000 + index))));
		expect(clock.now / (Math.floor(149 / LIMIT) * WINDOW_MS)).toBeLessThanOrEqual(1.05);
	});
});
