import { MOST_CLOCK_DIFFERENCE_MS } from './bounds';
import type { Connection, WaitInfo } from './connection';
import { FortnoxError, cancelled, noAnswer, notConnected, readOnly, refusedBy, retryAfterMs } from './errors';
import type { Slot } from './limiter';
import { passOn } from './passOn';
import { Proving } from './proving';
import { holdsError } from './refusal';
import { mayTryAgain } from './retry';
import type { Pass } from './tokenGate';
import type { Answer, Sending } from './transport';
import { NetworkFailure } from './transport';
import { Waits, type Tally } from './waits';

export interface FortnoxRequest {
	method: 'GET' | 'POST' | 'PUT';
	/** Such as `/3/accounts/1930`, its parts encoded. */
	path: string;
	query?: Record<string, string | number | undefined>;
	/** Makes the body afresh for every attempt: n8n writes into what it is given, and a form can be read only once. */
	body?: () => object;
	expects?: 'json' | 'bytes';
	timeoutMs: number;
	/** Aborted once nobody wants the answer any more: the request is not sent then, unless it is on its way. */
	unwanted?: AbortSignal;
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
	private readonly waits: Waits;
	readonly proving: Proving;

	constructor(private readonly connection: Connection) {
		this.waits = new Waits(connection, this.tally);
		this.proving = new Proving(connection, this.waits, this.tally);
	}

	serverTime(): Date {
		const { clock } = this.connection.shared;
		return new Date(this.serverClock === undefined ? clock.wall() : clock.monotonic() + this.serverClock);
	}

	/**
	 * @returns an answer that says success. Throws FortnoxError for everything else. What is sent again: `mayTryAgain`.
	 */
	async send(request: FortnoxRequest): Promise<Answer> {
		const { shared, isReadOnly, maxWaitMs = Number.POSITIVE_INFINITY } = this.connection;
		if (isReadOnly === true && request.method !== 'GET') throw readOnly();
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
				this.waits.stillThrottled(throttledSince);
			}
			// What is sent again at once waits for its place in the limit, and has not failed.
			if (verdict.afterMs === 0) continue;
			failures++;
			await this.waits.beforeRetry(verdict.afterMs, error, deadline, this.stopOf(request));
		}
	}

	private async attempt(request: FortnoxRequest, deadline: number, why: WaitInfo['why']): Promise<Attempt> {
		const { baseUrl, transport, signal, shared } = this.connection;
		const { clock } = shared;
		const url = `${baseUrl}${request.path}${queryOf(request.query)}`;
		const { pass, slot, token } = await this.leave(deadline, why, this.stopOf(request)).catch((error: unknown) => {
			this.noteUnsent(request, error);
			return passOn(error);
		});
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

	/** One line for each attempt in n8n's log at debug level: how a 429 or a time-out came about can be read there. */
	private note({ method, path }: FortnoxRequest, attempt: Attempt, { begun, attempts }: { begun: number; attempts: number }): void {
		const { debug, shared } = this.connection;
		if (debug === undefined) return;
		const ended = attempt.kind === 'answer' ? String(attempt.answer.status) : `no answer (${attempt.error.outcome})`;
		const waited = Math.round(attempt.sentAt - begun);
		const took = Math.round(shared.clock.monotonic() - attempt.sentAt);
		debug(
			`Fortnox ${this.connection.tenantId ?? ''}: ${method} ${path}: ${ended} in ${took} ms, after waiting ${waited} ms, attempt ${attempts}`,
		);
	}

	/** The line that says why no attempt, or no other one, was made: the wait was too long, or the run was stopped. */
	private noteUnsent({ method, path, unwanted }: FortnoxRequest, error: unknown): void {
		if (!(error instanceof FortnoxError)) return;
		const reason = unwanted?.aborted === true ? 'Another page of the list failed.' : error.message;
		this.connection.debug?.(`Fortnox ${this.connection.tenantId ?? ''}: ${method} ${path}: not sent. ${reason}`);
	}

	/** @returns whether the answer is a 401 that another token might avoid */
	private settle(answer: Answer, slot: Slot, { pass, token }: { pass: Pass; token: string }): boolean {
		const { clock } = this.connection.shared;
		const date = Date.parse(answer.headers.date ?? '');
		// Also false where there is no date. From a day that is yet to come on, nothing would ever have changed.
		if (Math.abs(date - clock.wall()) <= MOST_CLOCK_DIFFERENCE_MS) this.serverClock = date - clock.monotonic();
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
	 * Waits for a good token and a free slot; the token may end while the slot is waited for. The token that is read then
	 * is the one that is sent: a credential that is connected anew meanwhile has no part in the request.
	 */
	private async leave(
		deadline: number,
		why: WaitInfo['why'],
		stop: AbortSignal | undefined,
	): Promise<{ pass: Pass; slot: Slot; token: string }> {
		const { shared, credential } = this.connection;
		const gate = shared.gates.of(credential.id);
		for (let refusedTokens = 0; ;) {
			const pass = await this.waits.pass(deadline, stop);
			const slot = await this.waits.slot(deadline, why, stop).catch((error: unknown) => {
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
			if ((await this.proving.companyOf(token, deadline, refusedTokens)) === undefined) refusedTokens++;
		}
	}

	/** What ends the wait of a request. */
	private stopOf({ unwanted }: FortnoxRequest): AbortSignal | undefined {
		const { signal } = this.connection;
		return signal && unwanted ? AbortSignal.any([signal, unwanted]) : (signal ?? unwanted);
	}

	private async readToken(): Promise<string> {
		const { token } = await this.connection.credential.read();
		if (token === undefined) throw notConnected();
		return token;
	}
}

function queryOf(query: FortnoxRequest['query'] = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
	return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
