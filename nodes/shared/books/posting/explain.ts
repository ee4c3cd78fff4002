import { grouped } from '../../lists';
import { giveWay } from '../../turns';
import type { Decision } from './decide';
import type { OpenSlip } from './slip';

/**
 * The decisions, in which an entry that is refused without a visible difference says what differs in those that follow it:
 * a period of other days shows in its months alone.
 */
export async function explained(decisions: ReadonlyMap<OpenSlip, Decision>): Promise<ReadonlyMap<OpenSlip, Decision>> {
	const all = new Map<OpenSlip, Decision>();
	const pairs = grouped([...decisions.keys()].filter(({ entry }) => entry.pair !== undefined), ({ entry }) => entry.pair);
	for (const [slip, decision] of decisions) {
		await giveWay();
		const explain = decision.kind === 'refuse' ? decision.other?.explain : undefined;
		const following = explain === undefined || slip.entry.pair === undefined ? [] : (pairs.get(slip.entry.pair) ?? []);
		const differences = following.flatMap((other) => (other === slip ? [] : differencesIn(other, decisions.get(other))));
		all.set(slip, explain === undefined || differences.length === 0 ? decision : { kind: 'refuse', problem: explain(differences) });
	}
	return all;
}

function differencesIn({ entry: { name } }: OpenSlip, decision: Decision | undefined): string[] {
	if (decision?.kind === 'post') return [`${name} is not in the ledger`];
	const { differences = [] } = (decision?.kind === 'refuse' ? decision.other : undefined) ?? {};
	return differences.length === 0 ? [] : [`of ${name}: ${differences.join(', ')}`];
}
