import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE } from '../../../engine';
import type { SandboxYear } from '../../../sandbox';
import { stopAtRequest } from '../support/stopAt';
import { currentYear, startWorld, type World } from '../support/world';

const year = (dateFrom: string, dateTo: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'financialYear',
	operation: 'create',
	dateFrom,
	dateTo,
	...more,
});

describe('financial years', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => {
		await world.close();
	});
	/** The first year that the company doesn't have: the one after the tests' day. */
	const nextYear = () => Number(currentYear(world).toDate.slice(0, 4)) + 1;
	const years = () => [...world.sandbox.company(1001).years.values()].map(({ fromDate, toDate }) => `${fromDate} ${toDate}`);

	it('are opened once, with a word on the balances that they begin with', async () => {
		const next = nextYear();
		const [start, end] = [`${next}-01-01`, `${next}-12-31`];
		const result = await world.run(year(start, end, { options: { rawResponse: true } }));
		expect(result.json()[0]).toMatchObject({ start, end, closed: false, raw: { FromDate: start } });
		expect(result.hints().join(' ')).toContain(`${next - 1}-12-31 as they are now`);
		const again = await world.run(year(start, end));
		expect(again.json()[0]).toMatchObject({ id: result.json()[0]?.id, already_exists: true });
		expect(years().filter((days) => days.startsWith(String(next)))).toHaveLength(1);
	});

	it('say which days have none, before or after a new one', async () => {
		const next = nextYear();
		const gaps = async (number: number) =>
			(await world.run(year(`${number}-01-01`, `${number}-12-31`))).hints().filter((hint) => hint.startsWith('No financial year'));
		expect(await gaps(next + 1)).toEqual([expect.stringContaining(`the days ${next}-01-01 to ${next}-12-31 `)]);
		expect(await gaps(next + 3)).toEqual([expect.stringContaining(`the days ${next + 2}-01-01 to ${next + 2}-12-31 `)]);
		expect(await gaps(next + 2)).toEqual([]);
	});

	it('are not opened where their days belong to another year, or lie the wrong way round', async () => {
		const before = years();
		const next = nextYear();
		const refusal = async (dateFrom: string, dateTo: string) => (await world.run(year(dateFrom, dateTo))).error?.message;
		expect(await refusal(`${next - 1}-07-01`, `${next}-06-30`)).toContain(
			`dateFrom: the financial year ${next - 1}-01-01–${next - 1}-12-31 has some`,
		);
		expect(await refusal(`${next}-12-31`, `${next}-01-01`)).toContain(`dateTo: ${next}-01-01 lies before`);
		expect(await refusal(`${next}-01-01`, `${next}-12-30`)).toContain(`dateTo: ${next}-12-30 is not the last day of a month`);
		expect(await refusal(`${next}-01-01`, `${next + 1}-07-31`)).toMatch(/dateTo: .* is longer than 18 months/);
		expect((await world.run(year('2026-01-01', '2026-12-31', { additionalFields: { accountingMethod: 'CASH' } }))).error?.message).toMatch(
			/accountingMethod/,
		);
		expect(years()).toEqual(before);
	});

	it('are opened once whichever request the run is stopped at, and after a lost answer', async () => {
		const last = nextYear() - 1;
		for (let nth = 1; ; nth++) {
			const [start, end] = [`${last + nth}-01-01`, `${last + nth}-12-31`];
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
		const number = nextYear();
		const next = String((await world.run(year(`${number}-01-01`, `${number}-12-31`))).json()[0]?.id);
		const inYear: INodeParameters = { options: { financialYearId: next } };
		const made = [
			await world.run({ resource: 'account', operation: 'create', number: '6994', name: 'Only next year', ...inYear }),
			await world.run({
				resource: 'bankAccount',
				operation: 'create',
				number: '1937',
				bankName: 'SEB',
				currency: 'SEK',
				additionalFields: { iban: 'SE45 5000 0000 0583 9825 7466' },
				...inYear,
			}),
			await world.run({ resource: 'journal', operation: 'create', code: 'NY', name: 'Only next year', ...inYear }),
		];
		expect(made.flatMap(({ error }) => error ?? [])).toEqual([]);
		const has = ({ accounts, series }: SandboxYear) => [accounts.has(6994), accounts.has(1937), series.has('NY')];
		expect(has(world.sandbox.company(1001).year(`${number}-06-01`))).toEqual([true, true, true]);
		expect(has(currentYear(world))).toEqual([false, false, false]);
		const listed = await world.run({ resource: 'account', operation: 'getAll', returnAll: true, filters: { classes: '6994' }, ...inYear });
		expect(listed.json().map(({ number, financial_year_id }) => [number, String(financial_year_id)])).toEqual([['6994', next]]);
		const banks = await world.run({ resource: 'bankAccount', operation: 'getAll', returnAll: true, ...inYear });
		expect(banks.json().map(({ ledger_account }) => ledger_account)).toContain('1937');
		const choices = async (parameters: INodeParameters) =>
			(
				await world.engine.listSearch(ACCOUNTING_NODE, 'searchAccounts', {
					parameters: { authentication: 'oAuth2', ...parameters },
					filter: '6994',
				})
			).results.map(({ value }) => value);
		expect(await choices({ options: { financialYearId: next } })).toEqual(['6994']);
		expect(await choices({ date: `${number}-03-01` })).toEqual(['6994']);
		expect(await choices({ date: `${number - 1}-03-01` })).toEqual([]);
	});
});
