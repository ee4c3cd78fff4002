import type { IncomingMessage, ServerResponse } from 'node:http';

import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

import { API_ROUTES } from '../api';
import { controlRoutes } from '../control/routes';
import type { Sandbox } from '../control/sandbox';
import type { OAuthParts } from '../oauth/parts';
import { oauthRoutes } from '../oauth/routes';
import type { ApiPipeline } from './pipeline';

const LARGEST_BODY = 64 * 1024 * 1024;

/** What the paths of a sandbox work with. */
export interface Parts {
	pipeline: ApiPipeline;
	oauth: OAuthParts;
	sandbox: Sandbox;
}

/** Of the sandbox that a request was sent to. */
const addressed = new WeakMap<IncomingMessage, Parts>();

function partsOf({ raw }: FastifyRequest): Parts {
	const parts = addressed.get(raw);
	if (!parts) throw new Error('The request was sent to no sandbox');
	return parts;
}

/** One for all sandboxes of a process: to build it takes longer than most tests that start a sandbox. */
let application: Promise<FastifyInstance> | undefined;

/** @returns what answers the requests to a sandbox, of which it asks for the parts */
export async function answering(parts: () => Parts): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
	application ??= build();
	const app = await application;
	return (request, response) => {
		addressed.set(request, parts());
		app.routing(request, response);
	};
}

async function build(): Promise<FastifyInstance> {
	const app = fastify({
		bodyLimit: LARGEST_BODY,
		routerOptions: { ignoreTrailingSlash: true },
		// So that a base URL can have a path: a client takes `/via-1` and `/via-2` for two servers.
		rewriteUrl: ({ url = '/' }) => url.replace(/^\/via-\d+(?=\/)/, ''),
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	await app.register(apiRoutes);
	await app.register(async (scope: FastifyInstance) => {
		await scope.register(formbody);
		oauthRoutes(scope, (request) => partsOf(request).oauth);
	});
	await app.register(async (scope: FastifyInstance) => controlRoutes(scope, (request) => partsOf(request).sandbox));
	await app.ready();
	return app;
}

async function apiRoutes(app: FastifyInstance): Promise<void> {
	await app.register(multipart, { limits: { fileSize: LARGEST_BODY } });
	for (const route of API_ROUTES) {
		app.route({
			method: route.method,
			url: route.path,
			handler: (request, reply) => partsOf(request).pipeline.serve(route, request, reply),
		});
	}
	for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
		app.route({ method, url: '/3/*', handler: (request, reply) => partsOf(request).pipeline.serve(undefined, request, reply) });
	}
}
