import { CredentialFailure, NetworkFailure, type StoredCredential } from '../../../nodes/shared/fortnox/transport';
import { failure } from './failure';
import { answer, client, FakeClock, jwt } from './support';

/** Fortnox's token server and n8n's store in one: single-use refresh tokens, and every token but the last one refused. */
class Tokens {
	refreshes = 0;
	stored?: string;
	/** Stands for all that a person may change in the credential. */
	secret = 'secret';
	valid = new Set<string>();

	constructor(
		private readonly clock: FakeClock,
		private readonly lifeMs = 3_600_000,
	) {}

	issue(startsMsAgo = 0): string {
		const iat = (this.clock.wall() - startsMsAgo) / 1000;
		const token = jwt({ tenantId: 1, iat, exp: iat + this.lifeMs / 1000, n: this.valid.size });
		this.valid.add(token);
		this.stored = token;
		return token;
	}

	credential(over: Partial<StoredCredential> = {}): StoredCredential {
		return {
			id: 'one',
			read: async () => ({ token: this.stored, version: `${this.secret} ${this.stored}` }),
			refresh: async () => {
				this.refreshes++;
				await this.clock.sleep(700);
				this.issue();
			},
			isOwn: false,
			...over,
		};
	}

	/** What Fortnox says to a request that n8n signs with the stored token. */
	async respond() {
		const token = this.stored ?? '';
		await this.clock.sleep(50);
		return this.valid.has(token) ? answer(200, { Account: {} }) : answer(401, { message: 'unauthorized' });
	}
}

function setUp(lifeMs?: number) {
	const clock = new FakeClock();
	const tokens = new Tokens(clock, lifeMs);
	return {
		clock,
		tokens,
		ask: (over: Partial<StoredCredential> = {}) =>
			client(clock, async () => await tokens.respond(), { credential: tokens.credential(over) }),
	};
}

describe('the token gate', () => {
	test('lets requests pass while the token is good', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue();
		const { api } = ask();
		await clock.run(Promise.all(Array.from({ length: 10 }, async () => await api.account(1930))));
		expect(tokens.refreshes).toBe(0);
	});

	test('renews a token that is about to end once, before 24 requests use it', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue(3_550_000);
		const { api, sent } = ask();
		await clock.run(Promise.all(Array.from({ length: 24 }, async () => await api.account(1930))));
		expect(tokens.refreshes).toBe(1);
		expect(sent).toHaveLength(24);
	});

	test('renews a token once that dies while 24 requests are on their way', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue();
		const { api, sent } = ask();
		tokens.valid.clear();
		await clock.run(Promise.all(Array.from({ length: 24 }, async () => await api.account(1930))));
		expect(tokens.refreshes).toBe(1);
		// Those that had left before the first 401 came back were sent twice, and no others.
		expect(sent.length).toBeGreaterThan(24);
		expect(sent.length).toBeLessThanOrEqual(48);
	});

	test('takes a token that another process has renewed, without a refresh of its own', async () => {
		const { clock, tokens, ask } = setUp();
		const old = tokens.issue();
		const { api } = ask();
		await clock.run(api.account(1930));
		tokens.issue();
		tokens.valid.delete(old);
		await clock.run(Promise.all(Array.from({ length: 5 }, async () => await api.account(1930))));
		expect(tokens.refreshes).toBe(0);
	});

	test('looks at the stored credential again before it gives up a refused refresh', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue(3_600_000);
		tokens.valid.clear();
		const { api } = ask({
			refresh: async () => {
				// The other process has won; its new token is stored a moment later.
				void clock.sleep(900).then(() => tokens.issue());
				throw new CredentialFailure('refused', 'invalid_grant');
			},
		});
		await expect(clock.run(api.account(1930))).resolves.toEqual({});
	});

	test('says how to reconnect where the chain is broken, and asks once for all that wait', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue(3_600_000);
		let refreshes = 0;
		const { api, sent } = ask({
			refresh: async () => {
				refreshes++;
				throw new CredentialFailure('refused', 'invalid_grant');
			},
		});
		const errors = await clock.run(Promise.all(Array.from({ length: 24 }, async () => await failure(api.account(1930)))));
		expect(errors[23]).toMatchObject({ outcome: 'refused', fortnoxText: 'invalid_grant' });
		expect(errors[0]?.message).toMatch(/connect it again/);
		expect(refreshes).toBe(1);
		expect(sent).toHaveLength(0);
	});

	describe('where a renewal was refused, and no other process has stored a token', () => {
		async function refusedOnce() {
			const { clock, tokens, ask } = setUp();
			tokens.issue(3_600_000);
			const counts = { refreshes: 0 };
			const { api } = ask({
				refresh: async () => {
					counts.refreshes++;
					throw new CredentialFailure('refused', 'invalid_grant');
				},
			});
			const first = clock.now;
			const error = await failure(clock.run(api.account(1930)));
			expect(clock.now - first).toBeGreaterThan(5000);
			return { clock, tokens, api, counts, error };
		}

		test('tells the next requests so at once', async () => {
			const { clock, api, counts, error } = await refusedOnce();
			const before = clock.now;
			const errors = await clock.run(Promise.all(Array.from({ length: 5 }, async () => await failure(api.account(1930)))));
			expect(errors.map(({ message }) => message)).toEqual(Array(5).fill(error.message));
			expect(clock.now - before).toBeLessThan(1);
			expect(counts.refreshes).toBe(1);
		});

		test('takes the token that is stored later', async () => {
			const { clock, tokens, api, counts } = await refusedOnce();
			tokens.issue();
			await expect(clock.run(api.account(1930))).resolves.toEqual({});
			expect(counts.refreshes).toBe(1);
		});

		test.each<[string, (clock: FakeClock, tokens: Tokens) => Promise<void>]>([
			['where the credential was changed, its token not', async (_clock, tokens) => void (tokens.secret = 'another')],
			['after some minutes, because what is wrong may be put right at Fortnox', async (clock) => await clock.pass(300_000)],
		])('tries again %s', async (_when, change) => {
			const { clock, tokens, api, counts } = await refusedOnce();
			await change(clock, tokens);
			await failure(clock.run(api.account(1930)));
			expect(counts.refreshes).toBe(2);
		});
	});

	test('tries a refresh again that got no usable answer', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue(3_600_000);
		let refreshes = 0;
		const { api } = ask({
			refresh: async () => {
				if (++refreshes < 3) throw new CredentialFailure('unreachable');
				tokens.issue();
			},
		});
		await clock.run(api.account(1930));
		expect(refreshes).toBe(3);
	});

	test('does not renew every token at once on a machine whose clock is ahead', async () => {
		const { clock, tokens, ask } = setUp();
		tokens.issue();
		clock.wallOffset += 5 * 3_600_000;
		const issued = () => {
			clock.wallOffset -= 5 * 3_600_000;
			tokens.issue();
			clock.wallOffset += 5 * 3_600_000;
		};
		let refreshes = 0;
		const { api } = ask({
			refresh: async () => {
				refreshes++;
				issued();
			},
		});
		for (let request = 0; request < 30; request++) await clock.run(api.account(1930));
		expect(refreshes).toBe(1);
	});

	test('renews a token that lives for seconds only when it ends', async () => {
		const { clock, tokens, ask } = setUp(5_000);
		tokens.issue();
		const { api } = ask();
		for (let request = 0; request < 20; request++) {
			await clock.run(api.account(1930));
			await clock.pass(500);
		}
		expect(tokens.refreshes).toBeGreaterThanOrEqual(2);
		expect(tokens.refreshes).toBeLessThanOrEqual(4);
	});

	test('does not burn refresh tokens on a 401 that has another cause', async () => {
		const { clock, tokens } = setUp();
		tokens.issue();
		const { api } = client(clock, () => answer(401, { message: 'unauthorized' }), { credential: tokens.credential() });
		for (let request = 0; request < 10; request++) {
			expect(await failure(clock.run(api.account(1930)))).toMatchObject({ status: 401, outcome: 'refused' });
		}
		expect(tokens.refreshes).toBe(1);
	});

	test('sends one scout where a token does not say when it ends', async () => {
		const { clock, tokens } = setUp();
		tokens.stored = jwt({ tenantId: 1 });
		let together = 0;
		let togetherFirst = 0;
		const { api, sent } = client(
			clock,
			async (_, call) => {
				together++;
				await clock.sleep(100);
				if (call === 1) togetherFirst = together;
				together--;
				return answer(200, { Account: {} });
			},
			{ credential: tokens.credential() },
		);
		await clock.run(Promise.all(Array.from({ length: 10 }, async () => await api.account(1930))));
		expect(togetherFirst).toBe(1);
		expect(sent).toHaveLength(10);
	});

	test('lets the next one scout where the scout got no answer', async () => {
		const { clock, tokens } = setUp();
		tokens.stored = jwt({ tenantId: 1 });
		const { api } = client(
			clock,
			async (_, call) => {
				await clock.sleep(10);
				if (call < 3) throw new NetworkFailure('ECONNRESET', true);
				return answer(200, { Account: {} });
			},
			{ credential: tokens.credential() },
		);
		await clock.run(Promise.all(Array.from({ length: 5 }, async () => await api.account(1930))));
	});

	test('gets a service account its token before the first request, once for all that wait, and anew before it ends', async () => {
		const clock = new FakeClock();
		const tokens = new Tokens(clock);
		const { api, sent } = client(clock, async () => await tokens.respond(), { credential: tokens.credential({ isOwn: true }) });
		const all = async () => await clock.run(Promise.all(Array.from({ length: 10 }, async () => await api.account(1930))));
		await all();
		expect({ refreshes: tokens.refreshes, sent: sent.length }).toEqual({ refreshes: 1, sent: 10 });
		await clock.pass(3_600_000 - 50_000);
		await all();
		expect({ refreshes: tokens.refreshes, sent: sent.length }).toEqual({ refreshes: 2, sent: 20 });
	});

	test('leaves without a request where nothing is connected yet', async () => {
		const { clock, ask } = setUp();
		const { api, sent } = ask();
		const error = await failure(clock.run(api.account(1930)));
		expect(error.message).toMatch(/not connected/);
		expect(sent).toHaveLength(0);
	});

	test('lets a stopped execution go at once while it waits for the token', async () => {
		const { clock, tokens } = setUp();
		tokens.issue(3_600_000);
		const stop = new AbortController();
		const { api } = client(clock, async () => await tokens.respond(), { credential: tokens.credential(), signal: stop.signal });
		const first = failure(api.account(1930));
		const second = failure(api.account(1930));
		await clock.pass(100);
		stop.abort();
		const before = clock.now;
		expect((await clock.run(second)).outcome).toBe('cancelled');
		expect(clock.now).toBeCloseTo(before);
		expect((await clock.run(first)).outcome).toBe('cancelled');
	});
});
