import { stat } from 'node:fs/promises';

import { flatMapInTurns, giveWay, groupedInTurns, keyedInTurns, mapInTurns, mapSideBySide, sortInTurns } from '../../../nodes/shared/turns';
import { usedCpuMs } from '../../clock/cpuTime';
import { atSpeed } from '../../clock/fastTime';

/** Computes for `ms` of CPU in small steps. */
async function compute(ms: number): Promise<void> {
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

describe('giveWay', () => {
	test.each([1, 2, 8])('lets the file system and the network have their turn while %i computations run side by side', async (number) => {
		const work = Promise.all(Array.from({ length: number }, async () => await compute(400)));
		// Were each to wait for a timer of its own, the others would wait until the last has done its work: 400 ms for each.
		expect(await longestWaitDuring(work)).toBeLessThan(100 + number * 100);
	});

	test('gives nothing to wait for while little time has passed', async () => {
		await atSpeed(1, async () => {
			await compute(30);
			await giveWay();
			expect(giveWay()).toBeUndefined();
		});
	});
});

describe('lists in turns', () => {
	const numbers = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 5000);

	test('come out as without turns', async () => {
		expect(await mapInTurns(numbers, (number, index) => number - index)).toEqual(numbers.map((number, index) => number - index));
		expect(await flatMapInTurns(numbers, (number) => (number % 2 ? [number, -number] : []))).toEqual(numbers.flatMap((number) => (number % 2 ? [number, -number] : [])));
		expect(await sortInTurns(numbers, (one, other) => one - other)).toEqual([...numbers].sort((one, other) => one - other));
		const tens = await groupedInTurns(numbers, (number) => number % 10);
		expect([...tens.keys()].length).toBe(10);
		expect(tens.get(3)).toEqual(numbers.filter((number) => number % 10 === 3));
		expect((await keyedInTurns(numbers, (number) => number % 10)).get(3)).toBe(numbers.filter((number) => number % 10 === 3).at(-1));
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
