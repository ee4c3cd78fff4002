import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

jest.setTimeout(60_000);

const journal = (more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	linesSource: 'define',
	...more,
});

const twoLines = (debit: INodeParameters, credit: INodeParameters): INodeParameters => ({
	lines: { line: [{ account: '1930', ...debit }, { account: '3004', ...credit }] },
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
			expect(rowsOf(json()[0])).toEqual([[1930, 125_050], [3004, -125_050]]);
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
			const inEuro = (rate: string | number) => journal({ currency: 'EUR', currencyExchangeRate: rate, ...twoLines({ debit: '100,00' }, { credit: '100' }) });
			const { error, json } = await world.run(inEuro('11,2345'));
			expect(error).toBeUndefined();
			expect(rowsOf(json()[0])).toEqual([[1930, 112_345], [3004, -112_345]]);
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
			['numbers under a Swedish heading', rows.map(({ voucher_no, date: _date, ...row }) => ({ 'Ver nr': voucher_no, ...row })), /'Ver nr'/],
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
			expect(result.hints()).toContain('Validate Only is on: the entry was checked, and nothing was posted.');
			expect(added()).toBe(0);
		});

		it('that an entry was there already, also to a check', async () => {
			const first = (await world.run(entry({ number: 'FORM-1' }))).json()[0];
			expect(first).toMatchObject({ posted: true });
			const repeat = await world.run(entry({ number: 'FORM-1' }));
			expect(repeat.json()[0]).toMatchObject({ id: first?.id, posted: true, already_posted: true });
			expect(repeat.hints()).toContain(`${String(first?.name)} was already there; nothing was posted.`);
			expect((await world.run(entry({ number: 'FORM-1', options: { dryRun: true } }))).json()[0]).toMatchObject({ dry_run: true, posted: true });
			expect(added()).toBe(1);
		});
	});
});
