import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { CompanyState, FaultRule } from '../../../sandbox';
import type { EngineResult } from '../../../engine';
import { countVouchers, type World } from '../support/world';
import { book, startVatWorld, type Rows } from './support';

let world: World;
let company: CompanyState;
let before: number;
/** Each test has a month of its own; those of 2027 and 2028 have no other entries. */
let months = 0;
let month: string;
let lastDay: string;

const SALE: Rows = [
	[1930, 1250.9],
	[3001, -1000.72],
	[2611, -250.18],
];
const PURCHASE: Rows = [
	[5410, 100.4],
	[2641, 25.1],
	[1930, -125.5],
];
const REVERSE: Rows = [
	[4535, 1000],
	[2645, 250],
	[2614, -250],
	[1930, -1000],
];

beforeAll(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
beforeEach(() => {
	world.sandbox.faults.clear();
	const year = 2027 + Math.floor(months / 12);
	month = `${year}-${String((months % 12) + 1).padStart(2, '0')}`;
	lastDay = new Date(Date.UTC(year, (months % 12) + 1, 0)).toISOString().slice(0, 10);
	months++;
	for (const rows of [SALE, PURCHASE, REVERSE]) book(company, `${month}-10`, rows);
	world.reconnect();
	before = countVouchers(world.sandbox);
});
afterAll(async () => await world.close());

const settle = async (more: INodeParameters = {}, options: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
	await world.run({ resource: 'vatReturn', operation: 'settle', period: month, journalId: 'A', ...more }, options);

const added = (): number => countVouchers(world.sandbox) - before;

async function settled(more: INodeParameters = {}): Promise<IDataObject> {
	const result = await settle(more);
	expect(result.error?.message).toBeUndefined();
	return result.json()[0] ?? {};
}

/** Rows of an item as `[account, kronor]`, debit positive. */
const rowsOf = (item: IDataObject): Array<[string, number]> =>
	(item.items as IDataObject[]).map(({ account_number, debit, credit }) => [
		String(account_number),
		Math.round((Number(debit) - Number(credit)) * 100) / 100,
	]);

/** Box 10: 250, box 30: 250, box 48: 25.10 + 250 = 275; to pay 225, where the accounts hold 225.08. */
const ROWS = [
	['2611', 250.18],
	['2614', 250],
	['2641', -25.1],
	['2645', -250],
	['2650', -225],
	['3740', -0.08],
];

describe('settling a VAT period', () => {
	it('moves the accounts of VAT to 2650, in whole kronor, and the öre to 3740', async () => {
		const item = await settled();
		expect(rowsOf(item)).toEqual(ROWS);
		expect(item).toMatchObject({ posted: true, date: lastDay, journal_id: 'A', description: `Momsredovisning ${month}`, to_pay: 225 });
		const [series, number, year] = String(item.id).split('-');
		const stored = company.voucher(series ?? '', Number(number), Number(year));
		expect(stored?.rows.map(({ account, debit, credit }) => [String(account), (debit - credit) / 100])).toEqual(ROWS);
		expect(added()).toBe(1);
	});

	it('leaves the return as it was', async () => {
		const get = async (): Promise<IDataObject> =>
			(
				await world.run({
					resource: 'vatReturn',
					operation: 'get',
					period: month,
				})
			).json()[0] ?? {};
		const { boxes, accounts } = await get();
		const { id } = await settled();
		world.reconnect();
		const after = await get();
		expect(after.boxes).toEqual(boxes);
		expect(after.accounts).toEqual(accounts);
		expect(after.left_out).toEqual([{ entry_id: id, date: lastDay, reason: 'settlement' }]);
	});

	it('is known again where as much is deducted as is owed', async () => {
		book(company, `${month}-11`, [
			[5410, 900],
			[2641, 225],
			[1930, -1125],
		]);
		before = countVouchers(world.sandbox);
		const get = async (): Promise<IDataObject> =>
			(
				await world.run({
					resource: 'vatReturn',
					operation: 'get',
					period: month,
				})
			).json()[0] ?? {};
		const { boxes } = await get();
		expect(boxes).toMatchObject({ '10': 250, '30': 250, '48': 500, '49': 0 });
		const item = await settled();
		expect(rowsOf(item)).toEqual([
			['2611', 250.18],
			['2614', 250],
			['2641', -250.1],
			['2645', -250],
			['2650', -500],
			['2650', 500],
			['3740', -0.08],
		]);
		world.reconnect();
		expect((await get()).boxes).toEqual(boxes);
		expect(await settled()).toMatchObject({ id: item.id, already_posted: true });
		expect(added()).toBe(1);
	});

	it('posts once per period: a second run returns the entry, in another process as well', async () => {
		const { id } = await settled();
		expect(await settled()).toMatchObject({ id, already_posted: true });
		world.reconnect();
		const again = await settled();
		expect(again).toMatchObject({ id, already_posted: true });
		expect(again).not.toHaveProperty('difference');
		expect(added()).toBe(1);
	});

	it('tells the difference where the figures have changed since, and posts anew once the entry is reversed', async () => {
		const { id } = await settled();
		book(company, `${month}-20`, [
			[1930, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		world.reconnect();
		const result = await settle();
		const [changed] = result.json();
		expect(changed).toMatchObject({
			id,
			already_posted: true,
			difference: [
				{ account_number: '2611', posted: 250.18, now: 500.18, difference: 250 },
				{ account_number: '2650', posted: -225, now: -475, difference: -250 },
			],
		});
		expect(result.hints().join('\n')).toMatch(/the ledger has changed since: the amount on 2611 was 250\.18 and is 500\.18/);
		await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: id as string });
		world.reconnect();
		const anew = await settled();
		expect(anew).not.toHaveProperty('already_posted');
		expect(rowsOf(anew)).toContainEqual(['2650', -475]);
		expect(added()).toBe(4);
	});

	it('posts the same once more where its entry was reversed', async () => {
		const { id } = await settled();
		await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: id as string });
		world.reconnect();
		const anew = await settled();
		expect(anew.id).not.toBe(id);
		expect(await settled()).toMatchObject({ id: anew.id, already_posted: true });
		expect(added()).toBe(3);
	});

	it('shows with Validate Only what would be posted', async () => {
		const item = await settled({ options: { dryRun: true } });
		expect(item).toMatchObject({ dry_run: true, posted: false, to_pay: 225 });
		expect(rowsOf(item)).toEqual(ROWS);
		expect(added()).toBe(0);
	});

	it('pays back: 2650 in debit', async () => {
		book(company, `${month}-12`, [
			[5410, 2000],
			[2641, 500],
			[1930, -2500],
		]);
		expect(rowsOf(await settled())).toContainEqual(['2650', 275]);
	});
});

describe('a settlement is refused', () => {
	it('where the checks find an error, unless that is accepted', async () => {
		const entry = book(company, `${month}-11`, [
			[1930, 1000],
			[3001, -1000],
		]);
		const refused = await settle();
		expect(refused.error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
		expect(refused.error?.message).toContain(entry);
		expect(refused.error?.message).toContain('Accept Checks');
		expect((await settle({ options: { dryRun: true } })).error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
		expect(added()).toBe(1);
		expect(await settled({ options: { acceptChecks: true } })).toMatchObject({
			posted: true,
			checks: expect.arrayContaining([expect.objectContaining({ check: 'base_without_vat', severity: 'error' })]),
		});
		expect(added()).toBe(2);
		// What is in the ledger is returned, whatever the checks say.
		expect(await settled()).toMatchObject({ already_posted: true });
	});

	it('where the period was settled by hand, also with Accept Checks', async () => {
		book(company, `${month}-21`, [
			[1930, 500],
			[3001, -400],
			[2611, -100],
		]);
		const byHand = book(company, lastDay, [
			[2611, 350.18],
			[2614, 250],
			[2641, -25.1],
			[2645, -250],
			[2650, -325],
			[3740, -0.08],
		]);
		const { error } = await settle({ options: { acceptChecks: true } });
		expect(error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
		expect(error?.message).toContain(byHand);
		expect(added()).toBe(2);
	});

	it('where it was settled by hand after its end', async () => {
		const next = `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`;
		const byHand = book(company, `${next}-05`, [
			[2611, 250.18],
			[2614, 250],
			[2641, -25.1],
			[2645, -250],
			[2650, -225],
			[3740, -0.08],
		]);
		expect((await settle()).error?.message).toContain(byHand);
		// The month after is not settled by it.
		months++;
		book(company, `${next}-20`, SALE);
		world.reconnect();
		const later = await settled({ period: next });
		expect(rowsOf(later)).toEqual([
			['2611', 250.18],
			['2650', -250],
			['3740', -0.18],
		]);
	});

	it('where the period is locked, but is returned where it is there', async () => {
		const { lockedPeriod } = company;
		company.setLocked(lastDay);
		const refused = await settle();
		expect(refused.error?.context?.error_code).toBe('ERROR_PERIOD_CLOSED');
		expect(added()).toBe(0);
		company.setLocked(lockedPeriod);
		world.reconnect();
		const { id } = await settled();
		company.setLocked(lastDay);
		world.reconnect();
		expect(await settled()).toMatchObject({ id, already_posted: true });
		company.setLocked(lockedPeriod);
	});

	it('and others of the run go on, where that is chosen', async () => {
		const result = await settle(
			{ period: '={{ $json.period }}' },
			{ input: [{ period: '2031-01' }, { period: month }, { period: '2029-12' }], onError: 'continueRegularOutput' },
		);
		const [bad, good, empty] = result.json();
		expect(bad).toMatchObject({ error_code: 'ERROR_BOOKYEAR_NOT_FOUND' });
		expect(good).toMatchObject({ posted: true, to_pay: 225 });
		expect(empty).toMatchObject({ posted: false, items: [], to_pay: 0 });
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 1 }], { item: 2 }]);
	});

	it('and nothing is posted where the run is to stop', async () => {
		const result = await settle({ period: '={{ $json.period }}' }, { input: [{ period: month }, { period: '2031-01' }] });
		expect(result.error?.context?.error_code).toBe('ERROR_BOOKYEAR_NOT_FOUND');
		expect(added()).toBe(0);
	});
});

describe('a settlement that breaks off', () => {
	async function untilSent(requests: number, signal: AbortSignal): Promise<void> {
		while (world.requests().length < requests && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
	}

	const LOST: FaultRule[] = [{ kind: 'dropAfterCommit' }, { kind: 'resetAfterCommit' }, { kind: 'gateway5xx', status: 504, when: 'after' }];

	it.each(LOST)('is found after %j', async (fault) => {
		world.sandbox.faults.add({ ...fault, method: 'POST', path: '^/3/vouchers$', times: 1 });
		expect(await settled({ options: { outcomeTimeout: 5 } })).toMatchObject({ already_posted: true });
		expect(added()).toBe(1);
	});

	it('is posted once, whichever request it was killed at', async () => {
		await settled({ options: { dryRun: true } });
		const reads = world.requests().length;
		world.sandbox.faults.add({ kind: 'latency', ms: 30 });
		for (let killedAt = 1; killedAt <= reads + 3; killedAt++) {
			world.reconnect();
			const controller = new AbortController();
			const running = settle({}, { signal: controller.signal }).catch(() => undefined);
			await Promise.race([running, untilSent(killedAt, controller.signal)]);
			controller.abort();
			await running;
		}
		world.reconnect();
		await settled();
		expect(added()).toBe(1);
	});
});
