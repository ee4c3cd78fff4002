import type { FastifyRequest } from 'fastify';

import { isRecord } from '../api/wire/fields';

/** The query as text. */
export function readQuery(request: FastifyRequest): Record<string, string | undefined> {
	return isRecord(request.query) ? Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, String(value)])) : {};
}
