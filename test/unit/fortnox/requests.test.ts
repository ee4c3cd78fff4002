import { MOST_CLOCK_DIFFERENCE_MS } from '../../../nodes/shared/fortnox/bounds';
import { Requests } from '../../../nodes/shared/fortnox/requests';
import { NetworkFailure, type StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { failure } from './failure';
import { answer, client, credentialOf, DRAFT, FakeClock, first, jwt, SPACES, VOUCHER } from './support';

describe("Fortnox's clock", () => {
	it('is this machine’s until Fortnox has answered, and then goes on from the last answer', async () => {
		const clock = new FakeClock();
		const dates = ['Sun, 01 Mar 2026 02:00:00 GMT', 'yesterday', undefined];
		const { api } = client(clock, (_, call) => answer(200, VOUCHER, dates[call - 1] === undefined ? {} : { date: dates[call - 1] ?? '' }));
		expect(api.serverTime().toISOString()).toBe('2026-03-01T00:00:00.000Z');
		await clock.pass(3000);
		await clock.run(api.voucher('A', 1, 3));
		expect(Math.round((api.serverTime().getTime() - Date.parse('2026-03-01T02:00:00Z')) / 100)).toBe(0);
		await clock.pass(5000);
		await clock.run(api.voucher('A', 1, 3));
		await clock.run(api.voucher('A', 1, 3));
		expect(Math.round((api.serverTime().getTime() - Date.parse('2026-03-01T02:00:05Z')) / 100)).toBe(0);
	});

	it.each([
		[0, true],
		[1000, false],
	])('is believed up to 400 days from this machine’s: %i ms more', async (more, isBelieved) => {
		const clock = new FakeClock();
		const date = new Date(clock.wall() + MOST_CLOCK_DIFFERENCE_MS + more).toUTCString();
		const { api } = client(clock, () => answer(200, VOUCHER, { date }));
		await clock.run(api.voucher('A', 1, 3));
		expect(api.serverTime().getTime() - clock.wall() > MOST_CLOCK_DIFFERENCE_MS / 2).toBe(isBelieved);
	});
});

describe('what is an answer', () => {
	it.each([200, 201, 204, 299])('%i is', async (status) => {
		const clock = new FakeClock();
		const { api } = client(clock, () => answer(status, VOUCHER));
		await expect(clock.run(api.voucher('A', 1, 3))).resolves.toEqual({ Description: 'Payout' });
	});

	it.each([199, 300, 304])('%i is none', async (status) => {
		const clock = new FakeClock();
		const { api } = client(clock, () => answer(status, VOUCHER));
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).status).toBe(status);
	});
});

describe('a place in the limit', () => {
	it('is free at once where the request never left', async () => {
		const clock = new FakeClock();
		const { api } = client(
			clock,
			first(25, () => {
				throw new NetworkFailure('ECONNREFUSED', false);
			}),
		);
		await clock.run(Promise.all(SPACES.map(async (number) => await api.voucher('A', number, 3))));
		expect(clock.now).toBeLessThan(4000);
	});

	it('is held where the request may still arrive, until it can’t', async () => {
		const clock = new FakeClock();
		const { api } = client(
			clock,
			first(25, () => {
				throw new NetworkFailure('ECONNRESET', true);
			}),
		);
		await clock.run(Promise.all(SPACES.map(async (number) => await api.voucher('A', number, 3))));
		expect(clock.now).toBeGreaterThan(30_000);
	});
});

describe('a request', () => {
	it('has in its query what was given, and nothing for what was not', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(200, { MetaInformation: { '@TotalPages': 1 }, Vouchers: [] }));
		await clock.run(api.vouchers({ financialYear: 3, fromDate: '2026-01-01' }));
		const query = new URL(sent[0]?.url ?? '').searchParams;
		expect([query.get('financialyear'), query.get('fromdate'), query.has('todate'), query.has('lastmodified')]).toEqual([
			'3',
			'2026-01-01',
			false,
			false,
		]);
	});

	it('without a query has none, and says whether JSON or a file is wanted', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, ({ expects }) => answer(200, expects === 'bytes' ? Buffer.from('%PDF') : { Account: {} }));
		await clock.run(api.account(1930));
		await clock.run(api.archiveFile('1'));
		expect(sent.map(({ url, expects }) => [url, expects])).toEqual([
			['https://api.fortnox.se/3/accounts/1930', 'json'],
			['https://api.fortnox.se/3/archive/1', 'bytes'],
		]);
	});

	it('that ends with another error than the network’s passes it on as it is', async () => {
		const clock = new FakeClock();
		const wrong = new TypeError('It is broken');
		const { api, sent } = client(clock, async () => await Promise.reject(wrong));
		await expect(clock.run(api.voucher('A', 1, 3))).rejects.toBe(wrong);
		expect(sent).toHaveLength(1);
	});

	it('that waits three seconds or more says so, and one that waits less does not', async () => {
		for (const [seconds, isTold] of [
			[2, false],
			[3, true],
		] as const) {
			const clock = new FakeClock();
			clock.random = () => 0;
			const waits: number[] = [];
			const gone = first(1, () => answer(503, '', { 'retry-after': String(seconds) }));
			const { api } = client(clock, gone, { onWait: ({ expectedMs }) => waits.push(expectedMs) });
			await clock.run(api.voucher('A', 1, 3));
			expect(waits.map((ms) => Math.round(ms))).toEqual(isTold ? [seconds * 1000] : []);
		}
	});

	it('that waits too long says so with the time that was allowed', async () => {
		const clock = new FakeClock();
		const { api } = client(
			clock,
			async () => {
				await clock.sleep(60_000);
				return answer(200, VOUCHER);
			},
			{ maxWaitMs: 10_000 },
		);
		const ended = await clock.run(Promise.allSettled([...SPACES, 26].map(async (number) => await api.voucher('A', number, 3))));
		const refused = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
		expect(refused).toEqual([expect.objectContaining({ withheldBy: 'limit', message: expect.stringContaining('10 seconds') })]);
	});

	it('that waits too long says whether the limit or Fortnox kept it', async () => {
		const clock = new FakeClock();
		const slow = client(clock, async () => await clock.sleep(60_000).then(() => answer(200, VOUCHER)), { maxWaitMs: 10_000 });
		const all = Promise.allSettled(SPACES.map(async (number) => await slow.api.voucher('A', number, 3)));
		await clock.pass(1000);
		expect((await failure(clock.run(slow.api.voucher('A', 26, 3)))).message).toContain('other requests of this n8n');
		await clock.run(all);
		const throttled = client(clock, () => answer(429, '', { 'retry-after': '30' }), { maxWaitMs: 10_000, limitKey: 'another company' });
		expect((await failure(clock.run(throttled.api.voucher('A', 1, 3)))).message).toContain('Fortnox said');
	});

	it('that writes is not sent where only reading is allowed, and one that reads is', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(200, VOUCHER), { isReadOnly: true });
		await expect(clock.run(api.postVoucher(DRAFT, 3))).rejects.toThrow();
		expect(sent).toEqual([]);
		await clock.run(api.voucher('A', 1, 3));
		expect(sent).toHaveLength(1);
	});

	it.each(['reads', 'writes'])('that %s and is stopped on its way ends as stopped, and is not sent again', async (kind) => {
		const clock = new FakeClock();
		const stop = new AbortController();
		const lines: string[] = [];
		const { api, sent } = client(
			clock,
			() => {
				stop.abort();
				throw new NetworkFailure('ECONNRESET', true);
			},
			{ signal: stop.signal, debug: (line) => lines.push(line) },
		);
		const error = await failure(clock.run<unknown>(kind === 'reads' ? api.voucher('A', 1, 3) : api.postVoucher(DRAFT, 3)));
		expect([error.outcome, sent.length]).toEqual(['cancelled', 1]);
		expect(lines).toEqual([expect.stringMatching(/: no answer \(cancelled\) in 0 ms, after waiting 0 ms, attempt 1$/)]);
	});

	it('of an execution that was stopped before neither renews a token nor is sent', async () => {
		const clock = new FakeClock();
		let refreshes = 0;
		const credential: StoredCredential = {
			id: 'none',
			isOwn: true,
			read: async () => ({ version: 'none' }),
			refresh: async () => {
				refreshes++;
			},
		};
		const { api, sent } = client(clock, () => answer(200, VOUCHER), { credential, signal: AbortSignal.abort() });
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).outcome).toBe('cancelled');
		expect([refreshes, sent.length]).toEqual([0, 0]);
	});

	it.each<[string, boolean, 'run' | 'page', string]>([
		['a page of a list once another has failed', false, 'page', 'Another page of the list failed.'],
		['a page of a list once another has failed, in an execution that goes on', true, 'page', 'Another page of the list failed.'],
		['a page of a list once the execution was stopped', true, 'run', 'The execution was stopped.'],
	])('that waits for the limit is not sent any more: %s', async (_, hasRun, aborted, reason) => {
		const clock = new FakeClock();
		const busy = client(clock, async () => await clock.sleep(60_000).then(() => answer(200, VOUCHER)));
		const all = Promise.all(SPACES.map(async (number) => await busy.api.voucher('A', number, 3)));
		await clock.pass(1000);
		const stops = { run: new AbortController(), page: new AbortController() };
		const lines: string[] = [];
		const { connection, sent } = client(clock, () => answer(200, VOUCHER), {
			shared: busy.connection.shared,
			debug: (line) => lines.push(line),
			...(hasRun && { signal: stops.run.signal }),
		});
		const page = new Requests(connection).send({ method: 'GET', path: '/3/vouchers', timeoutMs: 1000, unwanted: stops.page.signal });
		const ended = failure(page);
		await clock.pass(1000);
		stops[aborted].abort();
		expect((await clock.run(ended)).outcome).toBe('cancelled');
		expect(Math.round(clock.now)).toBe(2000);
		expect(lines).toEqual([`Fortnox 1: GET /3/vouchers: not sent. ${reason}`]);
		expect(sent).toEqual([]);
		await clock.run(all);
	});

	it('tells the log how long it waited and took, in whole milliseconds, and what became of it', async () => {
		const clock = new FakeClock();
		await clock.pass(9000);
		let token: string | undefined;
		const lines: string[] = [];
		const { api } = client(
			clock,
			async () => {
				await clock.sleep(120.7);
				throw new NetworkFailure('ECONNRESET', true);
			},
			{
				debug: (line) => lines.push(line),
				credential: {
					id: 'slow',
					isOwn: true,
					read: async () => ({ token, version: 'one' }),
					refresh: async () => {
						await clock.sleep(700.6);
						token = jwt({ tenantId: 1, iat: clock.wall() / 1000, exp: clock.wall() / 1000 + 86_400 });
					},
				},
			},
		);
		await failure(clock.run(api.postVoucher(DRAFT, 3)));
		expect(lines).toEqual(['Fortnox 1: POST /3/vouchers: no answer (unknown) in 121 ms, after waiting 701 ms, attempt 1']);
	});

	it('that was to try a token out, and got no place in the limit, lets the next one do so', async () => {
		const clock = new FakeClock();
		const busy = client(clock, async () => await clock.sleep(60_000).then(() => answer(200, VOUCHER)));
		const all = SPACES.map(async (number) => await busy.api.voucher('A', number, 3));
		await clock.pass(1000);
		const credential = credentialOf(jwt({ tenantId: 1 }), 'opaque');
		const over = { credential, shared: busy.connection.shared };
		const late = client(clock, () => answer(200, VOUCHER), { ...over, maxWaitMs: 5000 });
		expect((await failure(clock.run(late.api.voucher('A', 1, 3)))).withheldBy).toBe('limit');
		await clock.run(client(clock, () => answer(200, VOUCHER), over).api.voucher('A', 1, 3));
		await clock.run(Promise.all(all));
	});
});
