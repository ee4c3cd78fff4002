import type { IDataObject } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';
import { timesNothing } from '../input/parameters';

/**
 * What people and programs get wrong. Each row: what is wrong, what changes in a good entry, the code, and words that
 * the message must have. Every one is run against the sandbox, whose log proves that nothing was posted.
 */
type Row = [wrong: string, change: IDataObject, code: string, words: RegExp];

const LINES = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];

const lines = (...changed: IDataObject[]): IDataObject => ({ linesJson: JSON.stringify(changed) });
const body = (fields: IDataObject): IDataObject => ({ linesJson: JSON.stringify({ items: LINES, ...fields }) });
const first = (fields: IDataObject): IDataObject => lines({ ...LINES[0], ...fields }, LINES[1] ?? {});

const JOURNAL_ENTRIES: Row[] = [
	['no lines', lines(), 'ERROR_DATA_VALIDATION', /at least two lines/],
	['one line', lines({ account: '1930', debit: 1 }), 'ERROR_DATA_VALIDATION', /at least two lines/],
	['JSON that is none', { linesJson: '[{"account": 1930,]' }, 'ERROR_DATA_VALIDATION', /linesJson: .*not valid JSON/],
	['JSON of another kind', { linesJson: '"1930"' }, 'ERROR_DATA_VALIDATION', /array of lines/],
	['a line that is no object', { linesJson: '[1, 2]' }, 'ERROR_DATA_VALIDATION', /lines\[0\]: a line is an object/],
	['an unknown field of a line', first({ kredit: 5 }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.kredit: there is no such field/],
	['an unknown field of the entry', body({ jornal_id: 'A' }), 'ERROR_DATA_VALIDATION', /jornal_id: there is no such field/],
	['an entry off by an öre', first({ debit: 100.01 }), 'ERROR_ENTRY_NOT_BALANCED', /100\.01.*100\.00.*0\.01 too much in debit/],
	['an entry off by a lot', first({ debit: 1 }), 'ERROR_ENTRY_NOT_BALANCED', /99\.00 too much in credit/],
	['both sides of a line', first({ credit: 100 }), 'ERROR_DEBIT_CREDIT_VALUE', /both debit and credit/],
	['no side of a line', first({ debit: 0 }), 'ERROR_DEBIT_CREDIT_VALUE', /neither debit nor credit/],
	['a negative amount', first({ debit: -100 }), 'ERROR_DEBIT_CREDIT_VALUE', /negative/],
	['three decimals', first({ debit: 100.005 }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['an ambiguous amount', first({ debit: '1,234' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['another ambiguous amount', first({ debit: '1.234' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['an amount in words', first({ debit: 'hundra' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['an amount with an exponent', first({ debit: '1e2' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['more than 14 digits', first({ debit: 1_000_000_000_000 }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	['an amount that is an object', first({ debit: { value: 1 } }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.debit/],
	[
		'a missing account',
		lines({ debit: 1 }, { account: '3004', credit: 1 }),
		'ERROR_DATA_VALIDATION',
		/lines\[0\]\.account: name the account/,
	],
	['an account of three digits', first({ account: '193' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.account.*193/],
	['an account of five digits', first({ account: '19300' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.account/],
	['an account with its name', first({ account: '1930 Bank' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.account/],
	['an account below 1000', first({ account: '0999' }), 'ERROR_DATA_VALIDATION', /lines\[0\]\.account/],
	[
		'an account that is not in the chart',
		first({ account: '1939' }),
		'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
		/1939 is not in the chart.*2026-01-01/,
	],
	['an inactive account', first({ account: '1941' }), 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE', /1941 \(Skattesparkonto\) is not active/],
	['an unknown account type', first({ account_type: 'bank' }), 'ERROR_DATA_VALIDATION', /account_type: 'bank' is not one of/],
	[
		'a customer line without an account',
		first({ account_type: 'customer_account', account: '7' }),
		'ERROR_PARTNER_ACCOUNT_MISSING',
		/force_general_account: Fortnox does not link/,
	],
	[
		'a supplier line without an account',
		first({ account_type: 'supplier_account', account: '7' }),
		'ERROR_PARTNER_ACCOUNT_MISSING',
		/force_general_account/,
	],
	[
		'a customer line without the customer',
		first({ account_type: 'customer_account', account: '', force_general_account: '1515' }),
		'ERROR_DATA_VALIDATION',
		/partner's id/,
	],
	[
		'VAT on a customer line',
		first({ account_type: 'customer_account', account: '7', force_general_account: '1515', tax_info: { tax_code: 'MP1', tax_amount: 1 } }),
		'ERROR_DATA_VALIDATION',
		/only lines on general accounts/,
	],
	[
		'a partner id that does not fit',
		first({ account_type: 'customer_account', account: 'x'.repeat(120), force_general_account: '1515' }),
		'ERROR_DATA_VALIDATION',
		/partner's id is too long/,
	],
	[
		'half a character in a partner id',
		first({ account_type: 'customer_account', account: 'K7\ud83d', force_general_account: '1515' }),
		'ERROR_DATA_VALIDATION',
		/lines\[0\]\.account: it contains half a character/,
	],
	['half a character in a number', { number: 'N\udc8e' }, 'ERROR_DATA_VALIDATION', /^number: it contains half a character/],
	[
		'half a character in a reference',
		{ additionalFields: { reference: '\ud83dR' } },
		'ERROR_DATA_VALIDATION',
		/^reference: it contains half a character/,
	],
	[
		'half a character in a cost center',
		first({ cost_center: 'B\ud83d' }),
		'ERROR_DATA_VALIDATION',
		/lines\[0\]\.cost_center: it contains half a character/,
	],
	[
		'half a character in a share',
		first({ analytic_distribution: [{ analytic_plan: 'project', analytic_accounts: [{ analytic_account: '1\ud83d', percentage: 100 }] }] }),
		'ERROR_DATA_VALIDATION',
		/analytic_account: it contains half a character/,
	],
	[
		'an account to create',
		first({ account_info: { account_number: '1939', account_name: 'Ny' } }),
		'ERROR_DATA_VALIDATION',
		/Create the account first/,
	],
	[
		'a missing mandatory cost center',
		lines({ account: '1930', debit: 1 }, { account: '3041', credit: 1 }),
		'ERROR_ANALYTIC_ACCOUNT_REQUIRED',
		/3041 must have a cost center/,
	],
	[
		'a missing mandatory project',
		lines({ account: '4600', debit: 1 }, { account: '1930', credit: 1 }),
		'ERROR_ANALYTIC_ACCOUNT_REQUIRED',
		/4600 must have a project/,
	],
	[
		'a cost center where none is allowed',
		lines({ account: '1510', debit: 1, cost_center: 'BUTIK' }, { account: '3004', credit: 1 }),
		'ERROR_ANALYTIC_ACCOUNT_NOT_ALLOWED',
		/1510 allows no cost center/,
	],
	[
		'a project where none is allowed',
		lines({ account: '2440', credit: 1, project: '1' }, { account: '4010', debit: 1 }),
		'ERROR_ANALYTIC_ACCOUNT_NOT_ALLOWED',
		/2440 allows no project/,
	],
	['an unknown cost center', first({ cost_center: 'NIX' }), 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND', /no cost center NIX.*BUTIK/],
	['a closed cost center', first({ cost_center: 'GAMLA' }), 'ERROR_ANALYTIC_ACCOUNT_CLOSED', /GAMLA is not active/],
	['an unknown project', first({ project: '99' }), 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND', /no project 99/],
	['a completed project', first({ project: '2' }), 'ERROR_ANALYTIC_ACCOUNT_CLOSED', /project 2 is completed/],
	[
		'a project that has not begun',
		first({ project: 'P30' }),
		'ERROR_ANALYTIC_ACCOUNT_CLOSED',
		/project P30 accepts entries from 2026-11-01 until 2026-12-15, and the entry is dated 2026-06-01\. Change the date.* Open ones: 1\./,
	],
	[
		'shares that do not make 100',
		first({
			analytic_distribution: [{ analytic_plan: 'cost_center', analytic_accounts: [{ analytic_account: 'BUTIK', percentage: 60 }] }],
		}),
		'ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT',
		/do not add up to 100/,
	],
	[
		'an unknown plan',
		first({ analytic_distribution: [{ analytic_plan: 'region', analytic_accounts: [] }] }),
		'ERROR_ANALYTIC_PLAN_NOT_FOUND',
		/'cost_center' and 'project'/,
	],
	[
		'two cost centers given in two ways',
		first({
			cost_center: 'WEBB',
			analytic_distribution: [{ analytic_plan: 'cost_center', analytic_accounts: [{ analytic_account: 'BUTIK', percentage: 100 }] }],
		}),
		'ERROR_DATA_VALIDATION',
		/Give it once/,
	],
	['an unknown VAT code', first({ tax_info: { tax_code: 'MOMS', tax_amount: 1 } }), 'ERROR_TAX_CODE_NOT_FOUND', /MOMS.*MP1/],
	['VAT of no certain rate without an amount', first({ tax_info: { tax_code: 'I' } }), 'ERROR_DATA_VALIDATION', /tax_amount: .*VAT amount/],
	['VAT without a code', first({ tax_info: { tax_amount: 5 } }), 'ERROR_DATA_VALIDATION', /tax_code: give the VAT code/],
	['negative VAT', first({ tax_info: { tax_code: 'MP1', tax_amount: -5 } }), 'ERROR_DEBIT_CREDIT_VALUE', /tax_amount: -5\.00 is negative/],
	[
		'an unknown field of the VAT',
		first({ tax_info: { tax_code: 'MP1', tax_amount: 1, rate: 25 } }),
		'ERROR_DATA_VALIDATION',
		/tax_info\.rate: there is no such field/,
	],
	[
		'VAT that unbalances the entry',
		first({ account: '5410', tax_info: { tax_code: 'I', tax_amount: 25 } }),
		'ERROR_ENTRY_NOT_BALANCED',
		/25\.00 too much in debit/,
	],
	[
		'a VAT code that the account does not have',
		lines({ account: '1930', debit: 1 }, { account: '3001', credit: 1, tax_code: 'MP2' }),
		'ERROR_VAT_BASE_ACCOUNT',
		/MP2 is sales at 12 %.*3001 has MP1/,
	],
	['a date that is none', { date: '2026-02-30' }, 'ERROR_DATA_VALIDATION', /^date: /],
	['a date in another form', { date: '31/12/2026' }, 'ERROR_DATA_VALIDATION', /^date: /],
	['a serial number of a spreadsheet', { date: 46023 }, 'ERROR_DATA_VALIDATION', /^date: /],
	['a date outside all financial years', { date: '2019-06-01' }, 'ERROR_BOOKYEAR_NOT_FOUND', /no financial year that 2019-06-01 lies in/],
	['a date in the gap between years', { date: '2023-06-01' }, 'ERROR_BOOKYEAR_NOT_FOUND', /2023-06-01/],
	['a date in the locked period', { date: '2025-12-31' }, 'ERROR_PERIOD_CLOSED', /locked up to and including 2025-12-31/],
	['a journal in small letters', { journalId: 'a' }, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID', /Write "A"/],
	['a journal that does not exist', { journalId: 'X' }, 'ERROR_JOURNAL_NOT_FOUND', /no voucher series X.*A, API/],
	['a journal that is not manual', { journalId: 'B' }, 'ERROR_JOURNAL_NOT_GOOD_SCOPE', /B \(.*\) is not manual.*A, API/],
	['a foreign entry without a rate', { currency: 'EUR' }, 'ERROR_CURRENCY_NOT_ALLOWED', /in EUR, and Fortnox keeps its books in SEK/],
	['a foreign entry with the rate 0', { currency: 'EUR', currencyExchangeRate: 0 }, 'ERROR_CURRENCY_NOT_ALLOWED', /1 EUR = … SEK/],
	['the rate of 1 left over', { currency: 'EUR', currencyExchangeRate: 1 }, 'ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE', /left over/],
	['the inverse of the rate', { currency: 'EUR', currencyExchangeRate: 0.0909 }, 'ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE', /price of 1 SEK/],
	['the rate for 100 units', { currency: 'JPY', currencyExchangeRate: 6.05 }, 'ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE', /for 100 JPY/],
	['a rate that is far off', { currency: 'EUR', currencyExchangeRate: 14.5 }, 'ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE', /31 %/],
	[
		'a rate that is no number',
		body({ currency: 'EUR', currency_exchange_rate: 'elva' }),
		'ERROR_DATA_VALIDATION',
		/currency_exchange_rate/,
	],
	['a rate for SEK', body({ currency_exchange_rate: 11.2 }), 'ERROR_DATA_VALIDATION', /SEK has no exchange rate/],
	['a currency that is no code', { currency: 'euro' }, 'ERROR_INVALID_CURRENCY_FORMAT', /three letters/],
	[
		'a currency that the register lacks',
		{ currency: 'CHF', options: { rateFromRegister: true } },
		'ERROR_CURRENCY_NOT_FOUND',
		/has no (?:buying|selling) rate for CHF/,
	],
	['an old rate of the register', { currency: 'PLN', options: { rateFromRegister: true } }, 'ERROR_EXCHANGE_RATE_TOO_OLD', /2025-02-14/],
	[
		'a line that converts to nothing',
		{ currency: 'JPY', currencyExchangeRate: 0.06, ...lines({ account: '1930', debit: 0.05 }, { account: '3004', credit: 0.05 }) },
		'ERROR_DATA_VALIDATION',
		/0\.00 SEK/,
	],
	['a description that is too long', { description: 'x'.repeat(201) }, 'ERROR_DATA_VALIDATION', /description: at most 200/],
	['comments that are too long', { additionalFields: { comments: 'x'.repeat(1001) } }, 'ERROR_DATA_VALIDATION', /comments: at most 1000/],
	[
		'comments that do not fit beside the mark',
		{ additionalFields: { comments: 'x'.repeat(990) } },
		'ERROR_DATA_VALIDATION',
		/fit beside the mark/,
	],
	[
		'characters that Fortnox does not accept',
		{ description: 'Kaffe "Gevalia"', options: { unsupportedCharacters: 'fail' } },
		'ERROR_DATA_VALIDATION',
		/does not accept the characters "/,
	],
	['half of a period', body({ start_date: '2026-01-01' }), 'ERROR_DATA_VALIDATION', /end_date: give both days/],
	['a PDF that is not base64', body({ pdf: 'not base64!' }), 'ERROR_INVALID_BASE64_STRING', /not base64/],
	['a name of a PDF with a path', body({ pdf: 'JVBERi0=', pdf_name: '../x.pdf' }), 'ERROR_DATA_VALIDATION', /pdf_name/],
	[
		'a group field that the items lack',
		{ linesSource: 'inputItems', groupBy: 'voucher' },
		'ERROR_DATA_VALIDATION',
		/no value in the field 'voucher'.* It has /,
	],
	['a missing binary field', { additionalFields: { binaryPropertyName: 'receipt' } }, 'ERROR_DATA_VALIDATION', /no binary field 'receipt'/],
];

const financial = (...changed: IDataObject[]): IDataObject => ({ linesJson: JSON.stringify(changed) });

const FINANCIAL_ENTRIES: Row[] = [
	[
		'a counterpart whose expression gives nothing',
		{ financialCounterpartAccount: '={{ $json.none }}' },
		'ERROR_EXPRESSION_EMPTY',
		/^financialCounterpartAccount: .*\$json\.none/,
	],
	[
		'a counterpart that is no bank',
		{ financialCounterpartAccount: '1510' },
		'ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE',
		/1510 is not a bank or cash account.*1930/,
	],
	['a counterpart that does not exist', { financialCounterpartAccount: '1999' }, 'ERROR_ACCOUNT_NUMBER_NOT_FOUND', /1999/],
	['an inactive counterpart', { financialCounterpartAccount: '1941' }, 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE', /1941/],
	['no lines', financial(), 'ERROR_DATA_VALIDATION', /at least one line/],
	['no amount', financial({ account: '3004' }), 'ERROR_DEBIT_CREDIT_VALUE', /amount: give the amount/],
	['an amount of nothing', financial({ account: '3004', amount: 0 }), 'ERROR_DEBIT_CREDIT_VALUE', /zero/],
	['debit in place of an amount', financial({ account: '3004', debit: 5 }), 'ERROR_DATA_VALIDATION', /debit: there is no such field/],
	['an inactive account', financial({ account: '3044', amount: 5 }), 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE', /3044/],
	[
		'an employee line without an account',
		financial({ account: '12', account_type: 'employee_account', amount: 5 }),
		'ERROR_PARTNER_ACCOUNT_MISSING',
		/force_general_account/,
	],
];

describe('bad input', () => {
	let world: World;
	const ledger = (): number => countVouchers(world.sandbox);

	beforeAll(async () => {
		world = await startWorld();
	});

	beforeEach(() => world.reconnect());

	afterAll(async () => {
		await world.close();
	});

	async function refused(resource: string, good: IDataObject, [, change, code, words]: Row): Promise<void> {
		const before = ledger();
		world.forget();
		const parameters = { resource, operation: 'create', journalId: 'A', date: '2026-06-01', linesSource: 'json', ...good, ...change };
		const stopped = await world.run(parameters);
		expect(stopped.error?.message).toMatch(words);
		expect([stopped.error?.context?.error_code, timesNothing(stopped.error)]).toEqual([code, 1]);
		const continued = await world.run(parameters, { onError: 'continueRegularOutput' });
		expect(continued.json()).toEqual([expect.objectContaining({ error_code: code, item_index: 0 })]);
		expect(world.requests('POST')).toEqual([]);
		expect(ledger()).toBe(before);
	}

	it.each(JOURNAL_ENTRIES)('journal entry: %s is refused and nothing posted', async (...row) => {
		await refused('journalEntry', { linesJson: JSON.stringify(LINES) }, row);
	});

	it.each(FINANCIAL_ENTRIES)('financial entry: %s is refused and nothing posted', async (...row) => {
		const good = { financialCounterpartAccount: '1930', linesJson: JSON.stringify([{ account: '3004', amount: 100 }]) };
		await refused('financialEntry', good, row);
	});

	it('reports all problems of an entry together', async () => {
		const { error } = await world.run({
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'a',
			date: '2026-13-01',
			linesSource: 'json',
			linesJson: JSON.stringify([
				{ account: '19', debit: '1,234' },
				{ account: '3004', credit: -5, kontonr: 3 },
			]),
		});
		const fields = (error?.context?.problems as IDataObject[]).map(({ field }) => field);
		expect(fields).toEqual(['journal_id', 'date', 'lines[0].account', 'lines[0].debit', 'lines[1].kontonr', 'lines[1].credit']);
	});

	it('posts nothing where only the last of many entries is wrong', async () => {
		const before = ledger();
		world.forget();
		const { error } = await world.run(
			{
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: '2026-06-01',
				linesSource: 'json',
				linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: $json.account, credit: $json.amount }] }}',
			},
			{ input: [...Array.from({ length: 9 }, (_, index) => ({ amount: index + 1, account: '3004' })), { amount: 3, account: '3044' }] },
		);
		expect(error?.message).toMatch(/3044.*Nothing was posted/);
		expect(error?.context?.itemIndex).toBe(9);
		expect(world.requests('POST')).toEqual([]);
		expect(ledger()).toBe(before);
	});
});

describe('an account that must have a cost center', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
		const year = world.sandbox.company().year(4);
		for (const number of [1930, 2641]) {
			const account = year.accounts.get(number);
			if (account !== undefined) year.setAccount({ ...account, costCenterSettings: 'MANDATORY' });
		}
	});
	afterAll(async () => await world.close());

	it.each([
		[
			'VAT',
			'lines[0].tax_info',
			[
				{ account: '5410', debit: 125, tax_info: { tax_code: 'I 25', gross: true } },
				{ account: '3740', credit: 125 },
			],
		],
		['the balancing row', 'balancing_account', [{ account: '3740', debit: 125 }]],
	])('and gets %s in a row that the node adds: the message names no field that does not exist', async (_, field, lines) => {
		const before = countVouchers(world.sandbox);
		const { error } = await world.run({
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			linesSource: 'json',
			linesJson: JSON.stringify(lines),
			...(field === 'balancing_account' && { additionalFields: { balancingAccount: '1930' } }),
		});
		expect(error?.message).toContain(`${field}: account`);
		expect(error?.message).toContain('the row that is added here has none. Book the row as a line of its own');
		expect(countVouchers(world.sandbox)).toBe(before);
	});
});
