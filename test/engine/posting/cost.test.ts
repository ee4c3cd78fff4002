import { entry, linesOf } from '../support/entry';
import { startWorld, type World } from '../support/world';

const HOW_MANY = 100;

/** Requests are what posting costs: 25 of them fit into five seconds. */
describe('the requests that posting takes, in a process that has looked before', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
		await post(['WARM-UP']);
		world.forget();
	});
	afterEach(async () => await world.close());

	const numbers = Array.from({ length: HOW_MANY }, (_, index) => `COST-${index}`);
	const post = async (given: readonly string[]) =>
		await world.run(entry({ number: '={{ $json.number }}', linesJson: linesOf(100) }), { input: given.map((number) => ({ number })) });
	const asked = (): string[] => world.requests().map(({ method, path }) => `${method} ${path.replace(/\d+$/, 'N')}`);

	it('are one to look all entries up, one for each entry, and one to look once more', async () => {
		expect((await post(numbers)).error).toBeUndefined();
		const [lookUp, ...rest] = asked();
		expect(lookUp).toBe('GET /3/vouchers');
		expect(rest).toEqual([...numbers.map(() => 'POST /3/vouchers'), 'GET /3/vouchers']);
	});

	it('are one where everything is looked up and nothing may be posted', async () => {
		expect((await world.run(entry({ number: 'COST-DRY', linesJson: linesOf(100), options: { dryRun: true } }))).error).toBeUndefined();
		expect(asked()).toEqual(['GET /3/vouchers']);
	});

	it('are one more for each of a few entries that are found, which is read for proof', async () => {
		const few = numbers.slice(0, 5);
		await post(few);
		world.forget();
		expect((await post(few)).json().every(({ already_posted: found }) => found === true)).toBe(true);
		expect(asked().sort()).toEqual([...few.map(() => 'GET /3/vouchers/A/N'), 'GET /3/vouchers'].sort());
	});

	it('are few where many entries are found: the list and the year’s file show them', async () => {
		await post(numbers);
		world.forget();
		expect((await post(numbers)).json().every(({ already_posted: found }) => found === true)).toBe(true);
		expect(asked().length).toBeLessThan(8);
		expect(asked().filter((request) => request.startsWith('POST'))).toEqual([]);
	});
});
