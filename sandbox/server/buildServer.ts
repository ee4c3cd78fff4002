import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance } from 'fastify';

import { API_ROUTES } from '../api';
import type { OAuthParts } from '../oauth/parts';
import { oauthRoutes } from '../oauth/routes';
import type { ApiPipeline } from './pipeline';

const LARGEST_BODY = 64 * 1024 * 1024;

/** The server with the paths of API and OAuth; it doesn't listen yet. */
export async function buildServer(pipeline: ApiPipeline, oauth: OAuthParts): Promise<FastifyInstance> {
	const app = fastify({
		forceCloseConnections: true,
		bodyLimit: LARGEST_BODY,
		keepAliveTimeout: 60_000,
		routerOptions: { ignoreTrailingSlash: true },
		// So that a base URL can have a path: a client takes `/via-1` and `/via-2` for two servers.
		rewriteUrl: ({ url = '/' }) => url.replace(/^\/via-\d+(?=\/)/, ''),
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	await app.register(async (scope: FastifyInstance) => await apiRoutes(scope, pipeline));
	await app.register(async (scope: FastifyInstance) => {
		await scope.register(formbody);
		oauthRoutes(scope, oauth);
	});
	return app;
}

async function apiRoutes(app: FastifyInstance, pipeline: ApiPipeline): Promise<void> {
	await app.register(multipart, { limits: { fileSize: LARGEST_BODY } });
	for (const route of API_ROUTES) {
		app.route({ method: route.method, url: route.path, handler: (request, reply) => pipeline.serve(route, request, reply) });
	}
	for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
		app.route({ method, url: '/3/*', handler: (request, reply) => pipeline.serve(undefined, request, reply) });
	}
}
