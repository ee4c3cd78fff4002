import type { FastifyReply } from 'fastify';

import { effectOf, type FaultEffect } from './faults';

/**
 * The faults that take the connection away or put a gateway's page in an answer's place. True where one did, and
 * nothing more may be sent.
 */
export function struckBeforeWork(effects: readonly FaultEffect[], reply: FastifyReply): boolean {
	if (effectOf(effects, 'dropBeforeCommit')) return drop(reply);
	if (effectOf(effects, 'hangBeforeCommit')) return hang(reply);
	const gateway = effectOf(effects, 'gateway5xx');
	return gateway?.when === 'before' ? gatewayPage(reply, gateway.status) : false;
}

export function struckAfterWork(effects: readonly FaultEffect[], reply: FastifyReply): boolean {
	if (effectOf(effects, 'dropAfterCommit')) return drop(reply);
	if (effectOf(effects, 'resetAfterCommit')) {
		reply.hijack();
		reply.raw.socket?.resetAndDestroy();
		return true;
	}
	if (effectOf(effects, 'hangAfterCommit')) return hang(reply);
	const gateway = effectOf(effects, 'gateway5xx');
	if (gateway) return gatewayPage(reply, gateway.status);
	const html = effectOf(effects, 'htmlBody');
	if (html) {
		void reply
			.code(html.status ?? 200)
			.type('text/html')
			.send('<!doctype html><title>Fortnox</title><h1>Vi är snart tillbaka</h1>');
		return true;
	}
	return false;
}

/** Leaves the client waiting; the connection ends when the client or the sandbox closes it. */
export function hang(reply: FastifyReply): boolean {
	reply.hijack();
	return true;
}

function drop(reply: FastifyReply): boolean {
	reply.hijack();
	reply.raw.socket?.destroy();
	return true;
}

const GATEWAY_TITLES = {
	502: '502 Bad Gateway',
	503: '503 Service Temporarily Unavailable',
	504: '504 Gateway Time-out',
} as const;

function gatewayPage(reply: FastifyReply, status: 502 | 503 | 504 = 502): boolean {
	const title = GATEWAY_TITLES[status];
	void reply
		.code(status)
		.type('text/html')
		.send(
			`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
		);
	return true;
}
