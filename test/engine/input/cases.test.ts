import type { IDataObject } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

/** The handed cases of parameters as n8n hands them over: what n8n gives, and the right outcome. */

const LINES = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];

const ENTRY: IDataObject = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	linesSource: 'json',
	linesJson: JSON.stringify(LINES),
};

let world: World;
let numbers = 0;

beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterAll(async () => {
	await world.close();
});

const fresh = (): string => `IN-${++numbers}`;
const vouchers = (): number => countVouchers(world.sandbox);

/** Runs a change of the entry, alone and with Continue, and holds that it is refused so and nothing posted. */
async function refused(change: IDataObject, code: string, words: RegExp, input: IDataObject[] = [{}]): Promise<void> {
	const before = vouchers();
	const parameters = { ...ENTRY, number: fresh(), ...change };
	const stopped = await world.run(parameters, { input });
	expect([stopped.error?.context?.error_code, stopped.error?.message]).toEqual([code, expect.stringMatching(words)]);
	const continued = await world.run(parameters, { input, onError: 'continueRegularOutput' });
	expect(continued.json()[0]).toMatchObject({ error_code: code, item_index: 0 });
	expect(vouchers()).toBe(before);
}

describe('a switch', () => {
	it.each(['={{ "true" }}', '={{ "TRUE" }}', '={{ 1 }}', '={{ $json.test }}', '={{ " True " }}'])('is on as %s', async (dryRun) => {
		const before = vouchers();
		const result = await world.run({ ...ENTRY, number: fresh(), options: { dryRun } }, { input: [{ test: 'true' }] });
		expect(result.json()[0]).toMatchObject({ dry_run: true });
		expect(vouchers()).toBe(before);
	});

	it.each(['={{ "false" }}', '={{ 0 }}', '={{ "False" }}'])('is off as %s', async (dryRun) => {
		const before = vouchers();
		await world.run({ ...ENTRY, number: fresh(), options: { dryRun } });
		expect(vouchers()).toBe(before + 1);
	});

	it.each(['={{ "ja" }}', '={{ "yes" }}', '={{ 2 }}', '={{ {} }}', '={{ [] }}', '={{ $json.missing }}', '={{ null }}'])(
		'is refused as %s',
		async (dryRun) => {
			const code = /missing|null|\{ \{\} \}/.test(dryRun)
				? expect.stringMatching(/^ERROR_(EXPRESSION_EMPTY|DATA_VALIDATION)$/)
				: 'ERROR_DATA_VALIDATION';
			const before = vouchers();
			const { error } = await world.run({ ...ENTRY, number: fresh(), options: { dryRun } });
			expect(error?.context?.error_code).toEqual(code);
			expect(error?.message).toMatch(/^dryRun: /);
			expect(vouchers()).toBe(before);
		},
	);

	it('is read per item', async () => {
		const before = vouchers();
		const result = await world.run(
			{ ...ENTRY, number: '={{ $json.number }}', options: { dryRun: '={{ $json.test }}' } },
			{
				input: [
					{ test: false, number: fresh() },
					{ test: true, number: fresh() },
				],
			},
		);
		expect(result.json().map(({ dry_run }) => dry_run)).toEqual([undefined, true]);
		expect(vouchers()).toBe(before + 1);
	});

	it('is the same for all items of an entry', async () => {
		const input = [
			{ ...LINES[0], test: false },
			{ ...LINES[1], test: true },
		];
		await refused(
			{ linesSource: 'inputItems', options: { dryRun: '={{ $json.test }}' } },
			'ERROR_DATA_VALIDATION',
			/^dryRun: the items of the group '' disagree/,
			input,
		);
	});

	it('is on for an agent that gives a text', async () => {
		const before = vouchers();
		const parameters = { ...ENTRY, number: fresh(), options: { dryRun: "={{ $fromAI('dryRun', '', 'string') }}" } };
		const result = await world.engine.runTool({ parameters, args: [{ dryRun: 'true' }] });
		expect(JSON.stringify(result.json('Agent'))).toContain('dry_run');
		expect(vouchers()).toBe(before);
	});
});

describe('lists', () => {
	const list = async (change: IDataObject): Promise<IDataObject[]> =>
		(await world.run({ resource: 'account', operation: 'getAll', ...change })).json();

	it('filter by a switch that is a text', async () => {
		const active = await list({ returnAll: '={{ "true" }}', filters: { active: '={{ "true" }}' } });
		const inactive = await list({ returnAll: true, filters: { active: '={{ "FALSE" }}' } });
		const all = await list({ returnAll: '={{ 1 }}' });
		expect(active.every((account) => account.active === true)).toBe(true);
		expect(active.length + inactive.length).toBe(all.length);
		expect(all.length).toBeGreaterThan(50);
	});

	it.each(['={{ "abc" }}', '={{ -1 }}', '={{ 0 }}', '={{ 1.5 }}', '={{ "" }}', '={{ $json.missing }}'])(
		'refuse the limit %s',
		async (limit) => {
			const { error } = await world.run({ resource: 'account', operation: 'getAll', limit });
			expect(error?.message).toMatch(/^limit: /);
		},
	);

	it('are searched for letters however they are composed', async () => {
		const [one, two] = [await list({ filters: { search: 'försäljning' } }), await list({ filters: { search: 'fo\u0308rsa\u0308ljning' } })];
		expect(one.length).toBeGreaterThan(0);
		expect(two).toEqual(one);
	});

	it('take a limit that is a text', async () => {
		expect(await list({ limit: '={{ "3" }}' })).toHaveLength(3);
	});

	it('find an account by a number, and by no text that only looks like one', async () => {
		const get = { resource: 'account', operation: 'get' };
		expect((await world.run({ ...get, accountNumber: '={{ 3004.0 }}' })).json()[0]).toMatchObject({ number: '3004' });
		expect((await world.run({ ...get, accountNumber: '={{ "3004.0" }}' })).error?.message).toMatch(/^accountNumber: "3004\.0"/);
	});
});

it('creates an account that is not active where that is said in a text', async () => {
	const result = await world.run({
		resource: 'account',
		operation: 'create',
		number: '1939',
		name: 'Vilande',
		additionalFields: { active: '={{ "false" }}' },
	});
	expect(result.json()[0]).toMatchObject({ active: false });
	const stored = await world.run({ resource: 'account', operation: 'get', accountNumber: '1939' });
	expect(stored.json()[0]).toMatchObject({ active: false });
});

it('writes nothing where a later item can not be read', async () => {
	const { error } = await world.run(
		{
			resource: 'account',
			operation: 'create',
			number: '={{ $json.number }}',
			name: 'Nytt',
			additionalFields: { active: '={{ $json.active }}' },
		},
		{
			input: [
				{ number: '1937', active: true },
				{ number: '1938', active: 'kanske' },
			],
		},
	);
	expect(error?.message).toMatch(/^active: "kanske".*Nothing was written/);
	expect(error?.context?.itemIndex).toBe(1);
	expect(world.requests('POST', /^\/3\//)).toEqual([]);
});

describe('a choice', () => {
	const text = { description: 'Kaffe "Gevalia"' };

	it('is taken in any case', async () => {
		await refused(
			{ ...text, options: { unsupportedCharacters: '={{ "Fail" }}' } },
			'ERROR_DATA_VALIDATION',
			/does not accept the characters "/,
		);
	});

	it('is refused where it is none', async () => {
		await refused(
			{ ...text, options: { unsupportedCharacters: '={{ "nonsense" }}' } },
			'ERROR_DATA_VALIDATION',
			/^unsupportedCharacters: "nonsense"/,
		);
	});
});

describe('an expression that gives nothing', () => {
	const EMPTY: Array<[string, string]> = [
		['date', 'date'],
		['number', 'number'],
		['currency', 'currency'],
		['journalId', 'journalId'],
	];

	it.each(EMPTY)('is no %s', async (name) => {
		for (const item of [{}, { nope: '' }, { nope: null }, { nope: ' ' }]) {
			await refused({ [name]: '={{ $json.nope }}' }, 'ERROR_EXPRESSION_EMPTY', new RegExp(`^${name}: .*\\$json\\.nope`), [item]);
		}
	});

	it('is no part of a number', async () => {
		await refused({ number: '=INV-{{ $json.nope }}' }, 'ERROR_EXPRESSION_EMPTY', /^number: .*\$json\.nope/);
		await refused({ number: '={{ $json.year }}-{{ $json.nope }}' }, 'ERROR_EXPRESSION_EMPTY', /^number: .*\$json\.nope/, [{ year: 2026 }]);
	});

	it('is no exchange rate', async () => {
		await refused({ currency: 'EUR', currencyExchangeRate: '={{ $json.nope }}' }, 'ERROR_EXPRESSION_EMPTY', /^currencyExchangeRate: /);
	});

	it('is no account and no amount of a line, nor a locator', async () => {
		const define = (...line: IDataObject[]): IDataObject => ({ linesSource: 'define', lines: { line } });
		const other = { account: '3004', credit: 100 };
		await refused(define({ account: '={{ $json.nope }}', debit: 100 }, other), 'ERROR_EXPRESSION_EMPTY', /^lines\[0\]\.account: /);
		const locator = { __rl: true, mode: 'number', value: '={{ $json.nope }}' };
		await refused(define({ account: locator, debit: 100 }, other), 'ERROR_EXPRESSION_EMPTY', /^lines\[0\]\.account: /);
		await refused(define({ account: '1930', debit: '={{ $json.nope }}' }, other), 'ERROR_EXPRESSION_EMPTY', /^lines\[0\]\.debit: /);
	});

	it('is no description, which a hint says', async () => {
		const before = vouchers();
		const result = await world.run({ ...ENTRY, number: fresh(), description: '={{ $json.nope }}' });
		expect(vouchers()).toBe(before + 1);
		expect(result.hints().join(' ')).toMatch(/Description: .*\$json\.nope.* gives nothing/);
	});
});

it.each([
	'={{ "undefined" }}',
	'={{ "null" }}',
	'=INV-{{ NaN }}',
	'={{ {} }}',
	'={{ "INV-" + $json.nope }}',
	'={{ "INV" + String.fromCharCode(8203) + "1" }}',
])('takes no number %s', async (number) => {
	const before = vouchers();
	const { error } = await world.run({ ...ENTRY, number });
	expect(error?.message).toMatch(/^number: /);
	expect(vouchers()).toBe(before);
});

it.each(['2026-03-31T24:00:00', '2026-03-31T24:00:00Z', '2026-03-31 24:00'])('is the day that it ends, with a hint (%s)', async (date) => {
	const result = await world.run({ ...ENTRY, number: fresh(), date });
	expect(result.json()[0]).toMatchObject({ date: '2026-03-31' });
	expect(result.hints().join(' ')).toContain('is the end of 2026-03-31, and the first moment of the next day; 2026-03-31 was used.');
});

describe('a date that the input lacks', () => {
	const noDate = { date: '' };

	it.each([{ items: LINES }, { items: LINES, date: null }])('refuses a body (%j)', async (body) => {
		await refused({ ...noDate, linesJson: JSON.stringify(body) }, 'ERROR_DATA_VALIDATION', /^date: .*'items'/);
	});

	it('refuses rows, and names their fields', async () => {
		const rows = LINES.map((line) => ({ ...line, inbetalt: '2026-06-01' }));
		await refused({ ...noDate, linesSource: 'inputItems' }, 'ERROR_DATA_VALIDATION', /^date: .*'inbetalt'/, rows);
	});

	it('is taken from the rows where they have it', async () => {
		const result = await world.run(
			{ ...ENTRY, ...noDate, number: fresh(), linesSource: 'inputItems' },
			{ input: LINES.map((line) => ({ ...line, date: '2026-06-03' })) },
		);
		expect(result.json()[0]).toMatchObject({ date: '2026-06-03' });
	});

	it('is today where the field of the form is empty', async () => {
		const line = [
			{ account: '1930', debit: 1 },
			{ account: '3004', credit: 1 },
		];
		const result = await world.run({ ...ENTRY, ...noDate, number: fresh(), linesSource: 'define', lines: { line } });
		expect(result.json()[0]?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
	});
});

describe('a field of the header that stands in the rows', () => {
	const rows = (more: IDataObject): IDataObject[] => LINES.map((line) => ({ ...line, ...more }));
	const fromRows = { linesSource: 'inputItems' };

	it('is refused where the form does not take it up: another currency would be booked 1:1', async () => {
		await refused(
			fromRows,
			'ERROR_DATA_VALIDATION',
			/^currency: item 0 has 'EUR'.*\$json\.currency/,
			rows({ currency: 'EUR', currency_exchange_rate: 11 }),
		);
		await refused(
			{ ...fromRows, journalId: '' },
			'ERROR_DATA_VALIDATION',
			/^journal_id: item 0 has 'API'.*\$json\.journal_id/,
			rows({ journal_id: 'API' }),
		);
	});

	it.each([
		[{ currency: 'sek', journal_id: 'API' }, {}],
		[
			{ currency: 'EUR', rate: 11 },
			{ currency: '={{ $json.currency }}', currencyExchangeRate: '={{ $json.rate }}' },
		],
		[{ journal_id: 'API', currency: '' }, { journalId: '={{ $json.journal_id }}' }],
	])('is taken where it is (%j)', async (more, parameters) => {
		const result = await world.run({ ...ENTRY, ...fromRows, number: fresh(), ...parameters }, { input: rows(more) });
		expect([result.error?.message, result.json()[0]?.original_currency ?? null]).toEqual([
			undefined,
			more.currency === 'EUR' ? 'EUR' : null,
		]);
	});
});

it.each(['constructor', '__proto__', 'toString'])('groups by no field that items do not have (%s)', async (groupBy) => {
	await refused({ linesSource: 'inputItems', groupBy }, 'ERROR_DATA_VALIDATION', /^groupBy: /, LINES);
});
