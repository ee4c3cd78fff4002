import { LONGEST_RETRY_AFTER_MS } from './bounds';
import { explain, type Subject } from './explanations';
import { readableText, readRefusal, type Refusal } from './refusal';
import type { Answer, CredentialFailure, NetworkFailure } from './transport';

/**
 * What is known about the effect of a request that failed: `refused` proves that Fortnox booked nothing; `unknown`
 * means that it may have; `cancelled` that the execution was stopped while the request waited or was on its way.
 */
export type Outcome = 'refused' | 'unknown' | 'cancelled';

interface FortnoxErrorFacts {
	/** English: what happened, and what to change where. */
	explanation: string;
	outcome: Outcome;
	status?: number;
	fortnoxCode?: number;
	fortnoxText?: string;
	retryAfterMs?: number;
	networkCode?: string;
	withheldBy?: Withheld;
	about?: Subject;
}

/**
 * Why a request never left, where it was not the network: no usable token, another company's token, no free place in the
 * limit in time, or a connection that is to read only.
 */
type Withheld = 'credential' | 'company' | 'limit' | 'readOnly';

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
	/** What the refusal is about, where that is known. */
	readonly about?: Subject;

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
		this.about = facts.about;
	}
}

function withFortnoxText({ explanation, fortnoxText, fortnoxCode }: FortnoxErrorFacts): string {
	if (fortnoxText === undefined && fortnoxCode === undefined) return explanation;
	const code = fortnoxCode === undefined ? '' : ` (${fortnoxCode})`;
	return `${explanation} Fortnox: “${fortnoxText ?? 'no text'}”${code}`;
}

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

/** An answer that is not a success, or holds an error all the same, as an error. */
export function refusedBy(answer: Answer, path: string, wallMs: number): FortnoxError {
	const refusal = readRefusal(answer.body);
	const { text, about } = explain(answer.status, refusal, path);
	return new FortnoxError({
		explanation: text,
		about,
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
		explanation: `The answer has the status ${answer.status}, but no ${expected} in it, so it is not Fortnox’s. Check the API Base URL of the credential and any proxy on the way.`,
		outcome: 'unknown',
		status: answer.status,
		fortnoxText: readableText(answer.body),
	});
}

/**
 * A read that was answered with something else than what was asked for, twice.
 *
 * @param shown what it is instead, such as `Number 1920`
 */
export function otherThanAsked({ status }: Answer, asked: string, shown: readonly string[]): FortnoxError {
	return new FortnoxError({
		explanation: `Asked twice for ${asked}, Fortnox’s address answered with something else (${shown.join(', ')}), so the answer was not used. A proxy or a cache on the way may mix up answers: check it, and the API Base URL of the credential.`,
		outcome: 'unknown',
		status,
	});
}

/**
 * A write that was answered with success and something else than what was sent.
 *
 * @param shown what it is instead, such as `Number 1920`
 */
export function otherThanSent({ status }: Answer, sent: string, shown: readonly string[]): FortnoxError {
	return new FortnoxError({
		explanation: `The answer has the status ${status}, but it does not show ${sent} as it was sent (${shown.join(', ')}), so it is not known whether it was written. A proxy or a cache on the way may mix up answers: check what stands in Fortnox, and the API Base URL of the credential.`,
		outcome: 'unknown',
		status,
	});
}

/** A SIE file of Fortnox's that is not whole, or not the one that was asked for. Nothing was written. */
export class UnprovenFile extends FortnoxError {
	/** @param why what the file is or does, as the end of a sentence that begins with it */
	constructor(
		year: { FromDate: string; ToDate: string },
		readonly why: string,
	) {
		super({
			explanation: `Fortnox’s SIE file of the financial year ${year.FromDate}–${year.ToDate} can’t be relied on, in two readings: ${why}. Run again when fewer entries are being booked; if this comes back, check any proxy or cache on the way to Fortnox.`,
			outcome: 'refused',
		});
	}
}

export function noAnswer(failure: NetworkFailure): FortnoxError {
	const explanation =
		failure.reason ??
		(failure.sent
			? 'The request was sent, but no answer came from Fortnox (the connection broke, or the time-out passed).'
			: 'Fortnox could not be reached. Check the network, and the API Base URL of the credential.');
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
	if (failure.kind === 'unreachable') {
		return new FortnoxError({
			...facts,
			withheldBy: undefined,
			explanation:
				failure.reason ??
				'The access token has expired, and Fortnox’s token server gave no usable answer to the renewal. Try again later, and check the OAuth Base URL of the credential.',
		});
	}
	if (failure.reason !== undefined) return new FortnoxError({ ...facts, explanation: failure.reason });
	if (failure.oauthError === 'error_missing_license') {
		return new FortnoxError({
			...facts,
			explanation:
				'The company has no licence for integrations, or none for one of the scopes, so Fortnox gives no access token. Have it activated in Fortnox (Manage users and licences), or leave the scope out in the credential (archive needs Arkivplats; connectfile Bokföring, Anläggning or Arkivplats), then reconnect the credential.',
		});
	}
	if (failure.oauthError === 'invalid_client' || failure.oauthError === 'unauthorized_client') {
		return new FortnoxError({
			...facts,
			explanation:
				'Fortnox did not accept the client ID and the client secret. Compare both with your app in the Fortnox Developer Portal, correct the credential and reconnect it.',
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

export function readOnly(): FortnoxError {
	return new FortnoxError({
		explanation:
			'Read Only is turned on for this tool, and the operation would change something in Fortnox, so nothing was sent. Use a tool that reads, or have a person turn Read Only off.',
		outcome: 'refused',
		withheldBy: 'readOnly',
	});
}

/** Whether only the one that asked has failed, and not what it asked for: it was stopped, or waits no longer. */
export function isAskersOwn(error: unknown): boolean {
	if (!(error instanceof FortnoxError)) return false;
	return error.outcome === 'cancelled' || (error.withheldBy === 'limit' && error.status === undefined);
}

export function cancelled(): FortnoxError {
	return new FortnoxError({ explanation: 'The execution was stopped.', outcome: 'cancelled' });
}

const WAITED_FOR = {
	limit:
		'other requests of this n8n for the same company go first. Allow a longer wait, or run fewer executions for this company at a time.',
	throttled:
		'Fortnox said that it is getting too many requests for this company, from this n8n or from other programs. Allow a longer wait, or run fewer executions for this company at a time.',
	token:
		'the access token is being renewed or tried out for another request, and Fortnox has not answered that yet. Allow a longer wait, or try again later; if it stays so, check the OAuth Base URL of the credential and the network.',
} as const;

/**
 * @param maxWaitMs the bound that would have been passed
 * @param why what was waited for in the end
 */
export function waitedTooLong(maxWaitMs: number, why: keyof typeof WAITED_FOR): FortnoxError {
	return new FortnoxError({
		explanation: `The request was not sent within the ${Math.round(maxWaitMs / 1000)} seconds that it may wait: ${WAITED_FOR[why]}`,
		outcome: 'refused',
		withheldBy: 'limit',
	});
}

/** Fortnox refused a request for its limit alone, so long that waiting on is no use. */
export function throttledTooLong(forMs: number): FortnoxError {
	return new FortnoxError({
		explanation: `Fortnox has answered this request with 429 (too many requests for the company) for ${Math.round(forMs / 60_000)} minutes and nothing else, so it was given up; it was not carried out. Find out what else uses the company's limit (other programs, other n8n instances with the same app), or ask Fortnox whether the app is blocked.`,
		outcome: 'refused',
		status: 429,
		withheldBy: 'limit',
	});
}

/** A company, by what is known of it. */
interface NamedCompany {
	tenantId: number;
	name?: string;
}

/** The credential leads to another company than the one that was meant. */
export function wrongCompany(meant: NamedCompany, found: NamedCompany): FortnoxError {
	const shown = ({ tenantId, name }: NamedCompany): string => (name === undefined ? String(tenantId) : `${name} (${tenantId})`);
	return new FortnoxError({
		explanation: `The books of the company ${shown(meant)} were meant, but the access token belongs to the company ${shown(found)}. Nothing was sent with it. If the credential was connected anew, connect it with the company that is meant, or run the workflow again for the other one.`,
		outcome: 'refused',
		withheldBy: 'company',
	});
}

/** @param failure what became of the question */
export function companyNotProven({ status, explanation, fortnoxCode, fortnoxText, retryAfterMs: after }: FortnoxError): FortnoxError {
	const isOut = status !== undefined && (status === 429 || status >= 500);
	const scope = isOut ? 'Try again later.' : 'Give the app the scope companyinformation and connect again.';
	const [what, remedy] = status === undefined ? ['no answer', explanation] : [`HTTP ${status}`, scope];
	return new FortnoxError({
		explanation: `The access token does not say to which company it belongs, and Fortnox did not answer that question (${what}). ${remedy} Nothing else was sent.`,
		outcome: 'refused',
		withheldBy: 'credential',
		fortnoxCode,
		fortnoxText,
		retryAfterMs: after,
	});
}
