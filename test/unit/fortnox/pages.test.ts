import type { Sending } from '../../../nodes/shared/fortnox/transport';
import { NetworkFailure } from '../../../nodes/shared/fortnox/transport';
import { answer, client, FakeClock } from './support';
import { failure } from './failure';

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
		const { api, sent } = client(clock, () => answer(200, { MetaInformation: { '@TotalPages': 3 }, Vouchers: vouchers(1, 500) }));
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
