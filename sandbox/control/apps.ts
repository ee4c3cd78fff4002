import type { FastifyInstance } from 'fastify';

import { SCOPES, type SandboxClient } from '../oauth/tokens';
import type { SandboxOf, TokenRequest } from './sandbox';

/** Apps, and their access without the consent page. */
export function appRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	app.get('/_sandbox/clients', async (request) => sandboxOf(request).clients);
	app.post<{ Body: Partial<SandboxClient> }>('/_sandbox/clients', async (request) => {
		const client = newClient(request.body);
		const { clients } = sandboxOf(request);
		if (clients.some(({ id }) => id === client.id)) throw new Error(`There is a client ${client.id} already`);
		clients.push(client);
		return client;
	});

	app.post<{ Body: TokenRequest }>('/_sandbox/tokens', async (request) => sandboxOf(request).issueTokens(request.body));
	app.post<{ Body: TokenRequest & { serviceAccount?: boolean } }>('/_sandbox/consent', async (request) => {
		sandboxOf(request).consent(request.body);
		return { consented: true };
	});
	app.post<{ Body: { tenantId?: number } }>('/_sandbox/expire-tokens', async (request) => {
		sandboxOf(request).expireTokens(request.body.tenantId);
		return { expired: true };
	});
	app.post<{ Body: { tenantId: number; clientId?: string } }>('/_sandbox/revoke', async (request) => {
		sandboxOf(request).revoke(request.body.tenantId, request.body.clientId);
		return { revoked: true };
	});
}

/** An app with a limit, scopes and redirect addresses of its own; what is not given is as in the sandbox's first app. */
function newClient({ id, secret, ...rest }: Partial<SandboxClient>): SandboxClient {
	if (!id || !secret) throw new Error('A client needs an id and a secret');
	return { name: id, scopes: [...SCOPES], redirectUris: 'any', serviceAccounts: true, ...rest, id, secret };
}
