/** Resolves after this many ms; at once for 0, so that a sandbox without latency adds none. */
export function sleep(ms: number): Promise<void> {
	return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms).unref()) : Promise.resolve();
}
