import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startFirm, type Firm } from '../support/firm';

/** What the node read in one company says so (`tenant_id`); another one has the same accounts and series. */
const CREATE: INodeParameters = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01' };
const OF_ROWS: INodeParameters = { ...CREATE, linesSource: 'inputItems', groupBy: 'entry_id', number: '=COPY-{{ $json.entry_id }}' };
const LINES = '[{"account":"5410","debit":5},{"account":"1930","credit":5}]';
const REFUSED = /^tenant_id: item 0 is of the company 1002, and the node works in the company 1001\. Set Tenant ID of the node to /;

let firm: Firm;
let rows: IDataObject[];
beforeAll(async () => {
	firm = await startFirm(2);
	firm.stored.service.data.tenantId = '1001';
	for (const tenantId of ['1001', '1002'])
		await firm.run({ ...CREATE, tenantId, number: `SEED-${tenantId}`, linesSource: 'json', linesJson: LINES });
	const read = { tenantId: '1002', resource: 'journalEntry', operation: 'getAll', returnAll: true, options: { split: 'rows' } };
	rows = (await firm.run(read)).json();
});
afterAll(async () => await firm.close());

const counts = (): number[] => firm.tenants.map((tenantId) => firm.ledger(tenantId).length);

it('rows that were read in another company are refused', async () => {
	expect(rows.map(({ tenant_id }) => tenant_id)).toEqual([1002, 1002]);
	expect((await firm.run(OF_ROWS, { input: rows })).error?.message).toMatch(REFUSED);
	expect(counts()).toEqual([1, 1]);
});

it('so is a statement', async () => {
	const input = [{ date: '2026-06-01', amount: -5, text: 'Kaffe', tenant_id: 1002 }];
	const { error } = await firm.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input });
	expect(error?.message).toMatch(REFUSED);
});

it.each<[string, INodeParameters]>([
	['get', {}],
	['reverse', {}],
	['addAttachment', { binaryPropertyName: 'data' }],
])('%s refuses an entry by the id of an item of another company', async (operation, more) => {
	const entry: INodeParameters = { resource: 'journalEntry', operation, journalEntryId: '={{ $json.id }}', ...more };
	const file = { data: Buffer.from('%PDF').toString('base64'), mimeType: 'application/pdf', fileName: 'a.pdf' };
	const input = [{ json: { id: rows[0]?.entry_id, tenant_id: 1002 }, binary: { data: file } }];
	expect((await firm.run(entry, { input })).error?.message).toMatch(REFUSED);
	expect(counts()).toEqual([1, 1]);
	// The item is only the row of a list that something else stands in.
	const fixed = { ...entry, operation: 'get', journalEntryId: String(rows[0]?.entry_id) };
	expect((await firm.run(fixed, { input: [{ tenant_id: 1002 }] })).json()).toMatchObject([{ tenant_id: 1001 }]);
});

it('are posted to their own company, and anything else that is called so does not matter', async () => {
	const own = await firm.run({ ...OF_ROWS, tenantId: '={{ $json.tenant_id }}' }, { input: rows });
	expect([own.error?.message, counts()]).toEqual([undefined, [1, 2]]);
	const others = rows.map((row) => ({ ...row, tenant_id: 'e7c1-azure' }));
	expect((await firm.run(OF_ROWS, { input: others })).error).toBeUndefined();
	expect(counts()).toEqual([2, 2]);
});
