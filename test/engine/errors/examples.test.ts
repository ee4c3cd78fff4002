import { readFileSync } from 'node:fs';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ERROR_CODES, type ErrorCode } from '../../../nodes/shared/ledger/errorCodes';
import { describeError } from '../../../nodes/shared/unified/errors';
import { runSteps } from '../../../nodes/shared/steps';
import { readEntryInSteps } from '../../../nodes/shared/unified/readEntry';
import { cancelled } from '../../../nodes/shared/fortnox/errors';
import { LedgerError } from '../../../nodes/shared/ledger/problems';
import { countVouchers, startWorld, type World } from '../support/world';

/** The example of every code in docs/errors.md gives that code, and posts nothing. */

type Example =
	| INodeParameters
	/** It takes a scene of its own, which that file sets up. */
	| string
	| ((world: World) => Promise<INodeParameters | Error>);

const json = (lines: IDataObject[], more: INodeParameters = {}): INodeParameters => ({
	...ENTRY,
	linesSource: 'json',
	linesJson: JSON.stringify(lines),
	...more,
});
const ENTRY: INodeParameters = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', number: 'EX-1' };
const LINES: IDataObject[] = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];
const first = (change: IDataObject): INodeParameters => json([{ ...LINES[0], ...change }, LINES[1] ?? {}]);
const REVERSE: INodeParameters = { resource: 'journalEntry', operation: 'reverse', journalEntryId: 'B-1-4', journalId: 'A' };
const SALE_AS_MF = json([
	{ account: '1930', debit: 125 },
	{ account: '3004', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } },
]);
const COMPANY: INodeParameters = { resource: 'company', operation: 'get' };
const shares = (...percentages: number[]): IDataObject[] => [
	{
		analytic_plan: 'cost_center',
		analytic_accounts: percentages.map((percentage, index) => ({ analytic_account: ['BUTIK', 'WEBB'][index], percentage })),
	},
];

const EXAMPLES: Record<ErrorCode, Example> = {
	ERROR_DATA_VALIDATION: json(LINES, { options: { dryRun: '={{ "ja" }}' } }),
	ERROR_EXPRESSION_EMPTY: json(LINES, { date: '={{ $json.datum }}' }),
	ERROR_COMPANY_MISSING: 'test/engine/companies/companies.test.ts',
	ERROR_WRONG_COMPANY: 'test/engine/companies/proof.test.ts',
	ERROR_ENTRY_NOT_BALANCED: first({ debit: 125 }),
	ERROR_DEBIT_CREDIT_VALUE: first({ debit: -100 }),
	ERROR_CURRENCY_NOT_ALLOWED: json(LINES, { currency: 'EUR', currencyExchangeRate: 0 }),
	ERROR_TAX_CODE_NOT_FOUND: json([
		{ account: '3001', credit: 100, tax_info: { tax_code: 'MOMS25', tax_amount: 25 } },
		{ account: '1930', debit: 125 },
	]),
	ERROR_VAT_BASE_ACCOUNT: SALE_AS_MF,
	ERROR_WRONG_ACCOUNT_TYPE: { resource: 'account', operation: 'create', number: '3050', name: 'Försäljning', type: 'bank' },
	ERROR_INVALID_CURRENCY_FORMAT: json(LINES, { currency: 'Euro' }),
	ERROR_CURRENCY_NOT_FOUND: json(LINES, { currency: 'CHF', options: { rateFromRegister: true } }),
	ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE: json(LINES, { currency: 'EUR', currencyExchangeRate: '0.09' }),
	ERROR_EXCHANGE_RATE_TOO_OLD: json(LINES, { currency: 'EUR', options: { rateFromRegister: true } }),
	ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID: json(LINES, { journalId: 'a' }),
	ERROR_INVALID_FIELD_FORMAT_ID: { ...REVERSE, journalEntryId: '17' },
	ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT: first({ analytic_distribution: shares(60, 30) }),
	ERROR_ANALYTIC_PLAN_NOT_FOUND: first({ analytic_distribution: [{ analytic_plan: 'region', analytic_accounts: [] }] }),
	ERROR_ANALYTIC_ACCOUNT_NOT_FOUND: first({ cost_center: 'STHML' }),
	ERROR_ANALYTIC_ACCOUNT_CLOSED: first({ project: '2' }),
	ERROR_ANALYTIC_ACCOUNT_REQUIRED: json([
		{ account: '1930', debit: 1 },
		{ account: '3041', credit: 1 },
	]),
	ERROR_ANALYTIC_ACCOUNT_NOT_ALLOWED: first({ account: '1510', cost_center: 'BUTIK' }),
	ERROR_INVALID_BASE64_STRING: json([], {
		linesJson: JSON.stringify({ date: '2026-06-01', items: LINES, pdf: 'https://example.com/kvitto.pdf' }),
	}),
	ERROR_PARTNER_ACCOUNT_MISSING: first({ account_type: 'customer_account', account: '1001' }),
	ERROR_ACCOUNT_NUMBER_NOT_FOUND: first({ account: '1939' }),
	ERROR_ACCOUNT_NUMBER_NOT_ACTIVE: first({ account: '1941' }),
	ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE: json([{ account: '3004', amount: 100 }], {
		resource: 'financialEntry',
		financialCounterpartAccount: '1510',
	}),
	// n8n runs no node whose Bank or Cash Account is empty: the body of another program is meant.
	ERROR_COUNTERPART_ACCOUNT_NOT_FOUND: async () => {
		const body = { date: '2026-06-01', items: [{ account: '3004', amount: 100 }] };
		const { findings } = runSteps(readEntryInSteps(body, { kind: 'financial', rateFromRegister: false, ignoreUnknownLineFields: false }));
		return await Promise.resolve(new LedgerError(findings.problems));
	},
	ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS: { resource: 'account', operation: 'create', number: '1930', name: 'Ett annat namn' },
	ERROR_JOURNAL_ALREADY_EXISTS: { resource: 'journal', operation: 'create', code: 'A', name: 'En annan' },
	ERROR_JOURNAL_NOT_FOUND: json(LINES, { journalId: 'X' }),
	ERROR_JOURNAL_NOT_GOOD_SCOPE: json(LINES, { journalId: 'B' }),
	ERROR_BOOKYEAR_NOT_FOUND: json(LINES, { date: '2051-01-02' }),
	ERROR_VAT_CHECKS_FAILED: 'test/engine/vat/settle.test.ts',
	ERROR_PERIOD_CLOSED: async (world) => {
		world.sandbox.company().setLocked('2026-05-31');
		return await Promise.resolve(json(LINES, { date: '2026-05-31' }));
	},
	ERROR_ENTRY_NOT_FOUND: { ...REVERSE, journalEntryId: 'A-9999-3' },
	ERROR_ENTRY_HAS_INVALID_STATUS: REVERSE,
	ERROR_BANK_CODE_ALREADY_USED: {
		resource: 'bankAccount',
		operation: 'create',
		number: '1930',
		bankName: 'SEB',
		currency: 'SEK',
		additionalFields: { iban: 'SE3550000000054910000003' },
	},
	ERROR_NUMBER_ALREADY_USED: async (world) => {
		const posted = await world.run(json(LINES, { number: 'INV-7' }));
		expect(posted.error?.message).toBeUndefined();
		return json(
			LINES.map((line) => ({ account: line.account, ...(line.debit === undefined ? { credit: 200 } : { debit: 200 }) })),
			{ number: 'INV-7' },
		);
	},
	ERROR_POST_OUTCOME_UNKNOWN: 'test/engine/posting/proof.test.ts',
	ERROR_PROPOSAL_CHANGED: 'test/engine/posting/proposal.test.ts',
	ERROR_POST_NOT_VERIFIABLE: 'test/engine/posting/editedLedger.test.ts',
	ERROR_ATTACHMENT_FAILED: 'test/engine/posting/attachments.test.ts',
	ERROR_CONNECTOR_AUTHENTICATION: async (world) => {
		world.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/companyinformation' });
		return await Promise.resolve(COMPANY);
	},
	ERROR_API_RESOURCE_NOT_FOUND: {
		resource: 'journalEntry',
		operation: 'addAttachment',
		journalEntryId: 'A-1-4',
		binaryPropertyName: 'data',
		inboxFileId: 'no-such-file',
	},
	ERROR_RATE_LIMIT: 'test/engine/errors/codes.test.ts',
	ERROR_FORTNOX_UNAVAILABLE: async (world) => {
		world.sandbox.faults.add({ kind: 'gateway5xx', status: 503, when: 'before', path: '^/3/companyinformation' });
		return await Promise.resolve(COMPANY);
	},
	ERROR_CANCELLED: async () => await Promise.resolve(cancelled()),
	UNEXPECTED_FORTNOX_ERROR: async (world) => {
		const body = { ErrorInformation: { error: 1, message: 'En ny regel.', code: 2999999 } };
		world.sandbox.faults.add({ kind: 'otherAnswer', status: 400, when: 'before', body, path: '^/3/companyinformation' });
		return await Promise.resolve(COMPANY);
	},
	ERROR_UNKNOWN: async () => await Promise.resolve(new TypeError('a fault in the node itself')),
};

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.company().setLocked(null);
});
afterAll(async () => await world.close());

it('stand for every code', () => {
	expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(ERROR_CODES).sort());
});

const entries = Object.entries(EXAMPLES);

it.each(entries.flatMap(([code, example]) => (typeof example === 'string' ? [[code, example] as const] : [])))(
	'%s is shown by %s',
	(code, file) => {
		expect(readFileSync(file, 'utf8')).toContain(code);
	},
);

it.each(entries.flatMap(([code, example]) => (typeof example === 'string' ? [] : [[code, example] as const])))(
	'%s',
	async (code, example) => {
		const given = typeof example === 'function' ? await example(world) : example;
		if (given instanceof Error) {
			expect(describeError(given).error_code).toBe(code);
			return;
		}
		const before = countVouchers(world.sandbox);
		const { error } = await world.run(given);
		expect([error?.context?.error_code, countVouchers(world.sandbox) - before]).toEqual([code, 0]);
	},
);
