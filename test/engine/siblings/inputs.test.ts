import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

/** Siblings of the handed cases of inputs: other values, parameters and operations, as n8n hands them over. */
let world: World;
let before: number;
let numbers = 0;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => {
	world.reconnect();
	before = countVouchers(world.sandbox);
});
afterAll(async () => await world.close());

const LINES = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];
const entry = (more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	number: `SI-${++numbers}`,
	linesSource: 'json',
	linesJson: JSON.stringify(LINES),
	...more,
});
const BANK_LINES = '[{"account":"3004","amount":100}]';
const FINANCIAL: INodeParameters = { resource: 'financialEntry', financialCounterpartAccount: '1930', linesJson: BANK_LINES };
const FROM_ITEMS: INodeParameters = { linesSource: 'inputItems', allItems: true };
const added = (): number => countVouchers(world.sandbox) - before;

it.each<[string, INodeParameters, IDataObject[]]>([
	['a blank around it', { options: { dryRun: '={{ " true " }}' } }, [{}]],
	['in mixed case', { options: { dryRun: '={{ "tRuE" }}' } }, [{}]],
	['1 as text', { options: { dryRun: '={{ "1" }}' } }, [{}]],
	['of a financial entry', { ...FINANCIAL, options: { dryRun: '={{ $json.test }}' } }, [{ test: 'TRUE' }]],
	['by a condition', { options: { dryRun: '={{ $json.stage === "test" }}' } }, [{ stage: 'test' }]],
])('a switch is on: %s', async (_what, parameters, input) => {
	const result = await world.run(entry(parameters), { input });
	expect(result.json()[0]).toMatchObject({ dry_run: true });
	expect(added()).toBe(0);
});

it.each<[string, INodeParameters, string]>([
	['on', { options: { dryRun: '={{ "on" }}' } }, 'dryRun'],
	['a list', { options: { dryRun: '={{ [true] }}' } }, 'dryRun'],
	['NaN', { options: { acceptRate: '={{ NaN }}' } }, 'acceptRate'],
	['oui', { options: { acceptVatBase: '={{ "oui" }}' } }, 'acceptVatBase'],
	['0.5', { options: { postSideBySide: '={{ 0.5 }}' } }, 'postSideBySide'],
])('a switch is refused: %s', async (_what, parameters, field) => {
	const { error } = await world.run(entry(parameters));
	expect(error?.message).toMatch(new RegExp(`^${field}: `));
	expect(added()).toBe(0);
});

it.each<[unknown[], Array<true | undefined>]>([
	[
		[true, false],
		[true, undefined],
	],
	[
		['false', 'true'],
		[undefined, true],
	],
	[
		[0, 1],
		[undefined, true],
	],
	[
		['TRUE', 'TRUE'],
		[true, true],
	],
	[
		['0', 'False'],
		[undefined, undefined],
	],
])('a switch of each item: %j', async (tests, dry) => {
	const input = tests.map((test) => ({ test, number: `SI-${++numbers}` })) as IDataObject[];
	const result = await world.run(entry({ number: '={{ $json.number }}', options: { dryRun: '={{ $json.test }}' } }), { input });
	expect(result.json().map(({ dry_run }) => dry_run)).toEqual(dry);
	expect(added()).toBe(dry.filter((one) => one === undefined).length);
});

it.each<[string, string, INodeParameters, (items: IDataObject[]) => boolean]>([
	['account', 'getAll', { returnAll: true, filters: { active: '={{ "0" }}' } }, (items) => items.every(({ active }) => active === false)],
	['journal', 'getAll', { returnAll: '={{ "TRUE" }}', options: { includeNextNumber: '={{ "0" }}' } }, (items) => items.length > 3],
	['account', 'getAll', { returnAll: '={{ "1" }}' }, (items) => items.length > 50],
	['account', 'getAll', { returnAll: '={{ "false" }}', limit: '={{ "7" }}' }, (items) => items.length === 7],
	['journalEntry', 'getAll', { returnAll: '={{ 0 }}', limit: '={{ 2.0 }}' }, (items) => items.length === 2],
])('lists heed texts: %s %s %j', async (resource, operation, parameters, holds) => {
	const result = await world.run({ resource, operation, ...parameters });
	expect(result.error?.message).toBeUndefined();
	expect([result.json().length > 0, holds(result.json())]).toEqual([true, true]);
});

it.each(['={{ "ten" }}', '={{ -5 }}', '={{ "0" }}', '={{ 2.5 }}', '={{ "1e2" }}'])('a limit is refused: %s', async (limit) => {
	for (const resource of ['account', 'journalEntry']) {
		expect((await world.run({ resource, operation: 'getAll', limit })).error?.message).toMatch(/^limit: /);
	}
});

it.each<[INodeParameters, string]>([
	[{ options: { unsupportedCharacters: '={{ "stop" }}' } }, 'unsupportedCharacters'],
	[{ options: { registerRate: '={{ "ask" }}', rateFromRegister: true }, currency: 'EUR' }, 'registerRate'],
	[{ options: { residual: '={{ "3740" }}' } }, 'residual'],
	[{ linesSource: '={{ "items" }}' }, 'linesSource'],
	[{ options: { unsupportedCharacters: '={{ true }}' } }, 'unsupportedCharacters'],
])('a choice is refused: %j', async (parameters, field) => {
	const { error } = await world.run(entry(parameters));
	expect(error?.message).toMatch(new RegExp(`^${field}: .* is not one of the choices`));
	expect(added()).toBe(0);
});

it.each<[string, string, string]>([
	['date', 'date', '={{ $json.inbetalt }}'],
	['number', 'number', '={{ $json.ver }}'],
	['number', 'number', '=F-{{ $json.ver }}-{{ $json.nr }}'],
	['currency', 'currency', '={{ $json.valuta }}'],
	['journalId', 'journalId', '={{ $json.serie }}'],
])('an expression that gives nothing for %s: %s %s', async (name, field, expression) => {
	const given: IDataObject[] = [
		{},
		{ inbetalt: null, ver: null, valuta: null, serie: null },
		{ inbetalt: '', ver: '', nr: '1', valuta: ' ', serie: '\t' },
	];
	for (const item of given) {
		const { error } = await world.run(entry({ [name]: expression }), { input: [item] });
		expect(error?.context?.error_code).toBe('ERROR_EXPRESSION_EMPTY');
		expect(error?.message).toMatch(new RegExp(`^${field}: `));
	}
	expect(added()).toBe(0);
});

const NONSENSE = ['={{ "x undefined" }}', '={{ "null-1" }}', '={{ "NaN" }}', '={{ [] }}', '={{ "F" + {} }}'];
it.each(NONSENSE)('no number is made of %s', async (number) => {
	const { error } = await world.run(entry({ number }));
	expect(error?.message).toMatch(/^number: /);
	expect(added()).toBe(0);
});

it.each<[string, INodeParameters, IDataObject[], RegExp]>([
	['a body with an empty date', { linesJson: JSON.stringify({ items: LINES, date: '' }) }, [{}], /^date: /],
	[
		'a body that calls it otherwise',
		{ linesJson: JSON.stringify({ items: LINES, accounting_date: '2026-06-01' }) },
		[{}],
		/^date: .*'accounting_date'/,
	],
	['a financial body', { ...FINANCIAL, linesJson: JSON.stringify({ items: [{ account: '3004', amount: 100 }] }) }, [{}], /^date: /],
	['rows with an empty date', FROM_ITEMS, LINES.map((line) => ({ ...line, date: '' })), /^date: /],
	['rows that call it otherwise', FROM_ITEMS, LINES.map((line) => ({ ...line, betaldag: '2026-06-01' })), /^date: .*'betaldag'/],
])('no day is taken for granted: %s', async (_what, parameters, input, why) => {
	const { error } = await world.run(entry({ date: '', ...parameters }), { input });
	expect(error?.message).toMatch(why);
	expect(added()).toBe(0);
});

it.each<[INodeParameters, string | undefined]>([
	[{ accountNumber: '={{ 1930 }}' }, '1930'],
	[{ accountNumber: '={{ " 1930 " }}' }, '1930'],
	[{ accountNumber: '={{ "1930,0" }}' }, undefined],
	[{ accountNumber: '={{ 1930.5 }}' }, undefined],
	[{ accountNumber: '={{ "1930 Bank" }}' }, undefined],
])('an account by %j', async (parameters, number) => {
	const result = await world.run({ resource: 'account', operation: 'get', ...parameters });
	if (number !== undefined) expect(result.json()[0]).toMatchObject({ number });
	else expect(result.error?.message).toMatch(/^accountNumber: /);
});

it.each<[string, INodeParameters]>([
	['an attachment of a new entry', { additionalFields: { binaryPropertyName: 'data' } }],
	['an attachment of a financial entry', { ...FINANCIAL, additionalFields: { binaryPropertyName: 'data' } }],
	['an attachment by the name of its field', { additionalFields: { binaryPropertyName: '={{ "kvitto" }}' } }],
])('a file is read with the workflow’s binary mode "combined": %s', async (_what, parameters) => {
	const file = { data: Buffer.from('kvitto').toString('base64'), mimeType: 'text/plain', fileName: 'kvitto.txt' };
	const input: INodeExecutionData[] = [{ json: {}, binary: { data: file, kvitto: file } }];
	const result = await world.run(entry(parameters), { input, workflowSettings: { binaryMode: 'combined' } });
	expect(result.error?.message).toBeUndefined();
	expect(added()).toBe(1);
	expect(world.sandbox.company().files.at(-1)?.name).toBe('kvitto.txt');
});

describe('an agent’s switch', () => {
	const asked = async (type: string, dryRun: IDataObject[string]) => {
		const parameters = entry({ options: { dryRun: `={{ $fromAI('dryRun', '', '${type}') }}` } });
		return await world.engine.runTool({ parameters, args: [{ dryRun }] });
	};
	type Asked = [type: string, given: IDataObject[string]];
	const ON: Asked[] = [
		['string', 'true'],
		['string', 'TRUE'],
		['string', '1'],
		['boolean', true],
		['number', 1],
	];
	const OFF: Asked[] = [
		['string', 'false'],
		['boolean', false],
		['number', 0],
	];
	const NEITHER: Asked[] = [
		['string', 'ja'],
		['string', ''],
		['string', 'dry run'],
		['number', 2],
		['string', null],
		['boolean', 'true'],
	];

	it.each(ON)('as %s %j is on: nothing is posted', async (type, given) => {
		expect(JSON.stringify((await asked(type, given)).json('Agent'))).toContain('dry_run');
		expect(added()).toBe(0);
	});

	it.each(OFF)('as %s %j is off', async (type, given) => {
		expect((await asked(type, given)).error?.message).toBeUndefined();
		expect(added()).toBe(1);
	});

	it.each(NEITHER)('as %s %j is refused, by its name', async (type, given) => {
		expect((await asked(type, given)).error?.message).toMatch(/dryRun/);
		expect(added()).toBe(0);
	});
});

it.each(['={{ "6580" }}', '={{ 6580 }}', '6580', '={{ " 6580 " }}'])('an inactive account is refused by its field: %s', async (account) => {
	const lines = {
		linesSource: 'define',
		lines: {
			line: [
				{ account, debit: '1' },
				{ account: '1930', credit: '1' },
			],
		},
	};
	const { error } = await world.run(entry(lines));
	expect(error?.context?.error_code).toBe('ERROR_ACCOUNT_NUMBER_NOT_ACTIVE');
	expect(error?.message).toMatch(/^lines\[0\]\.account: account 6580 /);
	expect(added()).toBe(0);
});

describe('currency and rate of rows', () => {
	const rows = (head: IDataObject): IDataObject[] => LINES.map((line) => ({ ...line, ...head }));

	it.each<[what: string, IDataObject]>([
		['empty', { Valuta: '', Kurs: '' }],
		['blank', { Valuta: ' ', Kurs: ' ' }],
		['null', { Valuta: null, Kurs: null }],
		['the default', { Valuta: 'SEK', Kurs: 1 }],
		['the default as text', { currency: 'sek', currency_exchange_rate: '1,0' }],
	])('that are %s are SEK', async (_what, head) => {
		expect((await world.run(entry(FROM_ITEMS), { input: rows(head) })).error?.message).toBeUndefined();
		expect(added()).toBe(1);
	});

	it.each<[what: string, IDataObject, RegExp]>([
		['a currency without a rate', { Valuta: 'EUR', Kurs: '' }, /^currency: /],
		['a rate without a currency', { Valuta: '', Kurs: '11,05' }, /^currency_exchange_rate: /],
		['a currency in small letters', { currency: 'eur', currency_exchange_rate: 11 }, /^currency: /],
	])('that say %s are refused where the form says SEK', async (_what, head, why) => {
		expect((await world.run(entry(FROM_ITEMS), { input: rows(head) })).error?.message).toMatch(why);
		expect(added()).toBe(0);
	});

	it.each([
		['an empty currency', { currency: '={{ $json.Valuta }}', currencyExchangeRate: '11' }, { Valuta: '' }, /^currency: the expression/],
		[
			'an empty rate',
			{ currency: 'EUR', currencyExchangeRate: '={{ $json.Kurs }}' },
			{ Kurs: '' },
			/^currencyExchangeRate: the expression/,
		],
		[
			'a rate of 0',
			{ currency: 'EUR', currencyExchangeRate: '={{ $json.Kurs }}' },
			{ Kurs: 0 },
			/^currency_exchange_rate: .*Give the rate/,
		],
	] as const)('by an expression that gives %s are refused', async (_what, fields, head, why) => {
		expect((await world.run(entry({ ...FROM_ITEMS, ...fields }), { input: rows(head) })).error?.message).toMatch(why);
		expect(added()).toBe(0);
	});
});

it.each<[string, INodeParameters, RegExp | undefined]>([
	['left empty', { description: '' }, undefined],
	['by an expression that gives nothing', { description: '={{ $json.text }}' }, /^Description: the expression .*text.* gives nothing/m],
	['by an expression that gives blanks', { description: '={{ " " }}' }, /^Description: the expression .* gives nothing/m],
	['null in the body', { linesJson: JSON.stringify({ date: '2026-06-01', description: null, items: LINES }) }, undefined],
	['by an expression of which a part gives nothing', { description: '=Faktura {{ $json.nr }}' }, undefined],
])('a description %s is posted', async (_what, parameters, hint) => {
	const result = await world.run(entry(parameters));
	expect([result.error?.message, added()]).toEqual([undefined, 1]);
	expect(String(result.json()[0]?.description)).toMatch(/\S/);
	if (hint !== undefined) expect(result.hints().join('\n')).toMatch(hint);
});
