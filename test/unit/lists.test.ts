import { Groups } from '../../nodes/shared/lists';

describe('Groups', () => {
	const groups = new Groups<string, number>();
	for (const [key, item] of [
		['a', 1],
		['b', 2],
		['a', 3],
		['a', 4],
	] as const)
		groups.add(key, item);

	it('gives the items of a key in the order in which they came', () => {
		expect([groups.of('a'), groups.of('b'), groups.of('c')]).toEqual([[1, 3, 4], [2], []]);
		expect([...groups.all()]).toEqual([1, 3, 4, 2]);
	});

	it('forgets all items of a key', () => {
		groups.remove('a');
		groups.add('a', 5);
		expect([groups.has('a'), groups.has('c'), groups.of('a'), [...groups.all()]]).toEqual([true, false, [5], [2, 5]]);
	});
});
