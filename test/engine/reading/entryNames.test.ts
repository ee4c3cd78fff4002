import type { INodeParameters } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import { COMPANY, countVouchers, startWorld, type World } from '../support/world';

describe('an entry as people name it', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;

	/** The financial year of the tests' day, which names without a year belong to. The sandbox's year 4 is 2026. */
	const year = Number(stockholmDate(Date.now()).slice(0, 4));
	const yearId = year - 2022;

	beforeAll(async () => {
		world = await startWorld();
		const company = world.sandbox.company(COMPANY);
		if (company.vouchers(yearId).every(({ series, number }) => series !== 'A' || number < 3))
			company.addVouchers(10, { yearId, series: ['A'] });
	});
	beforeEach(() => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	const of = (operation: string, journalEntryId: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'journalEntry',
		operation,
		journalEntryId,
		...more,
	});

	it.each(['A 2', 'a-2', 'A2', 'A - 2', `a-2-${yearId}`])('is found by %s, and a hint says which it is', async (name) => {
		const { error, json, hints } = await world.run(of('get', name));
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({ id: `A-2-${yearId}` });
		if (name === `a-2-${yearId}`) return;
		expect(hints().join(' ')).toContain(`was read as A-2-${yearId}, of the financial year ${year}-01-01–${year}-12-31`);
	});

	it('may belong to one of two series, and is refused then', async () => {
		await world.run({ resource: 'journal', operation: 'create', code: 'A2', name: 'Two' });
		world.reconnect();
		const { error } = await world.run(of('get', 'A21'));
		expect(error?.context?.error_code).toBe('ERROR_INVALID_FIELD_FORMAT_ID');
		expect(error?.message).toMatch(/journalEntryId: it may be A 21 or A2 1/);
		expect((await world.run(of('get', 'A 3'))).json()[0]).toMatchObject({ id: `A-3-${yearId}` });
	});

	it('is of the year of the date, where something is posted', async () => {
		const { error, json } = await world.run(of('reverse', 'A 3', { date: '2026-11-20', options: { dryRun: true } }));
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({ reverses: 'A-3-4', dry_run: true });
	});

	it('is refused in the first weeks of a year, where it may be of the one before', async () => {
		const { error } = await world.run(of('reverse', 'A 3', { date: '2026-01-20' }));
		expect(error?.message).toMatch(
			/journalEntryId: a new financial year has begun, so it may be A-3-3 \(2025-.*\) or A-3-4 \(2026-.*\)\. Give the one that is meant\./,
		);
		expect(added()).toBe(0);
	});

	it('that there is none of is named, and nothing else is taken for it', async () => {
		expect((await world.run(of('get', 'A 99999'))).error?.context?.error_code).toBe('ERROR_ENTRY_NOT_FOUND');
		for (const wrong of ['21', 'A', 'A 0', 'A/21']) {
			expect((await world.run(of('get', wrong))).error?.context?.error_code).toBe('ERROR_INVALID_FIELD_FORMAT_ID');
		}
	});
});
