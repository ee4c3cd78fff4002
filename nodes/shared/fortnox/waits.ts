import { MOST_THROTTLED_MS } from './bounds';
import { onAbort, pause } from './clock';
import type { Connection, WaitInfo } from './connection';
import { cancelled, throttledTooLong, waitedTooLong, type FortnoxError } from './errors';
import type { Slot } from './limiter';
import type { Pass } from './tokenGate';

const TELL_FROM_MS = 3000;

/** What has become of the requests of one client. */
export interface Tally {
	requests: number;
	throttled: number;
	/** Time in which at least one request had to wait, in ms. */
	waitedMs: number;
}

/** How the requests of one client wait: for a good token, for their places in the limit, and before another try. */
export class Waits {
	private waiting = 0;
	private since = 0;

	constructor(
		private readonly connection: Connection,
		private readonly tally: Tally,
	) {}

	/** Tells the user of it, and ends what would wait for ever. */
	stillThrottled(since: number): void {
		const forMs = this.connection.shared.clock.monotonic() - since;
		if (forMs >= TELL_FROM_MS) this.connection.onWait?.({ expectedMs: forMs, why: 'throttled' });
		if (forMs > MOST_THROTTLED_MS) throw throttledTooLong(forMs);
	}

	/** Leave to use the token. Throws FortnoxError where it is not good in time. */
	async pass(deadline: number, signal = this.connection.signal): Promise<Pass> {
		if (signal?.aborted) throw cancelled();
		const { shared, credential } = this.connection;
		return await shared.gates.of(credential.id).enter(credential, async (work) => await this.inTime(work, deadline, signal));
	}

	/**
	 * Waits for what is done for others, too, and goes on without this request.
	 *
	 * @throws {FortnoxError} once the request is stopped, or has waited as long as it may
	 */
	async inTime<T>(work: Promise<T>, deadline: number, signal = this.connection.signal): Promise<T> {
		const { clock } = this.connection.shared;
		const over = new AbortController();
		return await new Promise<T>((resolve, reject) => {
			const stop = () => {
				over.abort();
				reject(cancelled());
			};
			const stopWatching = signal && onAbort(signal, stop);
			if (signal?.aborted) stop();
			if (Number.isFinite(deadline)) {
				const late = pause(clock, deadline - clock.monotonic(), over.signal);
				void late.then((isLate) => isLate && reject(this.tooLong('token')));
			}
			void work.then(resolve, reject).finally(() => {
				over.abort();
				stopWatching?.();
			});
		});
	}

	private tooLong(why: 'limit' | 'throttled' | 'token'): FortnoxError {
		return waitedTooLong(this.connection.maxWaitMs ?? 0, why);
	}

	/**
	 * Waits before another try of what failed.
	 *
	 * @throws {FortnoxError} the failure, where the wait would take too long
	 */
	async beforeRetry(afterMs: number, failure: FortnoxError, deadline: number, signal = this.connection.signal): Promise<void> {
		const { clock } = this.connection.shared;
		// Jittered by half, so that requests that failed together don't return together.
		const waitMs = Math.max(afterMs * (0.5 + clock.random()), failure.retryAfterMs ?? 0);
		if (clock.monotonic() + waitMs > deadline) throw failure;
		await this.during(waitMs, 'retry', async () => await pause(clock, waitMs, signal));
	}

	/** A free slot. Throws FortnoxError where there is none in time. */
	async slot(deadline: number, why: WaitInfo['why'], signal = this.connection.signal): Promise<Slot> {
		const slot = await this.acquired(deadline, why, signal);
		if (slot === 'cancelled') throw cancelled();
		if (slot === 'deadline') throw this.tooLong(why === 'throttled' ? why : 'limit');
		return slot;
	}

	private async acquired(deadline: number, why: WaitInfo['why'], signal: AbortSignal | undefined) {
		const { shared, limitKey, priority, executionKey } = this.connection;
		let expectedMs = 0;
		const slot = shared.limiters.acquire(limitKey, {
			priority,
			executionKey,
			signal,
			deadline,
			onQueued: (ms) => {
				expectedMs = ms;
			},
		});
		return expectedMs === 0 ? await slot : await this.during(expectedMs, why, async () => await slot);
	}

	/** Counts the time in which anything waits once, however many wait at the same time. */
	async during<T>(expectedMs: number, why: WaitInfo['why'], wait: () => Promise<T>): Promise<T> {
		const { clock } = this.connection.shared;
		if (expectedMs >= TELL_FROM_MS) this.connection.onWait?.({ expectedMs, why });
		if (this.waiting++ === 0) this.since = clock.monotonic();
		try {
			return await wait();
		} finally {
			if (--this.waiting === 0) this.tally.waitedMs += clock.monotonic() - this.since;
		}
	}
}
