import type { FastifyReply } from 'fastify';

import { sleep } from '../network/delay';
import type { Settings } from '../settings';

/** `error` and `error_description` as OAuth has them. */
interface OAuthError {
	error: string;
	description: string;
}

/** Recorded: 401 as text/plain. */
export async function invalidClient(reply: FastifyReply, settings: Settings): Promise<FastifyReply> {
	const error = { error: 'invalid_client', description: 'The client credentials are invalid' };
	return await send(reply.code(401).header('content-type', 'text/plain;charset=UTF-8'), settings, error);
}

/** Recorded: 400 as text/html. */
export async function refused(reply: FastifyReply, settings: Settings, error: OAuthError): Promise<FastifyReply> {
	return await send(reply.code(400).header('content-type', 'text/html; charset=UTF-8'), settings, error);
}

export async function invalidGrant(reply: FastifyReply, settings: Settings, description: string): Promise<FastifyReply> {
	return await refused(reply, settings, { error: 'invalid_grant', description });
}

async function send(reply: FastifyReply, settings: Settings, { error, description }: OAuthError): Promise<FastifyReply> {
	await sleep(settings.refreshLatency.refusalMs);
	return reply.send(JSON.stringify({ error, error_description: description }));
}
