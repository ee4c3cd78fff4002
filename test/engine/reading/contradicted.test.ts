import type { INodeParameters } from 'n8n-workflow';

import type { SandboxYear } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

const OWN_404 = { ErrorInformation: { Error: 1, Message: 'Kan inte hitta verifikatet.', Code: 2999404 } };
const LIST = /^\/3\/vouchers$/;
const A2 = '^/3/vouchers/A/2$';

let world: World;
let year: SandboxYear;
beforeAll(async () => {
	world = await startWorld();
	// The sandbox has entries in it, whatever the day.
	year = world.sandbox.company().year(4);
});
beforeEach(() => world.reconnect());
afterEach(() => world.sandbox.faults.clear());
afterAll(async () => await world.close());

const getAll = (filters: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'getAll',
	returnAll: true,
	filters: { dateFrom: year.fromDate, dateTo: year.toDate, ...filters },
	options,
});

const notThere = (more: { times?: number } = {}) => {
	world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', method: 'GET', path: A2, status: 404, body: OWN_404, ...more });
};

const account = (): string => {
	const row = year.voucher('A', 2)?.rows[0];
	if (row === undefined) throw new Error('A 2 has no rows');
	return String(row.account);
};

describe('an entry that the list or the file shows, and that its own request says is not there', () => {
	const RUNS: Array<[string, () => INodeParameters]> = [
		['of few', () => getAll()],
		['with Read One by One', () => getAll({}, { readOneByOne: true })],
		['by an account', () => getAll({ accountNumber: account() })],
	];

	it.each(RUNS)('%s, is asked for once more', async (_, run) => {
		const whole = (await world.run(run())).json().map(({ id }) => id);
		expect(whole).toContain(`A-2-${year.id}`);
		const before = world.requests().length;
		world.reconnect();
		notThere({ times: 1 });
		const result = await world.run(run());
		expect(result.error).toBeUndefined();
		expect(result.json().map(({ id }) => id)).toEqual(whole);
		expect(world.requests()).toHaveLength(before + 1);
	});

	it.each(RUNS)('%s, is an error where the list shows it still', async (_, run) => {
		notThere();
		const { error } = await world.run(run());
		expect(error?.context?.error_code).toBe('ERROR_FORTNOX_UNAVAILABLE');
		expect(error?.message).toContain(`voucher list shows A-2-${year.id}`);
		expect(world.requests('GET', new RegExp(A2))).toHaveLength(2);
	});

	it('is left out where it was deleted meanwhile', async () => {
		const { number } = world.sandbox.company().addVoucher({
			date: year.fromDate,
			description: 'Pennor',
			rows: [
				{ account: 6110, debit: 12_500 },
				{ account: 1930, credit: 12_500 },
			],
		});
		const [newest] = year.vouchersOf('A').slice(-1);
		if (newest?.number !== number) throw new Error('The voucher is not the newest of its series');
		world.sandbox.faults.add({ kind: 'latency', ms: 1000, method: 'GET', path: `^/3/vouchers/A/${number}$`, times: 1 });
		const running = world.run(getAll());
		while (!world.requests('GET', LIST).some(({ status }) => status === 200)) await new Promise((resolve) => setTimeout(resolve, 5));
		year.unbook(newest);
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(result.json()).toHaveLength(year.count);
		expect(world.requests('GET', LIST)).toHaveLength(2);
	});
});
