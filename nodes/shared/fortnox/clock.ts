import { sleep } from 'n8n-workflow';

/** Time and chance, so that tests can drive everything that waits with a clock of their own. All values are ms. */
export interface Clock {
	/** Never jumps; its zero means nothing. */
	monotonic(): number;
	/** The time of day, which may be wrong and may jump. Only compared with times that others wrote down. */
	wall(): number;
	sleep(ms: number): Promise<void>;
	/** In [0, 1). */
	random(): number;
}

export const systemClock: Clock = {
	monotonic: () => performance.now(),
	wall: () => Date.now(),
	sleep: async (ms) => {
		await sleep(ms);
	},
	random: () => Math.random(),
};

/** n8n-workflow's `sleep` can't be cut short on older versions, so a long wait is made of naps that each look whether to go on. */
export const NAP_MS = 250;

/**
 * Waits `ms`, or until the signal is aborted (noticed within one nap, without a listener that could be left behind).
 * @returns false where the signal cut the wait short
 */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<boolean> {
	const end = clock.monotonic() + ms;
	for (let left = ms; left > 0; left = end - clock.monotonic()) {
		if (signal?.aborted) return false;
		await clock.sleep(Math.min(left, NAP_MS));
	}
	return !signal?.aborted;
}

/** Calls `callback` once the signal is aborted. @returns stops waiting and takes the listener away */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
	signal.addEventListener('abort', callback, { once: true });
	return () => signal.removeEventListener('abort', callback);
}

/** Settles as `promise` does, or with `undefined` once the signal is aborted. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
	if (signal === undefined) return await promise;
	if (signal.aborted) return undefined;
	return await new Promise<T | undefined>((resolve, reject) => {
		const stop = onAbort(signal, () => resolve(undefined));
		promise.then(resolve, reject).finally(stop);
	});
}
