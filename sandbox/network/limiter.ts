import type { Settings } from '../settings';

interface LimiterVerdict {
	allowed: boolean;
	/** Milliseconds until the next request would be let through. */
	waitMs: number;
}

/** Fortnox's sliding window per client id and tenant: at most `limit` requests in any window. */
export class SlidingWindow {
	private readonly windows = new Map<string, number[]>();

	constructor(private readonly settings: Settings) {}

	/** `now` in ms of a monotonic clock. `refuse` makes a 429 of a request that would have passed. */
	judge(key: string, now: number, refuse?: { counted: boolean }): LimiterVerdict {
		const limit = this.settings.limit;
		if (limit === 'off') return { allowed: !refuse, waitMs: 0 };
		let times = this.windows.get(key);
		if (!times) this.windows.set(key, (times = []));
		// A request counts for the whole window, its last millisecond included.
		const firstInside = times.findIndex((time) => time > now - limit.windowMs);
		times.splice(0, firstInside === -1 ? times.length : firstInside);
		const full = times.length >= limit.requests;
		const counted = refuse?.counted ?? (full ? limit.countRefused : true);
		if (counted) times.push(now);
		const freeing = times[times.length - limit.requests] ?? now;
		const waitMs = full ? Math.max(0, freeing + limit.windowMs - now) : 0;
		return { allowed: !full && !refuse, waitMs };
	}
}
