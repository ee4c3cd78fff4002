import type { CompanyState } from '../company/company';
import { recordConsent } from '../oauth/consent';
import type { SandboxClient, Tokens } from '../oauth/tokens';
import type { Sandbox, TokenRequest } from './sandbox';

interface Parts {
	companies: readonly CompanyState[];
	clients: readonly SandboxClient[];
	tokens: Tokens;
}

type Access = Pick<Sandbox, 'company' | 'issueTokens' | 'consent' | 'expireTokens' | 'revoke'>;

/** Companies, and access to them without a browser. */
export function accessTo({ companies, clients, tokens }: Parts): Access {
	const company = (tenantId?: string | number): CompanyState => {
		const found = tenantId === undefined ? companies[0] : companies.find(({ profile }) => profile.tenantId === Number(tenantId));
		if (!found) throw new Error(`The sandbox has no company ${tenantId}`);
		return found;
	};
	const client = (id?: string): SandboxClient => {
		const found = id === undefined ? clients[0] : clients.find((candidate) => candidate.id === id);
		if (!found) throw new Error(`The sandbox has no client ${id}`);
		return found;
	};
	const grant = ({ clientId, tenantId, scopes }: TokenRequest) => {
		const { profile } = company(tenantId);
		const app = client(clientId);
		return {
			clientId: app.id,
			tenantId: profile.tenantId,
			userId: profile.user.id,
			scopes: scopes ?? app.scopes.filter((scope) => !profile.unlicensedScopes.includes(scope)),
		};
	};
	return {
		company,
		issueTokens: (request = {}) => tokens.issue(grant(request), { refresh: true, expiresInSeconds: request.expiresInSeconds }),
		consent(request = {}) {
			const { clientId, tenantId, scopes } = grant(request);
			recordConsent(company(tenantId), clientId, scopes, request.serviceAccount ?? false);
		},
		expireTokens: (tenantId) => tokens.expireAll(tenantId),
		revoke(tenantId, clientId) {
			tokens.revokeGrants(tenantId, clientId);
			const state = company(tenantId);
			state.connections = state.connections.filter((connection) => clientId !== undefined && connection.clientId !== clientId);
		},
	};
}
