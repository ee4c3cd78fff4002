import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { defaultSettings, startSandbox, type Sandbox, type Settings } from '../../sandbox';
import { OTHER_WAY } from '../engine/support/otherWay';
import { clientOf, voucher, type Call, type Reply } from './client';

/** Known well enough to have one way: the value is Fortnox's, and a row of docs/sandbox.md's evidence, or a page, says whence. */
const EVIDENCED = {
	refreshLatency: 'measured',
	accessTokenSeconds: "Fortnox's page on authorization",
	refreshTokenDays: "Fortnox's page on authorization",
	authorizationCodeMinutes: "Fortnox's page on authorization",
	maxPageSize: "Fortnox's page on parameters",
} as const satisfies Partial<Record<keyof Settings, string>>;

/** Both ways run in tests of their own, in place of a whole run. */
const BOTH_WAYS_IN = {
	limit: 'test/sandbox/server.test.ts',
	tenantClaim: 'test/engine/companies/proof.test.ts',
	serviceAccountTokens: 'test/engine/companies/proof.test.ts',
	events: 'test/engine/trigger/instant.test.ts',
	answerShapes: 'test/engine/reading/recordedShapes.test.ts',
	placeholderErrors: 'test/sandbox/vouchers.test.ts',
} as const satisfies Partial<Record<keyof Settings, string>>;

/** The machine's own, not Fortnox's behaviour. */
const MACHINERY = ['latencyMs', 'jitterMs', 'logAnswers', 'logLimit'] as const satisfies ReadonlyArray<keyof Settings>;

const ROOT = join(__dirname, '..', '..');

it('every switch is evidenced, or both of its ways run', () => {
	const groups: string[][] = [Object.keys(EVIDENCED), Object.keys(BOTH_WAYS_IN), [...MACHINERY], Object.keys(OTHER_WAY)];
	const all = groups.flat();
	expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
	expect([...all].sort()).toEqual(Object.keys(defaultSettings()).sort());
});

it.each(Object.entries(BOTH_WAYS_IN))('%s is set in %s', (name, file) => {
	expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(new RegExp(`settings\\.${name}\\b|settings: \\{[^}]*\\b${name}\\b`));
});

it.each(Object.entries(OTHER_WAY))('%s goes another way in the lenient run than by default', (name, other) => {
	expect(Object.entries(defaultSettings()).find(([setting]) => setting === name)?.[1]).not.toEqual(other);
});

describe('the ways', () => {
	let sandbox: Sandbox;
	let call: (path: string, call?: Call) => Promise<Reply>;

	beforeEach(async () => {
		sandbox = await startSandbox({ settings: { limit: 'off' } });
		call = clientOf(sandbox);
	});
	afterEach(async () => await sandbox.close());

	it('page 0 is the first, or refused', async () => {
		expect((await call('/3/accounts?limit=1&page=0')).text).toContain('2000588');
		sandbox.settings.pageZero = 'first';
		expect((await call('/3/accounts?limit=1&page=0')).json).toMatchObject({ MetaInformation: { '@CurrentPage': 1 } });
	});

	it('a page past the end is empty, the last, or refused', async () => {
		const page = async () => JSON.parse((await call('/3/costcenters?limit=3&page=9')).text) as { CostCenters?: unknown[] };
		expect(JSON.stringify(await page())).toContain('2000588');
		sandbox.settings.pagePastEnd = 'empty';
		expect((await page()).CostCenters).toHaveLength(0);
		sandbox.settings.pagePastEnd = 'last';
		expect((await page()).CostCenters).toHaveLength(1);
	});

	it('an address in a text is a text, or refused', async () => {
		const body = voucher({ Comments: 'https://example.se' });
		expect((await call('/3/vouchers?financialyear=4', { body })).text).toContain('2000359');
		sandbox.settings.refuseUrlsInTexts = false;
		expect((await call('/3/vouchers?financialyear=4', { body })).status).toBe(201);
	});

	it('an unknown field or parameter is refused, or ignored', async () => {
		const post = async () => (await call('/3/vouchers?financialyear=4&colour=red', { body: voucher({ Colour: 'red' }) })).text;
		expect(await post()).toContain('2000588');
		sandbox.settings.unknownQuery = 'ignore';
		expect(await post()).toContain('2001399');
		sandbox.settings.unknownFields = 'ignore';
		expect(await post()).toContain('"VoucherSeries":"A"');
		// Of invoices and their parties the sandbox simulates a part, and takes the other documented fields.
		sandbox.settings.unknownFields = 'refuse';
		expect((await call('/3/customers', { body: { Customer: { Name: 'Kunden', City: 'Växjö' } } })).status).toBe(201);
	});

	it('rows are bounded where a number is set', async () => {
		sandbox.settings.maxVoucherRows = 1;
		expect(JSON.stringify((await call('/3/vouchers?financialyear=4', { body: voucher() })).json)).toContain('för många rader (2)');
	});

	it('the scopes that the table leaves open are those of the setting', async () => {
		const token = sandbox.issueTokens({ scopes: ['bookkeeping'] }).access_token;
		const paths = ['/3/settings/lockedperiod', '/3/predefinedvoucherseries', '/3/voucherseries'];
		const statuses = async () => await Promise.all(paths.map(async (path) => (await call(path, { token })).status));
		const deleted = async () => (await call('/3/vouchers/A/4?financialyear=4', { method: 'DELETE', token })).status;
		expect([await statuses(), await deleted()]).toEqual([[400, 200, 200], 400]);
		sandbox.settings.openScopes = { ...OTHER_WAY.openScopes };
		expect([await statuses(), await deleted()]).toEqual([[200, 400, 400], 204]);
	});

	it('answers have the fields of the document, or those of the recordings', async () => {
		const fields = async (path: string, ...keys: string[]) => {
			let value: unknown = (await call(path)).json;
			for (const key of keys) value = new Map<string, unknown>(Object.entries(value ?? {})).get(key);
			return Object.keys(value ?? {});
		};
		const row = async () => (await call('/3/vouchers/A/1?financialyear=4')).json;
		expect(await fields('/3/accounts', 'Accounts', '0')).toHaveLength(12);
		const withProject = (Project: unknown): unknown => expect.arrayContaining([expect.objectContaining({ Project })]);
		expect(await row()).toMatchObject({ Voucher: { ApprovalState: 0, VoucherRows: withProject('') } });
		sandbox.settings.answerShapes = 'recorded';
		expect(await fields('/3/accounts', 'Accounts', '0')).toEqual(['@url', 'Active', 'Description', 'Number', 'SRU', 'Year']);
		expect(await fields('/3/accounts/1930', 'Account')).toHaveLength(18);
		expect(await fields('/3/vouchers', 'Vouchers', '0')).not.toContain('ApprovalState');
		expect(await fields('/3/vouchers/A/1?financialyear=4', 'Voucher', 'VoucherRows', '0')).not.toContain('Quantity');
		expect(await row()).toMatchObject({ Voucher: { VoucherRows: withProject(0) } });
		expect(await fields('/3/financialyears/4', 'FinancialYear')).not.toContain('AccountingMethod');
	});
});
