import type { FastifyRequest } from 'fastify';

import { Refusal } from '../api/wire/answer';
import { isRecord } from '../api/wire/fields';
import type { UploadedFile } from '../api/wire/route';

/** What a client sent, read as far as it can be read. */
export interface Received {
	file: UploadedFile | undefined;
	/** Parsed JSON; the text itself where it is none, undefined where nothing was sent. */
	body: unknown;
	query: Record<string, string>;
	/** Throws Fortnox's refusal where the body is missing, not JSON, or not called JSON. */
	checkJson(): void;
}

export async function receive(request: FastifyRequest): Promise<Received> {
	const file = await readFile(request);
	return { file, query: readQuery(request.query), ...parseBody(request) };
}

function parseBody(request: FastifyRequest): Pick<Received, 'body' | 'checkJson'> {
	const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
	let body: unknown;
	let malformed = false;
	try {
		if (raw !== '') body = JSON.parse(raw);
	} catch {
		malformed = true;
	}
	return {
		body: malformed ? raw : body,
		checkJson() {
			if (raw === '') throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
			if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Refusal(400, 1000031, 'Invalid content type');
			if (malformed) throw new Refusal(400, 2002115, 'Error deserializing JSON: JSON_ERROR_SYNTAX');
		},
	};
}

export const isUpload = (request: FastifyRequest): boolean => /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');

async function readFile(request: FastifyRequest): Promise<UploadedFile | undefined> {
	if (!isUpload(request)) return undefined;
	const part = await request.file();
	if (!part) return undefined;
	return { fieldName: part.fieldname, name: part.filename, contentType: part.mimetype, content: await part.toBuffer() };
}

function readQuery(query: unknown): Record<string, string> {
	if (!isRecord(query)) return {};
	return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]));
}

export const lowerCaseNames = (query: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));

/** The parts of the path that the route names. */
export function readParams(params: unknown): Record<string, string> {
	return isRecord(params) ? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])) : {};
}
