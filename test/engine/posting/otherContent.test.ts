import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { COMPANY, countVouchers, startWorld, type World } from '../support/world';

interface Change {
	/** What the entry has in place of the usual. */
	first?: INodeParameters;
	/** What it is run again with. */
	then: INodeParameters;
	/** What the error says of it. */
	says: RegExp;
}

const json = (...lines: object[]): INodeParameters => ({ linesJson: JSON.stringify(lines) });
const cost = { account: '6310', debit: 300 };
const bank = { account: '1930', credit: 300 };
const period = (from: string, to: string) => ({ start_date: from, end_date: to });
const split = (butik: number) => ({
	analytic_distribution: [
		{
			analytic_plan: 'cost_center',
			analytic_accounts: [
				{ analytic_account: 'BUTIK', percentage: butik },
				{ analytic_account: 'WEBB', percentage: 100 - butik },
			],
		},
	],
});
const more = (fields: INodeParameters): INodeParameters => ({ additionalFields: fields });

const JOURNAL: Record<string, Change> = {
	journal: { then: { journalId: 'A' }, says: /the journal was API and is A|the journal was 'API' and is 'A'/ },
	'journal left empty before': {
		first: { journalId: '' },
		then: { journalId: 'A' },
		says: /given in another way, such as with a field named that was left empty \(journal/,
	},
	date: { then: { date: '2026-10-06' }, says: /the day was 2026-10-05 and is 2026-10-06/ },
	'date left empty before': { first: { date: '' }, then: { date: '2026-11-26' }, says: /given in another way|the day was/ },
	description: { then: { description: 'Other' }, says: /the text was 'Insurance' and is 'Other'/ },
	reference: {
		then: more({ reference: 'R-2' }),
		first: more({ reference: 'R-1' }),
		says: /the reference was 'R-1' and is 'R-2'/,
	},
	comments: { then: more({ comments: 'two' }), first: more({ comments: 'one' }), says: /the comment was 'one' and is 'two'/ },
	'comments left out': { then: {}, first: more({ comments: 'one' }), says: /the comment was 'one' and is empty/ },
	'comments that are new': { then: more({ comments: 'two' }), says: /the comment was empty and is 'two'/ },
	amount: {
		then: json({ ...cost, debit: 310 }, { ...bank, credit: 310 }),
		says: /the amount on 6310 was 300\.00 and is 310\.00/,
	},
	account: { then: json({ ...cost, account: '5410' }, bank), says: /5410 had no row and now has 300\.00 in debit/ },
	side: {
		then: json({ account: '6310', credit: 300 }, { account: '1930', debit: 300 }),
		says: /6310 was 300\.00 in debit and is 300\.00 in credit/,
	},
	'division of a line': {
		then: json({ ...cost, debit: 100 }, { ...cost, debit: 200 }, bank),
		says: /divided over its rows in another way/,
	},
	'order of the rows': { first: json(cost, bank), then: json(bank, cost), says: /the same rows are booked, in another order/ },
	'text of a line': {
		first: json({ ...cost, description: 'one' }, bank),
		then: json({ ...cost, description: 'two' }, bank),
		says: /text or partner of the row on 6310 was 'one' and is 'two'/,
	},
	'cost center': {
		first: json({ ...cost, cost_center: 'BUTIK' }, bank),
		then: json({ ...cost, cost_center: 'WEBB' }, bank),
		says: /cost center BUTIK had .* and now has no row/,
	},
	distribution: {
		first: json({ ...cost, ...split(50) }, bank),
		then: json({ ...cost, ...split(40) }, bank),
		says: /cost center BUTIK was 150\.00 and is 120\.00/,
	},
	partner: {
		first: json(cost, { account_type: 'supplier_account', account: '7', force_general_account: '2440', credit: 300 }),
		then: json(cost, { account_type: 'supplier_account', account: '8', force_general_account: '2440', credit: 300 }),
		says: /text or partner of the row on 2440/,
	},
	'VAT code': {
		first: json({ account: '1930', debit: 125 }, { account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } }),
		then: json({ account: '1930', debit: 125 }, { account: '3001', credit: 100 }, { account: '2611', credit: 25 }),
		says: /given in another way.*VAT by its code in place of a row/,
	},
	'VAT amount': {
		first: json({ account: '1930', debit: 125 }, { account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } }),
		then: json({ account: '1930', debit: 125 }, { account: '3001', credit: 125, tax_info: { tax_code: 'MP1', gross: true } }),
		says: /given in another way/,
	},
	currency: {
		first: { currency: 'EUR', currencyExchangeRate: 11 },
		then: { currency: 'USD', currencyExchangeRate: 11, options: { acceptRate: true } },
		says: /the currency was 'EUR' and is 'USD'/,
	},
	'exchange rate': {
		first: { currency: 'EUR', currencyExchangeRate: 11 },
		then: { currency: 'EUR', currencyExchangeRate: 11.1 },
		says: /the exchange rate was 11 and is 11\.1/,
	},
	'no currency': {
		first: { currency: 'EUR', currencyExchangeRate: 11 },
		then: {},
		says: /the currency was 'EUR' and is empty/,
	},
	'balancing account': {
		first: { ...json(cost), ...more({ balancingAccount: '1930' }) },
		then: json(cost, bank),
		says: /given in another way/,
	},
	'end of the period': {
		first: json({ ...cost, ...period('2026-10-01', '2026-12-31') }, bank),
		then: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank),
		says: /with other content: of number '.*\/1': the text was 'Insurance 1\/3' and is '.* 1\/2', the amount on 6310 was 100\.00 and is 150\.00/,
	},
	'beginning of the period': {
		first: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank),
		then: json({ ...cost, ...period('2026-11-01', '2026-12-31') }, bank),
		says: /of number '.*\/1': the day was 2026-10-31 and is 2026-11-30/,
	},
	'first day of the period, within its month': {
		first: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank),
		then: json({ ...cost, ...period('2026-10-17', '2026-11-30') }, bank),
		says: /given in another way, .*a period of other days/,
	},
	'a period that is new': { then: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank), says: /1790 had no row/ },
	'no period': {
		first: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank),
		then: {},
		says: /1790 had 300\.00 in debit and now has no row/,
	},
	'accrual account': {
		first: { ...json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank), ...more({ accrualAccount: '1730' }) },
		then: json({ ...cost, ...period('2026-10-01', '2026-11-30') }, bank),
		says: /1730 had 300\.00/,
	},
	'day of the reversal': {
		first: more({ reverseOn: '2026-11-01' }),
		then: more({ reverseOn: '2026-11-02' }),
		says: /day of its reversal \(reverse_on\) was 2026-11-01 and is 2026-11-02/,
	},
	'a reversal that is new': {
		then: more({ reverseOn: '2026-11-02' }),
		says: /day of its reversal \(reverse_on\) was empty and is 2026-11-02/,
	},
};

const FINANCIAL: Record<string, Change> = {
	'bank account': { then: { financialCounterpartAccount: '1920' }, says: /1920 had no row/ },
	amount: { then: json({ account: '6570', amount: -6 }), says: /the amount on 6570 was 5\.00 and is 6\.00/ },
	journal: { then: { journalId: 'A' }, says: /the journal was '?API'? and is '?A'?/ },
	date: { then: { date: '2026-10-06' }, says: /the day was/ },
};

const SPREAD: Record<string, Change> = {
	'first month': { then: { firstMonth: '2026-09' }, says: /the day was 2026-10-31 and is 2026-09-30/ },
	'last month': { then: { lastMonth: '2026-12' }, says: /Prepaid 1\/2' and is 'Prepaid 1\/3'/ },
	amount: { then: { amount: 400 }, says: /was 150\.00 and is 200\.00/ },
	'result account': { then: { resultAccount: '5410' }, says: /5410 had no row/ },
	'balance account': { then: { balanceAccount: '1790' }, says: /1790 had no row/ },
	method: { then: { method: 'days' }, says: /was 150\.00 and is 152\.45/ },
	journal: { then: { journalId: 'A' }, says: /the journal was '?API'? and is '?A'?/ },
	description: { then: { description: 'Other' }, says: /the text was 'Prepaid 1\/2' and is 'Other 1\/2'/ },
	'cost center': { then: more({ costCenter: 'BUTIK' }), says: /cost center BUTIK had no row/ },
};

const BASES: Record<string, INodeParameters> = {
	journal: {
		resource: 'journalEntry',
		operation: 'create',
		description: 'Insurance',
		date: '2026-10-05',
		linesSource: 'json',
		...json(cost, bank),
	},
	financial: {
		resource: 'financialEntry',
		operation: 'create',
		financialCounterpartAccount: '1930',
		description: 'Fee',
		date: '2026-10-05',
		linesSource: 'json',
		...json({ account: '6570', amount: -5 }),
	},
	spread: {
		resource: 'journalEntry',
		operation: 'spread',
		amount: 300,
		resultAccount: '6310',
		balanceAccount: '1730',
		firstMonth: '2026-10',
		lastMonth: '2026-11',
		description: 'Prepaid',
	},
};

/** Whatever one changes of what stands under a number: the error is that of a number, says what, and nothing is posted. */
describe('the same number with another', () => {
	let world: World;
	let count = 0;
	beforeAll(async () => {
		world = await startWorld();
		const company = world.sandbox.company(COMPANY);
		company.setLocked(null);
		for (const currency of company.currencies) currency.date = '2026-10-05';
	});
	afterAll(async () => await world.close());

	const cases = Object.entries({ journal: JOURNAL, financial: FINANCIAL, spread: SPREAD }).flatMap(([kind, changes]) =>
		Object.entries(changes).map(([field, change]): [string, string, Change] => [kind, field, change]),
	);
	it.each(cases)('%s entry: %s', async (kind, _, { first = {}, then, says }) => {
		const parameters = { ...BASES[kind], journalId: 'API', number: `OC-${++count}` };
		const posted = await world.run({ ...parameters, ...first });
		expect(posted.error?.message).toBeUndefined();
		const before = countVouchers(world.sandbox);
		for (const process of ['same', 'new']) {
			if (process === 'new') world.reconnect();
			const { error } = await world.run({ ...parameters, ...then });
			expect(error?.context?.error_code ?? 'posted').toBe('ERROR_NUMBER_ALREADY_USED');
			expect(error?.message).toMatch(says);
			// No digest: nobody can do anything with one.
			expect(error?.message).not.toMatch(/\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/);
			expect(error?.message).toContain(String((posted.json()[0] as IDataObject).id));
		}
		expect(countVouchers(world.sandbox)).toBe(before);
		const again = await world.run({ ...parameters, ...first });
		expect(again.error?.message).toBeUndefined();
		expect(again.json().every(({ already_posted }) => already_posted === true)).toBe(true);
		expect(countVouchers(world.sandbox)).toBe(before);
	});
});
