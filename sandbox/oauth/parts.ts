import type { FastifyReply, FastifyRequest } from 'fastify';

import type { CompanyState } from '../company/company';
import type { Faults } from '../network/faults';
import type { RequestLog, RequestLogEntry } from '../network/log';
import type { Settings } from '../settings';
import type { SandboxClient, Tokens } from './tokens';

/** What the OAuth endpoints work with. */
export interface OAuthParts {
	settings: Settings;
	companies: ReadonlyMap<number, CompanyState>;
	clients: readonly SandboxClient[];
	tokens: Tokens;
	log: RequestLog;
	faults: Faults;
}

/** Whose OAuth endpoints a request was sent to. */
export type PartsOf = (request: FastifyRequest) => OAuthParts;

export type Form = Readonly<Record<string, string | undefined>>;

/** Fields of a form or a query. The last value of a repeated field counts. */
export function readForm(value: unknown): Form {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(Array.isArray(field) ? field.at(-1) : field)]));
}

/** Tokens and secrets stay out of the log. */
const SECRET_FIELDS = new Set(['code', 'refresh_token', 'token', 'client_secret']);

/** Writes a request into the log, and its status once it is answered. */
export function logged({ log }: OAuthParts, request: FastifyRequest, reply: FastifyReply): RequestLogEntry {
	const form = Object.entries(readForm(request.body)).map(([name, value]) => [name, SECRET_FIELDS.has(name) ? '(hidden)' : value]);
	const entry: RequestLogEntry = {
		at: performance.now(),
		method: request.method,
		path: request.url.split('?', 1)[0] ?? '',
		query: Object.fromEntries(Object.entries(readForm(request.query)).map(([name, value]) => [name, value ?? ''])),
		status: 0,
		clientId: undefined,
		tenantId: undefined,
		body: Object.fromEntries(form),
		responseBytes: 0,
		faultApplied: undefined,
		counted: false,
	};
	log.add(entry);
	reply.raw.once('finish', () => {
		entry.status = reply.statusCode;
	});
	return entry;
}
