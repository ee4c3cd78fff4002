import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

const create = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	linesSource: 'inputItems',
	allItems: true,
	...more,
});

describe('rows as spreadsheets have them', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;
	const rowsOf = (item: IDataObject | undefined) =>
		(item?.items as IDataObject[]).map(
			({ account_number, debit, credit }) => `${String(account_number)} ${String(debit)} ${String(credit)}`,
		);

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

	it('tells of a column that may be the number, where the Number field is empty', async () => {
		const rows = (more: Record<string, string>): IDataObject[] => [
			{ konto: 6310, belopp: 1, ...more },
			{ konto: 1930, belopp: -1, ...more },
		];
		const hintsOf = async (more: Record<string, string>, number = '') =>
			(await world.run(create({ date: '2026-10-05', number, options: { dryRun: true } }), { input: rows(more) })).hints().join(' ');
		expect(await hintsOf({ number: 'INV-7' })).toMatch(
			/Number: the input items have a column 'number'.*set Number to \{\{ \$json\["number"\] \}\}/,
		);
		expect(await hintsOf({ 'Faktura nr': '7' })).toContain("column 'Faktura nr'");
		expect(await hintsOf({ number: 'INV-7' }, 'INV-8')).not.toContain("column 'number'");
		expect(await hintsOf({ number: '' })).not.toContain("column 'number'");
	});

	it('are read by their Swedish headings, and a hint says what was matched', async () => {
		const input = [
			{ 'Ver. nr': 'V-1', Datum: '2026-10-05', Konto: 6310, Debet: '1 200,50', Kredit: '', Text: 'Försäkring', Kst: 'BUTIK' },
			{ 'Ver. nr': 'V-1', Datum: '2026-10-05', Konto: 1930, Debet: '', Kredit: '1 200,50', Text: 'Försäkring', Kst: '' },
		];
		const result = await world.run(create({ allItems: false, groupBy: 'Ver. nr' }), { input });
		expect(result.error).toBeUndefined();
		expect(result.json()[0]).toMatchObject({ number: 'V-1', date: '2026-10-05' });
		expect(rowsOf(result.json()[0])).toEqual(['6310 1200.5 0', '1930 0 1200.5']);
		expect((result.json()[0]?.items as IDataObject[])[0]).toMatchObject({ description: 'Försäkring', cost_center: 'BUTIK' });
		expect(result.hints().join(' ')).toMatch(/'Debet' as debit.*'Konto' as account.*'Ver. nr' as voucher_number/);
		expect((await world.run(create({ allItems: false, groupBy: 'Ver. nr' }), { input })).json()[0]).toMatchObject({ already_posted: true });
		expect(added()).toBe(1);
	});

	it('have an account and an amount with a sign, and the balancing account takes the rest', async () => {
		const input = [
			{ konto: '3004', belopp: '-1000,00' },
			{ konto: '6570', belopp: 25.5 },
		];
		const result = await world.run(create({ date: '2026-10-05', number: 'PAYOUT-1', additionalFields: { balancingAccount: '1930' } }), {
			input,
		});
		expect(rowsOf(result.json()[0])).toEqual(['3004 0 1000', '6570 25.5 0', '1930 974.5 0']);
		expect(added()).toBe(1);
	});

	it('have gross amounts, of which the VAT of their code is taken', async () => {
		const input = [{ account: '3001', brutto: '-1250', momskod: 'MP1' }];
		const result = await world.run(create({ date: '2026-10-05', number: 'GROSS-1', additionalFields: { balancingAccount: '1930' } }), {
			input,
		});
		expect(rowsOf(result.json()[0])).toEqual(['3001 0 1000', '2611 0 250', '1930 1250 0']);
		const without = await world.run(create({ date: '2026-10-05' }), { input: [{ account: '3001', brutto: '-1250' }] });
		expect(without.error?.message).toMatch(/lines\[0\]\.gross_amount: .* no VAT code/);
		expect(added()).toBe(1);
	});

	it('have the VAT of a gross amount in a column, where its code has several rates', async () => {
		const bank = async (number: string, row: IDataObject) =>
			await world.run(
				{ ...create({ date: '2026-10-05', number }), resource: 'financialEntry', financialCounterpartAccount: '1930' },
				{ input: [row] },
			);
		for (const [number, moms] of [
			['VAT-1', '479'],
			['VAT-2', '-479,00'],
		] as const) {
			const result = await bank(number, { konto: '4011', brutto: '-8 470,00', momskod: 'I', moms });
			expect(result.error?.message).toBeUndefined();
			const id = String(result.json()[0]?.id);
			const voucher = world.sandbox
				.company(1001)
				.vouchers()
				.find(({ series, number: at, yearId }) => `${series}-${at}-${yearId}` === id);
			const rows = voucher?.rows.map(({ account, debit, credit }) => [account, debit - credit]);
			expect(rows).toEqual(
				expect.arrayContaining([
					[4011, 799_100],
					[2641, 47_900],
					[1930, -847_000],
				]),
			);
		}
		const otherSign = await bank('VAT-3', { konto: '4011', brutto: '100', momskod: 'I', moms: '-20' });
		expect(otherSign.error?.message).toMatch(/tax_amount: .* is negative/);
		expect(added()).toBe(2);
	});

	it('are refused where VAT stands beside an amount without it: it would not be booked', async () => {
		const entry = create({ date: '2026-10-05', number: 'VAT-4' });
		const sale = (columns: IDataObject): IDataObject[] => [
			{ konto: '3001', kredit: '1250', ...columns },
			{ konto: '1930', debet: '1250', Moms: '' },
		];
		for (const columns of [{ Momskod: 'MP1', Moms: '250' }, { Moms: 250 }, { vat: 'okänd' }]) {
			const { error } = await world.run(entry, { input: sale(columns) });
			expect(error?.message).toMatch(/^lines\[0\]\.gross_amount: .*VAT would not be booked/);
		}
		expect(added()).toBe(0);
		expect((await world.run(entry, { input: sale({ Moms: '0,00' }) })).error?.message).toBeUndefined();
		expect(added()).toBe(1);
	});

	it('leave no more than 1.00 to rounding', async () => {
		const off = async (amount: number, number: string) =>
			await world.run(create({ date: '2026-10-05', number, additionalFields: { balancingAccount: '3740' } }), {
				input: [
					{ account: '6310', amount: 100 },
					{ account: '1930', amount: -amount },
				],
			});
		expect(rowsOf((await off(99, 'ROUND-1')).json()[0])).toEqual(['6310 100 0', '1930 0 99', '3740 0 1']);
		expect((await off(98.99, 'ROUND-2')).error?.message).toMatch(/balancing_account: the lines leave 1\.01 over/);
		expect(added()).toBe(1);
	});

	it('are refused where two columns mean the same, and where rows of one group differ', async () => {
		const two = await world.run(create({ date: '2026-10-05' }), { input: [{ Konto: '6310', Kontonr: '6310', belopp: 1 }] });
		expect(two.error?.message).toMatch(/account: the columns 'Konto' and 'Kontonr' both mean it/);
		const days = await world.run(create({ number: 'X' }), {
			input: [
				{ konto: 6310, belopp: 1, datum: '2026-10-05' },
				{ konto: 1930, belopp: -1, datum: '2026-10-06' },
			],
		});
		expect(days.error?.message).toMatch(/date: the items of the group '' disagree/);
		expect(added()).toBe(0);
	});

	describe('under odd headings', () => {
		const entryOf = async (rows: IDataObject[], groupBy: string) =>
			await world.run(create({ allItems: false, groupBy, options: { dryRun: true } }), { input: rows });
		const as = (headings: readonly string[], values: readonly unknown[][]): IDataObject[] =>
			values.map((row) => Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? ''])) as IDataObject);

		it.each([
			['Swedish with dots and blanks', ['Ver nr', 'Bokföringsdatum', 'Konto nr', 'Debet', 'Kredit', 'Text', 'Kst', 'Projekt']],
			['small letters', ['verifikationsnr', 'datum', 'konto', 'debet', 'kredit', 'text', 'kst', 'projekt']],
			[
				'capitals, blanks behind them and a byte order mark',
				['\uFEFFVERIFIKATIONSNR ', 'DATUM ', 'KONTO ', 'DEBET ', 'KREDIT ', 'TEXT ', 'KST ', 'PROJEKT '],
			],
			[
				'other words of bookkeeping programs',
				['Vernr.', 'Bokföringsdag', 'Kontonr', 'Debetbelopp', 'Kreditbelopp', 'Radtext', 'Resultatenhet', 'Projektnr'],
			],
			[
				'letters without their dots',
				['Verifikat', 'Bokforingsdatum', 'Kontonummer', 'Debet', 'Kredit', 'Beskrivning', 'Kostnadsstalle', 'Projektkod'],
			],
			['decomposed letters', ['Ver nr', 'Bokfo\u0308ringsdatum', 'Konto', 'Debet', 'Kredit', 'Text', 'Kostnadssta\u0308lle', 'Projekt']],
			['English', ['Voucher No', 'Booking Date', 'Account No.', 'Debit', 'Credit', 'Description', 'Cost Center', 'Project']],
		])('%s: number, day, accounts, sides, text, cost center and project', async (_what, headings) => {
			const result = await entryOf(
				as(headings, [
					['V-9', '2026-10-05', 6310, '1 200,50', '', 'Försäkring', 'BUTIK', '1'],
					['V-9', '2026-10-05', 1930, '', '1 200,50', 'Försäkring'],
				]),
				headings[0] ?? '',
			);
			expect(result.error?.message).toBeUndefined();
			expect(result.json()[0]).toMatchObject({ number: 'V-9', date: '2026-10-05', description: 'Försäkring' });
			expect(rowsOf(result.json()[0])).toEqual(['6310 1200.5 0', '1930 0 1200.5']);
			expect((result.json()[0]?.items as IDataObject[])[0]).toMatchObject({
				description: 'Försäkring',
				cost_center: 'BUTIK',
				project: '1',
			});
			expect(result.hints().join(' ')).toContain(`'${headings[2] ?? ''}' as account`);
			expect(added()).toBe(0);
		});

		it("the text of the voucher is the entry's, and that of its rows where they have none", async () => {
			const both = await entryOf(
				as(
					['Ver nr', 'Datum', 'Konto', 'Belopp', 'Vertext', 'Text'],
					[
						['T-1', '2026-10-05', 6310, '100', 'Försäkring 2026', 'Premie'],
						['T-1', '2026-10-05', 1930, '-100', 'Försäkring 2026', 'Bank'],
					],
				),
				'Ver nr',
			);
			expect(both.error?.message).toBeUndefined();
			expect(both.json()[0]).toMatchObject({ description: 'Försäkring 2026', items: [{ description: 'Premie' }, { description: 'Bank' }] });
			const alone = await entryOf(
				as(
					['Ver nr', 'Datum', 'Konto', 'Belopp', 'Vertext'],
					[
						['T-1', '2026-10-05', 6310, '100', 'Försäkring 2026'],
						['T-1', '2026-10-05', 1930, '-100', 'Försäkring 2026'],
					],
				),
				'Ver nr',
			);
			expect(alone.json()[0]).toMatchObject({
				description: 'Försäkring 2026',
				items: [{ description: 'Försäkring 2026' }, { description: 'Försäkring 2026' }],
			});
		});

		it.each([
			[
				'Valuta',
				'EUR',
				/currency: item 0 has 'EUR' in its field 'Valuta', but the node's field Currency says SEK\. Set it to \{\{ \$json\["Valuta"\] \}\}/,
			],
			['Serie', 'B', /journal_id: item 0 has 'B' in its field 'Serie', but the node's field Journal is empty\./],
		])('%s is refused where the form would not heed it', async (heading, value, why) => {
			const rows = as(
				['Ver nr', 'Datum', 'Konto', 'Belopp', heading],
				[
					['V-1', '2026-10-05', 6310, '1', value],
					['V-1', '2026-10-05', 1930, '-1', value],
				],
			);
			const result = await world.run(create({ journalId: '', allItems: false, groupBy: 'Ver nr' }), { input: rows });
			expect(result.error?.message).toMatch(why);
			expect(added()).toBe(0);
		});

		it.each(['Ver nr', 'Verifikationsnr', 'verifikation', 'VERNR ', '\uFEFFVer.nr', 'Nr', 'Verifikat'])(
			'%s without a group: two numbers are not one entry',
			async (heading) => {
				const rows = as(
					[heading, 'Datum', 'Konto', 'Belopp'],
					[
						['1', '2026-10-05', 6310, '1'],
						['', '', 1930, '-1'],
						['2', '2026-10-05', 6310, '1'],
						['', '', 1930, '-1'],
					],
				);
				const result = await entryOf(rows, '');
				expect(result.error?.message).toMatch(/different numbers in .* turn on 'One Entry of All Items'/);
			},
		);
	});
});
