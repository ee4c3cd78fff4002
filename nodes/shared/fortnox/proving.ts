import type { Connection } from './connection';
import { companyNotProven, retryAfterMs, wrongCompany } from './errors';
import { jsonObjectOf } from './refusal';
import { tenantKeyOf, tenantOf } from './tenant';
import { TIMEOUT_MS } from './timeouts';
import type { Answer, Sending } from './transport';
import type { Tally, Waits } from './waits';

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
	 * The company that a token belongs to; undefined where the token ended before that was known.
	 *
	 * @throws {FortnoxError} where it is not the one that is meant
	 */
	async companyOf(token: string, deadline: number): Promise<number | undefined> {
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
			const slot = await this.waits.slot(deadline, 'limit');
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
				this.waits.stillThrottled(begun);
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
