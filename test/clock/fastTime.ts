/**
 * Lets time pass faster for all that a test file runs in its process: the node, n8n's engine and the sandbox. Waiting for
 * 25 requests per 5 seconds, or for an answer that never comes, then takes a tenth of the time, and no rule changes:
 * everything sees one clock, as on a machine that computes more slowly. Imported for its effect, after Jest has kept
 * the real timers for its own time limits.
 *
 * `TEST_SPEED=1` is real time (`npm run test:slow`). Processes that a test starts run in real time.
 */
import { promisify } from 'node:util';

import { oncePerProcess } from './oncePerProcess';

const usual = Number(process.env.TEST_SPEED ?? 10);
if (!(usual >= 1)) throw new Error(`TEST_SPEED must be a number from 1 up: ${process.env.TEST_SPEED}`);

/** A moment in real and in fast time, both in ms, and how fast it goes on from there. */
interface Pace {
	real: number;
	fast: number;
	speed: number;
}

const { pace, realNow, globals } = oncePerProcess('pace', makeGlobals);
Object.assign(pace, { real: realNow(), fast: realNow(), speed: usual });
for (const [name, value] of Object.entries(globals)) {
	Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/**
 * Runs something with less haste, for a test in which work must be done before a time is over: what work takes of the
 * machine does not change with the clock.
 */
export async function atSpeed<T>(slower: number, work: () => Promise<T>): Promise<T> {
	setSpeed(Math.min(slower, usual));
	return await work().finally(() => setSpeed(usual));
}

/** Runs something with more haste, for a long wait in which little is computed. */
export async function inHaste<T>(faster: number, work: () => Promise<T>): Promise<T> {
	setSpeed(Math.max(faster, usual));
	return await work().finally(() => setSpeed(usual));
}

function setSpeed(speed: number): void {
	Object.assign(pace, { real: realNow(), fast: performance.now(), speed });
}

/** What replaces globals of a test file; the objects behind them belong to the whole process and stay as they are. */
function makeGlobals() {
	const pace: Pace = { real: 0, fast: 0, speed: 1 };
	const realNow = performance.now.bind(performance);
	const now = () => pace.fast + (realNow() - pace.real) * pace.speed;
	const realTimeout = AbortSignal.timeout.bind(AbortSignal);
	const globals = {
		setTimeout: fastTimer(setTimeout, pace),
		setInterval: fastTimer(setInterval, pace),
		performance: withMember(performance, 'now', now),
		AbortSignal: withMember(AbortSignal, 'timeout', (ms: number) => realTimeout(Math.ceil(ms / pace.speed))),
	};
	return { pace, realNow, globals };
}

function fastTimer(start: typeof setTimeout | typeof setInterval, pace: Pace): object {
	const fast = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => start(callback, ms / pace.speed, ...args);
	const wait = async (ms: number, value: unknown) => await new Promise((resolve) => fast(resolve, ms, value));
	return Object.assign(fast, { [promisify.custom]: wait });
}

/** The same object to whoever asks, with one other member. Node's own methods need it as their `this`. */
function withMember<T extends object>(object: T, name: keyof T, value: unknown): T {
	return new Proxy(object, {
		get: (target, key) => {
			if (key === name) return value;
			const member: unknown = Reflect.get(target, key);
			return typeof member === 'function' ? (member.bind(target) as unknown) : member;
		},
	});
}
