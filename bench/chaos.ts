import { runChaos } from '../test/chaos/chaos';

/** 2,000 entries through every fault of the sandbox, run again with the same numbers until all are confirmed. */
export async function run(print: (figure: object) => void): Promise<void> {
	const started = performance.now();
	const report = await runChaos({ entries: 2000, seed: 7, limit: true });
	print({ bench: 'chaos', ...report, seconds: Math.round((performance.now() - started) / 1000) });
}
