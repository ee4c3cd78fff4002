import type { INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

jest.setTimeout(60_000);

describe('an entry without a number that was posted before with the same content', () => {
	let world: World;

	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => {
		await world.close();
	});

	const rent: INodeParameters = {
		resource: 'journalEntry',
		operation: 'create',
		journalId: 'A',
		date: '2026-10-15',
		lines: {
			line: [
				{ account: '5010', debit: '100' },
				{ account: '1930', credit: '100' },
			],
		},
	};
	const post = async (more: INodeParameters = {}): Promise<{ id: string; hints: string }> => {
		const { error, hints, json } = await world.run({ ...rent, ...more });
		expect(error).toBeUndefined();
		return { id: String(json()[0]?.id), hints: hints().join('\n') };
	};
	const SAME = /the same day, amounts and texts/;

	it('is named when it is booked once more, as by a second click on Execute step', async () => {
		const before = countVouchers(world.sandbox);
		const first = await post();
		expect(first.hints).not.toMatch(SAME);
		const second = await post();
		expect(countVouchers(world.sandbox) - before).toBe(2);
		const [name, again] = [first.id, second.id].map((id) => id.split('-').slice(0, 2).join(' '));
		expect(second.hints).toContain(`${again} was posted; ${name} has the same day, amounts and texts, and no number either.`);
		expect(second.hints).toContain('reverse one with Journal Entry > Reverse');
	});

	it('is named by Validate Only, before anything is booked twice', async () => {
		const { id } = await post();
		const { hints } = await post({ options: { dryRun: true } });
		expect(hints).toContain(`${id.split('-').slice(0, 2).join(' ')} has the same day, amounts and texts`);
		expect(hints).toContain('Without Validate Only the entry would be booked once more.');
	});

	it.each<[string, INodeParameters]>([
		['on another day', { date: '2026-10-16' }],
		['with another text', { description: 'October' }],
		['with a number', { number: 'RENT-10' }],
	])('is not named for one %s', async (_what, more) => {
		await post();
		expect((await post(more)).hints).not.toMatch(SAME);
	});

	it('is not named once it was reversed, nor where it has the day of the run', async () => {
		const { id } = await post();
		const reversal = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: id });
		expect(reversal.error).toBeUndefined();
		expect((await post()).hints).not.toMatch(SAME);
		await post({ date: '' });
		expect((await post({ date: '' })).hints).not.toMatch(SAME);
	});

	it('is not named among the entries of one run', async () => {
		const { error, hints } = await world.run(rent, { input: [{}, {}, {}] });
		expect(error).toBeUndefined();
		expect(hints().join()).not.toMatch(SAME);
		const { hints: later } = await world.run(rent, { input: [{}, {}, {}] });
		expect(later().filter((hint) => SAME.test(hint))).toEqual([expect.stringContaining('So it is with 2 more.')]);
	});
});
