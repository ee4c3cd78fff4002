import type { INodeParameters } from 'n8n-workflow';

import type { CompanyState, SandboxRow, SandboxVoucher } from '../../../sandbox';
import { MOST_READ_SINGLY } from '../../../nodes/shared/books/reading/joinedEntries';
import { startWorld, type World } from '../support/world';
import { itemsOf, shownEntry, truthOf } from './truth';

/** Holds few enough entries to be read one by one within one window of the limit, and more than the node reads so by itself. */
const WEEKS_OF_2025 = { dateFrom: '2025-01-01', dateTo: '2025-02-15' };
const YEAR_2025 = { dateFrom: '2025-01-01', dateTo: '2025-12-31' };

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
	company.addVouchers(1200, { yearId: 4, seed: 7 });
	describeRows((row) => row.transactionInformation);
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

/** Rows' descriptions. Like the transaction information, they make the truth hold whichever of the two a file has. */
function describeRows(text: (row: SandboxRow) => string): void {
	for (const { rows } of company.vouchers()) for (const row of rows) row.description = text(row);
}

async function getAll(parameters: INodeParameters = {}, resource = 'journalEntry') {
	const result = await world.run({ resource, operation: 'getAll', returnAll: true, ...parameters });
	expect(result.error).toBeUndefined();
	return { entries: result.json(), hints: result.hints() };
}

function vouchers(years: number[], keep: (voucher: SandboxVoucher) => boolean = () => true) {
	return truthOf(years.flatMap((year) => company.vouchers(year)).filter(keep));
}

const LIST = /^\/3\/vouchers$/;
const SINGLE = /^\/3\/vouchers\/[A-Z0-9]+\/\d+$/;

const asked = (path: RegExp) => world.requests('GET', path).length;

describe('the entries of a year', () => {
	it('are the ledger row by row, sorted by date, series and number, in a page per 500, one file and the registers', async () => {
		const { entries } = await getAll({ filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } });
		const truth = vouchers([4]);
		expect(truth.length).toBeGreaterThan(1200);
		expect(entries.map(shownEntry)).toEqual(truth);
		expect(asked(LIST)).toBe(Math.ceil(truth.length / 500));
		expect(asked(/^\/3\/sie\/4/)).toBe(1);
		// The years, and the names of series, accounts, cost centers and projects, each once however many entries there are.
		expect(world.requests().filter(({ path }) => path.startsWith('/3/')).length).toBe(Math.ceil(truth.length / 500) + 6);
	});

	it('have the names of accounts, journals and cost centers', async () => {
		const { entries } = await getAll({ filters: { dateFrom: '2026-03-06', dateTo: '2026-03-06', accountNumber: '5010' } });
		expect(entries).toMatchObject([
			{
				journal_name: 'Redovisning',
				comments: 'Faktura från hyresvärden, pärm 3',
				items: expect.arrayContaining([
					expect.objectContaining({ account_number: '5010', cost_center: 'BUTIK', cost_center_name: 'Butiken' }),
				]),
			},
		]);
		const [entry] = entries;
		const year = company.year(4);
		for (const row of itemsOf(entry)) {
			expect(row.account_name).toBe(year.accounts.get(Number(row.account_number))?.description);
		}
	});

	it('leave removed rows out', async () => {
		const { entries } = await getAll({ filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } });
		const corrected = entries.find(({ description }) => description === 'Konsult webbplats, rättad rad');
		expect(corrected?.items).toHaveLength(3);
		expect(entries.map(shownEntry)).toEqual(vouchers([4]));
	});

	it('are those of the current year where no dates are given, and a hint says so', async () => {
		const { entries, hints } = await getAll();
		const current = company.currentYear();
		expect(entries).toHaveLength(current?.count ?? -1);
		expect(hints.join()).toContain(`${current?.fromDate} to ${current?.toDate}`);
	});

	it('come over several years, one file for each', async () => {
		const { entries } = await getAll({ filters: { dateFrom: '2022-06-01', dateTo: '2025-03-31' } });
		expect(entries.map(shownEntry)).toEqual(vouchers([2, 1, 3], ({ date }) => date >= '2022-06-01' && date <= '2025-03-31'));
		// The long year 2021/22 has one entry in the range, which is asked for by itself.
		expect(asked(/^\/3\/sie\/4/)).toBe(2);
	});

	it.each([
		[{ dateFrom: '2026-03-01', dateTo: '2029-01-31' }, 'NEXT-01-01 to 2029-01-31'],
		[{ dateFrom: '2022-06-01', dateTo: '2024-01-31' }, '2023-01-01 to 2023-12-31'],
		[{ dateTo: '2022-12-31' }, undefined],
	])('come with a hint where no financial year has some of the days: %j', async (filters, missing) => {
		const { hints } = await getAll({ filters });
		const next = Number(company.currentYear()?.toDate.slice(0, 4)) + 1;
		expect(hints.filter((hint) => hint.startsWith('No financial year'))).toEqual(
			missing === undefined ? [] : [expect.stringContaining(`No financial year has the days ${missing.replace('NEXT', String(next))}, `)],
		);
	});

	it('come without rows and without a file where items are not wanted', async () => {
		const { entries } = await getAll({ filters: YEAR_2025, options: { includeItems: false } });
		expect(entries).toHaveLength(company.year(3).count);
		expect(entries.every(({ items }) => Array.isArray(items) && items.length === 0)).toBe(true);
		expect(asked(/^\/3\/sie/)).toBe(0);
	});
});

describe('filters', () => {
	const dated = (filters: INodeParameters) => ({ filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31', ...filters } });
	const active = (voucher: SandboxVoucher) => voucher.rows.filter(({ removed }) => !removed);

	it.each<[string, INodeParameters, (voucher: SandboxVoucher) => boolean]>([
		['journal', { journalId: 'D' }, ({ series }) => series === 'D'],
		['account', { accountNumber: '5710' }, (voucher) => active(voucher).some(({ account }) => account === 5710)],
		[
			'an account that is only on a removed row',
			{ accountNumber: '6540', dateTo: '2026-02-17', dateFrom: '2026-02-17', journalId: 'A' },
			(voucher) => voucher.series === 'A' && voucher.date === '2026-02-17' && active(voucher).some(({ account }) => account === 6540),
		],
		['cost center', { costCenter: 'WEBB' }, (voucher) => active(voucher).some(({ costCenter }) => costCenter === 'WEBB')],
		['project', { project: '1' }, (voucher) => active(voucher).some(({ project }) => project === '1')],
		[
			'all of them',
			{ journalId: 'B', accountNumber: '3001', costCenter: 'LAGER', project: '1' },
			(voucher) =>
				voucher.series === 'B' &&
				active(voucher).some(({ costCenter }) => costCenter === 'LAGER') &&
				active(voucher).some(({ project }) => project === '1'),
		],
	])('by %s', async (_, filters, keep) => {
		const { entries } = await getAll(dated(filters));
		expect(entries.map(shownEntry)).toEqual(vouchers([4], keep));
	});

	it('by time of change look into all years, and find only what changed', async () => {
		const voucher = company.voucher('A', 1, 3);
		if (!voucher) throw new Error('no voucher');
		const { entries: none } = await getAll({ filters: { updatedAfter: new Date(Date.now() + 120_000).toISOString() } });
		expect(none).toEqual([]);
		world.reconnect();
		const before = voucher.modifiedMinute;
		company.editVoucher(voucher, (edited) => (edited.comments = 'Ändrad'));
		const { entries } = await getAll({ filters: { updatedAfter: new Date(Date.now() - 60_000).toISOString(), dateTo: '2025-12-31' } });
		expect(entries.map(({ id }) => id)).toEqual(['A-1-3']);
		expect(entries[0]?.comments).toBe('Ändrad');
		expect(asked(/^\/3\/sie/)).toBe(0);
		voucher.modifiedMinute = before;
	});

	it.each<[string, INodeParameters, RegExp]>([
		['dates the wrong way round', { dateFrom: '2026-02-01', dateTo: '2026-01-01' }, /dateTo: 2026-01-01 lies before/],
		['a day that is none', { dateFrom: '2026-02-30' }, /dateFrom/],
		['a journal in small letters', { journalId: 'a' }, /journalId: .*capitals/],
		['an account that is none', { accountNumber: '19' }, /accountNumber/],
	])('%s are refused before anything is asked for', async (_, filters, words) => {
		const result = await world.run({ resource: 'journalEntry', operation: 'getAll', filters });
		expect(result.error?.message).toMatch(words);
		expect(asked(LIST)).toBe(0);
	});
});

describe('the newest first', () => {
	const newest = async (limit: number, parameters: INodeParameters, resource?: string) =>
		await getAll({ returnAll: false, limit, ...parameters, options: { sort: 'newestFirst' } }, resource);
	const YEARS = { dateFrom: '2024-01-01', dateTo: '2026-12-31' };

	it('are the whole list the other way round, over several years', async () => {
		const all = await getAll({ filters: YEARS });
		const reversed = await getAll({ filters: YEARS, options: { sort: 'newestFirst' } });
		expect(reversed.entries.map(shownEntry)).toEqual(all.entries.map(shownEntry).reverse());
	});

	it.each([1, 5, 60])('with a limit of %s are the last ones, without reading the whole year', async (limit) => {
		const { entries } = await newest(limit, { filters: YEARS });
		const asking = asked(LIST);
		expect(entries.map(shownEntry)).toEqual(vouchers([1, 2, 3, 4]).slice(-limit).reverse());
		world.reconnect();
		await getAll({ filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } });
		expect(asking).toBeLessThanOrEqual(asked(LIST) + 3);
	});

	it('with a filter on rows are the last ones that meet it', async () => {
		const filters = { dateFrom: '2026-01-01', dateTo: '2026-12-31' };
		const wanted = vouchers([4], ({ rows }) => rows.some(({ account, removed }) => account === 1930 && !removed));
		const { entries } = await newest(3, { filters: { ...filters, accountNumber: '1930' } });
		expect(entries.map(shownEntry)).toEqual(wanted.slice(-3).reverse());
		const ofBank = await newest(3, { filters, financialCounterpartAccount: '1930' }, 'financialEntry');
		expect(ofBank.entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
	});
});

describe('a limit', () => {
	it('gives the first entries by date without reading the list to its end', async () => {
		const { entries } = await getAll({ returnAll: false, limit: 50, filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } });
		expect(entries.map(shownEntry)).toEqual(vouchers([4]).slice(0, 50));
		expect(asked(LIST)).toBeLessThanOrEqual(3);
	});

	it('stops at the first year that has enough', async () => {
		const { entries } = await getAll({ returnAll: false, limit: 5, filters: { dateFrom: '2024-01-01' } });
		expect(entries.map(shownEntry)).toEqual(vouchers([1]).slice(0, 5));
		expect(world.requests('GET', LIST).every(({ query }) => query.financialyear !== '3')).toBe(true);
	});

	it('counts the entries that pass the filters', async () => {
		const { entries } = await getAll({ returnAll: false, limit: 20, filters: { dateFrom: '2026-01-01', accountNumber: '6570' } });
		expect(entries.map(shownEntry)).toEqual(vouchers([4], ({ rows }) => rows.some(({ account }) => account === 6570)).slice(0, 20));
		expect(asked(LIST)).toBe(1);
	});

	it('reads few entries one by one, each whole', async () => {
		const { entries } = await getAll({ returnAll: false, limit: 10, filters: YEAR_2025, options: { rawResponse: true } });
		expect(entries.map(shownEntry)).toEqual(vouchers([3]).slice(0, 10));
		expect(entries[0]?.raw).toHaveProperty('VoucherRows');
		expect(asked(/^\/3\/sie/)).toBe(0);
	});
});

describe('where SIE is refused', () => {
	beforeEach(() => {
		world.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/sie' });
	});
	afterEach(() => world.sandbox.faults.clear());

	it('entries are read one by one, and a hint says why', async () => {
		const { entries, hints } = await getAll({ filters: WEEKS_OF_2025 });
		const truth = vouchers([3], ({ date }) => date <= WEEKS_OF_2025.dateTo);
		expect(truth.length).toBeGreaterThan(MOST_READ_SINGLY);
		expect(entries.map(shownEntry)).toEqual(truth);
		expect(hints.join()).toContain('does not give this credential SIE files');
		expect(asked(SINGLE)).toBe(truth.length);
	});

	it('a filter on rows with a limit stops early', async () => {
		const { entries } = await getAll({ returnAll: false, limit: 3, filters: { dateFrom: '2026-01-01', accountNumber: '1930' } });
		expect(entries.map(shownEntry)).toEqual(vouchers([4], ({ rows }) => rows.some(({ account }) => account === 1930)).slice(0, 3));
		expect(asked(SINGLE)).toBe(25);
	});
});

describe('read one by one', () => {
	it('asks for every entry by itself, and for no file', async () => {
		describeRows(() => 'Kontots namn');
		const { entries } = await getAll({ filters: WEEKS_OF_2025, options: { readOneByOne: true } });
		expect(entries.map(shownEntry)).toEqual(vouchers([3], ({ date }) => date <= WEEKS_OF_2025.dateTo));
		expect(asked(/^\/3\/sie/)).toBe(0);
		describeRows((row) => row.transactionInformation);
	});
});

describe('financial entries', () => {
	it('are the entries of the account from the side of the bank', async () => {
		const { entries } = await getAll(
			{ financialCounterpartAccount: '1930', filters: { dateFrom: '2026-02-01', dateTo: '2026-02-28' } },
			'financialEntry',
		);
		const truth = company
			.vouchers(4)
			.filter(({ date, rows }) => date.startsWith('2026-02') && rows.some(({ account, removed }) => account === 1930 && !removed));
		expect(entries).toHaveLength(truth.length);
		for (const entry of entries) {
			const voucher = company.voucher(String(entry.voucher_series), Number(entry.voucher_number), 4);
			const bank = (voucher?.rows ?? []).filter(({ account, removed }) => account === 1930 && !removed);
			const moved = bank.reduce((sum, row) => sum + row.debit - row.credit, 0);
			const amounts = itemsOf(entry).map(({ amount }) => Math.round(Number(amount) * 100));
			expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(moved);
		}
	});

	it('refuse an account that is no bank or cash account', async () => {
		const result = await world.run({ resource: 'financialEntry', operation: 'getAll', financialCounterpartAccount: '1510' });
		expect(result.error?.context).toMatchObject({ error_code: 'ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE' });
	});
});
