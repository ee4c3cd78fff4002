import { runWorkers } from '../../../bench/workers';

/** What `npm run bench -- --only workers` measures, in a short form: counts alone, no times. */
describe('two processes with bulk work for one company', () => {
	test.each([false, true])(
		'post every entry once, and both get on; refused requests count: %s',
		async (refusedCount) => {
			const figures = await runWorkers({ processes: 2, refusedCount, seconds: 12 });
			expect(figures.entries).toBeGreaterThan(0);
			expect(figures).toMatchObject({ lost: 0, doubled: 0 });
			expect(Math.min(...figures.perProcess)).toBeGreaterThan(0);
		},
		180_000,
	);
});
