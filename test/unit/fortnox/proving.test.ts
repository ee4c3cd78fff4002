import type { ProvenConnection } from '../../../nodes/shared/fortnox/connection';
import { createSharedState } from '../../../nodes/shared/fortnox/n8nTransport';
import { Requests } from '../../../nodes/shared/fortnox/requests';
import { NetworkFailure, type StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { failure } from './failure';
import { answer, client, credentialOf, FakeClock, jwt, renewable, SPACES, VOUCHER, type Respond } from './support';

const COMPANY = { CompanyInformation: { DatabaseNumber: 1, CompanyName: 'Ett AB' } };

/** A credential whose token does not say which company it belongs to. */
const silentCredential = (id: string): StoredCredential => credentialOf(jwt({ jti: id }), id);

function fail(code: string, sent: boolean, reason?: string): never {
	throw new NetworkFailure(code, sent, reason);
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
});

/** What finds out which company a credential leads to, as a run does it before its first request. */
function prover(clock: FakeClock, respond: Respond, over: Partial<ProvenConnection> = {}) {
	const { connection, sent } = client(clock, respond, { credential: silentCredential('a'), ...over });
	return { proving: new Requests({ ...connection, tenantId: undefined }).proving, sent, connection };
}

describe('the question to which company a token belongs', () => {
	it('reads the company with that token, as JSON, in the time of any other reading', async () => {
		const clock = new FakeClock();
		const credential = silentCredential('a');
		const { proving, sent } = prover(clock, () => answer(200, COMPANY), { credential });
		const { token } = await credential.read();
		expect(await clock.run(proving.proven())).toEqual({ token, company: 1 });
		expect(sent).toMatchObject([
			{ method: 'GET', url: 'https://api.fortnox.se/3/companyinformation', expects: 'json', timeoutMs: 30_000, token },
		]);
	});

	it('is asked once for all that want to know it', async () => {
		const clock = new FakeClock();
		const slow: Respond = async () => await clock.sleep(200).then(() => answer(200, COMPANY));
		const { proving, sent } = prover(clock, slow);
		expect(await clock.run(Promise.all([proving.prove(), proving.prove(), proving.prove()]))).toEqual([1, 1, 1]);
		expect(sent).toHaveLength(1);
	});

	it.each<[string, number, unknown]>([
		['a text', 200, 'Ett AB'],
		['another object', 200, { Company: COMPANY.CompanyInformation }],
		['nothing about the company', 200, { CompanyInformation: null }],
		['a text about it', 200, { CompanyInformation: 'Ett AB' }],
		['its name alone', 200, { CompanyInformation: { CompanyName: 'Ett AB' } }],
		['a number that no company has', 200, { CompanyInformation: { DatabaseNumber: 0 } }],
		['a word in place of its number', 200, { CompanyInformation: { DatabaseNumber: 'ett' } }],
		['the company, but not 200', 201, COMPANY],
		['the company in a refusal', 403, COMPANY],
	])('is not answered by %s', async (_, status, body) => {
		const clock = new FakeClock();
		const { proving, sent } = prover(clock, () => answer(status, body));
		const error = await failure(clock.run(proving.prove()));
		expect(error).toMatchObject({ outcome: 'refused', withheldBy: 'credential' });
		expect(error.message).toContain(`Fortnox did not answer that question (HTTP ${status})`);
		expect(sent).toHaveLength(1);
	});

	it.each<[unknown, string]>([
		['Två AB', 'belongs to the company Två AB (2).'],
		[22, 'belongs to the company 2.'],
		[undefined, 'belongs to the company 2.'],
	])('names the other company that it finds where it has the name %j', async (CompanyName, message) => {
		const clock = new FakeClock();
		const other = { DatabaseNumber: 2, ...(CompanyName !== undefined && { CompanyName }) };
		const { api } = client(clock, () => answer(200, { CompanyInformation: other }), { credential: silentCredential('a') });
		expect((await failure(clock.run(api.voucher('A', 1, 3)))).message).toContain(message);
	});
});

describe('the question to which company a token belongs is asked', () => {
	it('four times where Fortnox is out of order, with waits between that the user hears of', async () => {
		const clock = new FakeClock();
		clock.random = () => 0.9;
		const at: number[] = [];
		const told: unknown[] = [];
		const gone: Respond = () => {
			at.push(Math.round(clock.now));
			return answer(503, '');
		};
		const { proving } = prover(clock, gone, { onWait: ({ why }) => told.push(why) });
		const error = await failure(clock.run(proving.prove()));
		expect(error.message).toContain('Fortnox did not answer that question (HTTP 503). Try again later.');
		expect(at).toEqual([0, 700, 3500, 10_500]);
		expect(told).toEqual(['retry']);
	});

	it.each<[string, Respond, number]>([
		['once where the answer can’t be used', () => fail('TOO_LARGE', true, 'It is too large.'), 1],
		['four times without a connection', () => fail('ECONNREFUSED', false), 4],
		['four times without an answer', () => fail('ECONNRESET', true), 4],
	])('%s', async (_, respond, times) => {
		const clock = new FakeClock();
		const { proving, sent } = prover(clock, respond);
		expect((await failure(clock.run(proving.prove()))).message).toContain('Fortnox did not answer that question (no answer)');
		expect(sent).toHaveLength(times);
	});

	it('once where something else went wrong, which is passed on as it is', async () => {
		const clock = new FakeClock();
		const wrong = new TypeError('It is broken');
		const { proving, sent } = prover(clock, async () => await Promise.reject(wrong));
		await expect(clock.run(proving.prove())).rejects.toBe(wrong);
		expect(sent).toHaveLength(1);
	});

	it('as often as ever after 429s, which are no failures', async () => {
		const clock = new FakeClock();
		const { proving, sent } = prover(clock, (_, call) => answer(call <= 5 ? 429 : call <= 8 ? 503 : 200, COMPANY));
		expect(await clock.run(proving.prove())).toBe(1);
		expect(sent).toHaveLength(9);
	});

	it('for half an hour where each answer is a 429, with a word to the user', async () => {
		const clock = new FakeClock();
		const told: unknown[] = [];
		const { proving } = prover(clock, () => answer(429, ''), { onWait: ({ why }) => told.push(why) });
		expect(await failure(clock.run(proving.prove()))).toMatchObject({ status: 429, withheldBy: 'limit' });
		expect(told).toContain('throttled');
		expect(clock.now).toBeGreaterThan(29 * 60_000);
	});

	it('with a new token where Fortnox refuses one, and three times in all', async () => {
		for (const refused of [1, 2, 3]) {
			const clock = new FakeClock();
			const respond: Respond = (_, call) => (call <= refused ? answer(401, '') : answer(200, COMPANY));
			const { proving, sent } = prover(clock, respond, { credential: renewable(() => ({})) });
			const company = clock.run(proving.prove());
			if (refused < 3) expect(await company).toBe(1);
			else expect(await failure(company)).toMatchObject({ status: 401, outcome: 'refused' });
			expect(sent).toHaveLength(Math.min(refused + 1, 3));
			expect(sent[1]?.token).not.toBe(sent[0]?.token);
		}
	});

	it('not once more where the execution was stopped on its way', async () => {
		const clock = new FakeClock();
		const stop = new AbortController();
		const { proving, sent } = prover(
			clock,
			() => {
				stop.abort();
				return fail('ECONNRESET', true);
			},
			{ signal: stop.signal },
		);
		expect((await failure(clock.run(proving.prove()))).outcome).toBe('cancelled');
		expect(sent).toHaveLength(1);
	});

	it('by nobody where the token is gone by then', async () => {
		const clock = new FakeClock();
		let reads = 0;
		// The gate reads it once, and finds it good; from then on it is gone.
		const vanishing: StoredCredential = {
			...silentCredential('vanishing'),
			read: async () => (reads++ === 0 ? { token: jwt({ jti: 'vanishing' }), version: '1' } : { version: 'none' }),
		};
		const { proving, sent } = prover(clock, () => answer(200, COMPANY), { credential: vanishing });
		expect((await failure(clock.run(proving.prove()))).message).toContain('not connected');
		expect(sent).toEqual([]);
	});

	it('not later than the wait that is allowed, and as late as that', async () => {
		const clock = new FakeClock();
		const busy = client(clock, async () => await clock.sleep(60_000).then(() => answer(200, VOUCHER)));
		const all = Promise.all(SPACES.map(async (number) => await busy.api.voucher('A', number, 3)));
		await clock.pass(1000);
		const { proving, sent } = prover(clock, () => answer(200, COMPANY), { shared: busy.connection.shared, maxWaitMs: 10_000 });
		expect((await failure(clock.run(proving.prove()))).message).toContain('within the 10 seconds that it may wait');
		expect(Math.round(clock.now / 1000)).toBe(11);
		expect(sent).toEqual([]);
		await clock.run(all);
	});
});

describe('the place in the limit of such a question', () => {
	it.each<[string, boolean, (now: number) => boolean]>([
		['is free at once where it never left', false, (now) => now < 4000],
		['is held where it may still arrive, until it can’t', true, (now) => now > 30_000 && now < 40_000],
	])('%s', async (_, isSent, isRight) => {
		const clock = new FakeClock();
		const shared = createSharedState(clock);
		const respond: Respond = (_sending, call) => (call === 1 ? fail('ECONNRESET', isSent) : answer(200, COMPANY));
		await clock.run(
			Promise.all(
				SPACES.map(async (id) => await prover(clock, respond, { credential: silentCredential(`${id}`), shared }).proving.prove()),
			),
		);
		expect(isRight(clock.now)).toBe(true);
	});
});
