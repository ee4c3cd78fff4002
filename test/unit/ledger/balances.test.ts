import fc from 'fast-check';
import { accountBalances } from '../../../nodes/shared/ledger/balances';
import { LedgerError } from '../../../nodes/shared/ledger/problems';
import type { Movement } from './years';
import { yearOf } from './years';

const YEAR_2025 = yearOf('2025-01-01', '2025-12-31', { '1930': 5000, '2081': -5000 }, [
	['1930', '2025-12-15', 5000],
	['3001', '2025-12-15', -5000],
]);

const YEAR_2026 = yearOf('2026-01-01', '2026-12-31', { '1930': 10000, '2081': -5000, '2099': -5000 }, [
	['1930', '2026-01-10', 12500],
	['3001', '2026-01-10', -10000],
	['2611', '2026-01-10', -2500],
	['1930', '2026-02-28', -4000],
	['6110', '2026-02-28', 4000],
	['1930', '2026-04-01', 100],
	['3001', '2026-04-01', -100],
]);

describe('accountBalances', () => {
	it('sums from the start of the year, the opening balance on its side; the period without it', () => {
		expect(accountBalances([YEAR_2026], { accounts: ['1930', '2'], start: '2026-02', end: '2026-03' })).toEqual([
			{
				account: '1930',
				debit: 22500,
				credit: 4000,
				balance: 18500,
				periodDebit: 0,
				periodCredit: 4000,
				periodBalance: -4000,
			},
			{
				account: '2081',
				debit: 0,
				credit: 5000,
				balance: -5000,
				periodDebit: 0,
				periodCredit: 0,
				periodBalance: 0,
			},
			{
				account: '2099',
				debit: 0,
				credit: 5000,
				balance: -5000,
				periodDebit: 0,
				periodCredit: 0,
				periodBalance: 0,
			},
			{
				account: '2611',
				debit: 0,
				credit: 2500,
				balance: -2500,
				periodDebit: 0,
				periodCredit: 0,
				periodBalance: 0,
			},
		]);
	});

	it('comes in the order of accounts, and has those that moved in its years alone', () => {
		const moved = (from: string, to: string, account: string) => yearOf(from, to, {}, [[account, to, 100]]);
		const years = [
			moved('2024-01-01', '2024-12-31', '5010'),
			moved('2025-01-01', '2025-12-31', '4010'),
			moved('2026-01-01', '2026-12-31', '6110'),
		];
		const accountsIn = (query: { start?: string; end: string }) =>
			accountBalances(years, { accounts: [], ...query }, ['1930', '1510']).map(({ account }) => account);
		expect(accountsIn({ end: '2025-12' })).toEqual(['1510', '1930', '4010']);
		expect(accountsIn({ start: '2024-12', end: '2025-12' })).toEqual(['1510', '1930', '4010', '5010']);
	});

	it('has the smallest opening balances on their sides', () => {
		const year = yearOf('2026-01-01', '2026-12-31', { '1930': 1, '2081': -1 }, []);
		expect(accountBalances([year], { accounts: [], end: '2026-01' })).toMatchObject([
			{ account: '1930', debit: 1, credit: 0, balance: 1 },
			{ account: '2081', debit: 0, credit: 1, balance: -1 },
		]);
	});

	it('has no debits and credits where one of its years tells net changes alone', () => {
		const net = {
			...yearOf('2025-01-01', '2025-12-31', {}, [
				['1930', '2025-11', 700],
				['1930', '2025-12', -300],
			]),
			isNetOnly: true,
		};
		const none = { debit: 0, credit: 0, periodDebit: 0, periodCredit: 0 };
		const query = { accounts: ['1930'], end: '2026-02' };
		expect(accountBalances([net, YEAR_2026], { ...query, start: '2025-11' })).toEqual([
			{ account: '1930', ...none, balance: 18500, periodBalance: 8900 },
		]);
		expect(accountBalances([net], { ...query, start: '2025-11', end: '2025-12' })).toEqual([
			{ account: '1930', ...none, balance: 400, periodBalance: 400 },
		]);
		// The year before is not asked for.
		expect(accountBalances([net, YEAR_2026], query)).toMatchObject([{ debit: 22500, credit: 4000, periodDebit: 12500 }]);
	});

	it('begins the period with the financial year where no start is given', () => {
		expect(accountBalances([YEAR_2025, YEAR_2026], { accounts: ['1930'], end: '2026-02' })).toEqual([
			{
				account: '1930',
				debit: 22500,
				credit: 4000,
				balance: 18500,
				periodDebit: 12500,
				periodCredit: 4000,
				periodBalance: 8500,
			},
		]);
	});

	it('takes a period over several years; debit and credit stay with the last one', () => {
		const [bank] = accountBalances([YEAR_2026, YEAR_2025], {
			accounts: ['1930'],
			start: '2025-12',
			end: '2026-01',
		});
		expect(bank).toMatchObject({ debit: 22500, credit: 0, balance: 22500, periodDebit: 17500, periodCredit: 0 });
	});

	it('lists accounts of the chart on which nothing was booked where they are asked for', () => {
		const accounts = accountBalances([YEAR_2026], { accounts: ['19'], end: '2026-01' }, ['1910', '1930', '3001']);
		expect(accounts.map(({ account, balance }) => [account, balance])).toEqual([
			['1910', 0],
			['1930', 22500],
		]);
	});

	it('works on years that are broken, split or begin within a month', () => {
		const broken = yearOf('2011-07-13', '2012-12-31', {}, [
			['1930', '2011-07-20', 100],
			['1930', '2012-12-31', 10],
		]);
		expect(accountBalances([broken], { accounts: [], end: '2012-12' })[0]).toMatchObject({
			debit: 110,
			periodDebit: 110,
		});
		expect(accountBalances([broken], { accounts: [], start: '2012-12', end: '2012-12' })[0]).toMatchObject({
			debit: 110,
			periodDebit: 10,
		});
		const next = yearOf('2013-06-16', '2014-06-30', { '1930': 7 }, []);
		const first = yearOf('2013-01-01', '2013-06-15', {}, [['1930', '2013-06-02', 7]]);
		for (const years of [
			[first, next],
			[next, first],
		]) {
			expect(accountBalances(years, { accounts: [], end: '2013-06' })[0]).toMatchObject({ debit: 7, periodDebit: 0 });
			expect(accountBalances(years, { accounts: [], start: '2013-01', end: '2013-07' })[0]).toMatchObject({ periodDebit: 7 });
		}
	});

	it.each([
		['end', { accounts: [], end: '2027-01' }],
		['start', { accounts: [], start: '2024-12', end: '2026-01' }],
		['start', { accounts: [], start: '2026-02', end: '2026-01' }],
	])('names the month that is wrong: %s', (field, query) => {
		try {
			accountBalances([YEAR_2025, YEAR_2026], query);
		} catch (error) {
			if (!(error instanceof LedgerError)) throw error;
			expect(error.problems).toMatchObject([{ code: 'ERROR_DATA_VALIDATION', field }]);
			return;
		}
		throw new Error('nothing was refused');
	});

	it('names the first month that lies between two years, where the period goes over it', () => {
		const years = ['2022', '2024', '2025'].map((year) => yearOf(`${year}-01-01`, `${year}-12-31`, {}, []));
		const over = (start: string, end: string) => () => accountBalances(years, { accounts: [], start, end });
		expect(over('2022-12', '2024-01')).toThrow('start: No financial year has the month 2023-01. Financial Year > Get Many lists');
		expect(over('2022-12', '2025-01')).toThrow('the month 2023-01.');
		expect(over('2024-01', '2025-12')()).toEqual([]);
		expect(over('2022-01', '2022-12')()).toEqual([]);
		expect(over('2023-06', '2024-01')).toThrow('the month 2023-06.');
	});

	const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-12'];
	const account = fc.constantFrom('1910', '1930', '2440', '2611', '3001', '6110', '8999');
	const entry = fc
		.record({
			date: fc.constantFrom(...months).map((month) => `${month}-15`),
			from: account,
			to: account,
			amount: fc.integer({ min: 0, max: 1e13 }),
		})
		.map(({ date, from, to, amount }): Movement[] => [
			[to, date, amount],
			[from, date, 0 - amount],
		]);
	const openings = fc.dictionary(account, fc.integer({ min: -1e13, max: 1e13 }), { maxKeys: 4 }).map((opening) => {
		const rest = Object.values(opening).reduce((sum, amount) => sum + amount, 0);
		return { ...opening, '2099': 0 - rest };
	});

	it('is a trial balance that sums to zero, for any entries and any months', () => {
		fc.assert(
			fc.property(openings, fc.array(entry), fc.constantFrom(...months), fc.constantFrom(...months), (opening, entries, a, b) => {
				const year = yearOf('2026-01-01', '2026-12-31', opening, entries.flat());
				const balances = accountBalances([year], {
					accounts: [],
					start: a < b ? a : b,
					end: a < b ? b : a,
				});
				expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
				expect(balances.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
				expect(balances.reduce((sum, { periodBalance }) => sum + periodBalance, 0)).toBe(0);
			}),
		);
	});

	it('gives what adding up the rows one by one gives', () => {
		fc.assert(
			fc.property(openings, fc.array(entry), fc.constantFrom(...months), fc.constantFrom(...months), (opening, entries, a, b) => {
				const [start, end] = a < b ? [a, b] : [b, a];
				const movements = entries.flat();
				const sums = new Map<string, number>(Object.entries(opening));
				for (const [number, date, amount] of movements) {
					if (date.slice(0, 7) <= end) sums.set(number, (sums.get(number) ?? 0) + amount);
				}
				for (const balance of accountBalances([yearOf('2026-01-01', '2026-12-31', opening, movements)], {
					accounts: [],
					start,
					end,
				})) {
					expect(balance.balance).toBe(sums.get(balance.account) ?? 0);
					const debits = movements.filter(
						([number, date, amount]) => number === balance.account && amount > 0 && date.slice(0, 7) >= start && date.slice(0, 7) <= end,
					);
					expect(balance.periodDebit).toBe(debits.reduce((sum, [, , amount]) => sum + amount, 0));
					expect(balance.debit).toBeGreaterThanOrEqual(balance.periodDebit);
				}
			}),
		);
	});
});
