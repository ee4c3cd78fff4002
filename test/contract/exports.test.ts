import type { IDataObject } from 'n8n-workflow';

import { startWorld, type World } from '../engine/support/world';
import { describeExports, figuresOf, linesOf } from './sieFigures';

/** Year 0 of the file: the one before it was read first. */
const YEAR_ID = 2;
/** `getLedger` takes the beginnings of numbers. Exports list 0099 too, without any figure: nothing is posted there. */
const EVERY_ACCOUNT = '1,2,3,4,5,6,7,8,9';

const ore = (sek: unknown): number => Math.round(Number(sek) * 100);

describeExports('a company loaded from an export of Fortnox', (content) => {
	let world: World;
	const figures = figuresOf(content);

	beforeAll(async () => {
		world = await startWorld({ sie: content });
	});
	afterAll(async () => await world.close());

	const months = [-1, 0].flatMap((index) => {
		const year = figures.years.get(index)?.from.slice(0, 4);
		return Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);
	});

	async function read(operation: string, parameters: IDataObject, resource = 'account'): Promise<IDataObject[]> {
		const result = await world.run({ resource, operation, ...parameters });
		expect(result.error).toBeUndefined();
		return result.json();
	}

	it('answers SIE 4 with the same lines, #GEN aside', async () => {
		const response = await fetch(`${world.sandbox.url}/3/sie/4?financialyear=${YEAR_ID}`, {
			headers: { authorization: `Bearer ${world.sandbox.issueTokens().access_token}` },
		});
		const withoutGen = (lines: string[]) => lines.filter((line) => !line.startsWith('#GEN '));
		expect(withoutGen(linesOf(Buffer.from(await response.arrayBuffer())))).toEqual(withoutGen(linesOf(content)));
		expect(withoutGen(linesOf(content)).length).toBeGreaterThan(1000);
	});

	it('has the closing balances and results of both years', () => {
		const company = world.sandbox.company();
		for (const [index, closing] of figures.closing) {
			const nonZero = [...closing].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b);
			expect([...company.trialBalance(YEAR_ID + index)]).toEqual(nonZero);
		}
	});

	it.each(months)('getBalances has what moved on every account in %s', async (month) => {
		const rows = await read('getBalances', { accounts: '', start: month, end: month });
		const moved = new Map(rows.map((row) => [Number(row.account_number), ore(row.period_balance)]));
		const expected = [...figures.periods].filter(([key]) => key.startsWith(month.replace('-', '')));
		for (const [key, amount] of expected) expect([key, moved.get(Number(key.slice(7))) ?? 0]).toEqual([key, amount]);
		const accounts = new Set(expected.map(([key]) => Number(key.slice(7))));
		for (const [account, amount] of moved) if (!accounts.has(account)) expect([account, amount]).toEqual([account, 0]);
	});

	/** What the file says moved in a month, by account; accounts that moved to and fro have 0. */
	function movedIn(month: string): Map<number, number> {
		const ofMonth = [...figures.periods].filter(([key]) => key.startsWith(month.replace('-', '')));
		return new Map(ofMonth.map(([key, amount]) => [Number(key.slice(7)), amount]));
	}

	/** Öre by account, without those at nought: an account that nothing moved may be listed or not. */
	const nonZero = (amounts: Iterable<readonly [number, number]>): Array<readonly [number, number]> =>
		[...amounts].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b);

	const trialBalance = async (dateFrom: string, dateTo: string) =>
		(await read('trialBalance', { dateFrom, dateTo }, 'report')).filter(({ kind }) => kind === 'account');

	it.each(months)('trialBalance and getLedger have what moved on every account in %s', async (month) => {
		const moved = nonZero(movedIn(month));
		const [year = 0, number = 1] = month.split('-').map(Number);
		const dateTo = `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
		const trial = await trialBalance(`${month}-01`, dateTo);
		expect(nonZero(trial.map((row) => [Number(row.account_number), ore(row.debit) - ore(row.credit)]))).toEqual(moved);
		const ledgers = await read('getLedger', { accounts: EVERY_ACCOUNT, dateFrom: `${month}-01`, dateTo });
		const sums = ledgers.map(({ account_number, items }) => {
			const rows = Array.isArray(items) ? (items as IDataObject[]) : [];
			return [Number(account_number), rows.reduce((sum, row) => sum + ore(row.debit) - ore(row.credit), 0)] as const;
		});
		expect(nonZero(sums)).toEqual(moved);
		const closing = ledgers.map((row) => [Number(row.account_number), ore(row.closing_balance) - ore(row.opening_balance)] as const);
		expect(nonZero(closing)).toEqual(moved);
	});

	it.each([-1, 0])('trialBalance ends year %s where the file does', async (index) => {
		const { from, to } = figures.years.get(index) ?? { from: '', to: '' };
		const rows = await trialBalance(from, to);
		const column = (name: string) => nonZero(rows.map((row) => [Number(row.account_number), ore(row[name])]));
		expect(column('closing_balance')).toEqual(nonZero(figures.closing.get(index) ?? []));
		expect(column('opening_balance')).toEqual(nonZero(figures.opening.get(index) ?? []));
	});

	it.each([-1, 0])('getBalances and getLedger end year %s where the file does', async (index) => {
		const { from, to } = figures.years.get(index) ?? { from: '', to: '' };
		const balances = await read('getBalances', { accounts: '', end: to.slice(0, 7) });
		const ledgers = await read('getLedger', { accounts: EVERY_ACCOUNT, dateFrom: from, dateTo: to });
		const balance = new Map(balances.map((row) => [Number(row.account_number), ore(row.balance)]));
		const ledger = new Map(ledgers.map((row) => [Number(row.account_number), row]));
		for (const [account, closing] of figures.closing.get(index) ?? []) {
			expect([account, balance.get(account) ?? 0]).toEqual([account, closing]);
			expect([account, ore(ledger.get(account)?.closing_balance ?? 0)]).toEqual([account, closing]);
			const opening = figures.opening.get(index)?.get(account) ?? 0;
			expect([account, ore(ledger.get(account)?.opening_balance ?? 0)]).toEqual([account, opening]);
		}
		const inFile = figures.closing.get(index) ?? new Map<number, number>();
		for (const [account, amount] of balance) if (!inFile.has(account)) expect([account, amount]).toEqual([account, 0]);
	});
});
