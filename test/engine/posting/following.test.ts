import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { stopAtRequest } from '../support/stopAt';
import { countVouchers, startWorld, type World } from '../support/world';

const create = (lines: unknown, more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	date: '2026-10-05',
	description: 'Insurance',
	linesSource: 'json',
	linesJson: JSON.stringify(lines),
	...more,
});
const insurance = [
	{ account: '6310', debit: 300, start_date: '2026-10-01', end_date: '2026-12-31', cost_center: 'BUTIK' },
	{ account: '2641', debit: 25 },
	{ account: '1930', credit: 325 },
];
const accrual = [
	{ account: '6310', debit: 90 },
	{ account: '2990', credit: 90 },
];

describe('entries that others follow', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const freshNumber = (): string => `FO-${++count}`;
	const rowsOf = (item: unknown) =>
		((item as IDataObject).items as IDataObject[]).map(
			({ account_number, debit, credit }) => `${String(account_number)} ${String(debit)} ${String(credit)}`,
		);
	const error = async (parameters: INodeParameters) => {
		const { error: failed } = await world.run(parameters);
		return { code: failed?.context?.error_code, message: failed?.message ?? '' };
	};

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

	describe('start_date and end_date of a line', () => {
		it('put the line on the accrual account, and its months behind the entry', async () => {
			const number = freshNumber();
			const result = await world.run(create(insurance, { number, additionalFields: { accrualAccount: '1730' } }));
			expect(result.json()).toHaveLength(1);
			const [item] = result.json();
			expect(rowsOf(item)).toEqual(['1730 300 0', '2641 25 0', '1930 0 325']);
			const months = item?.spread_entries as IDataObject[];
			expect(months.map((month) => [month.number, month.date, month.description])).toEqual([
				[`${number}/1`, '2026-10-31', 'Insurance 1/3'],
				[`${number}/2`, '2026-11-30', 'Insurance 2/3'],
				[`${number}/3`, '2026-12-31', 'Insurance 3/3'],
			]);
			expect(rowsOf(months[2])).toEqual(['6310 100 0', '1730 0 100']);
			expect((months[2]?.items as IDataObject[])[0]).toMatchObject({ cost_center: 'BUTIK' });
			expect(added()).toBe(4);
			const again = await world.run(create(insurance, { number, additionalFields: { accrualAccount: '1730' } }));
			expect(again.json()[0]).toMatchObject({ id: item?.id, already_posted: true });
			expect((again.json()[0]?.spread_entries as IDataObject[]).map(({ id, already_posted }) => [id, already_posted])).toEqual(
				months.map(({ id }) => [id, true]),
			);
			expect(added()).toBe(4);
			expect((await error(create(insurance, { number }))).code).toBe('ERROR_NUMBER_ALREADY_USED');
			expect(added()).toBe(4);
		});

		it('hold for the lines on result accounts where the whole entry has them, on the usual account, which a hint says', async () => {
			const body = {
				date: '2026-10-05',
				number: freshNumber(),
				start_date: '2026-10-01',
				end_date: '2026-11-30',
				items: [
					{ account: '6310', debit: 100 },
					{ account: '1930', credit: 100 },
				],
			};
			const result = await world.run(create(body));
			expect(rowsOf(result.json()[0])).toEqual(['1790 100 0', '1930 0 100']);
			expect(result.hints().join(' ')).toMatch(/1790/);
			expect(added()).toBe(3);
		});

		it('get a hint where they begin before the entry and no account is named: 1790 stands at minus until then', async () => {
			const early = [
				{ account: '6310', debit: 300, start_date: '2026-08-01', end_date: '2026-10-31' },
				{ account: '1930', credit: 300 },
			];
			const hints = (await world.run(create(early, { number: freshNumber() }))).hints();
			expect(hints.filter((hint) => hint.includes('accrued on 29xx'))).toHaveLength(1);
			const named = await world.run(create(early, { number: freshNumber(), additionalFields: { accrualAccount: '2990' } }));
			expect(named.hints().filter((hint) => hint.includes('29xx'))).toEqual([]);
			expect((await world.run(create(insurance, { number: freshNumber() }))).hints().filter((hint) => hint.includes('29xx'))).toEqual([]);
		});

		it('are missed in a hint where only the account for them is given', async () => {
			const result = await world.run(create(accrual, { number: freshNumber(), additionalFields: { accrualAccount: '1730' } }));
			expect(result.hints().filter((hint) => hint.includes('Accrual Account 1730 was not used'))).toHaveLength(1);
			expect(added()).toBe(1);
		});

		it('are refused where they can not be kept, and nothing is posted', async () => {
			const wrong = async (line: object, more: INodeParameters = {}) =>
				await error(
					create(
						[
							{ account: '6310', debit: 300, ...line },
							{ account: '1930', credit: 300 },
						],
						{ number: freshNumber(), ...more },
					),
				);
			expect((await wrong({ start_date: '2026-10-01' })).message).toMatch(/lines\[0\]\.end_date: give both days/);
			expect((await wrong({ start_date: '2026-10-01', end_date: '2026-09-01' })).message).toMatch(/lies before/);
			expect((await wrong({ start_date: '2026-10-01', end_date: '2027-01-31' })).code).toBe('ERROR_BOOKYEAR_NOT_FOUND');
			expect((await wrong({ account: '1730', start_date: '2026-10-01', end_date: '2026-11-30' })).message).toMatch(/not a result account/);
			expect(
				(await wrong({ start_date: '2026-10-01', end_date: '2026-11-30' }, { additionalFields: { reverseOn: '2026-12-01' } })).message,
			).toMatch(/reverse_on/);
			expect(added()).toBe(0);
		});
	});

	describe('Reverse On', () => {
		const withReversal = (number: string) => create(accrual, { number, date: '2026-10-31', additionalFields: { reverseOn: '2026-11-01' } });

		it('posts the entry and its reversal, linked, each exactly once', async () => {
			const number = freshNumber();
			const [item] = (await world.run(withReversal(number))).json();
			expect(item).toMatchObject({ number, date: '2026-10-31', reversal: { date: '2026-11-01', reverses: item?.id } });
			expect(rowsOf(item?.reversal)).toEqual(['6310 0 90', '2990 90 0']);
			expect(added()).toBe(2);
			const [again] = (await world.run(withReversal(number))).json();
			expect(again).toMatchObject({ id: item?.id, already_posted: true, reversal_id: item?.reversal_id });
			const reversed = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(item?.id) });
			expect(reversed.json()[0]).toMatchObject({ id: item?.reversal_id, already_posted: true });
			expect(added()).toBe(2);
		});

		it('are no ground for posting other content under their number: the entry stands', async () => {
			const number = freshNumber();
			await world.run(withReversal(number));
			const other = [
				{ account: '6310', debit: 95 },
				{ account: '2990', credit: 95 },
			];
			const { code, message } = await error(create(other, { number, date: '2026-10-31', additionalFields: { reverseOn: '2026-11-01' } }));
			expect([code, message]).toEqual(['ERROR_NUMBER_ALREADY_USED', expect.stringMatching(/reverses it\. Use another number/)]);
			expect(added()).toBe(2);
		});

		it('posts neither where one of the days is in no year or locked, and says a day that comes too early', async () => {
			const on = async (reverseOn: string) =>
				await error(create(accrual, { number: freshNumber(), date: '2026-10-31', additionalFields: { reverseOn } }));
			expect((await on('2027-01-01')).code).toBe('ERROR_BOOKYEAR_NOT_FOUND');
			expect((await on('2026-10-30')).message).toMatch(/reverse_on: 2026-10-30 lies before/);
			world.sandbox.company(1001).setLocked('2026-10-31');
			expect((await on('2026-11-01')).code).toBe('ERROR_PERIOD_CLOSED');
			expect(added()).toBe(0);
		});

		it('shows both with Validate Only', async () => {
			const [item] = (await world.run({ ...withReversal(freshNumber()), options: { dryRun: true } })).json();
			expect(item).toMatchObject({ id: null, dry_run: true, reversal: { date: '2026-11-01', dry_run: true }, reversal_id: null });
			expect(added()).toBe(0);
		});
	});

	it('say that months which a period has in part get as much as whole ones', async () => {
		const hintsOf = async (period: [string, string]): Promise<string> => {
			const [start_date, end_date] = period;
			const lines = [
				{ account: '6310', debit: 12_000, start_date, end_date },
				{ account: '1930', credit: 12_000 },
			];
			const result = await world.run({ ...create(lines, {}), options: { dryRun: true } });
			expect(result.error).toBeUndefined();
			return result.hints().join(' ');
		};
		expect(await hintsOf(['2026-05-31', '2026-07-30'])).toMatch(
			/lines\[0\]: of 2026-05-31 to 2026-07-30 not all months are there whole.*By Days/,
		);
		expect(await hintsOf(['2026-05-01', '2026-07-31'])).not.toContain('By Days');
		expect(await hintsOf(['2026-05-10', '2026-05-20'])).not.toContain('By Days');
	});

	it.each([
		['the months of a line', 4, (number: string) => create(insurance, { number })],
		['a reversal', 2, (number: string) => create(accrual, { number, additionalFields: { reverseOn: '2026-11-01' } })],
	])(
		'lose and double nothing of %s, whichever request the run is stopped at',
		async (_, entries, parametersOf) => {
			let stops = 0;
			for (let nth = 1; ; nth++) {
				const parameters = parametersOf(freshNumber());
				before = countVouchers(world.sandbox);
				world.reconnect();
				if (!(await stopAtRequest(world, nth, parameters))) break;
				stops++;
				const again = await world.run(parameters);
				expect(again.error).toBeUndefined();
				expect(added()).toBe(entries);
			}
			expect(stops).toBeGreaterThan(entries);
		},
		120_000,
	);

	it('go on after an answer was lost', async () => {
		for (const skip of [0, 1]) {
			const number = freshNumber();
			before = countVouchers(world.sandbox);
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/vouchers$', skip, times: 1 });
			const result = await world.run(create(accrual, { number, additionalFields: { reverseOn: '2026-11-01' } }));
			expect(result.json()[0]).toMatchObject({ number, reversal: { date: '2026-11-01' } });
			expect(added()).toBe(2);
		}
	});
});
