import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import type { FastifyReply } from 'fastify';

import { toPhpJson, type Answer } from '../api/wire/answer';
import type { RequestLogEntry } from '../network/log';
import { dripping } from '../network/transportFaults';

/** The headers that Fortnox's application adds; its gateway adds none of them. */
export const applicationHeaders = () => ({ server: 'Fortnox', 'x-uid': randomUUID().slice(0, 8), 'x-build': 'sandbox' });

/** The answer with its bytes one by one. */
export const asDrip = (answer: Answer, everyMs: number): Answer => ({
	...answer,
	body: dripping(Buffer.from(toPhpJson(answer.json)), everyMs),
	contentType: 'application/json',
});

/** Sends an answer, and writes into the log how long it was. `now`: the wall clock, ms. */
export function send(reply: FastifyReply, entry: RequestLogEntry, answer: Answer, now: number): FastifyReply {
	reply.code(answer.status).header('date', new Date(now).toUTCString());
	if (answer.headers) reply.headers(answer.headers);
	if (answer.body instanceof Readable) {
		answer.body.on('data', (chunk: Buffer) => (entry.responseBytes += chunk.length));
		return reply.type(answer.contentType ?? 'application/octet-stream').send(answer.body);
	}
	const body = answer.body ?? toPhpJson(answer.json);
	entry.responseBytes = Buffer.byteLength(body);
	if (answer.status === 204) return reply.send();
	// As bytes: Fastify would add a charset to JSON, which no recording has.
	return reply.type(answer.contentType ?? 'application/json').send(Buffer.from(body));
}
