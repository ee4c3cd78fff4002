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
	const leaders = leadersAmong(slips);
	await locate(run, following.filter((slip) => finish(slip, leaders.get(slip.entry.after?.key ?? '')?.found?.inLedger)), years);
}

/**
 * Finishes an entry that follows another one, now that this one is in the ledger.
 *
 * @param leaders the entries that others may follow
 * @returns whether it is still to be posted
 */
export async function isFinished(run: Run, slip: OpenSlip, leaders: Leaders): Promise<boolean> {
	if (slip.entry.after === undefined) return true;
	const leader = leaders.get(slip.entry.after.key);
	finish(slip, leader?.posted?.inLedger ?? leader?.found?.inLedger);
	// The other one turned out to be there, so that another process may have posted this one, too.
	if (leader?.found !== undefined) await locate(run, [slip], await run.fortnox.financialYears());
	return slip.found === undefined && slip.error === undefined;
}

/** Entries that others follow, by their keys: the first of each. */
export type Leaders = ReadonlyMap<string, Slip>;

export function leadersAmong(slips: readonly Slip[]): Leaders {
	const leaders = new Map<string, Slip>();
	for (const slip of slips) {
		const { key } = slip.entry?.mark ?? {};
		if (key !== undefined && !leaders.has(key)) leaders.set(key, slip);
	}
	return leaders;
}

/** @returns whether the other entry is there, by which this one is finished */
function finish(slip: OpenSlip, leader: LedgerEntry | undefined): boolean {
	const { after, ...entry } = slip.entry;
	if (after === undefined || leader === undefined) return false;
	slip.entry = { ...entry, ...after.finish(leader) };
	slip.mark = slip.entry.mark;
	return true;
}
