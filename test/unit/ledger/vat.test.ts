import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { sumOre } from '../../../nodes/shared/ledger/money';
import { checkTaxCode, VAT_CODES, vatRows, type VatInput } from '../../../nodes/shared/ledger/vat';

const CHOSEN: Readonly<Record<string, number>> = {
	OUTVAT_MP1: 2610,
	OUTVAT_MP2: 2620,
	OUTVAT_MP3: 2630,
	INVAT: 2640,
	PRODUCT_DEB: 2645,
	PRODUCT_CRE: 2615,
	SERVICE_DEB: 2645,
	SERVICE_CRE: 2614,
	CONSTRUCTION_DEB: 2647,
	CONSTRUCTION_CRE: 2617,
};

function vat(input: Partial<VatInput> & Pick<VatInput, 'code'>): ReturnType<typeof vatRows> {
	return vatRows({ amount: 2500, lineAmount: -10000, predefinedAccount: (name) => CHOSEN[name], ...input });
}

describe('vatRows', () => {
	test.each<[string, string, number, number, Array<[number, number]>]>([
		['a sale at 25 %', 'MP1', 2500, -10000, [[2610, -2500]]],
		['a sale at 12 %', 'MP2', 1200, -10000, [[2620, -1200]]],
		['a sale at 6 %', 'MP3', 600, -10000, [[2630, -600]]],
		['a credit note', 'MP1', 2500, 10000, [[2610, 2500]]],
		['a sale by the code of the VAT account', 'U1', 2500, -10000, [[2610, -2500]]],
		['a purchase', 'I', 2500, 10000, [[2640, 2500]]],
		['a supplier’s credit note', 'I', 2500, -10000, [[2640, -2500]]],
		['goods from the EU', 'IVEU', 2500, 10000, [[2645, 2500], [2615, -2500]]],
		['a credit note for goods from the EU', 'IVEU', 2500, -10000, [[2645, -2500], [2615, 2500]]],
		['services from the EU', 'ITEU', 2500, 10000, [[2645, 2500], [2614, -2500]]],
		['services from elsewhere', 'ITGLOB', 2500, 10000, [[2645, 2500], [2614, -2500]]],
		['building services in Sweden', 'IT', 2500, 10000, [[2647, 2500], [2617, -2500]]],
	])('%s (%s)', (_name, code, amount, lineAmount, rows) => {
		expect(vat({ code, amount, lineAmount })).toEqual({
			rows: rows.map(([account, signed]) => ({ account, amount: signed })),
			hints: [],
		});
	});

	test.each([
		['MP1', -10000, [2611]],
		['MP2', -20833, [2621]],
		['MP3', -41667, [2631]],
		['UT', -10000, [2612]],
		['HFS', -10000, [2613]],
		['BVMB', -10000, [2616]],
		['I', 10000, [2641]],
		['IVEU', 10000, [2645, 2614]],
		['IV', 10000, [2647, 2614]],
		['UI25', 10000, [2645, 2615]],
		['UI12', 20833, [2645, 2625]],
		['UI6', 41667, [2645, 2635]],
	])('%s without predefined accounts: BAS numbers, and a hint for each', (code, lineAmount, accounts) => {
		for (const nothing of [undefined, null, 0]) {
			const result = vat({ code, lineAmount, predefinedAccount: () => nothing });
			expect('rows' in result && result.rows.map(({ account }) => account)).toEqual(accounts);
			expect('hints' in result && result.hints).toHaveLength(accounts.length);
		}
	});

	test('named accounts come first', () => {
		expect(vat({ code: 'MP1', vatAccount: 2619 })).toEqual({ rows: [{ account: 2619, amount: -2500 }], hints: [] });
		const both = { vatAccount: 2649, reversedVatAccount: 2624 };
		expect(vat({ code: 'ITEU', amount: 1200, lineAmount: 10000, ...both })).toEqual({
			rows: [
				{ account: 2649, amount: 1200 },
				{ account: 2624, amount: -1200 },
			],
			hints: [],
		});
	});

	test('with reverse charge the account of the owed VAT stands for the rate', () => {
		const services = { code: 'ITEU', amount: 1200, lineAmount: 10000 };
		expect(vat({ ...services, reversedVatAccount: 2624 })).toMatchObject({ hints: [] });
		const wrongBox = vat({ ...services, vatAccount: 2649 });
		expect(wrongBox).toMatchObject({ hints: [expect.stringContaining('is for 25 %')] });
	});

	test('VAT of another rate than the account’s gets a hint', () => {
		expect(vat({ code: 'MP1', amount: 1200 })).toMatchObject({ hints: [expect.stringContaining('is for 25 %')] });
		expect(vat({ code: 'ITEU', amount: 1200, lineAmount: 10000 })).toMatchObject({
			hints: [expect.stringContaining('which of 100.00 is 25.00, not 12.00')],
		});
		expect(vat({ code: 'MP1', amount: 2599 })).toMatchObject({ hints: [] });
		expect(vat({ code: 'I', amount: 1, lineAmount: 10000 })).toMatchObject({ hints: [] });
	});

	test.each(['MF', 'FTEU', 'ÖTEU', 'VTEU', 'E', 'OTTU', 'R1'])('%s takes no VAT amount above zero', (code) => {
		expect(vat({ code, amount: 0 })).toEqual({ rows: [], hints: [] });
		expect(vat({ code, amount: 1 })).toMatchObject({ problem: { field: 'tax_amount' } });
	});

	test('a VAT of zero makes no row, and a hint', () => {
		expect(vat({ code: 'MP1', amount: 0 })).toEqual({ rows: [], hints: [expect.stringContaining('no VAT was booked')] });
		expect(vat({ code: 'IVEU', amount: 0 })).toEqual({ rows: [], hints: [expect.stringContaining('no VAT was booked')] });
	});

	test('codes are read in any letter case and either form of Ö', () => {
		expect(vat({ code: ' mp1 ' })).toHaveProperty('rows');
		expect(vat({ code: 'O\u0308TEU', amount: 0 })).toHaveProperty('rows');
	});

	test('an unknown code is named, with the known ones', () => {
		for (const code of ['MP4', '', '25']) {
			expect(vat({ code })).toMatchObject({
				problem: { code: 'ERROR_TAX_CODE_NOT_FOUND', message: expect.stringContaining(VAT_CODES.join(', ')) },
			});
		}
	});

	test('refuses a negative amount, and a second account where there is no second row', () => {
		expect(vat({ code: 'MP1', amount: -1 })).toMatchObject({ problem: { field: 'tax_amount' } });
		expect(vat({ code: 'MP1', reversedVatAccount: 2614 })).toMatchObject({
			problem: { field: 'reversed_vat_account' },
		});
	});

	test('the rows of any code make the VAT on the line’s side, or zero', () => {
		const amounts = fc.integer({ min: 1, max: 1_000_000 });
		const sides = fc.constantFrom(-1, 1);
		fc.assert(
			fc.property(fc.constantFrom(...VAT_CODES), amounts, amounts, sides, (code, amount, base, side) => {
				const result = vat({ code, amount, lineAmount: side * base });
				if ('problem' in result) {
					expect(result.problem.message).toContain('without VAT');
					return;
				}
				const signed = result.rows.map((row) => row.amount);
				expect(signed[0]).toBe(side * amount);
				expect(sumOre(signed)).toBe(signed.length === 1 ? side * amount : 0);
			}),
		);
	});
});

const BAS_FILE = join(__dirname, '../../../../shared/data/bas-2025.json');
const describeWithBas = existsSync(BAS_FILE) ? describe : describe.skip;
if (!existsSync(BAS_FILE)) console.info('Skipped: the BAS 2025 chart is not beside the repository.');

describeWithBas('against the BAS 2025 chart', () => {
	test('every account that stands in for a predefined one exists, and its name says the rate', () => {
		const chart: { accounts: Array<{ number: number; name: string }> } = JSON.parse(readFileSync(BAS_FILE, 'utf8'));
		const nameOf = new Map(chart.accounts.map(({ number, name }) => [number, name]));
		for (const code of VAT_CODES) {
			const result = vat({ code, lineAmount: 1_000_000, predefinedAccount: () => undefined });
			if ('problem' in result) continue;
			for (const { account } of result.rows) expect(nameOf.get(account)).toMatch(/moms/i);
			const rate = /is for (\d+) %/.exec(result.hints.join(' '))?.[1];
			const owed = result.rows.at(-1)?.account;
			if (rate !== undefined && owed !== undefined) expect(nameOf.get(owed)).toContain(`${rate} %`);
		}
	});
});

describe('checkTaxCode', () => {
	test('the account’s own code is right, whatever it is', () => {
		expect(checkTaxCode('MP1', 'MP1')).toBeUndefined();
		expect(checkTaxCode('öteu', 'ÖTEU')).toBeUndefined();
		expect(checkTaxCode('OWN7', 'OWN7')).toBeUndefined();
	});

	test('another one is refused, naming both', () => {
		expect(checkTaxCode('MP1', 'MP2')).toMatchObject({
			code: 'ERROR_DATA_VALIDATION',
			message: expect.stringContaining('has the VAT code MP2, not MP1'),
		});
		expect(checkTaxCode('MP1', null)?.message).toContain('has no VAT code');
		expect(checkTaxCode('MP1', '')?.message).toContain('has no VAT code');
	});

	test('one that there is none of is not found', () => {
		expect(checkTaxCode('XYZ', 'MP1')?.code).toBe('ERROR_TAX_CODE_NOT_FOUND');
		expect(checkTaxCode('XYZ', undefined)?.code).toBe('ERROR_TAX_CODE_NOT_FOUND');
	});
});
