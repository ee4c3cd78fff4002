import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { entry } from '../support/entry';
import { startWorld, type World } from '../support/world';

describe('the output of an operation', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});
	beforeEach(() => world.reconnect());

	const list: INodeParameters = {
		resource: 'journalEntry',
		operation: 'getAll',
		limit: 3,
		filters: { dateFrom: '2026-01-01', dateTo: '2026-03-31' },
	};
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
		const debit = rows.reduce<number>(
			(sum, row) => sum + Math.round(Number(typeof row === 'object' && row !== null && 'debit' in row ? row.debit : 0) * 100),
			0,
		);
		expect(short).toMatchObject({ id: full.id, date: full.date, amount: debit / 100, tenant_id: 1001 });
	});

	it('is what the user chooses, in either version', async () => {
		expect((await run(1.1, { ...list, output: 'full' }))[0]).toHaveProperty('items');
		expect(Object.keys((await run(1, { ...list, output: 'simplified' }))[0] ?? {})).toContain('accounts');
		expect((await run(1, { ...list, output: 'raw' }))[0]).toHaveProperty('VoucherNumber');
		expect(Object.keys((await run(1, { ...list, output: 'selected', outputFields: 'amount, date' }))[0] ?? {}).sort()).toEqual([
			'amount',
			'date',
			'id',
			'posted',
			'tenant_id',
		]);
	});

	it.each<INodeParameters>([{ output: 'simplified' }, { output: 'selected', outputFields: 'amount, tenant_id' }, { output: 'full' }, {}])(
		"has Fortnox's own object where that was asked for, and only there: %j",
		async (output) => {
			const [whole = {}] = await run(1.1, { ...list, ...output, options: { rawResponse: true } });
			expect(whole.raw).toHaveProperty('VoucherNumber');
			const [plain = {}] = await run(1.1, { ...list, ...output });
			expect(plain).not.toHaveProperty('raw');
			expect(plain).toHaveProperty('tenant_id', 1001);
		},
	);

	it('refuses fields that there are not, by name', async () => {
		const { error } = await world.run({ ...list, output: 'selected', outputFields: 'amont' });
		expect(error?.message).toMatch(/outputFields: there is no field amont\. The fields are .*amount/);
	});

	it('gives each item the fields that were named, also those that only some entries have', async () => {
		const items = await run(1.1, { ...list, output: 'selected', outputFields: 'date,reversed_by,amount' });
		expect(items.length).toBeGreaterThan(1);
		for (const item of items) expect(Object.keys(item)).toEqual(['id', 'posted', 'date', 'reversed_by', 'amount', 'tenant_id']);
		expect(items[0]?.reversed_by).toBeNull();
	});

	it.each([
		['an entry', entry(), 'id,amont', 'amont'],
		['an account', { resource: 'account', operation: 'create', number: '3999', name: 'Test' }, 'amont', 'amont'],
	])('shows %s that was written, and hints at a field that there is not', async (_, parameters, outputFields, unknown) => {
		const result = await world.run({ ...parameters, output: 'selected', outputFields });
		expect(result.error).toBeUndefined();
		expect(result.json()).toHaveLength(1);
		expect(result.hints()).toContainEqual(expect.stringContaining(`Fields: there is no field ${unknown}. The fields are `));
	});

	it('gives one item per row where it is split', async () => {
		const full = await run(1, list);
		const count = full.reduce((sum, { items }) => sum + (Array.isArray(items) ? items.length : 0), 0);
		const rows = await run(1.1, { ...list, options: { split: 'rows' } });
		expect(rows).toHaveLength(count);
		expect(rows[0]).toMatchObject({ entry_id: full[0]?.id, date: full[0]?.date });
		for (const row of rows) expect(Object.keys(row).length).toBeLessThanOrEqual(10);
	});

	it('gives the rows of a ledger within it, or one item each', async () => {
		const ledger: INodeParameters = {
			resource: 'account',
			operation: 'getLedger',
			accounts: '1930',
			dateFrom: '2026-01-01',
			dateTo: '2026-06-30',
		};
		const [whole = {}] = await run(1, ledger);
		const count = Array.isArray(whole.items) ? whole.items.length : 0;
		expect(count).toBeGreaterThan(1);
		const [short = {}] = await run(1.1, ledger);
		expect(short).toMatchObject({ account_number: '1930', closing_balance: whole.closing_balance });
		expect(short.items).toHaveLength(count);
		const rows = await run(1.1, { ...ledger, options: { split: 'rows' } });
		expect(rows).toHaveLength(count);
		expect(rows.at(-1)).toMatchObject({ account_number: '1930', balance: whole.closing_balance, tenant_id: 1001 });
		for (const row of rows) expect(Object.keys(row).length).toBeLessThanOrEqual(10);
		const [chosen = {}] = await run(1.1, { ...ledger, options: { split: 'rows' }, output: 'selected', outputFields: 'balance' });
		expect(Object.keys(chosen).sort()).toEqual(['balance', 'entry_id', 'tenant_id']);
	});

	it('has the difference of a balance sheet where there is one, and no column for it where there is none', async () => {
		const report: INodeParameters = { resource: 'report', operation: 'balanceSheet' };
		const [whole, balanced] = [await run(1, report), await run(1.1, report)];
		expect(whole.at(-1)).toMatchObject({ difference: 0 });
		expect(balanced.flatMap(Object.keys)).not.toContain('difference');
		// Of a cost center the sheet has one side only.
		const one = await run(1.1, { ...report, options: { costCenter: 'BUTIK' } });
		expect(one.at(-1)).toMatchObject({ difference: expect.any(Number) });
	});

	it('leaves of the row of a report what people read, and all its columns', async () => {
		const report: INodeParameters = { resource: 'report', operation: 'incomeStatement', period: '2026-Q1', options: { columns: 'months' } };
		const [whole, short] = [await run(1, report), await run(1.1, report)];
		expect(short).toHaveLength(whole.length);
		const account = short.find(({ kind }) => kind === 'account') ?? {};
		expect(Object.keys(account)).toEqual([
			'label',
			'account_number',
			'period',
			'accumulated',
			'2026-01',
			'2026-02',
			'2026-03',
			'kind',
			'tenant_id',
		]);
		expect(whole).toContainEqual(expect.objectContaining(account));
	});

	it('has the same columns in each of its rows: n8n shows undefined where one lacks what another has', async () => {
		for (const parameters of [
			{ resource: 'account', operation: 'getAll', returnAll: true },
			{ resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } },
			{ resource: 'report', operation: 'incomeStatement', period: '2026-Q1' },
			{ resource: 'report', operation: 'checkLedger', period: '2026-01' },
		]) {
			const [whole, rows] = [await run(1, parameters), await run(1.1, parameters)];
			expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1);
			// What a row has of its own stays as it is; what it lacks is empty.
			for (const [index, row] of rows.entries()) {
				for (const [name, value] of Object.entries(row)) {
					const given = whole[index]?.[name];
					if (given !== undefined && given !== null) expect([name, value]).toEqual([name, given]);
					else if (!['amount', 'accounts'].includes(name)) expect([name, value === '' || value === null]).toEqual([name, true]);
				}
			}
		}
	});

	it('has the same columns also where rows differ in what happened to them, and no more than ten', async () => {
		const before = await run(1.1, { ...list, limit: 2 });
		const reversed = before[0]?.id;
		await run(1.1, { resource: 'journalEntry', operation: 'reverse', journalEntryId: String(reversed), date: '2026-03-31' });
		const after = await run(1.1, { ...list, limit: 20 });
		expect(after.map(({ id }) => id)).toContain(reversed);
		expect(new Set(after.map((row) => Object.keys(row).join())).size).toBe(1);
		const names = Object.keys(after[0] ?? {});
		expect(names).toEqual(expect.arrayContaining(['reverses', 'reversed_by']));
		expect(names.length).toBeLessThanOrEqual(10);
		expect(names.at(-1)).toBe('tenant_id');
		expect(after.find(({ id }) => id !== reversed && after.every((one) => one.reversed_by !== id))?.reversed_by).toBe('');
	});

	it('says of entries that were posted beside one that was there whether each was', async () => {
		const json = (number: string): INodeParameters => ({
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			number: `=${number}`,
			lines: {
				line: [
					{ account: '1930', debit: '10' },
					{ account: '3004', credit: '10' },
				],
			},
		});
		await run(1.1, json('COLUMN-1'));
		const both = await world.run(json('{{ $json.number }}'), { typeVersion: 1.1, input: [{ number: 'COLUMN-1' }, { number: 'COLUMN-2' }] });
		expect(both.error).toBeUndefined();
		expect(both.json().map(({ number, already_posted }) => [number, already_posted])).toEqual([
			['COLUMN-1', true],
			['COLUMN-2', false],
		]);
	});

	it('has the boxes of a VAT return in the order of the form', async () => {
		const [short = {}] = await run(1.1, { resource: 'vatReturn', operation: 'get', period: '2026-Q1' });
		const names = Object.keys(short.form as IDataObject);
		expect(names[0]).toBe('05 Sales with VAT');
		expect(names.at(-1)).toMatch(/^49 VAT to pay/);
		const boxes = short.boxes as IDataObject;
		const amounts = Object.fromEntries(Object.entries(short.form as IDataObject).map(([name, amount]) => [name.slice(0, 2), amount]));
		expect(amounts).toEqual(boxes);
		const [full = {}] = await run(1, { resource: 'vatReturn', operation: 'get', period: '2026-Q1' });
		expect(
			Object.keys(full.form as IDataObject)
				.map((name) => name.slice(0, 2))
				.sort(),
		).toEqual(Object.keys(full.boxes as IDataObject).sort());
	});

	/** Two lines of 10.00, checked only. */
	const checked = async (): Promise<IDataObject[]> => {
		const lines = {
			line: [
				{ account: '1930', debit: '10' },
				{ account: '3004', credit: '10' },
			],
		};
		return await run(1.1, {
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			lines,
			options: { dryRun: true },
		});
	};

	it('keeps the proposal of a simplified check, which is what an approval needs', async () => {
		const [item = {}] = await checked();
		expect(item.proposal).toMatch(/^n8p1\./);
	});

	it('says first of a simplified check that nothing was posted', async () => {
		const [item = {}] = await checked();
		expect(Object.keys(item).slice(0, 2)).toEqual(['dry_run', 'posted']);
		expect(item).toMatchObject({ dry_run: true, posted: false, amount: 10, accounts: '1930, 3004' });
	});
});
