import type { INodeParameters } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import { currentYear, startWorld, type World } from '../support/world';

/** A year's opening balances against the close of the year before, as every company has it from New Year to its close. */
describe('opening balances', () => {
	let world: World;
	let company: CompanyState;
	beforeEach(async () => {
		world = await startWorld();
		company = world.sandbox.company();
	});
	afterEach(async () => await world.close());

	const lateFee = (): void => {
		company.addVoucher({
			date: '2025-12-31',
			description: 'Bankavgift',
			rows: [
				{ account: 6570, debit: 50_000 },
				{ account: 1930, credit: 50_000 },
			],
		});
	};
	const run = async (operation: string, parameters: INodeParameters) => {
		const result = await world.run({ resource: 'account', operation, ...parameters });
		expect(result.error?.message).toBeUndefined();
		return { items: result.json(), hints: result.hints().join('\n') };
	};
	const closeOf = (account: number, yearId: number): number => company.balance(account, yearId) / 100;

	it('that were carried over get no hint, the result on equity included', async () => {
		for (const openingBalances of ['stored', 'computed']) {
			const { items, hints } = await run('getBalances', { accounts: '', end: '2026-01', options: { openingBalances } });
			expect(hints).toBe('');
			expect(items.reduce((sum, { balance }) => sum + Math.round(Number(balance) * 100), 0)).toBe(0);
		}
	});

	it('of a year whose predecessor was booked on later are as stored, with a hint, or the close', async () => {
		const before = closeOf(1930, 3);
		lateFee();
		const december = await run('getBalances', { accounts: '1930', end: '2025-12' });
		expect(december.items).toMatchObject([{ balance: before - 500 }]);
		world.reconnect();
		const stored = await run('getBalances', { accounts: '1930', end: '2026-01' });
		expect(stored.hints).toMatch(
			/Opening balances of 2026-01-01–2026-12-31 differ from the close of the year before: 1930 by 500\.00\. The stored ones were used/,
		);
		world.reconnect();
		const computed = await run('getBalances', { accounts: '1930', end: '2026-01', options: { openingBalances: 'computed' } });
		expect(computed.hints).toMatch(/1930 by 500\.00.*The close was used/);
		expect(Number(computed.items[0]?.balance)).toBeCloseTo(Number(stored.items[0]?.balance) - 500, 2);
		world.reconnect();
		const other = await run('getBalances', { accounts: '1510', end: '2026-01' });
		expect(other.hints).toBe('');
		world.reconnect();
		const whole = await run('getBalances', { accounts: '', end: '2026-01', options: { openingBalances: 'computed' } });
		expect(whole.items.reduce((sum, { balance }) => sum + Math.round(Number(balance) * 100), 0)).toBe(0);
		expect(whole.hints).toMatch(/1930 by 500\.00.*2099 by [-−]500\.00/);
	});

	it('that were never carried over are reported in one sentence, and computed where that is wanted', async () => {
		for (const account of company.year(4).accounts.values()) account.broughtForward = 0;
		const stored = await run('getBalances', { accounts: '1930', end: '2026-01' });
		expect(stored.hints).toMatch(/^Opening balances of 2026-01-01–2026-12-31 differ from the close of the year before: 1930 by [^\n]*$/);
		world.reconnect();
		const computed = await run('getBalances', { accounts: '1930', end: '2026-01', options: { openingBalances: 'computed' } });
		expect(Number(computed.items[0]?.balance)).toBeCloseTo(Number(stored.items[0]?.balance) + closeOf(1930, 3), 2);
	});

	it('of a ledger over the turn of the year: where they break the sum, a hint says so', async () => {
		lateFee();
		const days = { accounts: '1930', dateFrom: '2025-12-01', dateTo: '2026-01-31' };
		const stored = await run('getLedger', days);
		expect(stored.hints).toMatch(/1930 by 500\.00/);
		const [, second] = stored.items[0]?.financial_years as Array<{ opening_balance: number; closing_balance: number }>;
		expect(second?.opening_balance).toBeCloseTo(closeOf(1930, 3) + 500, 2);
		world.reconnect();
		const computed = await run('getLedger', { ...days, options: { openingBalances: 'computed' } });
		const [item] = computed.items;
		const moved = (item?.items as Array<{ debit: number; credit: number }>).reduce((sum, { debit, credit }) => sum + debit - credit, 0);
		expect(Number(item?.opening_balance) + moved).toBeCloseTo(Number(item?.closing_balance), 2);
	});

	it('of two years, the first of them replaced, go on into the second', async () => {
		company.addVoucher({
			date: '2024-12-31',
			description: 'Sen',
			rows: [
				{ account: 6570, debit: 10_000 },
				{ account: 1930, credit: 10_000 },
			],
		});
		const { items } = await run('getBalances', {
			accounts: '1930',
			start: '2025-06',
			end: '2026-01',
			options: { openingBalances: 'computed' },
		});
		world.reconnect();
		const stored = await run('getBalances', { accounts: '1930', start: '2025-06', end: '2026-01' });
		expect(Number(items[0]?.balance)).toBeCloseTo(Number(stored.items[0]?.balance) - 100, 2);
	});

	it('a ledger of an account that is not there is an error', async () => {
		for (const accounts of ['1939', '1930,1939', '77,1939']) {
			const result = await world.run({
				resource: 'account',
				operation: 'getLedger',
				accounts,
				dateFrom: '2026-01-01',
				dateTo: '2026-01-31',
			});
			expect(result.error?.context?.error_code).toBe('ERROR_ACCOUNT_NUMBER_NOT_FOUND');
			expect(result.error?.message).toMatch(/no account 1939\./);
		}
		const digits = await run('getLedger', { accounts: '1930,79,99', dateFrom: '2026-01-01', dateTo: '2026-01-31' });
		expect(digits.items).not.toEqual([]);
		expect(digits.hints).toMatch(/begins with 99/);
	});

	it('names come from the registers, whose characters code page 437 lacks', async () => {
		const name = 'Periodiseringsfond 2025 – nr 2';
		for (const yearId of [3, 4]) {
			const account = company.year(yearId).accounts.get(1930);
			if (account) account.description = name;
		}
		company.addVouchers(80, { yearId: 4, seed: 3 });
		const balances = await run('getBalances', { accounts: '1930', end: '2026-03' });
		expect(balances.items).toMatchObject([{ account_name: name }]);
		expect((await run('getLedger', { accounts: '1930', dateFrom: '2026-01-01', dateTo: '2026-03-31' })).items).toMatchObject([
			{ account_name: name },
		]);
		const entries = await world.run({
			resource: 'journalEntry',
			operation: 'getAll',
			returnAll: true,
			filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31', accountNumber: '1930' },
		});
		const items = entries.json().flatMap(({ items: rows }) => rows as Array<{ account_number: string; account_name: string }>);
		expect(items.filter(({ account_number }) => account_number === '1930').length).toBeGreaterThan(10);
		for (const row of items.filter(({ account_number }) => account_number === '1930')) expect(row.account_name).toBe(name);
	});

	it.each([
		['Valutakonto EUR', 'EUR'],
		['Företagskonto', 'SEK'],
		['SEB Företagskonto', 'SEK'],
		['USD-konto', 'USD'],
		['Valutakonto', null],
		['Eurokonto', null],
		['Konto EUR/USD', null],
	])('the currency of the bank account "%s" is %s', async (name, currency) => {
		const account = currentYear(world).accounts.get(1950);
		if (!account) throw new Error('The chart lacks 1950');
		Object.assign(account, { description: name, active: true });
		const result = await world.run({ resource: 'bankAccount', operation: 'getAll', returnAll: true });
		expect(result.json().find(({ code }) => code === '1950')).toMatchObject({ account_name: name, currency });
	});
});
