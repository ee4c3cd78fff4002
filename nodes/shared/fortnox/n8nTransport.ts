import type { IHttpRequestOptions } from 'n8n-workflow';

import type { FortnoxApi } from './api';
import { BlankingTransport, withoutSecrets } from './blankingTransport';
import { Registers } from './cache';
import { createFortnoxApi } from './client';
import type { Clock } from './clock';
import { systemClock } from './clock';
import type { Connection, SharedState, WaitInfo } from './connection';
import { credentialFields, storedToken, type Credential, type CredentialType, type N8nContext } from './credential';
import type { Priority } from './limiter';
import { RateLimiters } from './limiter';
import type { RawResponse } from './readAnswer';
import { beforeEnd, endOf, readAnswer } from './readAnswer';
import { Secrets } from './secrets';
import { fieldText } from './serviceAccountToken';
import { fingerprintOf, TokenGates } from './tokenGate';
import type { Answer, Sending, StoredCredential, Transport } from './transport';
import { CredentialFailure, NetworkFailure } from './transport';

export interface ConnectOptions {
	/** Default: `interactive` where the editor asks (lists), else `bulk`. */
	priority?: Priority;
	/** Most ms that one request may wait in all. Default: 30 s in the editor, else as long as it takes. */
	maxWaitMs?: number;
	/** Executions of one company take turns by it. Default: the execution's id. */
	executionKey?: string;
	/** Called whenever a request begins to wait for more than 3 seconds: many times in a long queue. */
	onWait?: (info: WaitInfo) => void;
}

/** @param clock of everything that waits */
export function createSharedState(clock: Clock): SharedState {
	return {
		clock,
		limiters: new RateLimiters(clock),
		gates: new TokenGates(clock),
		registers: new Registers(clock),
	};
}

/** One for the whole n8n process: modules of a node are loaded once. */
const processState = createSharedState(systemClock);

const EDITOR_MAX_WAIT_MS = 30_000;

/**
 * The client for one company.
 *
 * @throws {FortnoxError} where the credential can't be used, or where nobody can say which company it belongs to
 */
export async function connect(context: N8nContext, credential: Credential, options: ConnectOptions = {}): Promise<FortnoxApi> {
	const tenantId = credential.tenantId ?? (await tenantByRequest(context, credential, options));
	const connection = connectionTo(context, credential, tenantId, options);
	// What the process keeps of a company's registers is for those whose credential still works.
	const pass = await connection.shared.gates.of(connection.credential.id).enter(connection.credential, connection.signal);
	pass.unused();
	return createFortnoxApi(connection);
}

/** A token that does not say to which company it belongs: Fortnox is asked for the number of the company's database. */
async function tenantByRequest(context: N8nContext, credential: Credential, options: ConnectOptions): Promise<number> {
	const unproven = createFortnoxApi(connectionTo(context, credential, 0, options));
	return (await unproven.company()).DatabaseNumber;
}

function connectionTo(context: N8nContext, credential: Credential, tenantId: number, options: ConnectOptions): Connection {
	const isEditor = 'getCurrentNodeParameter' in context;
	const tenant = tenantId === 0 ? `credential ${credential.id}` : tenantId;
	const secrets = new Secrets();
	const readFields = async () => await credentialFields(context, credential.type, credential.item);
	return {
		tenantId,
		tenantKey: `${credential.apiBaseUrl} ${tenant}`,
		limitKey: `${credential.apiBaseUrl} ${credential.clientId} ${tenant}`,
		baseUrl: credential.apiBaseUrl,
		credential: storedCredential(context, credential, secrets),
		transport: new BlankingTransport(new N8nTransport(context, credential.type), secrets, readFields),
		shared: processState,
		priority: options.priority ?? (isEditor ? 'interactive' : 'bulk'),
		executionKey: options.executionKey ?? executionKeyOf(context),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		maxWaitMs: options.maxWaitMs ?? (isEditor ? EDITOR_MAX_WAIT_MS : undefined),
		onWait: options.onWait,
	};
}

/** In the editor there is no execution, and its id throws or is empty. */
function executionKeyOf(context: N8nContext): string {
	const node = context.getNode();
	return 'getInputData' in context ? context.getExecutionId() : `editor ${node.id}`;
}

function storedCredential(context: N8nContext, { type, id, item }: Credential, secrets: Secrets): StoredCredential {
	const stored: StoredCredential = {
		id,
		// n8n reads the credential from its store each time, so this sees what other processes renewed.
		read: async () => {
			const fields = await credentialFields(context, type, item);
			const token = type === 'fortnoxOAuth2Api' ? storedToken(fields) : fieldText(fields.accessToken) || undefined;
			return { token, version: fingerprintOf(JSON.stringify(fields)) };
		},
	};
	if (type === 'fortnoxServiceAccountApi') return stored;
	return {
		...stored,
		// Not bound to the execution's cancel signal, and never cut off: a refresh that Fortnox has carried out and whose
		// answer is lost breaks the chain of refresh tokens.
		refresh: async () => {
			secrets.remember(await credentialFields(context, type, item));
			await withoutSecrets(secrets, async () => {
				await context.helpers.refreshOAuth2Token.call(context, type).then(undefined, rejectAs(asCredentialFailure));
			});
		},
	};
}

function rejectAs(translate: (error: unknown) => Error): (error: unknown) => Promise<never> {
	return async (error) => await Promise.reject(translate(error));
}

/**
 * Sends through n8n's own authenticated requests. n8n is told to treat every status as an answer, so that it never
 * refreshes a token or repeats a request by itself, unless the gate has let it (`mayRenewCredential`): then it throws
 * for a refusal, and the answer is taken out of its error.
 */
class N8nTransport implements Transport {
	constructor(
		private readonly context: N8nContext,
		private readonly type: CredentialType,
	) {}

	async send(sending: Sending): Promise<Answer> {
		const { context, type } = this;
		const end = endOf(sending);
		const options: IHttpRequestOptions = {
			method: sending.method,
			url: sending.url,
			headers: { Accept: 'application/json' },
			body: sending.body,
			// Read here, with a bound: n8n sets none to the size and the time of an answer.
			encoding: 'stream',
			timeout: sending.timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: !sending.mayRenewCredential,
			// The token goes to the checked address and to no other.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			abortSignal: end,
		};
		const response = context.helpers.httpRequestWithAuthentication
			.call(context, type, options)
			.catch((error: unknown) => answerInError(error, sending))
			.then(rawResponse);
		return await readAnswer(await beforeEnd(response, end), sending.expects, end);
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function rawResponse(response: unknown): RawResponse {
	if (!isRecord(response)) throw new NetworkFailure('NO_RESPONSE', true);
	return { status: Number(response.statusCode ?? response.status), headers: headersOf(response.headers), body: response.body };
}

function headersOf(headers: unknown): Record<string, string> {
	if (!isRecord(headers)) return {};
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The error of the HTTP library (axios), which n8n wraps up to twice; told by shape, since several copies of it exist. */
function httpErrorIn(error: unknown): Record<string, unknown> | undefined {
	for (let inner = error, depth = 0; isRecord(inner) && depth < 4; inner = inner.cause, depth++) {
		if (inner.isAxiosError === true) return inner;
	}
	return undefined;
}

/**
 * What n8n 1.123 leaves of it: its NodeApiError loses the error that it wraps, and keeps the status, or the code of
 * Node, in `httpCode`, and the body of the answer in its context.
 */
function remainsOfHttpError(error: unknown): { code?: string; body?: unknown } {
	if (!isRecord(error) || typeof error.httpCode !== 'string') return {};
	return { code: error.httpCode, body: isRecord(error.context) ? error.context.data : undefined };
}

function isStatus(code: string): boolean {
	return /^\d{3}$/.test(code);
}

/** That nothing was sent is certain only where no connection came about. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Turns what n8n throws into an answer or into a failure of plain data; n8n's errors hold the token in their headers. */
function answerInError(error: unknown, sending: Sending): { statusCode: unknown; headers: unknown; body: unknown } {
	const httpError = httpErrorIn(error);
	if (httpError === undefined) {
		const { code, body } = remainsOfHttpError(error);
		if (code !== undefined && isStatus(code)) return { statusCode: code, headers: undefined, body };
		if (code !== undefined) throw new NetworkFailure(code, !NEVER_SENT.has(code));
		// n8n or the credential refused before anything was sent, or after a 401.
		if (sending.mayRenewCredential) throw inItsOwnWords(error);
		throw new NetworkFailure('NOT_SENT', false, reasonIn(error));
	}
	const isForUs = isRecord(httpError.config) && httpError.config.url === sending.url;
	if (!isForUs) throw asCredentialFailure(error);
	const { response } = httpError;
	if (isRecord(response)) return { statusCode: response.status, headers: response.headers, body: response.data };
	const code = typeof httpError.code === 'string' ? httpError.code : 'UNKNOWN';
	throw new NetworkFailure(code, !NEVER_SENT.has(code));
}

/** The service account credential says itself why it got no token, and what to do. */
function inItsOwnWords(error: unknown): CredentialFailure {
	const failure = asCredentialFailure(error);
	return failure.kind === 'refused' ? new CredentialFailure('refused', undefined, reasonIn(error)) : failure;
}

function messagesIn(error: unknown): string[] {
	const messages: string[] = [];
	for (let inner = error, depth = 0; isRecord(inner) && depth < 4; inner = inner.cause, depth++) {
		if (typeof inner.message === 'string') messages.push(inner.message);
	}
	return messages;
}

function reasonIn(error: unknown): string | undefined {
	return messagesIn(error)[0];
}

/** OAuth errors (RFC 6749 and Fortnox's own) whose names n8n or the credential pass on in a body or in a text. */
const OAUTH_ERROR = /\b(invalid_grant|invalid_client|unauthorized_client|error_missing_[a-z_]+)\b/;

/**
 * Why a credential could not be renewed. n8n up to 2.25 passes on the token server's answer (`cause.body.error`), later
 * versions only say that the credential needs to be reconnected; the service account credential writes its own sentence.
 */
function asCredentialFailure(error: unknown): CredentialFailure {
	const texts = messagesIn(error);
	let hasFailed = httpErrorIn(error) !== undefined;
	for (let inner = error, depth = 0; isRecord(inner) && depth < 4; inner = inner.cause, depth++) {
		// n8n 1.123 tells an answer that it can't read, such as a gateway's page, by its status alone.
		if (Number(inner.status) >= 500) hasFailed = true;
		if (isRecord(inner.body) && typeof inner.body.error === 'string') texts.push(inner.body.error);
		// Fortnox labels the answer text/html (recorded), and n8n 1.123 then passes it on unread.
		if (typeof inner.body === 'string') texts.push(inner.body);
	}
	const oauthError = texts.map((text) => OAUTH_ERROR.exec(text)?.[1]).find((found) => found !== undefined);
	if (oauthError !== undefined) return new CredentialFailure('refused', oauthError);
	const isOver = texts.some((text) => /needs to be reconnected|reconnect the credential|not connected/i.test(text));
	if (isOver) return new CredentialFailure('refused');
	const isPassing = hasFailed || texts.some((text) => /HTTP (5\d\d|status)|status 5\d\d/.test(text));
	return isPassing ? new CredentialFailure('unreachable') : new CredentialFailure('refused', undefined, texts[0]);
}
