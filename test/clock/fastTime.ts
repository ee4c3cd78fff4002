/**
 * Lets time pass faster for all that a test file runs in its process: the node, n8n's engine and the sandbox. Waiting for
 * 25 requests per 5 seconds, or for an answer that never comes, then takes a fourth of the time, or next to none where the
 * process has nothing else to do. No rule changes: everything sees one clock, as on a machine that computes more slowly. Only
 * what Node itself times, such as `timers/promises` and the timeouts of sockets, goes by the machine's.
 * Imported for its effect, after Jest has kept the real timers for its own time limits.
 *
 * `TEST_SPEED=1` is real time (`npm run test:slow`). Processes that a test starts run in real time.
 */
import { oncePerProcess } from './oncePerProcess';
import { Pace } from './pace';
import { Quiet } from './quiet';
import { Timers } from './timers';
import { watchZlib } from './zlib';

const usual = Number(process.env.TEST_SPEED ?? 4);
if (!(usual >= 1)) throw new Error(`TEST_SPEED must be a number from 1 up: ${process.env.TEST_SPEED}`);

const { pace, timers, quiet, globals } = oncePerProcess('pace', makeClock);
setSpeed(usual);
for (const [name, value] of Object.entries(globals)) {
	Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/**
 * Runs something with less haste and without leaps, for a test in which work must be done before a time is over: what work
 * takes of the machine does not change with the clock.
 */
export async function atSpeed<T>(slower: number, work: () => Promise<T>): Promise<T> {
	setSpeed(Math.min(slower, usual), false);
	return await work().finally(() => setSpeed(usual));
}

/**
 * Runs something in which minutes are waited for and no time limit has a thread to wait for, such as one of crypto: the
 * clock need not rest for it. Files, connections, other processes and what is unpacked are waited for as ever.
 */
export async function inLeaps<T>(work: () => Promise<T>): Promise<T> {
	quiet.restsForThreads = false;
	return await work().finally(() => {
		quiet.restsForThreads = true;
	});
}

function setSpeed(speed: number, leaps = speed > 1): void {
	pace.setSpeed(speed);
	timers.keepTime();
	quiet.leaps = leaps;
}

/** What replaces globals of a test file; the objects behind them belong to the whole process and stay as they are. */
function makeClock() {
	const pace = new Pace();
	const timers = new Timers(pace);
	const quiet = new Quiet(pace, timers, watchZlib(pace.realNow));
	// The very objects: loops of the node read this clock, and a proxy would take longer than their steps.
	Object.defineProperty(performance, 'now', { value: pace.now, configurable: true, writable: true });
	Object.defineProperty(AbortSignal, 'timeout', { value: signalAfter, configurable: true, writable: true });
	return { pace, timers, quiet, globals: timers.globals() };
}

function signalAfter(ms: number): AbortSignal {
	const ended = new AbortController();
	setTimeout(() => ended.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref();
	return ended.signal;
}
