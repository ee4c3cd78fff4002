import type { INodeParameters } from 'n8n-workflow';

import { stopAtRequest } from '../support/stopAt';
import { countVouchers, startWorld, type World } from '../support/world';
import { timesNothing } from '../input/parameters';

const spread = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'spread',
	amount: 1000,
	resultAccount: '6310',
	balanceAccount: '1730',
	firstMonth: '2026-10',
	lastMonth: '2026-12',
	journalId: 'API',
	description: 'Insurance',
	...more,
});

describe('an amount that is spread over months', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const freshNumber = (): string => `SP-${++count}`;
	const rowsOf = (item: Record<string, unknown> | undefined) =>
		(item?.items as Array<Record<string, unknown>>).map(
			({ account_number, debit, credit }) => `${String(account_number)} ${String(debit)} ${String(credit)}`,
		);

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.sandbox.company(1001).setLocked(null);
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	it('is one entry per month, numbered, the öre in the last, and posted once', async () => {
		const number = freshNumber();
		const result = await world.run(spread({ number }));
		expect(result.json().map((item) => [item.date, item.number, item.description])).toEqual([
			['2026-10-31', `${number}/1`, 'Insurance 1/3'],
			['2026-11-30', `${number}/2`, 'Insurance 2/3'],
			['2026-12-31', `${number}/3`, 'Insurance 3/3'],
		]);
		expect(rowsOf(result.json()[0])).toEqual(['6310 333.33 0', '1730 0 333.33']);
		expect(rowsOf(result.json()[2])).toEqual(['6310 333.34 0', '1730 0 333.34']);
		expect(result.json()).toHaveLength(3);
		const again = await world.run(spread({ number }));
		expect(again.json().map(({ id, already_posted }) => [id, already_posted])).toEqual(result.json().map(({ id }) => [id, true]));
		expect(added()).toBe(3);
	});

	it('refuses a line of an entry on an account of money or VAT: it is neither a cost nor what waits for its month', async () => {
		const { series, number, yearId } = world.sandbox.company(1001).addVoucher({
			date: '2026-06-05',
			description: 'Försäkring',
			rows: [
				{ account: 6310, debit: 120_000 },
				{ account: 2641, debit: 30_000 },
				{ account: 1930, credit: 150_000 },
			],
		});
		before = countVouchers(world.sandbox);
		for (const lineNumber of [2, 3]) {
			const journalEntryId = `${series}-${number}-${yearId}`;
			const result = await world.run(spread({ spreadSource: 'entryLine', journalEntryId, lineNumber, number: freshNumber() }));
			expect(result.error?.message).toMatch(/^lineNumber: line [23] of .* is on (2641|1930): it is no cost.*1: 6310/);
		}
		expect(added()).toBe(0);
	});

	it('of months before the entry says on which account they wait the wrong way round', async () => {
		const { series, number, yearId } = world.sandbox.company(1001).addVoucher({
			date: '2026-03-15',
			description: 'Hyra februari',
			rows: [
				{ account: 5010, debit: 100_000 },
				{ account: 2440, credit: 100_000 },
			],
		});
		const line = { spreadSource: 'entryLine', journalEntryId: `${series}-${number}-${yearId}`, lineNumber: 1, resultAccount: '' };
		const of = async (balanceAccount: string): Promise<string> => {
			const options = { dryRun: true };
			const result = await world.run(spread({ ...line, balanceAccount, firstMonth: '2026-02', lastMonth: '2026-02', options }));
			expect(result.error).toBeUndefined();
			return result.hints().join('\n');
		};
		expect(await of('1790')).toMatch(/account 1790 stands the wrong way round.*29xx: name one under 'Balance Account'/);
		expect(await of('2990')).not.toContain('wrong way round');
	});

	it('looks at the VAT code of the result account in each of the years', async () => {
		const [before, after] = [3, 4].map((id) => world.sandbox.company(1001).year(id));
		const account = after?.accounts.get(3990);
		if (before === undefined || after === undefined || account === undefined) throw new Error('The sandbox has no account 3990');
		after.setAccount({ ...account, vatCode: 'MP1' });
		const wish = { resultAccount: '3990', balanceAccount: '2990', firstMonth: '2025-11', lastMonth: '2026-02', number: freshNumber() };
		const result = await world.run(spread({ amount: 1200, ...wish }));
		after.setAccount(account);
		expect(before.accounts.get(3990)?.vatCode).not.toBe('MP1');
		expect(result.error?.context?.error_code).toBe('ERROR_VAT_BASE_ACCOUNT');
	});

	it('books an income in credit, divides by days, and takes cost center and project', async () => {
		const result = await world.run(
			spread({
				number: freshNumber(),
				amount: '310,00',
				resultAccount: '3990',
				balanceAccount: '2970',
				method: 'days',
				firstMonth: '2026-10-17',
				lastMonth: '2026-11-15',
				additionalFields: { costCenter: 'BUTIK' },
			}),
		);
		expect(result.error).toBeUndefined();
		expect(rowsOf(result.json()[0])).toEqual(['3990 0 155', '2970 155 0']);
		expect(result.json()[1]).toMatchObject({ date: '2026-11-15' });
		expect((result.json()[0]?.items as Array<Record<string, unknown>>)[0]).toMatchObject({ cost_center: 'BUTIK' });
	});

	it('takes a line of an entry from its result account on its own day, and gives it back by months', async () => {
		const original = (
			await world.run({
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: '2026-10-12',
				number: freshNumber(),
				linesSource: 'json',
				linesJson: JSON.stringify([
					{ account: '6310', debit: 1200 },
					{ account: '1930', credit: 1200 },
				]),
			})
		).json()[0];
		before = countVouchers(world.sandbox);
		const parameters = spread({
			spreadSource: 'entryLine',
			journalEntryId: String(original?.id),
			resultAccount: '',
			number: '',
			description: '',
		});
		const result = await world.run(parameters);
		expect(result.json().map(({ date, number }) => [date, number])).toEqual([
			['2026-10-12', `SPREAD-${String(original?.id)}/1/0`],
			['2026-10-31', `SPREAD-${String(original?.id)}/1/1`],
			['2026-11-30', `SPREAD-${String(original?.id)}/1/2`],
			['2026-12-31', `SPREAD-${String(original?.id)}/1/3`],
		]);
		expect(rowsOf(result.json()[0])).toEqual(['6310 0 1200', '1730 1200 0']);
		expect(rowsOf(result.json()[1])).toEqual(['6310 400 0', '1730 0 400']);
		expect((await world.run(parameters)).json().every(({ already_posted }) => already_posted === true)).toBe(true);
		expect(added()).toBe(4);
	});

	it('names the year that is missing before anything is posted', async () => {
		const result = await world.run(spread({ number: freshNumber(), lastMonth: '2027-02' }));
		expect(result.error?.context?.error_code).toBe('ERROR_BOOKYEAR_NOT_FOUND');
		expect(result.error?.message).toMatch(/2027-01 to 2027-02 \(2027\).*Financial Year > Create/);
		expect(timesNothing(result.error)).toBe(1);
		expect(added()).toBe(0);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'posts none of the months where one is locked, with On Error: %s',
		async (onError) => {
			world.sandbox.company(1001).setLocked('2026-10-31');
			const result = await world.run(spread({ number: freshNumber() }), { onError });
			if (onError === 'stopWorkflow') expect(result.error?.context?.error_code).toBe('ERROR_PERIOD_CLOSED');
			else {
				const items = onError === 'continueRegularOutput' ? result.json() : result.json(undefined, 1);
				expect(items).toHaveLength(1);
				expect(items[0]).toMatchObject({ error_code: 'ERROR_PERIOD_CLOSED' });
			}
			expect(added()).toBe(0);
		},
	);

	it('shows all months with Validate Only, and posts none', async () => {
		const result = await world.run(spread({ number: freshNumber(), options: { dryRun: true } }));
		expect(result.json().map(({ id, dry_run }) => [id, dry_run])).toEqual([
			[null, true],
			[null, true],
			[null, true],
		]);
		expect(added()).toBe(0);
	});

	it('refuses an amount without a number, accounts on the wrong side, and accounts that are the base of VAT', async () => {
		const codes = async (more: INodeParameters) => {
			const { error } = await world.run(spread({ number: freshNumber(), ...more }));
			return (error?.context?.problems as Array<{ field: string }> | undefined)?.map(({ field }) => field) ?? [error?.context?.error_code];
		};
		expect(await codes({ number: '', resultAccount: '1730', balanceAccount: '6310' })).toEqual([
			'resultAccount',
			'balanceAccount',
			'number',
		]);
		expect(await codes({ amount: 0 })).toEqual(['amount']);
		expect(await codes({ amount: 0.02 })).toEqual(['amount']);
		const sales = await world.run(spread({ number: freshNumber(), resultAccount: '3001', balanceAccount: '2970' }));
		expect(sales.error?.context?.error_code).toBe('ERROR_VAT_BASE_ACCOUNT');
		expect(added()).toBe(0);
	});

	it('loses and doubles nothing, whichever request it is stopped at', async () => {
		let stops = 0;
		for (let nth = 1; ; nth++) {
			const parameters = spread({ number: freshNumber() });
			before = countVouchers(world.sandbox);
			world.reconnect();
			if (!(await stopAtRequest(world, nth, parameters))) break;
			stops++;
			const again = await world.run(parameters);
			expect(again.json()).toHaveLength(3);
			expect(added()).toBe(3);
		}
		expect(stops).toBeGreaterThan(5);
	});
});
