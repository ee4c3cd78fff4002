import type { StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { failure } from './failure';
import { answer, client, credentialOf, DRAFT, FakeClock, first, jwt, renewable, SPACES, VOUCHER } from './support';

const living = (clock: FakeClock, seconds: number, tenantId = 1) => {
	const now = clock.wall() / 1000;
	return { tenantId, iat: now, exp: now + seconds };
};
const DAY = 86_400;

/** A credential whose tokens live for a day, or as many seconds. */
const renewed = (clock: FakeClock, seconds = DAY) => renewable(() => living(clock, seconds));

describe('a token that does not say how long it lives', () => {
	it('is tried out by one request, which lets the others go on where it is answered 429', async () => {
		const clock = new FakeClock();
		const credential = credentialOf(jwt({ tenantId: 1 }), 'opaque');
		const { api, sent } = client(
			clock,
			first(1, () => answer(429, '')),
			{ credential },
		);
		await clock.run(Promise.all([api.voucher('A', 1, 3), api.voucher('A', 2, 3)]));
		expect(sent).toHaveLength(3);
	});
});

describe('a token', () => {
	it('of another company is sent nowhere, and leaves its place in the limit to others', async () => {
		const clock = new FakeClock();
		const { api, sent, connection } = client(clock, () => answer(200, VOUCHER), { credential: renewable(() => living(clock, DAY, 2)) });
		for (const number of SPACES) expect((await failure(clock.run(api.voucher('A', number, 3)))).withheldBy).toBe('company');
		expect(sent).toEqual([]);
		await clock.run(client(clock, () => answer(200, VOUCHER), { shared: connection.shared }).api.voucher('A', 1, 3));
		expect(clock.now).toBeLessThan(3000);
	});

	it.each([
		[1, 2, 200],
		[2, 3, 200],
		[3, 3, 401],
	])('that Fortnox refuses is renewed: of %i refusals come %i requests, the last with %i', async (refusals, requests, last) => {
		const clock = new FakeClock();
		const { api, sent } = client(
			clock,
			first(refusals, () => answer(401, '')),
			{ credential: renewed(clock) },
		);
		const voucher = clock.run(api.voucher('A', 1, 3));
		if (last === 200) await voucher;
		else expect((await failure(voucher)).status).toBe(last);
		expect(sent).toHaveLength(requests);
		expect(sent[1]?.token).not.toBe(sent[0]?.token);
	});

	it('that another process renews again and again is taken twice after the first', async () => {
		const clock = new FakeClock();
		let version = 0;
		const restless: StoredCredential = {
			id: 'restless',
			isOwn: false,
			read: async () => ({ token: jwt({ ...living(clock, DAY), version: ++version }), version: String(version) }),
			refresh: async () => {},
		};
		const { api, sent } = client(clock, () => answer(401, ''), { credential: restless });
		expect((await failure(clock.run(api.postVoucher(DRAFT, 3)))).status).toBe(401);
		expect(new Set(sent.map(({ token }) => token)).size).toBe(3);
	});

	it('that ends after three 429s is renewed all the same', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) => answer(call <= 3 ? 429 : call === 4 ? 401 : 200, VOUCHER), {
			credential: renewed(clock),
		});
		await clock.run(api.voucher('A', 1, 3));
		expect(sent).toHaveLength(5);
	});

	it('that had ended is no reason to send again what Fortnox then refuses', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(clock, (_, call) => answer(call === 1 ? 401 : 403, ''), { credential: renewed(clock) });
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).status).toBe(403);
		expect(sent).toHaveLength(2);
	});

	it('that says neither its company nor its end is asked about first, and is renewed where Fortnox refuses it', async () => {
		for (const refusals of [0, 1, 2, 3]) {
			const clock = new FakeClock();
			const credential = renewable(() => ({}));
			const company = { CompanyInformation: { DatabaseNumber: 1 } };
			const { api, sent } = client(clock, (_, call) => answer(call <= refusals ? 401 : 200, { ...company, ...VOUCHER }), { credential });
			const voucher = clock.run(api.voucher('A', 1, 3));
			if (refusals < 3) await voucher;
			else expect((await failure(voucher)).status).toBe(401);
			const questions = sent.filter(({ url }) => url.endsWith('/3/companyinformation'));
			expect([questions.length, sent.length - questions.length]).toEqual(refusals < 3 ? [refusals + 1, 1] : [3, 0]);
		}
	});

	it('that is missing leaves its place in the limit to others', async () => {
		const clock = new FakeClock();
		const missing: StoredCredential = { id: 'missing', isOwn: false, read: async () => ({ version: 'none' }), refresh: async () => {} };
		const { api, connection } = client(clock, () => answer(200, VOUCHER), { credential: missing });
		for (const number of SPACES) await failure(clock.run(api.voucher('A', number, 3)));
		const other = client(clock, () => answer(200, VOUCHER), { shared: connection.shared });
		await clock.run(other.api.voucher('A', 1, 3));
		expect(clock.now).toBeLessThan(3000);
	});

	it('that ends while a place in the limit is waited for is renewed before it is sent', async () => {
		const clock = new FakeClock();
		const busy = client(clock, async () => await clock.sleep(30_000).then(() => answer(200, VOUCHER)));
		const all = SPACES.map(async (number) => await busy.api.voucher('A', number, 3));
		await clock.pass(1000);
		const credential = renewed(clock, 20);
		const { token: first } = await credential.read();
		const late = client(clock, () => answer(200, VOUCHER), { credential, shared: busy.connection.shared });
		await clock.run(Promise.all(SPACES.map(async (number) => await late.api.voucher('A', number, 3))));
		expect(late.sent.map(({ token }) => token === first)).toEqual(SPACES.map(() => false));
		// No place was lost to a token that had ended.
		expect(clock.now).toBeLessThan(40_000);
		await clock.run(Promise.all(all));
	});

	it('that was to be tried out and can’t be read any more lets the next request try', async () => {
		const clock = new FakeClock();
		const token = jwt({ tenantId: 1 });
		let reads = 0;
		// Gone at its second reading only: that of the request which is to try it out.
		const flickering: StoredCredential = {
			id: 'flickering',
			isOwn: false,
			read: async () => (reads++ === 1 ? { version: 'none' } : { token, version: token }),
			refresh: async () => {},
		};
		const { api, sent } = client(clock, () => answer(200, VOUCHER), { credential: flickering });
		await failure(clock.run(api.voucher('A', 1, 3)));
		await clock.run(api.voucher('A', 2, 3));
		expect(sent).toHaveLength(1);
	});

	it('that can’t be read any more leaves its place in the limit to others', async () => {
		const clock = new FakeClock();
		const token = jwt(living(clock, DAY));
		let reads = 0;
		// The gate reads it once, and finds it good; from then on it is gone.
		const vanishing: StoredCredential = {
			id: 'vanishing',
			isOwn: false,
			read: async () => (reads++ === 0 ? { token, version: token } : { version: 'none' }),
			refresh: async () => {},
		};
		const { api, sent, connection } = client(clock, () => answer(200, VOUCHER), { credential: vanishing });
		for (const number of SPACES) await failure(clock.run(api.voucher('A', number, 3)));
		expect(sent).toEqual([]);
		const other = client(clock, () => answer(200, VOUCHER), { shared: connection.shared });
		await clock.run(other.api.voucher('A', 1, 3));
		expect(clock.now).toBeLessThan(3000);
	});
});
