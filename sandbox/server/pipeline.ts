import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { CompanyState } from '../company/company';
import { sleep } from '../network/delay';
import { effectOf, type FaultEffect, type Faults } from '../network/faults';
import { isRecord } from '../api/wire/fields';
import type { SlidingWindow } from '../network/limiter';
import { invalidParameter, type Query } from '../api/wire/lists';
import type { RequestLog, RequestLogEntry } from '../network/log';
import type { Route, RouteContext, UploadedFile } from '../api/wire/route';
import type { Settings } from '../settings';
import type { Grant, Tokens } from '../oauth/tokens';
import { dripping, hang, struckAfterWork, struckBeforeWork } from '../network/transportFaults';
import { errorBody, PlaceholderRefusal, Refusal, toPhpJson, type Answer } from '../api/wire/answer';

export interface PipelineParts {
	settings: Settings;
	companies: ReadonlyMap<number, CompanyState>;
	tokens: Tokens;
	faults: Faults;
	log: RequestLog;
	limiter: SlidingWindow;
	now: () => number;
}

/** What every request to the API goes through: network, gateway, limit, scope, the route itself, and the way back. */
export class ApiPipeline {
	/** For `@url`; set once the server listens. */
	baseUrl = '';
	private readonly lateCommits = new Set<NodeJS.Timeout>();

	constructor(private readonly parts: PipelineParts) {}

	/** Commits that were to happen later don't. */
	stop(): void {
		for (const timer of this.lateCommits) clearTimeout(timer);
		this.lateCommits.clear();
	}

	/** `route` is undefined for a path that Fortnox doesn't have. */
	async serve(route: Route | undefined, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const { settings, faults, tokens, log } = this.parts;
		const path = request.url.split('?', 1)[0] ?? '';
		const effects = faults.strike(request.method, path);
		const entry: RequestLogEntry = {
			at: 0,
			method: request.method,
			path,
			query: {},
			status: 0,
			clientId: undefined,
			tenantId: undefined,
			body: undefined,
			responseBytes: 0,
			faultApplied: effects.length ? effects.map(({ kind }) => kind).join(',') : undefined,
			counted: false,
		};
		const file = await readFile(request);
		await this.travel(effectOf(effects, 'latency')?.ms ?? 0);
		// From here on the request is at Fortnox: the order of the log is the order in which the limit sees requests.
		entry.at = performance.now();
		log.add(entry);
		reply.raw.once('finish', () => {
			entry.status = reply.statusCode;
		});

		const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
		if (effectOf(effects, 'tokenDies')) tokens.kill(token);
		const owner = tokens.owner(token);
		entry.clientId = owner?.clientId;
		entry.tenantId = owner?.tenantId;
		const parsed = parseBody(request);
		entry.body = file ? { file: file.name, contentType: file.contentType, bytes: file.content.length } : parsed.body;
		entry.query = readQuery(request.query);

		if (struckBeforeWork(effects, reply)) return reply;
		// The gateway in front of the application answers this one: no envelope, none of the application's headers.
		const grant = tokens.bearer(token);
		if (!grant) return this.answer(reply, entry, { status: 401, json: { message: 'unauthorized' } });

		const refused = this.limit(grant, entry, effects, reply);
		if (refused) return this.answer(reply, entry, refused);

		const work = (): Answer => this.work(route, request, grant, effects, parsed, entry.query, file);
		const late = effectOf(effects, 'commitLate');
		if (late) {
			const timer = setTimeout(() => {
				this.lateCommits.delete(timer);
				work();
			}, late.ms);
			this.lateCommits.add(timer);
			hang(reply);
			return reply;
		}
		const answer = work();
		await this.travel(0);
		if (struckAfterWork(effects, reply)) return reply;
		reply.headers({ server: 'Fortnox', 'x-uid': randomUUID().slice(0, 8), 'x-build': 'sandbox' });
		if (settings.logAnswers) entry.answer = answer.json;
		const drip = effectOf(effects, 'drip');
		if (drip === undefined) return this.send(reply, entry, answer);
		const bytes = Buffer.from(toPhpJson(answer.json));
		return this.send(reply, entry, { ...answer, body: dripping(bytes, drip.everyMs), contentType: 'application/json' });
	}

	/** One direction of the network. */
	private travel(extraMs: number): Promise<void> {
		const { latencyMs, jitterMs } = this.parts.settings;
		return sleep(latencyMs / 2 + extraMs + (jitterMs > 0 ? Math.random() * jitterMs : 0));
	}

	/** The 429, where there is to be one. */
	private limit(
		grant: Grant,
		entry: RequestLogEntry,
		effects: readonly FaultEffect[],
		reply: FastifyReply,
	): Answer | undefined {
		const { limiter, settings } = this.parts;
		const forced = effectOf(effects, 'tooMany');
		const refuse = forced && { counted: forced.counted ?? false };
		const verdict = limiter.judge(`${grant.clientId}:${grant.tenantId}`, entry.at, refuse);
		entry.counted = settings.limit !== 'off' && (refuse?.counted ?? (verdict.allowed || settings.limit.countRefused));
		if (verdict.allowed) return undefined;
		const retryAfter = forced
			? forced.retryAfter
			: settings.limit !== 'off' && settings.limit.retryAfter
				? Math.ceil(verdict.waitMs / 1000)
				: undefined;
		if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
		return this.refusal(new PlaceholderRefusal('tooManyRequests', '', 429), []);
	}

	private work(
		route: Route | undefined,
		request: FastifyRequest,
		grant: Grant,
		effects: readonly FaultEffect[],
		parsed: ParsedBody,
		query: Query,
		file: UploadedFile | undefined,
	): Answer {
		const { companies, settings, now } = this.parts;
		try {
			const bare = effectOf(effects, 'noEnvelope');
			if (bare) return { status: bare.status ?? 500, json: { message: 'Internal Server Error' } };
			if (effectOf(effects, 'errorEnvelopeOn200'))
				return { status: 200, json: errorBody(400, 1000003, 'System exception') };
			const company = companies.get(grant.tenantId);
			if (!company) throw new Refusal(400, 2000310, 'Ogiltig inloggning');
			checkHeaders(request);
			if (!route) throw new Refusal(404, 2000762, 'No such route');
			checkScope(route, grant, company, settings, effects);
			checkQuery(route, query, settings);
			if (needsJson(route, request, parsed)) parsed.check();
			const context: RouteContext = {
				company,
				settings,
				grant,
				params: readParams(request.params),
				query: lowerCaseNames(query),
				body: parsed.body,
				file,
				baseUrl: this.baseUrl,
				now: now(),
				faults: effects,
			};
			return route.handle(context);
		} catch (error) {
			return this.refusal(error, effects);
		}
	}

	private refusal(error: unknown, effects: readonly FaultEffect[]): Answer {
		const { status, code, message } = this.describe(error);
		const casing = effectOf(effects, 'envelopeCasing')?.casing;
		return {
			status,
			json: errorBody(casing === undefined ? status : casing === 'capital' ? 404 : 400, code, message),
		};
	}

	private describe(error: unknown): { status: number; code: number; message: string } {
		if (error instanceof Refusal) return { status: error.status, code: error.code, message: error.message };
		if (error instanceof PlaceholderRefusal) {
			const { code, message } = this.parts.settings.placeholderErrors[error.errorName];
			return { status: error.status, code, message: message.replace('{value}', String(error.value)) };
		}
		// A mistake in the sandbox: shown whole, since a test has to find it.
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { status: 500, code: 1000003, message: `System exception (sandbox: ${text})` };
	}

	/** Sends an answer that no fault may replace, at the network's pace. */
	private async answer(reply: FastifyReply, entry: RequestLogEntry, answer: Answer): Promise<FastifyReply> {
		await this.travel(0);
		return this.send(reply, entry, answer);
	}

	private send(reply: FastifyReply, entry: RequestLogEntry, answer: Answer): FastifyReply {
		reply.code(answer.status).header('date', new Date(this.parts.now()).toUTCString());
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
}

interface ParsedBody {
	body: unknown;
	/** Throws Fortnox's refusal where the body is missing, not JSON, or not called JSON. */
	check(): void;
}

function parseBody(request: FastifyRequest): ParsedBody {
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
		check() {
			if (raw === '') throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
			if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
				throw new Refusal(400, 1000031, 'Invalid content type');
			if (malformed) throw new Refusal(400, 2002115, 'Error deserializing JSON: JSON_ERROR_SYNTAX');
		},
	};
}

const needsJson = (route: Route, request: FastifyRequest, { body }: ParsedBody): boolean =>
	(request.method === 'POST' || request.method === 'PUT') && !isUpload(request) && !(route.action && body === undefined);

const isUpload = (request: FastifyRequest): boolean =>
	/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');

async function readFile(request: FastifyRequest): Promise<UploadedFile | undefined> {
	if (!isUpload(request)) return undefined;
	const part = await request.file();
	if (!part) return undefined;
	return {
		fieldName: part.fieldname,
		name: part.filename,
		contentType: part.mimetype,
		content: await part.toBuffer(),
	};
}

function readQuery(query: unknown): Record<string, string> {
	if (!isRecord(query)) return {};
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]),
	);
}

const lowerCaseNames = (query: Query): Query =>
	Object.fromEntries(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));

function readParams(params: unknown): Record<string, string> {
	return isRecord(params)
		? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))
		: {};
}

/** Even PDF and file endpoints refuse a request that asks for something else than JSON. */
function checkHeaders(request: FastifyRequest): void {
	const accept = request.headers.accept ?? '*/*';
	if (!/\bjson\b|\*\/\*|application\/\*/i.test(accept)) throw new Refusal(400, 1000030, 'Invalid response type');
}

function checkScope(
	route: Route,
	grant: Grant,
	company: CompanyState,
	settings: Settings,
	effects: readonly FaultEffect[],
): void {
	const scope = typeof route.scope === 'function' ? route.scope(settings) : route.scope;
	if (!company.profile.apiLicence) throw new Refusal(400, 2001103, 'Api-licens saknas.');
	if (effectOf(effects, 'licenceMissing') || (scope !== null && company.profile.unlicensedScopes.includes(scope))) {
		throw new Refusal(400, 2001101, 'Det finns ingen aktiv licens för önskat scope');
	}
	if (effectOf(effects, 'scopeMissing') || (scope !== null && !grant.scopes.includes(scope))) {
		throw new Refusal(settings.missingScopeStatus, 2000663, 'Har inte behörighet för scope.');
	}
}

function checkQuery(route: Route, query: Query, settings: Settings): void {
	for (const name of Object.keys(query).map((given) => given.toLowerCase())) {
		if (name === 'filter') throw new Refusal(400, 2000587, 'Ett ogiltigt filter har använts.');
		if (settings.unknownQuery === 'refuse' && !route.query?.includes(name)) throw invalidParameter();
	}
}
