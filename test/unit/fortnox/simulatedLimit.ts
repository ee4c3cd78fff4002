import { LIMIT, RateLimiters, WINDOW_MS } from '../../../nodes/shared/fortnox/limiter';
import { FakeClock } from './support';

/** Fortnox's limit as its page describes it: the 26th request within any 5 s is refused. */
export class SimulatedLimit {
	private arrivals: number[] = [];

	/** @param refusedCount whether refused requests count as well, which Fortnox does not tell */
	constructor(
		private readonly clock: FakeClock,
		private readonly refusedCount: boolean,
	) {}

	/** A request arrives. @returns whether it is let in */
	receive(): boolean {
		const { now } = this.clock;
		this.arrivals = this.arrivals.filter((arrival) => arrival > now - WINDOW_MS);
		const isIn = this.arrivals.length < LIMIT;
		if (isIn || this.refusedCount) this.arrivals.push(now);
		return isIn;
	}
}

export interface WorkersScenario {
	processes: number;
	refusedCount: boolean;
	/** Round trip in ms, each way jittered by half. */
	latencyMs: number;
	/** Requests of a process side by side: 1 for entries that are posted in order. */
	sideBySide: number;
	retryAfterMs?: number;
	/** Later processes start up to so many ms later. */
	startsWithinMs: number;
	durationMs: number;
	seed: number;
}

/** Runs processes with endless bulk work against one tenant and counts what comes of it. */
export async function simulateWorkers(scenario: WorkersScenario) {
	const clock = new FakeClock(scenario.seed);
	const limit = new SimulatedLimit(clock, scenario.refusedCount);
	const done = Array.from({ length: scenario.processes }, () => 0);
	let requestsAfter10s = 0;
	let refusedAfter10s = 0;

	async function work(process: number, limiters: RateLimiters): Promise<void> {
		const oneWay = () => (scenario.latencyMs / 2) * (0.5 + clock.random());
		for (;;) {
			const slot = await limiters.acquire('tenant', {
				weight: 1,
				priority: 'bulk',
				executionKey: '1',
				deadline: scenario.durationMs,
			});
			if (typeof slot === 'string' || clock.now >= scenario.durationMs) return;
			await clock.sleep(oneWay());
			const isIn = limit.receive();
			if (clock.now > 10_000) {
				requestsAfter10s++;
				if (!isIn) refusedAfter10s++;
			}
			await clock.sleep(oneWay());
			if (isIn) {
				slot.answered();
				done[process] = (done[process] ?? 0) + 1;
			} else slot.throttled(scenario.retryAfterMs);
		}
	}

	async function start(process: number): Promise<void> {
		await clock.sleep(clock.random() * scenario.startsWithinMs);
		const limiters = new RateLimiters(clock);
		await Promise.all(Array.from({ length: scenario.sideBySide }, async () => await work(process, limiters)));
	}

	await clock.run(Promise.all(done.map(async (_, process) => await start(process))));
	const total = done.reduce((sum, count) => sum + count, 0);
	return {
		throughput: total / ((scenario.durationMs / WINDOW_MS) * LIMIT),
		refusedShare: refusedAfter10s / Math.max(requestsAfter10s, 1),
		fairness: Math.min(...done) / Math.max(...done),
		done,
	};
}
