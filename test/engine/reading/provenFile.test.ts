import type { IncomingMessage } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, type Engine, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { connectThrough } from '../support/connectThrough';
import { entry } from '../support/entry';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY, countVouchers } from '../support/world';

const OTHER_COMPANY = 1003;
const YEAR = { dateFrom: '2026-01-01', dateTo: '2026-12-31' };
const VAT = { resource: 'vatReturn', operation: 'get', period: '2026-05' };
const SETTLE = { resource: 'vatReturn', operation: 'settle', period: '2026-05', journalId: 'A' };
const BALANCE_SHEET = { resource: 'report', operation: 'balanceSheet', ...YEAR };
const BALANCES = { resource: 'account', operation: 'getBalances', accounts: '1930', end: '2026-12' };
const EXPORT = { resource: 'financialYear', operation: 'exportSie', sieType: '4', date: '2026-06-01' };
const OF_ACCOUNT = { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: { ...YEAR, accountNumber: '2611' } };

/** All that reads a year's file and has nothing to fall back upon. */
const READERS: Array<[string, INodeParameters]> = [
	['a VAT return', VAT],
	['a balance sheet', BALANCE_SHEET],
	['balances', BALANCES],
	['a ledger', { resource: 'account', operation: 'getLedger', accounts: '1930', ...YEAR }],
	['the checks of the ledger', { resource: 'report', operation: 'checkLedger', ...YEAR }],
	['an export', EXPORT],
];

let sandbox: Sandbox;
let proxy: StrikingProxy;
let engine: Engine;
let requests: string[];

/** Answers for a SIE file in Fortnox's place; undefined lets Fortnox answer. */
type Rewrite = (text: string, request: IncomingMessage) => string | undefined;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
	const seller = connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting }).engine;
	for (const [number, net] of Object.entries({ P1: 1000, P2: 2000, P3: 4000 })) {
		const rows = [
			{ account: '1930', debit: net * 1.25 },
			{ account: '3001', credit: net },
			{ account: '2611', credit: net * 0.25 },
		];
		const posted = await seller.runNode({ parameters: entry({ number, date: '2026-05-10', linesJson: JSON.stringify(rows) }) });
		expect(posted.error).toBeUndefined();
	}
});
afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});
beforeEach(() => {
	requests = [];
	answers(() => undefined);
	({ engine } = connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting }));
});

/** What Fortnox answers to the request at another path, or for another company. */
async function fileAt(
	request: IncomingMessage,
	path = request.url ?? '',
	authorization = request.headers.authorization ?? '',
): Promise<string> {
	const answer = await fetch(sandbox.url + path, { headers: { authorization } });
	return Buffer.from(await answer.arrayBuffer()).toString('latin1');
}

function answers(rewrite: Rewrite, original: (request: IncomingMessage) => Promise<string> = fileAt): void {
	proxy.strike((request, response) => {
		requests.push((request.url ?? '').replace(/^.*?\/3\//, '').replace(/\?.*/, ''));
		if (request.url?.includes('/3/sie/') !== true) return false;
		void original(request).then((text) => {
			const body = rewrite(text, request) ?? text;
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.from(body, 'latin1'));
		});
		return true;
	});
}

/** The file with this many of its vouchers: a program ran out of memory behind a gateway, and the answer's framing is right. */
const cutAfter = (vouchers: number) => (text: string) =>
	text
		.split('#VER')
		.slice(0, vouchers + 1)
		.join('#VER');

const run = async (parameters: INodeParameters): Promise<EngineResult> => await engine.runNode({ parameters });
const asked = (path: string): number => requests.filter((each) => each === path).length;

it('a VAT settlement is not posted from a file whose end is missing', async () => {
	const before = countVouchers(sandbox);
	answers(cutAfter(6));
	const settled = await run(SETTLE);
	expect(settled.error?.message).toMatch(
		/^Fortnox’s SIE file of the financial year 2026-01-01–2026-12-31 can’t be relied on, .*: account 1930 /,
	);
	expect(settled.error?.context?.error_code).toBe('ERROR_FORTNOX_UNAVAILABLE');
	expect([countVouchers(sandbox) - before, asked('sie/4')]).toEqual([0, 2]);
});

it.each(READERS)('%s is not computed from a file that lacks its end or its vouchers', async (_, parameters) => {
	for (const vouchers of [0, 6]) {
		answers(cutAfter(vouchers));
		const result = await run(parameters);
		expect(result.error?.message).toMatch(/can’t be relied on/);
	}
});

it.each(READERS)(
	'%s is read from the file that comes when it is asked for once more, and asks once where the first is whole',
	async (_, parameters) => {
		const whole = await run(parameters);
		expect(whole.error).toBeUndefined();
		expect([asked('sie/4'), asked('vouchers')]).toEqual([1, parameters.operation === 'checkLedger' ? 1 : 0]);
		if (parameters.operation !== 'exportSie') expect(asked('companyinformation')).toBe(0);
		requests = [];
		answers((text) => (asked('sie/4') === 1 ? cutAfter(6)(text) : text));
		const again = await run(parameters);
		expect(again.json()).toEqual(whole.json());
		expect(asked('sie/4')).toBe(2);
	},
);

it('entries of an account are read one by one where the file lacks its end', async () => {
	const whole = (await run(OF_ACCOUNT)).json();
	answers(cutAfter(6));
	const result = await run(OF_ACCOUNT);
	expect(result.json()).toEqual(whole);
	expect(result.hints().join()).toMatch(/can't be read \(account 1930 .*\), so its entries are read one by one/);
});

const FIGURES: Array<[string, INodeParameters]> = [
	['a VAT return', VAT],
	['balances', BALANCES],
	['an export', EXPORT],
];

it.each(FIGURES)('%s is not computed from the file of another financial year', async (_, parameters) => {
	answers(
		() => undefined,
		async (request) => await fileAt(request, '/3/sie/4?financialyear=3'),
	);
	expect((await run(parameters)).error?.message).toMatch(/can’t be relied on, .*: it is for the financial year 2025-01-01–2025-12-31/);
	expect(asked('sie/4')).toBe(2);
});

it.each(FIGURES)('%s is not computed from the file of another company', async (_, parameters) => {
	const { access_token: token } = sandbox.issueTokens({ tenantId: OTHER_COMPANY });
	const [year] = [...sandbox.company(OTHER_COMPANY).years.values()].filter(({ fromDate }) => fromDate === YEAR.dateFrom);
	answers(
		() => undefined,
		async (request) => await fileAt(request, `/3/sie/4?financialyear=${year?.id}`, `Bearer ${token}`),
	);
	expect((await run(parameters)).error?.message).toMatch(/can’t be relied on, .*: it is of another company/);
});

describe('a file with another number of the company (#FNR)', () => {
	beforeEach(() => answers((text) => text.replace(`#FNR ${COMPANY}`, '#FNR 77')));

	it('is known by its organisation number', async () => {
		const result = await run(VAT);
		expect([result.error, result.hints()]).toEqual([undefined, []]);
		expect([asked('sie/4'), asked('companyinformation')]).toEqual([1, 1]);
	});

	it('is believed with a hint where nothing tells the company’s own', async () => {
		answers((text) => text.replace(`#FNR ${COMPANY}`, '#FNR 77').replace(/#ORGNR .*\r\n/, ''));
		const result = await run(VAT);
		expect(result.error).toBeUndefined();
		expect(result.hints().join()).toMatch(/Nothing shows whether the SIE file is of the company 1001/);
	});
});

it('a file with all entries of the year is used although its own sums do not fit, and a hint says so', async () => {
	answers((text) => text.replace(/^#UB 0 1930 (-?[\d.]+)/m, '#UB 0 1930 1$1'));
	const result = await run({ resource: 'report', operation: 'trialBalance', period: '2026' });
	expect(result.error?.message).toBeUndefined();
	expect(result.hints().join('\n')).toMatch(
		/has all entries of the year, but does not add up: account 1930 opens with .*Compare the account in Fortnox/,
	);
	expect([asked('sie/4'), asked('vouchers')]).toEqual([2, 1]);
});

it('a file that ends in its head is not believed, however much of it there is', async () => {
	for (const end of ['#FORMAT', '#RAR 0', '#KONTO', '#SRU', '#DIM', '#IB 0', '#UB 0', '#PSALDO 0', '#RES 0']) {
		answers((text) => text.slice(0, text.indexOf(end)));
		expect([end, (await run(BALANCES)).error?.message]).toEqual([end, expect.stringMatching(/can’t be relied on|#RAR 0/)]);
	}
});

it('the ledger is asked whether a year has entries only where its file has none', async () => {
	const made = await run({ resource: 'financialYear', operation: 'create', dateFrom: '2027-01-01', dateTo: '2027-12-31' });
	expect(made.error).toBeUndefined();
	requests = [];
	const result = await run({ ...EXPORT, date: '2027-06-01' });
	expect(result.error).toBeUndefined();
	expect([asked('sie/4'), asked('vouchers')]).toEqual([1, 1]);
});

it('an export of type 1 is looked through as well', async () => {
	expect((await run({ ...EXPORT, sieType: '1' })).error).toBeUndefined();
	answers((text) => text.slice(0, text.indexOf('#KONTO')));
	expect((await run({ ...EXPORT, sieType: '1' })).error?.message).toMatch(/can’t be relied on/);
});

it.each(['2', '3'])('so is one of type %s; nobody has published what Fortnox writes there, so a hint tells of a doubt', async (sieType) => {
	const whole = await run({ ...EXPORT, sieType });
	expect([whole.error, whole.hints().filter((hint) => hint.includes('whole'))]).toEqual([undefined, []]);
	answers((text) => text.slice(0, text.indexOf('#PSALDO 0')));
	const cut = await run({ ...EXPORT, sieType });
	expect([cut.error?.message, cut.hints().join(' ')]).toEqual([
		undefined,
		expect.stringMatching(/is perhaps not whole: .*Compare it with one/),
	]);
});
