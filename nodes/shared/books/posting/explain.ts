import { giveWay, groupedInTurns } from '../../turns';
import type { Decision } from './decide';
import type { PlacedSlip } from './slip';

/**
 * The decisions on entries of pairs, in which an entry that is refused without a visible difference says what differs in
 * those that follow it: a period of other days shows in its months alone.
 */
export async function explained(decisions: ReadonlyMap<PlacedSlip, Decision>): Promise<ReadonlyMap<PlacedSlip, Decision>> {
	const all = new Map<PlacedSlip, Decision>();
	const pairs = await groupedInTurns(decisions.keys(), ({ state }) => state.entry.pair);
	for (const [slip, decision] of decisions) {
		await giveWay();
		const explain = decision.kind === 'refuse' ? decision.other?.explain : undefined;
		const following = explain === undefined ? [] : (pairs.get(slip.state.entry.pair) ?? []);
		const differences = following.flatMap((other) => (other === slip ? [] : differencesIn(other, decisions.get(other))));
		all.set(slip, explain === undefined || differences.length === 0 ? decision : { kind: 'refuse', problem: explain(differences) });
	}
	return all;
}

function differencesIn(
	{
		state: {
			entry: { name },
		},
	}: PlacedSlip,
	decision: Decision | undefined,
): string[] {
	if (decision?.kind === 'post') return [`${name} is not in the ledger`];
	const { differences = [] } = (decision?.kind === 'refuse' ? decision.other : undefined) ?? {};
	return differences.length === 0 ? [] : [`of ${name}: ${differences.join(', ')}`];
}
