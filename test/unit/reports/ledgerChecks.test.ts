import {
	differingOpenings,
	negativeCash,
	numberGaps,
	outsideYear,
	subledgerAccounts,
	vatMismatch,
	type CheckedVoucher,
	type CheckedYear,
} from '../../../nodes/shared/ledger/reports/ledgerChecks';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

function voucher(series: string, number: number, date: string, rows: Array<[account: number, amount: number]> = []): CheckedVoucher {
	return { id: `${series}-${number}`, series, number, date, rows: rows.map(([account, amount]) => ({ account, amount })) };
}

function year(vouchers: CheckedVoucher[], opening: Array<[number, number]> = []): CheckedYear {
	return { ...YEAR, period: MARCH, vouchers, opening: new Map(opening) };
}

describe('numbers that a series lacks', () => {
	const gaps = (...vouchers: CheckedVoucher[]) => numberGaps(year(vouchers)).map(({ message }) => message);

	it('are named one by one or as a range, before the entry that follows', () => {
		const vouchers = [voucher('A', 1, '2026-03-01'), voucher('A', 3, '2026-03-02'), voucher('A', 7, '2026-03-03')];
		expect(numberGaps(year(vouchers))).toEqual([
			{
				check: 'numberGaps',
				severity: 'error',
				message: 'Series A: number 2 is missing before A-3 of 2026-03-02.',
				entry: 'A-3',
				date: '2026-03-02',
			},
			{
				check: 'numberGaps',
				severity: 'error',
				message: 'Series A: numbers 4–6 are missing before A-7 of 2026-03-03.',
				entry: 'A-7',
				date: '2026-03-03',
			},
		]);
	});

	it('begin at 1', () => {
		expect(gaps(voucher('A', 2, '2026-03-01'))).toEqual(['Series A: number 1 is missing before A-2 of 2026-03-01.']);
		expect(gaps(voucher('A', 1, '2026-03-01'))).toEqual([]);
	});

	it('are looked for in each series by itself, in the order of series and numbers', () => {
		expect(
			gaps(voucher('B', 2, '2026-03-01'), voucher('A', 4, '2026-03-01'), voucher('A', 1, '2026-03-01'), voucher('A', 2, '2026-03-05')),
		).toEqual(['Series A: number 3 is missing before A-4 of 2026-03-01.', 'Series B: number 1 is missing before B-2 of 2026-03-01.']);
	});

	it.each([
		['2026-02-28', '2026-04-01', false],
		['2026-02-28', '2026-03-01', true],
		['2026-03-31', '2026-04-01', true],
	])('between entries of %s and %s', (before, after, isTold) => {
		expect(gaps(voucher('A', 1, before), voucher('A', 3, after))).toHaveLength(isTold ? 1 : 0);
	});
});

describe('bank and cash accounts below 0', () => {
	const below = (vouchers: CheckedVoucher[], opening: Array<[number, number]> = []) =>
		negativeCash(year(vouchers, opening)).map(({ account, date, amount, severity, message }) => [
			account,
			date,
			/ to (\S+),/.exec(message)?.[1],
			amount,
			severity,
		]);
	const moves = (date: string, ...rows: Array<[number, number]>) => voucher('A', 1, date, rows);

	it('are named by stretch of days, with the lowest balance', () => {
		const vouchers = [
			moves('2026-03-05', [1930, -100]),
			moves('2026-03-07', [1930, -50]),
			moves('2026-03-09', [1930, 60]),
			moves('2026-03-12', [1930, 90]),
		];
		expect(below(vouchers)).toEqual([[1930, '2026-03-05', '2026-03-11', -150, 'warning']]);
		expect(negativeCash(year(vouchers))[0]?.message).toBe('1930 is below 0 from 2026-03-05 to 2026-03-11, at the lowest -1.50.');
	});

	it('are found by day, in whatever order the entries come', () => {
		const vouchers = [moves('2026-03-09', [1930, 100]), moves('2026-03-05', [1930, -100]), moves('2026-02-01', [1930, 50])];
		expect(below(vouchers)).toEqual([[1930, '2026-03-05', '2026-03-08', -50, 'warning']]);
	});

	it('end when the balance is 0, and may begin again', () => {
		const vouchers = [moves('2026-03-05', [1930, -100]), moves('2026-03-06', [1930, 100]), moves('2026-03-20', [1930, -1])];
		expect(below(vouchers)).toEqual([
			[1930, '2026-03-05', '2026-03-05', -100, 'warning'],
			[1930, '2026-03-20', '2026-03-31', -1, 'warning'],
		]);
	});

	it('are an error in the cash box', () => {
		expect(below([moves('2026-03-05', [1910, -100])])).toEqual([[1910, '2026-03-05', '2026-03-31', -100, 'error']]);
	});

	it('are looked at by the end of the day', () => {
		expect(below([moves('2026-03-05', [1930, -100]), moves('2026-03-05', [1930, 100])])).toEqual([]);
		expect(below([moves('2026-03-05', [1930, -100], [1930, 40])])).toEqual([[1930, '2026-03-05', '2026-03-31', -60, 'warning']]);
	});

	it('count what the year opened with and what moved before the period', () => {
		const before = moves('2026-02-27', [1930, -100]);
		expect(below([before])).toEqual([[1930, '2026-03-01', '2026-03-31', -100, 'warning']]);
		expect(below([before], [[1930, 100]])).toEqual([]);
		expect(below([before, moves('2026-03-01', [1930, 100])])).toEqual([]);
		expect(below([before, moves('2026-03-02', [1930, 100])])).toEqual([[1930, '2026-03-01', '2026-03-01', -100, 'warning']]);
		expect(below([moves('2026-03-01', [1930, -100])])).toEqual([[1930, '2026-03-01', '2026-03-31', -100, 'warning']]);
		expect(below([], [[1930, -5]])).toEqual([[1930, '2026-03-01', '2026-03-31', -5, 'warning']]);
	});

	it('are of no matter after the period, nor are other accounts', () => {
		expect(below([moves('2026-04-01', [1930, -100])])).toEqual([]);
		expect(below([moves('2026-03-31', [1930, -100])])).toEqual([[1930, '2026-03-31', '2026-03-31', -100, 'warning']]);
		expect(below([moves('2026-03-05', [2440, -100])], [[2081, -100]])).toEqual([]);
	});

	it('come in the order of accounts', () => {
		expect(below([moves('2026-03-05', [1940, -1], [1930, -1])]).map(([account]) => account)).toEqual([1930, 1940]);
	});
});

describe('VAT that does not fit', () => {
	const mismatch = (date: string, ...rows: Array<[number, number]>) => vatMismatch(year([voucher('A', 1, date, rows)]), () => '');

	it('is named with the entry', () => {
		expect(mismatch('2026-03-05', [3001, -100_000], [1930, 100_000])).toEqual([
			{
				check: 'vatMismatch',
				severity: 'error',
				message: 'A-1: A base of 1000.00 (box 05) has no VAT: 25 % of it is 250.00.',
				entry: 'A-1',
				date: '2026-03-05',
				amount: 100_000,
			},
		]);
		expect(mismatch('2026-03-05', [3001, -100_000], [2611, -25_000])).toEqual([]);
	});

	it.each([
		['2026-02-28', 0],
		['2026-03-01', 1],
		['2026-03-31', 1],
		['2026-04-01', 0],
	])('is looked for in the period: %s', (date, count) => {
		expect(mismatch(date, [3001, -100_000])).toHaveLength(count);
	});

	it.each([
		[8989, 1],
		[8990, 0],
		[8999, 0],
		[9000, 1],
	])('is not looked for where the year is closed: %d', (account, count) => {
		expect(mismatch('2026-03-05', [3001, -100_000], [account, 100_000])).toHaveLength(count);
	});

	it('is not looked for in a settlement, but what that books besides is', () => {
		expect(mismatch('2026-03-05', [2611, 25_000], [2650, -25_000])).toEqual([]);
		expect(mismatch('2026-03-05', [5410, 7_000], [5410, 3_000], [2641, 2_500], [2650, -12_500])).toEqual([
			{
				check: 'vatMismatch',
				severity: 'error',
				message: 'A-1 has rows on 5410 beside the account of the VAT settlement, which keeps them and their VAT out of the VAT return.',
				entry: 'A-1',
				date: '2026-03-05',
				amount: 10_000,
			},
		]);
		// Without a row of a box it is a payment.
		expect(mismatch('2026-03-05', [5410, 10_000], [2650, -10_000])).toEqual([]);
	});
});

describe('entries outside their year', () => {
	it.each([
		['2025-12-31', 1],
		['2026-01-01', 0],
		['2026-12-31', 0],
		['2027-01-01', 1],
	])('are dated %s', (date, count) => {
		const found = outsideYear(year([voucher('A', 1, date)]));
		expect(found).toHaveLength(count);
		if (count === 1) {
			const message = `A-1 is dated ${date}, outside the financial year 2026-01-01–2026-12-31 that it is booked in.`;
			expect(found).toEqual([{ check: 'outsideYear', severity: 'error', message, entry: 'A-1', date }]);
		}
	});
});

it('openings that differ from the close are named with both', () => {
	expect(differingOpenings([{ account: '1930', stored: 5_000, closed: 7_000 }], YEAR)).toEqual([
		{
			check: 'openingBalances',
			severity: 'error',
			message: '1930 opens 2026-01-01 with 50.00, and the year before closed with 70.00. Transfer the balances in Fortnox.',
			account: 1930,
			amount: -2_000,
			date: '2026-01-01',
		},
	]);
});

describe('entries by hand on accounts of a sub-ledger', () => {
	const rows: Array<[number, number]> = [
		[1510, 100],
		[1510, 20],
		[3001, -120],
	];
	const byHand = (date: string, isManual = true) =>
		subledgerAccounts(year([voucher('A', 1, date, rows)]), [1510, 2440], (id) => isManual && id === 'A-1');

	it('are named with what they book there', () => {
		expect(byHand('2026-03-05')).toEqual([
			{
				check: 'subledgerAccounts',
				severity: 'warning',
				message: 'A-1 was booked by hand on 1510 (1.20), so that the account and its sub-ledger differ.',
				entry: 'A-1',
				date: '2026-03-05',
				account: 1510,
				amount: 120,
			},
		]);
	});

	it('are no entries that a sub-ledger made, or of other days', () => {
		expect(byHand('2026-03-05', false)).toEqual([]);
		expect(byHand('2026-02-28')).toEqual([]);
	});
});
