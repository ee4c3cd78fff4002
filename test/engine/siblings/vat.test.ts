import type { IDataObject } from 'n8n-workflow';

import { countVouchers, type World } from '../support/world';
import { startVatWorld } from '../vat/support';

/**
 * Siblings of the handed cases of VAT: other codes, rates, accounts and sides of the same kind. The right results are
 * written by hand from SKV 4700.
 */
let world: World;

/** Codes of the chart that the sandbox's lacks, or has otherwise. */
const CODES: Record<number, string | null> = {
	2614: 'UTFU',
	2617: 'UOS',
	2624: 'UEU',
	2634: 'UOS',
	2612: 'U1',
	2645: 'I',
	2647: 'I',
	4415: 'IV',
	4416: 'IV',
	4417: 'IV',
	4425: 'IT',
	4426: 'IT',
	4427: 'IT',
	4515: 'IVEU',
	4516: 'IVEU',
	4517: 'IVEU',
	4531: 'ITGLOB',
	4532: 'ITGLOB',
	4533: 'ITGLOB',
	4535: 'ITEU',
	4536: 'ITEU',
	4537: 'ITEU',
	3401: 'UT',
	3002: 'MP2',
	3305: 'ÖTEU',
	5010: null,
	5410: null,
	6110: null,
	6310: null,
	6540: null,
	6570: null,
};

beforeAll(async () => {
	world = await startVatWorld();
	for (const year of world.sandbox.company().years.values()) {
		const like = year.accounts.get(3001);
		if (like === undefined) throw new Error('The chart lacks 3001');
		for (const [number, vatCode] of Object.entries(CODES)) {
			const account = year.accounts.get(Number(number)) ?? { ...like, number: Number(number), description: `Konto ${number}` };
			year.setAccount({ ...account, active: true, vatCode });
		}
	}
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

/** A line in kronor (debit positive), its `tax_info`, the bank's row, and the boxes that are not 0. */
type Booked = [account: number, amount: number, tax: IDataObject, bank: number, boxes: IDataObject];

const code = (tax_code: string, tax_amount?: number): IDataObject => ({ tax_code, ...(tax_amount !== undefined && { tax_amount }) });
const gross = (tax_code: string, more: IDataObject = {}): IDataObject => ({ tax_code, gross: true, ...more });

const BOOKED: Record<string, Booked[]> = {
	'reverse charge at 25 %': [
		[4535, 800, code('ITEU', 200), -800, { 21: 800, 30: 200, 48: 200 }],
		[4531, 1200, code('ITGLOB', 300), -1200, { 22: 1200, 30: 300, 48: 300 }],
		[4415, 2000, code('IV', 500), -2000, { 23: 2000, 30: 500, 48: 500 }],
		[4425, 80, code('IT', 20), -80, { 24: 80, 30: 20, 48: 20 }],
		[4515, 4000, code('IVEU 25'), -4000, { 20: 4000, 30: 1000, 48: 1000 }],
	],
	'reverse charge at 12 %': [
		[4536, 500, code('ITEU', 60), -500, { 21: 500, 31: 60, 48: 60 }],
		[4532, 500, code('ITGLOB 12'), -500, { 22: 500, 31: 60, 48: 60 }],
		[4416, 1000, code('IV', 120), -1000, { 23: 1000, 31: 120, 48: 120 }],
		[4426, 100, code('IT 12', 12), -100, { 24: 100, 31: 12, 48: 12 }],
		[4516, 2500, code('IVEU 12'), -2500, { 20: 2500, 31: 300, 48: 300 }],
	],
	'reverse charge at 6 %': [
		[4537, 500, code('ITEU', 30), -500, { 21: 500, 32: 30, 48: 30 }],
		[4533, 500, code('ITGLOB 6'), -500, { 22: 500, 32: 30, 48: 30 }],
		[4417, 1000, code('IV', 60), -1000, { 23: 1000, 32: 60, 48: 60 }],
		[4427, 100, code('IT 6', 6), -100, { 24: 100, 32: 6, 48: 6 }],
		[4517, 2500, code('IVEU 6'), -2500, { 20: 2500, 32: 150, 48: 150 }],
	],
	'a gross sale': [
		[3002, -1120, gross('MP2'), 1120, { '05': 1000, 11: 120, 49: 120 }],
		[3003, -1060, gross('MP3'), 1060, { '05': 1000, 12: 60, 49: 60 }],
		[3001, -125, gross('MP1 25'), 125, { '05': 100, 10: 25, 49: 25 }],
		[3001, -2500, gross('MP1', { tax_amount: 500 }), 2500, { '05': 2000, 10: 500, 49: 500 }],
		[3401, -250, gross('UT 25'), 250, { '06': 200, 10: 50, 49: 50 }],
	],
	// Öre are dropped in each box.
	'a gross sale with öre': [
		[3001, -199.99, gross('MP1'), 199.99, { '05': 159, 10: 40, 49: 40 }],
		[3002, -99.99, gross('MP2'), 99.99, { '05': 89, 11: 10, 49: 10 }],
		[3003, -99.99, gross('MP3'), 99.99, { '05': 94, 12: 5, 49: 5 }],
		[3001, -0.99, gross('MP1'), 0.99, {}],
		[3001, -1249.99, gross('MP1'), 1249.99, { '05': 999, 10: 250, 49: 250 }],
	],
	'a credit note': [
		[3002, 1000, code('MP2', 120), -1120, { '05': -1000, 11: -120, 49: -120 }],
		[3003, 500, code('MP3', 30), -530, { '05': -500, 12: -30, 49: -30 }],
		[5410, -100, code('I', 25), 125, { 48: -25, 49: 25 }],
		[4535, -1000, code('ITEU', 250), 1000, { 21: -1000, 30: -250, 48: -250 }],
		[3001, 125, gross('MP1'), -125, { '05': -100, 10: -25, 49: -25 }],
	],
	'a purchase': [
		[6110, 400, code('I', 100), -500, { 48: 100, 49: -100 }],
		[6540, 1000, code('I 12'), -1120, { 48: 120, 49: -120 }],
		[5010, 1000, code('I 6'), -1060, { 48: 60, 49: -60 }],
		[6310, 1000, code('I', 40), -1040, { 48: 40, 49: -40 }],
		[6570, 125, gross('I', { tax_amount: 25 }), -125, { 48: 25, 49: -25 }],
	],
	'a code of the company’s own, in no box': [
		[3107, -500, { ...code('OSSDE', 95), vat_account: 2670 }, 595, {}],
		[3107, 500, { ...code('OSSDE', 95), vat_account: 2670 }, -595, {}],
		[3107, -1000, { ...code('ossde', 70), vat_account: '2670' }, 1070, {}],
		[3107, -1190, gross('OSSDE', { tax_amount: 190, vat_account: 2670 }), 1190, {}],
		[3107, -1000, { ...code('OSSDE', 0), vat_account: 2670 }, 1000, {}],
	],
};

/** A line that is refused: its account, amount, `tax_info`, the bank's row. */
type Refused = [account: number, amount: number, tax: IDataObject, bank: number];

const BASE = 'ERROR_VAT_BASE_ACCOUNT';
const DATA = 'ERROR_DATA_VALIDATION';
const UNKNOWN = 'ERROR_TAX_CODE_NOT_FOUND';

const REFUSED: Record<string, [error: string, lines: Refused[]]> = {
	'VAT on an account of sales without it': [
		BASE,
		[
			[3004, -1000, code('MP2', 120), 1120],
			[3105, -1000, code('MP1', 250), 1250],
			[3308, -1000, code('MP1 25'), 1250],
			[3231, -1000, code('MP3', 60), 1060],
			[3305, -1250, gross('MP1'), 1250],
		],
	],
	'another box of sales abroad': [
		BASE,
		[
			[3108, -1000, code('MP2', 120), 1120],
			[3108, -1000, code('MP3'), 1060],
			[3108, -1000, code('E', 0), 1000],
			[3105, -1000, code('VTEU', 0), 1000],
			[3308, -1000, code('ÖTEU', 0), 1000],
		],
	],
	'another rate than the account’s': [
		BASE,
		[
			[3001, -1000, code('MP2', 120), 1120],
			[3002, -1000, code('MP1', 250), 1250],
			[3003, -1000, code('MP2', 120), 1120],
			[3002, -1000, code('MP3'), 1060],
			[3003, -1250, gross('MP1'), 1250],
		],
	],
	'a base that is in no box': [
		BASE,
		[
			[6540, 1000, code('IVEU', 250), -1000],
			[5410, 1000, code('ITGLOB 25'), -1000],
			[6110, 1000, code('IT', 120), -1000],
			[5010, 1000, code('IV', 60), -1000],
			[6540, 1000, code('UTFU', 250), -1000],
		],
	],
	'an amount that is of no rate': [
		DATA,
		[
			[4535, 1000, code('ITEU', 70), -1000],
			[4515, 1000, code('IVEU', 200), -1000],
			[4425, 1000, code('IT', 300), -1000],
			[4531, 1000, code('UTFU', 150), -1000],
			[3913, -1000, code('HFS', 80), 1080],
		],
	],
	'more input VAT than there can be': [
		DATA,
		[
			[5410, 100, code('I', 26), -126],
			[6110, 1000, code('I', 251.01), -1251.01],
			[5410, 100, code('I 25', 30), -130],
			[5410, 100, gross('I', { tax_amount: 60 }), -100],
			[5410, 4, code('I', 2), -6],
		],
	],
	'an account that is none of VAT': [
		DATA,
		[
			[5410, 100, { ...code('I', 25), vat_account: 2440 }, -125],
			[3001, -100, { ...code('MP1', 25), vat_account: 3001 }, 125],
			[4535, 100, { ...code('ITEU', 25), reversed_vat_account: 1510 }, -100],
			[5410, 100, { ...code('I', 25), vat_account: 1660 }, -125],
			[3107, -100, { ...code('OSSDE', 19), vat_account: 2710 }, 119],
		],
	],
	'a code that nobody knows': [
		UNKNOWN,
		[
			[3107, -1000, code('OSSFR', 200), 1200],
			[3001, -1000, code('MP4', 250), 1250],
			[3001, -1000, code('25', 250), 1250],
			[5410, 1000, code('I25', 250), -1250],
			[3107, -1000, { ...code('OSSFI', 240), vat_account: 2670 }, 1240],
		],
	],
};

const CREATE = { resource: 'journalEntry', operation: 'create', linesSource: 'json', linesJson: '={{ $json.entry }}' };
const side = (amount: number): IDataObject => (amount > 0 ? { debit: amount } : { credit: -amount });
const entryOf = ([account, amount, tax_info, bank]: Refused | Booked, date: string, number: string): IDataObject => ({
	entry: {
		journal_id: 'A',
		date,
		number,
		items: [
			{ account: String(account), ...side(amount), tax_info },
			{ account: '1930', ...side(bank) },
		],
	},
});
const monthOf = (index: number): string => `${2027 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

const all = Object.values(BOOKED).flat();
// The company has three years without other entries; two tests take the months of each.
it.each([
	[0, 20],
	[20, 40],
])('are in the boxes where they belong (%i to %i)', async (from, to) => {
	const rows = all.slice(from, to);
	const before = countVouchers(world.sandbox);
	const posted = await world.run(CREATE, { input: rows.map((row, index) => entryOf(row, `${monthOf(index)}-11`, `SIB-${from + index}`)) });
	expect(posted.error?.message).toBeUndefined();
	expect(countVouchers(world.sandbox) - before).toBe(rows.length);
	world.reconnect();
	const input = rows.map((_, index) => ({ period: monthOf(index) }));
	const read = await world.run({ resource: 'vatReturn', operation: 'get', period: '={{ $json.period }}' }, { input });
	const filled = (boxes: unknown): unknown => Object.fromEntries(Object.entries(boxes as IDataObject).filter(([, amount]) => amount !== 0));
	const boxes = read.json().map((item) => filled(item.boxes));
	expect(boxes.map((each, index) => [rows[index]?.slice(0, 3), each])).toEqual(rows.map((row) => [row.slice(0, 3), row[4]]));
	for (const year of world.sandbox.company().years.values()) {
		for (let last = year.vouchersOf('A').at(-1); year.fromDate >= '2027' && last; last = year.vouchersOf('A').at(-1)) year.unbook(last);
	}
});

it('has five of each kind', () => {
	const kinds = [...Object.values(BOOKED), ...Object.values(REFUSED).map(([, lines]) => lines)];
	expect(kinds.map(({ length }) => length)).toEqual(Array(16).fill(5));
});

it.each(Object.entries(REFUSED))('are refused, and post nothing: %s', async (_kind, [error, lines]) => {
	const before = countVouchers(world.sandbox);
	const input = lines.map((line, index) => entryOf(line, '2027-01-11', `NO-${index}`));
	const result = await world.run(CREATE, { input, onError: 'continueRegularOutput' });
	const codes = result.json().map(({ error_code }, index) => [lines[index]?.slice(0, 3), error_code]);
	expect(codes).toEqual(lines.map((line) => [line.slice(0, 3), error]));
	expect(countVouchers(world.sandbox)).toBe(before);
});
