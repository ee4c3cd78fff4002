import { usedCpuMs } from './cpuTime';

/** The longest time that this process computed without a turn for others, in ms of its CPU. */
export async function longestPieceDuring(work: Promise<unknown>): Promise<number> {
	let longest = 0;
	const state = { isOver: false };
	const end = work.finally(() => {
		state.isOver = true;
	});
	while (!state.isOver) {
		const before = usedCpuMs();
		await new Promise((resolve) => setTimeout(resolve, 1));
		longest = Math.max(longest, usedCpuMs() - before);
	}
	await end;
	return longest;
}
