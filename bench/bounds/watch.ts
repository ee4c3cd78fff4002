import { stat } from 'node:fs/promises';

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
}

/**
 * Watches how long nobody else has a turn: how late a timer comes that is due every 2 ms, and how late the answer of the
 * file system. Of the time that passes only what the process computes counts: on a busy machine it waits for others, too.
 */
export function watchLoop(): () => Promise<Blocks> {
	let [longestBlock, over50, longestWait] = [0, 0, 0];
	let isOver = false;
	let [last, lastCpu] = [performance.now(), cpuMs()];
	const note = (): void => {
		const block = Math.min(performance.now() - last - EVERY_MS, cpuMs() - lastCpu);
		longestBlock = Math.max(longestBlock, block);
		if (block > 50) over50++;
		[last, lastCpu] = [performance.now(), cpuMs()];
	};
	const timer = setInterval(note, EVERY_MS);
	const askAgain = async (): Promise<void> => {
		while (!isOver) {
			const [asked, askedCpu] = [performance.now(), cpuMs()];
			await stat('.');
			longestWait = Math.max(longestWait, Math.min(performance.now() - asked, cpuMs() - askedCpu));
			await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
		}
	};
	const asking = askAgain();
	return async () => {
		note();
		clearInterval(timer);
		isOver = true;
		await asking;
		return { longestBlock: Math.round(longestBlock), over50, longestWait: Math.round(longestWait) };
	};
}
