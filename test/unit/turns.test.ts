import { stat } from 'node:fs/promises';

import fc from 'fast-check';

import {
	flatMapInTurns,
	giveWay,
	groupedInTurns,
	inTurns,
	keyedInTurns,
	mapInTurns,
	mapSideBySide,
	setInTurns,
	sortInTurns,
} from '../../nodes/shared/turns';
import { usedCpuMs } from '../clock/cpuTime';
import { atSpeed } from '../clock/fastTime';

/** Computes for a while, by the clock that the node sees. */
function compute(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end;);
}

/** Computes for `ms` of CPU in small steps. */
async function computeInSteps(ms: number): Promise<void> {
	const end = usedCpuMs() + ms;
	while (usedCpuMs() < end) {
		for (let step = 0; step < 2000; step++) Math.sqrt(step);
		await giveWay();
	}
}

/** How long others waited for the file system at most, in ms of CPU that was used meanwhile. */
async function longestWaitDuring(work: Promise<unknown>): Promise<number> {
	let longest = 0;
	const state = { isOver: false };
	const end = work.finally(() => {
		state.isOver = true;
	});
	while (!state.isOver) {
		const asked = usedCpuMs();
		await stat(__dirname);
		longest = Math.max(longest, usedCpuMs() - asked);
	}
	await end;
	return longest;
}

/** How often a timer of somebody else came to its turn while `work` was under way. */
async function turnsOfOthers(work: () => Promise<unknown>): Promise<number> {
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	await work();
	clearInterval(timer);
	return turns;
}

describe('giveWay', () => {
	test.each([1, 2, 8])('lets the file system and the network have their turn while %i computations run side by side', async (number) => {
		const work = Promise.all(Array.from({ length: number }, async () => await computeInSteps(400)));
		// Were each to wait for a timer of its own, the others would wait until the last has done its work: 400 ms for each.
		expect(await longestWaitDuring(work)).toBeLessThan(100 + number * 100);
	});

	test('gives nothing to wait for while little time has passed, and a rest after that', async () => {
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
});

describe('a long computation', () => {
	test('lets others have their turns, and gives what its steps return', async () => {
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
		expect(
			await turnsOfOthers(async () => {
				for (const computing = steps(); computing.next().done !== true;) await Promise.resolve();
			}),
		).toBe(0);
	});

	test('passes on what a step throws', async () => {
		function* steps(): Generator<undefined, void> {
			yield undefined;
			throw new Error('broken');
		}
		await expect(inTurns(steps())).rejects.toThrow('broken');
		await expect(
			mapInTurns([1], () => {
				throw new Error('broken');
			}),
		).rejects.toThrow('broken');
	});
});

describe('lists in turns', () => {
	const numbers = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 5000);

	test('come out as without turns', async () => {
		expect(await mapInTurns(numbers, (number, index) => number - index)).toEqual(numbers.map((number, index) => number - index));
		const both = (number: number): number[] => (number % 2 ? [number, -number] : []);
		expect(await flatMapInTurns(numbers, both)).toEqual(numbers.flatMap(both));
		const tens = await groupedInTurns(numbers, (number) => number % 10);
		expect([...tens.keys()].length).toBe(10);
		expect(tens.get(3)).toEqual(numbers.filter((number) => number % 10 === 3));
		expect(await setInTurns(numbers, (number) => number % 10)).toEqual(new Set(numbers.map((number) => number % 10)));
		expect((await keyedInTurns(numbers, (number) => number % 10)).get(3)).toBe(numbers.filter((number) => number % 10 === 3).at(-1));
	});

	test('let others have their turns', async () => {
		const slow = (item: number): number => {
			compute(5);
			return item * 2;
		};
		let mapped: number[] = [];
		expect(await turnsOfOthers(async () => (mapped = await mapInTurns(numbers.slice(0, 50), slow)))).toBeGreaterThan(3);
		expect(mapped).toEqual(numbers.slice(0, 50).map((item) => item * 2));
	});

	test('are sorted as an array is, equal items in their order, and what was given stays as it is', async () => {
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

	test('let others have their turns while they are sorted', async () => {
		const items = Array.from({ length: 60_000 }, (_, index) => (index * 7919) % 60_000);
		let sorted: number[] = [];
		expect(await turnsOfOthers(async () => (sorted = await sortInTurns(items, (one, other) => one - other)))).toBeGreaterThan(1);
		expect(sorted).toEqual(items.map((_, index) => index));
	});

	test('have no more under way than wanted, and keep their order', async () => {
		let [underWay, most] = [0, 0];
		const made = await mapSideBySide(numbers.slice(0, 40), 7, async (number) => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => {
				setTimeout(resolve, 500);
			});
			underWay--;
			return number + 1;
		});
		expect(made).toEqual(numbers.slice(0, 40).map((number) => number + 1));
		expect(most).toBe(7);
	});
});
