import type { FastifyReply, FastifyRequest } from 'fastify';

import { errorBody, PlaceholderRefusal, Refusal, type Answer } from '../api/wire/answer';
import type { Route } from '../api/wire/route';
import type { CompanyState } from '../company/company';
import { sleep } from '../network/delay';
import { effectOf, type FaultEffect, type Faults } from '../network/faults';
import type { SlidingWindow } from '../network/limiter';
import type { RequestLog, RequestLogEntry } from '../network/log';
import { hang, struckAfterWork, struckBeforeWork } from '../network/transportFaults';
import type { Grant, Tokens } from '../oauth/tokens';
import type { Settings } from '../settings';
import { checkAccess, checkHeaders, checkQuery, needsJson } from './checks';
import { applicationHeaders, asDrip, send } from './reply';
import { lowerCaseNames, readParams, receive, type Received } from './request';

interface PipelineParts {
	settings: Settings;
	companies: ReadonlyMap<number, CompanyState>;
	tokens: Tokens;
	faults: Faults;
	log: RequestLog;
	limiter: SlidingWindow;
	now: () => number;
}

/** One request on its way. */
interface Exchange {
	/** Undefined for a path that Fortnox doesn't have. */
	route: Route | undefined;
	request: FastifyRequest;
	reply: FastifyReply;
	received: Received;
	effects: readonly FaultEffect[];
	entry: RequestLogEntry;
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
		const exchange = await this.arrive(route, request, reply);
		const { effects, entry } = exchange;
		const { tokens } = this.parts;
		const token = this.identify(exchange);
		if (struckBeforeWork(effects, reply)) return reply;
		// The gateway in front of the application answers this one: no envelope, none of the application's headers.
		const grant = tokens.bearer(token);
		if (!grant) return await this.answer(exchange, { status: 401, json: { message: 'unauthorized' } });
		const refused = this.limit(grant, exchange);
		if (refused) return await this.answer(exchange, refused);
		const late = effectOf(effects, 'commitLate');
		if (late) return this.workLater(exchange, grant, late.ms);

		const answer = this.work(exchange, grant);
		await this.travel(0);
		if (struckAfterWork(effects, reply)) return reply;
		reply.headers(applicationHeaders());
		if (this.parts.settings.logAnswers) entry.answer = answer.json;
		const drip = effectOf(effects, 'drip');
		return send(reply, entry, drip === undefined ? answer : asDrip(answer, drip.everyMs), this.parts.now());
	}

	/** The way to Fortnox: from its end on the request is in the log, whose order is the one in which the limit sees requests. */
	private async arrive(route: Route | undefined, request: FastifyRequest, reply: FastifyReply): Promise<Exchange> {
		const path = request.url.split('?', 1)[0] ?? '';
		const effects = this.parts.faults.strike(request.method, path);
		const received = await receive(request);
		await this.travel(effectOf(effects, 'latency')?.ms ?? 0);
		const { file, body, query } = received;
		const entry: RequestLogEntry = {
			at: performance.now(),
			method: request.method,
			path,
			query,
			status: 0,
			clientId: undefined,
			tenantId: undefined,
			body: file ? { file: file.name, contentType: file.contentType, bytes: file.content.length } : body,
			responseBytes: 0,
			faultApplied: effects.length ? effects.map(({ kind }) => kind).join(',') : undefined,
			counted: false,
		};
		this.parts.log.add(entry);
		reply.raw.once('finish', () => {
			entry.status = reply.statusCode;
		});
		return { route, request, reply, received, effects, entry };
	}

	/** The token that was sent; whose it is goes into the log, also where it is spent. */
	private identify({ request, effects, entry }: Exchange): string {
		const { tokens } = this.parts;
		const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
		if (effectOf(effects, 'tokenDies')) tokens.kill(token);
		const owner = tokens.owner(token);
		entry.clientId = owner?.clientId;
		entry.tenantId = owner?.tenantId;
		return token;
	}

	/** One direction of the network. */
	private async travel(extraMs: number): Promise<void> {
		const { latencyMs, jitterMs } = this.parts.settings;
		await sleep(latencyMs / 2 + extraMs + (jitterMs > 0 ? Math.random() * jitterMs : 0));
	}

	/** The 429, where there is to be one. */
	private limit(grant: Grant, { entry, effects, reply }: Exchange): Answer | undefined {
		const { limiter, settings } = this.parts;
		const forced = effectOf(effects, 'tooMany');
		const refuse = forced && { counted: forced.counted ?? false };
		const verdict = limiter.judge(`${grant.clientId}:${grant.tenantId}`, entry.at, refuse);
		entry.counted = settings.limit !== 'off' && (refuse?.counted ?? (verdict.allowed || settings.limit.countRefused));
		if (verdict.allowed) return undefined;
		const saysWhen = settings.limit !== 'off' && settings.limit.retryAfter;
		const retryAfter = forced ? forced.retryAfter : saysWhen ? Math.ceil(verdict.waitMs / 1000) : undefined;
		if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
		return this.refusal(new PlaceholderRefusal('tooManyRequests', '', 429), []);
	}

	/** Never answers, and does the work when the client has given up. */
	private workLater(exchange: Exchange, grant: Grant, afterMs: number): FastifyReply {
		const timer = setTimeout(() => {
			this.lateCommits.delete(timer);
			this.work(exchange, grant);
		}, afterMs);
		this.lateCommits.add(timer);
		hang(exchange.reply);
		return exchange.reply;
	}

	private work({ route, request, received, effects }: Exchange, grant: Grant): Answer {
		const { companies, settings, now } = this.parts;
		try {
			const bare = effectOf(effects, 'noEnvelope');
			if (bare) return { status: bare.status ?? 500, json: { message: 'Internal Server Error' } };
			if (effectOf(effects, 'errorEnvelopeOn200')) return { status: 200, json: errorBody(400, 1000003, 'System exception') };
			const company = companies.get(grant.tenantId);
			if (!company) throw new Refusal(400, 2000310, 'Ogiltig inloggning');
			checkHeaders(request);
			if (!route) throw new Refusal(404, 2000762, 'No such route');
			checkAccess(route, { grant, company, settings, effects });
			checkQuery(route, received.query, settings);
			if (needsJson(route, request, received.body)) received.checkJson();
			return route.handle({
				company,
				settings,
				grant,
				params: readParams(request.params),
				query: lowerCaseNames(received.query),
				body: received.body,
				file: received.file,
				baseUrl: this.baseUrl,
				now: now(),
				faults: effects,
			});
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
	private async answer({ reply, entry }: Exchange, answer: Answer): Promise<FastifyReply> {
		await this.travel(0);
		return send(reply, entry, answer, this.parts.now());
	}
}
