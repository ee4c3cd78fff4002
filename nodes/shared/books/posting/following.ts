import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { locate } from './locate';
import { isOpen, type OpenSlip, type Slip } from './slip';

/**
 * Finds the entries that are in the ledger already. What follows another entry of the run is looked for once that one
 * was found: where it is not there, neither is what follows it.
 */
export async function locateAll(run: Run, slips: readonly Slip[], years: readonly FortnoxFinancialYear[]): Promise<void> {
	const open = slips.filter(isOpen);
	await locate(run, open.filter(({ entry }) => entry.after === undefined), years);
	const following = open.filter((slip) => isOpen(slip) && slip.entry.after !== undefined);
	await locate(run, following.filter((slip) => finish(slip, leaderOf(slip, slips)?.found?.inLedger)), years);
}

/**
 * Finishes an entry that follows another one, now that this one is in the ledger.
 *
 * @returns whether it is still to be posted
 */
export async function isFinished(run: Run, slip: OpenSlip, slips: readonly Slip[]): Promise<boolean> {
	if (slip.entry.after === undefined) return true;
	const leader = leaderOf(slip, slips);
	finish(slip, leader?.posted?.inLedger ?? leader?.found?.inLedger);
	// The other one turned out to be there, so that another process may have posted this one, too.
	if (leader?.found !== undefined) await locate(run, [slip], await run.fortnox.financialYears());
	return slip.found === undefined && slip.error === undefined;
}

function leaderOf({ entry }: OpenSlip, slips: readonly Slip[]): Slip | undefined {
	return slips.find(({ entry: other }) => other !== undefined && other.mark.key === entry.after?.key);
}

/** @returns whether the other entry is there, by which this one is finished */
function finish(slip: OpenSlip, leader: LedgerEntry | undefined): boolean {
	const { after, ...entry } = slip.entry;
	if (after === undefined || leader === undefined) return false;
	slip.entry = { ...entry, ...after.finish(leader) };
	slip.mark = slip.entry.mark;
	return true;
}
