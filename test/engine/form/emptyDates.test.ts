import type { INodeParameters } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import { countVouchers, currentYear, startWorld, type World } from '../support/world';

const LINES = {
	lines: {
		line: [
			{ account: '6110', debit: '100' },
			{ account: '1930', credit: '100' },
		],
	},
};
const ENTRY = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-10-01', ...LINES };

/** A date that n8n's field has cleared looks as one that was left empty. */
describe('a date that is empty', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const hintsOf = async (parameters: INodeParameters): Promise<string[]> => {
		const { error, hints } = await world.run(parameters);
		expect(error).toBeUndefined();
		return hints();
	};
	const none = (field: string, meaning: string): unknown =>
		expect.stringMatching(`^${field}: none was given, which means ${meaning}\\. A day that was typed in another form .* look whether`);

	describe('of an entry', () => {
		const undated = { ...ENTRY, number: 'H-6', date: '' };

		it('is today, which a hint names as long as nothing is there yet', async () => {
			const today = none('Date', `today in Stockholm, ${stockholmDate(Date.now())}`);
			expect(await hintsOf({ ...undated, options: { dryRun: true } })).toContainEqual(today);
			expect(await hintsOf(undated)).toEqual([today]);
			expect((await hintsOf(undated)).join()).toMatch(/already there; nothing was posted/);
			expect((await hintsOf(undated)).join()).not.toMatch(/none was given/);
			expect(await hintsOf({ ...ENTRY, number: 'H-7' })).toEqual([]);
		});

		it('is the day of what is reversed, which a hint names', async () => {
			const id = async (number: string, date: string): Promise<string> =>
				String((await world.run({ ...ENTRY, number, date })).json()[0]?.id);
			const reverse = { resource: 'journalEntry', operation: 'reverse', journalEntryId: '={{ $json.id }}' };
			const ids = [await id('H-8', '2026-10-01'), await id('H-9', '2026-10-02'), await id('H-10', '2026-10-03')];
			const own = 'the date of the entry where that is open, else today';
			const reversed = await world.run(reverse, { input: [{ id: ids[0] }] });
			expect(reversed.hints()).toEqual([none('Date', `${own}, 2026-10-01`)]);
			// A limit of its own: else the machine's speed decides whether a hint tells of a wait.
			world.reconnect();
			const others = await world.run(reverse, { input: [{ id: ids[1] }, { id: ids[2] }] });
			expect(others.hints()).toEqual([none('Date', `${own}, 2026-10-02 and others`)]);
			expect((await world.run(reverse, { input: [{ id: ids[0] }] })).hints().join()).not.toMatch(/none was given/);
			const given = await id('H-11', '2026-10-01');
			expect((await world.run({ ...reverse, date: '2026-10-05' }, { input: [{ id: given }] })).hints()).toEqual([]);
		});

		it('is the end of the period that VAT is settled for, which a hint names', async () => {
			const settle = { resource: 'vatReturn', operation: 'settle', period: '2026-06', options: { dryRun: true, acceptChecks: true } };
			const vat = { ...ENTRY, date: '2026-06-15', number: 'H-14', linesSource: 'json' };
			const linesJson = [
				{ account: '6110', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25 } },
				{ account: '1930', credit: 125 },
			];
			await hintsOf({ ...vat, linesJson: JSON.stringify(linesJson) });
			expect(await hintsOf(settle)).toContainEqual(none('Date', 'the last day of the period, 2026-06-30'));
			expect((await hintsOf({ ...settle, date: '2026-07-01' })).join()).not.toMatch(/none was given/);
		});

		it.each([
			['Reverse On', 'reverseOn', { ...ENTRY, number: 'H-12', additionalFields: { reverseOn: '' } }],
			['Reversal Date', 'reversalDate', { ...ENTRY, operation: 'correct', journalEntryId: 'A-1-3', options: { reversalDate: '' } }],
		])('is refused as %s, which is there only where it was added', async (name, field, parameters) => {
			const before = countVouchers(world.sandbox);
			const { error } = await world.run(parameters);
			expect(error?.message).toMatch(`${field}: the field was added and is empty. Give the day, as 2026-03-31, or remove the field`);
			expect(error?.description).toContain(`${name}: the field was added`);
			expect(countVouchers(world.sandbox)).toBe(before);
		});
	});

	describe('of what is read', () => {
		const year = (): { from: string; to: string } => {
			const { fromDate: from, toDate: to } = currentYear(world);
			return { from, to };
		};

		it.each([
			['a report', { resource: 'report', operation: 'trialBalance' }],
			['an account’s ledger', { resource: 'account', operation: 'getLedger', accounts: '1930' }],
		])('is the first or the last day of the financial year in %s, which a hint names', async (_what, parameters) => {
			const { from, to } = year();
			expect(await hintsOf(parameters)).toContainEqual(
				expect.stringMatching(
					`^No dates were given, so the current financial year was read \\(${from} to ${to}\\)\\. A day that was typed`,
				),
			);
			expect(await hintsOf({ ...parameters, dateFrom: '2026-02-01' })).toContainEqual(
				none('Date To', `the last day of the financial year of Date From, ${to}`),
			);
			expect(await hintsOf({ ...parameters, dateTo: '2026-02-28' })).toContainEqual(
				none('Date From', `the first day of the financial year of Date To, ${from}`),
			);
			const whole = await hintsOf({ ...parameters, dateFrom: '2026-02-01', dateTo: '2026-02-28' });
			expect(whole.join()).not.toMatch(/was given|were given/);
		});

		it('says nothing of dates where a period stands in their place', async () => {
			const hints = await hintsOf({ resource: 'report', operation: 'trialBalance', period: '2026-02' });
			expect(hints.join()).not.toMatch(/was given|were given/);
		});

		it('is the current year of a SIE export, which a hint names, unless the year is chosen', async () => {
			const { from, to } = year();
			const exportSie = { resource: 'financialYear', operation: 'exportSie', sieType: '1' };
			expect(await hintsOf(exportSie)).toEqual([none('Date', `the current financial year, ${from} to ${to}`)]);
			expect(await hintsOf({ ...exportSie, financialYearId: String(currentYear(world).id) })).toEqual([]);
			expect(await hintsOf({ ...exportSie, date: '2026-03-31' })).toEqual([]);
		});

		it.each([
			['Date From', 'journalEntry', { dateFrom: '', dateTo: '2026-01-31' }],
			['Date To', 'journalEntry', { dateFrom: '2026-01-01', dateTo: '' }],
			['Updated After', 'journalEntry', { updatedAfter: '', dateTo: '2026-01-31' }],
			['Updated After', 'account', { updatedAfter: '' }],
		])('as the filter %s of a list (%s) leaves nothing out, which a hint says', async (name, resource, filters) => {
			const hints = await hintsOf({ resource, operation: 'getAll', filters });
			expect(hints).toContainEqual(
				expect.stringMatching(`^${name}: the filter is empty, so it leaves nothing out\\. A day that was typed in another form`),
			);
			expect((await hintsOf({ resource, operation: 'getAll', filters: {} })).join()).not.toMatch(/the filter is empty/);
		});
	});
});
