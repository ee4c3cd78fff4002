import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { CompanyState } from '../../../sandbox';
import { countVouchers, currentYear, startWorld, type World } from '../support/world';
import { itemWith } from '../sie/files';

/** Siblings of the handed cases of amounts, with right results worked out by hand. */
let world: World;
let company: CompanyState;
beforeEach(async () => {
	world = await startWorld();
	company = world.sandbox.company();
});
afterEach(async () => await world.close());

const ENTRY: INodeParameters = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', linesSource: 'json' };
/** Rows as `[account, amount]`, debit positive. */
type Rows = ReadonlyArray<readonly [account: number, amount: number]>;
const linesOf = (rows: Rows): string =>
	JSON.stringify(
		rows.map(([account, amount]) => ({ account: String(account), ...(amount > 0 ? { debit: amount } : { credit: -amount }) })),
	);
const post = async (rows: Rows, more: INodeParameters): Promise<EngineResult> =>
	await world.run({ ...ENTRY, linesJson: linesOf(rows), ...more });
const sekOf = (result: EngineResult): number[] => {
	expect(result.error?.message).toBeUndefined();
	return ((result.json()[0]?.items ?? []) as IDataObject[]).map(({ debit, credit }) => Math.round((Number(debit) - Number(credit)) * 100));
};

it.each<[rate: string, rows: Rows, whole: number, residual: string]>([
	[
		'10.98',
		[
			[5410, 16.75],
			[5410, 16.75],
			[2440, -33.5],
		],
		-367_83,
		'-0.01',
	],
	[
		'10.98',
		[
			[5410, 13.38],
			[6110, 13.38],
			[5410, 13.38],
			[2440, -40.14],
		],
		-440_74,
		'0.01',
	],
	[
		'11.05',
		[
			[5410, 20.12],
			[5410, 20.12],
			[1930, -40.24],
		],
		-444_65,
		'-0.01',
	],
	[
		'11.27',
		[
			[3004, -10.01],
			[3004, -10.01],
			[1510, 20.02],
		],
		225_63,
		'-0.01',
	],
	[
		'10.77',
		[
			[3004, -13.38],
			[3004, -13.38],
			[1510, 26.76],
		],
		288_21,
		'-0.01',
	],
])('what rounding leaves at %s stays off the row that is compared with others', async (currencyExchangeRate, rows, whole, residual) => {
	const result = await post(rows, { currency: 'EUR', currencyExchangeRate });
	const sek = sekOf(result);
	expect([sek.at(-1), sek.reduce((sum, one) => sum + one, 0)]).toEqual([whole, 0]);
	expect(result.hints().join('\n')).toContain(
		`rounding each row to whole öre left ${residual} SEK, which this row on ${rows[0]?.[0] ?? ''} took`,
	);
});

it.each<[what: string, rows: Rows, sek: number]>([
	[
		'a supplier’s invoice of material',
		[
			[4011, 1000],
			[2440, -1000],
		],
		11_040_00,
	],
	[
		'a supplier’s credit note',
		[
			[5410, -1000],
			[2440, 1000],
		],
		-11_040_00,
	],
	[
		'a supplier’s payment',
		[
			[2440, 1000],
			[1930, -1000],
		],
		11_040_00,
	],
	[
		'a supplier’s payment with a bank fee',
		[
			[2440, 1000],
			[6570, 5],
			[1930, -1005],
		],
		11_040_00,
	],
	[
		'a purchase by card',
		[
			[5410, 1000],
			[1930, -1000],
		],
		11_040_00,
	],
	[
		'a sale paid at once',
		[
			[3004, -1000],
			[1930, 1000],
		],
		-10_980_00,
	],
	[
		'a customer’s credit note',
		[
			[3004, 1000],
			[1510, -1000],
		],
		10_980_00,
	],
	[
		'a customer’s payment',
		[
			[1510, -1000],
			[1930, 1000],
		],
		-10_980_00,
	],
	[
		'a customer’s payment with a bank fee',
		[
			[1510, -1000],
			[6570, 15],
			[1930, 985],
		],
		-10_980_00,
	],
	[
		'a payout of sales less fees',
		[
			[3004, -1000],
			[6570, 29],
			[1930, 971],
		],
		-10_980_00,
	],
])('the register’s rate for %s', async (_what, rows, sek) => {
	const result = await post(rows, { date: '={{ $now.toISODate() }}', currency: 'EUR', options: { rateFromRegister: true, dryRun: true } });
	expect(sekOf(result)[0]).toBe(sek);
	expect(result.hints().join('\n')).toContain(sek % 11_040 === 0 ? 'the selling rate of' : 'the buying rate of');
});

/** Of the balance sheet, with the amount in kronor that is booked on it late, in credit. */
const LATE: ReadonlyArray<[account: number, amount: number]> = [
	[1930, 500],
	[1910, 120.5],
	[1510, 1250],
	[2440, 99.99],
	[1630, 3000],
];

/** As hints write an amount. */
const shown = (amount: number): string => amount.toLocaleString('en-US', { minimumFractionDigits: 2 });

it('opening balances that a late entry has left behind are named, account by account', async () => {
	const before = new Map(LATE.map(([account]) => [account, company.balance(account, 3) / 100]));
	for (const [account, amount] of LATE) {
		const ore = Math.round(amount * 100);
		company.addVoucher({
			date: '2025-12-31',
			description: 'Sen',
			rows: [
				{ account: 6570, debit: ore },
				{ account, credit: ore },
			],
		});
	}
	for (const [account, amount] of LATE) {
		world.reconnect();
		const accounts = String(account);
		const read = async (openingBalances: string) =>
			await world.run({ resource: 'account', operation: 'getBalances', accounts, end: '2026-01', options: { openingBalances } });
		const stored = await read('stored');
		expect(stored.hints().join('\n')).toMatch(new RegExp(`close of the year before: ${account} by ${shown(amount)}\\. The stored ones`));
		const computed = await read('computed');
		expect(Number(computed.json()[0]?.balance) - Number(stored.json()[0]?.balance)).toBeCloseTo(-amount, 2);
		expect(company.balance(account, 3) / 100).toBeCloseTo((before.get(account) ?? 0) - amount, 2);
		const ledger = await world.run({ resource: 'account', operation: 'getLedger', accounts, dateFrom: '2025-12-01', dateTo: '2026-01-31' });
		expect(ledger.hints().join('\n')).toContain(`${account} by ${shown(amount)}`);
	}
});

it('opening balances that were never carried are named, account by account', async () => {
	for (const account of company.year(4).accounts.values()) account.broughtForward = 0;
	const carried = [...company.year(4).accounts.keys()].filter((account) => account < 3000 && company.balance(account, 3) !== 0).slice(0, 5);
	expect(carried).toHaveLength(5);
	for (const account of carried) {
		const read = await world.run({ resource: 'account', operation: 'getBalances', accounts: String(account), end: '2026-01' });
		const close = shown(Math.abs(company.balance(account, 3) / 100));
		expect(read.hints().join('\n')).toMatch(new RegExp(`close of the year before: ${account} by [-−]?${close}\\.`));
	}
});

it.each([
	['2026-12-30', '2027-01-02'],
	['2026-12-31', '2027-01-01'],
	['2026-12-01', '2027-01-15'],
	['2026-11-20', '2027-01-10'],
	['2026-12-24', '2027-02-10'],
])('the number of %s is not taken again on %s', async (first, second) => {
	if (company.yearOf(second) === undefined) company.addYear('2027-01-01', '2027-12-31', { like: currentYear(world) });
	const rows: Rows = [
		[1930, 100],
		[3004, -100],
	];
	const [posted] = (await post(rows, { date: first, number: 'Y1' })).json();
	const before = countVouchers(world.sandbox);
	const { error } = await post(rows, { date: second, number: 'Y1' });
	expect([error?.context?.error_code, error?.message]).toEqual(['ERROR_NUMBER_ALREADY_USED', expect.stringContaining(String(posted?.id))]);
	expect(countVouchers(world.sandbox)).toBe(before);
});

const EARLIER = ['2026-05-30', '2026-05-01', '2026-04-30', '2026-01-01', '2025-12-31'];
it.each(EARLIER)('an entry of 31 May is not reversed on %s', async (date) => {
	const [posted] = (
		await post(
			[
				[1930, 100],
				[3004, -100],
			],
			{ date: '2026-05-31', number: 'R' },
		)
	).json();
	const before = countVouchers(world.sandbox);
	const journalEntryId = String(posted?.id);
	const { error } = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId, journalId: 'A', date });
	expect(error?.message).toMatch(/^date: .*2026-05-31/);
	expect(countVouchers(world.sandbox)).toBe(before);
});

it.each([
	['2.675', '2.68 or 2.67'],
	['0.125', '0.13 or 0.12'],
	['10.999', '11.00 or 10.99'],
	['1234.5678', '1234.57 or 1234.56'],
	['0,004', '0.00 or 0.01'],
])('the amount %s is refused, with the amounts on both sides of it', async (amount, advice) => {
	const lines = JSON.stringify([
		{ account: '1930', debit: amount },
		{ account: '3004', credit: amount },
	]);
	const { error } = await world.run({ ...ENTRY, linesJson: lines });
	expect(error?.message).toMatch(/^lines\[0\]\.debit: /);
	expect(error?.message).toContain(advice);
});

it.each([3, 1.5, 160, 0.25, -2])('a quantity of %p is mirrored by the reversal', async (quantity) => {
	const file = [
		'#FLAGGA 0',
		'#PROGRAM "Lager" 1',
		'#FORMAT PC8',
		'#GEN 20260601',
		'#SIETYP 4',
		'#ORGNR 559900-1012',
		'#RAR 0 20260101 20261231',
		'#VER A 1 20260601 "Uttag"',
		'{',
		`#TRANS 4011 {} 100.00 "" "" ${quantity}`,
		'#TRANS 1930 {} -100.00',
		'}',
		'',
	].join('\n');
	const importing = { resource: 'journalEntry', operation: 'importSie', journalId: 'A' };
	const [posted] = (await world.run(importing, { input: [itemWith(file)] })).json();
	const reversal = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(posted?.id), journalId: 'A' });
	expect(reversal.json()[0]?.items).toEqual([expect.objectContaining({ account_number: '4011', quantity: -quantity }), expect.anything()]);
});
