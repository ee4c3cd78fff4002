import type { Profiler } from 'node:inspector';

/** Self time of the functions whose file fits, in ms. */
export function sumOfSelfTime({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, fits: (url: string) => boolean): number {
	const own = new Set(nodes.filter(({ callFrame }) => fits(callFrame.url)).map(({ id }) => id));
	let microseconds = 0;
	samples.forEach((sample, index) => {
		if (own.has(sample)) microseconds += timeDeltas[index] ?? 0;
	});
	return microseconds / 1000;
}
