import { getEventListeners } from 'node:events';

import { NAP_MS } from '../../../nodes/shared/fortnox/clock';
import type { ProvenConnection } from '../../../nodes/shared/fortnox/connection';
import { FortnoxError } from '../../../nodes/shared/fortnox/errors';
import type { StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { Waits } from '../../../nodes/shared/fortnox/waits';
import { failure } from './failure';
import { answer, client, FakeClock, first, SPACES, VOUCHER } from './support';

describe('waits', () => {
	it.each<[string, number, number[]]>([
		['half a second, two and five, with chance at its middle', 0.5, [500, 2000, 5000]],
		['half as long at least', 0, [250, 1000, 2500]],
		['half as long again at most', 0.9, [700, 2800, 7000]],
	])('before further attempts are %s', async (_, chance, waits) => {
		const clock = new FakeClock();
		clock.random = () => chance;
		const at: number[] = [];
		const { api, sent } = client(clock, () => {
			at.push(Math.round(clock.now));
			return answer(503, '');
		});
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).status).toBe(503);
		expect(sent).toHaveLength(4);
		expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual(waits);
	});

	it('for the limit are no failures: as many attempts follow them', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) => (call <= 5 ? answer(429, '') : call <= 8 ? answer(503, '') : answer(200, VOUCHER)));
		await clock.run(api.voucher('A', 1, 3));
		expect(sent).toHaveLength(9);
		expect(api.counts).toMatchObject({ requests: 9, throttled: 5 });
	});

	it('count once, however many wait at the same time', async () => {
		const clock = new FakeClock();
		const { api } = client(
			clock,
			first(2, () => answer(503, '', { 'retry-after': '4' })),
		);
		expect(api.counts.waitedMs).toBe(0);
		await clock.run(Promise.all([api.voucher('A', 1, 3), api.voucher('A', 2, 3)]));
		expect(api.counts.waitedMs).toBeGreaterThan(3900);
		expect(api.counts.waitedMs).toBeLessThan(clock.now + 1);
		expect(clock.now).toBeLessThan(6000);
	});

	it('say what they are for', async () => {
		const clock = new FakeClock();
		const told: unknown[] = [];
		const { api } = client(
			clock,
			first(1, () => answer(429, '', { 'retry-after': '30' })),
			{ onWait: ({ why }) => told.push(why) },
		);
		await clock.run(api.voucher('A', 1, 3));
		expect(told).toEqual(['throttled']);
		const full = client(clock, () => answer(200, VOUCHER), { onWait: ({ why }) => told.push(why), limitKey: 'another company' });
		await clock.run(Promise.all([...SPACES, ...SPACES].map(async (number) => await full.api.voucher('A', number, 3))));
		expect(new Set(told.slice(1))).toEqual(new Set(['limit']));
	});

	it('too long for what the user allows end the request, and say whether Fortnox refused it', async () => {
		const clock = new FakeClock();
		const { api } = client(
			clock,
			first(1, () => answer(429, '', { 'retry-after': '30' })),
			{ maxWaitMs: 10_000 },
		);
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).message).toMatch(/10 s/);
		expect(clock.now).toBeLessThan(10_100);
		expect(clock.now).toBeGreaterThan(9900);
	});

	it('are none where the request can leave at once', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, () => answer(200, VOUCHER));
		await clock.run(api.voucher('A', 1, 3));
		expect(api.counts.waitedMs).toBe(0);
	});

	it('for Fortnox to be in order again are not told as waits for its limit', async () => {
		const clock = new FakeClock();
		clock.random = () => 0.9;
		const told: unknown[] = [];
		const { api } = client(clock, () => answer(503, ''), { onWait: ({ why, expectedMs }) => told.push([why, Math.round(expectedMs)]) });
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).status).toBe(503);
		expect(told).toEqual([['retry', 7000]]);
	});

	it('for a token end when the user allows no longer ones, and say so', async () => {
		const clock = new FakeClock();
		await clock.pass(7000);
		const credential: StoredCredential = {
			id: 'slow',
			isOwn: true,
			read: async () => ({ version: 'none' }),
			refresh: async () => await clock.sleep(60_000),
		};
		const { api, sent } = client(clock, () => answer(200, VOUCHER), { credential, maxWaitMs: 5000 });
		const error = await failure(clock.run(api.voucher('A', 1, 3)));
		expect(error.withheldBy).toBe('limit');
		expect(error.message).toMatch(/within the 5 seconds that it may wait: the access token is being renewed/);
		expect(Math.round(clock.now)).toBe(12_000);
		expect(sent).toEqual([]);
	});
});

/** What waits for one client, on a clock that stands still while code runs. */
function waiting(over: Partial<ProvenConnection> = {}) {
	const clock = new FakeClock();
	clock.monotonic = () => clock.now;
	clock.random = () => 0;
	const told: unknown[] = [];
	const { connection } = client(clock, () => answer(200, VOUCHER), { onWait: (info) => told.push(info), ...over });
	const tally = { requests: 0, throttled: 0, waitedMs: 0 };
	return { clock, waits: new Waits(connection, tally), tally, told };
}

const MINUTE = 60_000;
const FAILED = new FortnoxError({ explanation: 'It failed.', outcome: 'refused', status: 503 });
const never = new Promise<string>(() => {});

describe('a request that Fortnox keeps throttling', () => {
	it.each([
		[2999, []],
		[3000, [{ expectedMs: 3000, why: 'throttled' }]],
		[30 * MINUTE, [{ expectedMs: 30 * MINUTE, why: 'throttled' }]],
	])('goes on after %i ms, which the user hears of from three seconds on', (ms, expected) => {
		const { clock, waits, told } = waiting();
		clock.now = 10_000 + ms;
		waits.stillThrottled(10_000);
		expect(told).toEqual(expected);
	});

	it('ends after more than half an hour', () => {
		const { clock, waits } = waiting();
		clock.now = 30 * MINUTE + 1;
		expect(() => waits.stillThrottled(0)).toThrow(/429 .* for 30 minutes/);
	});
});

describe('another try', () => {
	it('is made where its wait ends with the time that is allowed, and not where it ends later', async () => {
		const { clock, waits } = waiting();
		await clock.pass(1000);
		await clock.run(waits.beforeRetry(500, FAILED, 1250));
		expect(clock.now).toBe(1250);
		await expect(clock.run(waits.beforeRetry(500, FAILED, 1499))).rejects.toBe(FAILED);
		expect(clock.now).toBe(1250);
	});

	it('is not waited for once the request is stopped', async () => {
		const { clock, waits } = waiting({ signal: AbortSignal.abort() });
		await clock.run(waits.beforeRetry(5000, FAILED, Infinity));
		expect(clock.now).toBe(0);
	});
});

describe('time in which anything waits', () => {
	it('counts once, however many waits overlap in it, and the user hears of it from three seconds on', async () => {
		const { clock, waits, tally, told } = waiting();
		const wait = async (from: number, to: number) => {
			await clock.sleep(from);
			await waits.during(to - from, 'limit', async () => await clock.sleep(to - from));
		};
		await clock.run(Promise.all([wait(1000, 5000), wait(3000, 7000), wait(10_000, 12_999), wait(20_000, 23_000)]));
		expect(tally.waitedMs).toBe(6000 + 2999 + 3000);
		expect(told).toEqual([4000, 4000, 3000].map((expectedMs) => ({ expectedMs, why: 'limit' })));
	});

	it('counts where the wait ends with an error, too', async () => {
		const { clock, waits, tally } = waiting();
		const failing = waits.during(500, 'retry', async () => await clock.sleep(500).then(() => Promise.reject(FAILED)));
		await expect(clock.run(failing)).rejects.toBe(FAILED);
		expect(tally.waitedMs).toBe(500);
	});
});

describe('what is done for others, too', () => {
	it('is waited for as long as it takes, without a look at the clock', async () => {
		const { clock, waits } = waiting();
		const work = waits.inTime(
			clock.sleep(MINUTE).then(() => 'done'),
			Infinity,
		);
		expect(clock.timers).toHaveLength(1);
		expect(await clock.run(work)).toBe('done');
	});

	it('is waited for until the time that is allowed is over', async () => {
		const { clock, waits } = waiting({ maxWaitMs: 5000 });
		await clock.pass(1000);
		expect((await failure(clock.run(waits.inTime(never, 6000)))).message).toContain('within the 5 seconds');
		expect(clock.now).toBe(6000);
	});

	it.each(['before', 'meanwhile'])('is not waited for by a request that is stopped %s', async (when) => {
		const { clock, waits } = waiting();
		const stop = new AbortController();
		if (when === 'before') stop.abort();
		const ended = failure(waits.inTime(never, 10 * MINUTE, stop.signal));
		await clock.pass(100);
		stop.abort();
		expect((await clock.run(ended)).outcome).toBe('cancelled');
		expect(clock.now).toBe(100);
		// Nothing goes on waiting for the end of the time.
		await clock.pass(NAP_MS);
		expect(clock.timers).toEqual([]);
	});

	it.each(['ends', 'fails'])('leaves nothing behind when it %s', async (how) => {
		const { clock, waits } = waiting();
		const { signal } = new AbortController();
		const work = clock.sleep(100).then(() => (how === 'ends' ? 'done' : Promise.reject(FAILED)));
		const ended = await clock.run(waits.inTime(work, 10 * MINUTE, signal).catch((error: unknown) => error));
		expect(ended).toBe(how === 'ends' ? 'done' : FAILED);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		await clock.pass(NAP_MS);
		expect(clock.timers).toEqual([]);
	});
});
