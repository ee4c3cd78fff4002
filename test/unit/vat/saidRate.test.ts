import { VAT_CODES, vatRows } from '../../../nodes/shared/ledger/vat';

/** Per cent that may stand behind a code, written by hand from SKV 4700: `I 12`, `MP1 25`. */
const RATES: Record<string, number[]> = {
	MP1: [25],
	MP2: [12],
	MP3: [6],
	U1: [25],
	U2: [12],
	U3: [6],
	UI25: [25],
	UI12: [12],
	UI6: [6],
	UT: [25, 12, 6],
	HFS: [25, 12, 6],
	I: [25, 12, 6],
	IVEU: [25, 12, 6],
	ITEU: [25, 12, 6],
	ITGLOB: [25, 12, 6],
	IV: [25, 12, 6],
	IT: [25, 12, 6],
	UOS: [25, 12, 6],
	UEU: [25, 12, 6],
	UTFU: [25, 12, 6],
};
const WITHOUT_RATE = ['BVMB', 'VTEU', 'E', '3VEU', '3FEU', 'FTEU', 'ÖTEU', 'OTTU', 'MF', 'BI', 'R1', 'R2'];
const BASE = 100_000;

const PAIRS = Object.entries(RATES).flatMap(([code, rates]) => rates.map((rate): [string, 25 | 12 | 6] => [code, rate as 25 | 12 | 6]));

const vat = (code: string, rate: 25 | 12 | 6, amount: number, { base = BASE, ...more }: { vatAccount?: number; base?: number } = {}) =>
	vatRows({ code, amount, lineAmount: base, rate, ...more });

it('every code has its rates, or none', () => {
	const tried = [...Object.keys(RATES), ...WITHOUT_RATE];
	expect({
		'add a row to RATES, or the code to WITHOUT_RATE': VAT_CODES.filter((code) => !tried.includes(code)),
		'no such code': tried.filter((code) => !VAT_CODES.includes(code)),
	}).toEqual({ 'add a row to RATES, or the code to WITHOUT_RATE': [], 'no such code': [] });
});

describe.each(PAIRS)('%s at %i %%', (code, rate) => {
	const right = (BASE * rate) / 100;

	it('takes its own VAT, and that with rounding', () => {
		for (const amount of [right, right - 100, right + 100]) {
			// Input VAT is 25 % at most, and rounding.
			expect([amount, vat(code, rate, amount).problem]).toEqual([amount, undefined]);
		}
	});

	it.each([0, 1, 6_000, 12_000, 19_000, 25_000, 30_000].filter((amount) => amount !== right))('refuses %i of 100000', (amount) => {
		expect(vat(code, rate, amount)).toMatchObject({ problem: { code: 'ERROR_DATA_VALIDATION', field: 'tax_amount' } });
	});

	it('refuses what is just beyond rounding, on small bases too', () => {
		for (const amount of [right - 101, right + 101]) expect(vat(code, rate, amount)).toMatchObject({ problem: { field: 'tax_amount' } });
		// 0.50 per cent of 10.00 is 0.05.
		expect(vat(code, rate, rate * 10 + 5, { base: 1_000 }).problem).toBeUndefined();
		expect(vat(code, rate, rate * 10 + 6, { base: 1_000 })).toMatchObject({ problem: { field: 'tax_amount' } });
	});
});

it.each([
	['MP1', 25, 2621],
	['UT', 12, 2612],
	['I', 25, 2641],
] as const)('an account named for %s at %i %% changes nothing about it', (code, rate, vatAccount) => {
	expect(vat(code, rate, 6_000, { vatAccount })).toMatchObject({
		problem: { field: 'tax_amount', message: expect.stringContaining(`${code} ${rate} says ${rate} %, which of 1000.00 is`) },
	});
});
