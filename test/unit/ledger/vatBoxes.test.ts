import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
	boxOfBasNumber,
	boxOfVatCode,
	checkVatBase,
	splitGross,
	type GrossTax,
	VAT_BOXES,
	VAT_RATES,
	VAT_TABLE,
	vatAccountHint,
	type ChartAccount,
} from '../../../nodes/shared/ledger/vat';
import { vat } from './vatMade';

/** A code of the company's own has an account that the user names. */
function grossTax(code: string, amount: number | undefined): GrossTax {
	return { code, ...(amount !== undefined && { amount }), ...(code === 'OSSDE' && { account: 2670 }) };
}

describe('splitGross', () => {
	test.each([
		[-125_000, 'MP1', undefined, -100_000, 25_000],
		[-9999, 'MP1', undefined, -7999, 2000],
		[9999, 'MP1', undefined, 7999, 2000],
		[-11_200, 'MP2', undefined, -10_000, 1200],
		[-10_600, 'U3', undefined, -10_000, 600],
		[12_500, 'I', 2500, 10_000, 2500],
		[-11_900, 'OSSDE', 1900, -10_000, 1900],
		[99_999_999_999_999, 'MP1', undefined, 79_999_999_999_999, 20_000_000_000_000],
		[12_500, 'I', 0, 12_500, 0],
		// 0.26 at 6 % contains 0.01, which rounding may take away.
		[-26, 'MP3', 0, -26, 0],
	])('%i of %s, VAT given: %p', (gross, code, given, net, amount) => {
		expect(splitGross(gross, grossTax(code, given))).toEqual({ value: { net, vat: amount } });
	});

	test.each([
		['I', undefined, 'tax_amount'],
		['OSSDE', undefined, 'tax_amount'],
		['HFS', undefined, 'tax_amount'],
		['ITEU', 250, 'gross'],
		['UI25', undefined, 'gross'],
		['E', undefined, 'gross'],
		['MP1', 10_000, 'tax_amount'],
		['MP1', -1, 'tax_amount'],
		['MP1', 0, 'tax_amount'],
		['MOMS25', undefined, 'tax_code'],
		['MOMS25', 2500, 'tax_code'],
	])('%s with a VAT of %p is refused', (code, given, field) => {
		expect(splitGross(10_000, grossTax(code, given))).toMatchObject({ problem: { field } });
	});

	test('VAT of 0 that the code contradicts is refused with what the amount contains', () => {
		expect(splitGross(-27, { code: 'mp3', amount: 0 }).problem?.message).toBe(
			'VAT code MP3 is for 6 %, of which 0.27 contains 0.02, not 0. Correct the VAT or the code, or leave the VAT amount empty, so that it is computed.',
		);
	});

	test('net and VAT make the gross again, for every amount', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 2, max: 1_000_000_000 }),
				fc.constantFrom('MP1' as const, 'MP2' as const, 'MP3' as const),
				fc.constantFrom(-1, 1),
				(size, code, side) => {
					const split = splitGross(side * size, { code });
					if (split.problem !== undefined) throw new Error(split.problem.message);
					const { net, vat } = split.value;
					expect(Math.abs(net) + vat).toBe(size);
					const rate = { MP1: 25, MP2: 12, MP3: 6 }[code];
					expect(Math.abs(vat - (Math.abs(net) * rate) / 100)).toBeLessThanOrEqual(1);
				},
			),
		);
	});
});

describe('boxes', () => {
	test.each<[string, number, string | undefined]>([
		['MP1', 3001, '05'],
		['U2', 2621, '11'],
		['I', 2641, '48'],
		['ÖTEU', 3305, '40'],
		['ITEU', 4535, '21'],
		['UEU', 2634, '32'],
		['UOS', 2614, '30'],
		['UTFU', 2690, undefined],
		['R1', 2650, undefined],
		['OSSDE', 2670, undefined],
	])('an account with %s (%i) feeds %s', (code, account, box) => {
		expect(boxOfVatCode(code, account)).toBe(box);
	});

	test('without a code the BAS number says it, where charts agree', () => {
		const numbers = {
			2610: '10',
			2616: '10',
			2614: '30',
			2625: '61',
			2649: '48',
			3003: '05',
			3004: '42',
			4516: '20',
			4532: '22',
			4545: '50',
		};
		for (const [number, box] of Object.entries(numbers)) expect(boxOfBasNumber(Number(number))).toBe(box);
		for (const number of [1930, 2617, 2643, 2650, 3106, 3108, 4010]) expect(boxOfBasNumber(number)).toBeUndefined();
	});

	test('every code but the settlement has one, and every box but the sum a code', () => {
		const fed = new Set([...VAT_TABLE.values()].flatMap(({ base, owed, deducted }) => [base, deducted, ...Object.values(owed ?? {})]));
		expect(VAT_BOXES.filter((box) => !fed.has(box))).toEqual(['49']);
	});
});

const BAS_FILE = join(__dirname, '../../../../shared/data/bas-2025.json');

const describeWithBas = existsSync(BAS_FILE) ? describe : describe.skip;

describeWithBas('against the BAS 2025 chart', () => {
	test('every account that stands in for a predefined one exists, and its name says the rate', () => {
		const chart: { accounts: Array<{ number: number; name: string }> } = JSON.parse(readFileSync(BAS_FILE, 'utf8'));
		const nameOf = new Map(chart.accounts.map(({ number, name }) => [number, name]));
		for (const [code, { owed }] of VAT_TABLE) {
			for (const rate of VAT_RATES) {
				const result = vat({ code, lineAmount: 1_000_000, amount: rate * 10_000, predefinedAccount: () => undefined });
				if ('problem' in result) continue;
				for (const { account } of result.rows) expect(nameOf.get(account)).toMatch(/moms/i);
				const account = result.rows.at(-1)?.account ?? 0;
				// The margin scheme's and a code's own rate stand whatever the amounts say.
				if (owed !== undefined && Object.keys(owed).length > 1 && code !== 'BVMB') expect(nameOf.get(account)).toContain(`${rate} %`);
			}
		}
	});
});

describe('the account of the base', () => {
	const account = (number: number, vatCode: string | null = null, active = true): ChartAccount => ({ number, vatCode, active });
	const CHART = [
		account(2611, 'U1'),
		account(2650, 'R1'),
		account(2670, 'OSSFR'),
		account(3001, 'MP1'),
		account(3041, 'mp1'),
		account(3009, 'MP1', false),
		account(3003, 'MP3'),
		account(3004, 'MF'),
		account(3108, 'VTEU'),
		account(3999, 'OSSDE'),
		account(4515, 'IVEU'),
		account(4535, 'ITEU'),
		account(6540),
	];
	const check = (number: number, code: string, vatAccount?: number) =>
		checkVatBase({ code, account: CHART.find((known) => known.number === number) ?? account(number), vatAccount }, CHART);

	test.each<[number, string, RegExp]>([
		[
			3004,
			'MP1',
			/^MP1 is sales at 25 % \(box 05\), but account 3004 has MF \(other sales without VAT\), and the base would go to box 42, .* Active accounts with MP1: 3001, 3041\. Use one of them, or turn on 'Accept VAT Base'\.$/,
		],
		[3108, 'MP1', /box 35/],
		[3001, 'MP3', /MP3 is sales at 6 % \(box 05\), but account 3001 has MP1 \(sales at 25 %\)/],
		[6540, 'ITEU', /\(box 21\), but account 6540 has no VAT code, so the base would be in no box.*4535/],
		[3004, 'U1', /U1 is VAT on sales at 25 % whose base belongs in box 05 or 06 or 07 or 08.*box 42/],
		[6540, 'UTFU', /no box.*IVEU or ITEU/],
		[6540, 'UI25', /no VAT code.*No active account has BI; give one that code/],
		[3999, 'MP1', /account 3999 has the company's own code OSSDE, and the base would be reported under that/],
		[2650, 'MP1', /account 2650 has R1 \(settlement of VAT\), and the base would go in no box/],
		[6540, 'OSSDE', /OSSDE is a code of the company's own, but account 6540 has no VAT code/],
		[3004, 'OSSDE', /OSSDE is a code of the company's own, but account 3004 has MF.*3999/],
	])('%i with %s is refused', (number, code, message) => {
		expect(check(number, code)).toMatchObject({
			weight: 'refuseUnlessAccepted',
			problem: { code: 'ERROR_VAT_BASE_ACCOUNT', field: 'tax_code', message: expect.stringMatching(message) },
		});
	});

	test.each<[number, string, number | undefined]>([
		[3001, 'MP1', undefined],
		[3041, ' Mp1', undefined],
		[3001, 'U1', undefined],
		[4535, 'ITEU', undefined],
		[4515, 'UEU', undefined],
		[6540, 'I', undefined],
		[2611, 'I', undefined],
		[3999, 'OSSDE', undefined],
		[6540, 'OSSFR', 2670],
		[6540, 'R1', undefined],
	])('%i with %s is right', (number, code, vatAccount) => {
		expect(check(number, code, vatAccount)).toBeUndefined();
	});

	test('a code whose base no box wants is reported on an account that feeds one', () => {
		expect(check(4515, 'I')).toMatchObject({ weight: 'tell', problem: { field: 'tax_code', message: expect.stringContaining('box 20') } });
	});

	test.each([
		[8, '3008\\. Use'],
		[9, '3008 and 1 more\\. Use'],
		[10, '3008 and 2 more\\. Use'],
	])('of %i accounts with the code eight are named', (count, words) => {
		const chart = Array.from({ length: count }, (_, index) => account(3001 + index, 'MP1'));
		const message = checkVatBase({ code: 'MP1', account: account(6540) }, chart)?.problem.message;
		expect(message).toMatch(new RegExp(`3001, 3002, 3003, 3004, 3005, 3006, 3007, ${words}`));
	});

	test('an own code that is the VAT account’s does not put the base of another code right', () => {
		expect(check(3001, 'OSSFR', 2670)).toMatchObject({ weight: 'refuseUnlessAccepted' });
	});

	test('a code that no account has is not found, whatever the user accepts', () => {
		expect(check(3001, 'XYZ', 2670)).toMatchObject({ weight: 'refuse', problem: { code: 'ERROR_TAX_CODE_NOT_FOUND' } });
	});

	test('VAT on an account of another box is reported', () => {
		expect(vatAccountHint(account(2621, 'U2'), '10')).toContain(
			'belongs in box 10 of the VAT return, and account 2621 (VAT code U2) feeds box 11',
		);
		for (const [number, code] of [
			[2611, 'U1'],
			[2619, null],
			[2618, 'OWN'],
		] as const)
			expect(vatAccountHint(account(number, code), '10')).toBeUndefined();
	});
});
