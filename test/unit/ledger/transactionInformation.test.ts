import fc from 'fast-check';

import {
	MAX_TRANSACTION_INFORMATION,
	partnerFits,
	readTransactionInformation,
	writeTransactionInformation,
	type RowFacts,
} from '../../../nodes/shared/ledger/transactionInformation';
import { replaceUnsupported } from '../../../nodes/shared/ledger/text';

const text = fc
	.string({
		unit: fc.constantFrom(...'abcåäö 0123*=-CSE%.;'),
		minLength: 1,
		maxLength: 40,
	})
	.map((value) => value.trim())
	.filter((value) => value !== '');

describe('the transaction information of a row', () => {
	it('is read back as it was written', () => {
		fc.assert(
			fc.property(
				fc.record(
					{
						partner: fc.record({ kind: fc.constantFrom('C', 'S', 'E'), id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }) }),
						originalAmount: fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }),
						text,
					},
					{ requiredKeys: [] },
				),
				(facts: RowFacts) => {
					const written = writeTransactionInformation(facts);
					if (written === undefined || written.cut) return;
					expect(written.information.length).toBeLessThanOrEqual(MAX_TRANSACTION_INFORMATION);
					expect(readTransactionInformation(written.information)).toEqual(facts);
				},
			),
		);
	});

	it.each([
		[{ partner: { kind: 'C', id: '1001' }, originalAmount: -12345, text: 'Faktura 7' }, '*C1001 *=-123.45 Faktura 7'],
		[{ text: '* 5 bokföringslagen' }, '*- * 5 bokföringslagen'],
		[{ text: 'Hyra' }, 'Hyra'],
		[{}, ''],
	] satisfies Array<[RowFacts, string]>)('writes %j as %s', (facts, information) => {
		expect(writeTransactionInformation(facts)).toEqual({ information, cut: false });
		expect(replaceUnsupported(information).replaced).toEqual([]);
	});

	it('cuts a text that does not fit, and never a fact', () => {
		const written = writeTransactionInformation({ partner: { kind: 'S', id: '77' }, text: 'x'.repeat(200) });
		expect(written).toEqual({ information: `*S77 ${'x'.repeat(95)}`, cut: true });
		expect(writeTransactionInformation({ partner: { kind: 'S', id: '7'.repeat(99) } })).toBeUndefined();
	});

	it('has room for 100 characters', () => {
		const partner = (length: number): RowFacts => ({ partner: { kind: 'S', id: '7'.repeat(length) } });
		expect(writeTransactionInformation(partner(98))).toEqual({ information: `*S${'7'.repeat(98)}`, cut: false });
		expect([98, 99].map((length) => partnerFits('7'.repeat(length)))).toEqual([true, false]);
		const written = (text: string) => writeTransactionInformation({ text });
		expect(written('x'.repeat(100))).toEqual({ information: 'x'.repeat(100), cut: false });
		expect(written('x'.repeat(101))).toEqual({ information: 'x'.repeat(100), cut: true });
		expect(written(`${'x'.repeat(98)}😀y`)).toEqual({ information: `${'x'.repeat(98)}😀`, cut: true });
		expect(written(`${'x'.repeat(99)}😀`)).toEqual({ information: 'x'.repeat(99), cut: true });
	});

	it('takes a partner’s signs apart from its own', () => {
		const facts: RowFacts = { partner: { kind: 'E', id: "O'Neil (1)*~!" }, text: 'x' };
		const information = '*EO%27Neil%20%281%29%2A%7E%21 x';
		expect(writeTransactionInformation(facts)).toEqual({ information, cut: false });
		expect(readTransactionInformation(information)).toEqual(facts);
	});

	it('takes what others wrote as text', () => {
		const others = ['Faktura 12', '*X1 text', '*C', '=12.00', '100 % rabatt', 'Faktura *C1001', 'Pris *=5.00', 'Hyra *- maj', '*C%ZZ text'];
		for (const information of others) expect(readTransactionInformation(information)).toEqual({ text: information });
		for (const nothing of ['', null, undefined]) expect(readTransactionInformation(nothing)).toEqual({});
	});
});
