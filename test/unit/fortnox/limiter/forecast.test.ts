import { LIMIT, RateLimiters, WINDOW_MS } from '../../../../nodes/shared/fortnox/limiter';
import { FakeClock } from '../support';
import { exactClock, expectedOf, full, soon, take } from './support';

describe('the wait that a request hears of', () => {
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

	test('is nothing again once the window has passed', async () => {
		const { clock, limiters, slots } = await full();
		for (const slot of slots) slot.answered();
		await clock.pass(WINDOW_MS + 51);
		expect(expectedOf(limiters)).toBeUndefined();
	});

	test('is exact to the last ms', async () => {
		const { clock, limiters, slots } = await full(exactClock());
		for (const slot of slots) slot.answered();
		await clock.pass(WINDOW_MS + 49);
		expect(expectedOf(limiters)).toBe(1);
	});

	test('is when the first place is free, in whatever order the answers came', async () => {
		const { clock, limiters, slots } = await full(exactClock());
		for (const slot of slots.toReversed()) {
			slot.answered();
			await clock.pass(10);
		}
		expect([expectedOf(limiters), expectedOf(limiters)]).toEqual([WINDOW_MS + 50 - 250, WINDOW_MS + 50 - 240]);
	});

	test('is a window more at most for a request whose answer is late', async () => {
		const { clock, limiters, slots } = await full(exactClock());
		slots[0]?.lost(clock.now + 60_000);
		expect(expectedOf(limiters)).toBe(WINDOW_MS + 50);
	});

	test('is the rest of what Fortnox asked to wait, or of the silence after a refusal', async () => {
		for (const [named, expected] of [
			[20_000, 19_500],
			[undefined, 4050],
		] as const) {
			const clock = exactClock();
			const limiters = new RateLimiters(clock);
			const slot = await soon(clock, take(limiters));
			if (typeof slot !== 'string') slot.throttled(named);
			await clock.pass(1000);
			expect(Array.from({ length: LIMIT }, () => expectedOf(limiters))[0]).toBe(expected);
		}
	});

	test('is what Fortnox asked to wait', async () => {
		const clock = new FakeClock();
		clock.random = () => 0.5;
		const limiters = new RateLimiters(clock);
		const slot = await soon(clock, take(limiters));
		if (typeof slot !== 'string') slot.throttled(20_000);
		expect(expectedOf(limiters)).toBe(20_500);
	});
});
