import { checkRates, type RateProblem } from '../../../nodes/shared/ledger/vat/checkRates';
import { placeOf, rateOfBase } from '../../../nodes/shared/ledger/vat/places';
import type { VatEntryRow } from '../../../nodes/shared/ledger/vat/vatReturn';

/** A row as a return reads it from the ledger: in öre, debit positive. */
function row(account: number, amount: number, code = ''): VatEntryRow {
	const place = placeOf(account, code);
	if (place === undefined) throw new Error(`${account} has nothing to do with VAT`);
	return { account, code, place, rate: rateOfBase(account, code), amount };
}

function problems(...rows: VatEntryRow[]): Array<Pick<RateProblem, 'check' | 'box' | 'amount'>> {
	return checkRates(rows).map(({ check, box, amount }) => ({ check, box, amount }));
}

describe('VAT of a base whose rate is known', () => {
	it.each([
		['25 %', 3001, 2611, 25_000],
		['12 %', 3002, 2621, 12_000],
		['6 %', 3003, 2631, 6_000],
	])('of %s is right to within a krona and half an öre for each row', (_, sales, vat, right) => {
		expect(problems(row(sales, -100_000), row(vat, -right))).toEqual([]);
		expect(problems(row(sales, -100_000), row(vat, -(right + 101)))).toEqual([]);
		expect(problems(row(sales, -100_000), row(vat, -(right - 101)))).toEqual([]);
		expect(problems(row(sales, -100_000), row(vat, -(right + 102)))).toMatchObject([{ check: 'vat_rate', amount: 102 }]);
		expect(problems(row(sales, -100_000), row(vat, -(right - 102)))).toMatchObject([{ check: 'vat_rate', amount: -102 }]);
	});

	it('may be off by half an öre more for each further row', () => {
		const rows = [row(3001, -50_000), row(3001, -50_000), row(2611, -12_500)];
		expect(problems(...rows, row(2611, -12_602))).toEqual([]);
		expect(problems(...rows, row(2611, -12_603))).toEqual([{ check: 'vat_rate', box: '10', amount: 103 }]);
	});

	it('is missing, or has no base', () => {
		expect(problems(row(3001, -100_000))).toEqual([{ check: 'base_without_vat', box: '10', amount: 100_000 }]);
		expect(problems(row(3001, -100_000), row(2611, -101))).toEqual([{ check: 'base_without_vat', box: '10', amount: 100_000 }]);
		expect(problems(row(3001, -100_000), row(2611, -102))).toMatchObject([{ check: 'vat_rate' }]);
		expect(problems(row(2621, -12_000))).toEqual([{ check: 'vat_without_base', box: '11', amount: 12_000 }]);
		expect(problems(row(3002, -840), row(2621, -12_000))).toEqual([{ check: 'vat_without_base', box: '11', amount: 12_000 }]);
		expect(problems(row(3002, -860), row(2621, -12_000))).toMatchObject([{ check: 'vat_rate' }]);
	});

	it('is that of another rate, which both rates show', () => {
		expect(problems(row(3001, -100_000), row(2621, -12_000))).toEqual([
			{ check: 'base_without_vat', box: '10', amount: 100_000 },
			{ check: 'vat_without_base', box: '11', amount: 12_000 },
		]);
	});

	it('is a credit note', () => {
		expect(problems(row(3001, 100_000), row(2611, 25_000))).toEqual([]);
		expect(problems(row(3001, 100_000))).toEqual([{ check: 'base_without_vat', box: '10', amount: -100_000 }]);
	});
});

describe('VAT of a base of any rate', () => {
	const purchase = (amount: number): VatEntryRow => row(4535, amount);

	it.each([
		['25 %', 2614, 25_000],
		['12 %', 2624, 12_000],
		['6 %', 2634, 6_000],
	])('is right at %s', (_, vat, right) => {
		expect(problems(purchase(100_000), row(vat, -right))).toEqual([]);
	});

	it.each([
		['25 %', 2615, 25_000],
		['12 %', 2625, 12_000],
		['6 %', 2635, 6_000],
	])('is right at %s of imported goods', (_, vat, right) => {
		expect(problems(row(4545, 100_000), row(vat, -right))).toEqual([]);
		expect(problems(row(4545, 100_000))).toEqual([{ check: 'base_without_vat', box: '50', amount: 100_000 }]);
	});

	it('is right where it stands for parts at several rates', () => {
		expect(problems(purchase(200_000), row(2614, -25_000), row(2624, -12_000))).toEqual([]);
		expect(problems(purchase(300_000), row(2614, -25_000), row(2624, -12_000))).toEqual([
			{ check: 'vat_rate', box: '30', amount: -100_000 },
		]);
	});

	it('stands for too large or too small a base, beyond what rounding explains', () => {
		// A krona and an öre of VAT at 25 % are a base of 4.04.
		expect(problems(purchase(100_000), row(2614, -25_101))).toEqual([]);
		expect(problems(purchase(100_000), row(2614, -24_899))).toEqual([]);
		expect(problems(purchase(100_000), row(2614, -25_102))).toEqual([{ check: 'vat_rate', box: '30', amount: 408 }]);
		expect(problems(purchase(100_000), row(2614, -24_898))).toEqual([{ check: 'vat_rate', box: '30', amount: -408 }]);
	});

	it('is missing from a base of which 6 % would be more than rounding', () => {
		expect(problems(purchase(100_000))).toEqual([{ check: 'base_without_vat', box: '21', amount: 100_000 }]);
		expect(problems(purchase(1_683))).toEqual([]);
		expect(problems(purchase(1_684))).toEqual([{ check: 'base_without_vat', box: '21', amount: 1_684 }]);
	});

	it('has no base', () => {
		expect(problems(row(2614, -25_000))).toEqual([{ check: 'vat_without_base', box: '30', amount: 25_000 }]);
	});

	it('and of a known base is that of both', () => {
		const sales = [row(3001, -100_000), row(3010, -100_000, 'MP2')];
		expect(problems(...sales, row(2611, -25_000), row(2621, -12_000))).toEqual([]);
		const open: VatEntryRow = { account: 3100, code: '', place: { kind: 'box', box: '05' }, amount: -50_000 };
		expect(problems(...sales, open, row(2611, -37_500), row(2621, -12_000))).toEqual([]);
		expect(problems(...sales, open, row(2611, -25_000), row(2621, -12_000))).toEqual([{ check: 'vat_rate', box: '10', amount: -50_000 }]);
		expect(problems(...sales, open)).toEqual([{ check: 'base_without_vat', box: '05', amount: 250_000 }]);
		expect(checkRates([...sales, open, row(2611, -25_000), row(2621, -12_000)])[0]?.message).toBe(
			'VAT in box 10, 11 is that of a base of 2000.00, and box 05 has 2500.00.',
		);
	});
});

describe('sales by the margin scheme', () => {
	const sale: VatEntryRow = { account: 3200, code: 'VMB', place: { kind: 'box', box: '07' }, amount: -100_000 };

	it('have VAT on a margin that no account shows', () => {
		expect(problems(sale, row(2616, -5_000))).toEqual([]);
		expect(problems(sale, row(2616, -500_000))).toEqual([]);
		expect(problems(sale)).toEqual([]);
	});

	it('do not excuse VAT that is missing from other sales', () => {
		expect(problems(sale, row(3001, -1_000_000), row(2611, -5_000))).toEqual([{ check: 'vat_rate', box: '10', amount: -980_000 }]);
		// 1.00 and half an öre for each of three rows are VAT on 4.08.
		expect(problems(sale, row(3001, -100_000), row(2611, -24_898))).toEqual([]);
		expect(problems(sale, row(3001, -100_000), row(2611, -24_897))).toEqual([{ check: 'vat_rate', box: '10', amount: -412 }]);
	});
});

it('names boxes and amounts', () => {
	const [one] = checkRates([row(3001, -100_000), row(2611, -20_000)]);
	expect(one?.message).toBe('Box 10 has VAT of 200.00, and 25 % of the base of 1000.00 is 250.00.');
	const [open] = checkRates([row(4535, 100_000), row(2614, -20_000)]);
	expect(open?.message).toBe('VAT in box 30 is that of a base of 800.00, and box 21 has 1000.00.');
	const [both] = checkRates([row(4535, 100_000), row(4515, 100_000), row(2614, -20_000)]);
	expect(both?.message).toBe('VAT in box 30 is that of a base of 800.00, and boxes 20, 21 have 2000.00.');
	const [missing] = checkRates([row(3002, -100_000)]);
	expect(missing?.message).toBe('A base of 1000.00 (box 05) has no VAT: 12 % of it is 120.00.');
	const [baseless] = checkRates([row(2611, -20_000)]);
	expect(baseless?.message).toBe('VAT of 200.00 in box 10 has no base in box 05, 06, 07, 08.');
});

it('leaves alone what is in no box of VAT and its base', () => {
	expect(problems(row(3105, -100_000), row(2650, 25_000), row(2640, 25_000))).toEqual([]);
});
