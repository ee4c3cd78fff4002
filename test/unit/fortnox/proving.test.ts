import { NetworkFailure, type StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { createSharedState } from '../../../nodes/shared/fortnox/n8nTransport';
import { answer, client, FakeClock, jwt, type Respond } from './support';

/** It has no number, so it answers whichever entry is asked for. */
const VOUCHER = { Voucher: { Description: 'Payout' } };
const COMPANY = { CompanyInformation: { DatabaseNumber: 1, CompanyName: 'Ett AB' } };

/** A credential whose token does not say which company it belongs to. */
function silentCredential(id: string): StoredCredential {
	const token = jwt({ jti: id });
	return { id, read: async () => ({ token, version: token }), refresh: async () => {}, isOwn: false };
}

/** Answers requests for the company so, and all others with a voucher. */
const companyAnswers = (respond: (asked: number) => ReturnType<Respond>): Respond => {
	let asked = 0;
	return ({ url }) => (url.endsWith('/3/companyinformation') ? respond(++asked) : answer(200, VOUCHER));
};

describe('a token that does not name its company', () => {
	it('sends nothing but the question for it first, which counts', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(
			clock,
			companyAnswers(() => answer(200, COMPANY)),
			{ credential: silentCredential('a') },
		);
		await clock.run(api.voucher('A', 1, 3));
		await clock.run(api.voucher('A', 2, 3));
		expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/3/companyinformation', '/3/vouchers/A/1', '/3/vouchers/A/2']);
		expect(api.counts).toMatchObject({ requests: 3, throttled: 0 });
	});

	it('asks again after a 429, which counts', async () => {
		const clock = new FakeClock();
		const { api, sent } = client(
			clock,
			companyAnswers((asked) => (asked === 1 ? answer(429, '', { 'retry-after': '7' }) : answer(200, COMPANY))),
			{
				credential: silentCredential('a'),
			},
		);
		await clock.run(api.voucher('A', 1, 3));
		expect(sent).toHaveLength(3);
		expect(api.counts).toMatchObject({ requests: 3, throttled: 1 });
		expect(clock.now).toBeGreaterThanOrEqual(7000);
	});

	it.each([
		['another company', answer(200, { CompanyInformation: { DatabaseNumber: 2, CompanyName: 'Två AB' } }), /Två AB|company 2/],
		['no company', answer(200, {}), /which company/],
		['a refusal', answer(403, {}), /which company/],
	])('sends nothing else where the answer is %s', async (_, given, message) => {
		const clock = new FakeClock();
		const { api, sent } = client(
			clock,
			companyAnswers(() => given),
			{ credential: silentCredential('a') },
		);
		await expect(clock.run(api.voucher('A', 1, 3))).rejects.toThrow(message);
		expect(sent).toHaveLength(1);
	});

	it('gives its place in the limit back a window after the answer', async () => {
		const clock = new FakeClock();
		const shared = createSharedState(clock);
		const ask = async (id: string) =>
			await client(
				clock,
				companyAnswers(() => answer(200, COMPANY)),
				{ credential: silentCredential(id), shared },
			).api.voucher('A', 1, 3);
		for (let index = 0; index < 30; index++) await clock.run(ask(String(index)));
		expect(clock.now).toBeLessThan(20_000);
	});

	it('keeps its place as long as a question without an answer may still arrive', async () => {
		const clock = new FakeClock();
		const shared = createSharedState(clock);
		const respond: Respond = () => {
			throw new NetworkFailure('ECONNRESET', true);
		};
		for (let index = 0; index < 25; index++) {
			await expect(
				clock.run(client(clock, respond, { credential: silentCredential(String(index)), shared }).api.voucher('A', 1, 3)),
			).rejects.toThrow();
		}
		await clock.run(
			client(
				clock,
				companyAnswers(() => answer(200, COMPANY)),
				{ credential: silentCredential('last'), shared },
			).api.voucher('A', 1, 3),
		);
		expect(clock.now).toBeGreaterThan(30_000);
	});
});
