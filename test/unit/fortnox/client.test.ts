import { NetworkFailure } from '../../../nodes/shared/fortnox/transport';
import { answer, client, FakeClock } from './support';
import { failure } from './failure';

const VOUCHER = {
	VoucherSeries: 'A',
	TransactionDate: '2026-01-31',
	Description: 'Rent',
	Comments: '',
	VoucherRows: [],
};

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
		const { api, sent } = client(clock, (_, call) => (call < 4 ? answer(status, '') : answer(200, { Voucher: VOUCHER })));
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
		const { api, sent } = client(clock, (_, call) => (call < 3 ? answer(429, '') : answer(201, { Voucher: VOUCHER })));
		await clock.run(api.postVoucher(VOUCHER, 3));
		expect(sent).toHaveLength(3);
		expect(api.counts).toMatchObject({ requests: 3, throttled: 2 });
	});

	test('with a line for each attempt at debug level, and without the query or the token', async () => {
		const clock = new FakeClock();
		const lines: string[] = [];
		const { api, connection } = client(
			clock,
			async (_, call) => {
				await clock.sleep(120);
				return call === 1 ? answer(429, '') : answer(200, { Voucher: VOUCHER });
			},
			{ debug: (line) => lines.push(line) },
		);
		const { token } = await connection.credential.read();
		await clock.run(api.voucher('A', 1, 3));
		expect(lines).toEqual([
			'Fortnox 1: GET /3/vouchers/A/1: 429 in 120 ms, after waiting 0 ms, attempt 1',
			expect.stringMatching(/^Fortnox 1: GET \/3\/vouchers\/A\/1: 200 in 120 ms, after waiting 5\d{3} ms, attempt 2$/),
		]);
		expect(lines.join()).not.toContain(token);
	});

	test('with a line at debug level that says why it was not sent again', async () => {
		const clock = new FakeClock();
		const lines: string[] = [];
		const { api } = client(clock, () => answer(429, ''), { maxWaitMs: 2000, debug: (line) => lines.push(line) });
		await expect(clock.run(api.voucher('A', 1, 3))).rejects.toMatchObject({ withheldBy: 'limit' });
		expect(lines).toEqual([
			'Fortnox 1: GET /3/vouchers/A/1: 429 in 0 ms, after waiting 0 ms, attempt 1',
			expect.stringMatching(/^Fortnox 1: GET \/3\/vouchers\/A\/1: not sent\. .*within the 2 seconds that it may wait/),
		]);
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
