import { LIMIT, RateLimiters, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import type { SlotRequest } from '../../../../nodes/shared/fortnox/limiter/slot';
import { FakeClock } from '../support';

/** A clock that stands still between two looks, so that moments are exact. Chance is `random`: a half of what it may add. */
export function exactClock(random = 0.5): FakeClock {
	const clock = new FakeClock();
	clock.monotonic = () => clock.now;
	clock.random = () => random;
	return clock;
}

/** Lets a promise finish in time; what waits for ever is noticed soon. */
export async function soon<T>(clock: FakeClock, promise: Promise<T>, withinMs = 40_000): Promise<T> {
	return await clock.run(promise, clock.now + withinMs);
}

/** A process that knows no others, whose requests have filled the window. */
export async function full(clock = new FakeClock()) {
	const limiters = new RateLimiters(clock);
	const slots = await fill(clock, limiters);
	return { clock, limiters, slots };
}

export function take(limiters: RateLimiters, over: Partial<SlotRequest> & { tenant?: string } = {}) {
	const { tenant = 't', ...rest } = over;
	return limiters.acquire(tenant, { priority: 'bulk', executionKey: '1', deadline: Infinity, ...rest });
}

export async function fill(clock: FakeClock, limiters: RateLimiters, tenant = 't'): Promise<Slot[]> {
	const all = Array.from({ length: LIMIT }, async () => await take(limiters, { tenant }));
	const slots = await soon(clock, Promise.all(all), 1000);
	return slots.filter((slot) => typeof slot !== 'string');
}

/** In which order waiting requests leave, each answered at once. */
export async function order(clock: FakeClock, waiting: Array<[string, Promise<Slot | string>]>): Promise<string[]> {
	const left: string[] = [];
	await soon(
		clock,
		Promise.all(
			waiting.map(async ([name, slot]) => {
				const granted = await slot;
				left.push(name);
				if (typeof granted !== 'string') granted.answered();
			}),
		),
		10_000,
	);
	return left;
}

/** The wait that a request hears of, in ms; undefined where it hears of none. */
export function expectedOf(limiters: RateLimiters, over: Parameters<typeof take>[1] = {}): number | undefined {
	let expected: number | undefined;
	void take(limiters, { ...over, onQueued: (ms) => (expected = Math.round(ms)) });
	return expected;
}
