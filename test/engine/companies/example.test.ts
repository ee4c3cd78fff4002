import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ACCOUNTING_NODE, type EngineWorkflow } from '../../../engine';
import { startFirm } from '../support/firm';

const example = JSON.parse(readFileSync(join(__dirname, '../../../examples/trial-balances-of-all-companies.json'), 'utf8')) as EngineWorkflow;

jest.setTimeout(60_000);

it('the example gives every company its own trial balance, and says which company took its consent back', async () => {
	const firm = await startFirm(3);
	try {
		for (const tenantId of firm.tenants) {
			firm.sandbox.company(tenantId).addVoucher({
				date: '2026-05-04',
				description: 'Sale',
				rows: [{ account: 1930, debit: tenantId * 100 }, { account: 3001, credit: tenantId * 100 }],
			});
		}
		firm.sandbox.revoke(1003);
		const node = example.nodes.find(({ type }) => type === ACCOUNTING_NODE);
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
