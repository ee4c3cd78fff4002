import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { parseSie } from '../../../nodes/shared/ledger/sie';
import type { CompanyState } from '../../../sandbox';
import type { EngineResult } from '../../../engine';
import { describeExports } from '../../contract/sieFigures';
import { startWorld, type World } from '../support/world';

const run = async (world: World, parameters: INodeParameters): Promise<EngineResult> =>
	await world.run({ resource: 'report', ...parameters });

async function rowsOf(world: World, parameters: INodeParameters): Promise<IDataObject[]> {
	const result = await run(world, parameters);
	expect(result.error).toBeUndefined();
	return result.json();
}

const row = (rows: readonly IDataObject[], id: string) => rows.find((each) => each.id === id);

describe('statements of the sandbox', () => {
	let world: World;
	let company: CompanyState;

	beforeAll(async () => {
		world = await startWorld();
		company = world.sandbox.company();
		company.addVouchers(300, { yearId: 3, seed: 3 });
		company.addVouchers(300, { yearId: 4, seed: 4 });
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => await world.close());

	/** What rows sum to, in SEK, debit positive. */
	function moved(
		passes: (row: { account: number; costCenter: string; project: string }) => boolean,
		yearId: number,
		from: string,
		to: string,
	): number {
		const rows = company
			.vouchers(yearId)
			.filter(({ date }) => from <= date && date <= to)
			.flatMap((voucher) => voucher.rows);
		return rows.reduce((sum, each) => (each.removed || !passes(each) ? sum : sum + each.debit - each.credit), 0) / 100;
	}

	it('take at most seven requests for a year, and nine with the year before, whatever is asked for', async () => {
		const options = { costCenter: 'BUTIK', columns: 'months', outputFile: 'html' };
		await rowsOf(world, { operation: 'incomeStatement', period: '2026', options });
		expect(world.requests('GET', /^\/3\//).length).toBeLessThanOrEqual(7);
		world.reconnect();
		await rowsOf(world, { operation: 'incomeStatement', period: '2026', options: { ...options, compareWith: 'previousYear' } });
		expect(world.requests('GET', /^\/3\//).length).toBeLessThanOrEqual(9);
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(2);
	});

	it('have the year before beside them, as the report of that year says', async () => {
		const rows = await rowsOf(world, { operation: 'incomeStatement', period: '2026-05', options: { compareWith: 'previousYear' } });
		const before = await rowsOf(world, { operation: 'incomeStatement', period: '2025-05' });
		for (const { id, previous_year, previous_year_accumulated } of rows) {
			expect([id, previous_year, previous_year_accumulated]).toEqual([
				id,
				row(before, String(id))?.period ?? 0,
				row(before, String(id))?.accumulated ?? 0,
			]);
		}
		expect(row(rows, 'net_sales')?.previous_year).not.toBe(0);
	});

	it.each(['incomeStatement', 'balanceSheet'])('say where the year before is of another length, or long before: %s', async (operation) => {
		const hints = async (period: string, more: INodeParameters = {}): Promise<string> => {
			const result = await run(world, { operation, period, options: { compareWith: 'previousYear', ...more } });
			const page = result.items()[0]?.binary?.data?.data ?? '';
			return `${result.hints().join(' ')} ${Buffer.from(page, 'base64').toString()}`;
		};
		const told = '2024-01-01–2024-12-31 (months: 12) stands beside 2021-07-01–2022-12-31 (months: 18).';
		expect(await hints('2024')).toContain(told);
		expect(await hints('2024', { outputFile: 'html' })).toContain(
			'2024-01-01–2024-12-31 (månader: 12) jämförs med 2021-07-01–2022-12-31 (månader: 18).',
		);
		for (const period of ['2025', '2026-05', '2026-Q2']) expect(await hints(period)).not.toContain('stands beside');
	});

	it('have the period before beside them', async () => {
		const rows = await rowsOf(world, { operation: 'balanceSheet', period: '2026-05', options: { compareWith: 'previousPeriod' } });
		const before = await rowsOf(world, { operation: 'balanceSheet', period: '2026-04' });
		for (const { id, previous_period, opening_of_period } of rows) {
			expect([id, previous_period]).toEqual([id, opening_of_period]);
			expect([id, previous_period]).toEqual([id, row(before, String(id))?.closing_balance ?? 0]);
		}
	});

	it('of one cost center and one project have only its rows, and name them', async () => {
		const center = company.costCenters.find(({ active }) => active)?.code ?? '';
		const [project] = company.projects.filter(({ status }) => status === 'ONGOING');
		for (const [options, passes] of [
			[{ costCenter: center }, (each: { costCenter: string }) => each.costCenter === center],
			[{ project: project?.number ?? '' }, (each: { project: string }) => each.project === project?.number],
		] as const) {
			const rows = await rowsOf(world, { operation: 'incomeStatement', period: '2026', options });
			const expected = moved((each) => each.account === 3001 && passes(each), 4, '2026-01-01', '2026-12-31');
			expect(expected).not.toBe(0);
			expect(row(rows, '3001')?.period).toBe(-expected);
		}
		const result = await run(world, { operation: 'balanceSheet', period: '2026', options: { costCenter: center } });
		expect(result.hints().join()).toMatch(/not kept per cost center/);
		expect(result.hints().join()).toMatch(/don't balance by themselves/);
	});

	it('with months have a field for each, which sum to the period', async () => {
		const rows = await rowsOf(world, { operation: 'incomeStatement', period: '2026-Q2', options: { columns: 'months' } });
		for (const each of rows) {
			const months = ['2026-04', '2026-05', '2026-06'].map((month) => Math.round(Number(each[month]) * 100));
			expect(months.reduce((sum, month) => sum + month, 0)).toBe(Math.round(Number(each.period) * 100));
		}
	});

	it('say that there is no budget, and none of a year that there is not', async () => {
		const budget = await run(world, { operation: 'incomeStatement', period: '2026', options: { compareWith: 'budget' } });
		expect(budget.json()[0]).toMatchObject({ budget: null, budget_accumulated: null });
		expect(budget.hints().join()).toMatch(/no budget/);
		const first = await run(world, { operation: 'incomeStatement', period: '2021-08', options: { compareWith: 'previousYear' } });
		expect(first.json()[0]).toMatchObject({ previous_year: null });
		expect(first.hints().join()).toMatch(/nothing to compare with/);
	});

	it('of several financial years say what is counted from when', async () => {
		const result = await run(world, { operation: 'trialBalance', dateFrom: '2025-12-01', dateTo: '2026-01-31' });
		expect(result.error?.message).toBeUndefined();
		const years = '2025-01-01–2025-12-31, 2026-01-01–2026-12-31';
		expect(result.hints().join()).toContain(`covers several financial years (${years}): opening balances are those of the first, `);
		expect(result.hints().join()).toContain('counts from 2026-01-01');
		expect((await run(world, { operation: 'trialBalance', period: '2026-01' })).hints().join()).not.toMatch(/several financial years/);
	});

	it("with openings that the year before has outrun name the accounts, and take that year's close where told", async () => {
		const fresh = await startWorld();
		const stale = fresh.sandbox.company();
		const before = stale.balance(1930, 4);
		stale.addVoucher({
			date: '2025-12-31',
			rows: [
				{ account: 6570, debit: 50_000 },
				{ account: 1930, credit: 50_000 },
			],
		});
		const stored = await run(fresh, { operation: 'balanceSheet', period: '2026' });
		expect(row(stored.json(), '1930')?.closing_balance).toBe(before / 100);
		expect(stored.hints().join()).toMatch(/1930 by 500\.00/);
		expect(stored.json().at(-1)).toMatchObject({ difference: 0 });
		const computed = await run(fresh, { operation: 'balanceSheet', period: '2026', options: { openingBalances: 'computed' } });
		expect(row(computed.json(), '1930')?.closing_balance).toBe((before - 50_000) / 100);
		expect(computed.json().at(-1)).toMatchObject({ difference: 0 });

		const account = stale.year(4).accounts.get(1940);
		if (account) account.broughtForward += 12_345;
		fresh.reconnect();
		const off = await run(fresh, { operation: 'balanceSheet', period: '2026' });
		expect(off.json().at(-1)).toMatchObject({ difference: 123.45 });
		expect(off.json().at(-1)?.difference_reasons).toContainEqual({
			reason: 'opening_balances',
			account_number: '1940',
			entry: null,
			amount: 123.45,
		});
		expect(off.hints().join()).toMatch(/Assets less equity and liabilities are 123\.45 SEK/);
		await fresh.close();
	});

	it('of a company without vouchers are empty, and say so', async () => {
		const empty = await startWorld({ tenantId: 1003 });
		for (const operation of ['trialBalance', 'incomeStatement', 'balanceSheet']) {
			const result = await run(empty, { operation, period: '2026' });
			expect(result.error).toBeUndefined();
			expect(result.json().length).toBeGreaterThan(0);
			expect(result.hints().join()).toMatch(/There are no entries/);
		}
		await empty.close();
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a range over a gap between years', { dateFrom: '2022-12-01', dateTo: '2024-01-31' }, /dateFrom: .*no financial year has/],
		['a period in no year', { period: '2019-05' }, /period: no financial year .* 2021-07-01–2022-12-31/],
		['a name that is no period', { period: 'next-month' }, /period: "next-month" is not a period/],
		['a period and days', { period: '2026', dateFrom: '2026-01-01' }, /period: give either/],
		['days the wrong way round', { dateFrom: '2026-03-01', dateTo: '2026-02-01' }, /dateTo: 2026-02-01 lies before/],
		[
			'an unknown cost center',
			{ period: '2026', options: { costCenter: 'NOPE' } },
			/costCenter: the company has no cost center NOPE\. Use one of /,
		],
		['an unknown project', { period: '2026', options: { project: '999' } }, /project: the company has no project 999/],
		['another comparison', { period: '2026', options: { compareWith: 'nextYear' } }, /compareWith/],
		['another layout', { period: '2026', layout: 'pretty' }, /layout/],
	])('refuse %s before the ledger is read', async (_, parameters, words) => {
		const result = await run(world, { operation: 'incomeStatement', ...parameters });
		expect(result.error?.message).toMatch(words);
		expect(world.requests('GET', /^\/3\/sie/)).toHaveLength(0);
	});

	it('without the scope for the ledger say which one is missing', async () => {
		const locked = await startWorld({ scopes: ['companyinformation'] });
		const result = await run(locked, { operation: 'balanceSheet', period: '2026' });
		expect(result.error?.message).toMatch(/scope/i);
		await locked.close();
	});

	it('as a tool have groups and totals, and accounts where they are asked for', async () => {
		const parameters = { resource: 'report', operation: 'incomeStatement', period: '2026' };
		const call = async (more: INodeParameters): Promise<string> => {
			const result = await world.engine.runTool({ parameters: { ...parameters, ...more }, args: [{}] });
			expect(result.error).toBeUndefined();
			return String(result.json()[0]?.response);
		};
		const short = await call({});
		expect(short).toContain('"id":"net_sales"');
		expect(short).not.toContain('account_number');
		expect(await call({ options: { includeAccounts: true } })).toContain('"account_number":"3001"');
	});
});

describeExports("a company loaded from Fortnox's own export", (bytes) => {
	const file = parseSie(bytes, { encoding: 'cp437', allowUnbalanced: true });
	let world: World;

	beforeAll(async () => {
		world = await startWorld({ sie: bytes });
	});
	afterAll(async () => await world.close());

	it('has the #RES, #UB and months of #PSALDO that Fortnox says', async () => {
		const income = await rowsOf(world, { operation: 'incomeStatement', period: '2025', options: { columns: 'months', includeZero: true } });
		const sheet = await rowsOf(world, { operation: 'balanceSheet', period: '2025', options: { includeZero: true } });
		expect(sheet.at(-1)).toMatchObject({ difference: 0 });
		const ofYear = <T extends { year: number; objects: readonly unknown[] }>(balances: readonly T[]) =>
			balances.filter(({ year, objects }) => year === 0 && objects.length === 0);
		expect(ofYear(file.results).length).toBeGreaterThan(10);
		for (const { account, amount } of ofYear(file.results))
			expect([account, row(income, account)?.period]).toEqual([account, 0 - amount / 100]);
		for (const { account, amount } of ofYear(file.closingBalances)) {
			expect([account, row(sheet, account)?.closing_balance]).toEqual([account, account.startsWith('1') ? amount / 100 : 0 - amount / 100]);
		}
		for (const { account, month, amount } of ofYear(file.periodBalances).filter((balance) => /^[3-8]/.test(balance.account))) {
			expect([account, month, row(income, account)?.[month]]).toEqual([account, month, 0 - amount / 100]);
		}
	});
});

it('statements say where what accumulates since the start of the year does so over another time in the year before', async () => {
	const world = await startWorld({ tenantId: 1002 });
	const company = world.sandbox.company(1002);
	company.openYear('2030-05-01', '2031-10-31');
	company.openYear('2031-11-01', '2032-10-31');
	const hints = async (operation: string, period: string): Promise<string> => {
		const result = await run(world, { operation, period, options: { compareWith: 'previousYear' } });
		return `${result.error?.message ?? ''} ${result.hints().join(' ')}`;
	};
	const [late, sheet, early] = [
		await hints('incomeStatement', '2031-11'),
		await hints('balanceSheet', '2031-11'),
		await hints('incomeStatement', '2031-05'),
	];
	await world.close();
	expect(late).toMatch(/accumulated column is 2031-11-01–2031-11-30, .* 2030-05-01–2030-11-30/);
	expect(sheet).not.toContain('accumulated column');
	expect(early).toMatch(/accumulated column is 2030-05-01–2031-05-31, .* 2030-05-01–2030-05-31: the times are of different length/);
});
