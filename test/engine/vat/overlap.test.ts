import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { CompanyState } from '../../../sandbox';
import { countVouchers, type World } from '../support/world';
import { book, startVatWorld } from './support';

let world: World;
let company: CompanyState;
let before: number;

beforeEach(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
afterEach(async () => await world.close());

/** Sales excluding VAT by month of 2028; negative: credit notes. */
function sell(months: Readonly<Record<string, number>>): void {
	for (const [month, net] of Object.entries(months)) book(company, `2028-${month}-10`, [[1930, net * 1.25], [3001, -net], [2611, -net / 4]]);
	forget();
}

/** As a process that knows nothing of what the last one did. */
function forget(): void {
	world.reconnect();
	before = countVouchers(world.sandbox);
}

const added = (): number => countVouchers(world.sandbox) - before;

const settle = async (period: string, more: INodeParameters = {}, options: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
	await world.run({ resource: 'vatReturn', operation: 'settle', period, journalId: 'A', ...more }, options);

async function settled(period: string, more: INodeParameters = {}): Promise<IDataObject> {
	const result = await settle(period, more);
	expect(result.error?.message).toBeUndefined();
	expect(result.json()[0]).not.toHaveProperty('already_posted');
	forget();
	return result.json()[0] ?? {};
}

/** Settling is refused and names these; nothing is posted, and Validate Only says the same. */
async function refused(period: string, ...named: unknown[]): Promise<void> {
	for (const options of [{ acceptChecks: true }, { dryRun: true }]) {
		const { error } = await settle(period, { options });
		expect(error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
		expect(error?.message).toMatch(/^period: .* shares days with what is settled already/);
		for (const name of named) expect(error?.message).toContain(String(name));
	}
	forget();
	expect(onAccount(2650)).toBe(owed);
}

let owed = 0;
function onAccount(account: number): number {
	const rows = company.vouchers().filter(({ date }) => date >= '2027-01-01').flatMap((voucher) => voucher.rows);
	return rows.reduce((sum, row) => (row.account === account ? sum + row.debit - row.credit : sum), 0) / 100;
}
const owes = (kronor: number): void => {
	owed = 0 - kronor;
	expect(onAccount(2650)).toBe(owed);
};

const reverse = async (id: unknown): Promise<string> => {
	const result = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(id) });
	expect(result.error).toBeUndefined();
	forget();
	return String(result.json()[0]?.id);
};

describe('periods of one run that share days', () => {
	const input = ['2028-08', '2028-09', '2028-Q3'].map((period) => ({ period }));

	it.each([{}, { options: { dryRun: true } }])('are none of them settled (%j)', async (more) => {
		sell({ '08': 400, '09': 1000 });
		const result = await settle('={{ $json.period }}', more, { input, onError: 'continueRegularOutput' });
		const errors = result.json().map(({ error }) => String(error));
		expect(errors[0]).toContain('2028-08 shares days with what other items of this run settle, and their VAT would be booked twice: item 2 (2028-Q3)');
		expect(errors[1]).toContain('item 2 (2028-Q3)');
		expect(errors[2]).toContain('item 0 (2028-08), item 1 (2028-09)');
		expect((await settle('={{ $json.period }}', more, { input })).error?.message).toContain('shares days');
		expect(added()).toBe(0);
	});

	it('are refused but for those that are settled, and those beside them', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-08');
		const result = await settle('={{ $json.period }}', {}, { input, onError: 'continueRegularOutput' });
		expect(result.json()).toMatchObject([
			{ id, already_posted: true },
			{ posted: true, to_pay: 250 },
			{ error: expect.stringContaining(`${String(id)} (2028-08)`) },
		]);
		owes(350);
	});

	it('are settled where they share none', async () => {
		sell({ '08': 400, '09': 1000 });
		expect((await settle('={{ $json.period }}', {}, { input: input.slice(0, 2) })).error).toBeUndefined();
		owes(350);
	});
});

describe('a longer period after a shorter one', () => {
	it('is refused where that was settled on a day after both', async () => {
		sell({ '07': 500, '09': 1000 });
		const { id } = await settled('2028-07', { date: '2028-10-12' });
		owes(125);
		await refused('2028-Q3', id, '2028-07');
		await refused('2028', id);
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id, already_posted: true });
		await settled('2028-09');
		owes(375);
	});

	it('is refused where that was settled in a later year, and costs no request more', async () => {
		sell({ '07': 500, '10': 1000 });
		await settle('2028-Q4', { options: { dryRun: true } });
		const requests = world.requests().length;
		forget();
		const { id } = await settled('2028-07', { date: '2029-05-02' });
		await settle('2028-Q4', { options: { dryRun: true } });
		expect(world.requests().length).toBe(requests);
		owes(125);
		await refused('2028-Q3', id);
	});

	it('is refused where an older balance stands', async () => {
		sell({ '05': 2000, '07': 500, '09': 1000 });
		const { id } = await settled('2028-09');
		owes(250);
		await refused('2028-Q3', id);
		await refused('2028', id);
		await settled('2028-07');
		owes(375);
	});

});

describe('a longer period after a shorter one, in a year that opens with VAT', () => {
	it('is refused', async () => {
		const year = company.yearOf('2028-06-01');
		const account = year?.accounts.get(2611);
		if (year === undefined || account === undefined) throw new Error('The chart lacks 2611');
		year.setAccount({ ...account, broughtForward: -90_000 });
		sell({ '09': 1000 });
		const { id } = await settled('2028-09');
		owes(250);
		await refused('2028', id);
	});
});

describe('a shorter period after a longer one', () => {
	it('is refused where öre are left over from before', async () => {
		sell({ '05': 4, '07': 500, '08': 400, '09': 1000 });
		const { id } = await settled('2028-Q3');
		owes(475);
		for (const month of ['2028-08', '2028-07', '2028-09']) await refused(month, id, '2028-Q3');
		await settled('2028-05');
	});

	it('is refused where an entry of the longer one came late', async () => {
		sell({ '07': 500, '08': 400 });
		const { id } = await settled('2028-Q3');
		sell({ '07': 100 });
		owes(225);
		await refused('2028-07', id);
		await refused('2028-08', id);
		const again = (await settle('2028-Q3')).json()[0];
		expect(again).toMatchObject({ id, already_posted: true, difference: [{ account_number: '2611' }, { account_number: '2650' }] });
	});

	it('is refused where it is one of credit notes', async () => {
		sell({ '08': 4000, '09': -400 });
		const { id } = await settled('2028-Q3');
		owes(900);
		await refused('2028-09', id);
		await refused('2028-08', id);
		expect(onAccount(2611)).toBe(0);
	});

	it('is refused where it is a quarter or a month of a year', async () => {
		sell({ '02': 400, '09': 1000 });
		const { id } = await settled('2028');
		owes(350);
		for (const period of ['2028-Q1', '2028-02', '2028-Q3', '2028-09']) await refused(period, id, '(2028)');
	});
});

describe('a settlement that was reversed', () => {
	it('frees its days, and is not posted again once others have them', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-Q3');
		owes(350);
		await reverse(id);
		owes(0);
		const { id: september } = await settled('2028-09');
		await settled('2028-08');
		owes(350);
		await refused('2028-Q3', september, '2028-08');
	});

	it('has its days again where the reversal is reversed', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-09');
		await reverse(await reverse(id));
		owes(250);
		await refused('2028-Q3', id);
		await reverse(id);
		owes(0);
		await settled('2028-Q3');
		owes(350);
	});
});

describe('a settlement without its mark', () => {
	const SETTLES = [[2611, 125], [2650, -125]] as const;

	it('is known by its text, as long as no entry takes it back', async () => {
		sell({ '07': 500, '09': 1000 });
		const id = book(company, '2028-10-12', SETTLES, 'Momsredovisning 2028-07');
		forget();
		owes(125);
		await refused('2028-Q3', `${id} of 2028-10-12`);
		await settled('2028-09');
		owes(375);
		book(company, '2028-10-20', SETTLES.map(([account, amount]) => [account, -amount]), 'Makulering');
		forget();
		owes(250);
		await refused('2028-Q3', '(2028-09)');
	});

	it('is not taken back by that of a month of credit notes', async () => {
		sell({ '07': 500, '08': -500, '09': 1000 });
		const july = book(company, '2028-07-31', SETTLES, 'Momsredovisning 2028-07');
		const august = book(company, '2028-08-31', SETTLES.map(([account, amount]) => [account, -amount]), 'Momsredovisning 2028-08');
		forget();
		owes(0);
		await refused('2028-Q3', july, august);
	});

	it('is free again where the node reversed it', async () => {
		sell({ '07': 500 });
		await reverse(book(company, '2028-07-31', SETTLES, 'Momsredovisning 2028-07'));
		expect((await settled('2028-Q3')).to_pay).toBe(125);
		owes(125);
	});
});

describe('a settlement that a person took back without Reverse', () => {
	/** As people do it in Fortnox: the rows the other way round, with a text of their own. */
	const takeBack = (id: unknown, date: string): string => {
		const [series = '', number, year] = String(id).split('-');
		const rows = company.year(Number(year)).voucher(series, Number(number))?.rows ?? [];
		const opposite = book(company, date, rows.map(({ account, debit, credit }) => [account, (credit - debit) / 100]), 'Rättelse');
		forget();
		return opposite;
	};

	it.each([['07', '2028-07-31'], ['07', '2028-09-15'], ['12', '2029-01-20']])('is posted anew, once, and the hint names both (%s on %s)', async (month, day) => {
		sell({ [month]: 500 });
		const period = `2028-${month}`;
		const first = await settled(period);
		const by = takeBack(first.id, day);
		owes(0);
		const again = await settle(period);
		expect(again.hints().join('\n')).toContain(`was posted as ${String(first.id)}. ${by}, which carries no mark, takes it back, so it was posted anew`);
		expect([again.json()[0]?.already_posted, added()]).toEqual([undefined, 1]);
		owes(125);
		forget();
		expect((await settle(period)).json()[0]).toMatchObject({ id: again.json()[0]?.id, already_posted: true });
		expect(added()).toBe(0);
	});

	it('frees its days', async () => {
		sell({ '07': 500, '08': 100 });
		const july = await settled('2028-07');
		owes(125);
		await refused('2028-Q3', july.id);
		takeBack(july.id, '2028-10-02');
		expect((await settled('2028-Q3')).to_pay).toBe(150);
		owes(150);
	});

	it('is posted with what the period has by now', async () => {
		sell({ '07': 500 });
		takeBack((await settled('2028-07')).id, '2028-07-31');
		sell({ '07': 100 });
		expect((await settled('2028-07')).to_pay).toBe(150);
		owes(150);
	});

	it('stands where the node took another one back', async () => {
		sell({ '07': 500 });
		await reverse((await settled('2028-07')).id);
		const second = await settled('2028-07');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: second.id, already_posted: true });
		owes(125);
	});

	it('stands beside that of a month of credit notes', async () => {
		sell({ '07': 500, '08': -500 });
		const july = await settled('2028-07');
		await settled('2028-08');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: july.id, already_posted: true });
		owes(0);
	});
});

describe('overlapping settlements of executions side by side', () => {
	it('are posted for one of them', async () => {
		sell({ '08': 400, '09': 1000 });
		const results = await Promise.all(['2028-09', '2028-Q3', '2028'].map(async (period) => await settle(period)));
		expect(results.filter(({ error }) => error === undefined)).toHaveLength(1);
		expect(added()).toBe(1);
	});
});
