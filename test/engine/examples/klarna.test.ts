import type { IDataObject } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { World } from '../support/world';
import { booked, emptyBooks, runExample, sampleMonth, vatOf } from './run';

const FILE = 'klarna-payouts.json';

/** Klarna's own answers, amounts in öre: a payout with its totals, and its transactions as type, day and amount. */
interface Payout {
	id: string;
	day: string;
	totals: Record<string, number>;
	transactions: Array<[type: string, captured: string, amount: number]>;
	currency?: string;
}

function answers(payouts: Payout[]): { Payouts: IDataObject[]; Transactions: IDataObject[] } {
	return {
		Payouts: [
			{
				payouts: payouts.map(({ id, day, totals, currency = 'SEK' }) => ({
					payment_reference: id,
					payout_date: `${day}T00:00:00.000Z`,
					currency_code: currency,
					totals,
				})),
			},
		],
		// n8n gives an empty item where there is nothing (Always Output Data).
		Transactions: [
			{},
			...payouts.map(({ id, transactions }) => ({
				transactions: transactions.map(([type, captured, amount]) => ({ type, capture_date: captured, amount, payment_reference: id })),
			})),
		],
	};
}

describe('the example of Klarna payouts', () => {
	let world: World;

	afterEach(async () => await world.close());

	async function run(payouts?: Payout[]): Promise<EngineResult> {
		world.reconnect();
		const result = await runExample(world, FILE, payouts && answers(payouts));
		expect(result.error?.message).toBeUndefined();
		return result;
	}

	const listed = (result: EngineResult): string[] =>
		'For a Person' in result.runData ? result.json('For a Person').map(({ problem, error }) => String(problem ?? error)) : [];

	it('books its own sample once, to the öre and to the right boxes', async () => {
		world = await emptyBooks();
		const month = sampleMonth();
		for (const repeated of [false, true]) {
			expect((await run()).json('Post Payouts')[0]?.already_posted).toBe(repeated ? true : undefined);
			expect(booked(world)).toEqual([
				{
					date: `${month}-20`,
					text: `Klarna SAMPLE${month.replace('-', '')}`,
					rows: { 3001: -9184.8, 2611: -2296.2, 6570: 334.5, 2641: 83.63, 1930: 11_062.87 },
				},
			]);
		}
		expect(await vatOf(world, month)).toEqual({ boxes: { '05': 9184, 10: 2296, 48: 83, 49: 2213 }, checks: [] });
	});

	it('books what was captured in an earlier month there, and the fee with the payout', async () => {
		world = await emptyBooks(2026);
		const totals = { sale_amount: 250_000, return_amount: 12_500, fee_amount: 5000, tax_amount: 1250, settlement_amount: 231_250 };
		const transactions: Payout['transactions'] = [
			['SALE', '2026-03-31T21:30:00Z', 125_000],
			// 1 April in Stockholm
			['SALE', '2026-03-31T22:30:00Z', 125_000],
			['RETURN', '2026-04-02T10:00:00Z', 12_500],
			['FEE', '2026-03-31T21:30:00Z', 5000],
		];
		await run([{ id: 'K1', day: '2026-04-07', totals, transactions }]);
		expect(booked(world)).toEqual([
			{ date: '2026-03-31', text: 'Klarna K1, sold in 2026-03', rows: { 3001: -1000, 2611: -250, 1580: 1250 } },
			{ date: '2026-04-07', text: 'Klarna K1', rows: { 3001: -900, 2611: -225, 1580: -1250, 6570: 50, 2641: 12.5, 1930: 2312.5 } },
		]);
	});

	it('books VAT on many small fees as Klarna rounds it, and a reversal on 1580', async () => {
		world = await emptyBooks(2026);
		// 100 fees of 3.02 with VAT of 0.76 each, which is 0.50 more than 25 % of their sum.
		const totals = { sale_amount: 1_250_000, reversal_amount: 99_900, fee_amount: 30_200, tax_amount: 7600, settlement_amount: 1_112_300 };
		await run([{ id: 'K2', day: '2026-05-20', totals, transactions: [['SALE', '2026-05-10T10:00:00Z', 1_250_000]] }]);
		expect(booked(world)[0]?.rows).toEqual({ 3001: -10_000, 2611: -2500, 1580: 999, 6570: 302, 2641: 76, 1930: 11_123 });
	});

	const sale: Payout['transactions'] = [['SALE', '2026-05-10T10:00:00Z', 125_000]];

	it.each<[string, Partial<Payout>, RegExp]>([
		['a holdback', { totals: { sale_amount: 125_000, holdback_amount: 25_000, settlement_amount: 100_000 } }, /holdback_amount 250/],
		[
			'a debt that is carried on',
			{ totals: { sale_amount: 125_000, return_amount: 150_000, closing_debt_balance_amount: 25_000, settlement_amount: 0 } },
			/closing_debt_balance_amount 250/,
		],
		[
			'parts that miss its sum',
			{ totals: { sale_amount: 125_000, fee_amount: 2500, settlement_amount: 125_000 } },
			/parts make 1225, and the payout is 1250/,
		],
		[
			'pages that are missing',
			{ totals: { sale_amount: 250_000, settlement_amount: 250_000 } },
			/type SALE make 1250, and sale_amount is 2500: fetch all pages/,
		],
		['another currency', { currency: 'EUR' }, /in EUR: name the bank account/],
		['öre that are none', { totals: { sale_amount: 1250.5, settlement_amount: 1250.5 } }, /1250.5 is not a whole amount/],
	])('lists a payout with %s, and books the others', async (_what, change, problem) => {
		world = await emptyBooks(2026);
		const totals = { sale_amount: 125_000, settlement_amount: 125_000 };
		const result = await run([
			{ id: 'ODD', day: '2026-05-20', totals, transactions: sale, ...change },
			{ id: 'GOOD', day: '2026-05-20', totals, transactions: sale },
		]);
		expect(listed(result)).toEqual([expect.stringMatching(problem)]);
		expect(booked(world).map(({ text }) => text)).toEqual(['Klarna GOOD']);
	});

	it('says so where there is no payout', async () => {
		world = await emptyBooks(2026);
		expect(listed(await run([]))).toEqual(['There is no payout in these days.']);
	});
});
