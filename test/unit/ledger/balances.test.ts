import fc from 'fast-check';
import {
	type LedgerYear,
	accountBalances,
	accountLedger,
	addMovement,
	compareEntries,
	createLedgerYear,
	isSelected,
	readSieYearInSteps,
} from '../../../nodes/shared/ledger/balances';
import { LedgerError } from '../../../nodes/shared/ledger/problems';
import { runSteps } from '../../../nodes/shared/steps';

type Movement = [account: string, date: string, amount: number];

function yearOf(from: string, to: string, opening: Record<string, number>, movements: Movement[]): LedgerYear {
	const year = createLedgerYear(from, to);
	year.opening = new Map(Object.entries(opening));
	for (const [account, date, amount] of movements) addMovement(year, account, date, amount);
	return year;
}

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
		expect(accountBalances([first, next], { accounts: [], end: '2013-06' })[0]).toMatchObject({
			debit: 7,
			periodDebit: 0,
		});
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
			fc.property(
				openings,
				fc.array(entry),
				fc.constantFrom(...months),
				fc.constantFrom(...months),
				(opening, entries, a, b) => {
					const year = yearOf('2026-01-01', '2026-12-31', opening, entries.flat());
					const balances = accountBalances([year], {
						accounts: [],
						start: a < b ? a : b,
						end: a < b ? b : a,
					});
					expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
					expect(balances.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
					expect(balances.reduce((sum, { periodBalance }) => sum + periodBalance, 0)).toBe(0);
				},
			),
		);
	});

	it('gives what adding up the rows one by one gives', () => {
		fc.assert(
			fc.property(
				openings,
				fc.array(entry),
				fc.constantFrom(...months),
				fc.constantFrom(...months),
				(opening, entries, a, b) => {
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
							([number, date, amount]) =>
								number === balance.account &&
								amount > 0 &&
								date.slice(0, 7) >= start &&
								date.slice(0, 7) <= end,
						);
						expect(balance.periodDebit).toBe(debits.reduce((sum, [, , amount]) => sum + amount, 0));
						expect(balance.debit).toBeGreaterThanOrEqual(balance.periodDebit);
					}
				},
			),
		);
	});
});

describe('the year of a SIE file', () => {
	const readSieYear = (content: Buffer) => runSteps(readSieYearInSteps(content));

	const head = (type: number) =>
		`#FLAGGA 0\n#SIETYP ${type}\n#RAR 0 20260101 20261231\n#RAR -1 20250101 20251231\n#IB 0 1930 100.00\n#IB -1 1930 7\n`;

	it('takes the figures from the vouchers of a file of type 4', () => {
		const { year, head: read } = readSieYear(
			Buffer.from(
				`${head(4)}#KONTO 1930 Bank\n#PSALDO 0 202601 1930 {} 999\n#VER A 1 20260131\n{\n` +
					'#TRANS 1930 {} 50.00 20260301\n#BTRANS 1930 {} 3\n#RTRANS 3001 {} -50\n#TRANS 3001 {} -50\n}\n',
			),
		);
		expect(read.accounts.get('1930')?.name).toBe('Bank');
		// The voucher's date counts, not the row's.
		expect(accountBalances([year], { accounts: ['1', '3'], end: '2026-01' })).toMatchObject([
			{ account: '1930', debit: 15000, credit: 0, periodDebit: 5000 },
			{ account: '3001', debit: 0, credit: 5000, balance: -5000 },
		]);
	});

	it('takes the balances, but no debits and credits, from a file of type 2', () => {
		const { year } = readSieYear(
			Buffer.from(
				`${head(2)}#PSALDO 0 202601 1930 {} -30.00\n#PSALDO 0 202602 1930 {} 5.00\n#PSALDO -1 202501 1930 {} 1.00\n`,
			),
		);
		expect(accountBalances([year], { accounts: [], start: '2026-02', end: '2026-02' })).toEqual([
			{
				account: '1930',
				debit: 0,
				credit: 0,
				balance: 7500,
				periodDebit: 0,
				periodCredit: 0,
				periodBalance: 500,
			},
		]);
	});

	it.each([
		['of type 1', head(1)],
		['of type 3', head(3)],
		['without a year', '#FLAGGA 0\n#SIETYP 4\n'],
	])('refuses a file %s', (_, content) => {
		expect(() => readSieYear(Buffer.from(content))).toThrow(LedgerError);
	});
});

describe('isSelected', () => {
	it('takes whole numbers and first digits', () => {
		expect(isSelected('1930', ['19'])).toBe(true);
		expect(isSelected('1930', ['2', '1930'])).toBe(true);
		expect(isSelected('1930', ['193', '30'])).toBe(true);
		expect(isSelected('1930', ['30'])).toBe(false);
		expect(isSelected('1930', [])).toBe(true);
	});
});

describe('accountLedger', () => {
	const row = (date: string, series: string, number: string, amount: number) => ({ date, series, number, amount });
	const years = [
		{ from: '2026-01-01', to: '2026-12-31', opening: 0, rows: [row('2026-01-05', 'A', '1', -300)] },
		{
			from: '2025-01-01',
			to: '2025-12-31',
			opening: 1000,
			rows: [
				row('2025-12-01', 'A', '10', 5),
				row('2025-12-01', 'A', '9', 20),
				row('2025-03-01', 'A', '2', 300),
				row('2025-12-01', 'B', '1', -4),
				row('2025-12-24', 'A', '11', 7),
			],
		},
	];

	it('runs through the rows by date, series and number, from what was there before', () => {
		expect(accountLedger(years, { from: '2025-04-01', to: '2025-12-23' })).toEqual([
			{
				from: '2025-04-01',
				to: '2025-12-23',
				opening: 1300,
				rows: [
					{ row: row('2025-12-01', 'A', '9', 20), balance: 1320 },
					{ row: row('2025-12-01', 'A', '10', 5), balance: 1325 },
					{ row: row('2025-12-01', 'B', '1', -4), balance: 1321 },
				],
				closing: 1321,
			},
		]);
	});

	it('begins anew with each financial year', () => {
		const sections = accountLedger(years, { from: '2025-12-24', to: '2026-02-01' });
		expect(
			sections.map(({ from, to, opening, closing, rows }) => [from, to, opening, closing, rows.length]),
		).toEqual([
			['2025-12-24', '2025-12-31', 1321, 1328, 1],
			['2026-01-01', '2026-02-01', 0, -300, 1],
		]);
	});

	it('is empty outside the years', () => {
		expect(accountLedger(years, { from: '2020-01-01', to: '2024-12-31' })).toEqual([]);
	});

	it('closes where the balances of a whole year do', () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer())),
				(opening, list) => {
					const rows = list.map(([month, amount], i) =>
						row(`2026-${String(month).padStart(2, '0')}-01`, 'A', String(i), amount),
					);
					const year = yearOf(
						'2026-01-01',
						'2026-12-31',
						{ '1930': opening },
						rows.map(({ date, amount }): Movement => ['1930', date, amount]),
					);
					const [ledger] = accountLedger([{ from: year.from, to: year.to, opening, rows }], {
						from: '2026-03-01',
						to: '2026-12-31',
					});
					const [balance] = accountBalances([year], { accounts: ['1930'], start: '2026-03', end: '2026-12' });
					expect(ledger?.closing).toBe(balance?.balance);
					expect((ledger?.closing ?? 0) - (ledger?.opening ?? 0)).toBe(balance?.periodBalance);
				},
			),
		);
	});
});

describe('compareEntries', () => {
	it('orders numbers as numbers', () => {
		const numbers = ['10', '9', '', '100'].map((number) => ({ date: '2026-01-01', series: 'A', number }));
		expect(numbers.sort(compareEntries).map(({ number }) => number)).toEqual(['', '9', '10', '100']);
	});
});
