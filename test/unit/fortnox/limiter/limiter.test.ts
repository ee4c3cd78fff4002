import { LIMIT, RateLimiters, WINDOW_MS, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import { FakeClock } from '../support';
import { exactClock, fill, full, order, soon, take } from './support';

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

	test('lets one bulk request of several or the only one go after four people, and only people where there is none', async () => {
		for (const [waiting, expected] of [
			['ppppppb', 'ppppbpp'],
			['ppppppbb', 'ppppbppb'],
			['pppppp', 'pppppp'],
		] as const) {
			const clock = new FakeClock();
			const limiters = new RateLimiters(clock);
			const all = [...waiting].map((name): [string, Promise<Slot | string>] => [
				name,
				take(limiters, { priority: name === 'p' ? 'interactive' : 'bulk', executionKey: name }),
			]);
			expect((await order(clock, all)).join('')).toBe(expected);
		}
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
		await soon(clock, take(limiters, { tenant: 'other' }));
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
		expect(await soon(clock, waiting)).toBe('cancelled');
		expect(clock.now).toBeCloseTo(before);
		expect(listeners).toBe(0);
	});

	test('ends at the deadline', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		await fill(clock, limiters);
		expect(await soon(clock, take(limiters, { deadline: 2000 }))).toBe('deadline');
		expect(clock.now).toBeLessThanOrEqual(2250);
	});

	test('is forecast', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		for (const slot of await fill(clock, limiters)) slot.answered();
		let expected = 0;
		const before = clock.now;
		await soon(clock, take(limiters, { onQueued: (ms) => (expected = ms) }));
		expect(Math.abs(clock.now - before - expected)).toBeLessThan(50);
	});
});

/** A process that Fortnox has asked at 0 ms to wait. */
async function refusedFor(ms: number) {
	const clock = exactClock(0);
	const limiters = new RateLimiters(clock);
	const slot = await soon(clock, take(limiters));
	if (typeof slot !== 'string') slot.throttled(ms);
	return { clock, limiters };
}

/** When a request leaves, in whole ms; undefined where it does not within a minute. */
async function leavesAt(clock: FakeClock, limiters: RateLimiters): Promise<number | undefined> {
	const until = clock.now + 60_000;
	const slot = await soon(clock, take(limiters, { deadline: until }));
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
			await soon(clock, Promise.all([leave(), leave(), leave(), leave()]));
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
		expect(typeof (await soon(clock, waiting))).toBe('object');
		expect(clock.now - now).toBeLessThan(1);
	});
});

describe('a refusal', () => {
	test.each([
		[0, 20_000],
		[0.5, 20_500],
		[1, 21_000],
	])('holds everybody back for the time that Fortnox names, and a second more at most: by chance %d', async (random, leaves) => {
		const clock = exactClock(random);
		const limiters = new RateLimiters(clock);
		const slot = await soon(clock, take(limiters));
		if (typeof slot !== 'string') slot.throttled(20_000);
		expect(await leavesAt(clock, limiters)).toBe(leaves);
	});

	test.each([[[20_000, 5000]], [[5000, 20_000]]])('holds back for the longest of the times that were named: %p', async (named) => {
		const { clock, limiters, slots } = await full(exactClock(0));
		const now = clock.now;
		named.forEach((ms, index) => slots[index]?.throttled(ms));
		expect(await leavesAt(clock, limiters)).toBe(now + 20_000);
	});

	test('without such a time keeps all silent until the window has emptied', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		const slot = await soon(clock, take(limiters));
		if (typeof slot !== 'string') slot.throttled();
		expect(Math.abs(((await leavesAt(clock, limiters)) ?? 0) - WINDOW_MS - 50)).toBeLessThan(5);
	});
});

describe('waiting requests', () => {
	test('that were stopped before they came get nothing, also where there is room', async () => {
		const clock = new FakeClock();
		const limiters = new RateLimiters(clock);
		expect(await soon(clock, take(limiters, { signal: AbortSignal.abort() }))).toBe('cancelled');
		const slots = await fill(clock, limiters);
		expect(slots).toHaveLength(LIMIT);
	});

	test.each([
		['at once where it looks just then', 1000, 1000],
		['within a nap otherwise', 1001, 1250],
		['also as the last', 3000, 3000],
	])('end each at its own deadline, %s', async (_, deadline, ends) => {
		const { clock, limiters } = await refusedFor(60_000);
		const ended = async (own: number): Promise<number> => {
			expect(await take(limiters, { deadline: own })).toBe('deadline');
			return clock.now;
		};
		expect(await soon(clock, Promise.all([ended(3000), ended(deadline), ended(2000)]))).toEqual([3000, ends, 2000]);
	});

	test('that ended get no place', async () => {
		const { clock, limiters, slots } = await full(exactClock());
		const stop = new AbortController();
		const late = take(limiters, { deadline: clock.now + 100 });
		const stopped = take(limiters, { signal: stop.signal });
		const waits = take(limiters);
		stop.abort();
		expect(await soon(clock, Promise.all([late, stopped]))).toEqual(['deadline', 'cancelled']);
		slots[0]?.unsent();
		const now = clock.now;
		expect(typeof (await soon(clock, waits))).toBe('object');
		expect(clock.now).toBe(now);
	});

	test.each([
		[501, [250, 250, 1]],
		[501.5, [250, 250, 2]],
		[600, [250, 250, 100]],
	])('look each quarter of a second, and when a place is free: in %d ms', async (ms, expected) => {
		const { clock, limiters, slots } = await full(exactClock());
		for (const slot of slots) slot.answered();
		await clock.pass(WINDOW_MS + 50 - ms);
		const naps: number[] = [];
		const sleep = clock.sleep.bind(clock);
		clock.sleep = async (napMs) => {
			naps.push(napMs);
			await sleep(napMs);
		};
		await soon(clock, take(limiters));
		expect(naps).toEqual(expected);
	});

	test('are all that a clock ticks for', async () => {
		const { clock, limiters, slots } = await full();
		const waits = take(limiters);
		slots[0]?.unsent();
		await soon(clock, waits);
		await clock.pass(250);
		expect(clock.timers).toEqual([]);
	});
});
