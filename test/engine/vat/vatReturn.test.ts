import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateXML } from 'xmllint-wasm';

import type { CompanyState } from '../../../sandbox';
import type { EngineResult } from '../../../engine';
import type { World } from '../support/world';
import { ESKD_SCHEMA } from './eskdSchema';
import { book, startVatWorld, type Rows } from './support';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

const get = async (period: string, more: INodeParameters = {}): Promise<EngineResult> =>
	await world.run({ resource: 'vatReturn', operation: 'get', period, ...more });

async function returnOf(period: string, more: INodeParameters = {}): Promise<IDataObject> {
	const result = await get(period, more);
	expect(result.error?.message).toBeUndefined();
	const [item] = result.json();
	expect(result.json()).toHaveLength(1);
	return item ?? {};
}

const checksOf = (item: IDataObject): string[] => (item.checks as IDataObject[]).map(({ check }) => String(check));
/** Boxes that are not 0. */
const filled = (item: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(item.boxes as IDataObject).filter(([, amount]) => amount !== 0));

/** Where each account belongs, by hand: the sign in which its box shows it, and the box. */
const TRUTH: Readonly<Record<number, [box: string, sign: 1 | -1]>> = {
	3001: ['05', -1],
	3002: ['05', -1],
	3003: ['05', -1],
	3401: ['06', -1],
	3211: ['07', -1],
	3913: ['08', -1],
	2611: ['10', -1],
	2612: ['10', -1],
	2613: ['10', -1],
	2616: ['10', -1],
	2621: ['11', -1],
	2622: ['11', -1],
	2631: ['12', -1],
	4515: ['20', 1],
	4535: ['21', 1],
	4531: ['22', 1],
	4415: ['23', 1],
	4425: ['24', 1],
	2614: ['30', -1],
	2617: ['30', -1],
	2624: ['31', -1],
	2634: ['32', -1],
	4516: ['20', 1],
	4517: ['20', 1],
	3108: ['35', -1],
	3105: ['36', -1],
	4057: ['37', 1],
	3109: ['38', -1],
	3308: ['39', -1],
	3305: ['40', -1],
	3231: ['41', -1],
	3004: ['42', -1],
	2641: ['48', 1],
	2645: ['48', 1],
	2647: ['48', 1],
	4545: ['50', 1],
	2615: ['60', -1],
	4546: ['50', 1],
	2625: ['61', -1],
	4547: ['50', 1],
	2635: ['62', -1],
};

/** Every code, with öre, both sides of reverse charge, a credit note. */
const ENTRIES: readonly Rows[] = [
	[
		[1930, 1250.9],
		[3001, -1000.72],
		[2611, -250.18],
	],
	[
		[1930, -125],
		[3001, 100],
		[2611, 25],
	],
	[
		[1930, 1120],
		[3002, -1000],
		[2621, -120],
	],
	[
		[1930, 560],
		[3002, -500],
		[2622, -60],
	],
	[
		[1930, 1060.99],
		[3003, -1000.93],
		[2631, -60.06],
	],
	[
		[1930, 125],
		[3401, -100],
		[2612, -25],
	],
	[
		[1930, 1250],
		[3913, -1000],
		[2613, -250],
	],
	[
		[4535, 1000],
		[2645, 250],
		[2614, -250],
		[1930, -1000],
	],
	[
		[4515, 400],
		[2645, 100],
		[2614, -100],
		[1930, -400],
	],
	[
		[4516, 1000],
		[2645, 120],
		[2624, -120],
		[1930, -1000],
	],
	[
		[4517, 1000],
		[2645, 60],
		[2634, -60],
		[1930, -1000],
	],
	[
		[4531, 80],
		[2645, 20],
		[2614, -20],
		[1930, -80],
	],
	[
		[4415, 200],
		[2647, 50],
		[2617, -50],
		[1930, -200],
	],
	[
		[4425, 300],
		[2647, 75],
		[2617, -75],
		[1930, -300],
	],
	[
		[4545, 1000],
		[2645, 250],
		[2615, -250],
		[1930, -1000],
	],
	[
		[4546, 1000],
		[2645, 120],
		[2625, -120],
		[1930, -1000],
	],
	[
		[4547, 1000],
		[2645, 60],
		[2635, -60],
		[1930, -1000],
	],
	[
		[1930, 11.5],
		[3108, -11.5],
	],
	[
		[1930, 12.5],
		[3105, -12.5],
	],
	[
		[1930, -13.5],
		[4057, 13.5],
	],
	[
		[1930, 14.5],
		[3109, -14.5],
	],
	[
		[1930, 15.5],
		[3308, -15.5],
	],
	[
		[1930, 16.5],
		[3305, -16.5],
	],
	[
		[1930, 17.5],
		[3231, -17.5],
	],
	[
		[1930, 18.99],
		[3004, -18.99],
	],
	[
		[5410, 100.4],
		[2641, 25.1],
		[1930, -125.5],
	],
	[
		[1930, 1190],
		[3107, -1000],
		[2670, -190],
	],
];

function expectedBoxes(entries: readonly Rows[]): Record<string, number> {
	const ore: Record<string, number> = {};
	for (const [account, amount] of entries.flat()) {
		const [box, sign] = TRUTH[account] ?? [];
		if (box !== undefined && sign !== undefined) ore[box] = (ore[box] ?? 0) + sign * Math.round(amount * 100);
	}
	const kronor = Object.fromEntries(Object.entries(ore).map(([box, amount]) => [box, Math.trunc(amount / 100)]));
	const of = (box: string): number => kronor[box] ?? 0;
	const owed = ['10', '11', '12', '30', '31', '32', '60', '61', '62'].reduce((sum, box) => sum + of(box), 0);
	return { ...kronor, 49: owed - of('48') };
}

describe('a VAT return with every code', () => {
	const ids: string[] = [];
	let item: IDataObject;

	beforeAll(async () => {
		for (const rows of ENTRIES) ids.push(book(company, '2027-02-10', rows));
		book(company, '2027-01-31', [
			[1930, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		book(company, '2027-03-01', [
			[1930, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		world.reconnect();
		item = await returnOf('2027-02');
	});

	it('has the boxes that the entries make, öre dropped from each', () => {
		expect(filled(item)).toEqual(expectedBoxes(ENTRIES));
		expect((item.boxes as IDataObject)['07']).toBe(0);
		expect(item.to_pay).toBe(expectedBoxes(ENTRIES)['49']);
	});

	it('names accounts, amounts and entries behind each box', () => {
		const accounts = item.accounts as IDataObject[];
		expect(accounts.find(({ account_number }) => account_number === '3001')).toEqual({
			box: '05',
			account_number: '3001',
			account_name: 'Försäljning 25 %',
			vat_code: 'MP1',
			amount: 900.72,
			entries: [ids[0], ids[1]],
		});
		expect(accounts.filter(({ box }) => box === '48').map(({ account_number, amount }) => [account_number, amount])).toEqual([
			['2641', 25.1],
			['2645', 980],
			['2647', 125],
		]);
		expect(accounts.find(({ account_number }) => account_number === '3305')).toMatchObject({ box: '40', vat_code: null });
	});

	it('shows codes that feed no box, with their amounts', () => {
		expect(item.unmapped).toMatchObject([
			{ vat_code: 'OSSDE', account_number: '2670', amount: -190, entries: [ids.at(-1)] },
			{ vat_code: 'OSSDE', account_number: '3107', amount: -1000, entries: [ids.at(-1)] },
		]);
	});

	it('finds nothing wrong but the period before, which is not settled', () => {
		expect(item.checks).toMatchObject([{ check: 'earlier_period_not_settled', severity: 'warning', account_number: '2611', amount: -250 }]);
	});

	it('takes a request for the years, one for the file and one for the chart', async () => {
		await returnOf('2027-Q1');
		expect(world.requests('GET', /^\/3\//).map(({ path }) => path.replace(/^\/via-\d+/, ''))).toHaveLength(3);
	});

	it('sums months in a quarter and a year', async () => {
		const [january, february, march] = await Promise.all(['2027-01', '2027-02', '2027-03'].map(async (month) => await returnOf(month)));
		const quarter = await returnOf('2027-Q1');
		const amountOf = (of: IDataObject | undefined, account: string): number =>
			Number((of?.accounts as IDataObject[]).find(({ account_number }) => account_number === account)?.amount ?? 0);
		for (const account of ['3001', '2611', '2641', '4535']) {
			const months = [january, february, march].reduce((sum, month) => sum + Math.round(amountOf(month, account) * 100), 0);
			expect(Math.round(amountOf(quarter, account) * 100)).toBe(months);
		}
		expect((await returnOf('2027')).boxes).toEqual(quarter.boxes);
	});

	describe('as a file for Skatteverket', () => {
		async function file(options: INodeParameters = {}): Promise<{ bytes: Buffer; name: string | undefined }> {
			const result = await get('2027-02', { options: { outputFile: 'eskd', ...options } });
			expect(result.error?.message).toBeUndefined();
			const binary = result.items()[0]?.binary?.data;
			return { bytes: Buffer.from(binary?.data ?? '', 'base64'), name: binary?.fileName };
		}

		async function validate(contents: Uint8Array): Promise<Awaited<ReturnType<typeof validateXML>>> {
			return await validateXML({ xml: [{ fileName: 'moms.xml', contents }], schema: ESKD_SCHEMA });
		}

		it("has the DTD's sequence, in ISO-8859-1", async () => {
			const { bytes, name } = await file({ information: 'Rättelse för Łódź & <år> – 5 €' });
			expect(name).toBe('moms_2027-02-01_2027-02-28.xml');
			expect((await validate(bytes)).errors).toEqual([]);
			const text = bytes.toString('latin1');
			expect(text).toMatch(/^<\?xml version="1\.0" encoding="ISO-8859-1"\?>\r\n<!DOCTYPE eSKDUpload PUBLIC /);
			expect(text).toContain('<Period>202702</Period>');
			expect(text).toMatch(/<OrgNr>16\d{10}<\/OrgNr>/);
			expect(text).toContain('Rättelse för &#321;ódź'.replace('ź', '&#378;'));
			expect(text).toContain('&#38; &#60;år&#62; &#8211; 5 &#8364;');
			expect(text).not.toContain('UlagMargbesk');
		});

		it('has the boxes under the right names', async () => {
			const text = (await file()).bytes.toString('latin1');
			for (const [name, box] of [
				['ForsMomsEjAnnan', '05'],
				['MomsUtgHog', '10'],
				['MomsInkopUtgLag', '32'],
				['MomsUlagImport', '50'],
				['MomsImportUtgMedel', '61'],
				['ForsTjOvrUtomEg', '40'],
				['MomsBetala', '49'],
			] as const) {
				expect(text).toContain(`<${name}>${(item.boxes as Record<string, number>)[box] ?? 0}</${name}>`);
			}
		});

		it('would be refused in another order', async () => {
			const text = (await file()).bytes.toString('latin1');
			const swapped = text.replace(/(<ForsMomsEjAnnan>.*?<\/ForsMomsEjAnnan>)\r\n(<UttagMoms>.*?<\/UttagMoms>)/, '$2\r\n$1');
			expect(swapped).not.toBe(text);
			expect((await validate(Buffer.from(swapped, 'latin1'))).valid).toBe(false);
		});
	});
});

describe('what a VAT return leaves out', () => {
	it('the settlement entry, its reversal and entries that close the year', async () => {
		const sale = book(company, '2027-05-05', [
			[1930, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		const settlement = book(company, '2027-05-31', [
			[2611, 250],
			[2650, -250],
		]);
		const closing = book(company, '2027-05-31', [
			[3001, 1000],
			[8999, -1000],
		]);
		const toEquity = book(company, '2027-05-31', [
			[3001, 500],
			[2099, -500],
		]);
		const payment = book(company, '2027-05-20', [
			[2650, 100],
			[1930, -100],
		]);
		const item = await returnOf('2027-05');
		expect(filled(item)).toEqual({ '05': 1000, 10: 250, 49: 250 });
		expect((item.accounts as IDataObject[]).map(({ entries }) => entries)).toEqual([[sale], [sale]]);
		expect(item.left_out).toMatchObject([
			{ entry_id: settlement, reason: 'settlement' },
			{ entry_id: closing, reason: 'closing' },
			{ entry_id: toEquity, reason: 'closing' },
		]);
		expect(JSON.stringify(item)).not.toContain(payment);
	});

	it('but not what the owner takes from the business against an account of equity', async () => {
		book(company, '2027-10-05', [
			[2019, 1250],
			[3001, -1000],
			[2611, -250],
		]);
		const item = await returnOf('2027-10');
		expect(filled(item)).toEqual({ '05': 1000, 10: 250, 49: 250 });
		expect(item.left_out).toEqual([]);
	});
});

describe('the settlement of an earlier period', () => {
	it('is expected to be paid by the end of the period', async () => {
		book(company, '2029-11-30', [
			[3004, 400],
			[2650, -400],
		]);
		const unpaid = await returnOf('2029-12');
		expect(unpaid.checks).toContainEqual(
			expect.objectContaining({ check: 'settlement_account_not_cleared', severity: 'warning', account_number: '2650', amount: -400 }),
		);
		book(company, '2029-12-12', [
			[2650, 400],
			[1930, -400],
		]);
		world.reconnect();
		expect(checksOf(await returnOf('2029-12'))).not.toContain('settlement_account_not_cleared');
	});
});

describe('bad input', () => {
	it.each([
		['10/02/2027', /period: "10\/02\/2027" is not a period/],
		['year-to-date', /VAT is declared for a month, a quarter or a year/],
		['2031-01', /no financial year/],
	])('%s is refused', async (period, message) => {
		expect((await get(period)).error?.message).toMatch(message);
	});

	it('a chart that cannot be read is an error, and no guess', async () => {
		world.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/accounts' });
		const result = await get('2027-02');
		world.sandbox.faults.clear();
		expect(result.error?.message).toBeDefined();
		expect(result.json()).toEqual([]);
	});
});
