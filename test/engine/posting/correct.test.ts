import type { INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

const lines = (amount: number) =>
	JSON.stringify([
		{ account: '1930', debit: amount },
		{ account: '3004', credit: amount },
	]);
const entry = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	description: 'Payout',
	linesSource: 'json',
	linesJson: lines(100),
	...more,
});
const correct = (journalEntryId: unknown, more: INodeParameters = {}): INodeParameters =>
	entry({ operation: 'correct', journalEntryId: String(journalEntryId), linesJson: lines(110), ...more });

describe('a correction', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const freshNumber = (): string => `CO-${++count}`;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	it('reverses the entry, posts the new one, and links all three', async () => {
		const number = freshNumber();
		const original = (await world.run(entry({ number }))).json()[0];
		const result = await world.run(correct(original?.id));
		const [corrected] = result.json();
		expect(result.json()).toHaveLength(1);
		expect(corrected).toMatchObject({ corrects: original?.id, number });
		expect(added()).toBe(3);
		const get = async (id: unknown) =>
			(
				await world.run({
					resource: 'journalEntry',
					operation: 'get',
					journalEntryId: String(id),
				})
			).json()[0];
		expect(await get(original?.id)).toMatchObject({ reversed_by: corrected?.reversal_id, corrected_by: corrected?.id });
		expect(await get(corrected?.reversal_id)).toMatchObject({ reverses: original?.id });
		expect((await world.run(correct(original?.id))).json()[0]).toMatchObject({ id: corrected?.id, already_posted: true });
		expect(added()).toBe(3);
	});

	it('without a number is kept from being posted twice in any execution, and no hint says otherwise', async () => {
		const original = (await world.run(entry())).json()[0];
		const result = await world.run(correct(original?.id));
		expect(result.hints().join(' ')).not.toMatch(/within this execution only/);
		world.reconnect();
		expect((await world.run(correct(original?.id))).json()[0]).toMatchObject({ id: result.json()[0]?.id, already_posted: true });
		expect(added()).toBe(3);
	});

	it('posts neither where the new entry is wrong, and is refused where the entry was corrected already', async () => {
		const original = (await world.run(entry({ number: freshNumber() }))).json()[0];
		expect(
			(
				await world.run(
					correct(original?.id, {
						linesJson: JSON.stringify([
							{ account: '1930', debit: 1 },
							{ account: '9999', credit: 1 },
						]),
					}),
				)
			).error,
		).toBeDefined();
		expect(added()).toBe(1);
		expect((await world.run(correct(original?.id, { linesJson: lines(100) }))).error?.message).toMatch(/nothing to correct/);
		expect(added()).toBe(1);
		await world.run(correct(original?.id));
		const again = await world.run(correct(original?.id, { linesJson: lines(120) }));
		expect(again.error).toBeDefined();
		const underOther = await world.run(correct(original?.id, { number: freshNumber(), linesJson: lines(120) }));
		expect(underOther.error?.message).toMatch(new RegExp(`^journalEntryId: ${String(original?.id)} was already corrected by `));
		expect(added()).toBe(3);
	});

	it('of an entry without a number that changes nothing is refused, and one that changes a word is posted', async () => {
		const original = (await world.run(entry())).json()[0];
		const same = await world.run(correct(original?.id, { linesJson: lines(100) }));
		expect(same.error?.message).toMatch(new RegExp(`^journalEntryId: .*the same content as ${String(original?.id)}, so there is nothing`));
		expect(added()).toBe(1);
		const text = JSON.stringify([
			{ account: '1930', debit: 100, description: 'Kort' },
			{ account: '3004', credit: 100 },
		]);
		expect((await world.run(correct(original?.id, { linesJson: text }))).json()[0]).toMatchObject({ corrects: original?.id });
		expect(added()).toBe(3);
		// Again, it is the same as before, and not the same as what it corrected.
		expect((await world.run(correct(original?.id, { linesJson: text }))).json()[0]).toMatchObject({ already_posted: true });
		expect(added()).toBe(3);
	});

	it.each(['with a number', 'without one'])('goes back to what was booked before, once, of an entry %s', async (kind) => {
		const number = kind === 'with a number' ? freshNumber() : '';
		const original = (await world.run(entry({ number }))).json()[0];
		const wrong = (await world.run(correct(original?.id))).json()[0];
		const back = correct(wrong?.id, { linesJson: lines(100) });
		const [item] = (await world.run(back)).json();
		expect(item).toMatchObject({ corrects: wrong?.id });
		expect(added()).toBe(5);
		for (const process of ['same', 'new']) {
			if (process === 'new') world.reconnect();
			const again = await world.run(back);
			expect(again.json()[0]).toMatchObject({ id: item?.id, already_posted: true });
			expect(again.hints().join(' ')).not.toContain(String(original?.id));
		}
		if (number !== '') expect((await world.run(entry({ number }))).json()[0]).toMatchObject({ id: item?.id, already_posted: true });
		// Taken back in turn, it is not posted once more.
		await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(item?.id) });
		await world.run(back);
		expect(added()).toBe(6);
	});

	it.each(['with a number', 'without one'])(
		'goes on where it stopped, whichever request it stopped at, of an entry %s',
		async (kind) => {
			for (let stopAt = 1; stopAt <= 15; stopAt++) {
				world.sandbox.faults.clear();
				world.reconnect();
				const original = (await world.run(entry(kind === 'with a number' ? { number: freshNumber() } : {}))).json()[0];
				before = countVouchers(world.sandbox);
				world.reconnect();
				const stop = new AbortController();
				// A latency lets the stop arrive while the request is on its way.
				world.sandbox.faults.add({ kind: 'latency', ms: 20, skip: stopAt - 1, times: 1 });
				const running = world.run(correct(original?.id), { signal: stop.signal });
				const state = { finished: false };
				const watch = running.then(() => (state.finished = true));
				while (!state.finished && world.requests().length < stopAt) await new Promise((resolve) => setImmediate(resolve));
				stop.abort();
				await watch;
				world.sandbox.faults.clear();
				world.reconnect();
				const [item] = (await world.run(correct(original?.id))).json();
				expect(item).toMatchObject({ corrects: original?.id });
				expect(added()).toBe(2);
			}
		},
		120_000,
	);

	it('is left out with what it cancels where only standing entries are asked for', async () => {
		const original = (await world.run(entry({ number: freshNumber(), date: '2026-08-17', linesJson: lines(77) }))).json()[0];
		const corrected = (await world.run(correct(original?.id, { date: '2026-08-17', linesJson: lines(78) }))).json()[0];
		const all = { dateFrom: '2026-08-17', dateTo: '2026-08-17' };
		const list = await world.run({ resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: all });
		expect(list.json().map(({ id, reversed_by, reverses }) => [id, reversed_by ?? reverses])).toEqual(
			expect.arrayContaining([
				[original?.id, corrected?.reversal_id],
				[corrected?.reversal_id, original?.id],
			]),
		);
		expect(list.hints().join()).not.toContain('more than once');
		const standing = await world.run({
			resource: 'journalEntry',
			operation: 'getAll',
			returnAll: true,
			filters: { ...all, standing: true },
		});
		const ids = standing.json().map(({ id }) => id);
		expect(ids).toContain(corrected?.id);
		expect(ids).not.toContain(original?.id);
		expect(ids).not.toContain(corrected?.reversal_id);
		const ledger = async (filters: INodeParameters) =>
			(await world.run({ resource: 'account', operation: 'getLedger', accounts: '3004', ...all, filters })).json()[0];
		const [whole, part] = [await ledger({}), await ledger({ standing: true })];
		expect(part).toMatchObject({ opening_balance: whole?.opening_balance, closing_balance: whole?.closing_balance });
		expect((whole?.items as unknown[]).length - (part?.items as unknown[]).length).toBe(2);
	});
});

describe('the turn of the year', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
		world.sandbox.company(1001).setLocked(null);
	});
	afterAll(async () => {
		await world.close();
	});

	it('knows a number of December again in January, and names its entry', async () => {
		const first = (await world.run(entry({ number: 'Y1', date: '2025-12-30' }))).json()[0];
		const count = countVouchers(world.sandbox);
		for (const process of ['same', 'new']) {
			if (process === 'new') world.reconnect();
			const again = await world.run(entry({ number: 'Y1', date: '2026-01-02' }));
			expect(again.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
			expect(again.error?.message).toContain(String(first?.id));
			expect(again.error?.message).toContain('the day was 2025-12-30 and is 2026-01-02');
		}
		expect(countVouchers(world.sandbox)).toBe(count);
		await world.run(entry({ number: 'Y1', date: '2026-06-02' }));
		expect(countVouchers(world.sandbox)).toBe(count + 1);
	});
});
