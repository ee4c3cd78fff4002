import fc from 'fast-check';
import { accountBalances, accountLedger, compareEntries, isSelected, readSieYearInSteps } from '../../../nodes/shared/ledger/balances';
import { LedgerError } from '../../../nodes/shared/ledger/problems';
import { runSteps } from '../../../nodes/shared/steps';
import type { Movement } from './years';
import { yearOf } from './years';

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
		expect([year.from, year.to]).toEqual(['2026-01-01', '2026-12-31']);
		// The voucher's date counts, not the row's.
		expect(accountBalances([year], { accounts: ['1', '3'], end: '2026-01' })).toMatchObject([
			{ account: '1930', debit: 15000, credit: 0, periodDebit: 5000 },
			{ account: '3001', debit: 0, credit: 5000, balance: -5000 },
		]);
	});

	it('hands each voucher on as well', () => {
		const seen: string[] = [];
		const file = `${head(4)}#VER A 1 20260131\n{\n}\n#VER B 7 20260201\n{\n}\n`;
		runSteps(readSieYearInSteps(Buffer.from(file), {}, ({ series, number }, { type }) => seen.push(`${series} ${number} of type ${type}`)));
		expect(seen).toEqual(['A 1 of type 4', 'B 7 of type 4']);
	});

	it('takes the balances, but no debits and credits, from a file of type 2', () => {
		const { year } = readSieYear(
			Buffer.from(`${head(2)}#PSALDO 0 202601 1930 {} -30.00\n#PSALDO 0 202602 1930 {} 5.00\n#PSALDO -1 202501 1930 {} 1.00\n`),
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
		expect(sections.map(({ from, to, opening, closing, rows }) => [from, to, opening, closing, rows.length])).toEqual([
			['2025-12-24', '2025-12-31', 1321, 1328, 1],
			['2026-01-01', '2026-02-01', 0, -300, 1],
		]);
	});

	it('has the rows of its first and last day, and the years of which it has one day', () => {
		const sections = accountLedger(years, { from: '2025-12-01', to: '2025-12-24' });
		expect(sections.map(({ opening, closing, rows }) => [opening, closing, rows.length])).toEqual([[1300, 1328, 4]]);
		const turn = accountLedger(years, { from: '2025-12-31', to: '2026-01-01' });
		expect(turn.map(({ from, to }) => [from, to])).toEqual([
			['2025-12-31', '2025-12-31'],
			['2026-01-01', '2026-01-01'],
		]);
	});

	it('is empty outside the years', () => {
		expect(accountLedger(years, { from: '2020-01-01', to: '2024-12-31' })).toEqual([]);
	});

	it('closes where the balances of a whole year do', () => {
		fc.assert(
			fc.property(fc.integer(), fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer())), (opening, list) => {
				const rows = list.map(([month, amount], i) => row(`2026-${String(month).padStart(2, '0')}-01`, 'A', String(i), amount));
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
			}),
		);
	});
});

describe('compareEntries', () => {
	it('orders numbers as numbers', () => {
		const numbers = ['10', '9', '', '100'].map((number) => ({ date: '2026-01-01', series: 'A', number }));
		expect(numbers.sort(compareEntries).map(({ number }) => number)).toEqual(['', '9', '10', '100']);
	});

	it('orders numbers that are the same number, or none, as text', () => {
		const numbers = ['7', 'x', '07', 'a'].map((number) => ({ date: '2026-01-01', series: 'A', number }));
		const [seven, x, zeroSeven, a] = numbers as [(typeof numbers)[0], (typeof numbers)[0], (typeof numbers)[0], (typeof numbers)[0]];
		expect([seven, zeroSeven].sort(compareEntries).map(({ number }) => number)).toEqual(['07', '7']);
		expect([x, a].sort(compareEntries).map(({ number }) => number)).toEqual(['a', 'x']);
		expect(compareEntries(seven, { ...seven })).toBe(0);
	});
});
