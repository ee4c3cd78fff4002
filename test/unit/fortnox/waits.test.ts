import { failure } from './failure';
import { answer, client, FakeClock, type Respond } from './support';

/** It has no number, so it answers whichever entry is asked for. */
const VOUCHER = { Voucher: { Description: 'Payout' } };

const SPACES = Array.from({ length: 25 }, (_, index) => index + 1);

/** Answers the first attempts so, and all later ones with a voucher. */
function first(count: number, otherwise: () => ReturnType<Respond>): Respond {
	return (_, call) => (call <= count ? otherwise() : answer(200, VOUCHER));
}

describe('waits', () => {
	it('before further attempts are half a second, two and five, give or take a half', async () => {
		const clock = new FakeClock();
		const at: number[] = [];
		const { api, sent } = client(clock, () => {
			at.push(clock.now);
			return answer(503, '');
		});
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).status).toBe(503);
		expect(sent).toHaveLength(4);
		const [one = 0, two = 0, three = 0] = at.slice(1).map((time, index) => time - (at[index] ?? 0));
		expect([one >= 250 && one <= 770, two >= 1000 && two <= 3020, three >= 2500 && three <= 7520]).toEqual([true, true, true]);
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
	});
});
