import type { IDataObject } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import { stockholmDate } from '../../../sandbox/company/clock';
import { startWorld, type World } from '../support/world';
import { booked, emptyBooks, fileOf, rowsOf, runExample, sampleMonth, vatOf } from './run';

const FILE = 'stripe-payouts.json';
const HEAD =
	'automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category';

const ACCOUNTS = {
	bankAccounts: { SEK: '1930' },
	receivableAccount: '1580',
	salesAccount: '3001',
	salesVat: 'MP1',
	feeAccount: '4535',
	feeVat: 'ITEU 25',
};

/** A row of the report: payout, its day, time of the transaction, currency, gross, fee, category. */
type Row = [payout: string, paidOn: string, created: string, currency: string, gross: number, fee: number, category: string];

function report(rows: Row[]): IDataObject[] {
	const lines = rows.map(([payout, paidOn, created, currency, gross, fee, category], index) =>
		[
			payout,
			`${paidOn} 00:00:00`,
			`txn_${index}`,
			created,
			currency,
			gross.toFixed(2),
			fee.toFixed(2),
			(gross - fee).toFixed(2),
			category,
		].join(','),
	);
	return rowsOf([HEAD, ...lines].join('\n'));
}

describe('the example of Stripe payouts', () => {
	let world: World;

	afterEach(async () => await world.close());

	async function run(rows: IDataObject[], accounts?: IDataObject): Promise<EngineResult> {
		world.reconnect();
		const result = await runExample(world, FILE, { 'Rows of Report': rows, ...(accounts && { Accounts: [accounts] }) });
		expect(result.error?.message).toBeUndefined();
		return result;
	}

	const listed = (result: EngineResult): string[] =>
		'For a Person' in result.runData ? result.json('For a Person').map(({ problem, error }) => String(problem ?? error)) : [];

	it('books its own sample once, to the öre and to the right boxes', async () => {
		world = await emptyBooks();
		const month = sampleMonth();
		const sample = rowsOf(fileOf(await runExample(world, FILE, { 'Rows of Report': [] }), 'Payout Report'));
		expect(sample).toHaveLength(6);
		for (const repeated of [false, true]) {
			const result = await run(sample);
			expect(result.json('Post Payouts').map(({ already_posted }) => already_posted)).toEqual(
				repeated ? [true, true] : [undefined, undefined],
			);
			expect(booked(world)).toEqual([
				{
					date: `${month}-09`,
					text: `Stripe po_sample_${month}_1`,
					rows: { 3001: -1439.2, 2611: -359.8, 4535: 49.54, 2645: 12.39, 2614: -12.39, 1930: 1749.46 },
				},
				{
					date: `${month}-16`,
					text: `Stripe po_sample_${month}_2`,
					rows: { 3001: -1999.6, 2611: -499.9, 1580: 799, 4535: 189.29, 2645: 47.32, 2614: -47.32, 1930: 1511.21 },
				},
			]);
		}
		// Sales 3,438.80 with VAT of 859.70; fees 238.83 with VAT of 59.71, owed and deducted.
		expect(await vatOf(world, month)).toEqual({ boxes: { '05': 3438, 10: 859, 21: 238, 30: 59, 48: 59, 49: 859 }, checks: [] });
	});

	it('books sales in the month of the sale, in Swedish time, over 1580', async () => {
		world = await emptyBooks(2026);
		await run(
			report([
				['po_1', '2026-04-03', '2026-03-30 10:00:00', 'sek', 1000, 25, 'charge'],
				['po_1', '2026-04-03', '2026-03-31 21:59:59', 'sek', 125, 5, 'charge'],
				// Midnight in Stockholm, which has summer time.
				['po_1', '2026-04-03', '2026-03-31 22:00:00', 'sek', 500, 10, 'charge'],
			]),
		);
		expect(booked(world)).toEqual([
			{
				date: '2026-03-31',
				text: 'Stripe po_1, sold in 2026-03',
				rows: { 3001: -900, 2611: -225, 4535: 30, 2645: 7.5, 2614: -7.5, 1580: 1095 },
			},
			{
				date: '2026-04-03',
				text: 'Stripe po_1',
				rows: { 3001: -400, 2611: -100, 4535: 10, 2645: 2.5, 2614: -2.5, 1580: -1095, 1930: 1585 },
			},
		]);
		expect((await vatOf(world, '2026-03')).boxes).toMatchObject({ '05': 900, 10: 225 });
		expect((await vatOf(world, '2026-04')).boxes).toMatchObject({ '05': 400, 10: 100 });
	});

	it('books a payout that takes money back from the bank, a dispute that was won, and one that makes nought', async () => {
		world = await emptyBooks(2026);
		await run(
			report([
				['po_minus', '2026-05-06', '2026-05-04 10:00:00', 'sek', -1000, 0, 'refund'],
				['po_won', '2026-05-07', '2026-05-05 10:00:00', 'sek', 799, -150, 'dispute_reversal'],
				['po_nought', '2026-05-08', '2026-05-06 10:00:00', 'sek', 250, 0, 'charge'],
				['po_nought', '2026-05-08', '2026-05-06 11:00:00', 'sek', -250, 0, 'refund'],
			]),
		);
		expect(booked(world).map(({ rows }) => rows)).toEqual([
			{ 3001: 800, 2611: 200, 1930: -1000 },
			{ 1580: -799, 4535: -150, 2645: -37.5, 2614: 37.5, 1930: 949 },
			{ 3001: 0, 2611: 0 },
		]);
	});

	it('lists a payout in another currency, and books it by the register’s rate where its bank account is named', async () => {
		world = await startWorld();
		const before = booked(world).length;
		const today = stockholmDate(Date.now());
		const rows = report([['po_eur', today, `${today} 08:00:00`, 'eur', 100, 2, 'charge']]);
		expect(listed(await run(rows))).toEqual(['It is in EUR: name the bank account that it goes to under bankAccounts.']);
		expect(booked(world)).toHaveLength(before);
		await run(rows, { ...ACCOUNTS, bankAccounts: { SEK: '1930', EUR: '1950' } });
		const rate = world.sandbox.company().currencies.find(({ code }) => code === 'EUR')?.buyRate ?? NaN; // Sales weigh more than the fee.
		const entry = booked(world).find(({ text }) => text === 'Stripe po_eur');
		expect(entry?.rows[1950]).toBe(Math.round(98 * rate * 100) / 100);
		expect(entry?.rows[2611]).toBe(-Math.round(20 * rate * 100) / 100);
		expect(Object.values(entry?.rows ?? {}).reduce((sum, amount) => sum + Math.round(amount * 100), 0)).toBe(0);
	});

	it.each<[string, Row[], RegExp]>([
		['a category it does not know', [['po', '2026-05-06', '2026-05-04 10:00:00', 'sek', 500, 0, 'topup']], /category topup/],
		[
			'figures that do not agree',
			[['po', '2026-05-06', '2026-05-04 10:00:00', 'sek', NaN, 0, 'charge']],
			/gross NaN less fee 0.00 is not net NaN/,
		],
		['no day', [['po', '2026-05-06', '', 'sek', 500, 0, 'charge']], /has no day/],
		[
			'two currencies',
			[
				['po', '2026-05-06', '2026-05-04 10:00:00', 'sek', 500, 0, 'charge'],
				['po', '2026-05-06', '2026-05-04 10:00:00', 'eur', 5, 0, 'charge'],
			],
			/different currencies/,
		],
		['no payout', [['', '', '2026-05-04 10:00:00', 'sek', 500, 0, 'charge']], /in no automatic payout/],
		[
			'a cut file',
			[
				['po', '2026-05-06', '2026-05-04 10:00:00', 'sek', 500, 0, 'charge'],
				['po', '2026-05-06', '2026-05-06 00:00:00', 'sek', -700, 0, 'payout'],
			],
			/make 500, and the payout is 700: the file is not whole/,
		],
	])('lists a payout with %s, and books the others', async (_what, rows, problem) => {
		world = await emptyBooks(2026);
		const result = await run(report([...rows, ['po_good', '2026-05-07', '2026-05-05 10:00:00', 'sek', 125, 0, 'charge']]));
		expect(listed(result)).toEqual([expect.stringMatching(problem)]);
		expect(booked(world).map(({ text }) => text)).toEqual(['Stripe po_good']);
	});

	it('says so of an empty file and of another report', async () => {
		world = await emptyBooks(2026);
		expect(listed(await run([{}]))).toEqual(['The file has no rows.']);
		expect(listed(await run([{ id: 'po_1', Amount: '5' }]))[0]).toMatch(
			/^The file has no column automatic_payout_id, .*: download the itemized report/,
		);
		expect(booked(world)).toEqual([]);
	});

	it('lists a payout that was booked with other figures, and books the rest of the changed file', async () => {
		world = await emptyBooks(2026);
		const first: Row = ['po_1', '2026-05-06', '2026-05-04 10:00:00', 'sek', 500, 0, 'charge'];
		await run(report([first]));
		const result = await run(
			report([
				first,
				['po_1', '2026-05-06', '2026-05-04 11:00:00', 'sek', 125, 0, 'charge'],
				['po_2', '2026-05-07', '2026-05-05 10:00:00', 'sek', 250, 0, 'charge'],
			]),
		);
		expect(listed(result)).toEqual([expect.stringMatching(/po_1/)]);
		expect(booked(world).map(({ text, rows }) => [text, rows[1930]])).toEqual([
			['Stripe po_1', 500],
			['Stripe po_2', 250],
		]);
	});

	it('clears 1580 where the shop books its sales itself', async () => {
		world = await emptyBooks(2026);
		await run(report([['po_1', '2026-05-06', '2026-05-04 10:00:00', 'sek', 500, 20, 'charge']]), {
			...ACCOUNTS,
			salesAccount: '1580',
			salesVat: '',
		});
		expect(booked(world)[0]?.rows).toEqual({ 1580: -500, 4535: 20, 2645: 5, 2614: -5, 1930: 480 });
	});
});
