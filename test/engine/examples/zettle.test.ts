import type { IDataObject } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { World } from '../support/world';
import { booked, emptyBooks, runExample, sampleMonth, vatOf } from './run';

const FILE = 'zettle-sales-and-payouts.json';

/** A receipt as Zettle's Purchase API has it: its time in UTC, its amount and its VAT by rate in öre. */
function receipt(time: string, amount: number, groupedVatAmounts: Record<string, number>, more: IDataObject = {}): IDataObject {
	return {
		purchaseNumber: 7,
		timestamp: time,
		currency: 'SEK',
		amount,
		groupedVatAmounts,
		payments: [{ type: 'IZETTLE_CARD', amount }],
		...more,
	};
}

/** A transaction of the Finance API: its time in UTC, its amount in öre, as a text. */
function transaction(timestamp: string, amount: number, originatorTransactionType: string, id = ''): IDataObject {
	return { timestamp, amount: String(amount), originatorTransactionType, originatingTransactionUuid: id };
}

describe('the example of Zettle', () => {
	let world: World;

	afterEach(async () => await world.close());

	async function run(purchases?: IDataObject[], transactions: IDataObject[] = [{}]): Promise<EngineResult> {
		world.reconnect();
		const result = await runExample(world, FILE, purchases && { Purchases: [{ purchases }], Transactions: transactions });
		expect(result.error?.message).toBeUndefined();
		return result;
	}

	const listed = (result: EngineResult): string[] =>
		'For a Person' in result.runData ? result.json('For a Person').map(({ problem, error }) => String(problem ?? error)) : [];

	it('books its own sample once: days by rate and way of paying, payouts that empty 1580', async () => {
		world = await emptyBooks();
		const month = sampleMonth();
		for (const repeated of [false, true]) {
			const result = await run();
			expect(listed(result)).toEqual([]);
			expect(result.json('Post Entries').map(({ already_posted }) => already_posted === true)).toEqual(Array(4).fill(repeated));
			expect(booked(world)).toEqual([
				{
					date: `${month}-05`,
					text: `Zettle, sales of ${month}-05`,
					rows: { 3001: -100, 3002: -90.18, 3003: -54.5, 2611: -25, 2621: -10.82, 2631: -3.27, 1580: 238.77, 1910: 45 },
				},
				{ date: `${month}-06`, text: `Zettle, sales of ${month}-06`, rows: { 3001: -100, 2611: -25, 1580: 75, 1910: 50 } },
				{ date: `${month}-06`, text: `Zettle payout ${month}-06`, rows: { 1580: -238.77, 6570: 4.42, 1930: 234.35 } },
				{ date: `${month}-07`, text: `Zettle payout ${month}-07`, rows: { 1580: -75, 6570: 1.39, 1930: 73.61 } },
			]);
		}
		expect(await vatOf(world, month)).toEqual({ boxes: { '05': 344, 10: 50, 11: 10, 12: 3, 49: 63 }, checks: [] });
	});

	it('takes the day in Sweden, and leaves today to tomorrow', async () => {
		world = await emptyBooks();
		const now = new Date(Date.now()).toISOString();
		await run([
			receipt('2026-10-05T21:59:59.000+0000', 12_500, { '25.0': 2500 }),
			receipt('2026-10-05T22:00:00.000+0000', 25_000, { '25.0': 5000 }),
			receipt(now, 12_500, { '25.0': 2500 }),
		]);
		expect(booked(world).map(({ date, rows }) => [date, rows[1580]])).toEqual([
			['2026-10-05', 125],
			['2026-10-06', 250],
		]);
	});

	it('splits receipts to the öre: rates with odd öre, many rows, and sales without VAT', async () => {
		world = await emptyBooks(2026);
		await run([
			// 12 %: 4.51 of 42.10; the base is what is left, 37.59.
			receipt('2026-05-05T10:00:00.000+0000', 4210, { '12.0': 451 }),
			// Three books of 99: VAT by row is 5.60, by sum 16.81.
			receipt('2026-05-05T10:05:00.000+0000', 29_700, { '6.0': 1680 }, { products: [{}, {}, {}] }),
			receipt('2026-05-05T10:10:00.000+0000', 22_500, { '25.0': 2500, '0.0': 10_000 }),
		]);
		expect(booked(world)[0]?.rows).toEqual({
			3001: -100,
			3002: -37.59,
			3003: -280.2,
			3004: -100,
			2611: -25,
			2621: -4.51,
			2631: -16.8,
			1580: 564.1,
		});
	});

	it.each<[string, IDataObject, RegExp]>([
		['a way of paying without an account', { payments: [{ type: 'SWISH', amount: 12_500 }] }, /^SWISH has no account/],
		[
			'payments that miss the amount',
			{ payments: [{ type: 'IZETTLE_CARD', amount: 10_000 }] },
			/Receipt 7 is 125, and its payments make 100/,
		],
		['VAT that does not fit', { groupedVatAmounts: { '25.0': 250 } }, /VAT of receipt 7 does not fit/],
		['another currency', { currency: 'EUR' }, /Receipt 7 is in EUR/],
	])('lists a day that has a receipt with %s', async (_what, change, problem) => {
		world = await emptyBooks(2026);
		const result = await run([
			receipt('2026-05-05T10:00:00.000+0000', 12_500, { '25.0': 2500 }, change),
			receipt('2026-05-06T10:00:00.000+0000', 12_500, { '25.0': 2500 }),
		]);
		expect(listed(result)).toEqual([expect.stringMatching(problem)]);
		expect(booked(world).map(({ date }) => date)).toEqual(['2026-05-06']);
	});

	it('leaves a chargeback on 1580, books returned fees, and lists what is no sale, or not whole', async () => {
		world = await emptyBooks(2026);
		const result = await run(
			[],
			[
				transaction('2026-05-01T03:00:00', -5000, 'PAYOUT', 'cut'),
				transaction('2026-05-02T02:00:00', 100_000, 'PAYMENT'),
				transaction('2026-05-02T02:00:00', -1850, 'PAYMENT_FEE'),
				transaction('2026-05-02T02:30:00', -30_000, 'FROZEN_FUNDS'),
				transaction('2026-05-02T02:40:00', 250, 'CASHBACK'),
				transaction('2026-05-02T03:00:00', -68_400, 'PAYOUT', 'frozen'),
				transaction('2026-05-03T02:00:00', 1_000_000, 'ADVANCE'),
				transaction('2026-05-03T03:00:00', -1_000_000, 'PAYOUT', 'loan'),
				transaction('2026-05-04T02:00:00', -20_000, 'PAYMENT'),
				transaction('2026-05-04T03:00:00', 20_000, 'PAYOUT', 'taken back'),
			],
		);
		expect(listed(result)).toEqual([
			expect.stringMatching(/make 0, and the payout is 50: it may begin before/),
			expect.stringMatching(/^ADVANCE of 10000 on 2026-05-03/),
		]);
		expect(booked(world).map(({ rows }) => rows)).toEqual([
			{ 1580: -700, 6570: 16, 1930: 684 },
			{ 1580: 200, 1930: -200 },
		]);
	});

	it.each<[string, (rows: IDataObject[]) => IDataObject[]]>([
		['in one answer, the newest first, as its guide shows it', (rows) => [{ data: [...rows].reverse() }]],
		[
			'under the name of its reference',
			(rows) => rows.map(({ originatingTransactionUuid, ...row }) => ({ ...row, originatorTransactionUuid: originatingTransactionUuid })),
		],
		[
			'with amounts that are numbers, and times with a zone',
			(rows) => rows.map((row) => ({ ...row, amount: Number(row.amount), timestamp: `${String(row.timestamp)}.309+0000` })),
		],
	])('reads the transactions of the Finance API %s', async (_what, shaped) => {
		world = await emptyBooks(2026);
		const rows = [
			transaction('2026-05-02T02:00:00', 100_000, 'PAYMENT', 'sale'),
			transaction('2026-05-02T02:00:00', -1850, 'PAYMENT_FEE', 'sale'),
			transaction('2026-05-02T03:00:00', -98_150, 'PAYOUT', 'paid'),
		];
		for (const repeated of [false, true]) {
			const result = await run([], shaped(rows));
			expect(listed(result)).toEqual([]);
			expect(result.json('Post Entries')).toEqual([expect.objectContaining({ number: 'paid', ...(repeated && { already_posted: true }) })]);
			expect(booked(world).map((entry) => entry.rows)).toEqual([{ 1580: -1000, 6570: 18.5, 1930: 981.5 }]);
		}
	});

	it('lists a payout without an identifier, since it could be booked twice, and transactions without a time', async () => {
		world = await emptyBooks(2026);
		const payout = [transaction('2026-05-02T02:00:00', 5000, 'PAYMENT', 'sale'), transaction('2026-05-02T03:00:00', -5000, 'PAYOUT')];
		expect(listed(await run([], payout))).toEqual([expect.stringMatching(/^The payout of 50 has no originatingTransactionUuid/)]);
		expect(listed(await run([], [{ transactions: payout }]))).toEqual([expect.stringMatching(/^A transaction has no time: /)]);
		expect(booked(world)).toEqual([]);
	});

	it('lists a day to which a late receipt came, and says so where there is nothing', async () => {
		world = await emptyBooks(2026);
		const first = receipt('2026-05-05T10:00:00.000+0000', 12_500, { '25.0': 2500 });
		await run([first]);
		const late = await run([first, receipt('2026-05-05T11:00:00.000+0000', 2500, { '25.0': 500 })]);
		expect(listed(late)).toEqual([expect.stringMatching(/ZETTLE-2026-05-05/)]);
		expect(booked(world)).toHaveLength(1);
		expect(listed(await run([]))).toEqual(['There are no sales and no payouts in these days.']);
	});
});
