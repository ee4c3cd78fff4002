import { Readable } from 'node:stream';

import type { FastifyReply } from 'fastify';

import { sleep } from './delay';
import { effectOf, type FaultEffect } from './faults';

/**
 * The faults that take the connection away or put a gateway's page in an answer's place. True where one did, and
 * nothing more may be sent.
 */
export function struckBeforeWork(effects: readonly FaultEffect[], reply: FastifyReply): boolean {
	if (effectOf(effects, 'dropBeforeCommit')) return drop(reply);
	if (effectOf(effects, 'hangBeforeCommit')) return hang(reply);
	const other = effectOf(effects, 'otherAnswer');
	if (other?.when === 'before') return sendOther(reply, other);
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
	const other = effectOf(effects, 'otherAnswer');
	if (other) return sendOther(reply, other);
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

function sendOther(reply: FastifyReply, { body, status = 201 }: { body: object | string; status?: number }): boolean {
	const isText = typeof body === 'string';
	void reply
		.code(status)
		.type(isText ? 'text/html' : 'application/json')
		.send(Buffer.from(isText ? body : JSON.stringify(body)));
	return true;
}

/** The bytes one by one, until they end or nobody listens any more. */
export function dripping(bytes: Buffer, everyMs: number): Readable {
	return Readable.from(
		(async function* () {
			for (const byte of bytes) {
				await sleep(everyMs);
				yield Buffer.of(byte);
			}
		})(),
		{ objectMode: false },
	);
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
		.send(`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`);
	return true;
}
