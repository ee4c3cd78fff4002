import type { Connection } from './connection';
import { cancelled, companyNotProven, FortnoxError, noAnswer, notConnected, refusedBy, retryAfterMs, wrongCompany } from './errors';
import { passOn } from './passOn';
import { jsonObjectOf } from './refusal';
import { mayTryAgain, type FailedAttempt } from './retry';
import { tenantKeyOf, tenantOf } from './tenant';
import { TIMEOUT_MS } from './timeouts';
import type { Answer, Sending } from './transport';
import { NetworkFailure } from './transport';
import type { Tally, Waits } from './waits';

const QUESTION = '/3/companyinformation';

/** Proves which company the tokens of a credential belong to, before anything else is sent with them. */
export class Proving {
	constructor(
		private readonly connection: Connection,
		private readonly waits: Waits,
		private readonly tally: Tally,
	) {}

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
		const { maxWaitMs = Number.POSITIVE_INFINITY, shared, credential } = this.connection;
		const deadline = shared.clock.monotonic() + maxWaitMs;
		for (let refusedTokens = 0; ; refusedTokens++) {
			const pass = await this.waits.pass(deadline);
			const { token } = await credential.read().finally(() => pass.unused());
			if (token === undefined) throw notConnected();
			const company = await this.companyOf(token, deadline, refusedTokens);
			if (company !== undefined) return { token, company };
		}
	}

	/**
	 * The company that a token belongs to; undefined where Fortnox refused the token, and may take another one.
	 *
	 * @param refusedTokens how many tokens it refused before this one
	 * @throws {FortnoxError} where it is not the company that is meant, or nobody can say which one it is
	 */
	async companyOf(token: string, deadline: number, refusedTokens: number): Promise<number | undefined> {
		const { shared, tenantId, baseUrl } = this.connection;
		const { proofs } = shared;
		try {
			while (proofs.companyOf(token) === undefined) {
				const asking = proofs.asking(token);
				if (asking === undefined) await proofs.ask(token, async () => await this.askForCompany(token, deadline));
				else await this.waits.inTime(asking, deadline);
			}
		} catch (error) {
			if (error instanceof FortnoxError && error.status === 401 && mayTryAgain(refused(error, refusedTokens)).again) return undefined;
			return passOn(error);
		}
		const found = proofs.companyOf(token);
		if (found === undefined || tenantId === undefined || found === tenantId) return found;
		const named = (id: number) => ({ tenantId: id, name: proofs.nameOf(tenantKeyOf(baseUrl, id)) });
		throw wrongCompany(named(tenantId), named(found));
	}

	/** The one request that is sent with a token whose company is not known yet: it asks for just that. */
	private async askForCompany(token: string, deadline: number): Promise<number> {
		const { baseUrl, shared, credential } = this.connection;
		const begun = shared.clock.monotonic();
		for (let failures = 0; ;) {
			const attempt = await this.askOnce(token, deadline);
			const company = 'answer' in attempt ? companyIn(attempt.answer) : undefined;
			if (company !== undefined) {
				if (company.name !== undefined) shared.proofs.noteName(tenantKeyOf(baseUrl, company.tenantId), company.name);
				return company.tenantId;
			}
			const error = 'answer' in attempt ? refusedBy(attempt.answer, QUESTION, shared.clock.wall()) : attempt.error;
			if (error.status === 401) {
				shared.gates.of(credential.id).distrust(token);
				throw error;
			}
			const mayPass = 'mayPass' in attempt && attempt.mayPass;
			const verdict = mayTryAgain({ method: 'GET', error, mayPass, refusedTokens: 0, failures });
			if (!verdict.again) throw companyNotProven(error);
			if (error.status === 429) this.waits.stillThrottled(begun);
			if (verdict.afterMs === 0) continue;
			failures++;
			await this.waits.beforeRetry(verdict.afterMs, companyNotProven(error), deadline);
		}
	}

	private async askOnce(token: string, deadline: number): Promise<{ answer: Answer } | { error: FortnoxError; mayPass: boolean }> {
		const { baseUrl, transport, signal, shared } = this.connection;
		const slot = await this.waits.slot(deadline, 'limit');
		const sentAt = shared.clock.monotonic();
		this.tally.requests++;
		const sending: Sending = { method: 'GET', url: `${baseUrl}${QUESTION}`, expects: 'json', timeoutMs: TIMEOUT_MS.read, token, signal };
		try {
			const answer = await transport.send(sending);
			if (answer.status === 429) {
				this.tally.throttled++;
				slot.throttled(retryAfterMs(answer.headers, shared.clock.wall()));
			} else slot.answered();
			return { answer };
		} catch (error) {
			if (error instanceof NetworkFailure && !error.sent) slot.unsent();
			else slot.lost(sentAt + TIMEOUT_MS.read);
			if (signal?.aborted) throw cancelled();
			if (error instanceof NetworkFailure) return { error: noAnswer(error), mayPass: error.reason === undefined };
			return passOn(error);
		}
	}
}

/** An attempt that a token was refused for. */
function refused(error: FortnoxError, refusedBefore: number): FailedAttempt {
	return { method: 'GET', error, mayPass: false, refusedTokens: refusedBefore + 1, failures: 0 };
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
