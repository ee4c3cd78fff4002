import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { CompanyState } from '../company/company';
import { sleep } from '../network/delay';
import { effectOf, type Faults } from '../network/faults';
import type { RequestLog, RequestLogEntry } from '../network/log';
import type { Settings } from '../settings';
import { struckAfterWork, struckBeforeWork } from '../network/transportFaults';
import { consentRefusal, SCOPES, type OAuthTokenData, type SandboxClient, type Tokens } from './tokens';

export interface OAuthParts {
	settings: Settings;
	companies: ReadonlyMap<number, CompanyState>;
	clients: readonly SandboxClient[];
	tokens: Tokens;
	log: RequestLog;
	faults: Faults;
}

interface PendingConsent {
	client: SandboxClient;
	redirectUri: string;
	/** As given: undefined where the request left it out. */
	givenRedirectUri: string | undefined;
	state: string;
	scopes: string[];
	serviceAccount: boolean;
	offline: boolean;
}

type Form = Readonly<Record<string, string | undefined>>;

/** The last value of a repeated field counts. */
function readForm(value: unknown): Form {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [name, String(Array.isArray(field) ? field.at(-1) : field)]),
	);
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The consent page of Fortnox, token endpoint and revocation. Mounted under `/oauth-v1`. */
export function oauthRoutes(app: FastifyInstance, parts: OAuthParts): void {
	const { settings, companies, clients, tokens, faults } = parts;
	const pending = new Map<string, PendingConsent>();

	app.get('/oauth-v1/auth', (request, reply) => {
		logged(parts, request, reply);
		const query = readForm(request.query);
		const client = clients.find(({ id }) => id === query.client_id);
		const redirectUri = query.redirect_uri ?? (client?.redirectUris === 'any' ? undefined : client?.redirectUris[0]);
		if (!client || !redirectUri || !mayRedirect(client, redirectUri)) {
			return htmlPage(reply, 400, 'Fortnox', '<p class="error">Auth code or ClientID supplied is invalid</p>');
		}
		const state = query.state ?? '';
		const refuse = (error: string, description: string) =>
			reply.redirect(withQuery(redirectUri, { error, error_description: description, state }), 302);
		if (state === '') return refuse('invalid_request', 'state is missing');
		if (query.response_type !== 'code') return refuse('unsupported_response_type', 'response_type must be code');
		const scopes = [...new Set((query.scope ?? '').split(' ').filter(Boolean))];
		const unknown = scopes.filter(
			(scope) => !SCOPES.some((known) => known === scope) || !client.scopes.includes(scope),
		);
		if (scopes.length === 0 || unknown.length > 0)
			return refuse('invalid_scope', `Invalid scope: ${unknown.join(' ') || 'none given'}`);
		const id = randomUUID();
		pending.set(id, {
			client,
			redirectUri,
			givenRedirectUri: query.redirect_uri,
			state,
			scopes,
			serviceAccount: query.account_type === 'service',
			offline: query.access_type === 'offline',
		});
		return htmlPage(
			reply,
			200,
			`Koppla ${client.name}`,
			consentForm(id, client, scopes, query.account_type === 'service', companies),
		);
	});

	app.post('/oauth-v1/auth', (request, reply) => {
		logged(parts, request, reply);
		const form = readForm(request.body);
		const consent = pending.get(form.request ?? '');
		const company = companies.get(Number(form.company));
		if (!consent || !company)
			return htmlPage(reply, 400, 'Fortnox', '<p class="error">Förfrågan gäller inte längre.</p>');
		pending.delete(form.request ?? '');
		const { client, redirectUri, state, scopes, serviceAccount } = consent;
		if (form.decision !== 'approve') {
			return reply.redirect(
				withQuery(redirectUri, { error: 'access_denied', error_description: 'The user denied access', state }),
				302,
			);
		}
		const refusal = consentRefusal(company, client, scopes, serviceAccount, settings);
		if (refusal) {
			return reply.redirect(
				withQuery(redirectUri, { error: refusal.error, error_description: refusal.description, state }),
				302,
			);
		}
		recordConsent(company, client.id, scopes, serviceAccount);
		const code = tokens.addCode({
			clientId: client.id,
			tenantId: company.profile.tenantId,
			userId: serviceAccount ? '0' : company.profile.user.id,
			scopes,
			redirectUri: consent.givenRedirectUri,
			offline: consent.offline,
		});
		return reply.redirect(withQuery(redirectUri, { code, state }), 302);
	});

	app.post('/oauth-v1/token', async (request, reply) => {
		const form = readForm(request.body);
		const entry = logged(parts, request, reply);
		const effects = faults.strike('POST', '/oauth-v1/token');
		if (effects.length) entry.faultApplied = effects.map(({ kind }) => kind).join(',');
		await sleep(settings.latencyMs + (effectOf(effects, 'latency')?.ms ?? 0));
		if (struckBeforeWork(effects, reply)) return reply;
		const sendTokens = (data: OAuthTokenData) => {
			if (struckAfterWork(effects, reply)) return reply;
			return reply.code(200).type('application/json').send(JSON.stringify(data));
		};
		const client = basicClient(request, clients);
		reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
		if (!client) return invalidClient(reply, settings);
		entry.clientId = client.id;
		switch (form.grant_type) {
			case 'authorization_code': {
				const code = tokens.redeemCode(form.code ?? '', client.id, form.redirect_uri);
				if (!code)
					return invalidGrant(reply, settings, "Authorization code doesn't exist or is invalid for the client");
				await sleep(settings.refreshLatency.successMs);
				const refresh = code.offline || settings.withoutOfflineAccess === 'sameAsOffline';
				entry.tenantId = code.tenantId;
				return sendTokens(tokens.issue(grantOf(code), { refresh }));
			}
			case 'refresh_token': {
				const old = tokens.beginRefresh(form.refresh_token ?? '', client.id);
				if (!old) return invalidGrant(reply, settings, 'Invalid refresh token');
				entry.tenantId = old.tenantId;
				await sleep(settings.refreshLatency.successMs);
				return sendTokens(tokens.endRefresh(old));
			}
			case 'client_credentials': {
				const company = companies.get(Number(request.headers.tenantid));
				const connection = company?.connections.find(
					({ clientId, serviceAccount }) => serviceAccount && clientId === client.id,
				);
				if (!company || !connection) {
					return invalidGrant(reply, settings, 'The client has no consent with a service account for this tenant');
				}
				entry.tenantId = company.profile.tenantId;
				await sleep(settings.refreshLatency.successMs);
				const { scopes } = connection;
				const { serviceAccountTokens } = settings;
				const tenantId = serviceAccountTokens === 'asked' ? company.profile.tenantId : serviceAccountTokens.tenantId;
				const grant = { clientId: client.id, tenantId, userId: '0', scopes };
				return sendTokens(tokens.issue(grant, { refresh: false }));
			}
			default:
				await sleep(settings.refreshLatency.refusalMs);
				return sendOAuthError(
					reply,
					400,
					'text/html; charset=UTF-8',
					'unsupported_grant_type',
					'The grant type is not supported',
				);
		}
	});

	app.post('/oauth-v1/revoke', async (request, reply) => {
		const form = readForm(request.body);
		const entry = logged(parts, request, reply);
		const client = basicClient(request, clients);
		if (!client) return invalidClient(reply, settings);
		entry.clientId = client.id;
		const revoked = tokens.revokeRefreshToken(form.token ?? '', client.id);
		return reply.code(200).type('application/json').send({ revoked });
	});
}

/** Notes that a company approved an app, once per app and kind of account. */
export function recordConsent(
	company: CompanyState,
	clientId: string,
	scopes: string[],
	serviceAccount: boolean,
): void {
	const same = company.connections.find(
		(other) => other.clientId === clientId && other.serviceAccount === serviceAccount,
	);
	if (same) same.scopes = scopes;
	else company.connections.push({ clientId, scopes, serviceAccount });
}

const grantOf = ({
	clientId,
	tenantId,
	userId,
	scopes,
}: {
	clientId: string;
	tenantId: number;
	userId: string;
	scopes: string[];
}) => ({
	clientId,
	tenantId,
	userId,
	scopes,
});

/** Tokens and secrets stay out of the log. */
const SECRET_FIELDS = new Set(['code', 'refresh_token', 'token', 'client_secret']);

function logged({ log }: OAuthParts, request: FastifyRequest, reply: FastifyReply): RequestLogEntry {
	const form = Object.entries(readForm(request.body)).map(([name, value]) => [
		name,
		SECRET_FIELDS.has(name) ? '(hidden)' : value,
	]);
	const entry: RequestLogEntry = {
		at: performance.now(),
		method: request.method,
		path: request.url.split('?', 1)[0] ?? '',
		query: Object.fromEntries(Object.entries(readForm(request.query)).map(([name, value]) => [name, value ?? ''])),
		status: 0,
		clientId: undefined,
		tenantId: undefined,
		body: Object.fromEntries(form),
		responseBytes: 0,
		faultApplied: undefined,
		counted: false,
	};
	log.add(entry);
	reply.raw.once('finish', () => {
		entry.status = reply.statusCode;
	});
	return entry;
}

function mayRedirect(client: SandboxClient, uri: string): boolean {
	return client.redirectUris === 'any' ? /^https?:\/\/[^\s]+$/.test(uri) : client.redirectUris.includes(uri);
}

function withQuery(uri: string, parameters: Record<string, string>): string {
	const url = new URL(uri);
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.toString();
}

function basicClient(request: FastifyRequest, clients: readonly SandboxClient[]): SandboxClient | undefined {
	const match = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '');
	const [id, secret] = Buffer.from(match?.[1] ?? '', 'base64')
		.toString('utf8')
		.split(/:(.*)/s);
	return clients.find((client) => client.id === id && client.secret === secret);
}

/** Recorded: 401 as text/plain. */
async function invalidClient(reply: FastifyReply, settings: Settings) {
	await sleep(settings.refreshLatency.refusalMs);
	return sendOAuthError(
		reply,
		401,
		'text/plain;charset=UTF-8',
		'invalid_client',
		'The client credentials are invalid',
	);
}

/** Recorded: 400 as text/html. */
async function invalidGrant(reply: FastifyReply, settings: Settings, description: string) {
	await sleep(settings.refreshLatency.refusalMs);
	return sendOAuthError(reply, 400, 'text/html; charset=UTF-8', 'invalid_grant', description);
}

function sendOAuthError(
	reply: FastifyReply,
	status: number,
	contentType: string,
	error: string,
	description: string,
) {
	return reply
		.code(status)
		.header('content-type', contentType)
		.send(JSON.stringify({ error, error_description: description }));
}

function htmlPage(reply: FastifyReply, status: number, title: string, body: string) {
	const page = `<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; background: #f3f4f2; color: #222; margin: 0; }
main { max-width: 30rem; margin: 3rem auto; background: #fff; padding: 2rem; border-radius: 8px; box-shadow: 0 1px 4px #0003; }
h1 { font-size: 1.3rem; margin-top: 0; } label { display: block; margin: .4rem 0; } .note { color: #666; font-size: .85rem; }
button { font: inherit; padding: .5rem 1.2rem; border-radius: 4px; border: 1px solid #1d6b45; margin-right: .5rem; cursor: pointer; }
#approve { background: #1d6b45; color: #fff; } #deny { background: #fff; color: #1d6b45; } .error { color: #a11; }
</style></head><body><main>${body}</main></body></html>`;
	return reply.code(status).type('text/html; charset=utf-8').send(page);
}

function consentForm(
	id: string,
	client: SandboxClient,
	scopes: readonly string[],
	serviceAccount: boolean,
	companies: ReadonlyMap<number, CompanyState>,
): string {
	const choices = [...companies.values()].map(
		({ profile }, index) =>
			`<label><input type="radio" name="company" value="${profile.tenantId}"${index === 0 ? ' checked' : ''}> ` +
			`${escapeHtml(profile.name)} (${profile.tenantId}), som ${escapeHtml(profile.user.name)}</label>`,
	);
	return `<h1>Vill du koppla ${escapeHtml(client.name)} till Fortnox?</h1>
<form method="post" action="/oauth-v1/auth">
<input type="hidden" name="request" value="${id}">
<p>Välj företag:</p>${choices.join('')}
<p>Appen får läsa och skriva:</p><ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
${serviceAccount ? '<p>Kopplingen görs som servicekonto.</p>' : ''}
<button id="approve" name="decision" value="approve">Godkänn</button><button id="deny" name="decision" value="deny">Avbryt</button>
<p class="note">This is the local sandbox, not Fortnox.</p>
</form>`;
}
