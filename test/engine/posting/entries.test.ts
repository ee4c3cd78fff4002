import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, currentYear, startWorld, type World } from '../support/world';

const journal = (more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	linesSource: 'json',
	...more,
});

const financial = (more: INodeParameters): INodeParameters => ({
	...journal({ operation: 'create', financialCounterpartAccount: '1930' }),
	resource: 'financialEntry',
	...more,
});

describe('entries in the ledger', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
	});
	afterAll(async () => {
		await world.close();
	});

	/** Rows of the voucher that an item names, as the sandbox has them: account, debit − credit in öre, text. */
	function rowsOf(item: IDataObject | undefined): Array<[account: number, amount: number, text: string]> {
		const [series = '', number = '0', year = '0'] = String(item?.id).split('-');
		const voucher = world.sandbox.company(1001).year(Number(year)).voucher(series, Number(number));
		return (voucher?.rows ?? []).map((row) => [row.account, row.debit - row.credit, row.transactionInformation]);
	}

	describe('a journal entry', () => {
		it('takes its lines from the form, with locators and plain values', async () => {
			const result = await world.run(
				journal({
					linesSource: 'define',
					description: 'Kaffe till kontoret',
					lines: {
						line: [
							{ account: { __rl: true, mode: 'list', value: '6110' }, debit: 80, description: 'Zoégas' },
							{ account: '2641', debit: '20,00' },
							{ account: { __rl: true, mode: 'number', value: 1930 }, credit: 100 },
						],
					},
				}),
			);
			expect(result.error).toBeUndefined();
			const [item] = result.json();
			expect(rowsOf(item)).toEqual([
				[6110, 8000, 'Zoégas'],
				[2641, 2000, ''],
				[1930, -10000, ''],
			]);
			expect(item).toMatchObject({
				journal_id: 'A',
				journal_name: 'Redovisning',
				date: '2026-06-01',
				posted: true,
				description: 'Kaffe till kontoret',
				financial_year_id: 4,
				items: [
					{ account_number: '6110', account_name: 'Kontorsmaterial', debit: 80, credit: 0, currency: 'SEK', description: 'Zoégas' },
					{ account_number: '2641', debit: 20 },
					{ account_number: '1930', credit: 100, debit: 0 },
				],
			});
		});

		it('takes a whole unified body, which fills every field that it names', async () => {
			const result = await world.run(
				journal({
					journalId: 'API',
					linesJson: {
						journal_id: 'A',
						number: 'BODY-1',
						date: '2026-05-31',
						currency: 'SEK',
						currency_exchange_rate: 1,
						reference: 'Stripe po_1',
						posted: true,
						items: [
							{ account_type: 'general_account', account: '1930', debit: 10, credit: 0, analytic_distribution: [] },
							{ account_type: 'general_account', account: '3004', debit: 0, credit: 10, account_info: null, tax_code: 'MF' },
						],
					},
				}),
			);
			expect(result.json()[0]).toMatchObject({ journal_id: 'A', number: 'BODY-1', date: '2026-05-31', reference: 'Stripe po_1' });
		});

		it('makes entries of input items that share a value, each paired with its items', async () => {
			const rows = [
				{ ver: 'V1', day: '2026-06-02', account: 1930, debit: '1 250,00', credit: '', description: 'Swish' },
				{ ver: 'V2', day: '2026-06-03', account: 5010, debit: 900, credit: null },
				{ ver: 'V1', day: '2026-06-02', account: '3001', debit: '', credit: '1000', cost_center: 'BUTIK' },
				{ ver: 'V1', day: '2026-06-02', account: '2611', debit: '', credit: '250' },
				{ ver: 'V2', day: '2026-06-03', account: 1930, debit: 0, credit: 900 },
			];
			const result = await world.run(
				journal({ linesSource: 'inputItems', groupBy: 'ver', date: '={{ $json.day }}', number: '={{ $json.ver }}' }),
				{ input: rows },
			);
			expect(result.items().map(({ json, pairedItem }) => [json.number, json.date, pairedItem])).toEqual([
				['V1', '2026-06-02', [{ item: 0 }, { item: 2 }, { item: 3 }]],
				['V2', '2026-06-03', [{ item: 1 }, { item: 4 }]],
			]);
			expect(rowsOf(result.json()[0])).toEqual([
				[1930, 125000, 'Swish'],
				[3001, -100000, ''],
				[2611, -25000, ''],
			]);
		});

		it('refuses a group whose items disagree', async () => {
			const before = countVouchers(world.sandbox);
			const result = await world.run(journal({ linesSource: 'inputItems', groupBy: 'ver', date: '={{ $json.day }}' }), {
				input: [
					{ ver: 1, day: '2026-06-02', account: 1930, debit: 1 },
					{ ver: 1, day: '2026-06-03', account: 3004, credit: 1 },
				],
			});
			expect(result.error?.message).toMatch(/date: the items of the group '1' disagree: item 0 has '2026-06-02', item 1 has '2026-06-03'/);
			expect(countVouchers(world.sandbox)).toBe(before);
		});

		it('keeps partners, VAT and divided lines', async () => {
			const result = await world.run(
				journal({
					linesJson: [
						{ account_type: 'customer_account', account: 'K 1001', force_general_account: '1515', debit: 1250, description: 'Faktura 7' },
						{
							account: '3001',
							credit: 1000,
							tax_info: { tax_code: 'MP1', tax_amount: 250 },
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
				}),
			);
			expect(result.error).toBeUndefined();
			const [item] = result.json();
			expect(rowsOf(item)).toEqual([
				[1515, 125000, '*CK%201001 Faktura 7'],
				[3001, -33330, ''],
				[3001, -66670, ''],
				[2611, -25000, ''],
			]);
			const read = await world.run({ resource: 'journalEntry', operation: 'get', journalEntryId: String(item?.id) });
			expect(read.json()[0]?.items).toEqual(item?.items);
			expect((read.json()[0]?.items as IDataObject[])[0]).toMatchObject({
				partner_id: 'K 1001',
				partner_type: 'customer_account',
				description: 'Faktura 7',
			});
		});

		it('books reverse charge as two rows', async () => {
			const result = await world.run(
				journal({
					linesJson: [
						{ account: '4535', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 250 } },
						{ account: '1930', credit: 1000 },
					],
				}),
			);
			const rows = rowsOf(result.json()[0]);
			expect(rows.map(([, amount]) => amount)).toEqual([100000, 25000, -25000, -100000]);
			expect(rows.map(([account]) => Math.floor(account / 10))).toEqual([453, 264, 261, 193]);
		});

		it('converts a foreign entry and keeps what was given', async () => {
			const result = await world.run(
				journal({
					currency: 'EUR',
					currencyExchangeRate: 11.0333,
					linesJson: [
						{ account: '6540', debit: 33.33, description: 'Licens' },
						{ account: '6550', debit: 33.33 },
						{ account: '6570', debit: 33.34 },
						{ account: '1930', credit: 100 },
					],
				}),
			);
			const [item] = result.json();
			const rows = rowsOf(item);
			expect(rows).toEqual([
				[6540, 36774, '*=33.33 Licens'],
				[6550, 36774, '*=33.33'],
				[6570, 36785, '*=33.34'],
				[1930, -110333, '*=-100.00'],
			]);
			expect(rows.reduce((sum, [, amount]) => sum + amount, 0)).toBe(0);
			expect(item).toMatchObject({ currency: 'SEK', original_currency: 'EUR', original_exchange_rate: '11.0333' });
			expect((item?.items as IDataObject[])[0]).toMatchObject({ debit: 367.74, original_amount: 33.33, description: 'Licens' });
		});

		it("takes the register's rate per unit, and says which", async () => {
			const result = await world.run(
				journal({
					currency: 'NOK',
					options: { rateFromRegister: true },
					date: '={{ $now.toISODate() }}',
					linesJson: [
						{ account: '6540', debit: 100 },
						{ account: '1930', credit: 100 },
					],
				}),
			);
			expect(rowsOf(result.json()[0]).map(([, amount]) => amount)).toEqual([9390, -9390]);
			expect(result.hints().join(' ')).toMatch(/1 NOK = 0\.939 SEK, the selling rate of \d{4}-\d\d-\d\d\./);
		});

		it('shows in a dry run what it would post, and posts nothing', async () => {
			const before = countVouchers(world.sandbox);
			const fields = journal({
				number: 'DRY-1',
				linesJson: [
					{ account: '1930', debit: 5 },
					{ account: '3004', credit: 5 },
				],
			});
			const dry = await world.run({ ...fields, options: { dryRun: true } });
			expect(dry.json()[0]).toMatchObject({
				dry_run: true,
				id: null,
				number: 'DRY-1',
				journal_id: 'A',
				items: [{ debit: 5 }, { credit: 5 }],
			});
			expect(world.requests('POST')).toEqual([]);
			expect(countVouchers(world.sandbox)).toBe(before);
			await world.run(fields);
			const there = await world.run({ ...fields, options: { dryRun: true } });
			expect(there.json()[0]).toMatchObject({ dry_run: true, already_posted: true });
		});

		it('replaces characters that Fortnox does not accept, and says so', async () => {
			const result = await world.run(
				journal({
					description: 'Köp av "papper" <A4>…',
					linesJson: [
						{ account: '1930', credit: 5 },
						{ account: '6110', debit: 5, description: 'Kaffe ☕' },
					],
				}),
			);
			expect(result.error).toBeUndefined();
			expect(String(result.json()[0]?.description)).not.toMatch(/["<>…]/);
			expect(result.hints().join('\n')).toMatch(/description: characters that Fortnox does not accept were replaced/);
		});

		it('goes to the first manual series, today, where neither is given', async () => {
			const result = await world.run(
				journal({
					journalId: '',
					date: '',
					linesJson: [
						{ account: '1930', debit: 5 },
						{ account: '3004', credit: 5 },
					],
				}),
			);
			const stockholm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
			expect(result.json()[0]).toMatchObject({ journal_id: 'A', date: stockholm });
		});
	});

	describe('a financial entry', () => {
		it('adds the one bank row that balances lines of mixed sign', async () => {
			const result = await world.run(
				financial({
					linesJson: [
						{ account: '1580', amount: 1250, description: 'Kortförsäljning' },
						{ account: '6570', amount: -12.5, description: 'Avgift' },
					],
				}),
			);
			const [item] = result.json();
			expect(rowsOf(item)).toEqual([
				[1930, 123750, ''],
				[1580, -125000, 'Kortförsäljning'],
				[6570, 1250, 'Avgift'],
			]);
			expect(item?.items).toMatchObject([
				{ account: '1580', amount: 1250, counterpart_account: '1930', description: 'Kortförsäljning' },
				{ account: '6570', amount: -12.5, counterpart_account: '1930' },
			]);
		});

		it('takes the VAT of its lines into the bank row', async () => {
			const result = await world.run(
				financial({ linesJson: [{ account: '5010', amount: -1000, tax_info: { tax_code: 'I', tax_amount: 250 } }] }),
			);
			expect(rowsOf(result.json()[0])).toEqual([
				[1930, -125000, ''],
				[5010, 100000, ''],
				[2641, 25000, ''],
			]);
		});

		it('posts amounts that net to zero without a bank row, and says so', async () => {
			const result = await world.run(
				financial({
					linesJson: [
						{ account: '1510', amount: 100 },
						{ account: '3730', amount: -100 },
					],
				}),
			);
			expect(rowsOf(result.json()[0])).toEqual([
				[1510, -10000, ''],
				[3730, 10000, ''],
			]);
			expect(result.hints().join(' ')).toMatch(/net to zero/);
		});

		it('converts the bank row once, as the bank does', async () => {
			const result = await world.run(
				financial({
					currency: 'EUR',
					currencyExchangeRate: 11.0333,
					linesJson: [
						{ account: '3105', amount: 33.33 },
						{ account: '3108', amount: 33.33 },
						{ account: '3305', amount: 33.34 },
					],
				}),
			);
			const rows = rowsOf(result.json()[0]);
			expect(rows[0]).toEqual([1930, 110333, '*=100.00']);
			expect(rows.reduce((sum, [, amount]) => sum + amount, 0)).toBe(0);
		});
	});

	describe('a reversal', () => {
		const reverse = (journalEntryId: unknown, more: INodeParameters = {}): INodeParameters => ({
			resource: 'journalEntry',
			operation: 'reverse',
			journalEntryId: String(journalEntryId),
			...more,
		});

		it('mirrors the rows, names the original, and is posted once however often it is asked for', async () => {
			const original = (
				await world.run(
					journal({
						currency: 'EUR',
						currencyExchangeRate: 11,
						description: 'Fel konto',
						linesJson: [
							{ account: '6540', debit: 10, cost_center: 'WEBB', description: 'Licens' },
							{ account_type: 'supplier_account', account: '77', force_general_account: '1930', credit: 10 },
						],
					}),
				)
			).json()[0];
			const first = await world.run(reverse(original?.id));
			const [item] = first.json();
			expect(rowsOf(item)).toEqual([
				[6540, -11000, '*=-10.00 Licens'],
				[1930, 11000, '*S77 *=10.00'],
			]);
			expect(item).toMatchObject({
				date: '2026-06-01',
				reference: original?.id,
				description: `Reversal of A ${String(original?.voucher_number)} 2026-06-01 Fel konto`,
				original_currency: 'EUR',
			});
			expect((item?.items as IDataObject[])[0]).toMatchObject({ cost_center: 'WEBB', original_amount: -10 });
			const again = await world.run(reverse(original?.id, { date: '2026-07-01' }));
			expect(again.json()[0]).toMatchObject({ id: item?.id, already_posted: true });
		});

		it('is dated today where the period of the original is locked, and says so', async () => {
			const result = await world.run(reverse('A-1-3'));
			expect(result.error).toBeUndefined();
			expect(result.json()[0]?.financial_year_id).toBe(currentYear(world).id);
			expect(result.hints().join(' ')).toMatch(/is locked: a reversal that is posted now is dated today/);
			expect((await world.run(reverse('A-1-3'))).json()[0]).toMatchObject({ already_posted: true });
		});

		it('asks once for the locked period, however many entries are reversed', async () => {
			const lines = {
				linesJson: [
					{ account: '1930', debit: 1 },
					{ account: '3004', credit: 1 },
				],
			};
			const posted = await world.run(journal(lines), { input: Array.from({ length: 3 }, () => ({})) });
			world.forget();
			const reversed = await world.run(reverse('={{ $json.id }}'), { input: posted.json().map(({ id }) => ({ id })) });
			expect(reversed.json()).toHaveLength(3);
			expect(world.requests('GET', /lockedperiod/)).toHaveLength(1);
		});

		it('is refused for what a sub-ledger made, unless it is wanted', async () => {
			const refused = await world.run(reverse('B-1-4', { journalId: 'A' }));
			expect(refused.error?.context?.error_code).toBe('ERROR_ENTRY_HAS_INVALID_STATUS');
			expect(refused.error?.message).toMatch(/INVOICE 1001/);
			const wanted = await world.run(reverse('B-1-4', { journalId: 'A', options: { reverseSubledger: true } }));
			expect(rowsOf(wanted.json()[0]).map(([account, amount]) => [account, amount])).toEqual([
				[1510, -1250000],
				[3001, 1000000],
				[2611, 250000],
			]);
		});

		it('needs a manual journal where the series of the original is not', async () => {
			const result = await world.run(reverse('C-1-4', { options: { reverseSubledger: true } }));
			expect(result.error?.context?.error_code).toBe('ERROR_JOURNAL_NOT_GOOD_SCOPE');
		});

		it('is refused for an entry that does not exist', async () => {
			const result = await world.run(reverse('A-9999-4'));
			expect(result.error?.context?.error_code).toBe('ERROR_ENTRY_NOT_FOUND');
		});
	});

	describe('an attachment', () => {
		const pdf = (text: string) => ({
			json: {},
			binary: { data: { data: Buffer.from(text).toString('base64'), mimeType: 'application/pdf', fileName: 'kvitto.pdf' } },
		});
		const files = () => world.sandbox.company(1001).fileConnections;

		it('is uploaded with its entry and connected to its year', async () => {
			const before = files().length;
			const fields = journal({
				number: 'ATT-1',
				additionalFields: { binaryPropertyName: 'data' },
				linesJson: [
					{ account: '1930', credit: 5 },
					{ account: '6110', debit: 5 },
				],
			});
			const result = await world.run(fields, { input: [pdf('%PDF-1 one')] });
			expect(result.error).toBeUndefined();
			const [item] = result.json();
			expect(item?.attachments_info).toMatchObject({ status: 'yes', attachments: [{ filename: 'kvitto.pdf' }] });
			expect(files().slice(before)).toEqual([expect.objectContaining({ series: 'A', number: item?.voucher_number, yearId: 4 })]);
			await world.run(fields, { input: [pdf('%PDF-1 one')] });
			expect(files()).toHaveLength(before + 1);
		});

		it('is added to an entry that exists, once, and can be read back', async () => {
			const add = { resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-2-4' };
			const first = await world.run(add, { input: [pdf('%PDF-1 two')] });
			expect(first.error).toBeUndefined();
			const again = await world.run(add, { input: [pdf('%PDF-1 two')] });
			expect(again.json()[0]).toMatchObject({ id: first.json()[0]?.id, already_attached: true });
			const read = await world.run({ resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-2-4' });
			expect(read.items()).toHaveLength(1);
			expect(Buffer.from(read.items()[0]?.binary?.data?.data ?? '', 'base64').toString()).toBe('%PDF-1 two');
		});

		it.each(['^/3/inbox', '^/3/voucherfileconnections'])('is attached once where the answer of %s is lost', async (path) => {
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path, times: 1 });
			const before = files().length;
			const add = { resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-3-4' };
			const result = await world.run(add, { input: [pdf(`%PDF-1 ${path}`)] });
			expect(result.error).toBeUndefined();
			await world.run(add, { input: [pdf(`%PDF-1 ${path}`)] });
			expect(files()).toHaveLength(before + 1);
		});
	});

	describe('a bank account', () => {
		const create = (more: INodeParameters): INodeParameters => ({
			resource: 'bankAccount',
			operation: 'create',
			bankName: 'SEB',
			currency: 'EUR',
			...more,
		});

		it('keeps its facts in its name, and is listed with them', async () => {
			const result = await world.run(
				create({ number: '1951', additionalFields: { accountName: 'Kortinlösen', iban: 'SE45 5000 0000 0583 9825 7466' } }),
			);
			expect(result.json()[0]).toMatchObject({
				id: '1951',
				currency: 'EUR',
				bank_name: 'SEB',
				account_name: 'Kortinlösen',
				iban: 'SE4550000000058398257466',
				ledger_account: '1951',
			});
			expect(currentYear(world).accounts.get(1951)?.description).toBe('SEB, Kortinlösen, IBAN SE4550000000058398257466, EUR');
			const list = await world.run({ resource: 'bankAccount', operation: 'getAll', returnAll: true });
			expect(list.json()).toContainEqual(result.json()[0]);
		});

		it.each<[string, INodeParameters, string, RegExp]>([
			[
				'a number outside 1920–1999',
				{ number: '1910', additionalFields: { iban: 'SE4550000000058398257466' } },
				'ERROR_WRONG_ACCOUNT_TYPE',
				/1920–1999/,
			],
			[
				'an IBAN with a wrong check digit',
				{ number: '1952', additionalFields: { iban: 'SE4550000000058398257467' } },
				'ERROR_DATA_VALIDATION',
				/iban/,
			],
			['neither IBAN nor account number', { number: '1952' }, 'ERROR_DATA_VALIDATION', /IBAN or the account number/],
			[
				'a number that is taken',
				{ number: '1930', additionalFields: { iban: 'SE4550000000058398257466' } },
				'ERROR_BANK_CODE_ALREADY_USED',
				/Företagskonto/,
			],
		])('is refused with %s', async (_wrong, more, code, words) => {
			const result = await world.run(create(more));
			expect(result.error?.context?.error_code).toBe(code);
			expect(result.error?.message).toMatch(words);
			expect(world.requests('POST')).toEqual([]);
		});
	});
});
