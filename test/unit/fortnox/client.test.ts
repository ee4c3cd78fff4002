import { FortnoxError } from '../../../nodes/shared/fortnox/errors';
import type { Sending } from '../../../nodes/shared/fortnox/transport';
import { NetworkFailure } from '../../../nodes/shared/fortnox/transport';
import { answer, client, FakeClock } from './support';

const VOUCHER = {
	VoucherSeries: 'A',
	TransactionDate: '2026-01-31',
	Description: 'Rent',
	Comments: '',
	VoucherRows: [],
};

async function failure(promise: Promise<unknown>): Promise<FortnoxError> {
	const error: unknown = await promise.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof FortnoxError)) throw new Error(`not a FortnoxError: ${String(error)}`);
	return error;
}

function pageOf(sending: Sending): number {
	return Number(new URL(sending.url).searchParams.get('page'));
}

function vouchers(from: number, to: number) {
	return Array.from({ length: to - from + 1 }, (_, index) => ({
		VoucherSeries: 'A',
		VoucherNumber: from + index,
		Year: 3,
	}));
}

describe('requests', () => {
	test('encode the parts of a path and leave out parameters without a value', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(200, { Voucher: { VoucherNumber: 1 } }));
		await clock.run(api.voucher('Å/1?', 1, 3));
		expect(sent[0]?.url).toBe('https://api.fortnox.se/3/vouchers/%C3%85%2F1%3F/1?financialyear=3');
	});

	test('a write wraps its object and returns what Fortnox stored', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(201, { Voucher: { ...VOUCHER, VoucherNumber: 7, Year: 3 } }));
		await expect(clock.run(api.postVoucher(VOUCHER, 3))).resolves.toMatchObject({ VoucherNumber: 7 });
		expect(sent[0]).toMatchObject({
			method: 'POST',
			url: 'https://api.fortnox.se/3/vouchers?financialyear=3',
			body: { Voucher: VOUCHER },
		});
	});

	test.each([
		['an error page with status 200', '<html>Welcome to the hotel</html>'],
		['another object', { Something: {} }],
		['nothing', ''],
	])('a write that is answered with %s may have been booked', async (_, body) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(200, body));
		expect((await failure(clock.run(api.postVoucher(VOUCHER, 3)))).outcome).toBe('unknown');
		expect(sent).toHaveLength(1);
	});
});

describe('what is sent again', () => {
	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('a write that never left (%s)', async (code) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) => {
			if (call < 3) throw new NetworkFailure(code, false);
			return answer(201, { Voucher: VOUCHER });
		});
		await clock.run(api.postVoucher(VOUCHER, 3));
		expect(sent).toHaveLength(3);
	});

	test.each([['ECONNRESET'], ['ECONNABORTED'], ['ETIMEDOUT'], ['EPIPE']])('not a write without an answer (%s)', async (code) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => {
			throw new NetworkFailure(code, true);
		});
		const error = await failure(clock.run(api.postVoucher(VOUCHER, 3)));
		expect(error).toMatchObject({ outcome: 'unknown', networkCode: code });
		expect(sent).toHaveLength(1);
	});

	test.each([500, 502, 503, 504, 408])('not a write that a gateway answered with %i', async (status) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(status, '<html><h1>Bad gateway</h1></html>'));
		expect(await failure(clock.run(api.postVoucher(VOUCHER, 3)))).toMatchObject({ outcome: 'unknown', status });
		expect(sent).toHaveLength(1);
	});

	test.each([
		[{ ErrorInformation: { Error: 1, Message: 'Internt fel', Code: 1000003 } }],
		[{ ErrorInformation: { error: 1, message: 'Perioden är låst', code: 2000401 } }],
		['Kunde inte spara (1234567)'],
	])('not a write that a 5xx answered, though its body is %j', async (body) => {
		for (const status of [500, 502, 503, 504]) {
			const clock = new FakeClock();
			const { api, sent } = client(clock, () => answer(status, body));
			expect(await failure(clock.run(api.postVoucher(VOUCHER, 3)))).toMatchObject({ outcome: 'unknown', status });
			expect(sent).toHaveLength(1);
		}
	});

	test.each([
		[400, { ErrorInformation: { Error: 1, Message: 'Perioden är låst', Code: 2000401 } }, 'refused'],
		[400, 'Perioden är låst (2000401)', 'refused'],
		[403, { message: 'forbidden' }, 'unknown'],
		[404, '<html>Not here</html>', 'unknown'],
		[413, '<html>Request Entity Too Large</html>', 'unknown'],
		[302, '', 'unknown'],
	])('a %i with the body %j proves of a write: %s (third column)', async (status, body, outcome) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => answer(status, body));
		expect(await failure(clock.run(api.postVoucher(VOUCHER, 3)))).toMatchObject({ outcome, status });
		expect(sent).toHaveLength(1);
	});

	test.each([502, 503, 504])('a read that a gateway answered with %i', async (status) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) =>
			call < 4 ? answer(status, '') : answer(200, { Voucher: VOUCHER }),
		);
		await clock.run(api.voucher('A', 1, 3));
		expect(sent).toHaveLength(4);
	});

	test('a read at most three times more', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () => {
			throw new NetworkFailure('ECONNRESET', true);
		});
		expect(await failure(clock.run(api.voucher('A', 1, 3)))).toMatchObject({ networkCode: 'ECONNRESET' });
		expect(sent).toHaveLength(4);
	});

	test('a 429, of a write as well, once a window has passed', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) =>
			call < 3 ? answer(429, '') : answer(201, { Voucher: VOUCHER }),
		);
		await clock.run(api.postVoucher(VOUCHER, 3));
		expect(sent).toHaveLength(3);
		expect(api.counts).toMatchObject({ requests: 3, throttled: 2 });
	});

	test('with a line for each attempt at debug level, and without the query or the token', async () => {
		const clock = new FakeClock();
		const lines: string[] = [];
		const { api, connection } = client(clock, (_, call) => (call === 1 ? answer(429, '') : answer(200, { Voucher: VOUCHER })), {
			debug: (line) => lines.push(line),
		});
		const { token } = await connection.credential.read();
		await clock.run(api.voucher('A', 1, 3));
		expect(lines).toEqual([
			'Fortnox 1: GET /3/vouchers/A/1: 429 in 0 ms, after waiting 0 ms, attempt 1',
			expect.stringMatching(/^Fortnox 1: GET \/3\/vouchers\/A\/1: 200 in 0 ms, after waiting 5\d{3} ms, attempt 2$/),
		]);
		expect(lines.join()).not.toContain(token);
	});

	test('a 429 not before Retry-After, in seconds or as a date', async () => {
		const both: Array<Record<string, string>> = [
			{ 'retry-after': '17' },
			{ 'retry-after': 'Sun, 01 Mar 2026 00:00:17 GMT', date: 'Sun, 01 Mar 2026 00:00:00 GMT' },
		];
		for (const headers of both) {
			const clock = new FakeClock();
			const { api } = client(clock, (_, call) => (call === 1 ? answer(429, '', headers) : answer(201, { Voucher: {} })));
			await clock.run(api.postVoucher(VOUCHER, 3));
			expect(clock.now).toBeGreaterThanOrEqual(17_000);
			// Up to a second later, so that processes that were refused together do not return together.
			expect(clock.now).toBeLessThan(18_500);
		}
	});

	test('no longer than the wait that is allowed', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, () => answer(429, ''), { maxWaitMs: 12_000 });
		const error = await failure(clock.run(api.postVoucher(VOUCHER, 3)));
		expect(error).toMatchObject({ outcome: 'refused' });
		expect(error.message).toMatch(/12 seconds/);
		expect(clock.now).toBeLessThan(12_300);
	});

	test('a 429 that never ends with a word to the user, and not for ever', async () => {
		const clock = new FakeClock();
		const waits: string[] = [];
		const { api, sent } = client(clock, () => answer(429, ''), { onWait: ({ why }) => waits.push(why) });
		const error = await failure(clock.run(api.postVoucher(VOUCHER, 3)));
		expect(error).toMatchObject({ outcome: 'refused', status: 429, withheldBy: 'limit' });
		expect(error.message).toMatch(/429 .* for 3\d minutes/);
		expect(waits).toContain('throttled');
		expect(clock.now).toBeGreaterThan(29 * 60_000);
		expect(clock.now).toBeLessThan(40 * 60_000);
		expect(sent.length).toBeLessThan(1000);
	});
});

describe('pages', () => {
	test('are read side by side once their number is known, in order', async () => {
		const clock = new FakeClock();
		let together = 0;
		let most = 0;
		const { api, sent } = client(clock, async (sending) => {
			most = Math.max(most, ++together);
			await clock.sleep(100);
			together--;
			const page = pageOf(sending);
			const last = Math.min(page * 500, 2_300);
			return answer(200, {
				MetaInformation: { '@TotalResources': 2_300, '@TotalPages': 5, '@CurrentPage': page },
				Vouchers: vouchers((page - 1) * 500 + 1, last),
			});
		});
		const found = await clock.run(api.vouchers({ financialYear: 3 }));
		expect(found.map((voucher) => voucher.VoucherNumber)).toEqual(vouchers(1, 2_300).map((item) => item.VoucherNumber));
		expect(sent).toHaveLength(5);
		expect(most).toBe(4);
	});

	test('of an empty list are none', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () =>
			answer(200, { MetaInformation: { '@TotalResources': 0, '@TotalPages': 0, '@CurrentPage': 1 }, Vouchers: [] }),
		);
		expect(await clock.run(api.vouchers({ financialYear: 3 }))).toEqual([]);
		expect(sent).toHaveLength(1);
	});

	test('stop at the limit', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (sending) => {
			const size = Number(new URL(sending.url).searchParams.get('limit'));
			const page = pageOf(sending);
			return answer(200, {
				MetaInformation: { '@TotalPages': 20 },
				Vouchers: vouchers((page - 1) * size + 1, page * size),
			});
		});
		expect(await clock.run(api.vouchers({ financialYear: 3, limit: 7 }))).toHaveLength(7);
		expect(sent).toHaveLength(1);
		expect(await clock.run(api.vouchers({ financialYear: 3, limit: 700 }))).toHaveLength(700);
		expect(sent).toHaveLength(3);
	});

	test.each([
		['at once', undefined],
		['one after the other, for what passes a filter', 10],
	])('are refused where a list says that it has more than anyone has (%s)', async (_, limit) => {
		const clock = new FakeClock();
		const page = answer(200, { MetaInformation: { '@TotalPages': 1_000_000_000 }, Accounts: [{ Number: 1930 }] });
		const { api, sent } = client(clock, () => page);
		const error = await failure(clock.run(api.accounts({ limit, keep: limit === undefined ? undefined : () => true })));
		expect(error.message).toMatch(/1000000000 pages.*2000/);
		expect(sent).toHaveLength(1);
	});

	test('are not followed for ever where every page says that there is one more', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (sending) => {
			const page = pageOf(sending);
			return answer(200, { Vouchers: vouchers((page - 1) * 500 + 1, page * 500) });
		});
		await failure(clock.run(api.vouchers({ financialYear: 3 })));
		expect(sent).toHaveLength(2000);
	});

	test('that repeat the first one end the list', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, () =>
			answer(200, { MetaInformation: { '@TotalPages': 3 }, Vouchers: vouchers(1, 500) }),
		);
		expect(await clock.run(api.vouchers({ financialYear: 3 }))).toHaveLength(500);
		expect(sent).toHaveLength(3);
	});

	test('that come into being while others are read are read too, and nothing is there twice', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, (sending) => {
			const page = pageOf(sending);
			// After the first page somebody posts three vouchers that sort before the others.
			const all = page === 1 ? vouchers(4, 1_002) : vouchers(1, 1_002);
			return answer(200, {
				MetaInformation: { '@TotalPages': Math.ceil(all.length / 500) },
				Vouchers: all.slice((page - 1) * 500, page * 500),
			});
		});
		const numbers = (await clock.run(api.vouchers({ financialYear: 3 }))).map((voucher) => voucher.VoucherNumber);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(numbers).toEqual(expect.arrayContaining(vouchers(4, 1_002).map((item) => item.VoucherNumber)));
	});

	test.each([
		['inserted', vouchers(2, 1_001), vouchers(1, 1_001)],
		['taken away', vouchers(1, 1_001), vouchers(2, 1_001)],
		['listed in another order', vouchers(1, 1_001), vouchers(1, 1_001).reverse()],
	])('between which a voucher is %s are read again', async (_, before, after) => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (sending, call) => {
			const page = pageOf(sending);
			const all = call === 1 ? before : after;
			return answer(200, {
				MetaInformation: { '@TotalResources': all.length, '@TotalPages': Math.ceil(all.length / 500), '@CurrentPage': page },
				Vouchers: all.slice((page - 1) * 500, page * 500),
			});
		});
		const numbers = (await clock.run(api.vouchers({ financialYear: 3 }))).map((voucher) => voucher.VoucherNumber);
		expect(new Set(numbers)).toEqual(new Set(after.map((voucher) => voucher.VoucherNumber)));
		expect(sent.length).toBeGreaterThan(3);
	});

	test('that never fit together are no list', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, (sending, call) =>
			answer(200, { MetaInformation: { '@TotalResources': 900 + call, '@TotalPages': 2 }, Vouchers: vouchers(pageOf(sending), 500) }),
		);
		expect((await failure(clock.run(api.vouchers({ financialYear: 3 })))).message).toMatch(/changed each of the 5 times/);
	});

	test('without a count go on while they are full', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (sending) => {
			const page = pageOf(sending);
			return answer(200, { Vouchers: vouchers((page - 1) * 500 + 1, Math.min(page * 500, 1_100)) });
		});
		expect(await clock.run(api.vouchers({ financialYear: 3 }))).toHaveLength(1_100);
		expect(sent).toHaveLength(3);
	});
});

describe('registers', () => {
	const chart = () => answer(200, { Accounts: [{ Number: 1930 }, { Number: 1510 }] });

	test('are loaded once for all calls at the same time, and kept', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, chart);
		const [one] = await clock.run(Promise.all([api.chart(3), api.chart(3), api.chart(4)]));
		expect(one.map((account) => account.Number)).toEqual([1510, 1930]);
		await clock.run(api.chart(3));
		expect(sent).toHaveLength(2);
		await clock.pass(6 * 60_000);
		await clock.run(api.chart(3));
		await clock.run(api.chart(3, { fresh: true }));
		expect(sent).toHaveLength(4);
	});

	test('are forgotten when they are written to, also by a write that fails', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (sending) =>
			sending.method === 'GET' ? chart() : answer(400, { ErrorInformation: { error: 1, message: 'Nej', code: 1 } }),
		);
		await clock.run(api.chart(3));
		await failure(clock.run(api.createAccount({ Number: 1931 }, 3)));
		await clock.run(api.chart(3));
		expect(sent.map((sending) => sending.method)).toEqual(['GET', 'POST', 'GET']);
	});

	test('that fail to load are not kept', async () => {
		const clock = new FakeClock();
		const { api } = client(clock, (_, call) => (call === 1 ? answer(404, '') : chart()));
		await failure(clock.run(api.chart(3)));
		expect(await clock.run(api.chart(3))).toHaveLength(2);
	});

	test('of one company are not shown to another', async () => {
		const clock = new FakeClock();
		const first = client(clock, chart);
		const second = client(clock, () => answer(200, { Accounts: [] }), { ...first.connection, baseUrl: 'https://other.fortnox.se' });
		await clock.run(first.api.chart(3));
		await clock.run(second.api.chart(3));
		expect(first.sent).toHaveLength(2);
	});

	test('keep loading for the others when the execution that loads is stopped', async () => {
		const clock = new FakeClock();
		const stop = new AbortController();
		const respond = async (sending: Sending) => {
			await clock.sleep(100);
			if (sending.signal?.aborted) throw new NetworkFailure('ERR_CANCELED', true);
			return chart();
		};
		const first = client(clock, respond, { signal: stop.signal });
		const second = client(clock, respond, { shared: first.connection.shared });
		const loading = failure(first.api.chart(3));
		const waiting = second.api.chart(3);
		stop.abort();
		expect(await clock.run(waiting)).toHaveLength(2);
		expect((await clock.run(loading)).outcome).toBe('cancelled');
	});
});
