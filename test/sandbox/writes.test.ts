import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, voucher, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
});
afterEach(() => sandbox.close());

describe('Deleting a voucher', () => {
	const remove = async (path: string, token?: string) => (await call(path, { method: 'DELETE', token })).status;

	it('takes the newest of its series alone, and gives its number out again', async () => {
		const before = sandbox.company().trialBalance(4);
		await call('/3/vouchers?financialyear=4', { body: voucher() });
		expect([await remove('/3/vouchers/A/4?financialyear=4'), await remove('/3/vouchers/A/5?financialyear=4')]).toEqual([400, 204]);
		expect(sandbox.company().trialBalance(4)).toEqual(before);
		expect((await call('/3/vouchers?financialyear=4', { body: voucher() })).json).toMatchObject({ Voucher: { VoucherNumber: 5 } });
	});

	it('needs a scope of its own, and an open period', async () => {
		await call('/3/vouchers?financialyear=4', { body: voucher() });
		const token = sandbox.issueTokens({ scopes: ['bookkeeping'] }).access_token;
		expect(await remove('/3/vouchers/A/5?financialyear=4', token)).toBe(400);
		sandbox.company().setLocked('2026-12-31');
		expect(await remove('/3/vouchers/A/5?financialyear=4')).toBe(400);
		expect(sandbox.company().voucher('A', 5, 4)).toBeDefined();
	});
});

describe('Cost centers and projects', () => {
	it('can be made, changed and removed, and rule what can be posted', async () => {
		const row = (fields: object) =>
			voucher({
				VoucherRows: [
					{ Account: 6110, Debit: 1, ...fields },
					{ Account: 1930, Credit: 1 },
				],
			});
		const post = async (fields: object) => (await call('/3/vouchers?financialyear=4', { body: row(fields) })).status;
		expect([await post({ CostCenter: 'NY' }), await post({ Project: '77' })]).toEqual([400, 400]);
		await call('/3/costcenters', { body: { CostCenter: { Code: 'NY', Description: 'Nytt' } } });
		await call('/3/projects', { body: { Project: { ProjectNumber: '77', Description: 'Nytt', EndDate: '2026-12-31' } } });
		expect([await post({ CostCenter: 'NY' }), await post({ Project: '77' })]).toEqual([201, 201]);
		await call('/3/costcenters/NY', { method: 'PUT', body: { CostCenter: { Active: false } } });
		await call('/3/projects/77', { method: 'PUT', body: { Project: { EndDate: '2026-05-04' } } });
		expect([await post({ CostCenter: 'NY' }), await post({ Project: '77' })]).toEqual([400, 400]);
		await call('/3/projects/77', { method: 'PUT', body: { Project: { EndDate: 'API_BLANK' } } });
		expect(await post({ Project: '77' })).toBe(201);
		for (const path of ['/3/costcenters/NY', '/3/projects/77']) {
			expect((await call(path, { method: 'DELETE' })).status).toBe(204);
			expect((await call(path)).status).toBe(404);
		}
	});
});

it.each([
	['periodLocked', { code: 2002141, message: 'Perioden är låst.' }, { TransactionDate: '2025-12-31' }, 3],
	[
		'accountInactive',
		{ code: 2999002, message: 'Valt bokföringskonto är inaktivt.' },
		{
			VoucherRows: [
				{ Account: 6580, Debit: 1 },
				{ Account: 1930, Credit: 1 },
			],
		},
		4,
	],
] as const)('%s can be said in the other words that help pages quote', async (name, text, fields, year) => {
	sandbox.settings.placeholderErrors[name] = text;
	const reply = await call(`/3/vouchers?financialyear=${year}`, { body: voucher(fields) });
	expect([reply.status, reply.json]).toEqual([400, { ErrorInformation: { error: 1, ...text } }]);
});
