import type { Settings } from '../../../sandbox';
import { currentYear, startWorld, type World } from '../support/world';

let world: World;

beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

const LIST = /^\/3\/vouchers$/;

it.each<Settings['pagePastEnd']>(['refuse', 'empty', 'last'])(
	'a list that loses its last page while it is read is whole, where such a page is answered: %s',
	async (pagePastEnd) => {
		world.sandbox.settings.pagePastEnd = pagePastEnd;
		const year = currentYear(world);
		world.sandbox.company().addVouchers(501 - year.count, { yearId: year.id, seed: 3, series: ['A'] });
		const [newest] = year.vouchersOf('A').slice(-1);
		if (newest === undefined) throw new Error('The series has no voucher');
		world.sandbox.faults.add({ kind: 'latency', ms: 3000, path: '^/3/vouchers$', skip: 1, times: 1 });
		const running = world.run({
			resource: 'journalEntry',
			operation: 'getAll',
			returnAll: true,
			filters: { dateFrom: year.fromDate, dateTo: year.toDate },
			options: { includeItems: false },
		});
		while (!world.requests('GET', LIST).some(({ status }) => status === 200)) await new Promise((resolve) => setTimeout(resolve, 5));
		// Page 2 is on its way.
		year.unbook(newest);
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(new Set(result.json().map(({ id }) => id)).size).toBe(500);
		expect(world.requests('GET', LIST).length).toBeGreaterThan(1);
	},
);
