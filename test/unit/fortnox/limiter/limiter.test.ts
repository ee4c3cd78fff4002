import { LIMIT, RateLimiters, WINDOW_MS, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import { FakeClock } from '../support';
import { fill, order, take } from './support';

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
		await clock.run(take(limiters, { onQueued: (ms) => (expected = ms) }));
		expect(Math.abs(clock.now - before - expected)).toBeLessThan(50);
	});
});

/** A process whose requests have filled the window; `pass` lets time go by. */
async function full(seed = 1) {
	const clock = new FakeClock(seed);
	const limiters = new RateLimiters(clock);
	const slots = await fill(clock, limiters);
	return { clock, limiters, slots };
}

/** When a request leaves, in whole ms; undefined where it does not within a minute. */
async function leavesAt(clock: FakeClock, limiters: RateLimiters): Promise<number | undefined> {
	const until = clock.now + 60_000;
	const slot = await clock.run(take(limiters, { deadline: until }), until + 1000);
	return typeof slot === 'string' ? undefined : Math.floor(clock.now);
}

describe('the pace', () => {
	test('is one request in 20 ms, but for one that makes up for a late timer: after a rest there is no burst', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		for (const rest of [0, 3000]) {
			await clock.pass(rest);
			const [from, at] = [clock.now, new Array<number>()];
			const leave = async (): Promise<void> => {
				await take(limiters);
				at.push(Math.floor(clock.now - from));
			};
			await clock.run(Promise.all([leave(), leave(), leave(), leave()]));
			expect(at).toEqual([0, 0, 20, 40]);
		}
	});
});

describe('a place', () => {
	test('is free a window and a little after the answer, not after the sending', async () => {
		const { clock, limiters, slots } = await full();
		await clock.pass(1000);
		const answeredAt = clock.now;
		for (const slot of slots) slot.answered();
		expect(((await leavesAt(clock, limiters)) ?? 0) - answeredAt).toBeCloseTo(WINDOW_MS + 50, -1);
	});

	test('that no answer came for is free a window after the last moment at which it may have arrived', async () => {
		const { clock, limiters, slots } = await full();
		const now = clock.now;
		for (const slot of slots) slot.lost(now + 30_000);
		expect(((await leavesAt(clock, limiters)) ?? 0) - now).toBeCloseTo(30_000 + WINDOW_MS + 50, -1);
		const late = await full();
		const then = late.clock.now;
		for (const slot of late.slots) slot.lost(then - 30_000);
		expect(((await leavesAt(late.clock, late.limiters)) ?? 0) - then).toBeCloseTo(WINDOW_MS + 50, -1);
	});

	test('that nothing was sent in is free at once, also for one that waits already', async () => {
		const { clock, limiters, slots } = await full();
		const waiting = take(limiters);
		await clock.pass(100);
		const now = clock.now;
		slots[0]?.unsent();
		expect(typeof (await clock.run(waiting))).toBe('object');
		expect(clock.now - now).toBeLessThan(1);
	});
});

describe('a refusal', () => {
	test('holds everybody back for the time that Fortnox names, and a second more at most', async () => {
		for (const [random, extraMs] of [
			[0, 0],
			[0.5, 500],
			[0.999, 999],
		] as const) {
			const clock = new FakeClock();
			clock.random = () => random;
			const limiters = new RateLimiters(clock);
			const slot = await clock.run(take(limiters));
			if (typeof slot !== 'string') slot.throttled(20_000);
			expect(Math.abs(((await leavesAt(clock, limiters)) ?? 0) - 20_000 - extraMs)).toBeLessThan(5);
		}
	});

	test('without such a time keeps all silent until the window has emptied', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		const slot = await clock.run(take(limiters));
		if (typeof slot !== 'string') slot.throttled();
		expect(Math.abs(((await leavesAt(clock, limiters)) ?? 0) - WINDOW_MS - 50)).toBeLessThan(5);
	});
});

describe('the wait that a request hears of', () => {
	/** The wait that a request hears of, in ms; undefined where it hears of none. */
	function expectedOf(limiters: RateLimiters, over: Parameters<typeof take>[1] = {}): number | undefined {
		let expected: number | undefined;
		void take(limiters, { ...over, onQueued: (ms) => (expected = Math.round(ms)) });
		return expected;
	}

	test('is nothing while there is room', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		expect(Array.from({ length: LIMIT }, () => expectedOf(limiters))).toEqual(Array.from({ length: LIMIT }, () => undefined));
	});

	test('is when a place is free, counting those who wait before it', async () => {
		const { clock, limiters, slots } = await full();
		for (const slot of slots) {
			slot.answered();
			await clock.pass(10);
		}
		// The first was answered 250 ms ago.
		expect(expectedOf(limiters)).toBe(WINDOW_MS + 50 - 250);
		expect(expectedOf(limiters)).toBe(WINDOW_MS + 50 - 240);
		// A person goes before both.
		expect(expectedOf(limiters, { priority: 'interactive' })).toBe(WINDOW_MS + 50 - 250);
		expect(expectedOf(limiters, { priority: 'interactive' })).toBe(WINDOW_MS + 50 - 240);
		expect(expectedOf(limiters)).toBe(WINDOW_MS + 50 - 210);
	});

	test('is a window more for each window of requests before it', async () => {
		const { limiters, slots } = await full();
		for (const slot of slots) slot.answered();
		const expected = Array.from({ length: 2 * LIMIT + 1 }, () => expectedOf(limiters) ?? 0);
		const windows = expected.map((ms) => Math.round(ms / (WINDOW_MS + 50)));
		expect([windows[0], windows[LIMIT - 1], windows[LIMIT], windows[2 * LIMIT - 1], windows[2 * LIMIT]]).toEqual([1, 1, 2, 2, 3]);
	});

	test('is a window where requests are on their way', async () => {
		const { limiters } = await full();
		expect(expectedOf(limiters)).toBe(WINDOW_MS + 50);
	});

	test('is what Fortnox asked to wait', async () => {
		const clock = new FakeClock();
		clock.random = () => 0.5;
		const limiters = new RateLimiters(clock);
		const slot = await clock.run(take(limiters));
		if (typeof slot !== 'string') slot.throttled(20_000);
		expect(expectedOf(limiters)).toBe(20_500);
	});
});

describe('waiting requests', () => {
	test('that were stopped before they came get nothing, also where there is room', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		expect(await clock.run(take(limiters, { signal: AbortSignal.abort() }))).toBe('cancelled');
		const slots = await fill(clock, limiters);
		expect(slots).toHaveLength(LIMIT);
	});

	test('end each at its own deadline, noticed within a nap', async () => {
		const { clock, limiters } = await full();
		const ended: Array<[deadline: number, lateMs: number]> = [];
		const wait = async (deadline: number): Promise<void> => {
			expect(await take(limiters, { deadline })).toBe('deadline');
			ended.push([deadline, clock.now - deadline]);
		};
		await clock.run(Promise.all([wait(3000), wait(1000), wait(2000)]));
		expect(ended.map(([deadline]) => deadline)).toEqual([1000, 2000, 3000]);
		expect(ended.every(([, lateMs]) => lateMs >= 0 && lateMs <= 250)).toBe(true);
	});
});

test('a company is forgotten once its window is empty, and not before', async () => {
	const { clock, limiters, slots } = await full();
	expect(limiters.size).toBe(1);
	for (const slot of slots) slot.answered();
	await clock.pass(WINDOW_MS);
	expect(limiters.size).toBe(1);
	await clock.pass(51);
	expect(limiters.size).toBe(0);
});
