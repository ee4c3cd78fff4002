import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
	company.addVouchers(400, { yearId: 4, seed: 16 });
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

async function trialBalance(parameters: INodeParameters): Promise<IDataObject[]> {
	const result = await world.run({ resource: 'report', operation: 'trialBalance', ...parameters });
	expect(result.error).toBeUndefined();
	return result.json();
}

/** An account's figures between two days, from the sandbox's rows, in SEK. */
function truth(account: number, yearId: number, from: string, to: string) {
	let opening = company.year(yearId).accounts.get(account)?.broughtForward ?? 0;
	let [debit, credit] = [0, 0];
	for (const { date, rows } of company.vouchers(yearId)) {
		for (const row of rows) {
			if (row.removed || row.account !== account || date > to) continue;
			if (date < from) opening += row.debit - row.credit;
			else [debit, credit] = [debit + row.debit, credit + row.credit];
		}
	}
	return { opening_balance: opening / 100, debit: debit / 100, credit: credit / 100, closing_balance: (opening + debit - credit) / 100 };
}

describe('the trial balance', () => {
	it.each([
		['a month', { period: '2026-03' }, '2026-03-01', '2026-03-31'],
		['days inside months', { dateFrom: '2026-02-10', dateTo: '2026-04-05' }, '2026-02-10', '2026-04-05'],
		['months by their names', { dateFrom: '2026-02', dateTo: '2026-03' }, '2026-02-01', '2026-03-31'],
		['a whole year', { period: '2026' }, '2026-01-01', '2026-12-31'],
	])('of %s is exact for every account, and its totals are 0', async (_, parameters, from, to) => {
		const rows = await trialBalance(parameters);
		const accounts = rows.filter(({ kind }) => kind === 'account');
		expect(accounts.length).toBeGreaterThan(15);
		for (const row of accounts) expect(row).toMatchObject(truth(Number(row.account_number), 4, from, to));
		const shown = new Set(accounts.map(({ account_number }) => Number(account_number)));
		for (const { number } of company.year(4).accountsByNumber()) {
			if (!shown.has(number))
				expect([number, truth(number, 4, from, to)]).toEqual([number, { opening_balance: 0, debit: 0, credit: 0, closing_balance: 0 }]);
		}
		const total = rows.at(-1);
		expect(total).toMatchObject({ kind: 'total', opening_balance: 0, closing_balance: 0 });
		expect(total?.debit).toBe(total?.credit);
	});

	it('takes names from the register, and at most seven requests', async () => {
		const [account] = (await trialBalance({ period: '2026-03' })).filter(({ account_number }) => account_number === '1930');
		expect(account?.label).toBe(company.year(4).accounts.get(1930)?.description);
		expect(world.requests('GET', /^\/3\//).length).toBeLessThanOrEqual(7);
	});

	it('of two years with computed opening balances adds up, and is what the general ledger says', async () => {
		for (const [date, amount] of [
			['2024-12-31', 100_000],
			['2025-12-31', 1_000],
		] as const) {
			company.addVoucher({
				date,
				description: 'Late',
				rows: [
					{ account: 1930, debit: amount },
					{ account: 3004, credit: amount },
				],
			});
		}
		const wanted = { dateFrom: '2025-01-01', dateTo: '2026-12-31', options: { openingBalances: 'computed' } };
		const row = (await trialBalance(wanted)).find(({ id }) => id === '1930');
		const ledger = await world.run({ resource: 'account', operation: 'getLedger', accounts: '1930', ...wanted });
		const [opening, debit, credit, closing] = ['opening_balance', 'debit', 'credit', 'closing_balance'].map((name) => Number(row?.[name]));
		expect((opening ?? 0) + (debit ?? 0) - (credit ?? 0)).toBeCloseTo(closing ?? 0, 2);
		expect(closing).toBe(ledger.json()[0]?.closing_balance);
	});
});
