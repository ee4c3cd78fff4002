import { impliedVat, readVatChoice, VAT_CHOICES } from '../../../nodes/shared/ledger/vat';

describe('the VAT that an amount tells by itself', () => {
	it.each<[code: string, rate: 25 | 12 | 6 | undefined, amount: number, isGross: boolean, vat: number | undefined]>([
		['MP1', undefined, -10_000, false, 2_500],
		['MP1', undefined, -12_500, true, 2_500],
		['MP2', undefined, 10_000, false, 1_200],
		['MP3', undefined, 10_600, true, 600],
		['mp3', undefined, 10_000, false, 600],
		['MP1', undefined, 9_999, false, 2_500],
		['MP1', undefined, 9_997, false, 2_499],
		['MP1', undefined, 9_999, true, 2_000],
		['MP2', undefined, -9_999, true, 1_071],
		['R1', undefined, 10_000, false, 0],
		['UI12', undefined, 10_000, false, 1_200],
		['I', 25, 10_000, false, 2_500],
		['I', 6, 10_600, true, 600],
		['ITEU', 12, 10_000, false, 1_200],
		['I', undefined, 10_000, false, undefined],
		['UT', undefined, 10_000, false, undefined],
		['BVMB', undefined, 10_000, false, undefined],
		['VTEU', undefined, 10_000, false, 0],
		['MF', 25, 10_000, false, 0],
		['OWN', undefined, 10_000, false, undefined],
	])('with %s at %p of %d, gross %p, is %p', (code, rate, amount, isGross, vat) => {
		expect(impliedVat({ code, ...(rate !== undefined && { rate }) }, amount, isGross)).toBe(vat);
	});
});

describe('a choice of VAT as it is stored', () => {
	it.each([
		['MP1', { code: 'MP1' }],
		['MP1 25', { code: 'MP1', rate: 25 }],
		['I 25', { code: 'I', rate: 25 }],
		['I 12 %', { code: 'I', rate: 12 }],
		[' i  6% ', { code: 'i', rate: 6 }],
		['OWN 25', { code: 'OWN 25' }],
		['x I 25', { code: 'x I 25' }],
		['I 25 x', { code: 'I 25 x' }],
	])('"%s" is read', (text, read) => {
		expect(readVatChoice(text)).toEqual({ value: read });
	});

	it.each([
		['I 7', 'VAT code I is for 25, 12, 6 %, and 7 stands behind it.'],
		['mp1 12 %', 'VAT code MP1 is for 25 %, and 12 stands behind it.'],
		['BVMB 25', 'VAT code BVMB stands for no rate.'],
		['VTEU 0', 'VAT code VTEU stands for no rate.'],
	])('"%s" has a rate that is none of the code’s', (text, why) => {
		expect(readVatChoice(text)).toEqual({ problem: expect.stringContaining(why) });
	});

	it('is read again as what it says, for every choice', () => {
		for (const { value, code, name } of VAT_CHOICES) {
			const { code: read, rate } = readVatChoice(value).value ?? {};
			expect(read).toBe(code);
			if (value !== code) expect(name).toContain(`, ${rate} % (`);
		}
	});
});

describe('the choices of VAT', () => {
	const shown = (code: string) => VAT_CHOICES.filter((choice) => choice.code === code).map(({ value, name, side }) => [value, name, side]);

	it('begin with sales and purchases in Sweden', () => {
		expect(VAT_CHOICES.slice(0, 7).map(({ value }) => value)).toEqual(['MP1', 'MP2', 'MP3', 'I 25', 'I 12', 'I 6', 'UT 25']);
	});

	it('say rate, code, box and side', () => {
		expect(shown('MP2')).toEqual([['MP2', 'Sale, 12 % (MP2, box 05)', 'credit']]);
		expect(shown('I')[0]).toEqual(['I 25', 'Purchase, 25 % (I, box 48)', 'debit']);
		expect(shown('ITEU')[2]).toEqual(['ITEU 6', 'Services bought from the EU, 6 % (ITEU, box 21)', 'debit']);
		expect(shown('BVMB')).toEqual([['BVMB', 'Margin scheme (BVMB, box 07)', 'credit']]);
		expect(shown('BI')).toEqual([['BI', 'Basis of import VAT (BI, box 50)', 'debit']]);
		expect(shown('3VEU').map(([, , side]) => side)).toEqual(['debit']);
		expect(shown('VTEU')).toEqual([['VTEU', 'Goods sold to the EU (VTEU, box 35)', 'credit']]);
	});

	it('are found by what Swedish bookkeepers call them', () => {
		const inSwedish = (code: string) => new Set(VAT_CHOICES.filter((choice) => choice.code === code).map((choice) => choice.inSwedish));
		expect([...inSwedish('UT')]).toEqual(['moms uttag']);
		expect([...inSwedish('I')]).toEqual(['moms inköp ingående']);
	});

	it('leave out settlements, and codes of accounts of VAT', () => {
		expect(['R1', 'R2', 'U1', 'UEU', 'UI25'].flatMap(shown)).toEqual([]);
	});
});
