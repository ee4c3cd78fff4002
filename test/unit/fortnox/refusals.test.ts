import { refusedBy } from '../../../nodes/shared/fortnox/errors';
import { describeError } from '../../../nodes/shared/unified/errors';

/** Codes and texts that are public (fortnox-api.md, sections 5 and 10), and what the user should read of them. */
const REFUSALS: Array<[code: number | undefined, text: string, error_code: string, advice: RegExp]> = [
	[2000946, 'Kostnadsställe är obligatoriskt på konto: 1930', 'ERROR_ANALYTIC_ACCOUNT_REQUIRED', /requires a cost center\. Give the line/],
	[2002821, 'Angivet kostnadsställe "UND" är inte aktivt.', 'ERROR_ANALYTIC_ACCOUNT_CLOSED', /cost center is not active/],
	[2000947, 'Angivet kostnadsställe "UND" är inte aktivt.', 'ERROR_ANALYTIC_ACCOUNT_CLOSED', /cost center is not active/],
	[undefined, 'Angivet kostnadsställe "UND" är inte aktivt.', 'ERROR_ANALYTIC_ACCOUNT_CLOSED', /cost center is not active/],
	[2002141, 'Perioden är låst.', 'ERROR_PERIOD_CLOSED', /period is locked.*Use a date after/],
	[2000401, 'Anna har låst perioden t.o.m. 2026-05-31', 'ERROR_PERIOD_CLOSED', /period is locked/],
	[undefined, 'Valt datum är i en låst period.', 'ERROR_PERIOD_CLOSED', /period is locked/],
	[2001339, 'Verifikationsserien är inte manuell', 'ERROR_JOURNAL_NOT_GOOD_SCOPE', /not manual\. Choose a manual series/],
	[undefined, 'Valt bokföringskonto är inaktivt.', 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE', /account is inactive\. Activate it/],
	[undefined, 'Konto "1939" är inte aktivt', 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE', /account is inactive/],
	[undefined, 'Projekt är obligatoriskt på konto', 'ERROR_ANALYTIC_ACCOUNT_REQUIRED', /requires a project/],
	[2000423, 'Kan inte hitta kontot.', 'ERROR_ACCOUNT_NUMBER_NOT_FOUND', /no such account/],
];

it.each(REFUSALS)('%p %s is %s', (code, text, error_code, advice) => {
	const body = { ErrorInformation: { error: 1, message: text, ...(code !== undefined && { code }) } };
	const described = describeError(refusedBy({ status: 400, headers: {}, body }, '/3/vouchers', 0));
	expect(described).toMatchObject({ error_code, fortnox_message: text, ...(code !== undefined && { fortnox_code: code }) });
	expect(described.message).toMatch(advice);
	expect(described.message).toContain(text);
});

it.each([
	['/3/archive', 'archive'],
	['/3/costcenters', 'costcenter'],
	['/3/inbox', 'inbox'],
])('a missing licence names the scope to leave out: %s', (path, scope) => {
	const body = { ErrorInformation: { error: 1, message: 'Det finns ingen aktiv licens för önskat scope', code: 2001101 } };
	expect(describeError(refusedBy({ status: 400, headers: {}, body }, path, 0)).message).toContain(`leave "${scope}" out under Scopes`);
});
