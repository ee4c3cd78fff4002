import type { INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

jest.setTimeout(60_000);

/** What is booked in green, and was probably not meant. */
describe('hints of what is probably not meant', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const run = async (parameters: INodeParameters): Promise<string[]> => {
		const { error, hints } = await world.run({ journalId: 'A', date: '2026-10-15', ...parameters });
		expect(error).toBeUndefined();
		return hints();
	};
	const journal = async (...line: INodeParameters[]): Promise<string[]> =>
		await run({ resource: 'journalEntry', operation: 'create', number: `N-${++numbers}`, lines: { line } });
	const payout = async (...line: INodeParameters[]): Promise<string[]> =>
		await run({
			resource: 'financialEntry',
			operation: 'create',
			number: `N-${++numbers}`,
			financialCounterpartAccount: '1930',
			lines: { line },
		});
	let numbers = 0;

	describe('a base of VAT alone', () => {
		const ALONE = /^Account 3001 has the VAT code MP1 \(sales at 25 %\), and the entry has no VAT: .*box 05/;

		it('is named where a sale was booked with its VAT still in it', async () => {
			expect(await payout({ account: '3001', amount: '10 000,00' }, { account: '6570', amount: '-245,75' })).toEqual([
				expect.stringMatching(ALONE),
			]);
			expect(await journal({ account: '1930', debit: '1250' }, { account: '3001', credit: '1250' })).toEqual([
				expect.stringMatching(ALONE),
			]);
		});

		it('is named of a purchase with reverse charge, too', async () => {
			expect(await journal({ account: '4535', debit: '100' }, { account: '1930', credit: '100' })).toEqual([
				expect.stringMatching(/^Account 4535 has the VAT code ITEU .*box 21/),
			]);
		});

		it('is not named with VAT, on an account without, where it is taken back, or by the reversal', async () => {
			const sold = { account: '3001', credit: '1000' };
			expect(await journal({ account: '1930', debit: '1250' }, { ...sold, tax_info: { tax_code: 'MP1' } })).toEqual([]);
			expect(await journal({ account: '1930', debit: '1250' }, sold, { account: '2611', credit: '250' })).toEqual([]);
			expect(await journal({ account: '1930', debit: '1000' }, { account: '3004', credit: '1000' })).toEqual([]);
			expect(await journal({ account: '3001', debit: '1000', description: 'moved' }, sold)).toEqual([]);
			const { error, json } = await world.run({
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: '2026-10-15',
				number: 'ALONE',
				lines: {
					line: [
						{ account: '1930', debit: '1' },
						{ ...sold, credit: '1' },
					],
				},
			});
			expect(error).toBeUndefined();
			const { hints } = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(json()[0]?.id) });
			expect(hints().join()).not.toMatch(/has no VAT/);
		});
	});

	describe('a cost that brings money into the bank', () => {
		const PLUS = /^Account 6570 is one of costs, and its amount has \+/;

		it('is named, as of a fee that was dragged without its sign', async () => {
			expect(await payout({ account: '6570', amount: '245,75' })).toEqual([expect.stringMatching(PLUS)]);
			expect(await payout({ account: '1580', amount: '1000' }, { account: '6570', amount: '245,75' })).toEqual([
				expect.stringMatching(PLUS),
			]);
		});

		it('is not named of a fee with its sign, nor of income', async () => {
			expect(await payout({ account: '1580', amount: '1000' }, { account: '6570', amount: '-245,75' })).toEqual([]);
			expect(await payout({ account: '8310', amount: '12' })).toEqual([]);
		});
	});

	it('begin with what came of the run', async () => {
		const [first, ...others] = await run({
			resource: 'journalEntry',
			operation: 'create',
			options: { dryRun: true },
			lines: {
				line: [
					{ account: '5010', debit: '1' },
					{ account: '1930', credit: '1' },
				],
			},
		});
		expect(first).toMatch(/^Validate Only is on: the entry was checked, and nothing was posted/);
		expect(others).toContainEqual(
			expect.stringMatching(/^Entries without a number .* within this execution only: the next one books them again\./),
		);
	});

	it('give way to an error that says where lines come from, where a form has none', async () => {
		const { error } = await world.run(
			{ resource: 'journalEntry', operation: 'create', lines: {} },
			{ input: [{ Konto: '5010' }, { Konto: '1930' }] },
		);
		expect(error?.message).toMatch(
			/^lines: an entry needs at least two lines\. There is none: add them, or set 'Lines Source' to 'Input Items'/,
		);
		const { error: financial } = await world.run({
			resource: 'financialEntry',
			operation: 'create',
			financialCounterpartAccount: '1930',
			lines: {},
		});
		expect(financial?.message).toMatch(/^lines: give at least one line\. There is none: add them/);
	});
});
