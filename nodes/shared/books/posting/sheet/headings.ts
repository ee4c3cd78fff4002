/** Where the number of a row's voucher stands; a field `number` may be that of an invoice, an order and so on. */
export const VOUCHER_NUMBER = 'voucher_number';

/** Where the text of the whole voucher stands, beside the text of a row. */
export const VOUCHER_TEXT = 'voucher_text';

/** The VAT that a gross amount contains; a column for it is none of a line's without such an amount. */
export const VAT_IN_GROSS = 'vat_in_gross';

/** The rate of the VAT that a gross amount contains, in per cent. */
export const VAT_RATE = 'vat_rate';

/** Where debit or credit is said in a word beside one amount. */
export const SIDE = 'debit_or_credit';

/** The other account of a transaction that has one row only. */
export const COUNTER_ACCOUNT = 'counter_account';

/** Headings of spreadsheets by the field that they mean, in English and Swedish, as `plain` writes them. */
export const HEADINGS: Readonly<Record<string, readonly string[]>> = {
	account: ['account', 'accountcode', 'accountnumber', 'accountno', 'baskonto', 'ledgeraccount', 'konto', 'kontonr', 'kontonummer'],
	amount: ['amount', 'belopp', 'summa'],
	cost_center: ['costcenter', 'costcentre', 'costcentercode', 'kostnadsstalle', 'kostnadsstallenr', 'ks', 'kst', 'kstnr', 'resultatenhet'],
	[COUNTER_ACCOUNT]: ['counteraccount', 'contraaccount', 'motkonto', 'motkontonr', 'motkontonummer', 'offsetaccount', 'offsettingaccount'],
	credit: ['credit', 'creditamount', 'kredit', 'kreditbelopp'],
	currency: ['currency', 'currencycode', 'valuta', 'valutakod'],
	currency_exchange_rate: ['exchangerate', 'fxrate', 'kurs', 'omrakningskurs', 'valutakurs', 'vaxelkurs', 'vaxlingskurs'],
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
	[SIDE]: [
		'cd',
		'cdtdbtind',
		'crdr',
		'creditdebit',
		'creditdebitindicator',
		'dbcr',
		'dc',
		'debcred',
		'debetellerkredit',
		'debetkredit',
		'debitcredit',
		'debitcreditindicator',
		'debitorcredit',
		'debkred',
		'dk',
		'drcr',
		'kd',
		'kreditdebet',
		'side',
		'sida',
	],
	description: ['description', 'text', 'beskrivning', 'radtext', 'transaktionstext'],
	gross_amount: ['gross', 'grossamount', 'brutto', 'bruttobelopp', 'beloppinklmoms'],
	journal_id: ['journal', 'journalcode', 'series', 'voucherseries', 'serie', 'verserie', 'verifikationsserie', 'verifikatserie'],
	project: ['proj', 'project', 'projectcode', 'projectnumber', 'projectno', 'projekt', 'projektkod', 'projektnr', 'projektnummer'],
	tax_code: ['taxcode', 'vatcode', 'momskod'],
	[VAT_IN_GROSS]: [
		'vat',
		'vatamount',
		'taxamount',
		'inputvat',
		'outputvat',
		'ofwhichvat',
		'moms',
		'momsbelopp',
		'ingaendemoms',
		'utgaendemoms',
		'varavmoms',
	],
	[VAT_RATE]: ['moms', 'vat', 'tax'].flatMap((vat) =>
		['', 'sats', 'rate'].flatMap((word) =>
			['', 'percent', 'ipercent', 'inpercent', 'procent', 'iprocent', 'pct']
				.map((unit) => vat + word + unit)
				.filter((name) => name !== vat),
		),
	),
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

/** Headings of what repeats or explains other columns: nobody expects them to be booked; `plain`. */
export const HARMLESS = [
	'accountname',
	'balance',
	'balans',
	'benamning',
	'bokfortsaldo',
	'kontobenamning',
	'kontonamn',
	'line',
	'lineno',
	'rad',
	'radnr',
	'radnummer',
	'row',
	'rownumber',
	'runningbalance',
	'saldo',
];

/**
 * A heading in small letters, without blanks, marks and the dots of å, ä and ö: `Bokföringsdatum ` is `bokforingsdatum`,
 * `Moms %` is `momspercent`.
 */
export function plain(heading: string): string {
	return heading
		.normalize('NFD')
		.toLowerCase()
		.replace(/%/g, 'percent')
		.replace(/[^\p{L}\d]/gu, '');
}
