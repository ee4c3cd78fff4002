import { contradictions, type Sought } from '../../../nodes/shared/fortnox/client/sought';

const ENTRY: Sought = {
	what: 'entry A 5',
	key: { VoucherSeries: 'A', VoucherNumber: 5 },
	also: { Year: 4 },
	sent: { Description: 'Hyra' },
};

const whole = { VoucherSeries: 'A', VoucherNumber: 5, Year: 4, Description: 'Hyra' };

describe('an object is the one that is sought', () => {
	it.each<[string, object]>([
		['as it is documented', whole],
		['with numbers as texts', { ...whole, VoucherNumber: '5', Year: '4' }],
		['with a code in small letters', { ...whole, VoucherSeries: 'a' }],
		['with blanks around a text', { ...whole, Description: ' Hyra ' }],
		['without a year, and without what was sent', { VoucherSeries: 'A', VoucherNumber: 5 }],
		['with nothing in its place', { ...whole, Year: null, Description: '' }],
	])('%s', (_, object) => {
		expect(contradictions(object, ENTRY, true)).toEqual([]);
	});

	it('where it was only read, also without its key', () => {
		expect(contradictions({ Description: 'Hyra' }, ENTRY, false)).toEqual([]);
	});

	it('where a key that was sent has other capitals', () => {
		expect(contradictions({ Code: 'KS1' }, { what: 'a cost center', key: { Code: 'ks1' }, sent: { Code: 'ks1' } }, true)).toEqual([]);
	});

	it('where letters are composed in another way', () => {
		expect(contradictions({ Name: 'a\u030a' }, { what: 'a file', sent: { Name: 'å' } }, true)).toEqual([]);
	});
});

describe('an object is another one', () => {
	it.each<[string, object, string[]]>([
		['by its series', { ...whole, VoucherSeries: 'B' }, ['VoucherSeries B']],
		['by its number', { ...whole, VoucherNumber: 6 }, ['VoucherNumber 6']],
		['by its year', { ...whole, Year: 3 }, ['Year 3']],
		['by what was sent', { ...whole, Description: 'hyra' }, ['Description hyra']],
		['by more than one field', { ...whole, VoucherNumber: 6, Year: 3 }, ['VoucherNumber 6', 'Year 3']],
		['by a field that is no value', { ...whole, VoucherNumber: {} }, ['VoucherNumber an object']],
		['by what is no number', { ...whole, VoucherNumber: 'five' }, ['VoucherNumber five']],
		['since it shows nothing of what was written', {}, ['no VoucherSeries', 'no VoucherNumber']],
	])('%s', (_, object, expected) => {
		expect(contradictions(object, ENTRY, true)).toEqual(expected);
	});

	it('and a long text of it is cut', () => {
		expect(contradictions({ ...whole, VoucherSeries: 'B'.repeat(5000) }, ENTRY, false)).toEqual([`VoucherSeries ${'B'.repeat(40)}…`]);
	});

	it('also where a boolean or a zero was sent', () => {
		const sought: Sought = { what: 'a file', sent: { Active: false, Size: 0 } };
		expect(contradictions({ Active: true, Size: 3 }, sought, true)).toEqual(['Active true', 'Size 3']);
		expect(contradictions({ Active: 'false', Size: '0' }, sought, true)).toEqual([]);
	});
});
