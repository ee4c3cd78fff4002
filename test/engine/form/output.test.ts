import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startWorld, type World } from '../support/world';

jest.setTimeout(60_000);

describe('the output of an operation', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});
	beforeEach(() => world.reconnect());

	const list: INodeParameters = { resource: 'journalEntry', operation: 'getAll', limit: 3, filters: { dateFrom: '2026-01-01', dateTo: '2026-03-31' } };
	const run = async (typeVersion: number, parameters: INodeParameters): Promise<IDataObject[]> => {
		const result = await world.run(parameters, { typeVersion });
		expect(result.error).toBeUndefined();
		return result.json();
	};

	it('is the whole unified model in saved workflows, and simplified in new nodes', async () => {
		expect(new FortnoxAccounting().description.version).toEqual([1, 1.1]);
		const [full = {}] = await run(1, list);
		expect(full).toHaveProperty('items');
		const [short = {}] = await run(1.1, list);
		expect(Object.keys(short).slice(0, 5)).toEqual(['id', 'date', 'description', 'amount', 'accounts']);
		expect(Object.keys(short).length).toBeLessThanOrEqual(10);
		const rows: unknown[] = Array.isArray(full.items) ? full.items : [];
		const debit = rows.reduce<number>((sum, row) => sum + Math.round(Number(typeof row === 'object' && row !== null && 'debit' in row ? row.debit : 0) * 100), 0);
		expect(short).toMatchObject({ id: full.id, date: full.date, amount: debit / 100, tenant_id: 1001 });
	});

	it('is what the user chooses, in either version', async () => {
		expect((await run(1.1, { ...list, output: 'full' }))[0]).toHaveProperty('items');
		expect(Object.keys((await run(1, { ...list, output: 'simplified' }))[0] ?? {})).toContain('accounts');
		expect((await run(1, { ...list, output: 'raw' }))[0]).toHaveProperty('VoucherNumber');
		expect(Object.keys((await run(1, { ...list, output: 'selected', outputFields: 'amount, date' }))[0] ?? {}).sort()).toEqual(['amount', 'date', 'id', 'posted', 'tenant_id']);
	});

	it('refuses fields that there are not, by name', async () => {
		const { error } = await world.run({ ...list, output: 'selected', outputFields: 'amont' });
		expect(error?.message).toMatch(/outputFields: there is no field amont\. The fields are .*amount/);
	});

	it('gives one item per row where it is split', async () => {
		const full = await run(1, list);
		const count = full.reduce((sum, { items }) => sum + (Array.isArray(items) ? items.length : 0), 0);
		const rows = await run(1.1, { ...list, options: { split: 'rows' } });
		expect(rows).toHaveLength(count);
		expect(rows[0]).toMatchObject({ entry_id: full[0]?.id, date: full[0]?.date });
		for (const row of rows) expect(Object.keys(row).length).toBeLessThanOrEqual(10);
	});

	it('says first of a simplified check that nothing was posted', async () => {
		const lines = { line: [{ account: '1930', debit: '10' }, { account: '3004', credit: '10' }] };
		const [item = {}] = await run(1.1, { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', lines, options: { dryRun: true } });
		expect(Object.keys(item).slice(0, 2)).toEqual(['dry_run', 'posted']);
		expect(item).toMatchObject({ dry_run: true, posted: false, amount: 10, accounts: '1930, 3004' });
	});
});
