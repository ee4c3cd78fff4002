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

async function check(checks: string | string[], period: string, more: INodeParameters = {}): Promise<IDataObject[]> {
	const result = await world.run({ resource: 'report', operation: 'checkLedger', period, checks, ...more });
	expect(result.error?.message).toBeUndefined();
	return result.json();
}

const booked = (id: string) => {
	const [series = '', number, year] = id.split('-');
	const voucher = company.voucher(series, Number(number), Number(year));
	if (voucher === undefined) throw new Error(`no ${id}`);
	return voucher;
};

describe('checking the ledger', () => {
	it('finds gaps in number series, also at their start', async () => {
		const like = {
			description: '',
			comments: null,
			costCenter: '',
			project: '',
			referenceNumber: '',
			referenceType: '',
			approvalState: 0 as const,
			createdAt: 0,
			modifiedMinute: 0,
			rows: [],
		};
		const year = company.year('2029-01-01');
		const series = year.series.get('B');
		if (series === undefined) throw new Error('no series B');
		for (const [number, date] of [
			[2, '2029-01-10'],
			[3, '2029-01-11'],
			[7, '2029-02-01'],
			[9, '2029-03-01'],
		] as const) {
			year.book({ ...like, series: 'B', number, yearId: year.id, date }, series);
		}
		expect((await check(['numberGaps'], '2029-01')).map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Series B: number 1 is missing before B-2-/),
			expect.stringMatching(/^Series B: numbers 4–6 are missing before B-7-/),
		]);
		expect(await check(['numberGaps'], '2029-03')).toMatchObject([{ check: 'numberGaps', severity: 'error', entry_id: `B-9-${year.id}` }]);
	});

	it('finds entries by hand without a file, with one list for all', async () => {
		const [bare, filed] = [
			book(company, '2027-01-10', [
				[1930, 100],
				[3004, -100],
			]),
			book(company, '2027-01-10', [
				[1930, 200],
				[3004, -200],
			]),
		];
		const made = book(company, '2027-01-10', [
			[1930, 300],
			[3004, -300],
		]);
		booked(made).referenceType = 'INVOICE';
		const { series, number, yearId } = booked(filed);
		company.fileConnections.push({ fileId: 'f1', series, number, yearId });
		// A file of another year's voucher of the same number is none of this one's.
		company.fileConnections.push({ fileId: 'f2', series: booked(bare).series, number: booked(bare).number, yearId: 1 });
		expect(await check(['missingFiles'], '2027-01')).toMatchObject([{ check: 'missingFiles', entry_id: bare, severity: 'warning' }]);
		expect(world.requests('GET', /voucherfileconnections/)).toHaveLength(1);
	});

	it('finds VAT that does not fit its base, entry by entry', async () => {
		const wrong = book(company, '2027-02-10', [
			[1930, 1120],
			[3001, -1000],
			[2611, -120],
		]);
		const other = book(company, '2027-02-11', [
			[1930, 1380],
			[3001, -1000],
			[2611, -380],
		]);
		book(company, '2027-02-12', [
			[1930, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		book(company, '2027-02-28', [
			[2611, 750],
			[2650, -750],
		]);
		expect((await check(['vatMismatch'], '2027-02')).map(({ entry_id, amount }) => [entry_id, amount])).toEqual([
			[wrong, -130],
			[other, 130],
		]);
	});

	it('finds days on which cash or a bank account is below 0', async () => {
		book(company, '2028-03-01', [
			[1910, -500],
			[5410, 500],
		]);
		book(company, '2028-03-02', [
			[1910, -100],
			[5410, 100],
		]);
		book(company, '2028-03-05', [
			[1910, 700],
			[1930, -700],
		]);
		const found = await check(['negativeCash'], '2028-03');
		expect(found).toMatchObject([
			{
				severity: 'error',
				account_number: '1910',
				amount: -600,
				date: '2028-03-01',
				message: expect.stringContaining('from 2028-03-01 to 2028-03-04'),
			},
			{ severity: 'warning', account_number: '1930', amount: -700, message: expect.stringContaining('from 2028-03-05 to 2028-03-31') },
		]);
		// It goes on in the next month.
		expect(await check(['negativeCash'], '2028-04')).toMatchObject([{ account_number: '1930', date: '2028-04-01' }]);
	});

	it('finds entries by hand on accounts of a sub-ledger, and entries that are not approved', async () => {
		const manual = book(company, '2027-05-10', [
			[2440, -80],
			[5410, 80],
		]);
		const made = book(company, '2027-05-10', [
			[2440, -90],
			[5410, 90],
		]);
		booked(made).referenceType = 'SUPPLIERINVOICE';
		booked(made).approvalState = 2;
		expect(await check('subledgerAccounts,unapproved', '2027-05')).toMatchObject([
			{ check: 'subledgerAccounts', entry_id: manual, account_number: '2440', amount: -80 },
			{ check: 'unapproved', entry_id: made },
		]);
	});

	it('finds opening balances that differ from the close of the year before', async () => {
		const year = company.year('2026-01-01');
		const account = year.accounts.get(1940);
		if (account === undefined) throw new Error('no 1940');
		account.broughtForward += 12_300;
		world.reconnect();
		expect(await check(['openingBalances'], '2026-01')).toContainEqual(
			expect.objectContaining({ check: 'openingBalances', account_number: '1940', amount: 123 }),
		);
	});

	it('finds entries outside the days of their financial year', async () => {
		const year = company.year('2029-01-01');
		const series = year.series.get('A');
		if (series === undefined) throw new Error('no series A');
		const like = booked(
			book(company, '2029-06-10', [
				[1930, 5],
				[3004, -5],
			]),
		);
		year.book({ ...like, number: 4711, date: '2030-01-03' }, series);
		const found = { check: 'outsideYear', severity: 'error', entry_id: `A-4711-${year.id}`, date: '2030-01-03' };
		expect(await check(['outsideYear'], '2029-06')).toMatchObject([found]);
		expect(await check(['outsideYear'], '2028-06')).toEqual([]);
	});

	it('finds a purchase that was booked over 2650, which keeps its VAT out of the return', async () => {
		const mixed = book(company, '2027-08-10', [
			[5410, 100],
			[2641, 25],
			[2650, -125],
		]);
		book(company, '2027-08-31', [
			[2611, 250],
			[2641, -25],
			[3740, 0.2],
			[2650, -225.2],
		]);
		const found = { entry_id: mixed, severity: 'error', amount: 100, message: expect.stringContaining('5410') };
		expect(await check(['vatMismatch'], '2027-08')).toMatchObject([found]);
	});

	it('gives no item where nothing is found, and says so', async () => {
		const result = await world.run({
			resource: 'report',
			operation: 'checkLedger',
			period: '2028-11',
			checks: ['vatMismatch', 'unapproved'],
		});
		expect(result.error?.message).toBeUndefined();
		expect(result.json()).toEqual([]);
	});

	it('refuses a check that there is not', async () => {
		const result = await world.run({ resource: 'report', operation: 'checkLedger', period: '2027-01', checks: ['everything'] });
		expect(result.error?.message).toMatch(/checks: .*everything.* is not one of the choices/);
	});
});
