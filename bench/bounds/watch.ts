import { stat } from 'node:fs/promises';
import { PerformanceObserver } from 'node:perf_hooks';

const EVERY_MS = 2;

/** ms of CPU that this process has used. Its helper threads count as well, so that this is never too little. */
function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

export interface Blocks {
	longestBlock: number;
	over50: number;
	longestWait: number;
	longestGc: number;
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
const SHORT_MS = 20;

/**
 * Watches how long nobody else has a turn: how late a timer comes that is due every 2 ms, and how late the answer of the
 * file system. Of the time that passes only what the process computes counts: on a busy machine it waits for others, too.
 * V8's garbage collection is no part of it: no code can give way in the midst of it.
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
		isOver = true;
		await asking;
		// The observer hears of the last collections in a later turn.
		await new Promise((resolve) => setTimeout(resolve, 50));
		observer.disconnect();
		const own = (block: Block): number => Math.min(block.to - block.from - EVERY_MS, block.cpu) - collectedIn(block, collections);
		return {
			longestBlock: Math.round(Math.max(0, ...blocks.map(own))),
			over50: blocks.filter((block) => own(block) > 50).length,
			longestWait: Math.round(Math.max(0, ...waits.map(own))),
			longestGc: Math.round(Math.max(0, ...collections.map(({ from, to }) => to - from))),
		};
	};
}

/** ms of a span that passed in garbage collection. */
function collectedIn({ from, to }: Span, collections: readonly Span[]): number {
	return collections.reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0);
}
