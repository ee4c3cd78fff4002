import { mayTryAgain, type FailedAttempt } from '../../../nodes/shared/fortnox/retry';

const attempt = (more: Partial<FailedAttempt>): FailedAttempt => ({
	method: 'POST',
	error: { outcome: 'unknown', status: 502 },
	mayPass: false,
	refusedTokens: 0,
	failures: 0,
	...more,
});
const status = (code: number, outcome: 'refused' | 'unknown' = 'refused') => ({ error: { status: code, outcome } });
const noAnswer = (outcome: 'refused' | 'unknown' | 'cancelled') => ({ error: { status: undefined, outcome } });
const READ = { method: 'GET' } as const;

describe('what may be tried again', () => {
	it.each<[string, Partial<FailedAttempt>, number | false]>([
		['a write after 429', status(429), 0],
		['a read after 429, however often it failed', { ...READ, ...status(429), failures: 9 }, 0],
		['a write whose token had ended', { ...status(401), refusedTokens: 1 }, 0],
		['a write whose token was refused twice', { ...status(401), refusedTokens: 2 }, 0],
		['a write whose token was refused three times', { ...status(401), refusedTokens: 3 }, false],
		['a write whose token another one would not mend', status(401), false],
		['a write after 502', status(502, 'unknown'), false],
		['a write after 503', status(503, 'unknown'), false],
		['a write after 504', status(504, 'unknown'), false],
		['a write after 500', status(500, 'unknown'), false],
		['a read after 502', { ...READ, ...status(502, 'unknown') }, 500],
		['a read after 504, the third time', { ...READ, ...status(504, 'unknown'), failures: 2 }, 5000],
		['a read after 504, the fourth time', { ...READ, ...status(504, 'unknown'), failures: 3 }, false],
		['a read after 500', { ...READ, ...status(500, 'unknown') }, false],
		['a read after 400', { ...READ, ...status(400) }, false],
		['a write after 400', status(400), false],
		['a write without a connection', { ...noAnswer('refused'), mayPass: true, failures: 1 }, 2000],
		['a write without an answer', { ...noAnswer('unknown'), mayPass: true }, false],
		['a read without an answer', { ...READ, ...noAnswer('unknown'), mayPass: true }, 500],
		['a read whose answer can’t be used', { ...READ, ...noAnswer('unknown') }, false],
		['a read of a stopped execution', { ...READ, ...noAnswer('cancelled') }, false],
	])('%s: %3$s', (_, more, afterMs) => {
		expect(mayTryAgain(attempt(more))).toEqual(afterMs === false ? { again: false } : { again: true, afterMs });
	});
});
