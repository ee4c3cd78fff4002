import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

let world: World;

beforeEach(async () => {
	// The other way round too in `npm run test:lenient`: this is about files with budgets.
	world = await startWorld({ settings: { sieBudgets: true } });
	world.sandbox.company().setBudget(4, [
		{ account: 3001, month: '202601', ore: -90_000_00 },
		{ account: 3001, month: '202602', costCenter: 'BUTIK', ore: -60_000_00 },
		{ account: 3001, month: '202602', costCenter: 'WEBB', ore: -10_000_50 },
		{ account: 5010, month: '202602', ore: 15_000_00 },
	]);
});
afterEach(async () => await world.close());

async function budgets(options: INodeParameters = {}): Promise<Record<string, unknown>> {
	const parameters = {
		resource: 'report',
		operation: 'incomeStatement',
		period: '2026-02',
		options: { compareWith: 'budget', ...options },
	};
	const result = await world.run(parameters);
	expect(result.error).toBeUndefined();
	expect(result.hints().join()).not.toMatch(/no budget/);
	const accounts = result.json().filter(({ kind }: IDataObject) => kind === 'account');
	return Object.fromEntries(accounts.map((row) => [String(row.account_number), [row.budget, row.budget_accumulated]]));
}

describe('a budget that Fortnox has', () => {
	it('stands beside the figures, cost centers included, also where nothing was booked', async () => {
		expect(await budgets()).toMatchObject({ '3001': [70_000.5, 160_000.5], '5010': [-15_000, -15_000] });
	});

	it('of one cost center is its own part', async () => {
		expect(await budgets({ costCenter: 'BUTIK' })).toMatchObject({ '3001': [60_000, 60_000] });
	});

	it('is null, with a hint, where the file of the API holds none', async () => {
		world.sandbox.settings.sieBudgets = false;
		const result = await world.run({
			resource: 'report',
			operation: 'incomeStatement',
			period: '2026-02',
			options: { compareWith: 'budget' },
		});
		expect(result.json()[0]).toMatchObject({ budget: null, budget_accumulated: null });
		expect(result.hints().join()).toMatch(/no budget/);
	});
});
