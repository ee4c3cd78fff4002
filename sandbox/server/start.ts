import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance } from 'fastify';

import { API_ROUTES } from '../api';
import type { CompanyState } from '../company/company';
import { seedCompanies } from '../company/seed';
import { controlRoutes } from '../control/routes';
import type { Sandbox, SandboxOptions, TokenRequest } from '../control/sandbox';
import { EventLog } from '../events/eventLog';
import { serveEvents } from '../events/server';
import { Faults } from '../network/faults';
import { SlidingWindow } from '../network/limiter';
import { RequestLog } from '../network/log';
import { recordConsent } from '../oauth/consent';
import { oauthRoutes } from '../oauth/routes';
import { DEFAULT_CLIENTS, Tokens, type SandboxClient } from '../oauth/tokens';
import { defaultSettings, type Settings } from '../settings';
import { loadState, saveState } from './persistence';
import { ApiPipeline } from './pipeline';

const SAVE_EVERY_MS = 3000;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? Date.now;
	const settings: Settings = { ...defaultSettings(), ...options.settings };
	const tokens = new Tokens(settings, now);
	const restored = options.file === undefined ? undefined : await loadState(options.file, now);
	const companies = restored?.companies ?? (options.companies ?? seedCompanies)(now);
	if (restored) tokens.restore(restored.tokens);
	const byTenant = new Map(companies.map((company) => [company.profile.tenantId, company]));
	const clients = DEFAULT_CLIENTS.map((client) => ({ ...client }));
	const log = new RequestLog(settings);
	const faults = new Faults();

	const app = fastify({
		forceCloseConnections: true,
		bodyLimit: 64 * 1024 * 1024,
		keepAliveTimeout: 60_000,
		routerOptions: { ignoreTrailingSlash: true },
		// So that a base URL can have a path: a client takes `/via-1` and `/via-2` for two servers.
		rewriteUrl: ({ url = '/' }) => url.replace(/^\/via-\d+(?=\/)/, ''),
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	const pipeline = new ApiPipeline({
		settings,
		companies: byTenant,
		tokens,
		faults,
		log,
		limiter: new SlidingWindow(settings),
		now,
	});
	await app.register(async (scope: FastifyInstance) => {
		await scope.register(multipart, { limits: { fileSize: 64 * 1024 * 1024 } });
		for (const route of API_ROUTES) {
			scope.route({
				method: route.method,
				url: route.path,
				handler: (request, reply) => pipeline.serve(route, request, reply),
			});
		}
		for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
			scope.route({ method, url: '/3/*', handler: (request, reply) => pipeline.serve(undefined, request, reply) });
		}
	});
	await app.register(async (scope: FastifyInstance) => {
		await scope.register(formbody);
		oauthRoutes(scope, { settings, companies: byTenant, clients, tokens, log, faults });
	});

	const eventLog = new EventLog(settings, now);
	for (const each of companies) eventLog.observe(each);
	const events = serveEvents(app.server, { settings, clients, tokens, log: eventLog });

	const company = (tenantId?: string | number): CompanyState => {
		const found = tenantId === undefined ? companies[0] : byTenant.get(Number(tenantId));
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
		const app_ = client(clientId);
		return {
			clientId: app_.id,
			tenantId: profile.tenantId,
			userId: profile.user.id,
			scopes: scopes ?? app_.scopes.filter((scope) => !profile.unlicensedScopes.includes(scope)),
		};
	};

	const save = async (): Promise<void> => {
		if (options.file !== undefined) await saveState(options.file, companies, tokens);
	};
	const timer = options.file === undefined ? undefined : setInterval(() => void save(), SAVE_EVERY_MS).unref();

	const sandbox: Sandbox = {
		url: '',
		settings,
		clients,
		company,
		companies,
		log: log.entries,
		faults,
		events,
		issueTokens: (request = {}) =>
			tokens.issue(grant(request), { refresh: true, expiresInSeconds: request.expiresInSeconds }),
		consent(request = {}) {
			const { clientId, tenantId, scopes } = grant(request);
			recordConsent(company(tenantId), clientId, scopes, request.serviceAccount ?? false);
		},
		expireTokens: (tenantId) => tokens.expireAll(tenantId),
		revoke(tenantId, clientId) {
			tokens.revokeGrants(tenantId, clientId);
			const state = company(tenantId);
			state.connections = state.connections.filter(
				(connection) => clientId !== undefined && connection.clientId !== clientId,
			);
		},
		async close() {
			clearInterval(timer);
			pipeline.stop();
			events.stop();
			await app.close();
			await save();
		},
	};
	await app.register(async (scope: FastifyInstance) => controlRoutes(scope, sandbox));
	const url = await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
	pipeline.baseUrl = url;
	return Object.assign(sandbox, { url });
}
