import type { Clock } from '../../../nodes/shared/fortnox/clock';
import { createFortnoxApi } from '../../../nodes/shared/fortnox/client';
import type { ProvenConnection } from '../../../nodes/shared/fortnox/connection';
import { createSharedState } from '../../../nodes/shared/fortnox/n8nTransport';
import { Secrets } from '../../../nodes/shared/fortnox/secrets';
import type { Answer, Sending, StoredCredential, Transport } from '../../../nodes/shared/fortnox/transport';

interface Timer {
	at: number;
	order: number;
	wake: () => void;
}

/**
 * A clock on which time passes only when everything that can run has run. `run` lets a promise finish, however
 * much simulated time that takes.
 */
export class FakeClock implements Clock {
	now = 0;
	/** The time of day minus `now`; a test may let it jump. */
	wallOffset = Date.parse('2026-03-01T00:00:00Z');
	timers: Timer[] = [];
	private order = 0;
	private seed: number;

	constructor(seed = 1) {
		this.seed = seed;
	}

	/** A real clock never stands still between two looks, which code must not count on; here it adds up to nothing. */
	monotonic = () => (this.now += 1e-9);
	wall = () => this.now + this.wallOffset;

	/** mulberry32: small, and the same on every run. */
	random = () => {
		this.seed = (this.seed + 0x6d2b79f5) | 0;
		let t = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.timers.push({ at: this.now + Math.max(ms, 0), order: this.order++, wake });
		});
	}

	async run<T>(promise: Promise<T>, until = 24 * 3_600_000): Promise<T> {
		const state = { done: false };
		const finish = () => {
			state.done = true;
		};
		promise.then(finish, finish);
		// Long computations give way to others by the machine's clock.
		for (let idle = 0; ;) {
			await settled();
			if (state.done) return await promise;
			idle = this.step() ? 0 : idle + 1;
			if (idle > MOST_IDLE || this.now > until) throw new Error(`Nothing will happen any more at ${this.now} ms`);
		}
	}

	/** Lets simulated time pass. */
	async pass(ms: number): Promise<void> {
		await this.run(this.sleep(ms));
		await settled();
	}

	private step(): boolean {
		const next = this.timers.reduce<Timer | undefined>(
			(first, timer) =>
				first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order) ? timer : first,
			undefined,
		);
		if (next === undefined) return false;
		this.timers = this.timers.filter((timer) => timer !== next);
		this.now = Math.max(this.now, next.at);
		next.wake();
		return true;
	}
}

/** Turns of the event loop in which nothing is due on a fake clock, before it is taken to stand still. */
const MOST_IDLE = 10_000;

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
	await new Promise<void>((resolve) => {
		setImmediate(resolve);
	});
}

export function jwt(claims: object): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part(claims)}.signature`;
}

/** A credential that has one token, and never another. */
export function credentialOf(token: string, id: string): StoredCredential {
	return { id, read: async () => ({ token, version: token }), refresh: async () => {}, isOwn: false };
}

/** A credential whose token is good for a day of the fake clock. */
function goodCredential(clock: FakeClock): StoredCredential {
	return credentialOf(jwt({ tenantId: 1, iat: clock.wall() / 1000, exp: clock.wall() / 1000 + 86_400 }), 'credential');
}

/** A service account's credential, which has another token, with claims that are made then, each time it is renewed. */
export function renewable(claims: () => object): StoredCredential {
	let version = 0;
	const issue = () => jwt({ ...claims(), version: version++ });
	let token = issue();
	return {
		id: 'renewable',
		isOwn: true,
		read: async () => ({ token, version: token }),
		refresh: async () => {
			token = issue();
		},
	};
}

export type Respond = (sending: Sending, call: number) => Promise<Answer> | Answer;

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return { status, headers, body };
}

/** A client whose network is a function. */
export function client(clock: FakeClock, respond: Respond, over: Partial<ProvenConnection> = {}) {
	const sent: Sending[] = [];
	const transport: Transport = {
		send: async (sending) => {
			sent.push(sending);
			return await respond(sending, sent.length);
		},
	};
	const connection: ProvenConnection = {
		tenantId: 1,
		access: 'bookkeeping',
		limitKey: 'https://api.fortnox.se client 1',
		baseUrl: 'https://api.fortnox.se',
		credential: goodCredential(clock),
		secrets: new Secrets(),
		transport,
		shared: createSharedState(clock),
		priority: 'bulk',
		executionKey: '1',
		...over,
	};
	return { api: createFortnoxApi(connection), sent, connection };
}

/** It has no number, so it answers whichever entry is asked for. */
export const VOUCHER = { Voucher: { Description: 'Payout' } };

export const DRAFT = { VoucherSeries: 'A', TransactionDate: '2026-03-01', Description: 'Rent', Comments: '', VoucherRows: [] };

/** Numbers of as many vouchers as fill the limit. */
export const SPACES = Array.from({ length: 25 }, (_, index) => index + 1);

/** Answers the first attempts so, and all later ones with a voucher. */
export function first(count: number, otherwise: () => ReturnType<Respond>): Respond {
	return (_, call) => (call <= count ? otherwise() : answer(200, VOUCHER));
}
