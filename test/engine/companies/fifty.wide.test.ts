import { ENTRY, interleaved, meantFor, startFirm, type Firm } from '../support/firm';

const BY_PARAMETER = { ...ENTRY, tenantId: '={{ $json.tenant }}' };

describe('fifty companies', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(50);
	});
	afterEach(async () => {
		await firm.close();
	});

	it('are posted to in one run, each its own entries in its own order, with one token each', async () => {
		const items = interleaved(firm.tenants, 3);
		const result = await firm.run(BY_PARAMETER, { input: items });
		expect(result.error).toBeUndefined();
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
		expect(result.json().map(({ number }) => number)).toEqual(items.map(({ number }) => number));
		expect(firm.sandbox.log.filter(({ path }) => path.endsWith('/token'))).toHaveLength(50);
	});

	it('lose only the items of the one that took its consent back', async () => {
		firm.sandbox.revoke(1017);
		const items = interleaved(firm.tenants, 2);
		const result = await firm.run(BY_PARAMETER, { input: items, onError: 'continueRegularOutput' });
		const failed = result.json().filter(({ error }) => error !== undefined);
		expect(failed.map(({ tenant_id, error_code }) => [tenant_id, error_code])).toEqual([
			[1017, 'ERROR_CONNECTOR_AUTHENTICATION'],
			[1017, 'ERROR_CONNECTOR_AUTHENTICATION'],
		]);
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(tenantId === 1017 ? [] : meantFor(tenantId, items));
	});

	it('get nothing at all where one took its consent back, with On Error: Stop', async () => {
		firm.sandbox.revoke(1017);
		const { error } = await firm.run(BY_PARAMETER, { input: interleaved(firm.tenants, 1) });
		expect(error?.message).toMatch(/no consent of this company.*1017/);
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual([]);
	});
});
