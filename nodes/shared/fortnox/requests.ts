import { pause } from './clock';
import type { Connection, WaitInfo } from './connection';
import type { FortnoxError } from './errors';
import { cancelled, credentialBroken, noAnswer, refusedBy, retryAfterMs, waitedTooLong } from './errors';
import type { Slot } from './limiter';
import type { Pass } from './tokenGate';
import type { Answer, Sending } from './transport';
import { CredentialFailure, NetworkFailure } from './transport';

/** Lists, single objects and small writes answer within a second or two; a page of 500 vouchers of a busy company may take longer. */
export const TIMEOUT_MS = { read: 30_000, page: 60_000, write: 60_000, file: 120_000, sie: 300_000 };

export interface FortnoxRequest {
	method: 'GET' | 'POST' | 'PUT';
	/** Such as `/3/accounts/1930`, its parts encoded. */
	path: string;
	query?: Record<string, string | number | undefined>;
	/** Makes the body afresh for every attempt: n8n writes into what it is given, and a form can be read only once. */
	body?: () => object;
	expects?: 'json' | 'bytes';
	timeoutMs: number;
}

/** Waits before another try, where one is safe; each is jittered by half, so that those that failed together don't return together. */
const AGAIN_AFTER_MS = [500, 2000, 5000];
const GATEWAY_FAULTS = new Set([502, 503, 504]);
/** One refusal because the token ended, one because another process renewed it in between. */
const MOST_REFUSED_TOKENS = 2;
const TELL_FROM_MS = 3000;

/** What has become of the requests of one client. */
export interface Tally {
	requests: number;
	throttled: number;
	/** Time in which at least one request had to wait, in ms. */
	waitedMs: number;
}

type Attempt =
	| { kind: 'answer'; answer: Answer; tokenWasOld: boolean }
	/** `mayPass`: the next try may fare better. */
	| { kind: 'failure'; error: FortnoxError; mayPass: boolean };

/** Sends the requests of one client: token, limit, time-outs and what is tried again are decided here and nowhere else. */
export class Requests {
	readonly tally: Tally = { requests: 0, throttled: 0, waitedMs: 0 };
	/** Fortnox's clock minus this process's monotonic one, in ms. */
	private serverClock?: number;
	private waiting = 0;
	private waitingSince = 0;

	constructor(private readonly connection: Connection) {}

	serverTime(): Date {
		const { clock } = this.connection.shared;
		return new Date(this.serverClock === undefined ? clock.wall() : clock.monotonic() + this.serverClock);
	}

	/**
	 * @returns an answer that says success. Throws FortnoxError for everything else.
	 *
	 * A 429 is waited for and sent again, whatever it was: it was not carried out. A 401 is sent again with another
	 * token. Reads are tried again where the network or a gateway failed, writes only where nothing can have been booked.
	 */
	async send(request: FortnoxRequest): Promise<Answer> {
		const { shared, maxWaitMs = Number.POSITIVE_INFINITY } = this.connection;
		const deadline = shared.clock.monotonic() + maxWaitMs;
		let why: WaitInfo['why'] = 'limit';
		let failures = 0;
		let refusedTokens = 0;
		for (;;) {
			const attempt = await this.attempt(request, deadline, why);
			if (attempt.kind === 'answer') {
				const { answer } = attempt;
				if (answer.status >= 200 && answer.status < 300) return answer;
				why = answer.status === 429 ? 'throttled' : why;
				if (answer.status === 429) continue;
				if (attempt.tokenWasOld && ++refusedTokens <= MOST_REFUSED_TOKENS) continue;
			}
			const error =
				attempt.kind === 'failure' ? attempt.error : refusedBy(attempt.answer, request.path, shared.clock.wall());
			const mayPass = attempt.kind === 'failure' ? attempt.mayPass : GATEWAY_FAULTS.has(attempt.answer.status);
			const isSafe = request.method === 'GET' || error.outcome === 'refused';
			const after = AGAIN_AFTER_MS[failures++];
			if (!mayPass || !isSafe || after === undefined) throw error;
			const waitMs = Math.max(after * (0.5 + shared.clock.random()), error.retryAfterMs ?? 0);
			if (shared.clock.monotonic() + waitMs > deadline) throw error;
			await this.whileWaiting(waitMs, 'retry', async () => await pause(shared.clock, waitMs, this.connection.signal));
		}
	}

	private async attempt(request: FortnoxRequest, deadline: number, why: WaitInfo['why']): Promise<Attempt> {
		const { baseUrl, transport, signal, shared } = this.connection;
		const { clock } = shared;
		const url = `${baseUrl}${request.path}${queryOf(request.query)}`;
		const { pass, slot } = await this.leave(deadline, why);
		const sending: Sending = {
			method: request.method,
			url,
			body: request.body?.(),
			expects: request.expects ?? 'json',
			timeoutMs: request.timeoutMs,
			mayRenewCredential: pass.mayRenewCredential,
			signal,
		};
		const sentAt = clock.monotonic();
		this.tally.requests++;
		try {
			const answer = await transport.send(sending);
			return { kind: 'answer', answer, tokenWasOld: this.settle(answer, slot, pass) };
		} catch (error) {
			pass.unused();
			if (error instanceof NetworkFailure && !error.sent) slot.unsent();
			else if (error instanceof CredentialFailure) slot.answered();
			// n8n's second request, if there was one, left at some time up to now.
			else slot.lost((pass.mayRenewCredential ? clock.monotonic() : sentAt) + request.timeoutMs);
			if (signal?.aborted) return { kind: 'failure', error: cancelled(), mayPass: false };
			if (error instanceof NetworkFailure) {
				return { kind: 'failure', error: noAnswer(error), mayPass: error.reason === undefined };
			}
			if (error instanceof CredentialFailure) {
				return { kind: 'failure', error: credentialBroken(error), mayPass: error.kind === 'unreachable' };
			}
			return passOn(error);
		}
	}

	/** @returns whether the answer is a 401 that another token may not get */
	private settle(answer: Answer, slot: Slot, pass: Pass): boolean {
		const { clock } = this.connection.shared;
		const date = Date.parse(answer.headers.date ?? '');
		if (!Number.isNaN(date)) this.serverClock = date - clock.monotonic();
		if (answer.status === 429) {
			this.tally.throttled++;
			slot.throttled(retryAfterMs(answer.headers, clock.wall()));
			pass.unused();
			return false;
		}
		slot.answered();
		if (answer.status === 401) return pass.refused();
		pass.accepted();
		return false;
	}

	/** Waits for a good token and a free slot; the token may end while the slot is waited for. */
	private async leave(deadline: number, why: WaitInfo['why']): Promise<{ pass: Pass; slot: Slot }> {
		const { shared, credential, signal } = this.connection;
		const gate = shared.gates.of(credential.id);
		for (;;) {
			const pass = await gate.enter(credential, signal);
			const slot = await this.slot(pass.mayRenewCredential ? 2 : 1, deadline, why);
			if (slot === 'cancelled' || slot === 'deadline') {
				pass.unused();
				if (slot === 'cancelled') throw cancelled();
				throw waitedTooLong(this.connection.maxWaitMs ?? 0, why === 'throttled');
			}
			if (pass.isScout || gate.isOpen) return { pass, slot };
			slot.unsent();
		}
	}

	private async slot(weight: number, deadline: number, why: WaitInfo['why']) {
		const { shared, tenantKey, priority, executionKey, signal } = this.connection;
		let expectedMs = 0;
		const slot = shared.limiters.acquire(tenantKey, {
			weight,
			priority,
			executionKey,
			signal,
			deadline,
			onQueued: (ms) => {
				expectedMs = ms;
			},
		});
		return expectedMs === 0 ? await slot : await this.whileWaiting(expectedMs, why, async () => await slot);
	}

	/** Counts the time in which anything waits once, however many wait at the same time. */
	private async whileWaiting<T>(expectedMs: number, why: WaitInfo['why'], wait: () => Promise<T>): Promise<T> {
		const { clock } = this.connection.shared;
		if (expectedMs >= TELL_FROM_MS) this.connection.onWait?.({ expectedMs, why });
		if (this.waiting++ === 0) this.waitingSince = clock.monotonic();
		try {
			return await wait();
		} finally {
			if (--this.waiting === 0) this.tally.waitedMs += clock.monotonic() - this.waitingSince;
		}
	}
}

function queryOf(query: FortnoxRequest['query'] = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
	return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

function passOn(error: unknown): never {
	throw error;
}
