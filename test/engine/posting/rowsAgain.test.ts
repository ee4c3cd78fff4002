import { entry } from '../support/entry';
import { COMPANY, startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => await world.close());

it('rows that were read are posted again as they are, with their cost center and project', async () => {
	const lines = [
		{ account: '5410', debit: 7, cost_center: 'WEBB', project: '1' },
		{ account: '1930', credit: 7 },
	];
	const [seed] = (await world.run(entry({ linesJson: JSON.stringify(lines) }))).json();
	const day = { dateFrom: '2026-06-01', dateTo: '2026-06-01' };
	const read = { resource: 'journalEntry', operation: 'getAll', returnAll: true, simplify: false, filters: day };
	const rows = (await world.run({ ...read, options: { split: 'rows' } })).json().filter(({ entry_id }) => entry_id === seed?.id);
	expect(rows.map(({ cost_center, analytic_distribution }) => [cost_center, analytic_distribution])).toEqual([
		['WEBB', [expect.objectContaining({ analytic_plan: 'cost_center' }), expect.objectContaining({ analytic_plan: 'project' })]],
		[null, []],
	]);
	const again = entry({ linesSource: 'inputItems', linesJson: undefined, groupBy: 'entry_id', number: 'AGAIN' });
	const { error } = await world.run(again, { input: rows });
	expect(error?.message).toBeUndefined();
	const copied = world.sandbox.company(COMPANY).year('2026-06-01').vouchersOf('A').at(-1);
	expect(copied?.rows.map(({ account, debit, costCenter, project }) => [account, debit, costCenter, project])).toEqual([
		[5410, 700, 'WEBB', '1'],
		[1930, 0, '', ''],
	]);
});
