import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
	company.addVouchers(500, { yearId: 4, seed: 11 });
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

async function balances(parameters: INodeParameters) {
	const result = await world.run({ resource: 'account', operation: 'getBalances', ...parameters });
	expect(result.error).toBeUndefined();
	return result.json();
}

/** The figures of an account from the sandbox's rows, in SEK. */
function truth(account: number, yearId: number, start: string, end: string): IDataObject {
	const year = company.year(yearId);
	const opening = year.accounts.get(account)?.broughtForward ?? 0;
	const total = { debit: Math.max(opening, 0), credit: Math.max(-opening, 0) };
	const period = { debit: 0, credit: 0 };
	for (const { date, rows } of company.vouchers(yearId)) {
		for (const row of rows) {
			if (row.removed || row.account !== account || date.slice(0, 7) > end) continue;
			total.debit += row.debit;
			total.credit += row.credit;
			if (date.slice(0, 7) < start) continue;
			period.debit += row.debit;
			period.credit += row.credit;
		}
	}
	return {
		account_number: String(account),
		account_name: year.accounts.get(account)?.description ?? null,
		debit: total.debit / 100,
		credit: total.credit / 100,
		balance: (total.debit - total.credit) / 100,
		period_debit: period.debit / 100,
		period_credit: period.credit / 100,
		period_balance: (period.debit - period.credit) / 100,
		tenant_id: 1001,
	};
}

const sumOf = (rows: IDataObject[], field: string) => rows.reduce((sum, row) => sum + Math.round(Number(row[field]) * 100), 0);

describe('balances', () => {
	it('are exact to the öre for every account, in one request for the year', async () => {
		const rows = await balances({ accounts: '', start: '2026-03', end: '202608' });
		expect(rows.length).toBeGreaterThan(15);
		expect(rows).toEqual(rows.map(({ account_number }) => truth(Number(account_number), 4, '2026-03', '2026-08')));
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(1);
		// Years, the file, and the chart for the accounts' names.
		expect(world.requests('GET', /^\/3\//)).toHaveLength(3);
	});

	it('of the whole chart sum to zero', async () => {
		for (const accounts of ['', '1,2,3,4,5,6,7,8']) {
			world.reconnect();
			const rows = await balances({ accounts, end: '2026-12' });
			for (const field of ['balance', 'period_balance']) expect(sumOf(rows, field)).toBe(0);
			expect(sumOf(rows, 'debit')).toBe(sumOf(rows, 'credit'));
		}
	});

	it('without a first month begin the period with the financial year', async () => {
		const [row] = await balances({ accounts: '1930', end: '2026-02' });
		expect(row).toEqual(truth(1930, 4, '2026-01', '2026-02'));
	});

	it('at the end of a year are what the company has', async () => {
		for (const row of await balances({ accounts: '1,2', end: '2025-12' })) {
			expect(Math.round(Number(row.balance) * 100)).toBe(company.balance(Number(row.account_number), 3));
		}
	});

	it('have movements that reach back into earlier years, with one request for each', async () => {
		const [row] = await balances({ accounts: '1930', start: '2025-07', end: '2026-02' });
		const [early, late] = [truth(1930, 3, '2025-07', '2025-12'), truth(1930, 4, '2026-01', '2026-02')];
		expect(row).toMatchObject({ debit: late.debit, credit: late.credit, balance: late.balance });
		expect(sumOf(row ? [row] : [], 'period_debit')).toBe(sumOf([early, late], 'period_debit'));
		expect(sumOf(row ? [row] : [], 'period_credit')).toBe(sumOf([early, late], 'period_credit'));
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(2);
	});

	it('show an account without movements where it was asked for, and refuse one that there is not', async () => {
		const read = async (accounts: string) => await world.run({ resource: 'account', operation: 'getBalances', accounts, end: '2026-02' });
		expect((await read('1940')).json()).toMatchObject([{ account_number: '1940', debit: 0, credit: 0, balance: 0 }]);
		expect((await read('1940,1939')).error?.message).toContain('no account 1939');
	});

	it('of many input items share one file', async () => {
		const months = ['01', '02', '03', '04', '05', '06'].map((month) => ({ month: `2026-${month}` }));
		const result = await world.run(
			{ resource: 'account', operation: 'getBalances', accounts: '1930', end: '={{ $json.month }}' },
			{ input: months },
		);
		expect(result.json()).toEqual(months.map(({ month }) => truth(1930, 4, '2026-01', month)));
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(1);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a month that is none', { end: '2026-13' }, /end: .*not a month/],
		['months the wrong way round', { start: '2026-05', end: '2026-04' }, /first month 2026-05 is after/],
		['a month without a financial year', { end: '2023-04' }, /No financial year has the month 2023-04/],
		['months between two years that have none', { start: '2022-12', end: '2024-01' }, /start: No financial year has the month 2023-01/],
		['an account that is none', { accounts: '1930,x', end: '2026-04' }, /accounts: "x"/],
	])('refuse %s before the ledger is read', async (_, parameters, words) => {
		const result = await world.run({ resource: 'account', operation: 'getBalances', ...parameters });
		expect(result.error?.message).toMatch(words);
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(0);
	});
});

describe('the general ledger', () => {
	async function ledger(parameters: INodeParameters) {
		const result = await world.run({ resource: 'account', operation: 'getLedger', ...parameters });
		expect(result.error).toBeUndefined();
		return result.json();
	}

	it.each([
		['2026-12-01', '2029-01-31', /^dateTo: no financial year has the days 202[78]-01-01 to 2029-01-31\./],
		['2022-12-01', '2024-01-31', /^dateTo: no financial year has the days 2023-01-01 to 2023-12-31\./],
		['2020-01-01', '2022-01-31', /^dateFrom: no financial year has the days 2020-01-01 to /],
	])('is refused from %s to %s, where no balance stands for all of the days', async (dateFrom, dateTo, words) => {
		const { error } = await world.run({ resource: 'account', operation: 'getLedger', accounts: '1930', dateFrom, dateTo });
		expect(error?.message).toMatch(words);
		expect(error?.context?.error_code).toBe('ERROR_BOOKYEAR_NOT_FOUND');
	});

	it('has every row with the running balance, over several years', async () => {
		const [from, to] = ['2025-06-15', '2026-03-20'];
		const [account] = await ledger({ accounts: '1930', dateFrom: from, dateTo: to });
		const rows = [3, 4].flatMap((yearId) =>
			company
				.vouchers(yearId)
				.flatMap(({ series, number, date, rows: all }) =>
					all
						.filter((row) => row.account === 1930 && !row.removed)
						.map((row) => ({ id: `${series}-${number}-${yearId}`, date, series, number, ore: row.debit - row.credit })),
				),
		);
		const opening =
			(company.year(3).accounts.get(1930)?.broughtForward ?? 0) +
			rows.filter(({ date }) => date < from).reduce((sum, { ore }) => sum + ore, 0);
		const within = rows
			.filter(({ date }) => from <= date && date <= to)
			.sort((a, b) => a.date.localeCompare(b.date) || (a.series < b.series ? -1 : a.series > b.series ? 1 : a.number - b.number));
		let balance = opening;
		expect(account).toMatchObject({ account_number: '1930', opening_balance: opening / 100 });
		expect(account?.items).toMatchObject(
			within.map(({ id, date, ore }) => {
				balance += ore;
				return { entry_id: id, date, debit: Math.max(ore, 0) / 100, credit: Math.max(-ore, 0) / 100, balance: balance / 100 };
			}),
		);
		expect(account).toMatchObject({ closing_balance: balance / 100 });
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(2);
	});

	it('of several accounts is one item each, those without content left out', async () => {
		const accounts = await ledger({ accounts: '26,1940', dateFrom: '2026-01-01', dateTo: '2026-12-31' });
		const numbers = accounts.map(({ account_number }) => account_number);
		expect(numbers).toEqual([...numbers].sort());
		expect(numbers).toContain('2641');
		expect(numbers).toContain('1940');
		for (const { account_number, closing_balance } of accounts) {
			expect(Math.round(Number(closing_balance) * 100)).toBe(company.balance(Number(account_number), 4));
		}
	});
});
