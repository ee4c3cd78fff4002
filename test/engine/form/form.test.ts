import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';

const journal = (more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	linesSource: 'define',
	...more,
});

const twoLines = (debit: INodeParameters, credit: INodeParameters): INodeParameters => ({
	lines: {
		line: [
			{ account: '1930', ...debit },
			{ account: '3004', ...credit },
		],
	},
});

describe('the form of an entry', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	const rowsOf = (item: IDataObject | undefined): unknown[] => {
		const [series = '', number = '0', year = '0'] = String(item?.id).split('-');
		const voucher = world.sandbox.company(1001).year(Number(year)).voucher(series, Number(number));
		return (voucher?.rows ?? []).map((row) => [row.account, row.debit - row.credit]);
	};

	describe('an expression that was typed into a field set to Fixed', () => {
		const fixed = '{{ $json.id }}';
		const whole = (more: INodeParameters): INodeParameters => ({ ...journal(twoLines({ debit: '1' }, { credit: '1' })), ...more });

		it.each<[string, INodeParameters]>([
			['a number', whole({ number: fixed })],
			['a text', whole({ entryDescription: `Payout ${fixed}` })],
			['a date', whole({ date: fixed })],
			['an amount', journal(twoLines({ debit: fixed }, { credit: '1' }))],
			['the text of a line', journal(twoLines({ debit: '1', description: fixed }, { credit: '1' }))],
			['an additional field', whole({ additionalFields: { comments: fixed } })],
			['JSON', { ...journal({}), linesSource: 'json', linesJson: `[{"account":"1930","debit":${fixed}}]` }],
			['a filter', { resource: 'account', operation: 'getAll', filters: { search: fixed } }],
		])('is refused as %s, with what to do', async (_what, parameters) => {
			const { error } = await world.run(parameters, { input: [{ id: 'po_1' }] });
			expect(error?.message).toMatch(/\{\{ \$json\.id \}\}.* is plain text here, .*Set the field to Expression/);
			expect(added()).toBe(0);
		});

		it('is an expression where the field is set to one, and braces of input items are their own, as Fortnox can write them', async () => {
			const { error, json } = await world.run(whole({ number: `=${fixed}`, entryDescription: '={{ $json.text }}' }), {
				input: [{ id: 'po_1', text: 'a {{ b }} c' }],
			});
			expect(error).toBeUndefined();
			expect(json()[0]).toMatchObject({ number: 'po_1', description: 'a (( b )) c' });
		});
	});

	describe('amounts', () => {
		it.each([
			['Swedish text', '1 250,50'],
			['Swedish text with a no-break space', '1\u00a0250,50'],
			['English text', '1,250.50'],
			['plain text', '1250.5'],
			['a number that a workflow of 0.1 has stored', 1250.5],
		])('are taken as %s', async (_kind, amount) => {
			const { error, json } = await world.run(journal(twoLines({ debit: amount, credit: 0 }, { debit: '', credit: amount })));
			expect(error).toBeUndefined();
			expect(rowsOf(json()[0])).toEqual([
				[1930, 125_050],
				[3004, -125_050],
			]);
		});

		it.each([
			['1,250', /can mean 1250 or 1\.250/],
			['12,345', /can mean 12345/],
			['1.005', /1\.01 or 1\.00/],
			['-5,00', /negative/],
			['1234567890123,00', /too large/],
			['tusen', /is not an amount/],
		])('that can be misread, or are none, are refused: %s', async (amount, why) => {
			const { error } = await world.run(journal(twoLines({ debit: amount }, { credit: amount })));
			expect(error?.message).toMatch(why);
			expect(added()).toBe(0);
		});

		it('in another currency are converted at a rate with a comma, and an empty rate is none', async () => {
			const inEuro = (rate: string | number) =>
				journal({
					currency: 'EUR',
					currencyExchangeRate: rate,
					...twoLines({ debit: '100,00' }, { credit: '100' }),
				});
			const { error, json } = await world.run(inEuro('11,2345'));
			expect(error).toBeUndefined();
			expect(rowsOf(json()[0])).toEqual([
				[1930, 112_345],
				[3004, -112_345],
			]);
			for (const none of ['', '0', '0,00', 0]) {
				expect((await world.run(inEuro(none))).error?.message).toMatch(/Give the rate/);
			}
		});
	});

	describe('input items without a field to group by', () => {
		const rows = [
			{ voucher_no: 'A1', date: '2026-06-01', account: '1930', debit: '100,00' },
			{ voucher_no: 'A1', date: '2026-06-01', account: '3004', credit: '100,00' },
			{ voucher_no: 'A2', date: '2026-06-02', account: '1930', debit: '50,00' },
			{ voucher_no: 'A2', date: '2026-06-02', account: '3004', credit: '50,00' },
		];
		const of = (more: INodeParameters = {}): INodeParameters => journal({ linesSource: 'inputItems', groupBy: '', ...more });

		it.each([
			['numbers', rows.map((row) => ({ ...row, date: '2026-06-01' })), /different numbers in 'voucher_no' \(item 0: A1, item 2: A2\)/],
			['days', rows.map(({ voucher_no: _number, ...row }) => row), /different days in 'date'/],
			[
				'numbers under a Swedish heading',
				rows.map(({ voucher_no, date: _date, ...row }) => ({ 'Ver nr': voucher_no, ...row })),
				/'Ver nr'/,
			],
		])('that have different %s are refused, and nothing is posted', async (_what, input, why) => {
			const { error } = await world.run(of(), { input });
			expect(error?.message).toMatch(why);
			expect(error?.message).toMatch(/One Entry of All Items/);
			expect(added()).toBe(0);
		});

		it('are one entry where the user says so', async () => {
			const { error, json } = await world.run(of({ allItems: true, date: '2026-06-03' }), { input: rows });
			expect(error).toBeUndefined();
			expect(json()).toHaveLength(1);
			expect(rowsOf(json()[0])).toHaveLength(4);
		});

		it('are one entry where nothing tells them apart', async () => {
			const input = rows.map(({ voucher_no: _number, date: _date, ...row }) => row);
			const { error, json } = await world.run(of(), { input });
			expect(error).toBeUndefined();
			expect(rowsOf(json()[0])).toHaveLength(4);
		});
	});

	describe('says what it did', () => {
		const entry = (more: INodeParameters = {}): INodeParameters => journal({ ...twoLines({ debit: '10' }, { credit: '10' }), ...more });

		it('first of all that a check posted nothing', async () => {
			const result = await world.run(entry({ options: { dryRun: true } }));
			const [item = {}] = result.json();
			expect(Object.keys(item).slice(0, 2)).toEqual(['dry_run', 'posted']);
			expect(item).toMatchObject({ dry_run: true, posted: false, id: null });
			expect(result.hints()).toContainEqual(expect.stringMatching(/^Validate Only is on: the entry was checked, and nothing was posted\./));
			expect(added()).toBe(0);
		});

		it('that an entry was there already, also to a check', async () => {
			const first = (await world.run(entry({ number: 'FORM-1' }))).json()[0];
			expect(first).toMatchObject({ posted: true });
			const repeat = await world.run(entry({ number: 'FORM-1' }));
			expect(repeat.json()[0]).toMatchObject({ id: first?.id, posted: true, already_posted: true });
			expect(repeat.hints()).toContain(`${String(first?.name)} was already there; nothing was posted.`);
			expect(
				(
					await world.run(
						entry({
							number: 'FORM-1',
							options: { dryRun: true },
						}),
					)
				).json()[0],
			).toMatchObject({ dry_run: true, posted: true });
			expect(added()).toBe(1);
		});
	});

	describe('VAT chosen from the list', () => {
		const vat = (line: INodeParameters, bank: INodeParameters): INodeParameters =>
			journal({
				lines: { line: [line, { account: '1930', ...bank }] },
			});
		const locator = (value: string): INodeParameters => ({ __rl: true, mode: 'list', value });

		it.each([
			[
				'a purchase, net',
				{ account: '5410', debit: '1000', tax_info: { tax_code: locator('I 25') } },
				{ credit: '1250' },
				[
					[5410, 100_000],
					[2641, 25_000],
				],
			],
			[
				'a purchase, gross',
				{ account: '5410', debit: '112', tax_info: { tax_code: locator('I 12'), gross: true } },
				{ credit: '112' },
				[
					[5410, 10_000],
					[2641, 1200],
				],
			],
			[
				'a purchase with the VAT of the receipt',
				{ account: '5410', debit: '100', tax_info: { tax_code: locator('I 25'), tax_amount: '24,99' } },
				{ credit: '124,99' },
				[
					[5410, 10_000],
					[2641, 2499],
				],
			],
			[
				'a sale, net',
				{ account: '3001', credit: '99,99', tax_info: { tax_code: locator('MP1') } },
				{ debit: '124,99' },
				[
					[3001, -9999],
					[2611, -2500],
				],
			],
			[
				'reverse charge',
				{ account: '4535', debit: '1000', tax_info: { tax_code: locator('ITEU 25') } },
				{ credit: '1000' },
				[
					[4535, 100_000],
					[2645, 25_000],
					[2614, -25_000],
				],
			],
		])('needs no amount: %s', async (_what, line, bank, rows) => {
			const { error, json } = await world.run(vat(line, bank));
			expect(error).toBeUndefined();
			expect(rowsOf(json()[0]).slice(0, rows.length)).toEqual(rows);
		});

		it('needs the rate or the amount where the code has several rates', async () => {
			const { error } = await world.run(vat({ account: '5410', debit: '1000', tax_info: { tax_code: 'I' } }, { credit: '1250' }));
			expect(error?.message).toMatch(/I alone does not tell the VAT/);
			expect(added()).toBe(0);
		});

		const choices = async (line: INodeParameters, filter?: string): Promise<string[]> => {
			const parameters = { authentication: 'oAuth2', resource: 'journalEntry', operation: 'create', lines: { line: [line] } };
			const path = 'parameters.lines.line[0].tax_info.tax_code';
			const { results } = await world.engine.listSearch(ACCOUNTING_NODE, 'searchVat', {
				parameters,
				path,
				...(filter !== undefined && { filter }),
			});
			return results.map(({ name }) => name);
		};

		it('says what it is, and begins with what fits the side and the account', async () => {
			expect(await choices({ account: '6570', debit: '20' })).toEqual(
				expect.arrayContaining([
					'Purchase, 25 % (I, box 48)',
					'Sale, 25 % (MP1, box 05)',
					'Services bought from the EU, 25 % (ITEU, box 21)',
				]),
			);
			expect((await choices({ account: '6570', debit: '20' }))[0]).toBe('Purchase, 25 % (I, box 48)');
			expect((await choices({ account: '3002', credit: '20' }))[0]).toBe('Sale, 12 % (MP2, box 05)');
			expect((await choices({ account: locator('4535'), debit: '20' }))[0]).toBe('Services bought from the EU, 25 % (ITEU, box 21)');
			expect((await choices({ account: '1910', amount: '20' }))[0]).toBe('Sale, 25 % (MP1, box 05)');
			expect(await choices({ account: '6570', debit: '20' }, 'purchase')).toContain('Purchase, 6 % (I, box 48)');
		});
	});
});
