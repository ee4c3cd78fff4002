import { LONGEST_TEXT, MOST_ERROR_BYTES } from './bounds';
import type { Answer, CredentialFailure, NetworkFailure } from './transport';
import { visibleText } from './visibleText';

/**
 * What is known about the effect of a request that failed: `refused` proves that Fortnox booked nothing; `unknown`
 * means that it may have; `cancelled` that the execution was stopped while the request waited or was on its way.
 */
export type Outcome = 'refused' | 'unknown' | 'cancelled';

export interface FortnoxErrorFacts {
	/** English: what happened, and what to change where. */
	explanation: string;
	outcome: Outcome;
	status?: number;
	fortnoxCode?: number;
	fortnoxText?: string;
	retryAfterMs?: number;
	networkCode?: string;
	withheldBy?: Withheld;
}

/** Why a request never left, where it was not the network: no usable token, or no free place in the limit in time. */
export type Withheld = 'credential' | 'limit';

/** Everything that a call to Fortnox can fail with. Made of plain data only, so that no token can travel in it. */
export class FortnoxError extends Error {
	readonly explanation: string;
	readonly outcome: Outcome;
	/** HTTP status; undefined where no answer came. */
	readonly status?: number;
	/** Fortnox's own code, such as 2000423. */
	readonly fortnoxCode?: number;
	/** Fortnox's own text as it came (Swedish as a rule), or what is readable of an answer that isn't Fortnox's. */
	readonly fortnoxText?: string;
	/** How long Fortnox asked to wait. */
	readonly retryAfterMs?: number;
	/** Node's code where no answer came, such as `ECONNRESET`; kept out of the message, which n8n would replace. */
	readonly networkCode?: string;
	readonly withheldBy?: Withheld;

	constructor(facts: FortnoxErrorFacts) {
		super(withFortnoxText(facts));
		this.name = 'FortnoxError';
		this.explanation = facts.explanation;
		this.outcome = facts.outcome;
		this.status = facts.status;
		this.fortnoxCode = facts.fortnoxCode;
		this.fortnoxText = facts.fortnoxText;
		this.retryAfterMs = facts.retryAfterMs;
		this.networkCode = facts.networkCode;
		this.withheldBy = facts.withheldBy;
	}
}

function withFortnoxText({ explanation, fortnoxText, fortnoxCode }: FortnoxErrorFacts): string {
	if (fortnoxText === undefined && fortnoxCode === undefined) return explanation;
	const code = fortnoxCode === undefined ? '' : ` (${fortnoxCode})`;
	return `${explanation} Fortnox: “${fortnoxText ?? 'no text'}”${code}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a body, for those that did not arrive as parsed JSON (bytes were asked for, or the content type was wrong). */
function textOf(body: unknown): string | undefined {
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	if (body instanceof ArrayBuffer) return Buffer.from(body).toString('utf8');
	return typeof body === 'string' ? body : undefined;
}

/** The JSON object in a body, whatever form the body has; undefined where there is none. */
export function jsonObjectOf(body: unknown): Record<string, unknown> | undefined {
	const text = textOf(body);
	if (text === undefined) return isRecord(body) ? body : undefined;
	if (!text.trimStart().startsWith('{')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function readableText(body: unknown): string | undefined {
	// A success that can't be read may be as large as a file.
	const text = textOf(Buffer.isBuffer(body) ? body.subarray(0, MOST_ERROR_BYTES) : body)?.slice(0, MOST_ERROR_BYTES);
	return stringOf(visibleText(text ?? ''));
}

function stringOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_TEXT) : undefined;
}

function codeOf(value: unknown): number | undefined {
	const code = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}

interface Refusal {
	/** Fortnox's application itself wrote the answer, and not a gateway before it. */
	byFortnox: boolean;
	code?: number;
	text?: string;
}

/**
 * Reads what an answer says about an error. Fortnox uses two envelopes with different letter case (recorded 2023:
 * `Error/Message/Code` with 404, `error/message/code` with 400), `{message}` from its gateway, `{error,
 * error_description}` from its OAuth server, and plain text with the code in parentheses from its oldest part.
 */
function readRefusal(body: unknown): Refusal {
	const object = jsonObjectOf(body);
	const envelope = object?.ErrorInformation;
	if (isRecord(envelope)) {
		return {
			byFortnox: true,
			code: codeOf(envelope.Code ?? envelope.code),
			text: stringOf(envelope.Message ?? envelope.message),
		};
	}
	if (object !== undefined) {
		const text = stringOf(object.error_description) ?? stringOf(object.message) ?? stringOf(object.error);
		return { byFortnox: false, text };
	}
	const text = readableText(body);
	const code = /\((\d{7})\)\.?$/.exec(text ?? '')?.[1];
	return { byFortnox: code !== undefined, code: codeOf(code), text };
}

/** Fortnox's scope for the first part of a path, after its page on scopes. The locked period's is not public: settings is assumed. */
const SCOPE_OF_PATH: Record<string, string> = {
	accounts: 'bookkeeping',
	archive: 'archive',
	companyinformation: 'companyinformation',
	costcenters: 'costcenter',
	currencies: 'currency',
	financialyears: 'bookkeeping',
	inbox: 'inbox',
	predefinedaccounts: 'settings',
	predefinedvoucherseries: 'bookkeeping',
	projects: 'project',
	settings: 'settings',
	sie: 'bookkeeping',
	voucherfileconnections: 'connectfile',
	vouchers: 'bookkeeping',
	voucherseries: 'bookkeeping',
};

/** @param path such as `/3/accounts/1930` */
function scopeFor(path: string): string | undefined {
	return SCOPE_OF_PATH[path.split('/')[2] ?? ''];
}

function missingScope(path: string): string {
	const scope = scopeFor(path);
	const which = scope === undefined ? 'the scope that this request needs' : `the scope "${scope}"`;
	return `The connection lacks ${which}. Tick it in the Scopes field of the credential and in the settings of your app in the Fortnox Developer Portal (both lists must agree), then reconnect the credential, because an existing token keeps its old scopes.`;
}

const LOGIN = 'Fortnox did not accept the login. Open the credential, check the client ID and the client secret, and reconnect it.';

/** By code, for those codes that Fortnox publishes or that reports from live companies agree on. */
const BY_CODE: Record<number, string | ((path: string) => string)> = {
	1000003: 'Fortnox had an internal fault. Try again later; if it stays, report it to Fortnox with the time of the request.',
	1000030: 'Fortnox does not give this document in the requested form.',
	1000031: 'Fortnox did not accept the form of the request body.',
	2000106: 'A value must consist of letters and digits only. Correct the value that the text names.',
	2000108: 'A value must be a number. Correct the value that the text names.',
	2000134: 'A value must be true or false. Correct the value that the text names.',
	2000310: LOGIN,
	2000311: LOGIN,
	2000359: 'A text contains characters that Fortnox does not take, such as quotation marks, brackets or emoji. Remove them, or let the node replace them.',
	2000401: 'The period is locked in Fortnox. Use a date after the locked period, or have it unlocked in Fortnox under Settings > Bookkeeping.',
	2000423: 'There is no such account in this financial year. Check the number, or create the account first.',
	2000570: 'Something that the request refers to does not exist in Fortnox.',
	2000587: 'Fortnox does not know this filter.',
	2000588: 'Fortnox does not accept one of the query parameters.',
	2000663: missingScope,
	2000729: 'Fortnox does not accept this id. Check its form.',
	2000762: 'Fortnox has no such address. Check the API base URL of the credential.',
	2001101: 'The company has no active licence for what this scope covers. Have the licence added in Fortnox (Manage users and licences), then try again.',
	2001103: 'The company has no licence for integrations. Have one activated in Fortnox (Manage users and licences), then reconnect the credential.',
	2001161: 'There is no such project in Fortnox. Check the project number, or create the project first.',
	2001265: 'The account is missing, does not exist or is inactive. Choose an active account of the entry’s financial year.',
	2001304: 'An account that the request uses, or a default account of the company, does not exist. Check the account numbers and the company’s predefined accounts.',
	2001392: 'Fortnox found no data, or data of the wrong form, in the request.',
	2001399: 'Fortnox does not know one of the fields in the request.',
	2001795: 'A field that Fortnox needs is missing.',
	2002115: 'Fortnox could not read the request as JSON.',
	2002462: 'An account number must have four digits.',
	2003275: 'The connected user or service account has no right to this register. Give it the right in Fortnox under Manage users.',
};

/** By text, for what Fortnox refuses with codes that it does not publish. */
const BY_TEXT: Array<[RegExp, string]> = [
	[/^(?=.*verifikationsserie)(?=.*inte (?:är )?manuell)|är inte manuell/is, 'The voucher series does not take vouchers through the API, because it is not manual. Choose a manual series (in a new company that is A), or make this one manual in Fortnox under Settings > Bookkeeping > Voucher series.'],
	[/verifikationsserie/i, 'The voucher series does not exist in this financial year. Check its code, or create it for the year.'],
	[/har låst perioden|bokföringsperioden är stängd/i, 'The period is locked in Fortnox. Use a date after the locked period, or have it unlocked in Fortnox under Settings > Bookkeeping.'],
	[/räkenskapsår/i, 'There is no financial year for this date. Create the year in Fortnox, or change the date.'],
	[/^(?=.*konto)(?=.*inte aktivt)/is, 'The account is inactive. Activate it in the chart of accounts of the entry’s financial year, or use another account.'],
	[/ogiltigt konto|hitta (inte )?konto/i, 'The account does not exist in this financial year. Check the number, or create the account first.'],
	[/projekt är obligatoriskt/i, 'The account requires a project. Give the line a project.'],
	[/kostnadsställe är obligatoriskt/i, 'The account requires a cost centre. Give the line a cost centre.'],
	[/projektredovisningsperioden/i, 'The project of a row, or the one that its account proposes, is not open on this date. Choose another project or another date, or change the project’s dates in Fortnox.'],
	[/balanserar inte/i, 'Debit and credit differ. Correct the lines.'],
];

function byStatus(status: number): string {
	if (status === 401) return 'Fortnox did not accept the access token, also after it was renewed. Open the credential and reconnect it.';
	if (status === 403) return 'The connected user or service account has no right to do this. Give it the right in Fortnox under Manage users, or connect with another user.';
	if (status === 404) return 'Fortnox has no such object. Check the id and, for what belongs to a financial year, the year.';
	if (status === 413) return 'The request is too large for Fortnox.';
	if (status === 429) return 'Fortnox is receiving too many requests for this company (25 per 5 seconds).';
	if (status >= 300 && status < 400) return 'The server sent the request on to another address, which is not followed. Check the API base URL of the credential.';
	if (status >= 500) return `Fortnox, or a gateway before it, could not answer (${status}). Try again later.`;
	return 'Fortnox refused the request.';
}

/** @param path of the request, from which the scope is found that a missing-scope answer does not name */
export function explain(status: number, refusal: Refusal, path: string): string {
	const known = refusal.code === undefined ? undefined : BY_CODE[refusal.code];
	if (known !== undefined) return typeof known === 'string' ? known : known(path);
	const { text } = refusal;
	const fitting = text === undefined ? undefined : BY_TEXT.find(([pattern]) => pattern.test(text));
	return fitting?.[1] ?? byStatus(status);
}

const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * Reads Retry-After (RFC 9110: seconds, or a date). A date is measured against the answer's own Date where it has one,
 * because this machine's clock may be wrong; more than two minutes is taken for such a mistake and cut.
 */
export function retryAfterMs(headers: Record<string, string>, wallMs: number): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, LONGEST_RETRY_AFTER_MS);
	const now = Date.parse(headers.date ?? '');
	const wait = Date.parse(value) - (Number.isNaN(now) ? wallMs : now);
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER_MS);
}

/**
 * What an answer proves about a write. Nothing was booked where the token was refused (401), the limit was reached (429),
 * or Fortnox itself refused with a 4xx in a body of its own. Nothing else is proof: a 5xx may come after the booking,
 * whatever its body, and a page of a proxy says nothing of what Fortnox did. (408 says that a server gave up waiting.)
 */
function outcomeOf(status: number, refusal: Refusal): Outcome {
	if (status === 401 || status === 429) return 'refused';
	return status >= 400 && status < 500 && status !== 408 && refusal.byFortnox ? 'refused' : 'unknown';
}

/** An answer that is not a success, as an error. */
export function refusedBy(answer: Answer, path: string, wallMs: number): FortnoxError {
	const refusal = readRefusal(answer.body);
	return new FortnoxError({
		explanation: explain(answer.status, refusal, path),
		outcome: outcomeOf(answer.status, refusal),
		status: answer.status,
		fortnoxCode: refusal.code,
		fortnoxText: refusal.text,
		retryAfterMs: retryAfterMs(answer.headers, wallMs),
	});
}

/** An answer that says success and whose body is not what Fortnox sends: after a write, nobody knows what happened. */
export function unreadable(answer: Answer, expected: string): FortnoxError {
	return new FortnoxError({
		explanation: `The answer has the status ${answer.status}, but no ${expected} in it, so it is not Fortnox’s. Check the API base URL of the credential and any proxy on the way.`,
		outcome: 'unknown',
		status: answer.status,
		fortnoxText: readableText(answer.body),
	});
}

/** A list whose pages never fitted together. Nothing was written. */
export function keptChanging(name: string, readings: number): FortnoxError {
	return new FortnoxError({
		explanation: `Fortnox’s list "${name}" changed each of the ${readings} times that it was read, so an entry may be missing from it. Try again when fewer entries are being booked.`,
		outcome: 'refused',
	});
}

export function noAnswer(failure: NetworkFailure): FortnoxError {
	const explanation =
		failure.reason ??
		(failure.sent
			? 'The request was sent, but no answer came from Fortnox (the connection broke, or the time-out passed).'
			: 'Fortnox could not be reached. Check the network, and the API base URL of the credential.');
	return new FortnoxError({
		explanation,
		outcome: failure.sent ? 'unknown' : 'refused',
		networkCode: failure.reason === undefined ? failure.code : undefined,
	});
}

const RECONNECT =
	'Open the credential in n8n and connect it again, with the same company. If this happens again and again, another program may be using the same refresh token: each can be used once only. The Fortnox Service Account API credential has none to lose.';

/** The credential could not be renewed: nothing was sent, or Fortnox answered 401, so nothing was booked. */
export function credentialBroken(failure: CredentialFailure): FortnoxError {
	const facts = { outcome: 'refused', withheldBy: 'credential', fortnoxText: failure.oauthError } as const;
	if (failure.reason !== undefined) return new FortnoxError({ ...facts, explanation: failure.reason });
	if (failure.kind === 'unreachable') {
		return new FortnoxError({
			...facts,
			withheldBy: undefined,
			explanation: 'The access token has expired, and Fortnox’s token server gave no usable answer to the renewal. Try again later, and check the OAuth base URL of the credential.',
		});
	}
	if (failure.oauthError === 'error_missing_license') {
		return new FortnoxError({
			...facts,
			explanation: 'The company has no licence for integrations, so Fortnox gives no access token. Have one activated in Fortnox (Manage users and licences), then reconnect the credential.',
		});
	}
	if (failure.oauthError === 'invalid_client' || failure.oauthError === 'unauthorized_client') {
		return new FortnoxError({
			...facts,
			explanation: 'Fortnox did not accept the client ID and the client secret. Compare both with your app in the Fortnox Developer Portal, correct the credential and reconnect it.',
		});
	}
	return new FortnoxError({ ...facts, explanation: `The connection to Fortnox has expired or was revoked. ${RECONNECT}` });
}

export function notConnected(): FortnoxError {
	return new FortnoxError({
		explanation: 'The credential is not connected to Fortnox yet. Open it in n8n, press Connect, and approve the access to the company.',
		outcome: 'refused',
		withheldBy: 'credential',
	});
}

export function cancelled(): FortnoxError {
	return new FortnoxError({ explanation: 'The execution was stopped.', outcome: 'cancelled' });
}

/** @param maxWaitMs the bound that would have been passed */
export function waitedTooLong(maxWaitMs: number, throttled: boolean): FortnoxError {
	const why = throttled
		? 'Fortnox said that it is getting too many requests for this company, from this n8n or from other programs'
		: 'other requests of this n8n for the same company go first';
	return new FortnoxError({
		explanation: `The request was not sent within the ${Math.round(maxWaitMs / 1000)} seconds that it may wait: ${why}. Allow a longer wait, or run fewer executions for this company at a time.`,
		outcome: 'refused',
		withheldBy: 'limit',
	});
}
