import { PLACEHOLDER_ERRORS, type PlaceholderError, type PlaceholderErrorName } from './placeholderErrors';

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

/** How the websocket behaves where its page leaves it open, or only says that it may. */
interface EventSettings {
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
	/** Whether an access token lives on after its refresh token was used. Not known; it is a JWT, which ends by itself. */
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
	/** The fields that answers have: those of today's document, or the fewer ones of the public recordings of 2014 and 2015. */
	answerShapes: 'documented' | 'recorded';
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
		limitAboveMax: 'refuse',
		pageZero: 'refuse',
		pagePastEnd: 'refuse',
		readOnlyFields: 'refuse',
		answerShapes: 'documented',
		emptyAccountFields: 'blank',
		unknownFields: 'refuse',
		unknownQuery: 'refuse',
		nullOnPut: 'ignore',
		refuseUrlsInTexts: true,
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
