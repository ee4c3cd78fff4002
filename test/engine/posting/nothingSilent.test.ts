import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, LOOP_OVER_ITEMS, MANUAL_TRIGGER, type RunNodeOptions } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { atSpeed } from '../../clock/fastTime';
import { countVouchers, startWorld, type World } from '../support/world';

const LINES = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];

const journal = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	linesSource: 'json',
	linesJson: LINES,
	...more,
});

const financial = (...lines: INodeParameters[]): INodeParameters =>
	journal({ resource: 'financialEntry', financialCounterpartAccount: '1930', linesJson: lines });

const CONTINUE: Pick<RunNodeOptions, 'onError'> = { onError: 'continueErrorOutput' };

describe('nothing is lost, doubled or dropped in silence', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	describe('where the user chose to continue', () => {
		it.each([
			['API Base URL', { apiBaseUrl: 'http://fortnox.example' }],
			['OAuth Base URL', { oauthBaseUrl: 'http://fortnox.example' }],
		])('sends no item on as posted when the %s of the credential can not be used', async (field, wrong) => {
			const data = {
				clientId: 'x',
				clientSecret: 'y',
				apiBaseUrl: 'https://fortnox.example',
				oauthBaseUrl: 'https://fortnox.example',
				...wrong,
			};
			const engine = createEngine({
				nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
				credentials: { fortnox: { type: 'fortnoxOAuth2Api', data } },
			});
			const result = await engine.runNode({ parameters: journal(), input: [{ n: 1 }, { n: 2 }], ...CONTINUE });
			expect(result.json(undefined, 0)).toEqual([]);
			expect(result.items(undefined, 1).map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual([
				[1, [{ item: 0 }]],
				[2, [{ item: 1 }]],
			]);
			expect(result.items(undefined, 1).map(({ json }) => json.error_code)).toEqual(Array(2).fill('ERROR_CONNECTOR_AUTHENTICATION'));
			const stopped = await engine.runNode({ parameters: journal() });
			expect(stopped.error?.message).toMatch(new RegExp(`${field} of the credential can’t be used: .* Correct it there`));
			expect(stopped.error?.context?.error_code).toBe('ERROR_CONNECTOR_AUTHENTICATION');
		});

		it('reports every item when the ledger can not be asked', async () => {
			world.sandbox.faults.add({ kind: 'noEnvelope', status: 500, method: 'GET', path: '^/3/vouchers$' });
			const result = await world.run(journal(), { input: [{}, {}], ...CONTINUE });
			expect(result.json(undefined, 0)).toEqual([]);
			expect(result.json(undefined, 1).map(({ item_index }) => item_index)).toEqual([0, 1]);
			expect(added()).toBe(0);
		});

		it('posts the entries that need nothing of a register that fails', async () => {
			world.sandbox.faults.add({ kind: 'noEnvelope', status: 500, method: 'GET', path: '^/3/currencies' });
			const result = await world.run(journal({ currency: '={{ $json.currency }}', currencyExchangeRate: '={{ $json.rate }}' }), {
				input: [
					{ currency: 'EUR', rate: 11 },
					{ currency: 'SEK', rate: 0 },
				],
				...CONTINUE,
			});
			expect(result.json(undefined, 1)).toEqual([expect.objectContaining({ item_index: 0 })]);
			expect(added()).toBe(1);
		});
	});

	it('posts each turn of a loop, and no turn twice', async () => {
		const { engine } = world;
		const result = await engine.run(
			{
				nodes: [
					engine.node({ type: MANUAL_TRIGGER, name: 'Start', parameters: {} }),
					engine.node({ type: LOOP_OVER_ITEMS, name: 'Loop', parameters: { batchSize: 2 } }),
					engine.node({ type: ACCOUNTING_NODE, name: 'Post', parameters: { authentication: 'oAuth2', ...journal() } }),
				],
				connections: {
					Start: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
					Loop: { main: [[], [{ node: 'Post', type: 'main', index: 0 }]] },
					Post: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
				},
			},
			{ input: [{}, {}, {}, {}, {}] },
		);
		expect(result.error).toBeUndefined();
		expect(added()).toBe(5);
	});

	describe('a number', () => {
		it('is not emptied by an empty one in a body', async () => {
			const result = await world.run(journal({ number: 'KEPT', linesJson: { items: LINES, number: null, reference: null } }));
			expect(result.json()[0]).toMatchObject({ number: 'KEPT' });
		});

		it('is refused where JSON has lost its last digits', async () => {
			const result = await world.run(journal({ linesJson: `{"number": 12345678901234567890, "items": ${JSON.stringify(LINES)}}` }));
			expect(result.error?.message).toMatch(/number: this number has too many digits for JSON and was rounded; give it as text/);
			expect(added()).toBe(0);
		});

		it('is the same whether its accents are composed or not', async () => {
			await world.run(journal({ number: 'Café-1' }));
			const again = await world.run(journal({ number: 'Café-1'.normalize('NFD') }));
			expect(again.json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		});

		it('is returned whole where the mark shows only its beginning', async () => {
			const number = `订单号${'发票'.repeat(30)}`;
			const result = await world.run(journal({ number }));
			expect(result.json()[0]).toMatchObject({ number });
		});
	});

	it('finds an entry that was booked after its execution had been stopped', async () =>
		// The stop must come before the booking, also on a busy machine.
		await atSpeed(1, async () => {
			world.sandbox.faults.add({ kind: 'commitLate', ms: 1500, method: 'POST', path: '^/3/vouchers$', times: 1 });
			const parameters = journal({ number: 'STOPPED', options: { outcomeTimeout: 6 } });
			const controller = new AbortController();
			const running = world.run(parameters, { signal: controller.signal });
			while (world.requests('POST').length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
			controller.abort();
			await running;
			expect(added()).toBe(0);
			const again = await world.run(parameters);
			expect(again.json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		}));

	describe('a hint tells', () => {
		it.each<[string, INodeParameters[], RegExp]>([
			[
				'which of two accounts a line went to',
				[
					{ account: '1930', force_general_account: '1920', debit: 1 },
					{ account: '3004', credit: 1 },
				],
				/force_general_account: the line went to account 1920 and not to 1930/,
			],
			[
				'that no VAT was booked',
				[
					{ account: '1930', debit: 1 },
					{ account: '3001', credit: 1, tax_info: { tax_code: 'MP1', tax_amount: 0 } },
				],
				/MP1 came with a VAT amount of 0/,
			],
			[
				'what became of a priority',
				[
					{ account: '1930', debit: 1 },
					{ account_type: 'customer_account', account: '7', force_general_account: '1515', prioritise_thirdparty_account: true, credit: 1 },
				],
				/prioritise_thirdparty_account: Fortnox has no accounts of third parties/,
			],
			[
				'that a share of a small amount is nothing',
				[
					{ account: '1930', debit: 0.01 },
					{
						account: '3004',
						credit: 0.01,
						analytic_distribution: [
							{
								analytic_plan: 'cost_center',
								analytic_accounts: [
									{ analytic_account: 'BUTIK', percentage: 33.33 },
									{ analytic_account: 'WEBB', percentage: 66.67 },
								],
							},
						],
					},
				],
				/lines\[1\]\.analytic_distribution: 1 of the shares come to 0\.00 SEK/,
			],
		])('%s', async (_what, linesJson, words) => {
			const result = await world.run(journal({ linesJson }));
			expect(result.error).toBeUndefined();
			expect(result.hints().join('\n')).toMatch(words);
		});

		describe('that the predefined accounts can not be read', () => {
			const sale = [
				{ account: '1930', debit: 125 },
				{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } },
			];

			beforeEach(() => {
				world.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/predefinedaccounts' });
			});

			it('and nothing about what the company has chosen', async () => {
				const result = await world.run(journal({ number: 'NO-SETTINGS', linesJson: sale }));
				expect(result.hints()).toEqual([
					'The credential is not allowed to read the predefined accounts (scope settings), so VAT goes to the accounts of the BAS chart.',
				]);
				expect(result.json()[0]).toMatchObject({ items: [{}, {}, { account_number: '2611', credit: 25 }] });
			});

			it('where the rounding needs one of them', async () => {
				const result = await world.run(
					journal({
						currency: 'EUR',
						currencyExchangeRate: 11.0005,
						linesJson: [
							{ account: '1510', debit: 100 },
							{ account: '3105', credit: 33.33 },
							{ account: '3106', credit: 33.33 },
							{ account: '3108', credit: 33.34 },
						],
						options: { residual: 'roundingAccount' },
					}),
				);
				expect(result.error?.message).toMatch(/options\.residual: the credential is not allowed to read .* \(scope settings\)/);
				expect(result.hints()).toEqual([]);
			});
		});

		it('that a name belongs to no PDF', async () => {
			const result = await world.run(journal({ linesJson: { items: LINES, pdf_name: 'receipt' } }));
			expect(result.hints().join('\n')).toMatch(/pdf_name: there is no pdf/);
		});
	});

	describe('is refused before anything is posted:', () => {
		it('an entry with two attachments', async () => {
			const binary = { data: { data: 'JVBERi0x', mimeType: 'application/pdf', fileName: 'a.pdf' } };
			const result = await world.run(
				journal({ linesJson: { items: LINES, pdf: 'JVBERi0=' }, additionalFields: { binaryPropertyName: 'data' } }),
				{ input: [{ json: {}, binary }] },
			);
			expect(result.error?.message).toMatch(/takes one attachment/);
			expect(added()).toBe(0);
		});

		it.each<[string, INodeParameters]>([
			['a financial entry', { resource: 'financialEntry', financialCounterpartAccount: '1930' }],
			['a journal entry with a balancing account', { additionalFields: { balancingAccount: '1930' } }],
			['a journal entry', {}],
		])('%s from JSON that was left as the form shows it first', async (_what, more) => {
			const { error } = await world.run({ resource: 'journalEntry', operation: 'create', journalId: 'A', linesSource: 'json', ...more });
			expect(error?.message).toMatch(/^lines: .* There is none: add them/);
		});

		it('an entry for whose file the field is there and empty', async () => {
			const { error } = await world.run(journal({ additionalFields: { binaryPropertyName: '' } }));
			expect(error?.message).toMatch(/^binaryPropertyName: the field is there and empty/);
			expect(added()).toBe(0);
		});

		it('a financial line on the bank account itself', async () => {
			const result = await world.run(financial({ account: '1930', amount: 100 }));
			expect(result.error?.message).toMatch(/lines\[0\]\.account: 1930 is the entry's own bank or cash account/);
			expect(added()).toBe(0);
		});

		it('a balancing account on which all rows are, unless the rows balance', async () => {
			const balancedOn1930 = (linesJson: INodeParameters[]): INodeParameters =>
				journal({ linesJson, additionalFields: { balancingAccount: '1930' } });
			const single = await world.run(balancedOn1930([{ account: '1930', credit: 5 }]));
			expect(single.error?.message).toMatch(/^balancing_account: .*all rows are on 1930 itself \(lines\[0\]\.account\)/);
			expect(added()).toBe(0);
			// A fee that the bank has taken, say, and the rest of the payout.
			const between = await world.run(balancedOn1930([...LINES, { account: '6570', debit: 5 }]));
			expect([between.error?.message, added()]).toEqual([undefined, 1]);
			expect((await world.run(balancedOn1930(LINES))).error).toBeUndefined();
		});

		it('a row whose account proposes a project of other dates, which Fortnox alone knows of', async () => {
			const account = world.sandbox.company(1001).year(4).accounts.get(6110);
			Object.assign(account ?? {}, { project: 'P30' });
			const result = await world.run(
				journal({
					linesJson: [
						{ account: '1930', credit: 1 },
						{ account: '6110', debit: 1 },
					],
				}),
			);
			Object.assign(account ?? {}, { project: null });
			expect(result.error?.message).toMatch(/or the one that its account proposes, is not open on this date.*0 of the run's 1 entries/);
			expect(added()).toBe(0);
		});

		it('a bank row of more than 14 digits', async () => {
			const result = await world.run(financial({ account: '3004', amount: 999_999_999_999.99 }, { account: '3001', amount: 1 }));
			expect(result.error?.message).toMatch(/net to 1000000000000\.99, more than the 14 digits/);
			expect(world.requests('POST')).toEqual([]);
		});
	});

	describe('a reversal', () => {
		const reverse = (more: INodeParameters): INodeParameters => ({
			resource: 'journalEntry',
			operation: 'reverse',
			date: '={{ $json.date }}',
			...more,
		});

		it('is not posted twice where one run asks for it in two years', async () => {
			const company = world.sandbox.company(1001);
			const { lockedPeriod } = company;
			company.setLocked('2024-12-31');
			const result = await world.run(reverse({ journalEntryId: 'A-7-3' }), {
				input: [{ date: '2025-12-30' }, { date: '2026-01-05' }],
			});
			company.setLocked(lockedPeriod);
			expect(result.error?.message).toMatch(
				/^journalEntryId: the reversal of A-7-3 occurs 2 times in this run .* Leave one of these items/,
			);
			expect(added()).toBe(0);
		});

		it('is refused on a day before that of its entry', async () => {
			const result = await world.run(reverse({ journalEntryId: 'A-1-4' }), { input: [{ date: '2025-12-30' }] });
			expect(result.error?.message).toMatch(/2025-12-30 lies before the entry's own day/);
			expect(added()).toBe(0);
		});

		it('is refused where all rows of the entry were removed', async () => {
			const company = world.sandbox.company(1001);
			const { number } = company.addVoucher({
				date: '2026-06-01',
				description: 'Makulerad',
				rows: [
					{ account: 1930, debit: 100, removed: true },
					{ account: 3004, credit: 100, removed: true },
				],
			});
			const result = await world.run(reverse({ journalEntryId: `A-${number}-4`, date: '' }));
			expect(result.error?.message).toMatch(/the entry has no rows/);
		});
	});
});
