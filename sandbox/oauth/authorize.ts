import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { consentRefusal, recordConsent, type ConsentRequest } from './consent';
import { consentForm, htmlPage } from './pages';
import { logged, readForm, type OAuthParts, type PartsOf } from './parts';
import { SCOPES, type SandboxClient } from './tokens';

interface PendingConsent extends ConsentRequest {
	redirectUri: string;
	/** As given: undefined where the request left it out. */
	givenRedirectUri: string | undefined;
	state: string;
	offline: boolean;
}

/** The consent page: `GET` shows it, `POST` is a person's answer. */
export function authorizeRoutes(app: FastifyInstance, partsOf: PartsOf): void {
	/** Of all sandboxes: their ids are random. */
	const pending = new Map<string, PendingConsent>();

	app.get('/oauth-v1/auth', (request, reply) => {
		const parts = partsOf(request);
		logged(parts, request, reply);
		const consent = readRequest(request, reply, parts);
		// Already answered.
		if (!consent) return reply;
		const id = randomUUID();
		pending.set(id, consent);
		return htmlPage(reply, 200, `Koppla ${consent.client.name}`, consentForm(id, consent, [...parts.companies.values()]));
	});

	app.post('/oauth-v1/auth', (request, reply) => {
		const parts = partsOf(request);
		logged(parts, request, reply);
		const form = readForm(request.body);
		const consent = pending.get(form.request ?? '');
		const company = parts.companies.get(Number(form.company));
		if (!consent || !company) return htmlPage(reply, 400, 'Fortnox', '<p class="error">Förfrågan gäller inte längre.</p>');
		pending.delete(form.request ?? '');
		const { client, scopes, serviceAccount } = consent;
		if (form.decision !== 'approve') {
			return refuse(reply, consent, { error: 'access_denied', description: 'The user denied access' });
		}
		const refusal = consentRefusal(company, consent, parts.settings);
		if (refusal) return refuse(reply, consent, refusal);
		recordConsent(company, client.id, scopes, serviceAccount);
		const code = parts.tokens.addCode({
			clientId: client.id,
			tenantId: company.profile.tenantId,
			userId: serviceAccount ? '0' : company.profile.user.id,
			scopes,
			redirectUri: consent.givenRedirectUri,
			offline: consent.offline,
		});
		return reply.redirect(withQuery(consent.redirectUri, { code, state: consent.state }), 302);
	});
}

/** What an app asks for; answers by itself, with undefined, where it is not allowed to. */
function readRequest(request: FastifyRequest, reply: FastifyReply, { clients }: OAuthParts): PendingConsent | undefined {
	const query = readForm(request.query);
	const client = clients.find(({ id }) => id === query.client_id);
	const redirectUri = query.redirect_uri ?? (client?.redirectUris === 'any' ? undefined : client?.redirectUris[0]);
	if (!client || !redirectUri || !mayRedirect(client, redirectUri)) {
		htmlPage(reply, 400, 'Fortnox', '<p class="error">Auth code or ClientID supplied is invalid</p>');
		return undefined;
	}
	const state = query.state ?? '';
	const scopes = [...new Set((query.scope ?? '').split(' ').filter(Boolean))];
	const wrong = wrongWith(client, state, query.response_type, scopes);
	if (wrong) {
		refuse(reply, { redirectUri, state }, wrong);
		return undefined;
	}
	return {
		client,
		redirectUri,
		givenRedirectUri: query.redirect_uri,
		state,
		scopes,
		serviceAccount: query.account_type === 'service',
		offline: query.access_type === 'offline',
	};
}

interface Wrong {
	error: string;
	description: string;
}

function wrongWith(client: SandboxClient, state: string, responseType: string | undefined, scopes: string[]): Wrong | undefined {
	if (state === '') return { error: 'invalid_request', description: 'state is missing' };
	if (responseType !== 'code') return { error: 'unsupported_response_type', description: 'response_type must be code' };
	const unknown = scopes.filter((scope) => !SCOPES.some((known) => known === scope) || !client.scopes.includes(scope));
	if (scopes.length > 0 && unknown.length === 0) return undefined;
	return { error: 'invalid_scope', description: `Invalid scope: ${unknown.join(' ') || 'none given'}` };
}

function refuse(reply: FastifyReply, to: { redirectUri: string; state: string }, { error, description }: Wrong): FastifyReply {
	return reply.redirect(withQuery(to.redirectUri, { error, error_description: description, state: to.state }), 302);
}

function mayRedirect(client: SandboxClient, uri: string): boolean {
	return client.redirectUris === 'any' ? /^https?:\/\/[^\s]+$/.test(uri) : client.redirectUris.includes(uri);
}

function withQuery(uri: string, parameters: Record<string, string>): string {
	const url = new URL(uri);
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.toString();
}
