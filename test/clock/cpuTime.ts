/**
 * How much computing something costs, in ms of this process: what other programs do meanwhile, and the tests' fast clock,
 * don't count.
 */
export function cpuMs(work: () => void): number {
	const start = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}

/** ms of CPU that this process has used since it began. */
export function usedCpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
