import '../test/clock/fastTime';

import { runChaos } from '../test/chaos/chaos';

/**
 * 2,000 entries through every fault of the sandbox, and through people who change the ledger meanwhile: 200 a run, as a
 * loop over batches posts them, each batch run again with the same numbers until all of it is confirmed, and at last all
 * 2,000 in one run. Time runs ten times as fast as the machine's, for all of them alike.
 */
export async function run(print: (figure: object) => void): Promise<void> {
	const started = performance.now();
	const report = await runChaos({ entries: 2000, seed: 7, limit: true, hands: true, perRun: 200 });
	print({ bench: 'chaos', ...report, seconds: Math.round((performance.now() - started) / 1000) });
}
