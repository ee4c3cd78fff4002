import fc from 'fast-check';

import { atSpeed } from '../../clock/fastTime';
import { giveWay, inTurns, mapInTurns, sortInTurns } from '../../../nodes/shared/turns';

/** Computes for a while, by the clock that the node sees. */
function compute(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end; );
}

/** How often a timer of somebody else came to its turn while `work` was under way. */
async function turnsOfOthers(work: () => Promise<unknown>): Promise<number> {
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	await work();
	clearInterval(timer);
	return turns;
}

describe('a long computation', () => {
	it('goes on at once while little time has passed, and rests after that', async () => {
		await atSpeed(1, async () => {
			compute(20);
			await giveWay();
			expect(giveWay()).toBeUndefined();
			compute(20);
			const rest = giveWay();
			expect(rest).toBeInstanceOf(Promise);
			await rest;
			expect(giveWay()).toBeUndefined();
		});
	});

	it('lets others have their turns, and gives what the steps return', async () => {
		function* steps(): Generator<undefined, string> {
			for (let step = 0; step < 100; step++) {
				compute(10);
				yield undefined;
			}
			return 'done';
		}
		let result: string | undefined;
		expect(await turnsOfOthers(async () => (result = await inTurns(steps())))).toBeGreaterThan(20);
		expect(result).toBe('done');
		// Promises that are settled already let nobody else in.
		expect(await turnsOfOthers(async () => {
			for (const computing = steps(); computing.next().done !== true; ) await Promise.resolve();
		})).toBe(0);
	});

	it('passes on what a step throws', async () => {
		function* steps(): Generator<undefined, void> {
			yield undefined;
			throw new Error('broken');
		}
		await expect(inTurns(steps())).rejects.toThrow('broken');
		await expect(mapInTurns([1], () => { throw new Error('broken'); })).rejects.toThrow('broken');
	});

	it('maps as an array does', async () => {
		const items = Array.from({ length: 50 }, (_, index) => index);
		const slow = (item: number): number => {
			compute(5);
			return item * 2;
		};
		let mapped: number[] = [];
		expect(await turnsOfOthers(async () => (mapped = await mapInTurns(items, slow)))).toBeGreaterThan(3);
		expect(mapped).toEqual(items.map((item) => item * 2));
	});

	it('sorts as an array does, equal items in their order, and changes nothing of what it was given', async () => {
		const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat()), { minLength: 0, maxLength: 9000, size: 'max' });
		const byFirst = ([one]: readonly [number, number], [other]: readonly [number, number]): number => one - other;
		await fc.assert(
			fc.asyncProperty(pairs, async (items) => {
				const given = [...items];
				expect(await sortInTurns(items, byFirst)).toEqual([...given].sort(byFirst));
				expect(items).toEqual(given);
			}),
			{ numRuns: 20 },
		);
	});

	it('of sorting lets others have their turns', async () => {
		const items = Array.from({ length: 60_000 }, (_, index) => (index * 7919) % 60_000);
		let sorted: number[] = [];
		expect(await turnsOfOthers(async () => (sorted = await sortInTurns(items, (one, other) => one - other)))).toBeGreaterThan(1);
		expect(sorted).toEqual(items.map((_, index) => index));
	});
});
