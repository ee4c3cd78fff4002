import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { book, startVatWorld } from '../vat/support';
import type { CompanyState } from '../../../sandbox';
import type { World } from '../support/world';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

async function reconcile(input: IDataObject[], more: INodeParameters = {}): Promise<IDataObject[]> {
	const result = await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930', ...more }, { input });
	expect(result.error?.message).toBeUndefined();
	return result.json();
}

const statuses = (rows: IDataObject[]): unknown[] => rows.map(({ status, amount, entry_id }) => [status, amount, entry_id]);

describe('reconciling an account', () => {
	it('matches what can only be meant so, and lists the rest of both sides', async () => {
		const sale = book(company, '2027-01-10', [
			[1930, 100],
			[3004, -100],
		]);
		const fee = book(company, '2027-01-11', [
			[6570, 25],
			[1930, -25],
		]);
		const unknown = book(company, '2027-01-12', [
			[1930, 77],
			[3004, -77],
		]);
		const rows = await reconcile([
			{ date: '2027-01-10', amount: 100, text: 'Swish' },
			{ date: '2027-01-11', amount: '-25,00', text: 'Avgift' },
			{ date: '2027-01-13', amount: 500, text: 'Okänd' },
		]);
		expect(statuses(rows)).toEqual([
			['matched', 100, sale],
			['matched', -25, fee],
			['only_in_statement', 500, null],
			['only_in_ledger', 77, unknown],
		]);
		expect(world.requests('GET', /^\/3\//)).toHaveLength(2);
	});

	it('reads rows by the headings that entries are made by', async () => {
		const input = [{ Datum: '2027-01-10', Belopp: '1 000,25', Text: 'Insättning' }];
		const result = await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input });
		expect(result.json()[0]).toMatchObject({ date: '2027-01-10', amount: 1000.25, text: 'Insättning' });
	});

	it('refuses rows that lack a date or an amount, by their own columns, and rows that disagree about the days', async () => {
		const run = async (input: IDataObject[], maxDaysApart: string | number = 0) =>
			(await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930', options: { maxDaysApart } }, { input })).error
				?.message;
		expect(await run([{ Tid: '2027-01-10', Belopp: 100 }])).toMatch(/^date: item 0 has none\. It has the fields 'Tid', 'Belopp'/);
		expect(await run([{ date: '2027-01-10', Kapital: 100 }])).toMatch(/^amount: item 0 has none/);
		expect(await run([{ date: '2027-01-10', 'Belopp €': 100 }])).toMatch(/^amount: item 0 has none/);
		expect(await run([{ Datum: '2027-01-10', Belopp: 1, Summa: 1 }])).toMatch(/^amount: the columns 'Belopp' and 'Summa' both mean it/);
		const rows = [
			{ date: '2027-01-10', amount: 1, days: 0 },
			{ date: '2027-01-11', amount: 1, days: 3 },
		];
		expect(await run(rows, '={{ $json.days }}')).toMatch(/^maxDaysApart: the rows of account 1930 disagree: 0 and 3/);
	});

	it.each([
		{ amount: 100, currency: 'EUR' },
		{ Belopp: '100,00', Valuta: 'eur' },
		{ Amount: 100, Currency: '€' },
		{ Summa: 100, Valutakod: 'USD' },
	])('refuses a row in another currency than the ledger: %j', async (row) => {
		const input = [{ date: '2027-01-10', text: 'Swish', ...row }];
		const { error } = await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input });
		expect(error?.context?.error_code).toBe('ERROR_CURRENCY_NOT_ALLOWED');
		expect(error?.message).toMatch(/^currency: by its column '\w+' the row is in (EUR|USD), and the ledger keeps every account in SEK/);
	});

	it.each([
		{ amount: 100, currency: 'SEK' },
		{ Belopp: '100,00', Valuta: 'kr' },
		{ Belopp: '100,00', Valuta: '' },
		{ Belopp: '100,00', Valuta: '2027-01-10' },
		{ 'Belopp (SEK)': '100,00', 'Belopp (EUR)': '9,10', Valuta: 'EUR' },
	])('matches a row in kronor, whatever stands beside it: %j', async (row) => {
		expect(await reconcile([{ date: '2027-01-10', text: 'Swish', ...row }])).toContainEqual(
			expect.objectContaining({ status: 'matched', amount: 100 }),
		);
	});

	it('refuses Execute Once, with which n8n leaves out all rows but the first', async () => {
		const input = [{ date: '2027-01-10', amount: 100 }];
		const parameters: INodeParameters = { resource: 'report', operation: 'reconcile', accountNumber: '1930' };
		const { error } = await world.run(parameters, { input, executeOnce: true });
		expect(error?.message).toMatch(/^accountNumber: the node's setting 'Execute Once' is on/);
	});

	describe('debit or credit in a word', () => {
		const run = async (input: IDataObject[]): Promise<string | undefined> =>
			(await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input })).error?.message;

		it.each(['CdtDbtInd', 'Credit Debit Indicator'])('%s is that of the bank, and gives the amount its sign', async (column) => {
			const [out, into] = await reconcile([
				{ date: '2027-01-10', amount: 100, [column]: 'DBIT' },
				{ date: '2027-01-10', amount: 100, [column]: 'CRDT' },
			]);
			expect([out?.status, out?.amount, into?.status, into?.amount]).toEqual(['only_in_statement', -100, 'matched', 100]);
			expect(await run([{ date: '2027-01-10', amount: -100, [column]: 'CRDT' }])).toMatch(
				/^amount: item 0 has 'CRDT' .* an amount below 0/,
			);
			expect(await run([{ date: '2027-01-10', amount: 100, [column]: 'x' }])).toMatch(/neither DBIT nor CRDT/);
		});

		it.each(['D/K', 'side', 'Typ'])('%s, which has two meanings, is refused beside amounts without a sign', async (column) => {
			const rows = [{ date: '2027-01-10', amount: 100, [column]: 'D' }];
			expect(await run(rows)).toContain(`amount: item 0 has 'D' in its column '${column}', and the amounts of a statement are from`);
			expect(await run([...rows, { date: '2027-01-10', amount: -5, [column]: 'K' }])).toBeUndefined();
		});

		it('is clear on a day of deposits alone, each a credit of the bank’s, and says nothing of cards', async () => {
			const deposit = { date: '2027-01-10', amount: 100 };
			const days: IDataObject[] = [{ 'D/K': 'K' }, { type: 'credit' }, { Kort: 'Debit' }].map((side) => ({ ...deposit, ...side }));
			for (const day of days) {
				const result = await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input: [day] });
				expect([day, result.error?.message]).toEqual([day, undefined]);
			}
		});

		it('and other columns that were not read are named in a hint', async () => {
			const input = [{ date: '2027-01-10', amount: -100, 'D/K': 'D', Saldo: 5, Kategori: 'Hyra' }];
			const result = await world.run({ resource: 'report', operation: 'reconcile', accountNumber: '1930' }, { input });
			expect(result.hints()).toContain("Columns of the input that were not read: 'D/K', 'Kategori'.");
		});
	});

	it('does not guess among equals, unless their texts tell', async () => {
		const first = book(
			company,
			'2027-02-10',
			[
				[1930, 100],
				[3004, -100],
			],
			'Kund A',
		);
		const second = book(
			company,
			'2027-02-10',
			[
				[1930, 100],
				[3004, -100],
			],
			'Kund B',
		);
		const open = await reconcile([{ date: '2027-02-10', amount: 100, text: 'Inbetalning' }]);
		expect(open).toMatchObject([{ status: 'ambiguous', entry_id: null, candidates: [first, second] }]);
		const two = await reconcile([
			{ date: '2027-02-10', amount: 100, text: 'x' },
			{ date: '2027-02-10', amount: 100, text: 'y' },
		]);
		expect(two.map(({ status }) => status)).toEqual(['ambiguous', 'ambiguous']);
		const told = await reconcile([
			{ date: '2027-02-10', amount: 100, text: 'kund  b' },
			{ date: '2027-02-10', amount: 100, text: '' },
		]);
		expect(statuses(told)).toEqual([
			['matched', 100, second],
			['matched', 100, first],
		]);
	});

	it('takes other days only where that is asked for', async () => {
		const entry = book(company, '2027-03-12', [
			[1930, 40],
			[3004, -40],
		]);
		const input = [{ date: '2027-03-10', amount: 40, text: '' }];
		expect(statuses(await reconcile(input))).toEqual([['only_in_statement', 40, null]]);
		expect(statuses(await reconcile(input, { options: { maxDaysApart: 2 } }))).toEqual([['matched', 40, entry]]);
	});

	it("looks beside the days of the statement for what it has, and lists nothing of them that it can't have", async () => {
		const late = book(company, '2027-05-09', [
			[1930, -310],
			[5410, 310],
		]);
		book(company, '2027-05-01', [
			[1930, 11],
			[3004, -11],
		]);
		const inside = book(company, '2027-05-06', [
			[1930, 12],
			[3004, -12],
		]);
		book(company, '2027-05-10', [
			[1930, 13],
			[3004, -13],
		]);
		const statement = [
			{ date: '2027-05-05', amount: 7, text: '' },
			{ date: '2027-05-07', amount: -310, text: '' },
		];
		const rows = await reconcile(statement, { options: { maxDaysApart: 3 } });
		expect(statuses(rows)).toEqual([
			['only_in_statement', 7, null],
			['matched', -310, late],
			['only_in_ledger', 12, inside],
		]);
	});

	it('matches an entry by all that it booked on the account', async () => {
		const payout = book(company, '2027-06-10', [
			[1930, 1000],
			[1930, -30],
			[6570, 30],
			[1580, -1000],
		]);
		const on = (...amounts: number[]): IDataObject[] => amounts.map((amount) => ({ date: '2027-06-10', amount, text: 'Bankgiro' }));
		expect(statuses(await reconcile(on(970)))).toEqual([['matched', 970, payout]]);
		expect(statuses(await reconcile(on(1000, -30)))).toEqual([
			['matched', 1000, payout],
			['matched', -30, payout],
		]);
		// Its sum and its rows exclude each other.
		const both = await reconcile(on(970, 1000));
		expect(both.map(({ status }) => status)).toEqual(['ambiguous', 'ambiguous']);
		const other = book(company, '2027-06-10', [
			[1930, 970],
			[3004, -970],
		]);
		expect(await reconcile(on(970))).toMatchObject([{ status: 'ambiguous', candidates: [other, payout] }]);
	});

	it('takes equal rows of one entry for equal rows of the statement', async () => {
		const daily = book(company, '2027-07-10', [
			[1930, 200],
			[1930, 200],
			[3004, -400],
		]);
		const row = { date: '2027-07-10', amount: 200, text: 'Swish' };
		expect(statuses(await reconcile([row, row]))).toEqual([
			['matched', 200, daily],
			['matched', 200, daily],
		]);
		expect(await reconcile([row])).toMatchObject([{ status: 'ambiguous', candidates: [daily] }]);
		expect((await reconcile([row, row, row])).map(({ status }) => status)).toEqual(['ambiguous', 'ambiguous', 'ambiguous']);
	});

	it('refuses rows that cannot be read', async () => {
		const run = async (onError?: 'continueRegularOutput') =>
			await world.run(
				{ resource: 'report', operation: 'reconcile', accountNumber: '1930' },
				{ input: [{ date: '2027-01-10', amount: '1,234' }, { amount: 5 }], ...(onError && { onError }) },
			);
		expect((await run()).error?.message).toMatch(/amount: "1,234" can mean/);
		expect((await run('continueRegularOutput')).json().map(({ error_code }) => error_code)).toEqual([
			'ERROR_DATA_VALIDATION',
			'ERROR_DATA_VALIDATION',
		]);
	});
});
