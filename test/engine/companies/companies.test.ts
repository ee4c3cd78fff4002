import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_NODE, ACCOUNTING_TRIGGER } from '../../../engine';
import { ENTRY, interleaved, meantFor, startFirm, type Firm } from '../support/firm';

const BY_PARAMETER = { ...ENTRY, tenantId: '={{ $json.tenant }}' };

describe('two companies in one run', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(2);
	});
	afterEach(async () => {
		await firm.close();
	});

	function expectLedgers(items: readonly IDataObject[]): void {
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
	}

	it.each([
		['an expression in the node', BY_PARAMETER, {}],
		['an expression in the credential', ENTRY, { tenantId: '={{ $json.tenant }}' }],
		['the node before the credential', BY_PARAMETER, { tenantId: '9999' }],
	])('post each item to the books that it names: %s', async (_, parameters, credential) => {
		Object.assign(firm.stored.service.data, credential);
		const items = interleaved(firm.tenants, 3);
		const result = await firm.run(parameters, { input: items });
		expect(result.error).toBeUndefined();
		expectLedgers(items);
		// In the order of the input, each saying whose books it speaks of.
		expect(result.json().map(({ number, tenant_id }) => ({ number, tenant: tenant_id }))).toEqual(
			items.map(({ number, tenant }) => ({ number, tenant })),
		);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => [{ item }]));
		expect(firm.sandbox.log.every(({ status }) => status < 300)).toBe(true);
		// Nothing of a token is stored, or leaves the node.
		expect(JSON.stringify([firm.stored.service, result.json(), result.hints()])).not.toMatch(/eyJ/);
	});

	it('go to the other company once the credential is edited, without an error', async () => {
		firm.stored.service.data.tenantId = '1001';
		const items = interleaved(firm.tenants, 1);
		expect((await firm.run(ENTRY, { input: items.slice(0, 1) })).error).toBeUndefined();
		firm.stored.service.data.tenantId = '01002';
		expect((await firm.run(ENTRY, { input: items.slice(1) })).error).toBeUndefined();
		expectLedgers(items);
		const company = await firm.run({ resource: 'company', operation: 'get' });
		expect(company.json()).toMatchObject([{ name: 'Klient 1002 AB', tenant_id: 1002 }]);
	});

	it('are one company where its number is spelt in two ways', async () => {
		const items = interleaved([1001], 4);
		const spelt = items.map((item, index) => ({ ...item, spelling: index % 2 ? '01001' : 1001 }));
		const result = await firm.run({ ...ENTRY, tenantId: '={{ $json.spelling }}' }, { input: spelt });
		expect(result.error).toBeUndefined();
		expectLedgers(items);
		expect(firm.sandbox.log.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
	});

	it('group input items by company before they group them to entries', async () => {
		const items = firm.tenants.flatMap((tenant) => [
			{ tenant, account: '1930', debit: tenant },
			{ tenant, account: '3004', credit: tenant },
		]);
		const shuffled = [0, 2, 1, 3].map((index) => ({ invoice: 7, ...items[index] }));
		const result = await firm.run(
			{ ...BY_PARAMETER, number: '={{ $json.invoice }}', description: 'Row', linesSource: 'inputItems', groupBy: 'invoice' },
			{ input: shuffled },
		);
		expect(result.error).toBeUndefined();
		expect(firm.ledger(1001)).toEqual(['A1 Row 1930:100100 3004:-100100']);
		expect(firm.ledger(1002)).toEqual(['A1 Row 1930:100200 3004:-100200']);
		expect(result.json().map(({ tenant_id }) => tenant_id)).toEqual([1001, 1002]);
	});

	describe('with On Error: Stop', () => {
		it('post nothing to any where an entry of one is refused', async () => {
			const items = [...interleaved(firm.tenants, 2), { tenant: 1002, number: 'bad', amount: -1 }];
			const { error } = await firm.run(BY_PARAMETER, { input: items });
			expect(error).toMatchObject({ context: { itemIndex: 4 } });
			expect(error?.message).toContain('Nothing was posted.');
			expectLedgers([]);
		});

		it('post nothing to any where the ledger of one refuses an entry', async () => {
			firm.sandbox.company(1002).setLocked('2026-06-30');
			const items = interleaved(firm.tenants, 2);
			const { error } = await firm.run(BY_PARAMETER, { input: items });
			expect(error).toMatchObject({ context: { error_code: 'ERROR_PERIOD_CLOSED', itemIndex: 1 } });
			expectLedgers([]);
		});

		it('post nothing to any where an item names no company', async () => {
			const items = [...interleaved(firm.tenants, 1), { number: 'x', amount: 1 }];
			const { error } = await firm.run(BY_PARAMETER, { input: items });
			expect(error).toMatchObject({ context: { error_code: 'ERROR_EXPRESSION_EMPTY', itemIndex: 2 } });
			expect(firm.sandbox.log).toEqual([]);
		});

		it('say for each company what stands in its ledger where one fails at posting', async () => {
			const items = interleaved(firm.tenants, 3);
			firm.sandbox.faults.add({ kind: 'licenceMissing', method: 'POST', path: /^\/3\/vouchers$/, skip: 3, times: 1 });
			const { error } = await firm.run(BY_PARAMETER, { input: items });
			expect(error).toMatchObject({ context: { error_code: 'ERROR_CONNECTOR_AUTHENTICATION' } });
			const posted = firm.tenants.map((tenantId) => firm.ledger(tenantId).length);
			expect(posted[0]).toBeGreaterThan(0);
			expect(posted[1]).toBeGreaterThan(0);
			expect(Math.min(...posted)).toBeLessThan(3);
			for (const [index, tenantId] of firm.tenants.entries()) {
				const told = `Company ${tenantId}: ${posted[index]} of the run's 3 entries are in the ledger`;
				expect(error?.message).toContain(told);
			}
			// Running it again posts what is missing, and nothing twice.
			expect((await firm.run(BY_PARAMETER, { input: items })).error).toBeUndefined();
			expectLedgers(items);
		});
	});

	describe('with On Error: Continue', () => {
		it('post the good entries, and name the company on the items of the bad ones', async () => {
			const items = [...interleaved(firm.tenants, 2), { tenant: 1002, number: 'bad', amount: -1 }, { number: 'x', amount: 1 }];
			const result = await firm.run(BY_PARAMETER, { input: items, onError: 'continueRegularOutput' });
			expect(result.json().map(({ tenant_id, error_code }) => [tenant_id, error_code ?? null])).toEqual([
				[1001, null],
				[1002, null],
				[1001, null],
				[1002, null],
				[1002, 'ERROR_DEBIT_CREDIT_VALUE'],
				[null, 'ERROR_EXPRESSION_EMPTY'],
			]);
			expectLedgers(items.slice(0, 4));
		});

		it.each([
			['x', 'ERROR_DATA_VALIDATION'],
			['', 'ERROR_EXPRESSION_EMPTY'],
		])('post no entry without the lines that name no company (%j)', async (nobody, code) => {
			const entry = (tenant: number | string, invoice: number): IDataObject[] => [
				{ tenant, invoice, account: '1930', debit: 1 },
				{ tenant, invoice, account: '3004', credit: 1 },
			];
			const input = [...entry(1001, 7), ...entry(nobody, 7), ...entry(1002, 8)];
			const grouped = {
				...BY_PARAMETER,
				number: '={{ $json.invoice }}',
				description: 'Row',
				linesSource: 'inputItems',
				groupBy: 'invoice',
			};
			const result = await firm.run(grouped, { input, onError: 'continueRegularOutput' });
			expect(result.json().map(({ tenant_id, error_code }) => [tenant_id, error_code ?? null])).toEqual([
				[1001, 'ERROR_DATA_VALIDATION'],
				[null, code],
				[null, code],
				[1002, null],
			]);
			expect(JSON.stringify(result.json()[0])).toContain("item 2 is of the group '7' too");
			expect([firm.ledger(1001), firm.ledger(1002)]).toEqual([[], ['A1 Row 1930:100 3004:-100']]);
			const one = await firm.run(
				{ ...grouped, number: 'one', groupBy: '' },
				{ input: input.slice(0, 4), onError: 'continueRegularOutput' },
			);
			expect(one.json().every(({ error_code }) => error_code !== undefined)).toBe(true);
			expect(firm.ledger(1001)).toEqual([]);
		});

		it('send the bad ones to the error output', async () => {
			const items = [...interleaved(firm.tenants, 1), { tenant: 1002, number: 'bad', amount: -1 }];
			const result = await firm.run(BY_PARAMETER, { input: items, onError: 'continueErrorOutput' });
			expect(result.json('Node', 0).map(({ tenant_id }) => tenant_id)).toEqual([1001, 1002]);
			expect(result.json('Node', 1)).toMatchObject([{ tenant_id: 1002, error_code: 'ERROR_DEBIT_CREDIT_VALUE' }]);
			expectLedgers(items.slice(0, 2));
		});
	});

	it('of two executions at once that post the same entries in the other order, one posts and both end', async () => {
		const items = interleaved(firm.tenants, 2);
		const results = await Promise.all([firm.run(BY_PARAMETER, { input: items }), firm.run(BY_PARAMETER, { input: [...items].reverse() })]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toHaveLength(2);
		const returned = results.flatMap((result) => result.json());
		expect(returned.filter(({ already_posted }) => already_posted === true)).toHaveLength(4);
	});

	it('refuse what is no tenant id, or an expression that gives nothing, and send nothing', async () => {
		const refused = [
			['={{ $json.nope }}', 'ERROR_EXPRESSION_EMPTY'],
			['=10{{ $json.nope }}', 'ERROR_EXPRESSION_EMPTY'],
			['abc', 'ERROR_DATA_VALIDATION'],
			['0', 'ERROR_DATA_VALIDATION'],
			['', 'ERROR_COMPANY_MISSING'],
		];
		for (const [tenantId, code] of refused) {
			const { error } = await firm.run({ ...ENTRY, tenantId }, { input: [{ number: 'x', amount: 1 }] });
			expect(error).toMatchObject({ context: { error_code: code, itemIndex: 0 } });
			expect(error?.message).toContain('tenantId: ');
		}
		expect(firm.sandbox.log).toEqual([]);
	});

	it('are followed by the lists of the editor', async () => {
		for (const { series } of firm.sandbox.company(1002).years.values()) {
			series.set('Q', { code: 'Q', description: 'Bara här', manual: true, nextNumber: 1 });
		}
		const list = async (tenantId: string) =>
			await firm.engine.listSearch(ACCOUNTING_NODE, 'searchJournals', {
				parameters: { authentication: 'serviceAccount', tenantId },
				filter: 'bara',
			});
		expect((await list('1001')).results).toEqual([]);
		expect((await list('1002')).results).toEqual([{ name: 'Q Bara här', value: 'Q' }]);
		await expect(list('={{ $json.tenant }}')).rejects.toThrow(/has no value in the editor yet/);
		await expect(list('')).rejects.toThrow(/neither the node nor the credential/);
	});

	it('each have their own trigger', async () => {
		const poll = async (tenantId: string, staticData: IDataObject) =>
			await firm.engine.poll(ACCOUNTING_TRIGGER, { authentication: 'serviceAccount', tenantId, triggerOn: 'periodLocked' }, { staticData });
		const state = {};
		expect(await poll('1002', state)).toBeNull();
		firm.sandbox.company(1002).setLocked('2026-01-31');
		expect((await poll('1002', state))?.[0]?.map(({ json }) => json)).toEqual([
			{ locked_until: '2026-01-31', previously_locked_until: null, tenant_id: 1002 },
		]);
		await expect(poll('', {})).rejects.toThrow(/neither the node nor the credential/);
	});

	it('make a table, company by company', async () => {
		const result = await firm.run(
			{ resource: 'company', operation: 'get', tenantId: '={{ $json.tenant }}' },
			{ input: [{ tenant: 1002 }, { tenant: 1001 }, { tenant: 1002 }] },
		);
		expect(result.json().map(({ name, tenant_id }) => [name, tenant_id])).toEqual([
			['Klient 1002 AB', 1002],
			['Klient 1001 AB', 1001],
			['Klient 1002 AB', 1002],
		]);
	});
});
