import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';
import { named } from './parameters';

/** What programs hand over for a field and people would not: each is refused by the field's name, and nothing is posted. */

const HEAD = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', number: 'ODD' };
const define = (...line: INodeParameters[]): INodeParameters => ({ linesSource: 'define', lines: { line } });
const json = (lines: IDataObject[]): INodeParameters => ({ linesSource: 'json', linesJson: JSON.stringify(lines) });
/** An entry of one amount between two accounts, whose first line says more. */
const first = (more: IDataObject): INodeParameters =>
	json([
		{ account: '1930', debit: 100, ...more },
		{ account: '3004', credit: 100 },
	]);
const IN_EUR = { ...HEAD, currency: 'EUR', currencyExchangeRate: '11' };
const OTHER = /names another currency/;
const LINES = json([
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
]);
const SPREAD = {
	resource: 'journalEntry',
	operation: 'spread',
	journalId: 'A',
	number: 'S-1',
	amount: '100',
	firstMonth: '2026-05',
	lastMonth: '2026-06',
	resultAccount: '5010',
	balanceAccount: '1790',
};
const GET_ATTACHMENTS = { resource: 'journalEntry', operation: 'getAttachments', binaryPropertyName: 'data' };
const SELECTED = { resource: 'company', operation: 'get', output: 'selected' };
const LIST = { resource: 'account', operation: 'getAll' };

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

type Case = [what: string, parameters: INodeParameters, field: string, words: RegExp];
const CASES: Case[] = [
	[
		'a list for a name',
		{ resource: 'account', operation: 'create', number: '5801', name: '={{ ["Kaffe"] }}' },
		'name',
		/A list is not a text/,
	],
	['a list for a number', { ...HEAD, ...LINES, number: '={{ ["A","B"] }}' }, 'number', /A list is not a text/],
	['a control character in a number', { ...HEAD, ...LINES, number: '={{ "A" + String.fromCharCode(0) + "B" }}' }, 'number', /U\+0000/],
	...['#N/A', '#REF!', '#DIV/0!', '#SAKNAS!', '#NAMN?'].map((text): Case => [
		`a spreadsheet's ${text} for a number`,
		{ ...HEAD, ...LINES, number: `={{ "${text}" }}` },
		'number',
		/is the error of a spreadsheet/,
	]),
	...['NULL', 'Undefined', 'nan', 'None', '(null)', 'N/A'].map((text): Case => [
		`${text} for a number`,
		{ ...HEAD, ...LINES, number: `={{ "${text}" }}` },
		'number',
		/for a value that is missing/,
	]),
	['an empty list in a number', { ...HEAD, ...LINES, number: '=A-{{ [] }}' }, 'number', /gives nothing/],
	['a list of nothing in a number', { ...HEAD, ...LINES, number: '=A-{{ [null, ""] }}' }, 'number', /gives nothing/],
	['two days in place of one', { ...HEAD, ...LINES, date: '={{ Interval.after($now, { days: 1 }) }}' }, 'date', /not a date/],
	["a text that can't be seen", { ...HEAD, ...LINES, description: '={{ String.fromCharCode(8203, 8205) }}' }, 'description', /not shown/],
	["a text of a body that can't be seen", { ...HEAD, ...first({ description: '\u200b' }) }, 'lines[0].description', /not shown/],
	[
		'an object in the text of a body',
		{ ...HEAD, ...first({ description: 'Till [object Object]' }) },
		'lines[0].description',
		/an object in it/,
	],
	[
		"a name that can't be seen",
		{ resource: 'account', operation: 'create', number: '5801', name: '={{ String.fromCharCode(8203) }}' },
		'name',
		/not shown/,
	],
	...['100 kr', '100 SEK', '1 000:50 kr.'].map((debit): Case => [
		`${debit} in EUR`,
		{ ...IN_EUR, ...first({ debit }) },
		'lines[0].debit',
		OTHER,
	]),
	[
		'VAT in kr in an entry in EUR',
		{ ...IN_EUR, ...first({ account: '5410', tax_info: { tax_code: 'I', tax_amount: '25 kr' } }) },
		'lines[0].tax_info.tax_amount',
		OTHER,
	],
	['SEK in an entry in NOK', { ...IN_EUR, currency: 'NOK', ...first({ debit: '100 SEK' }) }, 'lines[0].debit', OTHER],
	[
		'a zero-width character in a search',
		{ ...LIST, filters: { search: '={{ "1930" + String.fromCharCode(8203) }}' } },
		'search',
		/U\+200B/,
	],
	[
		'a zero-width character in the name of a binary field',
		{ ...GET_ATTACHMENTS, journalEntryId: 'A-1-4', binaryPropertyName: '={{ "data" + String.fromCharCode(8203) }}' },
		'binaryPropertyName',
		/U\+200B/,
	],
	['a name that every object has', { ...SELECTED, outputFields: 'constructor' }, 'outputFields', /no field constructor/],
	[
		'a name that every object has, in a list',
		{ ...SELECTED, outputFields: '={{ ["id", "__proto__"] }}' },
		'outputFields',
		/no field __proto__/,
	],
	['an entry that is not there', { ...GET_ATTACHMENTS, journalEntryId: 'A-9999-4' }, 'journalEntryId', /no entry A 9999/],
	[
		'no checks at all',
		{ resource: 'report', operation: 'checkLedger', period: '2026-05', checks: '={{ [] }}' },
		'checks',
		/choose at least one/,
	],
	['a month after all years', { ...SPREAD, lastMonth: '9999-12-31' }, 'lastMonth', /is not a/],
	['a quarter after all years', { resource: 'vatReturn', operation: 'get', period: '9999-Q4' }, 'period', /is not a/],
	[
		'an SRU code that is none',
		{ resource: 'account', operation: 'update', accountNumber: '1930', updateFields: { sru: '={{ 12 }}' } },
		'sru',
		/fewer than four digits/,
	],
	[
		'an SRU code below zero',
		{ resource: 'account', operation: 'update', accountNumber: '1930', updateFields: { sru: '={{ -1 }}' } },
		'sru',
		/from 0 to 9999/,
	],
	[
		'two financial years',
		{ ...LIST, filters: { financialYearId: '3' }, options: { financialYearId: '4' } },
		'financialYearId',
		/filters name the financial year 3 and the options 4/,
	],
	[
		'another chart than that of the year',
		{
			resource: 'financialYear',
			operation: 'create',
			dateFrom: '2026-01-01',
			dateTo: '2026-12-31',
			additionalFields: { accountChart: 'Bas 2025' },
		},
		'accountChart',
		/with the chart Bas 2026/,
	],
	[
		'a partner that no row can carry',
		{ resource: 'journalEntry', operation: 'getAll', filters: { partnerId: 'Å'.repeat(20) } },
		'partnerId',
		/longer than what a row can carry/,
	],
	[
		'a partner with a character that is not shown',
		{ resource: 'journalEntry', operation: 'getAll', filters: { partnerId: '={{ "K-1" + String.fromCharCode(8205) }}' } },
		'partnerId',
		/U\+200D/,
	],
	[
		'an unknown VAT code in a gross amount',
		{
			...HEAD,
			...define({ account: '3001', credit: '100', tax_info: { tax_code: 'MOMS25', gross: true } }, { account: '1930', debit: '100' }),
		},
		'lines[0].tax_info.tax_code',
		/not one of Fortnox's VAT codes/,
	],
	['a cost center of a spread', { ...SPREAD, additionalFields: { costCenter: 'NOPE' } }, 'costCenter', /no cost center NOPE/],
	[
		'a result account of a spread that is not in the chart',
		{ ...SPREAD, resultAccount: '5899' },
		'resultAccount',
		/5899 is not in the chart/,
	],
	...['1930', '1910', '2641', '1650'].flatMap((account): Case[] => [
		[`amounts that wait on ${account}, spread`, { ...SPREAD, balanceAccount: account }, 'balanceAccount', /on which nothing waits/],
		[
			`amounts that wait on ${account}, in an entry`,
			{
				...HEAD,
				...first({ account: '5010', start_date: '2026-06-01', end_date: '2026-07-31' }),
				additionalFields: { accrualAccount: account },
			},
			'accrual_account',
			/on which nothing waits/,
		],
	]),
	[
		'a balance account of a spread that is not in the chart',
		{ ...SPREAD, balanceAccount: '1799' },
		'balanceAccount',
		/1799 is not in the chart/,
	],
	[
		'a VAT account that is not in the chart',
		{
			...HEAD,
			...json([
				{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25, vat_account: '2618' } },
				{ account: '1930', debit: 125 },
			]),
		},
		'lines[0].tax_info.vat_account',
		/2618 is not in the chart/,
	],
	[
		'a partner’s account that is not in the chart',
		{
			...HEAD,
			...json([
				{ account: 'K-1', account_type: 'customer_account', force_general_account: '1599', debit: 100 },
				{ account: '3004', credit: 100 },
			]),
		},
		'lines[0].force_general_account',
		/1599 is not in the chart/,
	],
	[
		'a bank account that is not in the chart',
		{ ...HEAD, resource: 'financialEntry', financialCounterpartAccount: '1999', ...json([{ account: '3004', amount: 100 }]) },
		'financial_counterpart_account',
		/1999 is not in the chart/,
	],
	[
		'a balancing account that is not in the chart',
		{ ...HEAD, ...json([{ account: '3004', credit: 100 }]), additionalFields: { balancingAccount: '1999' } },
		'balancing_account',
		/1999 is not in the chart/,
	],
];

it.each(CASES)('%s', async (_what, parameters, field, words) => {
	const before = countVouchers(world.sandbox);
	const { error } = await world.run(parameters);
	expect([named(error), error?.message]).toEqual([expect.arrayContaining([field]), expect.stringMatching(words)]);
	expect([countVouchers(world.sandbox) - before, ['POST', 'PUT'].flatMap((method) => world.requests(method, /^\/3\//))]).toEqual([0, []]);
});

it.each(['Faktura undefined', 'null', 'Vecka NaN'])('the text %s is posted, with a hint', async (description) => {
	const result = await world.run({ ...HEAD, ...LINES, number: description.length, description });
	expect(result.json()[0]?.description).toBe(description);
	expect(result.hints().join('\n')).toMatch(/^Description: ".*" has the word/m);
});

it('kr in an entry in DKK is its own', async () => {
	const kr = json([
		{ account: '1930', debit: '100 kr' },
		{ account: '3004', credit: '100 kr' },
	]);
	const inDkk = { ...HEAD, number: 'DKK', currency: 'DKK', currencyExchangeRate: '1,5', options: { acceptRate: true } };
	const [item] = (await world.run({ ...inDkk, ...kr })).json();
	expect(item).toMatchObject({ items: [{ debit: 150 }, { credit: 150 }] });
});

it('a text of a whole file is not repeated in the message', async () => {
	const long = 'x'.repeat(100_000);
	for (const change of [
		{ journalId: long },
		{ date: long },
		json([
			{ account: long, debit: 1 },
			{ account: '3004', credit: 1 },
		]),
		json([{ [long]: 1 }, {}]),
	]) {
		const { error } = await world.run({ ...HEAD, ...LINES, ...change });
		expect([error?.message.includes('x'.repeat(60)), (error?.message ?? '').length < 2000]).toEqual([true, true]);
	}
});

it('a list of fields is taken as one with commas is', async () => {
	const [item] = (await world.run({ ...SELECTED, outputFields: '={{ ["id", "name"] }}' })).json();
	expect(Object.keys(item ?? {}).sort()).toEqual(['id', 'name', 'tenant_id']);
});

it('a partner that no entry names gets a hint with the empty list', async () => {
	const result = await world.run({ resource: 'journalEntry', operation: 'getAll', filters: { partnerId: 'K-77' } });
	expect([result.json(), result.hints().join(' ')]).toEqual([[], expect.stringMatching(/Partner ID: no entry .* 'K-77'/)]);
});
