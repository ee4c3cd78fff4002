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
	/** The first process starts at once, the last one this much later, the others in between. */
	startsWithinMs: number;
	/** From the last start on. */
	durationMs: number;
	seed: number;
}

/** Runs processes with endless bulk work against one tenant and counts what comes of it. */
export async function simulateWorkers(scenario: WorkersScenario) {
	const clock = new FakeClock(scenario.seed);
	const limit = new SimulatedLimit(clock, scenario.refusedCount);
	const { processes, startsWithinMs } = scenario;
	const endsAt = startsWithinMs + scenario.durationMs;
	const arrivals: Arrival[] = [];

	async function work(process: number, limiters: RateLimiters): Promise<void> {
		const oneWay = () => (scenario.latencyMs / 2) * (0.5 + clock.random());
		for (;;) {
			const slot = await limiters.acquire('tenant', { priority: 'bulk', executionKey: '1', deadline: endsAt });
			if (typeof slot === 'string' || clock.now >= endsAt) return;
			await clock.sleep(oneWay());
			const isIn = limit.receive();
			arrivals.push({ at: clock.now, process, isIn });
			await clock.sleep(oneWay());
			if (isIn) slot.answered();
			else slot.throttled(scenario.retryAfterMs);
		}
	}

	async function start(process: number): Promise<void> {
		await clock.sleep(processes > 1 ? (process * startsWithinMs) / (processes - 1) : 0);
		const limiters = new RateLimiters(clock);
		await Promise.all(Array.from({ length: scenario.sideBySide }, async () => await work(process, limiters)));
	}

	await clock.run(Promise.all(Array.from({ length: processes }, async (_, process) => await start(process))));
	const counted = arrivals.filter(({ at }) => at >= startsWithinMs && at < endsAt);
	const done = Array.from(
		{ length: processes },
		(_, process) => counted.filter((arrival) => arrival.process === process && arrival.isIn).length,
	);
	const settled = counted.filter(({ at }) => at >= startsWithinMs + 10_000);
	return {
		/** Requests let in, as a part of what the limit allows. */
		throughput: arrivals.filter(({ isIn, at }) => isIn && at < endsAt).length / ((endsAt / WINDOW_MS) * LIMIT),
		/** Refused requests, as a part of those later than 10 s after the last start. */
		refusedShare: settled.filter(({ isIn }) => !isIn).length / settled.length,
		/** Slowest ÷ fastest process. */
		fairness: Math.min(...done) / Math.max(...done),
		done,
	};
}

interface Arrival {
	at: number;
	process: number;
	isIn: boolean;
}
