import type { IDataObject } from 'n8n-workflow';

import { countVouchers, type World } from '../support/world';
import { startVatWorld } from './support';

/** The handed cases of VAT, posted through the node, with the boxes that they end in. */
let world: World;
let month = 0;

beforeAll(async () => {
	world = await startVatWorld();
	for (const year of world.sandbox.company().years.values()) {
		for (const [number, vatCode] of [
			[2614, 'UTFU'],
			[2624, 'UTFU'],
			[2634, 'UTFU'],
			[4516, 'IVEU'],
			[4517, 'IVEU'],
		] as const) {
			const account = year.accounts.get(number);
			if (account !== undefined) year.setAccount({ ...account, active: true, vatCode });
		}
	}
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

/** Posts a line, balanced on the bank by `bank` (kronor, debit positive), and gives the month's boxes that are not 0. */
async function boxesOf(line: IDataObject, bank: number): Promise<{ code: unknown; boxes: IDataObject; unmapped: unknown }> {
	const period = `${2027 + Math.floor(month / 12)}-${String((month++ % 12) + 1).padStart(2, '0')}`;
	const items = [line, bank > 0 ? { account: '1930', debit: bank } : { account: '1930', credit: -bank }];
	const before = countVouchers(world.sandbox);
	const posted = await world.run({
		resource: 'journalEntry',
		operation: 'create',
		linesSource: 'json',
		linesJson: JSON.stringify({ journal_id: 'A', date: `${period}-11`, number: `CASE-${period}`, items }),
	});
	expect(countVouchers(world.sandbox) - before).toBe(posted.error === undefined ? 1 : 0);
	world.reconnect();
	const [item = {}] = (await world.run({ resource: 'vatReturn', operation: 'get', period })).json();
	const boxes = Object.fromEntries(Object.entries(item.boxes as IDataObject).filter(([, amount]) => amount !== 0));
	return {
		code: posted.error?.context?.error_code,
		boxes,
		unmapped: (item.unmapped as IDataObject[]).map(({ account_number, amount }) => [account_number, amount]),
	};
}

describe('the handed cases of VAT end in the right boxes', () => {
	it.each<[string, IDataObject, number, IDataObject]>([
		[
			'4535 with ITEU',
			{ account: '4535', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 250 } },
			-1000,
			{ 21: 1000, 30: 250, 48: 250 },
		],
		[
			'4516 with IVEU',
			{ account: '4516', debit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 120 } },
			-1000,
			{ 20: 1000, 31: 120, 48: 120 },
		],
		[
			'4517 with IVEU',
			{ account: '4517', debit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 60 } },
			-1000,
			{ 20: 1000, 32: 60, 48: 60 },
		],
		['a gross sale', { account: '3001', credit: 1250, tax_info: { tax_code: 'MP1', gross: true } }, 1250, { '05': 1000, 10: 250, 49: 250 }],
		[
			'a gross sale with öre',
			{ account: '3001', credit: 99.99, tax_info: { tax_code: 'MP1', gross: true } },
			99.99,
			{ '05': 79, 10: 20, 49: 20 },
		],
		[
			'a credit note',
			{ account: '3001', debit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } },
			-1250,
			{ '05': -1000, 10: -250, 49: -250 },
		],
		['a purchase', { account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25 } }, -125, { 48: 25, 49: -25 }],
	])('%s', async (_, line, bank, boxes) => {
		expect(await boxesOf(line, bank)).toEqual({ code: undefined, boxes, unmapped: [] });
	});

	it('a code of the company’s own is unmapped', async () => {
		const line = { account: '3107', credit: 1000, tax_info: { tax_code: 'OSSDE', tax_amount: 190, vat_account: 2670 } };
		expect(await boxesOf(line, 1190)).toEqual({
			code: undefined,
			boxes: {},
			unmapped: [
				['2670', -190],
				['3107', -1000],
			],
		});
	});

	it.each<[string, IDataObject, number, string]>([
		['3004 with MP1', { account: '3004', credit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } }, 1250, 'ERROR_VAT_BASE_ACCOUNT'],
		['3108 with MP1', { account: '3108', credit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } }, 1250, 'ERROR_VAT_BASE_ACCOUNT'],
		['3001 with MP3', { account: '3001', credit: 1000, tax_info: { tax_code: 'MP3', tax_amount: 60 } }, 1060, 'ERROR_VAT_BASE_ACCOUNT'],
		['6540 with ITEU', { account: '6540', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 250 } }, -1000, 'ERROR_VAT_BASE_ACCOUNT'],
		[
			'10 % of reverse charge',
			{ account: '4535', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 100 } },
			-1000,
			'ERROR_DATA_VALIDATION',
		],
		['300 % of input VAT', { account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 300 } }, -400, 'ERROR_DATA_VALIDATION'],
		[
			'an account that is none of VAT',
			{ account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25, vat_account: 1930 } },
			-125,
			'ERROR_DATA_VALIDATION',
		],
		[
			'an own code without its account',
			{ account: '3107', credit: 1000, tax_info: { tax_code: 'OSSDE', tax_amount: 190 } },
			1190,
			'ERROR_TAX_CODE_NOT_FOUND',
		],
	])('%s is in no box', async (_, line, bank, code) => {
		expect(await boxesOf(line, bank)).toEqual({ code, boxes: {}, unmapped: [] });
	});
});
