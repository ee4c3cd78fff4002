import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startFirm, type Firm } from '../support/firm';

interface Written {
	name: string;
	parameters: INodeParameters;
	/** What the register of a company says of what the operation writes. */
	stands(firm: Firm, tenantId: number): unknown;
	before: unknown;
	after: unknown;
	/** Makes the operation impossible in a company. */
	spoil(firm: Firm, tenantId: number): void;
	spoilt: string;
}

const yearOf = (firm: Firm, tenantId: number) => firm.sandbox.company(tenantId).year('2026-06-01');

const OPERATIONS: Written[] = [
	{
		name: 'account.create',
		parameters: { resource: 'account', operation: 'create', number: '6994', name: 'Egen' },
		stands: (firm, tenantId) => yearOf(firm, tenantId).accounts.get(6994)?.description ?? null,
		before: null,
		after: 'Egen',
		spoil: (firm, tenantId) => {
			const template = yearOf(firm, tenantId).accounts.get(6110);
			if (template) yearOf(firm, tenantId).setAccount({ ...template, number: 6994, description: 'Annan' });
		},
		spoilt: 'ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS',
	},
	{
		name: 'account.update',
		parameters: { resource: 'account', operation: 'update', accountNumber: '6110', updateFields: { name: 'Egen' } },
		stands: (firm, tenantId) => yearOf(firm, tenantId).accounts.get(6110)?.description,
		before: 'Kontorsmaterial',
		after: 'Egen',
		spoil: (firm, tenantId) => void yearOf(firm, tenantId).accounts.delete(6110),
		spoilt: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
	},
	{
		name: 'bankAccount.create',
		parameters: {
			resource: 'bankAccount',
			operation: 'create',
			number: '1937',
			bankName: 'SEB',
			currency: 'SEK',
			additionalFields: { iban: 'SE45 5000 0000 0583 9825 7466' },
		},
		stands: (firm, tenantId) => yearOf(firm, tenantId).accounts.get(1937)?.description ?? null,
		before: null,
		after: expect.stringContaining('SEB'),
		spoil: (firm, tenantId) => {
			const template = yearOf(firm, tenantId).accounts.get(1930);
			if (template) yearOf(firm, tenantId).setAccount({ ...template, number: 1937, description: 'Annan' });
		},
		spoilt: 'ERROR_BANK_CODE_ALREADY_USED',
	},
	{
		name: 'journal.create',
		parameters: { resource: 'journal', operation: 'create', code: 'NY', name: 'Egen' },
		stands: (firm, tenantId) => yearOf(firm, tenantId).series.get('NY')?.description ?? null,
		before: null,
		after: 'Egen',
		spoil: (firm, tenantId) => {
			yearOf(firm, tenantId).series.set('NY', { code: 'NY', description: 'Annan', manual: true, nextNumber: 1 });
		},
		spoilt: 'ERROR_JOURNAL_ALREADY_EXISTS',
	},
	{
		name: 'journal.update',
		parameters: { resource: 'journal', operation: 'update', journalId: 'A', updateFields: { name: 'Egen' } },
		stands: (firm, tenantId) => yearOf(firm, tenantId).series.get('A')?.description,
		before: 'Redovisning',
		after: 'Egen',
		spoil: (firm, tenantId) => void yearOf(firm, tenantId).series.delete('A'),
		spoilt: 'ERROR_JOURNAL_NOT_FOUND',
	},
	{
		name: 'financialYear.create',
		parameters: { resource: 'financialYear', operation: 'create', dateFrom: '2028-01-01', dateTo: '2028-12-31' },
		stands: (firm, tenantId) => [...firm.sandbox.company(tenantId).years.values()].filter(({ fromDate }) => fromDate >= '2028').length,
		before: 0,
		after: 1,
		spoil: (firm, tenantId) => void firm.sandbox.company(tenantId).addYear('2028-01-01', '2028-06-30'),
		spoilt: 'ERROR_DATA_VALIDATION',
	},
];

describe.each(OPERATIONS)('$name in two companies, with On Error: Stop', ({ parameters, stands, before, after, spoil, spoilt }) => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(2);
	});
	afterEach(async () => {
		await firm.close();
	});

	const byTenant: INodeParameters = { ...parameters, tenantId: '={{ $json.tenant }}' };
	const input: IDataObject[] = [{ tenant: 1001 }, { tenant: 1002 }];
	const standing = () => [stands(firm, 1001), stands(firm, 1002)];
	const writes = () => firm.sandbox.log.filter(({ method, path }) => method !== 'GET' && path.startsWith('/3/'));

	it('writes to both', async () => {
		const result = await firm.run(byTenant, { input });
		expect(result.error).toBeUndefined();
		expect(result.json().map(({ tenant_id }) => tenant_id)).toEqual([1001, 1002]);
		expect(standing()).toEqual([after, after]);
	});

	it('writes to neither where one took its consent back', async () => {
		firm.sandbox.revoke(1002);
		const { error } = await firm.run(byTenant, { input });
		expect(error?.message).toMatch(/no consent of this company.*1002/);
		expect(writes()).toEqual([]);
	});

	it('writes to neither where it can not be done in one, and only there where the run may go on', async () => {
		spoil(firm, 1002);
		const { error } = await firm.run(byTenant, { input });
		expect(error).toMatchObject({ context: { error_code: spoilt, itemIndex: 1 } });
		expect(error?.message).toMatch(/Nothing was written\.$/);
		expect(writes()).toEqual([]);
		expect(stands(firm, 1001)).toEqual(before);
		const result = await firm.run(byTenant, { input, onError: 'continueRegularOutput' });
		expect(result.json()).toMatchObject([{ tenant_id: 1001 }, { tenant_id: 1002, error_code: spoilt }]);
		expect(stands(firm, 1001)).toEqual(after);
	});

	it('says for each what stands where writing to one fails', async () => {
		// The companies write side by side; whichever comes second is refused.
		const path = '^/3/(accounts|voucherseries|financialyears)';
		firm.sandbox.faults.add({ kind: 'licenceMissing', method: writeMethod(parameters), path, skip: 1, times: 1 });
		const { error } = await firm.run(byTenant, { input });
		expect(error).toMatchObject({ context: { error_code: 'ERROR_CONNECTOR_AUTHENTICATION' } });
		const counts = standing().map((value) => (JSON.stringify(value) === JSON.stringify(before) ? 0 : 1));
		expect(counts.sort()).toEqual([0, 1]);
		for (const tenantId of firm.tenants) {
			const isThere = JSON.stringify(stands(firm, tenantId)) !== JSON.stringify(before);
			expect(error?.message).toContain(`Company ${tenantId}: Items that stand in Fortnox: ${isThere ? 1 : 0} of 1.`);
		}
		expect((await firm.run(byTenant, { input })).error).toBeUndefined();
		expect(standing()).toEqual([after, after]);
	});
});

function writeMethod({ operation }: INodeParameters): 'POST' | 'PUT' {
	return operation === 'update' ? 'PUT' : 'POST';
}

describe('writing several items to one register, with On Error: Stop', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(1);
	});
	afterEach(async () => {
		await firm.close();
	});

	const create: INodeParameters = {
		resource: 'account',
		operation: 'create',
		tenantId: '1001',
		number: '={{ $json.number }}',
		name: '={{ $json.name }}',
	};
	const accounts = () => [6994, 6995, 6996].filter((number) => yearOf(firm, 1001).accounts.has(number));

	it('writes none where the last of them is refused', async () => {
		const input = [
			{ number: 6994, name: 'Ett' },
			{ number: 6995, name: 'Två' },
			{ number: 6996, name: 'x'.repeat(201) },
		];
		const { error } = await firm.run(create, { input });
		expect(error).toMatchObject({ context: { itemIndex: 2 }, message: expect.stringMatching(/^name: .* Nothing was written\.$/) });
		expect(accounts()).toEqual([]);
	});

	it('says how many stand where Fortnox refuses one', async () => {
		const input = [
			{ number: 6994, name: 'Ett' },
			{ number: 6995, name: 'Två' },
			{ number: 6996, name: 'Tre' },
		];
		firm.sandbox.faults.add({ kind: 'licenceMissing', method: 'POST', path: '^/3/accounts', skip: 1, times: 1 });
		const { error } = await firm.run(create, { input });
		expect(error?.message).toMatch(/Items that stand in Fortnox: 1 of 3\.$/);
		expect(accounts()).toEqual([6994]);
	});

	it('writes the same thing once, also where it is asked for twice in one run', async () => {
		const input = [
			{ number: 6994, name: 'Ett' },
			{ number: 6994, name: 'Ett' },
		];
		const result = await firm.run(create, { input });
		expect(result.json().map(({ already_exists }) => already_exists ?? false)).toEqual([false, true]);
		const other = await firm.run(create, {
			input: [
				{ number: 6995, name: 'Ett' },
				{ number: 6995, name: 'Två' },
			],
		});
		expect(other.error).toMatchObject({ context: { error_code: 'ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS', itemIndex: 1 } });
		expect(yearOf(firm, 1001).accounts.get(6995)?.description).toBe('Ett');
	});
});
