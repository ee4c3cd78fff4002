/**
 * Everything about the sandbox that can be changed while it runs. Where Fortnox's behaviour is not publicly known,
 * it is a setting here and its default is a choice, marked "not known".
 */
export interface LimitSettings {
	/** Requests per window, per client id and tenant. */
	requests: number;
	windowMs: number;
	/** Whether a refused request takes a place in the window too. Not known. */
	countRefused: boolean;
	/** Whether a 429 carries Retry-After (whole seconds). Reports contradict each other. */
	retryAfter: boolean;
}

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
	invoiceNotFound: { code: 2999040, message: 'Kan inte hitta fakturan.' },
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

/** How the websocket behaves where its page leaves it open, or only says that it may. */
export interface EventSettings {
	/** Every event comes twice: delivery is "at least once" (documented). */
	doubles: boolean;
	/** Whether a replay begins with the event of its offset, or with the one after it. Not known. */
	replayFrom: 'offset' | 'next';
	/** What add-tenants-v1 answers under `tenantIds`: the companies by token (a client reads it so), or a list. */
	tenantIds: 'byToken' | 'list';
	/** What a voucher's event has under `year`: the financial year's id, or a calendar year. Clients disagree. */
	year: 'id' | 'calendar';
}

export interface Settings {
	limit: LimitSettings | 'off';
	/** Round trip of every request: half of it before Fortnox sees the request, half after it answered. */
	latencyMs: number;
	/** Up to this much more, at random, in each direction; requests overtake one another. */
	jitterMs: number;
	/** Measured at Fortnox: success 700 ms, refusal 200 ms. */
	refreshLatency: { successMs: number; refusalMs: number };
	accessTokenSeconds: number;
	refreshTokenDays: number;
	authorizationCodeMinutes: number;
	/** Whether an access token lives on after its refresh token was used. Not known. */
	accessTokenSurvivesRefresh: boolean;
	/** Authorizing without `access_type=offline`. Not known; users report refresh tokens that soon end. */
	withoutOfflineAccess: 'noRefreshToken' | 'sameAsOffline';
	/** Whether access tokens say to which company they belong. Fortnox's do. */
	tenantClaim: 'present' | 'absent';
	/** Client credentials get a token of the company that the header names, or, as a server that is broken, of this one. */
	serviceAccountTokens: 'asked' | { tenantId: number };
	/** Asking for a scope that the company has no licence for fails the consent (reported). */
	consentWithoutLicence: 'refuse' | 'grant';
	/** Most report 400; one report says 403. */
	missingScopeStatus: 400 | 403;
	/** Scopes that Fortnox's published table leaves open. Not known. */
	openScopes: { lockedPeriod: string; predefinedVoucherSeries: string; voucherSeries: string; deleteVoucher: string };
	maxPageSize: number;
	/** Not known. */
	limitAboveMax: 'clamp' | 'refuse';
	/** Not known. */
	pageZero: 'first' | 'refuse';
	/** Not known. */
	pagePastEnd: 'empty' | 'last' | 'refuse';
	/** A read-only field in a body, such as Year: reported to be refused (2000321). */
	readOnlyFields: 'refuse' | 'ignore';
	/** What an account's answer has where nothing is: "" and 0 in all recordings, null in the documents. */
	emptyAccountFields: 'blank' | 'null';
	/** A JSON field that the resource does not have. Not known. */
	unknownFields: 'ignore' | 'refuse';
	/** A query parameter that the resource does not have. Not known. */
	unknownQuery: 'ignore' | 'refuse';
	/** A null in a PUT. Not known. */
	nullOnPut: 'ignore' | 'clear';
	/** One report says that texts with `://` are refused, although each character is allowed. */
	refuseUrlsInTexts: boolean;
	/** A row with a negative debit or credit. Not known. */
	negativeAmounts: 'refuse' | 'accept';
	/** A row of 0.00. Not known. */
	zeroRows: 'refuse' | 'accept';
	/** Not known; null is no bound. */
	maxVoucherRows: number | null;
	/** Of a voucher that came through the API: MANUAL by the documents, "" in a live answer. */
	manualReferenceType: 'MANUAL' | '';
	/** The state in which the API's vouchers of a series with an approver begin: both fit the documents. Not known. */
	newVoucherApproval: 1 | 2;
	/** How the absence of a locked period looks: both fit the documents. */
	noLockedPeriod: 'null' | 'absent';
	/** The list's filters voucherseries, vouchernumber, voucheryear, voucherdescription: undocumented, reported to work. */
	voucherFileConnectionFilters: boolean;
	/** Which id of an uploaded file connects it to a voucher: library authors report `Id`. */
	voucherConnectionFileId: 'Id' | 'ArchiveFileId' | 'either';
	/** Not known. */
	sieContentType: string;
	/** Whether files of types 3 and 4 hold budgets: Fortnox's help says so of its program; of the API it is not known. */
	sieBudgets: boolean;
	/** What a #TRANS has as its text: the transaction information in all recorded exports. */
	sieRowText: 'transactionInformation' | 'description';
	/** A backslash in SIE: one report says that it is escaped as `"` is; nobody else says anything. */
	sieBackslash: 'escaped' | 'plain';
	/** `fromdate` and `todate` outside the queried year: reported to be refused for vouchers; for SIE not known. */
	datesOutsideYear: 'refuse' | 'filter';
	/** What is not documented of the websocket. */
	events: EventSettings;
	/** Answers kept in the request log too (costs memory). */
	logAnswers: boolean;
	/** The oldest half of the request log is dropped when it grows past this. */
	logLimit: number;
	placeholderErrors: Record<PlaceholderErrorName, PlaceholderError>;
}

export function defaultSettings(): Settings {
	return {
		limit: { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false },
		latencyMs: 0,
		jitterMs: 0,
		refreshLatency: { successMs: 700, refusalMs: 200 },
		accessTokenSeconds: 3600,
		refreshTokenDays: 45,
		authorizationCodeMinutes: 10,
		accessTokenSurvivesRefresh: true,
		withoutOfflineAccess: 'noRefreshToken',
		tenantClaim: 'present',
		serviceAccountTokens: 'asked',
		consentWithoutLicence: 'refuse',
		missingScopeStatus: 400,
		openScopes: {
			lockedPeriod: 'settings',
			predefinedVoucherSeries: 'bookkeeping',
			voucherSeries: 'bookkeeping',
			deleteVoucher: 'deletevoucher',
		},
		maxPageSize: 500,
		limitAboveMax: 'clamp',
		pageZero: 'first',
		pagePastEnd: 'empty',
		readOnlyFields: 'refuse',
		emptyAccountFields: 'blank',
		unknownFields: 'ignore',
		unknownQuery: 'ignore',
		nullOnPut: 'ignore',
		refuseUrlsInTexts: false,
		negativeAmounts: 'refuse',
		zeroRows: 'refuse',
		maxVoucherRows: null,
		manualReferenceType: 'MANUAL',
		newVoucherApproval: 2,
		noLockedPeriod: 'null',
		voucherFileConnectionFilters: true,
		voucherConnectionFileId: 'Id',
		sieContentType: 'application/octet-stream',
		sieBudgets: true,
		sieRowText: 'transactionInformation',
		sieBackslash: 'escaped',
		datesOutsideYear: 'refuse',
		events: { doubles: false, replayFrom: 'offset', tenantIds: 'byToken', year: 'id' },
		logAnswers: false,
		logLimit: 200_000,
		placeholderErrors: structuredClone(PLACEHOLDER_ERRORS),
	};
}
