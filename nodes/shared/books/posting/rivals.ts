import { LedgerError } from '../../ledger/problems';
import { filterInTurns, flatMapInTurns, giveWay, keyedInTurns } from '../../turns';
import { idOf } from '../marks/ledgerMarks';
import type { Look } from './look';
import { fail, isPlaced, type Slip } from './slip';
import type { Rivals } from './types';

/** The entries that book some of the same as another one and stand in the ledger, such as `A-17-3 (2026-09)`. */
export async function standingRivals(look: Look, { names, firstYear, takenBack }: Rivals): Promise<string[]> {
	const marked = await look.verified(async () => {
		const marks = await look.laterMarks(firstYear);
		return await flatMapInTurns(names.keys(), (key) => marks.withKey(key));
	});
	const standing: string[] = [];
	for (const voucher of marked) {
		const id = idOf(voucher);
		if (takenBack.has(id) || look.isEmpty(id) || !(await look.marksOf(voucher)).stands(id)) continue;
		standing.push(`${id} (${names.get(voucher.mark.key) ?? ''})`);
	}
	return standing;
}

/** Of entries that book some of the same, none is in the ledger yet: each was made as if the others were not there. */
export async function refuseRivalsInRun(slips: readonly Slip[]): Promise<void> {
	const placed = await filterInTurns(slips, isPlaced);
	const withRivals = await flatMapInTurns(placed, (slip) => {
		const { rivals } = slip.state.entry;
		return rivals === undefined ? [] : [{ slip, rivals }];
	});
	if (withRivals.length === 0) return;
	const byKey = await keyedInTurns(placed, ({ state }) => state.entry.mark.key);
	for (const { slip, rivals } of withRivals) {
		await giveWay();
		const others = [...rivals.names].flatMap(([key, name]) => {
			const other = byKey.get(key);
			return other === undefined ? [] : [`item ${other.items[0] ?? 0} (${name})`];
		});
		if (others.length > 0) fail(slip, new LedgerError(rivals.refusal(others, 'run')));
	}
}
