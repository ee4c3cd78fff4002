import { MOST_THROTTLED_MS } from './bounds';
import type { Connection, WaitInfo } from './connection';
import { cancelled, throttledTooLong, waitedTooLong } from './errors';
import type { Slot } from './limiter';

const TELL_FROM_MS = 3000;

/** What has become of the requests of one client. */
export interface Tally {
	requests: number;
	throttled: number;
	/** Time in which at least one request had to wait, in ms. */
	waitedMs: number;
}

/** How the requests of one client wait: for their places in the limit, and before another try. */
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

	/** A free slot. Throws FortnoxError where there is none in time. */
	async slot(deadline: number, why: WaitInfo['why'], signal = this.connection.signal): Promise<Slot> {
		const slot = await this.acquired(deadline, why, signal);
		if (slot === 'cancelled') throw cancelled();
		if (slot === 'deadline') throw waitedTooLong(this.connection.maxWaitMs ?? 0, why === 'throttled');
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
