import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER } from '../../../engine';
import type { CompanyState, SandboxVoucher, SandboxYear } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Fortnox's clock: stands still until a test moves it, so that minutes end when the test says so. */
let now: number;
let world: World;
let company: CompanyState;
let thisYear: SandboxYear;

beforeEach(async () => {
	now = Date.parse(`${new Date().toISOString().slice(0, 10)}T10:00:20Z`);
	world = await startWorld({ now: () => now, settings: { accessTokenSeconds: 10 * 365 * 86_400 } });
	company = world.sandbox.company();
	const year = company.currentYear();
	if (!year) throw new Error('The company has no financial year now');
	thisYear = year;
});

afterEach(async () => {
	await world.close();
});

function post(series = 'A', account = 6110, date = thisYear.fromDate): SandboxVoucher {
	return company.addVoucher({
		series,
		date,
		description: 'Pennor',
		rows: [
			{ account, debit: 12_500 },
			{ account: 1930, credit: 12_500 },
		],
	});
}

function edit(voucher: SandboxVoucher): void {
	company.editVoucher(voucher, (changed) => {
		changed.rows = changed.rows.map((row, index) => (index === 0 ? { ...row, account: 6540 } : row));
	});
}

/** A trigger of an active workflow. Its static data is written and read again before each poll, as over a restart. */
function trigger(parameters: INodeParameters) {
	let kept = '{}';
	const poll = async (): Promise<IDataObject[]> => {
		const staticData = JSON.parse(kept) as IDataObject;
		try {
			const output = await world.engine.poll(ACCOUNTING_TRIGGER, parameters, { staticData, id: 'trigger' });
			return (output ?? []).flat().map(({ json }) => json);
		} finally {
			kept = JSON.stringify(staticData);
		}
	};
	return {
		poll,
		state: () => kept,
		names: async (): Promise<unknown[]> => (await poll()).map(({ name, change }) => `${String(name)} ${String(change)}`),
		/** What the editor's test of the trigger shows. */
		test: async (): Promise<IDataObject[]> =>
			((await world.engine.poll(ACCOUNTING_TRIGGER, parameters, { mode: 'manual' })) ?? []).flat().map(({ json }) => json),
	};
}

const numberOf = ({ series, number }: SandboxVoucher, change: string): string => `${series} ${number} ${change}`;

describe('new journal entries', () => {
	it('begin with those posted after the activation, and come as the node returns them', async () => {
		const { poll } = trigger({ triggerOn: 'newEntry' });
		post();
		expect(await poll()).toEqual([]);
		const voucher = post();
		const items = await poll();
		const id = `A-${voucher.number}-${thisYear.id}`;
		const got = await world.run({ resource: 'journalEntry', operation: 'get', journalEntryId: id });
		expect(got.error).toBeUndefined();
		expect(items).toEqual([{ ...got.json()[0], change: 'new' }]);
		expect(items[0]).toMatchObject({ id, journal_name: 'Redovisning', items: [{ debit: 125 }, { credit: 125 }] });
		expect(await poll()).toEqual([]);
	});

	it('are those that took over the number of a deleted one, and not those whose text a person changed', async () => {
		const { poll } = trigger({ triggerOn: 'newEntry' });
		await poll();
		const marked = company.addVoucher({
			date: thisYear.fromDate,
			description: 'Pennor',
			comments: 'Köpt av Eva',
			rows: [
				{ account: 6110, debit: 100 },
				{ account: 1930, credit: 100 },
			],
		});
		expect(await poll()).toHaveLength(1);
		company.editVoucher(marked, (voucher) => {
			voucher.description = 'Pennor och papper';
		});
		expect(await poll()).toEqual([]);
		thisYear.unbook(marked);
		const other = post();
		expect(other.number).toBe(marked.number);
		expect(await poll()).toMatchObject([{ description: 'Pennor', change: 'new' }]);
		expect(await poll()).toEqual([]);
	});

	it('come from every financial year, from those long over within the hour', async () => {
		const { names } = trigger({ triggerOn: 'newEntry' });
		await names();
		const years = company.yearsNewestFirst();
		const before = years[1];
		const oldest = years.at(-1);
		if (!before || !oldest) throw new Error('The company has too few years');
		const recent = post('A', 6110, before.toDate);
		const old = post('A', 6110, oldest.toDate);
		now += MINUTE;
		expect(await names()).toEqual([numberOf(recent, 'new')]);
		now += HOUR;
		expect(await names()).toEqual([numberOf(old, 'new')]);
	});

	it('come from a year that is opened while the workflow is active', async () => {
		const { names } = trigger({ triggerOn: 'newEntry' });
		await names();
		const next = `${Number(thisYear.toDate.slice(0, 4)) + 1}`;
		const opened = company.addYear(`${next}-01-01`, `${next}-12-31`, { like: thisYear });
		const voucher = post('A', 6110, opened.fromDate);
		// Whoever asks for the new year brings it into the list of years that the process keeps for 15 minutes.
		await world.run({ resource: 'financialYear', operation: 'get', date: opened.fromDate });
		expect(await names()).toEqual([numberOf(voucher, 'new')]);
		expect(await names()).toEqual([]);
	});

	it('are not lost, and not reported twice, by a poll that fails half-way', async () => {
		const { names } = trigger({ triggerOn: 'newEntry' });
		await names();
		const voucher = post();
		const fault = world.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/vouchers/A/' });
		await expect(names()).rejects.toMatchObject({ context: { error_code: 'ERROR_CONNECTOR_AUTHENTICATION' } });
		fault.remove();
		expect(await names()).toEqual([numberOf(voucher, 'new')]);
		expect(await names()).toEqual([]);
	});

	it('are all there after days, with their rows in a few requests', async () => {
		const { poll, state } = trigger({ triggerOn: 'newEntry' });
		await poll();
		company.addVouchers(1200, { yearId: thisYear.id, createdAt: now });
		now += 3 * 24 * HOUR;
		world.forget();
		const items = await poll();
		expect(items).toHaveLength(1200);
		expect(items.every(({ items: rows }) => Array.isArray(rows) && rows.length > 1)).toBe(true);
		expect(world.requests().length).toBeLessThan(20);
		expect(state().length).toBeLessThan(2000);
		now += MINUTE;
		expect(await poll()).toEqual([]);
	});

	it('are reported although the list shows them late', async () => {
		const { names } = trigger({ triggerOn: 'newEntry' });
		await names();
		world.sandbox.faults.add({ kind: 'delayListing', ms: 5 * MINUTE });
		const voucher = post();
		now += MINUTE;
		expect(await names()).toEqual([]);
		now += 5 * MINUTE;
		expect(await names()).toEqual([numberOf(voucher, 'new')]);
	});

	it('can be those of one journal, or those that touch one account', async () => {
		const journal = trigger({ triggerOn: 'newEntry', filters: { journalId: { __rl: true, mode: 'code', value: 'API' } } });
		const account = trigger({ triggerOn: 'newEntry', filters: { accountNumber: '6540' }, options: { includeItems: false } });
		await journal.poll();
		await account.poll();
		const inA = post('A', 6540);
		const inApi = post('API', 6110);
		expect(await journal.names()).toEqual([numberOf(inApi, 'new')]);
		const items = await account.poll();
		expect(items).toEqual([expect.objectContaining({ name: `A ${inA.number}`, items: [] })]);
	});

	it('cost a request for each year that is not long over', async () => {
		const { poll } = trigger({ triggerOn: 'newEntry', options: { includeItems: false } });
		await poll();
		now += MINUTE;
		world.forget();
		await poll();
		const busy = company.yearsNewestFirst().filter(({ toDate }) => toDate >= `${Number(thisYear.fromDate.slice(0, 4)) - 1}`);
		expect(world.requests().map(({ path, query }) => `${path} ${query.financialyear}`)).toEqual(busy.map(({ id }) => `/3/vouchers ${id}`));
		expect(busy.length).toBeLessThanOrEqual(2);
	});

	it('are distinguished from old ones in a year of many by the numbers of the series', async () => {
		company.addVouchers(1500, { yearId: thisYear.id, createdAt: now - 10 * HOUR });
		const { names } = trigger({ triggerOn: 'newEntry', options: { includeItems: false } });
		await names();
		const pages = Math.ceil(thisYear.count / 500);
		expect(world.requests('GET', /^\/3\/vouchers$/).length).toBeLessThanOrEqual(pages + 2 * company.years.size);
		const [old] = thisYear.vouchersOf('A');
		if (old) edit(old);
		const voucher = post();
		expect(await names()).toEqual([numberOf(voucher, 'new')]);
	});
});

describe('new and changed journal entries', () => {
	it('come when their minute is over, once each, and say which they are', async () => {
		const old = post();
		now += 5 * MINUTE;
		const { names } = trigger({ triggerOn: 'newOrChangedEntry' });
		await names();
		now += 2 * MINUTE;
		edit(old);
		const added = post();
		expect(await names()).toEqual([]);
		now += MINUTE;
		expect(await names()).toEqual([numberOf(old, 'changed'), numberOf(added, 'new')]);
		now += MINUTE;
		expect(await names()).toEqual([]);
		edit(added);
		now += MINUTE;
		expect(await names()).toEqual([numberOf(added, 'changed')]);
	});

	it('add what Fortnox sent where the user asks for it', async () => {
		const { poll } = trigger({ triggerOn: 'newOrChangedEntry', options: { rawResponse: true } });
		await poll();
		post();
		now += 2 * MINUTE;
		expect(await poll()).toEqual([expect.objectContaining({ raw: expect.objectContaining({ VoucherSeries: 'A' }) })]);
	});
});

describe('new and changed accounts', () => {
	const change = async (accountNumber: number, name: string) => {
		const result = await world.run({
			resource: 'account',
			operation: 'update',
			accountNumber: String(accountNumber),
			updateFields: { name },
		});
		expect(result.error).toBeUndefined();
	};

	it('come once, in the shape of the node', async () => {
		const { poll } = trigger({ triggerOn: 'newOrChangedAccount' });
		expect(await poll()).toEqual([]);
		await change(6110, 'Kontorsmaterial och pennor');
		const created = await world.run({ resource: 'account', operation: 'create', number: '6119', name: 'Pärmar' });
		expect(created.error).toBeUndefined();
		now += 2 * MINUTE;
		expect(await poll()).toEqual([
			expect.objectContaining({ number: '6110', name: 'Kontorsmaterial och pennor', financial_year_id: thisYear.id }),
			expect.objectContaining({ number: '6119', name: 'Pärmar', active: true }),
		]);
		now += MINUTE;
		expect(await poll()).toEqual([]);
	});
});

describe('a period that is locked', () => {
	it('comes once for each later day, and not when it is unlocked', async () => {
		const { poll } = trigger({ triggerOn: 'periodLocked' });
		company.setLocked('2025-12-31');
		expect(await poll()).toEqual([]);
		company.setLocked('2026-01-31');
		expect(await poll()).toEqual([{ locked_until: '2026-01-31', previously_locked_until: '2025-12-31', tenant_id: 1001 }]);
		expect(await poll()).toEqual([]);
		company.setLocked(null);
		expect(await poll()).toEqual([]);
		company.setLocked('2026-01-31');
		expect(await poll()).toEqual([{ locked_until: '2026-01-31', previously_locked_until: null, tenant_id: 1001 }]);
	});
});

describe('a financial year that is opened', () => {
	it('comes once', async () => {
		const { poll } = trigger({ triggerOn: 'financialYearOpened' });
		expect(await poll()).toEqual([]);
		const opened = company.addYear('2051-01-01', '2051-12-31', { like: thisYear });
		expect(await poll()).toEqual([expect.objectContaining({ id: opened.id, start: '2051-01-01', end: '2051-12-31', closed: false })]);
		expect(await poll()).toEqual([]);
	});
});

describe('the state', () => {
	it('begins anew where something else is watched', async () => {
		const staticData: IDataObject = {};
		const poll = async (triggerOn: string) => await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn }, { staticData, id: 'trigger' });
		await poll('newEntry');
		post();
		expect(await poll('periodLocked')).toBeNull();
		expect(await poll('newEntry')).toBeNull();
		expect(Object.keys(staticData).sort()).toEqual(['company', 'state', 'triggerOn']);
	});

	it('is left alone by a poll that comes while another is under way', async () => {
		const staticData: IDataObject = {};
		const poll = async () => await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'newEntry' }, { staticData, id: 'trigger' });
		await poll();
		post();
		const outputs = await Promise.all([poll(), poll()]);
		expect(outputs.filter((output) => output !== null)).toHaveLength(1);
		expect(await poll()).toBeNull();
	});

	it('is neither read nor written by a test in the editor', async () => {
		const staticData: IDataObject = {};
		await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'newEntry' }, { mode: 'manual', staticData });
		expect(staticData).toEqual({});
	});
});

describe('a test in the editor', () => {
	it.each([
		['newEntry', { change: 'new', items: expect.any(Array) }],
		['newOrChangedEntry', { id: expect.any(String) }],
		['newOrChangedAccount', { number: expect.any(String), type: expect.any(String) }],
		['periodLocked', { locked_until: expect.any(String) }],
		['financialYearOpened', { start: expect.any(String), closed: expect.any(Boolean) }],
	])('shows one item of %s', async (triggerOn, shape) => {
		company.setLocked('2025-12-31');
		expect(await trigger({ triggerOn }).test()).toEqual([expect.objectContaining(shape)]);
	});

	it('shows the newest entry that passes the filters', async () => {
		const date = new Date(now).toISOString().slice(0, 10);
		const voucher = post('A', 6540, date);
		post('A', 6110, date);
		const [item] = await trigger({ triggerOn: 'newEntry', filters: { accountNumber: '6540' } }).test();
		expect(item).toMatchObject({ name: `A ${voucher.number}` });
	});

	it.each(['2027-01-01', '2027-01-20'])('looks into the year before where the new one is empty, on %s', async (today) => {
		await world.close();
		world = await startWorld({ now: () => Date.parse(`${today}T10:00:20Z`) });
		company = world.sandbox.company();
		expect(company.currentYear()).toMatchObject({ fromDate: '2027-01-01', count: 0 });
		for (const [filters, series] of [
			[{}, 'A'],
			[{ journalId: 'B' }, 'B'],
			[{ journalId: 'D', accountNumber: '2440' }, 'D'],
		] as const) {
			const [item] = await trigger({ triggerOn: 'newEntry', filters }).test();
			expect(item).toMatchObject({ journal_id: series, date: expect.stringContaining('2026-') });
		}
	});

	it.each(['2027-01-01', '2027-01-20'])('shows an entry of the new year on %s', async (today) => {
		await world.close();
		world = await startWorld({ now: () => Date.parse(`${today}T10:00:20Z`) });
		company = world.sandbox.company();
		post('A', 6110, '2027-01-01');
		const [item] = await trigger({ triggerOn: 'newOrChangedEntry' }).test();
		expect(item).toMatchObject({ date: '2027-01-01' });
	});

	it('says so where there is none', async () => {
		const test = async (journalId: string) => await trigger({ triggerOn: 'newEntry', filters: { journalId } }).test();
		await expect(test('M')).rejects.toThrow('No data with the current filter could be found');
		await expect(test('NONE')).rejects.toThrow(/^journalId: the company has no journal \(voucher series\) NONE/);
	});

	it('names a filter that can not be read, to people as the form does', async () => {
		const filters = { accountNumber: 'bank' };
		await expect(trigger({ triggerOn: 'newEntry', filters }).test()).rejects.toMatchObject({
			message: expect.stringContaining('accountNumber'),
			context: { messageTemplate: 'A value does not fit', descriptionTemplate: expect.stringMatching(/^Account: /) },
		});
	});
});

it('offers the lists of the node for its filters', async () => {
	const { results } = await world.engine.listSearch(ACCOUNTING_TRIGGER, 'searchJournals', {
		filter: 'redovisning',
		parameters: { authentication: 'oAuth2' },
	});
	expect(results).toEqual([{ name: 'A Redovisning', value: 'A' }]);
});
