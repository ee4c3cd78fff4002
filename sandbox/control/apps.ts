import type { FastifyInstance } from 'fastify';

import { SCOPES, type SandboxClient } from '../oauth/tokens';
import type { Sandbox, TokenRequest } from './sandbox';

/** Apps, and their access without the consent page. */
export function appRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/_sandbox/clients', async () => sandbox.clients);
	app.post<{ Body: Partial<SandboxClient> }>('/_sandbox/clients', async (request) => {
		const client = newClient(request.body);
		if (sandbox.clients.some(({ id }) => id === client.id)) throw new Error(`There is a client ${client.id} already`);
		sandbox.clients.push(client);
		return client;
	});

	app.post<{ Body: TokenRequest }>('/_sandbox/tokens', async (request) => sandbox.issueTokens(request.body));
	app.post<{ Body: TokenRequest & { serviceAccount?: boolean } }>('/_sandbox/consent', async (request) => {
		sandbox.consent(request.body);
		return { consented: true };
	});
	app.post<{ Body: { tenantId?: number } }>('/_sandbox/expire-tokens', async (request) => {
		sandbox.expireTokens(request.body.tenantId);
		return { expired: true };
	});
	app.post<{ Body: { tenantId: number; clientId?: string } }>('/_sandbox/revoke', async (request) => {
		sandbox.revoke(request.body.tenantId, request.body.clientId);
		return { revoked: true };
	});
}

/** An app with a limit, scopes and redirect addresses of its own; what is not given is as in the sandbox's first app. */
function newClient({ id, secret, ...rest }: Partial<SandboxClient>): SandboxClient {
	if (!id || !secret) throw new Error('A client needs an id and a secret');
	return { name: id, scopes: [...SCOPES], redirectUris: 'any', serviceAccounts: true, ...rest, id, secret };
}
