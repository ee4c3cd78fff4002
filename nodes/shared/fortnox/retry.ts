import type { FortnoxError } from './errors';

/** Waits before another try, in ms. */
const AGAIN_AFTER_MS = [500, 2000, 5000];

/** A gateway answered in Fortnox's place, or Fortnox was out of order for a moment. */
const PASSING_STATUSES = new Set([502, 503, 504]);

/** One refusal because the token ended, one because another process renewed it in between. */
const MOST_REFUSED_TOKENS = 2;

/** How one attempt of a request ended without success. */
export interface FailedAttempt {
	method: 'GET' | 'POST' | 'PUT';
	error: Pick<FortnoxError, 'outcome' | 'status'>;
	/** Where no answer came: the next try may fare better. */
	mayPass: boolean;
	/** How many attempts of the request a token was refused for, this one included; 0 where this one was not. */
	refusedTokens: number;
	/** How many attempts failed before this one, refused tokens and 429s left out. */
	failures: number;
}

export type Verdict = { again: false } | { again: true; afterMs: number };

/**
 * Whether a request that failed may be sent again, and after how many ms. Pure. The whole policy of retries:
 *
 * | what came back | read | write |
 * | --- | --- | --- |
 * | 429 | again, when the limiter lets it | the same: it was not carried out |
 * | 401 to a token that had ended | again with another token, twice at most | the same |
 * | 502, 503, 504 | again, three times | never: it may have been booked |
 * | no connection | again, three times | the same: it never left |
 * | no answer (time-out, reset) | again, three times | never |
 * | anything else | never | never |
 */
export function mayTryAgain(attempt: FailedAttempt): Verdict {
	const { error, failures, method, mayPass, refusedTokens } = attempt;
	if (error.status === 429) return { again: true, afterMs: 0 };
	if (refusedTokens > 0 && refusedTokens <= MOST_REFUSED_TOKENS) return { again: true, afterMs: 0 };
	const passes = error.status === undefined ? mayPass : PASSING_STATUSES.has(error.status);
	const isSafe = method === 'GET' || error.outcome === 'refused';
	const after = AGAIN_AFTER_MS[failures];
	if (!passes || !isSafe || after === undefined) return { again: false };
	return { again: true, afterMs: after };
}
