import { checkVatReturn, type VatFinding } from '../../../nodes/shared/ledger/vat/vatChecks';
import type { VatEntryInput } from '../../../nodes/shared/ledger/vat/vatReturn';
import { entry, returnOf, row, type Row } from './support';

type Check = VatFinding['check'];

function found(check: Check, entries: VatEntryInput[], books: Parameters<typeof returnOf>[1] = {}): VatFinding[] {
	return checkVatReturn(returnOf(entries, books)).filter((finding) => finding.check === check);
}

const one = (...rows: Row[]) => [entry(rows)];

describe('a return that is in order', () => {
	it('has no findings', () => {
		const sale = entry([row(1930, 125_000), row(3001, -100_000), row(2611, -25_000)]);
		const purchase = entry([row(4535, 100_000), row(2614, -25_000), row(2645, 25_000), row(1930, -100_000)], { id: 'A-2' });
		expect(checkVatReturn(returnOf([sale, purchase]))).toEqual([]);
	});
});

describe('VAT and what it is VAT on', () => {
	it('names the entry that is wrong, and what is wrong in it', () => {
		const wrong = entry([row(3001, -100_000), row(1930, 100_000)], { id: 'A-2' });
		const right = entry([row(3001, -100_000), row(2611, -25_000)]);
		const [finding, ...more] = checkVatReturn(returnOf([right, wrong]));
		expect(more).toEqual([]);
		// In the return the VAT is off; in the entry it is missing, which tells the fault.
		expect(finding).toEqual({
			check: 'base_without_vat',
			severity: 'error',
			box: '10',
			amount: -25_000,
			entries: ['A-2'],
			message:
				'Box 10 has VAT of 250.00, and 25 % of the base of 2000.00 is 500.00. A-2: A base of 1000.00 (box 05) has no VAT: 25 % of it is 250.00.',
		});
	});

	it('is the fault of the return where its entries have several', () => {
		const entries = [entry([row(3001, -100_000)]), entry([row(2611, -5_000)], { id: 'A-2' })];
		expect(found('vat_rate', entries)).toMatchObject([{ entries: ['A-1', 'A-2'], amount: -20_000 }]);
	});

	it('names all entries, and explains three', () => {
		const entries = [1, 2, 3, 4].map((number) => entry([row(3001, -100_000)], { id: `A-${number}` }));
		const [finding] = found('base_without_vat', entries);
		expect(finding?.entries).toEqual(['A-1', 'A-2', 'A-3', 'A-4']);
		expect(finding?.message.match(/A-\d:/g)).toEqual(['A-1:', 'A-2:', 'A-3:']);
	});

	it('does not blame entries of another group', () => {
		const entries = [entry([row(3001, -100_000)]), entry([row(4535, 100_000)], { id: 'A-2' }), entry([row(2615, -25_000)], { id: 'A-3' })];
		expect(
			checkVatReturn(returnOf(entries))
				.slice(0, 3)
				.map(({ box, entries: ids }) => [box, ...ids]),
		).toEqual([
			['10', 'A-1'],
			['21', 'A-2'],
			['60', 'A-3'],
		]);
	});

	it('cancels out between entries', () => {
		expect(checkVatReturn(returnOf([entry([row(3001, -100_000)]), entry([row(2611, -25_000)], { id: 'A-2' })]))).toEqual([]);
	});
});

describe('dormant VAT', () => {
	it.each([
		[2618, '', '10', true],
		[2628, '', '11', true],
		[2638, '', '12', true],
		[2648, 'I', '48', true],
		[2611, '', '10', false],
	])('on %d with the code "%s" that feeds a box', (account, code, box, isFound) => {
		const expected = { severity: 'warning', box, account, amount: box === '48' ? -100 : 100, entries: ['A-1'] };
		expect(found('dormant_vat', one(row(account, -100)), { codes: { [account]: code } })).toEqual(
			isFound ? [expect.objectContaining(expected)] : [],
		);
	});

	it('is not in question on an account that feeds none, or stands at 0', () => {
		expect(found('dormant_vat', one(row(2648, 100)))).toEqual([]);
		expect(found('dormant_vat', one(row(2618, 100), row(2618, -100)))).toEqual([]);
	});
});

describe('an account of VAT that no box wants', () => {
	it.each([
		['', 2690, 'warning'],
		['UEU', 2690, 'error'],
		['ueu', 2690, 'error'],
		['EGEN', 2690, undefined],
	])('with the code "%s"', (code, account, severity) => {
		const findings = found('vat_account_without_box', one(row(account, 700)), { codes: { [account]: code } });
		expect(findings).toEqual(severity === undefined ? [] : [expect.objectContaining({ severity, account, amount: 700, entries: ['A-1'] })]);
	});

	it('is not in question at 0', () => {
		expect(found('vat_account_without_box', one(row(2690, 700), row(2690, -700)))).toEqual([]);
	});
});

describe('a settlement with a purchase in it', () => {
	it('is named with its accounts, each once, and what is missing', () => {
		const rows = [row(5410, 10_000), row(5410, 2_000), row(2641, 2_500), row(2650, -14_500)];
		const [finding] = found('settlement_with_base', one(...rows));
		expect(finding).toMatchObject({ severity: 'error', amount: 12_000, entries: ['A-1'] });
		expect(finding?.message).toContain('A-1 has a row on the account of the settlement, so that it is left out, and rows on 5410:');
	});

	it('is none where only VAT is settled', () => {
		expect(found('settlement_with_base', one(row(2611, 25_000), row(2650, -25_000)))).toEqual([]);
	});
});

describe('an entry that closes the year with VAT in it', () => {
	it('is named with its accounts of VAT, and what is missing', () => {
		const purchase = [row(5410, 50_000), row(2641, 12_500), row(2440, -62_500)];
		const [finding, ...more] = found('closing_with_vat', one(...purchase, row(8999, 50_000), row(2099, -50_000)));
		expect(finding).toMatchObject({ severity: 'error', amount: 12_500, entries: ['A-1'] });
		expect(finding?.message).toContain('A-1 closes the year (8990–8999), so that it is left out, and has rows on 2641:');
		expect(more).toEqual([]);
	});

	it('is none without VAT, or with öre of it', () => {
		expect(found('closing_with_vat', one(row(3001, 50_000), row(8999, -50_000)))).toEqual([]);
		expect(found('closing_with_vat', one(row(2611, 99), row(8999, -99)))).toEqual([]);
		expect(found('closing_with_vat', one(row(2611, 100), row(8999, -100)))).toHaveLength(1);
	});
});

describe('VAT of an earlier period', () => {
	const opening = [row(2641, 500), row(2611, -1_000)];

	it('that was not settled is named by account', () => {
		expect(
			found('earlier_period_not_settled', [], { opening }).map(({ severity, account, amount }) => [severity, account, amount]),
		).toEqual([
			['warning', 2611, -1_000],
			['warning', 2641, 500],
		]);
	});

	it('that is settled in the period, or stands at 0, is in order', () => {
		const settles = one(row(2611, 1_000), row(2650, -1_000));
		expect(found('earlier_period_not_settled', settles, { opening }).map(({ account }) => account)).toEqual([2641]);
		expect(found('earlier_period_not_settled', [], { opening: [row(2611, -5), row(2611, 5)] })).toEqual([]);
	});

	const sale = entry([row(1930, 500), row(3001, -400), row(2611, -100)], { id: 'A-2' });
	it.each([
		['in part', 300, -700],
		['in all but a krona', 900, -100],
		['in all but öre', 901, undefined],
		['with more', 1_200, undefined],
		['not, but what the period itself moved', 100, -1_000],
		['not, but that of a period before it is taken back', -300, -1_000],
	])('that is settled %s', (_, amount, left) => {
		const settled = entry([row(2611, amount), row(2650, -amount)], { id: 'A-3' });
		const findings = found('earlier_period_not_settled', [sale, settled], { opening: [row(2611, -1_000)] });
		expect(findings.map((finding) => finding.amount)).toEqual(left === undefined ? [] : [left]);
	});

	it('that is settled in the period, which moved as much, is in order', () => {
		const settled = entry([row(2611, 1_000), row(2650, -1_000)], { id: 'A-3' });
		const asMuch = entry([row(1930, 5_000), row(3001, -4_000), row(2611, -1_000)], { id: 'A-2' });
		expect(found('earlier_period_not_settled', [asMuch, settled], { opening: [row(2611, -1_000)] })).toEqual([]);
	});

	it('that is taken back in the period, beside its own settlement, is in order', () => {
		const own = entry([row(2611, 100), row(2650, -100)], { id: 'A-3' });
		const back = entry([row(2611, -700), row(2650, 700)], { id: 'A-4' });
		expect(found('earlier_period_not_settled', [sale, own, back], { opening: [row(2611, 700)] })).toEqual([]);
	});

	it('that is settled in part is named with what was emptied', () => {
		const [finding] = found('earlier_period_not_settled', one(row(2611, 300), row(2650, -300)), { opening: [row(2611, -1_000)] });
		expect(finding?.message).toContain('stood at -10.00 when the period began, and settlements in the period emptied at most 3.00 of it:');
	});
});

describe('the settlement of an earlier period', () => {
	const opening = [row(2650, -1_000)];

	it.each([
		['not paid', 0, [[2650, -1_000]]],
		['paid in part', 400, [[2650, -600]]],
		['paid', 1_000, []],
	])('that is %s', (_, amount, left) => {
		const payment = amount === 0 ? [] : one(row(2650, amount), row(1930, -amount));
		const findings = found('settlement_account_not_cleared', payment, { opening });
		expect(findings.map((finding) => [finding.account, finding.amount])).toEqual(left);
		expect(findings.every(({ severity }) => severity === 'warning')).toBe(true);
	});

	const sale = entry([row(1930, 10_000), row(3001, -8_000), row(2611, -2_000)], { id: 'A-2' });
	it.each<[string, Row[], string, number[]]>([
		['taken back', [row(2611, -1_000), row(2650, 1_000)], 'Rättelse', []],
		['corrected', [row(2611, -400), row(2650, 400)], 'Rättelse', [-600]],
		['neither, as the period’s own settlement is beside it', [row(2611, 2_000), row(2650, -2_000)], 'Moms mars', [-1_000]],
		['neither, as is one that says its period', [row(2621, -400), row(2650, 400)], 'Momsredovisning 2026-03', [-1_000]],
	])('that is %s', (_, rows, text, left) => {
		const findings = found('settlement_account_not_cleared', [sale, entry(rows, { id: 'A-3', text })], { opening });
		expect(findings.map(({ amount }) => amount)).toEqual(left);
	});

	it('is in order where the account stood at 0', () => {
		expect(found('settlement_account_not_cleared', one(row(2650, 700), row(1930, -700)), { opening: [row(2650, 0)] })).toEqual([]);
	});
});
