import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VAT_CODES } from '../../../nodes/shared/ledger/vat';
import { currentYear, startWorld, type World } from '../support/world';

/**
 * Every VAT code at every rate that it has, posted through the node and read back as a return. The table is written by
 * hand from the form SKV 4700 and its guide, and not made of the project's own table of codes.
 *
 * A row: the code, the account of its base, the base in kronor (a sale is in credit: negative), the rate, the VAT in
 * kronor, the account(s) that the VAT is booked on, and the boxes. Box 49 is what is to be paid.
 */
type Row = [
	code: string,
	base: number,
	amount: number,
	rate: number,
	vat: number,
	rows: Record<string, number>,
	boxes: Record<string, number>,
];

const SALES: Row[] = [
	['MP1', 3001, -1000, 25, 250, { 2611: -250 }, { '05': 1000, 10: 250, 49: 250 }],
	['MP2', 3002, -1000, 12, 120, { 2621: -120 }, { '05': 1000, 11: 120, 49: 120 }],
	['MP3', 3003, -1000, 6, 60, { 2631: -60 }, { '05': 1000, 12: 60, 49: 60 }],
	['UT', 3401, -1000, 25, 250, { 2612: -250 }, { '06': 1000, 10: 250, 49: 250 }],
	['UT', 3402, -1000, 12, 120, { 2622: -120 }, { '06': 1000, 11: 120, 49: 120 }],
	['UT', 3403, -1000, 6, 60, { 2632: -60 }, { '06': 1000, 12: 60, 49: 60 }],
	['BVMB', 3211, -1000, 25, 100, { 2616: -100 }, { '07': 1000, 10: 100, 49: 100 }],
	['HFS', 3913, -1000, 25, 250, { 2613: -250 }, { '08': 1000, 10: 250, 49: 250 }],
	['HFS', 3913, -1000, 12, 120, { 2623: -120 }, { '08': 1000, 11: 120, 49: 120 }],
	['HFS', 3913, -1000, 6, 60, { 2633: -60 }, { '08': 1000, 12: 60, 49: 60 }],
	['U1', 3001, -1000, 25, 250, { 2611: -250 }, { '05': 1000, 10: 250, 49: 250 }],
	['U2', 3002, -1000, 12, 120, { 2621: -120 }, { '05': 1000, 11: 120, 49: 120 }],
	['U3', 3003, -1000, 6, 60, { 2631: -60 }, { '05': 1000, 12: 60, 49: 60 }],
];

const PURCHASES: Row[] = [
	['I', 5410, 1000, 25, 250, { 2641: 250 }, { 48: 250, 49: -250 }],
	['I', 5410, 1000, 12, 120, { 2641: 120 }, { 48: 120, 49: -120 }],
	['I', 5410, 1000, 6, 60, { 2641: 60 }, { 48: 60, 49: -60 }],
];

/** The buyer owes the VAT and deducts it: nothing is to be paid. */
const REVERSE_CHARGE: Row[] = [
	['IVEU', 4515, 1000, 25, 250, { 2614: -250, 2645: 250 }, { 20: 1000, 30: 250, 48: 250 }],
	['IVEU', 4516, 1000, 12, 120, { 2624: -120, 2645: 120 }, { 20: 1000, 31: 120, 48: 120 }],
	['IVEU', 4517, 1000, 6, 60, { 2634: -60, 2645: 60 }, { 20: 1000, 32: 60, 48: 60 }],
	['ITEU', 4535, 1000, 25, 250, { 2614: -250, 2645: 250 }, { 21: 1000, 30: 250, 48: 250 }],
	['ITEU', 4536, 1000, 12, 120, { 2624: -120, 2645: 120 }, { 21: 1000, 31: 120, 48: 120 }],
	['ITEU', 4537, 1000, 6, 60, { 2634: -60, 2645: 60 }, { 21: 1000, 32: 60, 48: 60 }],
	['ITGLOB', 4531, 1000, 25, 250, { 2614: -250, 2645: 250 }, { 22: 1000, 30: 250, 48: 250 }],
	['ITGLOB', 4532, 1000, 12, 120, { 2624: -120, 2645: 120 }, { 22: 1000, 31: 120, 48: 120 }],
	['ITGLOB', 4533, 1000, 6, 60, { 2634: -60, 2645: 60 }, { 22: 1000, 32: 60, 48: 60 }],
	['IV', 4415, 1000, 25, 250, { 2617: -250, 2647: 250 }, { 23: 1000, 30: 250, 48: 250 }],
	['IV', 4416, 1000, 12, 120, { 2624: -120, 2647: 120 }, { 23: 1000, 31: 120, 48: 120 }],
	['IV', 4417, 1000, 6, 60, { 2634: -60, 2647: 60 }, { 23: 1000, 32: 60, 48: 60 }],
	['IT', 4425, 1000, 25, 250, { 2617: -250, 2647: 250 }, { 24: 1000, 30: 250, 48: 250 }],
	['IT', 4426, 1000, 12, 120, { 2624: -120, 2647: 120 }, { 24: 1000, 31: 120, 48: 120 }],
	['IT', 4427, 1000, 6, 60, { 2634: -60, 2647: 60 }, { 24: 1000, 32: 60, 48: 60 }],
	['UOS', 4425, 1000, 25, 250, { 2617: -250, 2647: 250 }, { 24: 1000, 30: 250, 48: 250 }],
	['UOS', 4426, 1000, 12, 120, { 2624: -120, 2647: 120 }, { 24: 1000, 31: 120, 48: 120 }],
	['UOS', 4427, 1000, 6, 60, { 2634: -60, 2647: 60 }, { 24: 1000, 32: 60, 48: 60 }],
	['UEU', 4515, 1000, 25, 250, { 2614: -250, 2645: 250 }, { 20: 1000, 30: 250, 48: 250 }],
	['UEU', 4536, 1000, 12, 120, { 2624: -120, 2645: 120 }, { 21: 1000, 31: 120, 48: 120 }],
	['UEU', 4517, 1000, 6, 60, { 2634: -60, 2645: 60 }, { 20: 1000, 32: 60, 48: 60 }],
	['UTFU', 4531, 1000, 25, 250, { 2614: -250, 2645: 250 }, { 22: 1000, 30: 250, 48: 250 }],
	['UTFU', 4532, 1000, 12, 120, { 2624: -120, 2645: 120 }, { 22: 1000, 31: 120, 48: 120 }],
	['UTFU', 4533, 1000, 6, 60, { 2634: -60, 2645: 60 }, { 22: 1000, 32: 60, 48: 60 }],
	['UI25', 4545, 1000, 25, 250, { 2615: -250, 2645: 250 }, { 50: 1000, 60: 250, 48: 250 }],
	['UI12', 4546, 1000, 12, 120, { 2625: -120, 2645: 120 }, { 50: 1000, 61: 120, 48: 120 }],
	['UI6', 4547, 1000, 6, 60, { 2635: -60, 2645: 60 }, { 50: 1000, 62: 60, 48: 60 }],
];

const WITHOUT_VAT: Row[] = [
	['VTEU', 3108, -1000, 0, 0, {}, { 35: 1000 }],
	['E', 3105, -1000, 0, 0, {}, { 36: 1000 }],
	['3VEU', 4512, 1000, 0, 0, {}, { 37: 1000 }],
	['3FEU', 3109, -1000, 0, 0, {}, { 38: 1000 }],
	['FTEU', 3308, -1000, 0, 0, {}, { 39: 1000 }],
	['ÖTEU', 3305, -1000, 0, 0, {}, { 40: 1000 }],
	['OTTU', 3231, -1000, 0, 0, {}, { 41: 1000 }],
	['MF', 3004, -1000, 0, 0, {}, { 42: 1000 }],
	['BI', 4545, 1000, 0, 0, {}, { 50: 1000 }],
];

/** The settlement's own codes: an entry on such an account is no part of a return. */
const SETTLEMENT: Row[] = [
	['R1', 2650, -1000, 0, 0, {}, {}],
	['R2', 1650, 1000, 0, 0, {}, {}],
];

const ALL = [...SALES, ...PURCHASES, ...REVERSE_CHARGE, ...WITHOUT_VAT, ...SETTLEMENT];

/** The code of each account of a base. Those of the chart that are meant otherwise are set so. */
const CODE_OF_BASE: Record<number, string> = {
	3001: 'MP1',
	3002: 'MP2',
	3003: 'MP3',
	3401: 'UT',
	3402: 'UT',
	3403: 'UT',
	3211: 'BVMB',
	3913: 'HFS',
	5410: '',
	4515: 'IVEU',
	4516: 'IVEU',
	4517: 'IVEU',
	4535: 'ITEU',
	4536: 'ITEU',
	4537: 'ITEU',
	4531: 'ITGLOB',
	4532: 'ITGLOB',
	4533: 'ITGLOB',
	4415: 'IV',
	4416: 'IV',
	4417: 'IV',
	4425: 'IT',
	4426: 'IT',
	4427: 'IT',
	4545: 'BI',
	4546: 'BI',
	4547: 'BI',
	3108: 'VTEU',
	3105: 'E',
	4512: '3VEU',
	3109: '3FEU',
	3308: 'FTEU',
	3305: 'ÖTEU',
	3231: 'OTTU',
	3004: 'MF',
	2650: 'R1',
	1650: 'R2',
	2611: 'U1',
	2612: 'U1',
	2613: 'U1',
	2616: 'U1',
	2621: 'U2',
	2622: 'U2',
	2623: 'U2',
	2631: 'U3',
	2632: 'U3',
	2633: 'U3',
	2614: 'UTFU',
	2617: 'UOS',
	2624: 'UEU',
	2634: 'UOS',
	2615: 'UI25',
	2625: 'UI12',
	2635: 'UI6',
	2641: 'I',
	2645: 'I',
	2647: 'I',
};

/** How a line says its VAT: the amount, the rate alone, or an amount that contains the VAT. */
type Kind = 'given' | 'computed' | 'gross, given' | 'gross, computed';
const KINDS: Kind[] = ['given', 'computed', 'gross, given', 'gross, computed'];

/** Rates by which a code must be followed where it has more than one. */
const SEVERAL_RATES = ['UT', 'HFS', 'I', 'IVEU', 'ITEU', 'ITGLOB', 'IV', 'IT', 'UOS', 'UEU', 'UTFU'];

function taxOf(kind: Kind, [code, , , rate, vat]: Row): IDataObject {
	const withRate = kind.endsWith('computed') && SEVERAL_RATES.includes(code) ? `${code} ${rate}` : code;
	return { tax_code: withRate, ...(kind.endsWith('given') && { tax_amount: vat }), ...(kind.startsWith('gross') && { gross: true }) };
}

/** A price contains the VAT of a sale and of a purchase in Sweden; the VAT of the margin is no share of the price. */
function canBe(kind: Kind, row: Row): boolean {
	if (kind === 'given') return true;
	if (row[0] === 'BVMB') return kind === 'gross, given';
	return kind === 'computed' || SALES.includes(row) || PURCHASES.includes(row);
}

let world: World;
beforeAll(async () => {
	world = await startWorld();
	const company = world.sandbox.company();
	const year = company.addYear('2027-01-01', '2027-12-31', { like: currentYear(world) });
	const like = year.accounts.get(3001);
	if (like === undefined) throw new Error('The chart lacks 3001');
	for (const [number, vatCode] of Object.entries(CODE_OF_BASE)) {
		const account = year.accounts.get(Number(number)) ?? { ...like, number: Number(number), description: `Konto ${number}` };
		year.setAccount({ ...account, active: true, vatCode: vatCode || null });
	}
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

afterEach(() => {
	const year = [...world.sandbox.company().years.values()].find(({ fromDate }) => fromDate === '2027-01-01');
	for (let last = year?.vouchersOf('A').at(-1); last; last = year?.vouchersOf('A').at(-1)) year?.unbook(last);
});

/** A line of an amount and its counterpart on the bank, on the first day of a month of 2027. */
function entryOf(kind: Kind, row: Row, { month, sign }: { month: number; sign: 1 | -1 }): IDataObject {
	const [, account, base, , vat, rows] = row;
	const isReverse = Object.keys(rows).length > 1;
	const withVat = isReverse ? base : base + Math.sign(base) * vat;
	const onLine = sign * (kind.startsWith('gross') ? withVat : base);
	const side = (amount: number): IDataObject => (amount > 0 ? { debit: amount } : { credit: -amount });
	const date = `2027-${String(month).padStart(2, '0')}-01`;
	const items = [
		{ account: String(account), ...side(onLine), tax_info: taxOf(kind, row) },
		{ account: '1930', ...side(-sign * withVat) },
	];
	return { journal_id: 'A', date, number: `${row[0]}-${row[3]}-${kind}-${sign}`, items };
}

const CREATE: INodeParameters = { resource: 'journalEntry', operation: 'create', linesSource: 'json', linesJson: '={{ $json.entry }}' };

async function boxesOf(months: readonly number[]): Promise<Array<Record<string, number>>> {
	world.reconnect();
	const input = months.map((month) => ({ period: `2027-${String(month).padStart(2, '0')}` }));
	const read = await world.run({ resource: 'vatReturn', operation: 'get', period: '={{ $json.period }}' }, { input });
	expect(read.error?.message).toBeUndefined();
	return read
		.json()
		.map(({ boxes }) => Object.fromEntries(Object.entries(boxes as Record<string, number>).filter(([, amount]) => amount !== 0)));
}

const negated = (amounts: Record<string, number>): Record<string, number> =>
	Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, -amount]));

it('has a row for every code that Fortnox ships', () => {
	const tried = new Set(ALL.map(([code]) => code));
	expect({
		'add a row to one of the lists in ALL': VAT_CODES.filter((code) => !tried.has(code)),
		'no such code': [...tried].filter((code) => !VAT_CODES.includes(code)),
	}).toEqual({ 'add a row to one of the lists in ALL': [], 'no such code': [] });
});

it.each(ALL)('%s on %i: %i at %i %%', async (...row) => {
	const [, account, , , , rows, boxes] = row;
	const kinds = KINDS.filter((kind) => canBe(kind, row));
	const wanted = kinds.flatMap((kind, index) => [
		{ entry: entryOf(kind, row, { month: 2 * index + 1, sign: 1 }), rows, boxes, month: 2 * index + 1 },
		// The credit note: every row on the other side, every box the other way.
		{ entry: entryOf(kind, row, { month: 2 * index + 2, sign: -1 }), rows: negated(rows), boxes: negated(boxes), month: 2 * index + 2 },
	]);
	const posted = await world.run(CREATE, { input: wanted.map(({ entry }) => ({ entry })) });
	expect(posted.error?.message).toBeUndefined();
	const vatRows = posted
		.json()
		.map(({ items }) =>
			Object.fromEntries(
				(items as IDataObject[])
					.filter(({ account_number }) => ![String(account), '1930'].includes(String(account_number)))
					.map(({ account_number, debit, credit }) => [String(account_number), Number(debit) - Number(credit)]),
			),
		);
	expect(vatRows).toEqual(wanted.map((each) => each.rows));
	expect(await boxesOf(wanted.map(({ month }) => month))).toEqual(wanted.map((each) => each.boxes));
});

it.each(ALL.filter((row) => KINDS.some((kind) => !canBe(kind, row))))('%s on %i: %i at %i %% is in no other way', async (...row) => {
	const before = currentYear(world).count;
	for (const kind of KINDS.filter((each) => !canBe(each, row))) {
		const { error } = await world.run(CREATE, { input: [{ entry: entryOf(kind, row, { month: 1, sign: 1 }) }] });
		expect([kind, error?.message]).toEqual([kind, expect.stringMatching(/^lines\[0\]\.tax_info\.(gross|tax_amount): /)]);
	}
	expect(currentYear(world).count).toBe(before);
	expect(await boxesOf([1])).toEqual([{}]);
});
