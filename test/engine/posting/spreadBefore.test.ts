import type { INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

describe('a line that is to be spread', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const forget = (): void => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	};

	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});

	const INSURANCE = [
		{ account: '6310', debit: 1200 },
		{ account: '1930', credit: 1200 },
	];
	async function posted(lines: object[] = INSURANCE, number = `SB-${++count}`): Promise<string> {
		const create = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-10-12', number };
		const result = await world.run({ ...create, linesSource: 'json', linesJson: JSON.stringify(lines) });
		expect(result.error?.message).toBeUndefined();
		forget();
		return String(result.json()[0]?.id);
	}
	const spread = (journalEntryId: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'journalEntry',
		operation: 'spread',
		spreadSource: 'entryLine',
		journalEntryId,
		balanceAccount: '1730',
		firstMonth: '2026-10',
		lastMonth: '2026-11',
		journalId: 'API',
		...more,
	});
	const reverse = async (journalEntryId: string, more: INodeParameters = {}): Promise<unknown> =>
		(await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId, ...more })).json()[0]?.id;

	it('is refused where its entry was reversed, and not where that was reversed as well', async () => {
		const id = await posted();
		const reversal = await reverse(id);
		forget();
		const refused = await world.run(spread(id));
		expect(refused.error?.context?.error_code).toBe('ERROR_ENTRY_HAS_INVALID_STATUS');
		expect(refused.error?.message).toContain(`journalEntryId: ${id} was reversed by ${String(reversal)}`);
		expect(added()).toBe(0);
		await reverse(String(reversal), { date: '2026-10-13' });
		forget();
		expect((await world.run(spread(id))).error?.message).toBeUndefined();
		expect(added()).toBe(3);
	});

	it('is refused where its entry was corrected, and the correction named', async () => {
		const id = await posted();
		const corrected = await world.run({
			resource: 'journalEntry',
			operation: 'correct',
			journalEntryId: id,
			date: '2026-10-12',
			linesSource: 'json',
			linesJson: JSON.stringify([
				{ account: '6310', debit: 1300 },
				{ account: '1930', credit: 1300 },
			]),
		});
		const correction = String(corrected.json()[0]?.id);
		forget();
		expect((await world.run(spread(id))).error?.message).toContain(`${correction} corrects it; spread a line of that one`);
		expect((await world.run(spread(correction))).error?.message).toBeUndefined();
	});

	it('is refused where it is spread already under another number; under its own it is returned', async () => {
		const id = await posted();
		const first = await world.run(spread(id, { number: `${id} FIRST` }));
		expect(first.json().map(({ reference }) => reference)).toEqual([`${id}/1`, `${id}/1`, `${id}/1`]);
		forget();
		for (const more of [{}, { number: 'OTHER' }, { number: 'OTHER', lastMonth: '2026-12', options: { dryRun: true } }]) {
			const refused = await world.run(spread(id, more));
			const by = `${String(first.json()[0]?.id)}, number ${id} FIRST/0;`;
			expect(refused.error?.message).toContain(`lineNumber: line 1 of ${id} is spread already (${by}`);
		}
		expect(added()).toBe(0);
		const again = await world.run(spread(id, { number: `${id} FIRST` }));
		expect(again.json().map(({ already_posted }) => already_posted)).toEqual([true, true, true]);
		// The months first: their transfer is not reversed while they stand.
		for (const item of first.json().reverse()) await reverse(String(item.id));
		forget();
		expect((await world.run(spread(id, { number: 'ANEW', lastMonth: '2026-12' }))).json()).toHaveLength(4);
		expect(added()).toBe(4);
	});

	it('is returned where its entry was reversed after it was spread', async () => {
		const id = await posted();
		await world.run(spread(id));
		await reverse(id);
		forget();
		expect((await world.run(spread(id))).json().every(({ already_posted }) => already_posted === true)).toBe(true);
		expect(added()).toBe(0);
	});

	it.each(['', 'WITH-NUMBER'])('is refused where it got its months when the entry was posted (number "%s")', async (number) => {
		const insurance = { account: '6310', debit: 1200, start_date: '2026-10-01', end_date: '2026-12-31' };
		const id = await posted([insurance, { account: '6540', debit: 300 }, { account: '1930', credit: 1500 }], number);
		const waiting = await world.run(spread(id, { lineNumber: 1, resultAccount: '6310', balanceAccount: '' }));
		expect(waiting.error?.message).toMatch(new RegExp(`^lineNumber: line 1 of ${id} is spread already`));
		expect(added()).toBe(0);
		// The other line of the entry is not.
		expect((await world.run(spread(id, { lineNumber: 2 }))).error?.message).toBeUndefined();
	});

	it('is refused twice in one run', async () => {
		const id = await posted();
		const input = [{ number: 'ONE' }, { number: 'TWO' }];
		const result = await world.run(spread(id, { number: '={{ $json.number }}' }), { input, onError: 'continueRegularOutput' });
		expect(result.json().map(({ error_code }) => error_code)).toEqual(['ERROR_ENTRY_HAS_INVALID_STATUS', 'ERROR_ENTRY_HAS_INVALID_STATUS']);
		expect(added()).toBe(0);
	});
});
