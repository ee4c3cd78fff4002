import type { Refusal } from './refusal';

/** Fortnox's scope for the first part of a path, after its page on scopes. The locked period's is not public: settings is assumed. */
const SCOPE_OF_PATH: Record<string, string> = {
	accounts: 'bookkeeping',
	archive: 'archive',
	companyinformation: 'companyinformation',
	costcenters: 'costcenter',
	currencies: 'currency',
	financialyears: 'bookkeeping',
	inbox: 'inbox',
	predefinedaccounts: 'settings',
	predefinedvoucherseries: 'bookkeeping',
	projects: 'project',
	settings: 'settings',
	sie: 'bookkeeping',
	voucherfileconnections: 'connectfile',
	vouchers: 'bookkeeping',
	voucherseries: 'bookkeeping',
};

/** @param path such as `/3/accounts/1930` */
function scopeFor(path: string): string | undefined {
	return SCOPE_OF_PATH[path.split('/')[2] ?? ''];
}

function missingScope(path: string): string {
	const scope = scopeFor(path);
	const which = scope === undefined ? 'the scope that this request needs' : `the scope "${scope}"`;
	return `The connection lacks ${which}. Select it under Scopes in the credential (with Custom Scopes: add it to Enabled Scopes), give it to your app in the Fortnox Developer Portal too, then reconnect the credential, because an existing token keeps its old scopes.`;
}

function missingLicence(path: string): string {
	const scope = scopeFor(path);
	const which = scope === undefined ? 'what this scope covers' : `what the scope "${scope}" covers`;
	const leaveOut = scope === undefined ? 'the scope' : `"${scope}"`;
	return `The company has no active licence for ${which}. Have the licence added in Fortnox (Manage users and licences), or leave ${leaveOut} out under Scopes in the credential and connect again.`;
}

const LOGIN = 'Fortnox did not accept the login. Open the credential, check the client ID and the client secret, and reconnect it.';

/** Which of the things that a caller can act on a refusal is about. */
export type Subject = 'account' | 'accountInactive' | 'costCenterClosed' | 'dimensionRequired' | 'journalNotManual' | 'periodLocked';

interface Explanation {
	/** What happened, and what to change where. */
	text: string;
	about?: Subject;
}

const NO_ACCOUNT: Explanation = {
	text: 'There is no such account in this financial year. Check the number, or add the account to the chart of that year in Fortnox.',
	about: 'account',
};

const LOCKED: Explanation = {
	text: 'The period is locked in Fortnox. Use a date after the locked period, or have it unlocked in Fortnox under Settings > Bookkeeping.',
	about: 'periodLocked',
};

const NOT_MANUAL: Explanation = {
	text: 'The voucher series does not accept vouchers through the API, because it is not manual. Choose a manual series (in a new company that is A), or make this one manual in Fortnox under Settings > Bookkeeping > Voucher series.',
	about: 'journalNotManual',
};

const COST_CENTER_REQUIRED: Explanation = {
	text: 'The account requires a cost center. Give the line a cost center.',
	about: 'dimensionRequired',
};

const COST_CENTER_CLOSED: Explanation = {
	text: 'The cost center is not active. Use an active one, or activate it in Fortnox.',
	about: 'costCenterClosed',
};

/** By code, for those codes that Fortnox publishes or that reports from live companies agree on. */
const BY_CODE: Record<number, string | Explanation | ((path: string) => string)> = {
	1000003: 'Fortnox had an internal fault. Try again later; if it stays, report it to Fortnox with the time of the request.',
	1000030: 'Fortnox does not give this document in the requested form.',
	1000031: 'Fortnox did not accept the form of the request body.',
	2000106: 'A value must consist of letters and digits only. Correct the value that the text names.',
	2000108: 'A value must be a number. Correct the value that the text names.',
	2000134: 'A value must be true or false. Correct the value that the text names.',
	2000310: LOGIN,
	2000311: LOGIN,
	2000359:
		'A text contains characters that Fortnox does not accept, such as quotation marks, brackets or emoji. Remove them, or let the node replace them.',
	2000401: LOCKED,
	2000423: NO_ACCOUNT,
	2000570: 'Something that the request refers to does not exist in Fortnox.',
	2000587: 'Fortnox does not know this filter.',
	2000588: 'Fortnox does not accept one of the query parameters.',
	2000663: missingScope,
	2000729: 'Fortnox does not accept this id. Check its form.',
	2000762: 'Fortnox has no such address. Check the API Base URL of the credential.',
	2000946: COST_CENTER_REQUIRED,
	2000947: COST_CENTER_CLOSED,
	2001101: missingLicence,
	2001103:
		'The company has no licence for integrations. Have one activated in Fortnox (Manage users and licences), then reconnect the credential.',
	2001161: 'There is no such project in Fortnox. Check the project number, or create the project first.',
	2001265: 'The account is missing, does not exist or is inactive. Choose an active account of the entry’s financial year.',
	2001304:
		'An account that the request uses, or a default account of the company, does not exist. Check the account numbers and the company’s predefined accounts.',
	2001339: NOT_MANUAL,
	2001392: 'Fortnox found no data, or data of the wrong form, in the request.',
	2001399: 'Fortnox does not know one of the fields in the request.',
	2001795: 'A field that Fortnox needs is missing.',
	2002115: 'Fortnox could not read the request as JSON.',
	2002141: LOCKED,
	2002462: 'An account number must have four digits.',
	2002821: COST_CENTER_CLOSED,
	2003275: 'The connected user or service account has no right to this register. Give it the right in Fortnox under Manage users.',
};

/** By what a text says, all of it, for what Fortnox refuses with codes that it does not publish, or without one. */
const BY_TEXT: ReadonlyArray<[says: readonly RegExp[], explanation: Explanation]> = [
	[[/verifikationsserie/i, /inte (?:är )?manuell/i], NOT_MANUAL],
	[[/är inte manuell/i], NOT_MANUAL],
	[
		[/verifikationsserie/i],
		{ text: 'The voucher series does not exist in this financial year. Check its code, or create it for the year.' },
	],
	[[/har låst perioden|bokföringsperioden är stängd|perioden är låst|låst period/i], LOCKED],
	[[/räkenskapsår/i], { text: 'There is no financial year for this date. Create the year in Fortnox, or change the date.' }],
	[
		[/konto/i, /inte aktivt|inaktivt/i],
		{
			text: 'The account is inactive. Activate it in the chart of accounts of the entry’s financial year, or use another account.',
			about: 'accountInactive',
		},
	],
	[[/ogiltigt konto|hitta (inte )?konto/i], NO_ACCOUNT],
	[[/projekt är obligatoriskt/i], { text: 'The account requires a project. Give the line a project.', about: 'dimensionRequired' }],
	[[/kostnadsställe är obligatoriskt/i], COST_CENTER_REQUIRED],
	[[/kostnadsställe/i, /inte aktivt/i], COST_CENTER_CLOSED],
	[
		[/projektredovisningsperioden/i],
		{
			text: 'The project of a row, or the one that its account proposes, is not open on this date. Choose another project or another date, or change the project’s dates in Fortnox.',
		},
	],
	[[/balanserar inte/i], { text: 'Debit and credit differ. Correct the lines.' }],
];

function byStatus(status: number, byFortnox: boolean): string {
	if (status === 401) return 'Fortnox did not accept the access token, also after it was renewed. Open the credential and reconnect it.';
	if (status === 403)
		return 'The connected user or service account has no right to do this. Give it the right in Fortnox under Manage users, or connect with another user.';
	if (status === 404 && !byFortnox)
		return 'A gateway or another server answered in Fortnox’s place that there is no such page (404), which says nothing of what Fortnox has. Try again; if it stays, check the API Base URL of the credential and any proxy on the way.';
	if (status === 404) return 'Fortnox has no such object. Check the id and, for what belongs to a financial year, the year.';
	if (status === 413) return 'The request is too large for Fortnox.';
	if (status === 429) return 'Fortnox is receiving too many requests for this company (25 per 5 seconds).';
	if (status >= 300 && status < 400)
		return 'The server sent the request on to another address, which is not followed. Check the API Base URL of the credential.';
	if (status >= 500) return `Fortnox, or a gateway before it, could not answer (${status}). Try again later.`;
	return 'Fortnox refused the request.';
}

/** @param path of the request, from which the scope is found that a missing-scope answer does not name */
export function explain(status: number, { byFortnox, code, text }: Refusal, path: string): Explanation {
	const known = code === undefined ? undefined : BY_CODE[code];
	if (known !== undefined) return typeof known === 'object' ? known : { text: typeof known === 'string' ? known : known(path) };
	const fitting = text === undefined ? undefined : BY_TEXT.find(([says]) => says.every((part) => part.test(text)));
	return fitting?.[1] ?? { text: byStatus(status, byFortnox) };
}
