import { startWorld, type World } from '../support/world';
import { BOUND_CASES, BOUNDS } from './boundCases';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

test('every bound that is named has a case', () => {
	expect([...BOUND_CASES.keys()].sort()).toEqual([...BOUNDS].sort());
	expect(BOUNDS.length).toBeGreaterThan(20);
});

describe.each([...BOUND_CASES])('%s', (_, isTaken) => {
	test('is met', async () => {
		expect(await isTaken(0, world)).toBe(true);
	});

	test('is not passed by one', async () => {
		expect(await isTaken(1, world)).toBe(false);
	});
});
