import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { sleep } from '../network/delay';
import { effectOf } from '../network/faults';
import type { RequestLogEntry } from '../network/log';
import { struckAfterWork, struckBeforeWork } from '../network/transportFaults';
import { logged, readForm, type Form, type OAuthParts, type PartsOf } from './parts';
import { invalidClient, invalidGrant, refused } from './refusals';
import type { OAuthTokenData, SandboxClient } from './tokens';

/** The token endpoint, for an app that has named itself. `entry` is the request's line in the log. */
interface TokenRequest {
	parts: OAuthParts;
	client: SandboxClient;
	form: Form;
	entry: RequestLogEntry;
	request: FastifyRequest;
	reply: FastifyReply;
	send: (data: OAuthTokenData) => FastifyReply;
}

export function tokenRoutes(app: FastifyInstance, partsOf: PartsOf): void {
	app.post('/oauth-v1/token', async (request, reply) => {
		const parts = partsOf(request);
		const { settings, clients, faults } = parts;
		const form = readForm(request.body);
		const entry = logged(parts, request, reply);
		const effects = faults.strike('POST', '/oauth-v1/token');
		if (effects.length) entry.faultApplied = effects.map(({ kind }) => kind).join(',');
		await sleep(settings.latencyMs + (effectOf(effects, 'latency')?.ms ?? 0));
		if (struckBeforeWork(effects, reply)) return reply;
		const send = (data: OAuthTokenData) => {
			if (struckAfterWork(effects, reply)) return reply;
			return reply.code(200).type('application/json').send(JSON.stringify(data));
		};
		const client = basicClient(request, clients);
		reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
		if (!client) return await invalidClient(reply, settings);
		entry.clientId = client.id;
		const give = GRANTS[form.grant_type ?? ''] ?? unsupported;
		return await give({ parts, client, form, entry, request, reply, send });
	});

	app.post('/oauth-v1/revoke', async (request, reply) => {
		const parts = partsOf(request);
		const { settings, clients, tokens } = parts;
		const form = readForm(request.body);
		const entry = logged(parts, request, reply);
		const client = basicClient(request, clients);
		if (!client) return await invalidClient(reply, settings);
		entry.clientId = client.id;
		const revoked = tokens.revokeRefreshToken(form.token ?? '', client.id);
		return reply.code(200).type('application/json').send({ revoked });
	});
}

type Give = (token: TokenRequest) => Promise<FastifyReply>;

const GRANTS: Readonly<Record<string, Give | undefined>> = {
	authorization_code: byCode,
	refresh_token: byRefreshToken,
	client_credentials: byClientCredentials,
};

async function byCode({ parts: { settings, tokens }, client, form, entry, reply, send }: TokenRequest): Promise<FastifyReply> {
	const code = tokens.redeemCode(form.code ?? '', client.id, form.redirect_uri);
	if (!code) return await invalidGrant(reply, settings, "Authorization code doesn't exist or is invalid for the client");
	await sleep(settings.refreshLatency.successMs);
	const { clientId, tenantId, userId, scopes } = code;
	entry.tenantId = tenantId;
	const refresh = code.offline || settings.withoutOfflineAccess === 'sameAsOffline';
	return send(tokens.issue({ clientId, tenantId, userId, scopes }, { refresh }));
}

async function byRefreshToken({ parts: { settings, tokens }, client, form, entry, reply, send }: TokenRequest): Promise<FastifyReply> {
	const old = tokens.beginRefresh(form.refresh_token ?? '', client.id);
	if (!old) return await invalidGrant(reply, settings, 'Invalid refresh token');
	entry.tenantId = old.tenantId;
	await sleep(settings.refreshLatency.successMs);
	return send(tokens.endRefresh(old));
}

async function byClientCredentials({ parts, client, entry, request, reply, send }: TokenRequest): Promise<FastifyReply> {
	const { settings, companies, tokens } = parts;
	const company = companies.get(Number(request.headers.tenantid));
	const connection = company?.connections.find(({ clientId, serviceAccount }) => serviceAccount && clientId === client.id);
	if (!company || !connection) {
		return await invalidGrant(reply, settings, 'The client has no consent with a service account for this tenant');
	}
	entry.tenantId = company.profile.tenantId;
	await sleep(settings.refreshLatency.successMs);
	const { serviceAccountTokens } = settings;
	const tenantId = serviceAccountTokens === 'asked' ? company.profile.tenantId : serviceAccountTokens.tenantId;
	return send(tokens.issue({ clientId: client.id, tenantId, userId: '0', scopes: connection.scopes }, { refresh: false }));
}

async function unsupported({ parts, reply }: TokenRequest): Promise<FastifyReply> {
	return await refused(reply, parts.settings, {
		error: 'unsupported_grant_type',
		description: 'The grant type is not supported',
	});
}

function basicClient(request: FastifyRequest, clients: readonly SandboxClient[]): SandboxClient | undefined {
	const match = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '');
	const [id, secret] = Buffer.from(match?.[1] ?? '', 'base64')
		.toString('utf8')
		.split(/:(.*)/s);
	return clients.find((client) => client.id === id && client.secret === secret);
}
