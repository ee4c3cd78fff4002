const MB = 1024 * 1024;

/** What is alive on the heap and in buffers after a full collection, in MB. */
export function liveMb(): number {
	if (global.gc === undefined) throw new Error('Run with --expose-gc');
	global.gc();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return (heapUsed + arrayBuffers) / MB;
}
