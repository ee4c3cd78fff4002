/** A refusal whose Swedish text is known or inferred, but whose number is not public. */
export interface PlaceholderError {
	/** 2999xxx: a range of the sandbox's own, so that nobody takes it for Fortnox's. */
	code: number;
	/** `{value}` stands for what was refused. */
	message: string;
}

export type PlaceholderErrorName = keyof typeof PLACEHOLDER_ERRORS;

/** Texts marked "known" are quoted by Fortnox's users; the others are written by analogy. */
export const PLACEHOLDER_ERRORS = {
	/** Known text. */
	invalidSeries: { code: 2999001, message: 'Ogiltig verifikationsserie angiven' },
	/** Known number and text. */
	seriesNotManual: { code: 2001339, message: 'Verifikationsserien är inte manuell' },
	/**
	 * Known text; the number is one that an open client library names for an inactive account. Help pages quote
	 * "Valt bokföringskonto är inaktivt." too, without a number.
	 */
	accountInactive: { code: 2000550, message: 'Konto "{value}" är inte aktivt' },
	/** Known text, for projects. */
	projectMandatory: { code: 2999004, message: 'Projekt är obligatoriskt på konto {value}' },
	/** Known number and text. */
	costCenterMandatory: { code: 2000946, message: 'Kostnadsställe är obligatoriskt på konto: {value}' },
	/** Known number (2002821 is reported too) and text. */
	costCenterInactive: { code: 2000947, message: 'Angivet kostnadsställe "{value}" är inte aktivt.' },
	projectNotAllowed: { code: 2999006, message: 'Projekt är inte tillåtet på konto {value}' },
	costCenterNotAllowed: { code: 2999007, message: 'Kostnadsställe är inte tillåtet på konto {value}' },
	/** Known text. */
	projectClosed: { code: 2999008, message: 'Projektredovisningsperioden är inte aktiv för projekt {value}' },
	invalidProject: { code: 2999009, message: 'Ogiltigt projekt ({value})' },
	invalidCostCenter: { code: 2999010, message: 'Ogiltigt kostnadsställe ({value})' },
	notBalanced: { code: 2999011, message: 'Verifikationen balanserar inte ({value})' },
	tooFewRows: { code: 2999012, message: 'Verifikationen måste ha minst två rader' },
	tooManyRows: { code: 2999013, message: 'Verifikationen har för många rader ({value})' },
	dateOutsideYear: { code: 2999014, message: 'Datumet {value} ligger utanför räkenskapsåret' },
	invalidAmount: { code: 2999015, message: 'Ogiltigt belopp ({value})' },
	debitAndCredit: { code: 2999016, message: 'En rad kan inte ha både debet och kredit' },
	tooLong: { code: 2999017, message: 'Värdet är för långt ({value})' },
	outOfRange: { code: 2999018, message: 'Värdet är utanför tillåtet intervall ({value})' },
	invalidDate: { code: 2999019, message: 'Ogiltigt datum ({value})' },
	invalidChoice: { code: 2999020, message: 'Ogiltigt värde ({value})' },
	missingField: { code: 2999021, message: 'Fältet {value} måste anges' },
	alreadyExists: { code: 2999022, message: '{value} används redan' },
	accountInUse: { code: 2999023, message: 'Konto {value} används och kan inte tas bort' },
	yearNotFound: { code: 2999024, message: 'Räkenskapsår finns inte upplagt' },
	yearOverlaps: { code: 2999025, message: 'Räkenskapsåret överlappar ett annat räkenskapsår' },
	voucherNotFound: { code: 2999026, message: 'Kan inte hitta verifikationen.' },
	seriesNotFound: { code: 2999027, message: 'Kan inte hitta verifikationsserien.' },
	/** Number and text as an open client library and Fortnox's own not-found texts suggest. */
	currencyNotFound: { code: 2000427, message: 'Kan inte hitta valutan.' },
	/** By analogy. */
	currencyUnknown: { code: 2999028, message: 'Ogiltig valutakod ({value})' },
	/** Known text (English, as Fortnox's blog quotes it). */
	automaticCurrency: { code: 2999029, message: 'Cannot update currency {value}, it will update automatically' },
	costCenterNotFound: { code: 2999030, message: 'Kan inte hitta kostnadsstället.' },
	predefinedNotFound: { code: 2001403, message: 'Kan inte hitta det förvalda kontot.' },
	modeOfPaymentNotFound: { code: 2999032, message: 'Kan inte hitta betalningssättet.' },
	fileNotFound: { code: 2999033, message: 'Kan inte hitta filen.' },
	folderNotFound: { code: 2999034, message: 'Kan inte hitta mappen.' },
	connectionNotFound: { code: 2999035, message: 'Kan inte hitta filkopplingen.' },
	noFile: { code: 2999036, message: 'Ingen fil angiven' },
	notNewestVoucher: { code: 2999037, message: 'Endast den senaste verifikationen i serien kan tas bort' },
	supplierNotFound: { code: 2999039, message: 'Kan inte hitta leverantören.' },
	/** Known number and text, of invoices to customers; for supplier invoices by analogy. */
	invoiceNotFound: { code: 2000434, message: 'Kan inte hitta fakturan.' },
	paymentNotFound: { code: 2999041, message: 'Kan inte hitta betalningen.' },
	/** Known number and text, for supplier invoices. */
	invoiceNotBalanced: { code: 2000755, message: 'Leverantörsfakturan balanserar inte' },
	alreadyBooked: { code: 2999042, message: '{value} är redan bokförd' },
	notBooked: { code: 2999043, message: 'Faktura {value} är inte bokförd' },
	/** The sandbox's own: Fortnox books such an invoice when it is paid. */
	cashMethodInvoices: { code: 2999044, message: 'Fakturor i ett år med kontantmetoden bokför den här sandlådan inte' },
	/** Known number and text. Help pages quote 2002141 "Perioden är låst." too. `{value}` says who locked until when. */
	periodLocked: { code: 2000401, message: '{value}. Lås upp perioden för att fortsätta.' },
	tooManyRequests: { code: 2999038, message: 'Too many requests' },
} as const satisfies Record<string, PlaceholderError>;
