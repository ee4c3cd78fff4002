import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const EVERY_MS = 2;

/** What Linux says of this process's main thread; its first number is the time that it has run, in ns. */
const OF_MAIN_THREAD = '/proc/self/schedstat';

/**
 * ms of CPU that the main thread has used. Where the system does not tell, of the whole process: its helper threads count
 * as well then, so that this is never too little.
 */
function cpuMs(): number {
	try {
		return Number.parseInt(readFileSync(OF_MAIN_THREAD, 'latin1'), 10) / 1_000_000;
	} catch {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	}
}

export interface Blocks {
	longestBlock: number;
	over50: number;
	longestWait: number;
	longestGc: number;
	longestDelay: number;
}

interface Span {
	from: number;
	to: number;
}

/** A time in which nobody else had a turn, and what of it this process computed. */
interface Block extends Span {
	cpu: number;
}

/** Shorter blocks are not looked at. */
const SHORT_MS = 10;

/**
 * Watches how long nobody else has a turn: how late a timer comes that is due every 2 ms, and how late the answer of the
 * file system. Of the time that passes only what the main thread computes counts: on a busy machine it waits for others,
 * too. V8's garbage collection is no part of it: no code can give way in the midst of it.
 */
export function watchLoop(): () => Promise<Blocks> {
	const [blocks, waits, collections]: [Block[], Block[], Span[]] = [[], [], []];
	let isOver = false;
	let [last, lastCpu] = [performance.now(), cpuMs()];
	const note = (): void => {
		const [now, cpu] = [performance.now(), cpuMs()];
		if (now - last > SHORT_MS) blocks.push({ from: last, to: now, cpu: cpu - lastCpu });
		[last, lastCpu] = [now, cpu];
	};
	const observer = new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries()) collections.push({ from: startTime, to: startTime + duration });
	});
	observer.observe({ entryTypes: ['gc'] });
	const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
	delays.enable();
	const timer = setInterval(note, EVERY_MS);
	const askAgain = async (): Promise<void> => {
		while (!isOver) {
			const [asked, askedCpu] = [performance.now(), cpuMs()];
			await stat('.');
			const now = performance.now();
			if (now - asked > SHORT_MS) waits.push({ from: asked, to: now, cpu: cpuMs() - askedCpu });
			await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
		}
	};
	const asking = askAgain();
	return async () => {
		note();
		clearInterval(timer);
		delays.disable();
		isOver = true;
		await asking;
		// The observer hears of the last collections in a later turn.
		await new Promise((resolve) => setTimeout(resolve, 50));
		observer.disconnect();
		return {
			longestBlock: Math.round(Math.max(0, ...blocks.map((block) => ownMs(block, collections)))),
			over50: blocks.filter((block) => ownMs(block, collections) > 50).length,
			longestWait: Math.round(Math.max(0, ...waits.map((wait) => ownMs(wait, collections)))),
			longestGc: Math.round(Math.max(0, ...collections.map(({ from, to }) => to - from))),
			longestDelay: Math.round(delays.max / 1_000_000),
		};
	};
}

/** ms of CPU of a block but for garbage collections, which are taken to have waited for other programs as the rest of it has. */
function ownMs({ from, to, cpu }: Block, collections: readonly Span[]): number {
	const collected = collections.reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0);
	return Math.min(to - from, cpu) * (1 - Math.min(1, collected / (to - from)));
}
