import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Reads every body as JSON, and answers programs on the loopback interface alone: no other machine, no page of a browser. */
export function guard(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? {} : JSON.parse(String(body)));
		} catch {
			done(new Error('The body is not JSON'));
		}
	});
	app.addHook('onRequest', async (request, reply) => {
		if (!isLoopback(request)) return reply.code(403).send({ error: 'The control interface answers on loopback only' });
		if (isOfAnotherSite(request)) return reply.code(403).send({ error: 'The control interface answers no page of another address' });
		return undefined;
	});
}

function isLoopback({ ip }: FastifyRequest): boolean {
	return ip === '::1' || /^(::ffff:)?127\./.test(ip);
}

const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * A browser sends `Origin` with what a page does to another address. A page can also have its own name resolve to
 * 127.0.0.1 (DNS rebinding): then `Host` names that page's server.
 */
function isOfAnotherSite({ headers: { origin, host = '' } }: FastifyRequest): boolean {
	return !LOOPBACK_HOST.test(host) || (origin !== undefined && origin !== `http://${host}`);
}
