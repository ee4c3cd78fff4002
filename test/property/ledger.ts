import fc from 'fast-check';

import { startWorld } from '../engine/support/world';
import { LedgerModel, type Turn } from './ledgerModel';

const amount = fc.constantFrom(100, 110, 120);
const which = fc.nat(20);

const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), number: fc.nat(2), amount }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), which }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('correct' as const), which, amount }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), which, before: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('newProcess' as const) }) },
);

const turns = (most: number): fc.Arbitrary<Turn[]> =>
	fc.array(
		fc.record(
			{ step, killedAt: fc.integer({ min: 1, max: 12 }), repeats: fc.constantFrom(0, 0, 1) },
			{ requiredKeys: ['step', 'repeats'] },
		),
		{ minLength: 1, maxLength: most },
	);

/** Random sequences of what is done to a ledger, through the node; after each step it is what a small model says. */
export async function checkAgainstModel({ runs, steps, seed }: { runs: number; steps: number; seed?: number }): Promise<void> {
	const world = await startWorld();
	let sequence = 0;
	try {
		await fc.assert(
			fc.asyncProperty(turns(steps), async (sequenceOfTurns) => {
				world.sandbox.faults.clear();
				world.reconnect();
				const model = new LedgerModel(world, `MODEL-${++sequence}`);
				for (const turn of sequenceOfTurns) {
					const { is, shouldBe } = await model.take(turn);
					expect(is).toEqual(shouldBe);
				}
			}),
			{ numRuns: runs, ...(seed !== undefined && { seed }) },
		);
	} finally {
		await world.close();
	}
}
