import { MOST_THROTTLED_MS } from './bounds';
import { pause } from './clock';
import type { Connection, WaitInfo } from './connection';
import type { FortnoxError } from './errors';
import { holdsError, jsonObjectOf } from './refusal';
import {
	cancelled,
	companyNotProven,
	noAnswer,
	notConnected,
	refusedBy,
	retryAfterMs,
	throttledTooLong,
	waitedTooLong,
	wrongCompany,
} from './errors';
import type { Slot } from './limiter';
import { passOn } from './passOn';
import { mayTryAgain } from './retry';
import { tenantKeyOf, tenantOf } from './tenant';
import type { Pass } from './tokenGate';
import type { Answer, Sending } from './transport';
import { NetworkFailure } from './transport';

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

const TELL_FROM_MS = 3000;

/** What has become of the requests of one client. */
export interface Tally {
	requests: number;
	throttled: number;
	/** Time in which at least one request had to wait, in ms. */
	waitedMs: number;
}

type Attempt =
	| { kind: 'answer'; answer: Answer; tokenWasOld: boolean; sentAt: number }
	/** `mayPass`: the next try may fare better. */
	| { kind: 'failure'; error: FortnoxError; mayPass: boolean; sentAt: number };

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
	 * @returns an answer that says success. Throws FortnoxError for everything else. What is sent again: `mayTryAgain`.
	 */
	async send(request: FortnoxRequest): Promise<Answer> {
		const { shared, maxWaitMs = Number.POSITIVE_INFINITY } = this.connection;
		const deadline = shared.clock.monotonic() + maxWaitMs;
		let why: WaitInfo['why'] = 'limit';
		let failures = 0;
		let refusedTokens = 0;
		let throttledSince: number | undefined;
		for (let attempts = 1; ; attempts++) {
			const begun = shared.clock.monotonic();
			const attempt = await this.attempt(request, deadline, why);
			this.note(request, attempt, { begun, attempts });
			const answer = attempt.kind === 'answer' ? attempt.answer : undefined;
			const isSuccess = answer !== undefined && answer.status >= 200 && answer.status < 300;
			if (isSuccess && !holdsError(answer.body)) return answer;
			const tokenWasOld = attempt.kind === 'answer' && attempt.tokenWasOld;
			if (tokenWasOld) refusedTokens++;
			const error = attempt.kind === 'failure' ? attempt.error : refusedBy(attempt.answer, request.path, shared.clock.wall());
			const verdict = mayTryAgain({
				method: request.method,
				error,
				mayPass: attempt.kind === 'failure' && attempt.mayPass,
				refusedTokens: tokenWasOld ? refusedTokens : 0,
				failures,
			});
			if (!verdict.again) throw error;
			if (error.status === 429) {
				why = 'throttled';
				throttledSince ??= begun;
				this.stillThrottled(throttledSince);
			}
			// What is sent again at once waits for its place in the limit, and has not failed.
			if (verdict.afterMs === 0) continue;
			failures++;
			// Jittered by half, so that requests that failed together don't return together.
			const waitMs = Math.max(verdict.afterMs * (0.5 + shared.clock.random()), error.retryAfterMs ?? 0);
			if (shared.clock.monotonic() + waitMs > deadline) throw error;
			await this.whileWaiting(waitMs, 'retry', async () => await pause(shared.clock, waitMs, this.connection.signal));
		}
	}

	private async attempt(request: FortnoxRequest, deadline: number, why: WaitInfo['why']): Promise<Attempt> {
		const { baseUrl, transport, signal, shared } = this.connection;
		const { clock } = shared;
		const url = `${baseUrl}${request.path}${queryOf(request.query)}`;
		const { pass, slot, token } = await this.leave(deadline, why);
		const sending: Sending = {
			method: request.method,
			url,
			body: request.body?.(),
			expects: request.expects ?? 'json',
			timeoutMs: request.timeoutMs,
			token,
			signal,
		};
		const sentAt = clock.monotonic();
		this.tally.requests++;
		try {
			const answer = await transport.send(sending);
			return { kind: 'answer', answer, tokenWasOld: this.settle(answer, slot, { pass, token }), sentAt };
		} catch (error) {
			pass.unused();
			if (error instanceof NetworkFailure && !error.sent) slot.unsent();
			else slot.lost(sentAt + request.timeoutMs);
			if (signal?.aborted) return { kind: 'failure', error: cancelled(), mayPass: false, sentAt };
			if (error instanceof NetworkFailure) {
				return { kind: 'failure', error: noAnswer(error), mayPass: error.reason === undefined, sentAt };
			}
			return passOn(error);
		}
	}

	/** Tells the user of it, and ends what would wait for ever. */
	private stillThrottled(since: number): void {
		const forMs = this.connection.shared.clock.monotonic() - since;
		if (forMs >= TELL_FROM_MS) this.connection.onWait?.({ expectedMs: forMs, why: 'throttled' });
		if (forMs > MOST_THROTTLED_MS) throw throttledTooLong(forMs);
	}

	/** One line for each attempt in n8n's log at debug level: how a 429 or a time-out came about can be read there. */
	private note({ method, path }: FortnoxRequest, attempt: Attempt, { begun, attempts }: { begun: number; attempts: number }): void {
		const { debug, shared } = this.connection;
		if (debug === undefined) return;
		const ended = attempt.kind === 'answer' ? String(attempt.answer.status) : `no answer (${attempt.error.outcome})`;
		const waited = Math.round(attempt.sentAt - begun);
		const took = Math.round(shared.clock.monotonic() - attempt.sentAt);
		debug(`Fortnox ${this.connection.tenantId ?? ''}: ${method} ${path}: ${ended} in ${took} ms, after waiting ${waited} ms, attempt ${attempts}`);
	}

	/** @returns whether the answer is a 401 that another token might avoid */
	private settle(answer: Answer, slot: Slot, { pass, token }: { pass: Pass; token: string }): boolean {
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
		if (answer.status === 401) return pass.refused(token);
		pass.accepted(token);
		return false;
	}

	/**
	 * Finds out which company the credential leads to, and that it is the one that is meant.
	 *
	 * @throws {FortnoxError} where it is another one, or where nobody can say which one it is
	 */
	async prove(): Promise<number> {
		return (await this.proven()).company;
	}

	/**
	 * A token that is good now, and the company that it is proven to belong to. For what does not go through `send`.
	 *
	 * @throws {FortnoxError} as `prove`
	 */
	async proven(): Promise<{ token: string; company: number }> {
		const { maxWaitMs = Number.POSITIVE_INFINITY, shared, credential, signal } = this.connection;
		const deadline = shared.clock.monotonic() + maxWaitMs;
		for (;;) {
			const pass = await shared.gates.of(credential.id).enter(credential, signal);
			const { token } = await credential.read().finally(() => pass.unused());
			const company = token === undefined ? undefined : await this.companyOf(token, deadline);
			if (token !== undefined && company !== undefined) return { token, company };
		}
	}

	/**
	 * Waits for a good token and a free slot; the token may end while the slot is waited for. The token that is read then
	 * is the one that is sent: a credential that is connected anew meanwhile has no part in the request.
	 */
	private async leave(deadline: number, why: WaitInfo['why']): Promise<{ pass: Pass; slot: Slot; token: string }> {
		const { shared, credential, signal } = this.connection;
		const gate = shared.gates.of(credential.id);
		for (;;) {
			const pass = await gate.enter(credential, signal);
			const slot = await this.granted(deadline, why).catch((error: unknown) => {
				pass.unused();
				return passOn(error);
			});
			if (!pass.isScout && !gate.isOpen) {
				slot.unsent();
				continue;
			}
			const token = await this.readToken().catch((error: unknown) => {
				pass.unused();
				slot.unsent();
				return passOn(error);
			});
			if (shared.proofs.companyOf(token) === this.connection.tenantId) return { pass, slot, token };
			pass.unused();
			slot.unsent();
			await this.companyOf(token, deadline);
		}
	}

	private async readToken(): Promise<string> {
		const { token } = await this.connection.credential.read();
		if (token === undefined) throw notConnected();
		return token;
	}

	/** The company that a token belongs to; undefined where the token ended before that was known. Throws where it is not the one that is meant. */
	private async companyOf(token: string, deadline: number): Promise<number | undefined> {
		const { shared, tenantId, baseUrl } = this.connection;
		const { proofs } = shared;
		if (proofs.companyOf(token) === undefined) await proofs.ask(token, async () => await this.askForCompany(token, deadline));
		const found = proofs.companyOf(token);
		if (found === undefined || tenantId === undefined || found === tenantId) return found;
		const named = (id: number) => ({ tenantId: id, name: proofs.nameOf(tenantKeyOf(baseUrl, id)) });
		throw wrongCompany(named(tenantId), named(found));
	}

	/** The one request that is sent with a token whose company is not known yet: it asks for just that. */
	private async askForCompany(token: string, deadline: number): Promise<number | undefined> {
		const { baseUrl, transport, signal, shared, credential } = this.connection;
		const path = '/3/companyinformation';
		const begun = shared.clock.monotonic();
		for (;;) {
			const slot = await this.granted(deadline, 'limit');
			const sentAt = shared.clock.monotonic();
			this.tally.requests++;
			const sending: Sending = { method: 'GET', url: `${baseUrl}${path}`, expects: 'json', timeoutMs: TIMEOUT_MS.read, token, signal };
			const answer = await transport.send(sending).catch(() => undefined);
			if (answer === undefined) {
				slot.lost(sentAt + TIMEOUT_MS.read);
				throw companyNotProven(undefined);
			}
			if (answer.status === 429) {
				this.tally.throttled++;
				slot.throttled(retryAfterMs(answer.headers, shared.clock.wall()));
				this.stillThrottled(begun);
				continue;
			}
			slot.answered();
			if (answer.status === 401) {
				shared.gates.of(credential.id).distrust(token);
				return undefined;
			}
			const company = companyIn(answer);
			if (company === undefined) throw companyNotProven(answer.status);
			if (company.name !== undefined) shared.proofs.noteName(tenantKeyOf(baseUrl, company.tenantId), company.name);
			return company.tenantId;
		}
	}

	/** A free slot. Throws FortnoxError where there is none in time. */
	private async granted(deadline: number, why: WaitInfo['why']): Promise<Slot> {
		const slot = await this.slot(deadline, why);
		if (slot === 'cancelled') throw cancelled();
		if (slot === 'deadline') throw waitedTooLong(this.connection.maxWaitMs ?? 0, why === 'throttled');
		return slot;
	}

	private async slot(deadline: number, why: WaitInfo['why']) {
		const { shared, limitKey, priority, executionKey, signal } = this.connection;
		let expectedMs = 0;
		const slot = shared.limiters.acquire(limitKey, {
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

/** The company in an answer of `companyinformation`; undefined where it holds none. */
function companyIn({ status, body }: Answer): { tenantId: number; name?: string } | undefined {
	const company = status === 200 ? jsonObjectOf(body)?.CompanyInformation : undefined;
	if (typeof company !== 'object' || company === null || !('DatabaseNumber' in company)) return undefined;
	const tenantId = tenantOf(String(company.DatabaseNumber));
	if (tenantId === undefined) return undefined;
	const name = 'CompanyName' in company && typeof company.CompanyName === 'string' ? company.CompanyName : undefined;
	return { tenantId, name };
}
