import type { Profiler } from 'node:inspector';

/** How often the profiler looks, in microseconds. */
export const SAMPLING_INTERVAL_US = 200;

/**
 * Self time of the functions whose file fits, in ms. A gap between two samples counts as one interval at most: in the
 * rest of it the machine was busy with other programs.
 */
export function sumOfSelfTime({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, fits: (url: string) => boolean): number {
	const own = new Set(nodes.filter(({ callFrame }) => fits(callFrame.url)).map(({ id }) => id));
	let microseconds = 0;
	samples.forEach((sample, index) => {
		if (own.has(sample)) microseconds += Math.min(timeDeltas[index] ?? 0, SAMPLING_INTERVAL_US);
	});
	return microseconds / 1000;
}
