import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_NODE, type EngineWorkflow } from '../../../engine';
import { startFirm } from '../support/firm';

const folder = join(__dirname, '../../../examples');
const workflow = (file: string): EngineWorkflow => JSON.parse(readFileSync(join(folder, file), 'utf8')) as EngineWorkflow;

it('the example gives every company its own trial balance, and says which company took its consent back', async () => {
	const firm = await startFirm(3);
	try {
		for (const tenantId of firm.tenants) {
			firm.sandbox.company(tenantId).addVoucher({
				date: '2026-05-04',
				description: 'Sale',
				rows: [
					{ account: 1930, debit: tenantId * 100 },
					{ account: 3001, credit: tenantId * 100 },
				],
			});
		}
		firm.sandbox.revoke(1003);
		const { nodes } = workflow('trial-balances-of-all-companies.json');
		const node = nodes.find(({ type }) => type === ACCOUNTING_NODE);
		if (node === undefined) throw new Error('The example has no node of the package');
		expect(node.parameters).toMatchObject({ period: 'last-month' });
		const input = firm.tenants.map((tenant) => ({ tenant }));
		const result = await firm.run({ ...node.parameters, period: '2026-05' }, { input, onError: node.onError });
		const rows = result.json();
		for (const tenantId of [1001, 1002]) {
			const closing = rows.filter((row) => row.tenant_id === tenantId && row.account_number === '1930');
			expect(closing).toMatchObject([{ opening_balance: 0, debit: tenantId, credit: 0, closing_balance: tenantId }]);
		}
		expect(rows.filter(({ tenant_id }) => tenant_id === 1003)).toMatchObject([{ error_code: 'ERROR_CONNECTOR_AUTHENTICATION' }]);
	} finally {
		await firm.close();
	}
});

/** A Code node of an example, on items that the nodes before it gave. */
function runCode(code: unknown, items: readonly IDataObject[]): IDataObject[] {
	const $input = { all: () => items.map((json) => ({ json })) };
	const output = runInNewContext(`(() => { ${String(code)} })()`, { $input }) as Array<{ json: IDataObject }>;
	return output.map(({ json }) => ({ ...json }));
}

it('the example of key figures has a row for every company, and says which one could not be read', async () => {
	const firm = await startFirm(3);
	try {
		for (const tenantId of firm.tenants) {
			const book = (date: string, rows: ReadonlyArray<readonly [account: number, ore: number]>): void => {
				firm.sandbox.company(tenantId).addVoucher({
					date,
					description: 'Verifikat',
					rows: rows.map(([account, ore]) => ({ account, ...(ore > 0 ? { debit: ore } : { credit: -ore }) })),
				});
			};
			book('2026-04-04', [
				[1930, 500_00],
				[3001, -500_00],
			]);
			book('2026-05-04', [
				[1930, tenantId * 100],
				[3001, -tenantId * 100],
			]);
			book('2026-05-05', [
				[5410, 300_00],
				[1930, -300_00],
			]);
			book('2026-05-31', [
				[8410, 10_00],
				[1930, -10_00],
			]);
		}
		firm.sandbox.revoke(1003);
		const { nodes } = workflow('key-figures-of-all-companies.json');
		const node = (name: string) => nodes.find((each) => each.name === name);
		const input = firm.tenants.map((tenant) => ({ tenant }));
		const items: IDataObject[] = [];
		for (const name of ['Income Statement', 'Balance Sheet']) {
			expect(node(name)?.parameters).toMatchObject({ period: 'last-month' });
			items.push(...(await firm.run({ ...node(name)?.parameters, period: '2026-05' }, { input, onError: node(name)?.onError })).json());
		}
		const rows = runCode(node('Key Figures')?.parameters.jsCode, items);
		const figures = (tenantId: number): IDataObject => ({
			Company: tenantId,
			Month: '2026-05',
			'Net sales': tenantId,
			'Net sales since start of year': tenantId + 500,
			'Net sales a year ago': null,
			'Result after financial items': tenantId - 310,
			'Result since start of year': tenantId + 190,
			Liquidity: tenantId + 190,
			Equity: 0,
			'Total assets': tenantId + 190,
			Error: null,
		});
		expect(rows.slice(0, 2)).toEqual([figures(1001), figures(1002)]);
		expect(rows[2]).toMatchObject({ Company: 1003, 'Net sales': null, Error: expect.stringMatching(/consent/i) });
	} finally {
		await firm.close();
	}
});

it('the example of VAT has a row for every company: its boxes, what its checks found, and which one could not be read', async () => {
	const firm = await startFirm(3);
	try {
		const sell = (tenantId: number, base: number, vat: number): void => {
			firm.sandbox.company(tenantId).addVoucher({
				date: '2026-05-04',
				description: 'Försäljning',
				rows: [
					{ account: 1930, debit: base + vat },
					{ account: 3001, credit: base },
					{ account: 2611, credit: vat },
				],
			});
		};
		sell(1001, 1_000_00, 250_00);
		// VAT of 25 % that is 12 %
		sell(1002, 2_000_00, 240_00);
		firm.sandbox.revoke(1003);
		const { nodes } = workflow('vat-of-all-companies.json');
		const node = (name: string) => nodes.find((each) => each.name === name);
		expect(runCode(node('Our Companies')?.parameters.jsCode, [])).toEqual([1001, 1002].map((tenant) => ({ tenant, period: 'last-month' })));
		const input = firm.tenants.map((tenant) => ({ tenant, period: '2026-05' }));
		const own = node('VAT Return');
		const items = (await firm.run({ ...own?.parameters }, { input, typeVersion: own?.typeVersion, onError: own?.onError })).json();
		const rows = runCode(node('Row per Company')?.parameters.jsCode, items);
		const period = { From: '2026-05-01', To: '2026-05-31' };
		expect(rows[0]).toEqual({ Company: 1001, ...period, 'To Pay': 250, '05': 1000, 10: 250, Checks: '', Error: null });
		expect(rows[1]).toMatchObject({
			Company: 1002,
			...period,
			'To Pay': 240,
			'05': 2000,
			10: 240,
			Checks: expect.stringMatching(/Box 10 has VAT of 240/),
		});
		expect(rows[2]).toMatchObject({ Company: 1003, 'To Pay': null, '05': null, Error: expect.stringMatching(/consent/i) });
	} finally {
		await firm.close();
	}
});
