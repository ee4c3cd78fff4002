import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';
import { itemWith, OWN_NUMBER } from './files';

/** Ways of writing that no entry depends on: each file is posted whole, with its amounts, days and texts. */

interface Dialect {
	head?: string[];
	type?: string;
	orgNr?: string;
	voucher?: string[];
}

let numbers = 0;

/** A file of one voucher on 5 July, of 10.50, written as usual but for what the dialect writes otherwise. */
function fileOf({ head = [], type = '4', orgNr = OWN_NUMBER, voucher }: Dialect): string {
	const number = ++numbers;
	const usual = ['#VER A N 20260705 "Kassa"', '{', '#TRANS 1930 {} 10.50', '#TRANS 3004 {} -10.50', '}'];
	return [
		'#FLAGGA 0',
		'#PROGRAM "Dialekt" 1',
		'#FORMAT PC8',
		'#GEN 20260801',
		`#SIETYP ${type}`,
		`#ORGNR ${orgNr}`,
		'#FNAMN "Björkdalens Handel AB"',
		'#RAR 0 20260101 20261231',
		...head,
		...(voucher ?? usual).map((line) => line.replace(' N ', ` ${number} `)),
		'',
	].join('\r\n');
}

const DIALECTS: Array<[what: string, dialect: Dialect, words?: RegExp]> = [
	['a type in small letters', { type: '4i' }],
	['a type with the name of the standard', { type: 'SIE4' }],
	['a number of a company with a century', { orgNr: `16${OWN_NUMBER}` }],
	['a number of a company with blanks and a prefix', { orgNr: `"SE ${OWN_NUMBER.slice(0, 6)} ${OWN_NUMBER.slice(6)} 01"` }],
	['kronor by their name', { head: ['#VALUTA kr'] }],
	[
		'a head with nothing behind its labels',
		{ head: ['#KONTO', '#SRU 3004', '#DIM', '#OBJEKT 1', '#IB', '#RES 0 3004', '#PSALDO 0 202607', '#VALUTA'] },
		/left out/,
	],
	['labels of other programs', { head: ['#KOMMENTAR "Skapad av kassan"', '#LICENS 123'] }],
	[
		'comments between and within',
		{
			head: ['; rad', '-- rad', '* rad'],
			voucher: ['#VER A N 20260705 "Kassa"', '{', '// rad', '#TRANS 1930 {} 10.50', "' rad", '#TRANS 3004 {} -10.50', '}'],
		},
	],
	[
		'a brace on the line of the voucher, behind all its fields',
		{ voucher: ['#VER A N 20260705 "Kassa" 20260706 "EVA" {', '#TRANS 1930 {} 10.50', '#TRANS 3004 {} -10.50', '}'] },
	],
	[
		'a brace on the line of the last row',
		{ voucher: ['#VER A N 20260705 "Kassa"', '{', '#TRANS 1930 {} 10.50', '#TRANS 3004 {} -10.50 "" "Rad" }'] },
	],
	[
		'a brace right behind the last amount',
		{ voucher: ['#VER A N 20260705 "Kassa"', '{', '#TRANS 1930 {} 10.50', '#TRANS 3004 {} -10.50 }'] },
	],
	[
		'a registration day that is none',
		{ voucher: ['#VER A N 20260705 "Kassa" 20261332 "EVA"', '{', '#TRANS 1930 {} 10.50', '#TRANS 3004 {} -10.50', '}'] },
		/"20261332" is not a date; it is left out/,
	],
	['days of zeros', { voucher: ['#VER A N 20260705 "Kassa" 0', '{', '#TRANS 1930 {} 10.50 00000000', '#TRANS 3004 {} -10.50 0', '}'] }],
	[
		'a registration day with hyphens, and a time',
		{ voucher: ['#VER A N 2026-07-05 "Kassa" 2026-07-06 12:30', '{', '#TRANS 1930 {} 10.50 2026-07-05', '#TRANS 3004 {} -10.50', '}'] },
	],
	[
		'a text in the place of the row’s day',
		{ voucher: ['#VER A N 20260705 "Kassa"', '{', '#TRANS 1930 {} 10.50 "Swish"', '#TRANS 3004 {} -10.50 Kaffe', '}'] },
	],
	[
		'rows without object lists, tabs, and signed amounts',
		{ voucher: ['#VER A N 20260705 "Kassa"', '{', '#TRANS\t1930\t+10.5', '#TRANS 3004 "-10.500"', '}'] },
	],
	['labels in mixed case', { voucher: ['#Ver A N 20260705 "Kassa"', '{', '#Trans 1930 {} 10.50', '#tRANS 3004 {} -10.50', '}'] }],
];

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => await world.close());

const importing = async (file: string): Promise<EngineResult> =>
	await world.run({ resource: 'journalEntry', operation: 'importSie', journalId: 'A' }, { input: [itemWith(Buffer.from(file, 'latin1'))] });

it.each(DIALECTS)('%s', async (_what, dialect, words = /^/) => {
	const before = countVouchers(world.sandbox);
	const file = fileOf(dialect);
	const result = await importing(file);
	expect(result.error?.message).toBeUndefined();
	const rows = result.json().flatMap(({ items }) => items as Array<Record<string, unknown>>);
	expect([result.json()[0]?.date, rows.map(({ debit, credit }) => [debit, credit])]).toEqual([
		'2026-07-05',
		[
			[10.5, 0],
			[0, 10.5],
		],
	]);
	expect(result.hints().join('\n')).toMatch(words);
	expect((await importing(file)).json()[0]).toMatchObject({ already_posted: true });
	expect(countVouchers(world.sandbox) - before).toBe(1);
});

it('keeps a text in the place of the row’s day', async () => {
	const voucher = ['#VER A N 20260705 "Kassa"', '{', '#TRANS 1930 {} 10.50 "Swish"', '#TRANS 3004 {} -10.50 Kaffe', '}'];
	const [entry] = (await importing(fileOf({ voucher }))).json();
	expect((entry?.items as Array<{ description: string }>).map(({ description }) => description)).toEqual(['Swish', 'Kaffe']);
});

it.each([
	['a decimal comma, which may stand between thousands', '1,050', /amount "1,050" can't be read/],
	['an amount with more than öre', '10.505', /amount "10\.505" can't be read/],
	['a row’s day that is none', '10.50 20261332', /"20261332" is not a date/],
	['blanks between thousands, of which the zeros look like no day', '10 000', /"000" is not a date/],
	['blanks between millions', '10 000 000', /"000" is not a date/],
])('refuses %s, with the line', async (_what, amount, words) => {
	const before = countVouchers(world.sandbox);
	const result = await importing(
		fileOf({ voucher: ['#VER A N 20260705 "Kassa"', '{', `#TRANS 1930 {} ${amount}`, '#TRANS 3004 {} -10.50', '}'] }),
	);
	expect(result.error?.message).toMatch(words);
	expect(result.error?.message).toMatch(/line 11/i);
	expect(countVouchers(world.sandbox)).toBe(before);
});

describe('a file without an organisation number', () => {
	const named = (name: string): string =>
		fileOf({})
			.replace(/#ORGNR [^\r]+\r\n/, '')
			.replace(/#FNAMN [^\r]+/, name);

	it.each(['Annat AB', 'Björkdalens Holding AB', 'Handel i Björkdalen HB'])(
		'of %s is posted, with a hint that names both',
		async (name) => {
			const before = countVouchers(world.sandbox);
			const result = await importing(named(`#FNAMN "${name}"`));
			expect(result.error?.message).toBeUndefined();
			expect(result.hints()[0]).toMatch(
				/names no organisation number \(#ORGNR\), and its company is .+ belongs to Björkdalens Handel AB\. Make sure/,
			);
			expect(countVouchers(world.sandbox) - before).toBe(1);
		},
	);

	const OWN = ['Björkdalens Handel AB', 'BJÖRKDALENS HANDEL AKTIEBOLAG (publ)', 'Björkdalens Handel, Butiken', ''];
	it.each([...OWN.map((name) => `#FNAMN "${name}"`), '#KOMMENTAR x'])('is posted, with a hint: %s', async (name) => {
		const before = countVouchers(world.sandbox);
		const result = await importing(named(name));
		expect(result.error?.message).toBeUndefined();
		expect(result.hints().join('\n')).toContain('names no organisation number');
		expect(countVouchers(world.sandbox) - before).toBe(1);
	});
});
