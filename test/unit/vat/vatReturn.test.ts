import { entry, filled, returnOf, row } from './support';

const SALE = [row(1930, 125_000), row(3001, -100_000), row(2611, -25_000)];
const PURCHASE = [row(5410, 10_000), row(2641, 2_500), row(1930, -12_500)];

describe('the boxes of a VAT return', () => {
	it('have sales in credit, what is deducted in debit, and in 49 what is to be paid', () => {
		expect(filled(returnOf([entry(SALE), entry(PURCHASE, { id: 'A-2' })]))).toEqual({ '05': 1000, '10': 250, '48': 25, '49': 225 });
	});

	it('add up the VAT of all rates, of sales, reverse charge and import', () => {
		const owed = [2611, 2621, 2631, 2614, 2624, 2634, 2615, 2625, 2635].map((account, index) => row(account, -100 * 10 ** (index % 3)));
		const boxes = { '10': 1, '11': 10, '12': 100, '30': 1, '31': 10, '32': 100, '60': 1, '61': 10, '62': 100, '49': 333 };
		expect(filled(returnOf([entry(owed)]))).toEqual(boxes);
	});

	it('drop öre, and 49 is made of whole kronor', () => {
		const { exact, boxes } = returnOf([entry([row(2611, -199), row(2641, 199), row(2621, 199)])]);
		expect([exact.get('10'), exact.get('48'), exact.get('11')]).toEqual([199, 199, -199]);
		expect([boxes.get('10'), boxes.get('48'), boxes.get('11'), boxes.get('49')]).toEqual([1, 1, -1, -1]);
		expect(exact.has('49')).toBe(false);
	});

	it('are all there, those without an amount as 0', () => {
		const { boxes } = returnOf([]);
		expect(boxes.size).toBe(29);
		expect([...boxes.values()].every((amount) => Object.is(amount, 0))).toBe(true);
	});

	it('take accounts of the same box together', () => {
		expect(filled(returnOf([entry([row(2610, -10_000), row(2611, -10_000)])]))).toEqual({ '10': 200, '49': 200 });
	});
});

describe('what counts', () => {
	it.each([
		['the first day', '2026-03-01', 1000],
		['the last day', '2026-03-31', 1000],
		['the day before', '2026-02-28', undefined],
		['the day after', '2026-04-01', undefined],
	])('is what lies in the period: %s', (_, date, sales) => {
		expect(filled(returnOf([entry(SALE, { date })]))['05']).toBe(sales);
	});

	it('is an entry with a row that has to do with VAT, with these rows only', () => {
		const { entries } = returnOf([entry(SALE), entry([row(1930, 100), row(6570, -100)], { id: 'A-2' })]);
		expect(entries).toEqual([
			{
				id: 'A-1',
				date: '2026-03-05',
				rows: [
					{ account: 3001, code: '', place: { kind: 'box', box: '05' }, amount: -100_000, rate: 25 },
					{ account: 2611, code: '', place: { kind: 'box', box: '10' }, amount: -25_000 },
				],
			},
		]);
	});

	it.each<[string, Array<[number, number]>, string | undefined]>([
		[
			'a settlement',
			[
				[2611, 25_000],
				[2650, -25_000],
			],
			'settlement',
		],
		[
			'a settlement against 1650',
			[
				[2611, 25_000],
				[1650, -25_000],
			],
			'settlement',
		],
		[
			'the result of the year',
			[
				[3001, 25_000],
				[8999, -25_000],
			],
			'closing',
		],
		[
			'the first account of results',
			[
				[3001, 25_000],
				[8990, -25_000],
			],
			'closing',
		],
		[
			'an account before it',
			[
				[3001, 25_000],
				[8989, -25_000],
			],
			undefined,
		],
		[
			'the result in equity',
			[
				[3001, 25_000],
				[2099, -25_000],
			],
			'closing',
		],
		[
			'the result in equity, with the first account of income',
			[
				[3000, 25_000],
				[2099, -25_000],
			],
			'closing',
		],
		[
			'the result of a sole trader',
			[
				[3001, 25_000],
				[2019, -25_000],
			],
			'closing',
		],
		[
			'the result of a partnership',
			[
				[3001, 25_000],
				[2069, -25_000],
			],
			'closing',
		],
		[
			'a sale to the owner, with its VAT',
			[
				[3001, -20_000],
				[2611, -5_000],
				[2019, 25_000],
			],
			undefined,
		],
		[
			'equity without income or costs',
			[
				[4515, 0],
				[2611, -5_000],
				[2019, 5_000],
			],
			undefined,
		],
	])('is not %s', (_, rows, because) => {
		const { entries, leftOut } = returnOf([entry(rows.map(([account, amount]) => row(account, amount)))]);
		expect(leftOut.map((one) => one.because)).toEqual(because === undefined ? [] : [because]);
		expect(entries).toHaveLength(because === undefined ? 1 : 0);
	});

	it('is not what an entry of the settlement account books besides, which is named', () => {
		const mixed = [row(5410, 10_000), row(2641, 2_500), row(2650, -12_500)];
		expect(returnOf([entry(mixed)]).leftOut).toMatchObject([{ id: 'A-1', because: 'settlement', beside: [row(5410, 10_000)] }]);
		expect(returnOf([entry([row(2611, 25_000), row(2650, -25_000)])]).leftOut).toMatchObject([{ beside: [] }]);
		expect(returnOf([entry([row(3001, 25_000), row(5410, -100), row(8999, -24_900)])]).leftOut).toMatchObject([
			{ because: 'closing', beside: [] },
		]);
	});
});

describe('what stood there before the period', () => {
	it('is the opening balance and what moved since, of accounts of VAT and of the settlement', () => {
		const { vatBefore, settlementBefore, entries } = returnOf(
			[entry(SALE, { date: '2026-02-10' }), entry([row(2650, -700), row(1930, 700)], { date: '2026-01-10' })],
			{ opening: [row(2611, -1_000), row(2650, -300), row(3001, -9), row(1930, 5)] },
		);
		expect([...vatBefore]).toEqual([[2611, -26_000]]);
		expect([...settlementBefore]).toEqual([[2650, -1_000]]);
		expect(entries).toEqual([]);
	});
});

describe('what is paid in the period', () => {
	it('is what moves the account of the settlement without settling VAT', () => {
		const payment = [row(2650, 700), row(1930, -700)];
		const { paid, leftOut } = returnOf([entry(payment), entry(payment, { id: 'A-2' }), entry([row(2611, 25_000), row(2650, -25_000)])]);
		expect([...paid]).toEqual([[2650, 1_400]]);
		expect(leftOut).toHaveLength(1);
	});

	it('is nothing that moves no account of VAT and closes the year', () => {
		const { paid, leftOut, entries } = returnOf([entry([row(8999, 100), row(2099, -100)])]);
		expect([paid.size, leftOut.length, entries.length]).toEqual([0, 0, 0]);
	});
});

describe('what comes after the period', () => {
	const after = (rows: Array<[number, number]>) =>
		returnOf([
			entry(
				rows.map(([account, amount]) => row(account, amount)),
				{ date: '2026-04-12', text: 'Moms mars' },
			),
		]).after;

	it('is listed with its text and its rows of VAT, and whether it settles a return', () => {
		expect(
			after([
				[2611, 25_000],
				[3001, 5],
				[2650, -25_005],
			]),
		).toEqual([
			{
				id: 'A-1',
				date: '2026-04-12',
				text: 'Moms mars',
				rows: [{ account: 2611, code: '', place: { kind: 'box', box: '10' }, amount: 25_000 }],
			},
		]);
		expect(
			after([
				[2611, 25_000],
				[2650, -25_000],
			]),
		).toMatchObject([{ settles: 'return' }]);
		expect(
			after([
				[2611, 25_000],
				[1930, -25_000],
			]),
		).toMatchObject([{ settles: 'money' }]);
	});

	it('is nothing that moves no account of VAT', () => {
		expect(
			after([
				[3001, -100],
				[2650, 100],
			]),
		).toEqual([]);
	});

	it('has an empty text where the entry has none', () => {
		expect(returnOf([entry(SALE, { date: '2026-04-12' })]).after).toMatchObject([{ text: '' }]);
	});
});

describe('the accounts of a return', () => {
	it('stand by box, then by number, with the ids of their entries, each once', () => {
		const { accounts } = returnOf([
			entry([row(2641, 100), row(2640, 50), row(2611, -100), row(2611, -100)]),
			entry([row(2611, -100), row(3001, -1)], { id: 'A-2' }),
		]);
		expect(accounts).toEqual([
			{ account: 3001, code: '', box: '05', amount: 1, entries: ['A-2'] },
			{ account: 2611, code: '', box: '10', amount: 300, entries: ['A-1', 'A-2'] },
			{ account: 2640, code: '', box: '48', amount: 50, entries: ['A-1'] },
			{ account: 2641, code: '', box: '48', amount: 100, entries: ['A-1'] },
		]);
	});

	it('are there where their rows make 0', () => {
		expect(returnOf([entry([row(2611, -100), row(2611, 100)])]).accounts).toMatchObject([{ account: 2611, amount: 0 }]);
	});

	it('without a box are kept apart, by number, in debit, and are in none', () => {
		const { accounts, unmapped, exact } = returnOf([entry([row(2690, 100), row(2660, -40), row(1651, 7)])]);
		expect(accounts).toEqual([]);
		expect(exact.size).toBe(0);
		expect(unmapped.map(({ account, amount }) => [account, amount])).toEqual([
			[1651, 7],
			[2660, -40],
			[2690, 100],
		]);
		expect(unmapped.every((account) => !('box' in account))).toBe(true);
	});

	it('are those of the codes that the company gave them', () => {
		const books = { codes: { 3050: 'mp2', 2611: 'R1', 3001: 'EGEN' } };
		const { accounts, unmapped, paid } = returnOf([entry([row(3050, -100), row(3001, -10)]), entry([row(2611, -1)])], books);
		expect(accounts).toEqual([{ account: 3050, code: 'mp2', box: '05', amount: 100, entries: ['A-1'] }]);
		expect(unmapped).toEqual([{ account: 3001, code: 'EGEN', amount: -10, entries: ['A-1'] }]);
		expect([...paid]).toEqual([[2611, -1]]);
	});
});
