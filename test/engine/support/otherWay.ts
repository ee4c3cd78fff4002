import { defaultSettings, type Settings } from '../../../sandbox';

/**
 * What the sandbox can also do, where it isn't known which way Fortnox goes, or where Fortnox was seen to go both:
 * `npm run test:lenient` runs engine suites with these in place of the defaults. A test's own settings stand above them.
 */
const OTHER_WAY = {
	accessTokenSurvivesRefresh: false,
	consentWithoutLicence: 'grant',
	datesOutsideYear: 'filter',
	emptyAccountFields: 'null',
	manualReferenceType: '',
	missingScopeStatus: 403,
	negativeAmounts: 'accept',
	newVoucherApproval: 1,
	noLockedPeriod: 'absent',
	nullOnPut: 'clear',
	pagePastEnd: 'last',
	readOnlyFields: 'ignore',
	sieBackslash: 'plain',
	sieBudgets: false,
	sieContentType: 'text/plain',
	sieRowText: 'description',
	unknownFields: 'refuse',
	unknownQuery: 'refuse',
	voucherConnectionFileId: 'either',
	voucherFileConnectionFilters: false,
	zeroRows: 'accept',
} as const satisfies Partial<Settings>;

/** The sandbox's settings in this run of the tests. */
export function settingsOfRun(): Settings {
	return { ...defaultSettings(), ...(process.env.TEST_SANDBOX === 'lenient' ? OTHER_WAY : {}) };
}
