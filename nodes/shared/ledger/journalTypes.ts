import type { Problem, Reading } from './problems';

/** The unified model's journal types. Fortnox stores none: a type follows from what the company uses the series for. */
export type JournalType =
	| 'customer_invoice'
	| 'customer_refund'
	| 'supplier_invoice'
	| 'supplier_refund'
	| 'financial_operation'
	| 'miscellaneous_operation'
	| 'unknown';

/** The types that the unified model takes when a journal is created. */
const JOURNAL_INPUT_TYPES = [
	'customer_invoice',
	'customer_refund',
	'supplier_invoice',
	'supplier_refund',
	'bank',
	'cash',
	'miscellaneous_operation',
] as const;

/** A use that the company has chosen a series for, as Fortnox lists it. */
interface PredefinedSeries {
	Name: string;
	VoucherSeries: string;
}

/**
 * Fortnox's predefined voucher series whose use has a type of its own. The others (ANL, INVOICEACCRUAL,
 * SUPPLIERINVOICEACCRUAL, SALARY, VAT, …) are miscellaneous. Names as in Fortnox's C# SDK.
 */
const TYPE_OF_USE: ReadonlyMap<string, JournalType> = new Map([
	['INVOICE', 'customer_invoice'],
	['SUPPLIERINVOICE', 'supplier_invoice'],
	['INVOICEPAYMENT', 'financial_operation'],
	['SUPPLIERINVOICEPAYMENT', 'financial_operation'],
	['SUPPLIERPAYMENT', 'financial_operation'],
	['CASHINVOICE', 'financial_operation'],
	['CASH', 'financial_operation'],
]);

type JournalInputType = (typeof JOURNAL_INPUT_TYPES)[number];

/** Refunds have no series of their own in Fortnox, and a bank or cash journal is read back as a financial one. */
const READ_BACK_AS: Readonly<Record<JournalInputType, JournalType>> = {
	customer_invoice: 'customer_invoice',
	customer_refund: 'customer_invoice',
	supplier_invoice: 'supplier_invoice',
	supplier_refund: 'supplier_invoice',
	bank: 'financial_operation',
	cash: 'financial_operation',
	miscellaneous_operation: 'miscellaneous_operation',
};

/** A series that serves no typed use, or two of different types, is miscellaneous. */
export function journalTypeOf(seriesCode: string, predefined: readonly PredefinedSeries[]): JournalType {
	const types = new Set<JournalType>();
	for (const { Name, VoucherSeries } of predefined) {
		const type = TYPE_OF_USE.get(Name.toUpperCase());
		if (VoucherSeries === seriesCode && type !== undefined) types.add(type);
	}
	const [only] = types;
	return types.size === 1 && only !== undefined ? only : 'miscellaneous_operation';
}

/**
 * Checks the type that came with a journal. It is refused where it isn't one, or where the company uses the series for
 * something else. A series without a predefined use can't be checked: it will be read back as miscellaneous, and the
 * hint says so. Absent and empty mean that none was given.
 */
export function checkGivenJournalType(
	type: string | null | undefined,
	seriesCode: string,
	predefined: readonly PredefinedSeries[],
): Reading<JournalInputType | undefined, Problem> {
	if (type === undefined || type === null || type === '') return { value: undefined };
	const given = JOURNAL_INPUT_TYPES.find((input) => input === type);
	if (given === undefined) {
		const known = JOURNAL_INPUT_TYPES.join(', ');
		return refuse(`"${type}" is not a journal type; use one of ${known}, or leave it out.`);
	}
	const wanted = READ_BACK_AS[given];
	const actual = journalTypeOf(seriesCode, predefined);
	if (wanted === actual) return { value: given };
	if (actual !== 'miscellaneous_operation') {
		return refuse(
			`The company uses series ${seriesCode} as "${actual}", not as "${given}". ` + 'Choose another code, or leave the type out.',
		);
	}
	return {
		value: given,
		hint:
			`Fortnox stores no journal type, and series ${seriesCode} is not predefined for "${given}": ` +
			'it will be read back as "miscellaneous_operation".',
	};
}

function refuse(message: string): { problem: Problem } {
	return { problem: { code: 'ERROR_DATA_VALIDATION', field: 'journal_type', message } };
}
