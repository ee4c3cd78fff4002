import type { IHttpRequestOptions } from 'n8n-workflow';

import type { FortnoxApi } from './api';
import { BlankingTransport, withoutSecrets } from './blankingTransport';
import { Registers } from './cache';
import { createFortnoxApi } from './client';
import type { Clock } from './clock';
import { systemClock } from './clock';
import type { Connection, ProvenConnection, SharedState, WaitInfo } from './connection';
import { credentialFields, storedToken, type Credential, type N8nContext } from './credential';
import { isRecord } from './isRecord';
import type { Priority } from './limiter';
import { RateLimiters } from './limiter';
import { chainOf, httpErrorIn, networkFailureIn } from './networkFailure';
import { Proofs } from './proofs';
import { beforeEnd, endOf, rawResponse, readAnswer } from './readAnswer';
import { Requests } from './requests';
import { Secrets } from './secrets';
import { serviceAccount, ServiceAccountTokens } from './serviceAccount';
import { fingerprintOf, scopesIn } from './tenant';
import { TokenGates } from './tokenGate';
import type { Answer, Sending, StoredCredential, Transport } from './transport';
import { CredentialFailure, NetworkFailure } from './transport';

interface ConnectOptions {
	/** Default: `interactive` where the editor asks (lists), else `bulk`. */
	priority?: Priority;
	/** Most ms that one request may wait in all. Default: 30 s in the editor, else as long as it takes. */
	maxWaitMs?: number;
	/** Nothing but GET is sent to Fortnox. */
	isReadOnly?: boolean;
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
		proofs: new Proofs(),
		tokens: new ServiceAccountTokens(),
		registers: new Registers(clock),
	};
}

/** One for the whole n8n process: modules of a node are loaded once. */
const processState = createSharedState(systemClock);

const EDITOR_MAX_WAIT_MS = 30_000;

/**
 * The client for one company, proven to be the one that the credential leads to.
 *
 * @throws {FortnoxError} where it leads to another one, where it can't be used, or where nobody can say which one it is
 */
export async function connect(context: N8nContext, credential: Credential, options: ConnectOptions = {}): Promise<FortnoxApi> {
	return createFortnoxApi(await provenConnection(context, credential, options));
}

/** @throws {FortnoxError} as `connect` */
export async function provenConnection(
	context: N8nContext,
	credential: Credential,
	options: ConnectOptions = {},
): Promise<ProvenConnection> {
	const connection = connectionTo(context, credential, options);
	const tenantId = await new Requests(connection).proving.prove();
	const { token } = await connection.credential.read();
	const access =
		scopesIn(token ?? '')
			?.sort()
			.join(' ') ?? connection.credential.id;
	return { ...connection, tenantId, access, limitKey: limitKeyOf(credential, tenantId) };
}

function limitKeyOf({ apiBaseUrl, clientId }: Credential, company: number | string): string {
	return `${apiBaseUrl} ${clientId} ${company}`;
}

function connectionTo(context: N8nContext, credential: Credential, options: ConnectOptions): Connection {
	const isEditor = 'getCurrentNodeParameter' in context;
	const { type, tenantId, item } = credential;
	const secrets = new Secrets();
	const stored =
		type === 'fortnoxServiceAccountApi' && tenantId !== undefined
			? serviceAccount(context, credential, tenantId, processState)
			: connectedCredential(context, credential, secrets);
	const readSecrets = async () => {
		secrets.remember(await credentialFields(context, type, item));
		if (stored.isOwn) secrets.remember({ accessToken: (await stored.read()).token });
	};
	const mayBeOld = (token: string) => !processState.gates.of(stored.id).isOpenFor(token);
	return {
		tenantId,
		limitKey: limitKeyOf(credential, tenantId ?? `credential ${credential.id}`),
		baseUrl: credential.apiBaseUrl,
		credential: stored,
		secrets,
		transport: new BlankingTransport(new N8nTransport(context, credential.ignoreSslIssues), secrets, readSecrets, mayBeOld),
		shared: processState,
		priority: options.priority ?? (isEditor ? 'interactive' : 'bulk'),
		executionKey: options.executionKey ?? executionKeyOf(context),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		isReadOnly: options.isReadOnly ?? false,
		maxWaitMs: options.maxWaitMs ?? (isEditor ? EDITOR_MAX_WAIT_MS : undefined),
		onWait: options.onWait ?? logThrottling(context),
		debug: (line) => context.logger.debug(line),
	};
}

/** Where nobody else tells the user, as in triggers: one line in n8n's log. */
function logThrottling({ logger }: N8nContext): (info: WaitInfo) => void {
	let isTold = false;
	return ({ why }) => {
		if (why !== 'throttled' || isTold) return;
		isTold = true;
		logger.warn('Fortnox answers 429 (too many requests for the company); this waits until it lets requests through again.');
	};
}

/** In the editor there is no execution, and its id throws or is empty. */
function executionKeyOf(context: N8nContext): string {
	const node = context.getNode();
	return 'getInputData' in context ? context.getExecutionId() : `editor ${node.id}`;
}

/** An OAuth2 credential, whose tokens n8n stores. */
function connectedCredential(context: N8nContext, credential: Credential, secrets: Secrets): StoredCredential {
	const { type, id, oauthBaseUrl, clientId, item } = credential;
	return {
		id: [id, oauthBaseUrl, clientId].join('\n'),
		isOwn: false,
		// n8n reads the credential from its store each time, so this sees what other processes renewed.
		read: async () => {
			const fields = await credentialFields(context, type, item);
			// Whatever the server may know of a renewal before this is blanked out of its answers.
			secrets.remember(fields);
			// Asked for when a token is renewed, and read for every request.
			return {
				token: storedToken(fields),
				get version() {
					return fingerprintOf(JSON.stringify(fields));
				},
			};
		},
		// Not bound to the execution's cancel signal, and never cut off, though those who wait for it may end: a refresh that
		// Fortnox has carried out and whose answer is lost breaks the chain of refresh tokens.
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

/** A cache on the way that answers what it had before would hide an entry that was posted since. */
const FRESH = { 'Cache-Control': 'no-cache' };

/**
 * Sends through n8n, with the token that was proven to be the company's. n8n's authenticated requests would read the
 * stored credential anew for each of them, and it may have been connected to another company in between.
 */
class N8nTransport implements Transport {
	constructor(
		private readonly context: N8nContext,
		private readonly ignoresSslIssues: boolean,
	) {}

	async send(sending: Sending): Promise<Answer> {
		const end = endOf(sending);
		const options: IHttpRequestOptions = {
			method: sending.method,
			url: sending.url,
			headers: { Accept: 'application/json', Authorization: `Bearer ${sending.token}`, ...(sending.method === 'GET' && FRESH) },
			body: sending.body,
			// Read here, with a bound: n8n sets none to the size and the time of an answer.
			encoding: 'stream',
			timeout: sending.timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// The token goes to the checked address and to no other.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: this.ignoresSslIssues,
			abortSignal: end,
		};
		const response = this.context.helpers.httpRequest(options).catch(answerInError).then(rawResponse);
		return await readAnswer(await beforeEnd(response, end), { expects: sending.expects, address: 'API Base URL' }, end);
	}
}

/** Turns what n8n throws into an answer or into a failure of plain data; n8n's errors hold the token in their headers. */
function answerInError(error: unknown): { statusCode: unknown; headers: unknown; body: unknown } {
	const failed = httpErrorIn(error);
	const response = failed?.response;
	if (isRecord(response)) return { statusCode: response.status, headers: response.headers, body: response.data };
	const failure = networkFailureIn(error, 'API Base URL');
	if (failure !== undefined) throw failure;
	if (failed !== undefined) throw new NetworkFailure('UNKNOWN', true);
	throw new NetworkFailure('NOT_SENT', false, messagesIn(error)[0]);
}

function messagesIn(error: unknown): string[] {
	return [...chainOf(error)].flatMap(({ message }) => (typeof message === 'string' ? [message] : []));
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
	for (const inner of chainOf(error)) {
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
	if (!isPassing) return new CredentialFailure('refused', undefined, texts[0]);
	return new CredentialFailure('unreachable', undefined, networkFailureIn(error, 'OAuth Base URL')?.reason);
}
