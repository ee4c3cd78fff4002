/** Where the number of a row's voucher stands; a field `number` may be that of an invoice, an order and so on. */
export const VOUCHER_NUMBER = 'voucher_number';

/** Where the text of the whole voucher stands, beside the text of a row. */
export const VOUCHER_TEXT = 'voucher_text';

/** The VAT that a gross amount contains; a column for it is none of a line's without such an amount. */
export const VAT_IN_GROSS = 'vat_in_gross';

/** Headings of spreadsheets by the field that they mean, in English and Swedish, as `plain` writes them. */
export const HEADINGS: Readonly<Record<string, readonly string[]>> = {
	account: ['account', 'accountcode', 'accountnumber', 'accountno', 'baskonto', 'ledgeraccount', 'konto', 'kontonr', 'kontonummer'],
	amount: ['amount', 'belopp', 'summa'],
	cost_center: ['costcenter', 'costcentre', 'costcentercode', 'kostnadsstalle', 'kostnadsstallenr', 'kst', 'kstnr', 'resultatenhet'],
	credit: ['credit', 'creditamount', 'kredit', 'kreditbelopp'],
	currency: ['currency', 'currencycode', 'valuta', 'valutakod'],
	date: [
		'date',
		'datum',
		'accountingdate',
		'bookingdate',
		'bokforingsdatum',
		'bokforingsdag',
		'bokfdatum',
		'verdatum',
		'verifikationsdatum',
		'voucherdate',
	],
	debit: ['debit', 'debitamount', 'debet', 'debetbelopp'],
	description: ['description', 'text', 'beskrivning', 'radtext', 'transaktionstext'],
	gross_amount: ['gross', 'grossamount', 'brutto', 'bruttobelopp', 'beloppinklmoms'],
	journal_id: ['journal', 'journalcode', 'series', 'voucherseries', 'serie', 'verserie', 'verifikationsserie', 'verifikatserie'],
	project: ['project', 'projectcode', 'projectnumber', 'projectno', 'projekt', 'projektkod', 'projektnr', 'projektnummer'],
	tax_code: ['taxcode', 'vatcode', 'momskod'],
	[VAT_IN_GROSS]: ['vat', 'vatamount', 'taxamount', 'moms', 'momsbelopp'],
	[VOUCHER_NUMBER]: [
		'entrynumber',
		'entryno',
		'verifikat',
		'verifikation',
		'verifikationsnr',
		'verifikationsnummer',
		'verifikatnr',
		'verifikatnummer',
		'vernr',
		'vernummer',
		'verno',
		'voucherno',
		'vouchernr',
		'vouchernumber',
	],
	[VOUCHER_TEXT]: ['entrytext', 'vertext', 'verifikationstext', 'verifikattext', 'vouchertext'],
};

/** Headings of columns that number something, be it entries or invoices; `plain`. */
export const NUMBERS = ['number', 'no', 'nr', 'nummer'];

/** Headings of numbers of other things than entries, by which people number entries all the same; `plain`. */
export const OTHER_NUMBERS = ['invoicenumber', 'invoiceno', 'fakturanummer', 'fakturanr', 'ordernumber', 'ordernr', 'paymentid'];

/** Headings, besides those of a voucher's number and date, of what differs between entries; `plain`. */
export const TELLING_APART = {
	numbers: [
		...NUMBERS,
		'entry',
		'entryid',
		'journal',
		'journalnumber',
		'journalno',
		'journalnr',
		'ver',
		'verid',
		'verifikationsid',
		'voucher',
		'voucherid',
	],
	days: ['day', 'dag', 'entrydate', 'postingdate', 'transactiondate', 'transaktionsdatum', 'transaktionsdag', 'transdatum'],
};

/** A heading in small letters, without blanks, marks and the dots of å, ä and ö: `Bokföringsdatum ` is `bokforingsdatum`. */
export function plain(heading: string): string {
	return heading.normalize('NFD').toLowerCase().replace(/[^\p{L}\d]/gu, '');
}
