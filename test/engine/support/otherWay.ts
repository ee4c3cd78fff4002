import { defaultSettings, type Settings } from '../../../sandbox';

/**
 * What the sandbox can also do, where it isn't known which way Fortnox goes, or where Fortnox was seen to go both:
 * `npm run test:lenient` runs engine suites with these in place of the defaults. A test's own settings stand above them.
 */
export const OTHER_WAY = {
	accessTokenSurvivesRefresh: false,
	consentWithoutLicence: 'grant',
	datesOutsideYear: 'filter',
	emptyAccountFields: 'null',
	limitAboveMax: 'clamp',
	manualReferenceType: '',
	maxVoucherRows: 500,
	missingScopeStatus: 403,
	negativeAmounts: 'accept',
	newVoucherApproval: 1,
	noLockedPeriod: 'absent',
	nullOnPut: 'clear',
	openScopes: { lockedPeriod: 'bookkeeping', predefinedVoucherSeries: 'settings', voucherSeries: 'settings', deleteVoucher: 'bookkeeping' },
	pageZero: 'first',
	pagePastEnd: 'last',
	readOnlyFields: 'ignore',
	refuseUrlsInTexts: false,
	sieBackslash: 'plain',
	sieBudgets: false,
	sieContentType: 'text/plain',
	sieRowText: 'description',
	unknownFields: 'ignore',
	unknownQuery: 'ignore',
	voucherConnectionFileId: 'either',
	voucherFileConnectionFilters: false,
	withoutOfflineAccess: 'sameAsOffline',
	zeroRows: 'accept',
} as const satisfies Partial<Settings>;

/** Answers as the public recordings have them: `npm run test:recorded`. */
const RECORDED = { answerShapes: 'recorded', manualReferenceType: '' } as const satisfies Partial<Settings>;

const OF_RUN: Readonly<Record<string, Partial<Settings>>> = { lenient: OTHER_WAY, recorded: RECORDED };

/** The sandbox's settings in this run of the tests. */
export function settingsOfRun(): Settings {
	return { ...defaultSettings(), ...OF_RUN[process.env.TEST_SANDBOX ?? ''] };
}
