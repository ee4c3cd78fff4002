import { checkVatBase, namedBoxes, VAT_BOXES, VAT_CODES } from '../../../nodes/shared/ledger/vat';
import { inBox, rateOfBase, wholeKronor } from '../../../nodes/shared/ledger/vat/places';
import { rateOf, tolerance } from '../../../nodes/shared/ledger/vat/rates';

describe('boxes', () => {
	it('of purchases and of deducted VAT have their amounts in debit, all others in credit', () => {
		const inDebit = VAT_BOXES.filter((box) => inBox(box, 100) === 100);
		expect(inDebit).toEqual(['20', '21', '22', '23', '24', '37', '48', '50']);
		expect(VAT_BOXES.every((box) => Math.abs(inBox(box, 100)) === 100)).toBe(true);
		expect(inBox('10', 0)).toBe(0);
	});

	it.each([
		[199, 1],
		[-199, -1],
		[-99, 0],
		[100, 1],
	])('have of %d öre %d kronor', (ore, kronor) => {
		expect(wholeKronor(ore)).toBe(kronor);
	});

	it('stand as on the form, each once, the amount to pay last', () => {
		const named = namedBoxes(
			new Map([
				['05', 1000],
				['49', -25],
			]),
		);
		expect(named.slice(0, 2)).toEqual([
			['05 Sales with VAT', 1000],
			['06 Withdrawals with VAT', 0],
		]);
		expect(named.at(-1)).toEqual(['49 VAT to pay (negative: to get back)', -25]);
		expect(named.map(([name]) => name.slice(0, 2)).toSorted()).toEqual([...VAT_BOXES]);
	});
});

describe('rates', () => {
	it.each<[account: number, code: string, rate: number | undefined]>([
		[3001, '', 25],
		[3002, '', 12],
		[3003, '', 6],
		[3401, '', 25],
		[3402, 'UT', 12],
		[3403, '', 6],
		[3000, '', undefined],
		[3004, '', undefined],
		[3400, 'UT', undefined],
		[3404, '', undefined],
		[3001, 'MP2', 12],
		[3911, 'mp3', 6],
		[4535, 'ITEU', undefined],
	])('what is taxed on %d with the code "%s" has the rate %s', (account, code, rate) => {
		expect(rateOfBase(account, code)).toBe(rate);
	});

	it.each([
		[0, 1],
		[299, 1],
		[300, 2],
		[1_000, 5],
		[19_899, 99],
		[19_900, 100],
		[1_000_000, 100],
	])('VAT on %d öre may be rounded by %d', (base, ore) => {
		expect(tolerance(base)).toBe(ore);
	});

	it.each<[vat: number, base: number, rate: number | undefined]>([
		[250, 1_000, 25],
		[255, -1_000, 25],
		[256, 1_000, undefined],
		[115, 1_000, 12],
		[114, 1_000, undefined],
		[60, 1_000, 6],
		[25_100, 100_000, 25],
		[25_101, 100_000, undefined],
		[3, 10, 25],
		[1, 10, 12],
		[1, 5, 25],
	])('%d of %d is at %s %%', (amount, lineAmount, rate) => {
		expect(rateOf({ amount, lineAmount })).toBe(rate);
	});
});

describe('the account of a base', () => {
	const SALES_OF_ANY_RATE = ['UT', 'BVMB', 'HFS'];
	const BOUGHT = ['IVEU', 'ITEU', 'ITGLOB', 'IV', 'IT'];
	/** By SKV 4700: on accounts of which codes stands what such VAT is VAT on. */
	const BASES: Record<string, string[]> = {
		U1: ['MP1', ...SALES_OF_ANY_RATE],
		U2: ['MP2', ...SALES_OF_ANY_RATE],
		U3: ['MP3', ...SALES_OF_ANY_RATE],
		UOS: BOUGHT,
		UEU: BOUGHT,
		UTFU: BOUGHT,
		UI25: ['BI'],
		UI12: ['BI'],
		UI6: ['BI'],
	};

	it.each(Object.entries(BASES))('of %s is one of %j, or of the VAT itself', (code, bases) => {
		const accepted = VAT_CODES.filter(
			(vatCode) => checkVatBase({ code, account: { number: 3050, vatCode, active: true } }, []) === undefined,
		);
		expect(accepted.toSorted()).toEqual([...bases, code].toSorted());
	});
});
