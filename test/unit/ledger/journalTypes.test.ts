import { checkGivenJournalType, journalTypeOf } from '../../../nodes/shared/ledger/journalTypes';

const PREDEFINED = Object.entries({
	INVOICE: 'B',
	INVOICEPAYMENT: 'C',
	SUPPLIERINVOICE: 'D',
	SUPPLIERINVOICEPAYMENT: 'E',
	SUPPLIERPAYMENT: 'N',
	CASHINVOICE: 'L',
	Cash: 'O',
	ANL: 'G',
	INVOICEACCRUAL: 'H',
	SUPPLIERINVOICEACCRUAL: 'H',
	SALARY: 'K',
	VAT: 'M',
}).map(([Name, VoucherSeries]) => ({ Name, VoucherSeries }));

test.each([
	['A', 'miscellaneous_operation'],
	['B', 'customer_invoice'],
	['C', 'financial_operation'],
	['D', 'supplier_invoice'],
	['E', 'financial_operation'],
	['G', 'miscellaneous_operation'],
	['H', 'miscellaneous_operation'],
	['K', 'miscellaneous_operation'],
	['L', 'financial_operation'],
	['M', 'miscellaneous_operation'],
	['N', 'financial_operation'],
	['O', 'financial_operation'],
	['b', 'miscellaneous_operation'],
])('series %p is %p', (code, type) => {
	expect(journalTypeOf(code, PREDEFINED)).toBe(type);
});

test('a series that serves two kinds of transactions is miscellaneous; a use without a type does not count', () => {
	const allInA = PREDEFINED.map(({ Name }) => ({ Name, VoucherSeries: 'A' }));
	expect(journalTypeOf('A', allInA)).toBe('miscellaneous_operation');
	expect(journalTypeOf('B', [...PREDEFINED, { Name: 'VAT', VoucherSeries: 'B' }])).toBe('customer_invoice');
	expect(journalTypeOf('B', [])).toBe('miscellaneous_operation');
	expect(journalTypeOf('X', [{ Name: 'SOMETHINGNEW', VoucherSeries: 'X' }])).toBe('miscellaneous_operation');
});

describe('checkGivenJournalType', () => {
	test.each([undefined, null, ''])('%p means that no type was given', (type) => {
		expect(checkGivenJournalType(type, 'B', PREDEFINED)).toEqual({ value: undefined });
	});

	test.each([
		['customer_invoice', 'B'],
		['customer_refund', 'B'],
		['supplier_refund', 'D'],
		['bank', 'C'],
		['cash', 'L'],
		['miscellaneous_operation', 'X'],
	])('%p suits series %p', (type, code) => {
		expect(checkGivenJournalType(type, code, PREDEFINED)).toEqual({ value: type });
	});

	test('a series that the company uses for something else is refused', () => {
		expect(checkGivenJournalType('bank', 'B', PREDEFINED)).toMatchObject({
			problem: { field: 'journal_type', message: expect.stringContaining('series B as "customer_invoice"') },
		});
		expect(checkGivenJournalType('miscellaneous_operation', 'D', PREDEFINED)).toHaveProperty('problem');
	});

	test('a type that can not be checked gets a hint', () => {
		expect(checkGivenJournalType('bank', 'X', PREDEFINED)).toEqual({
			value: 'bank',
			hint: expect.stringContaining('read back as "miscellaneous_operation"'),
		});
	});

	test.each(['financial_operation', 'unknown', 'Bank'])('%p is not a type to create a journal with', (type) => {
		const checked = checkGivenJournalType(type, 'X', PREDEFINED);
		expect(checked).toMatchObject({ problem: { code: 'ERROR_DATA_VALIDATION' } });
	});
});
