import { askForToken } from './askForToken';
import type { Credential, N8nContext } from './credential';
import { credentialFields } from './credential';
import { wrongCompany } from './errors';
import type { Proofs } from './proofs';
import { readToken, serviceAccountTokenRequest, type ServiceAccountToken } from './serviceAccountToken';
import { fingerprintOf, tenantKeyOf } from './tenant';
import type { StoredCredential } from './transport';
import { CredentialFailure, NetworkFailure } from './transport';

/** More than any accounting firm has clients; the oldest goes. */
const MOST_TOKENS = 2000;

/** The access tokens of service accounts, one per company: in the memory of the process and nowhere else. */
export class ServiceAccountTokens {
	private readonly tokens = new Map<string, ServiceAccountToken>();

	get(key: string): ServiceAccountToken | undefined {
		return this.tokens.get(key);
	}

	keep(key: string, token: ServiceAccountToken): void {
		this.tokens.delete(key);
		this.tokens.set(key, token);
		const [oldest] = this.tokens.keys();
		if (this.tokens.size > MOST_TOKENS && oldest !== undefined) this.tokens.delete(oldest);
	}
}

/** A company's service account, whose tokens the node gets by itself. Whoever can't name the client secret gets none of them. */
export function serviceAccount(
	context: N8nContext,
	credential: Credential,
	tenantId: number,
	{ tokens, proofs }: { tokens: ServiceAccountTokens; proofs: Proofs },
): StoredCredential {
	const { apiBaseUrl, oauthBaseUrl, clientId, secretPrint } = credential;
	const key = [apiBaseUrl, oauthBaseUrl, clientId, secretPrint, tenantId].join('\n');
	return {
		id: key,
		isOwn: true,
		read: async () => {
			const kept = tokens.get(key);
			return await Promise.resolve({ token: kept?.token, lifeMs: kept?.lifeMs, version: fingerprintOf(key) });
		},
		refresh: async () => {
			const first = await fetchToken(context, credential, tenantId);
			const isOther = (token: ServiceAccountToken): boolean => (proofs.companyOf(token.token) ?? tenantId) !== tenantId;
			const token = isOther(first) ? await fetchToken(context, credential, tenantId) : first;
			if (isOther(token)) {
				throw wrongCompany(named(proofs, apiBaseUrl, tenantId), named(proofs, apiBaseUrl, proofs.companyOf(token.token) ?? 0));
			}
			tokens.keep(key, token);
		},
	};
}

function named(proofs: Proofs, apiBaseUrl: string, tenantId: number): { tenantId: number; name?: string } {
	return { tenantId, name: proofs.nameOf(tenantKeyOf(apiBaseUrl, tenantId)) };
}

async function fetchToken(context: N8nContext, credential: Credential, tenantId: number): Promise<ServiceAccountToken> {
	const { apiBaseUrl, oauthBaseUrl, type, item } = credential;
	const fields = await credentialFields(context, type, item);
	const request = serviceAccountTokenRequest({ ...fields, apiBaseUrl, oauthBaseUrl, tenantId: String(tenantId) });
	const answer = await askForToken(request, context.helpers).catch((error: unknown) => {
		throw new CredentialFailure('unreachable', undefined, error instanceof NetworkFailure ? error.reason : undefined);
	});
	const { status } = answer;
	// A gateway's page, or too many requests: it may pass.
	if (status === undefined || status >= 500 || status === 429) throw new CredentialFailure('unreachable');
	const read = readToken(answer, fields);
	if ('token' in read) return read;
	throw new CredentialFailure('refused', read.oauthError, `${read.explanation} This is about the company ${tenantId}.`);
}
