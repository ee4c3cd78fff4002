import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { VoucherDraft } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { filterInTurns } from '../../turns';
import { locate } from './locate';
import {
	asPosted,
	inLedgerOf,
	isOpen,
	isPlaced,
	leadersAmong,
	stageOf,
	type Leaders,
	type OpenSlip,
	type PlacedSlip,
	type Slip,
} from './slip';

/**
 * Finds the entries that are in the ledger already. What follows another entry of the run is looked for once that one
 * was found: where it is not there, neither is what follows it.
 */
export async function locateAll(run: Run, slips: readonly Slip[], years: readonly FortnoxFinancialYear[]): Promise<void> {
	const placed = await filterInTurns(slips, isPlaced);
	await locate(run, await filterInTurns(placed, ({ state }) => state.entry.after === undefined), years);
	const following = await filterInTurns(await filterInTurns(slips, isPlaced), ({ state }) => state.entry.after !== undefined);
	if (following.length === 0) return;
	const leaders = await leadersAmong(slips);
	await locate(run, await filterInTurns(following, (slip) => finish(slip, leaders)), years);
}

/**
 * Finishes an entry that follows another one, now that this one is in the ledger.
 *
 * @param leaders the entries that others may follow
 * @returns whether it is still to be posted
 */
export async function isFinished(run: Run, slip: PlacedSlip, leaders: Leaders): Promise<boolean> {
	const { after } = slip.state.entry;
	if (after === undefined) return true;
	finish(slip, leaders);
	// The other one turned out to be there, so that another process may have posted this one, too.
	if (leaders.get(after.key)?.state.stage === 'found') await locate(run, [slip], await run.fortnox.financialYears());
	return stageOf(slip) === 'placed';
}

/** The voucher that an entry becomes, as far as that is known before the one that it follows is posted. */
export function proposedVoucher({ entry }: OpenSlip['state'], leaders: Leaders): VoucherDraft {
	const leader = entry.after && leaders.get(entry.after.key);
	if (entry.after === undefined || leader === undefined || !isOpen(leader)) return entry.voucher;
	return entry.after.finish(asPosted(leader.state)).voucher;
}

/** @returns whether the other entry is there, by which this one is finished */
function finish(slip: PlacedSlip, leaders: Leaders): boolean {
	const { after, ...entry } = slip.state.entry;
	const leader = after && leaders.get(after.key);
	const inLedger = leader && inLedgerOf(leader);
	if (after === undefined || inLedger === undefined) return false;
	const finished = { ...entry, ...after.finish(inLedger) };
	slip.state = { ...slip.state, entry: finished, mark: finished.mark };
	return true;
}
