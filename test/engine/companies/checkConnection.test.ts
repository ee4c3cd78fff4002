import type { IDataObject } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';
import { startFirm } from '../support/firm';

const CHECK = { resource: 'company', operation: 'checkConnection' };

function checksIn(json: IDataObject | undefined): Map<string, IDataObject> {
	const checks = json?.checks as IDataObject[];
	return new Map(checks.map((check) => [String(check.name), check]));
}

describe('the check of a connection', () => {
	it('finds nothing to do in a company that is in order, in at most eight requests', async () => {
		const firm = await startFirm(2);
		try {
			const input = firm.tenants.map((tenant) => ({ tenant }));
			const result = await firm.run({ ...CHECK, tenantId: '={{ $json.tenant }}' }, { input });
			expect(result.error).toBeUndefined();
			for (const [index, json] of result.json().entries()) {
				expect(json.tenant_id).toBe(firm.tenants[index]);
				expect([...checksIn(json).values()].filter(({ ok }) => !ok)).toEqual([]);
				expect(json.ok).toBe(true);
			}
			expect(firm.sandbox.log.filter(({ path, tenantId }) => path.startsWith('/3/') && tenantId === 1001).length).toBeLessThanOrEqual(8);
		} finally {
			await firm.close();
		}
	});

	describe('in a company that is not', () => {
		let world: World;
		const check = async (): Promise<{ ok: unknown; checks: Map<string, IDataObject> }> => {
			const result = await world.run(CHECK);
			expect(result.error).toBeUndefined();
			const [json] = result.json();
			return { ok: json?.ok, checks: checksIn(json) };
		};
		afterEach(async () => {
			await world.close();
		});

		it('names every scope that is missing, and the licence that it wants', async () => {
			world = await startWorld({ scopes: ['bookkeeping', 'companyinformation'] });
			const { ok, checks } = await check();
			expect(ok).toBe(false);
			expect(checks.get('scope_bookkeeping')).toMatchObject({ ok: true });
			expect(checks.get('scope_costcenter')).toMatchObject({
				ok: false,
				what_to_do: expect.stringContaining('Bokföring, Order or Kundfaktura'),
			});
			expect(checks.get('scope_archive')).toMatchObject({ ok: true, what_to_do: expect.stringContaining('Arkivplats') });
			expect(checks.get('locked_period')).toMatchObject({ ok: false, what_to_do: expect.stringContaining('settings') });
		});

		it('finds a locked today, no manual series, an approver, an inactive predefined account and balances that were not carried over', async () => {
			world = await startWorld();
			const company = world.sandbox.company();
			const year = company.currentYear();
			if (year === undefined) throw new Error('The company has no financial year now');
			company.setLocked(year.toDate);
			for (const series of year.series.values()) series.manual = series.code === 'A';
			const [manual] = [...year.series.values()].filter((series) => series.manual);
			if (manual) manual.approver = 'Åsa Öberg';
			const vat = company.predefinedAccounts.find(({ name }) => name === 'OUTVAT_MP1');
			const account = year.accounts.get(Number(vat?.account));
			if (account) account.active = false;
			for (const one of year.accounts.values()) one.broughtForward = 0;
			const { ok, checks } = await check();
			expect(ok).toBe(false);
			expect(checks.get('locked_period')).toMatchObject({ ok: false, message: expect.stringContaining(year.toDate) });
			expect(checks.get('voucher_approval')).toMatchObject({ ok: false, message: expect.stringContaining('A (Åsa Öberg)') });
			expect(checks.get('predefined_accounts')).toMatchObject({
				ok: false,
				message: expect.stringContaining(`OUTVAT_MP1 is ${vat?.account}, which is inactive`),
			});
			expect(checks.get('opening_balances')).toMatchObject({
				ok: false,
				message: expect.stringContaining('opens with 0.00 and closed with'),
			});
			for (const series of year.series.values()) series.manual = false;
			expect((await check()).checks.get('manual_series')).toMatchObject({ ok: false });
		});

		it('says that no financial year has today', async () => {
			world = await startWorld();
			const company = world.sandbox.company();
			const now = company.currentYear();
			if (now) company.years.delete(now.id);
			const { ok, checks } = await check();
			expect(ok).toBe(false);
			expect(checks.get('current_financial_year')).toMatchObject({
				ok: false,
				what_to_do: expect.stringContaining('Financial Year > Create'),
			});
			expect(checks.has('opening_balances')).toBe(false);
		});
	});
});
