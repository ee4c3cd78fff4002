import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE } from '../../../engine';
import { stopAtRequest } from '../support/stopAt';
import { startWorld, type World } from '../support/world';

const year = (dateFrom: string, dateTo: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'financialYear', operation: 'create', dateFrom, dateTo, ...more });

describe('financial years', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => {
		await world.close();
	});
	const years = () => [...world.sandbox.company(1001).years.values()].map(({ fromDate, toDate }) => `${fromDate} ${toDate}`);

	it('are opened once, with a word on the balances that they begin with', async () => {
		const result = await world.run(year('2027-01-01', '2027-12-31', { options: { rawResponse: true } }));
		expect(result.json()[0]).toMatchObject({ start: '2027-01-01', end: '2027-12-31', closed: false, raw: { FromDate: '2027-01-01' } });
		expect(result.hints().join(' ')).toMatch(/2026-12-31 as they are now/);
		const again = await world.run(year('2027-01-01', '2027-12-31'));
		expect(again.json()[0]).toMatchObject({ id: result.json()[0]?.id, already_exists: true });
		expect(years().filter((days) => days.startsWith('2027'))).toHaveLength(1);
	});

	it('are not opened where their days belong to another year, or lie the wrong way round', async () => {
		const before = years();
		expect((await world.run(year('2026-07-01', '2027-06-30'))).error?.message).toMatch(/dateFrom: the financial year 2026-01-01–2026-12-31 has some/);
		expect((await world.run(year('2027-12-31', '2027-01-01'))).error?.message).toMatch(/dateTo: 2027-01-01 lies before/);
		expect((await world.run(year('2027-01-01', '2027-12-30'))).error?.message).toMatch(/dateTo: 2027-12-30 is not the last day of a month/);
		expect((await world.run(year('2027-01-01', '2028-07-31'))).error?.message).toMatch(/dateTo: .* is longer than 18 months/);
		expect((await world.run(year('2026-01-01', '2026-12-31', { additionalFields: { accountingMethod: 'CASH' } }))).error?.message).toMatch(/accountingMethod/);
		expect(years()).toEqual(before);
	});

	it('are opened once whichever request the run is stopped at, and after a lost answer', async () => {
		for (let nth = 1; ; nth++) {
			const [start, end] = [`${2026 + nth}-01-01`, `${2026 + nth}-12-31`];
			const wasStopped = await stopAtRequest(world, nth, year(start, end));
			const [item] = (await world.run(year(start, end))).json();
			expect(item).toMatchObject({ start, end });
			expect(years().filter((days) => days === `${start} ${end}`)).toHaveLength(1);
			if (!wasStopped) break;
		}
		world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/financialyears$', times: 1 });
		expect((await world.run(year('2040-01-01', '2040-12-31'))).error).toBeUndefined();
		expect(years().filter((days) => days.startsWith('2040'))).toHaveLength(1);
	});

	it('get accounts, bank accounts and journals of their own, and are chosen in lists and in the form', async () => {
		const next = String((await world.run(year('2027-01-01', '2027-12-31'))).json()[0]?.id);
		const inYear: INodeParameters = { options: { financialYearId: next } };
		const made = [
			await world.run({ resource: 'account', operation: 'create', number: '6994', name: 'Only next year', ...inYear }),
			await world.run({ resource: 'bankAccount', operation: 'create', number: '1937', bankName: 'SEB', currency: 'SEK', additionalFields: { iban: 'SE45 5000 0000 0583 9825 7466' }, ...inYear }),
			await world.run({ resource: 'journal', operation: 'create', code: 'NY', name: 'Only next year', ...inYear }),
		];
		expect(made.flatMap(({ error }) => error ?? [])).toEqual([]);
		const [thisYear, nextYear] = [world.sandbox.company(1001).year('2026-06-01'), world.sandbox.company(1001).year('2027-06-01')];
		expect([nextYear.accounts.has(6994), nextYear.accounts.has(1937), nextYear.series.has('NY')]).toEqual([true, true, true]);
		expect([thisYear.accounts.has(6994), thisYear.accounts.has(1937), thisYear.series.has('NY')]).toEqual([false, false, false]);
		const listed = await world.run({ resource: 'account', operation: 'getAll', returnAll: true, filters: { classes: '6994' }, ...inYear });
		expect(listed.json().map(({ number, financial_year_id }) => [number, String(financial_year_id)])).toEqual([['6994', next]]);
		const banks = await world.run({ resource: 'bankAccount', operation: 'getAll', returnAll: true, ...inYear });
		expect(banks.json().map(({ ledger_account }) => ledger_account)).toContain('1937');
		const choices = async (parameters: INodeParameters) => (await world.engine.listSearch(ACCOUNTING_NODE, 'searchAccounts', { parameters: { authentication: 'oAuth2', ...parameters }, filter: '6994' })).results.map(({ value }) => value);
		expect(await choices({ options: { financialYearId: next } })).toEqual(['6994']);
		expect(await choices({ date: '2027-03-01' })).toEqual(['6994']);
		expect(await choices({ date: '2026-03-01' })).toEqual([]);
	});
});
