import { atSpeed } from '../clock/fastTime';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type FaultRule, type Sandbox } from '../../sandbox';
import { SlidingWindow } from '../../sandbox/network/limiter';
import { defaultSettings } from '../../sandbox/settings';
import { clientOf, voucher, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterEach(() => sandbox.close());

describe('The limit', () => {
	const window = (changes: Partial<{ countRefused: boolean }> = {}) =>
		new SlidingWindow({
			...defaultSettings(),
			limit: { requests: 25, windowMs: 5000, retryAfter: false, countRefused: false, ...changes },
		});

	it('lets 25 into any 5 s, and the 26th when the first has left', () => {
		const limiter = window();
		for (let i = 0; i < 25; i++) expect(limiter.judge('k', i * 10).allowed).toBe(true);
		expect(limiter.judge('k', 4999)).toEqual({ allowed: false, waitMs: 1 });
		expect(limiter.judge('k', 5000).allowed).toBe(true);
		expect(limiter.judge('k', 5005).allowed).toBe(false);
		expect(limiter.judge('other', 5005).allowed).toBe(true);
	});

	it('counts refused requests where the setting says so', () => {
		const limiter = window({ countRefused: true });
		for (let i = 0; i < 25; i++) limiter.judge('k', 0);
		expect(limiter.judge('k', 4000).allowed).toBe(false);
		for (let i = 0; i < 24; i++) expect(limiter.judge('k', 5001).allowed).toBe(true);
		expect(limiter.judge('k', 5001).allowed).toBe(false);
	});

	it('answers 429 over HTTP, per client and tenant, not to bad tokens', async () => {
		const statuses = await atSpeed(
			1,
			async () => await Promise.all(Array.from({ length: 30 }, async () => (await call('/3/companyinformation')).status)),
		);
		expect(statuses.filter((status) => status === 429)).toHaveLength(5);
		const other = sandbox.issueTokens({ tenantId: 1002 }).access_token;
		expect((await call('/3/companyinformation', { token: other })).status).toBe(200);
		expect((await call('/3/companyinformation', { token: 'x' })).status).toBe(401);
		expect(sandbox.log.filter((entry) => entry.counted)).toHaveLength(26);
	});

	it('says Retry-After where the setting says so', async () => {
		sandbox.settings.limit = { requests: 1, windowMs: 5000, countRefused: false, retryAfter: true };
		await call('/3/companyinformation');
		expect(Number((await call('/3/companyinformation')).headers.get('retry-after'))).toBe(5);
	});
});

describe('Scopes and headers', () => {
	it.each([
		['/3/accounts', 'bookkeeping'],
		['/3/settings/lockedperiod', 'settings'],
		['/3/currencies', 'currency'],
		['/3/costcenters', 'costcenter'],
		['/3/projects', 'project'],
		['/3/inbox', 'inbox'],
		['/3/voucherfileconnections', 'connectfile'],
		['/3/companyinformation', 'companyinformation'],
	])('%s needs %s', async (path, scope) => {
		const others = sandbox.issueTokens({ scopes: ['profile'] }).access_token;
		expect(await call(path, { token: others })).toMatchObject({
			status: 400,
			json: { ErrorInformation: { error: 1, code: 2000663 } },
		});
		expect((await call(path, { token: sandbox.issueTokens({ scopes: [scope] }).access_token })).status).toBe(200);
	});

	it('refuses a scope without a licence, PDF, other content types and syntax errors', async () => {
		const small = sandbox.issueTokens({ tenantId: 1003, scopes: ['currency'] }).access_token;
		const code = async (path: string, options: Call) => (await call(path, options)).json;
		expect(await code('/3/currencies', { token: small })).toMatchObject({ ErrorInformation: { code: 2001101 } });
		expect(await code('/3/accounts', { headers: { accept: 'application/pdf' } })).toMatchObject({
			ErrorInformation: { code: 1000030 },
		});
		expect(await code('/3/vouchers', { body: '{}', headers: { 'content-type': 'text/csv' } })).toMatchObject({
			ErrorInformation: { code: 1000031 },
		});
		expect(await code('/3/vouchers', { body: '{"Voucher":' })).toMatchObject({ ErrorInformation: { code: 2002115 } });
	});
});

describe('Faults', () => {
	const posted = () =>
		sandbox
			.company()
			.vouchers(4)
			.filter(({ description }) => description === 'Test').length;
	const post = (signal = AbortSignal.timeout(5000)) =>
		fetch(`${sandbox.url}/3/vouchers?financialyear=4`, {
			method: 'POST',
			signal,
			headers: { authorization: `Bearer ${sandbox.issueTokens().access_token}`, 'content-type': 'application/json' },
			body: JSON.stringify(voucher()),
		}).then(
			async (response) => `${response.status} ${(await response.text()).slice(0, 6)}`,
			() => 'no answer',
		);

	it.each<[FaultRule, string, number]>([
		[{ kind: 'dropBeforeCommit' }, 'no answer', 0],
		[{ kind: 'hangBeforeCommit' }, 'no answer', 0],
		[{ kind: 'dropAfterCommit' }, 'no answer', 1],
		[{ kind: 'resetAfterCommit' }, 'no answer', 1],
		[{ kind: 'hangAfterCommit' }, 'no answer', 1],
		[{ kind: 'gateway5xx', status: 504, when: 'before' }, '504 <html>', 0],
		[{ kind: 'gateway5xx', status: 503 }, '503 <html>', 1],
		[{ kind: 'htmlBody' }, '200 <!doct', 1],
		[{ kind: 'tooMany', retryAfter: 3 }, '429 {"Erro', 0],
		[{ kind: 'tokenDies' }, '401 {"mess', 0],
		[{ kind: 'noEnvelope' }, '500 {"mess', 0],
		[{ kind: 'scopeMissing' }, '400 {"Erro', 0],
		[{ kind: 'licenceMissing' }, '400 {"Erro', 0],
		[{ kind: 'latency', ms: 20 }, '201 {"Vouc', 1],
	])('%j: the client sees %s, and %i vouchers are booked', async (rule, seen, booked) => {
		const fault = sandbox.faults.add({ method: 'POST', path: '^/3/vouchers$', times: 1, ...rule });
		expect(await post()).toBe(seen);
		expect([posted(), fault.struck]).toEqual([booked, 1]);
		expect(sandbox.log.at(-1)).toMatchObject({ faultApplied: rule.kind, path: '/3/vouchers' });
		expect(await post()).toBe('201 {"Vouc');
	});

	it('commits late, when the client has given up', async () => {
		sandbox.faults.add({ kind: 'commitLate', ms: 2000, method: 'POST' });
		expect(await post(AbortSignal.timeout(500))).toBe('no answer');
		expect(posted()).toBe(0);
		while (posted() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		expect(posted()).toBe(1);
	});

	it('strikes as often, and as regularly, as the rule says', async () => {
		sandbox.settings.limit = 'off';
		sandbox.faults.add({ kind: 'tooMany', skip: 1, every: 2, times: 2 });
		const statuses: number[] = [];
		for (let i = 0; i < 8; i++) statuses.push((await call('/3/companyinformation')).status);
		expect(statuses).toEqual([200, 200, 429, 200, 429, 200, 200, 200]);
		const drawn = async () => {
			const fault = sandbox.faults.add({ kind: 'tooMany', probability: 0.5, seed: 42 });
			const seen: number[] = [];
			for (let i = 0; i < 20; i++) seen.push((await call('/3/companyinformation')).status);
			fault.remove();
			return seen;
		};
		const first = await drawn();
		expect(new Set(first)).toEqual(new Set([200, 429]));
		expect(await drawn()).toEqual(first);
	});

	it('spoils the voucher list: comments, late entries, repeated pages', async () => {
		sandbox.settings.limit = 'off';
		const list = async (query = '') =>
			(
				(await call(`/3/vouchers?financialyear=4&voucherseries=A${query}`)).json as {
					Vouchers: Array<{ Comments?: string | null; VoucherNumber: number }>;
				}
			).Vouchers;
		await call('/3/vouchers?financialyear=4', { body: voucher({ Comments: 'abcdef' }) });
		const withFault = async (rule: FaultRule, query = '') => {
			const fault = sandbox.faults.add(rule);
			const items = await list(query);
			fault.remove();
			return items;
		};
		expect((await list()).at(-1)).toMatchObject({ Comments: 'abcdef', VoucherNumber: 5 });
		expect((await withFault({ kind: 'omitComments' })).at(-1)).not.toHaveProperty('Comments');
		expect((await withFault({ kind: 'cutComments', length: 3 })).at(-1)).toMatchObject({ Comments: 'abc' });
		const late = await withFault({ kind: 'delayComments', ms: 60_000 });
		expect([late[0]?.Comments, late.at(-1)?.Comments]).toEqual(['Faktura från hyresvärden, pärm 3', null]);
		expect(await withFault({ kind: 'delayListing', ms: 60_000 })).toHaveLength(4);
		expect((await withFault({ kind: 'repeatPage' }, '&limit=2&page=2')).map((item) => item.VoucherNumber)).toEqual([1, 2]);
	});

	it('turns envelopes over and hides errors behind a 200', async () => {
		sandbox.faults.add({ kind: 'envelopeCasing', casing: 'lower' });
		expect((await call('/3/accounts/9999')).json).toMatchObject({ ErrorInformation: { error: 1, code: 2000423 } });
		sandbox.faults.add({ kind: 'errorEnvelopeOn200' });
		expect(await call('/3/inbox')).toMatchObject({ status: 200, json: { ErrorInformation: { code: 1000003 } } });
	});

	it('strikes the token endpoint: a rotation that got lost', async () => {
		sandbox.settings.refreshLatency = { successMs: 0, refusalMs: 0 };
		const { refresh_token = '' } = sandbox.issueTokens();
		const refresh = () =>
			fetch(`${sandbox.url}/oauth-v1/token`, {
				method: 'POST',
				headers: { authorization: `Basic ${Buffer.from('sandbox-client:sandbox-secret').toString('base64')}` },
				body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
			});
		sandbox.faults.add({ kind: 'dropAfterCommit', path: '^/oauth-v1/token$', times: 1 });
		await expect(refresh()).rejects.toThrow();
		expect((await refresh()).status).toBe(400);
	});
});

describe('The control interface', () => {
	const control = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
		const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return (await response.json()) as Record<string, unknown>;
	};

	it('does over HTTP what the object does', async () => {
		await control('/settings', { limit: { requests: 3 }, latencyMs: 1 });
		expect(sandbox.settings.limit).toMatchObject({ requests: 3, windowMs: 5000 });
		await control('/settings', { limit: 'off' });
		await control('/settings', { limit: { requests: 25 } });
		expect(sandbox.settings.limit).toEqual({ requests: 25, windowMs: 5000, countRefused: false, retryAfter: false });
		expect(await control('/settings', { latency: 5 })).toMatchObject({
			statusCode: 500,
			message: 'There is no latency here',
		});
		await control('/companies/1001/lock', { date: '2026-03-31' });
		expect((await call('/3/settings/lockedperiod')).json).toEqual({ LockedPeriod: { EndDate: '2026-03-31' } });
		await control('/companies/1001/vouchers', { count: 10, yearId: 4 });
		await control('/companies/1001/vouchers', {
			vouchers: [
				{
					date: '2026-05-01',
					rows: [
						{ account: 1930, debit: 100 },
						{ account: 3001, credit: 100 },
					],
				},
			],
		});
		expect(sandbox.company().vouchers(4)).toHaveLength(7 + 11);
		await control('/faults', { kind: 'tooMany', times: 1 });
		expect((await call('/3/me')).status).toBe(429);
		expect((await call('/3/me')).status).toBe(200);
		expect((await control('/state')).requests).toBe(sandbox.log.length);
		await control('/log/clear', {});
		expect(sandbox.log).toHaveLength(0);
		await control('/expire-tokens', {});
		expect((await call('/3/me')).status).toBe(401);
		const { access_token } = await control('/tokens', { tenantId: 1002, scopes: ['profile'] });
		expect((await call('/3/me', { token: String(access_token) })).json).toMatchObject({
			MeInformation: { Name: 'Per Åkesson' },
		});
		await control('/revoke', { tenantId: 1002 });
		expect((await call('/3/me', { token: String(access_token) })).status).toBe(401);
	});
});

it('keeps its state in a file', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	const file = join(folder, 'state.json');
	const first = await startSandbox({ file });
	const { access_token } = first.issueTokens();
	const ask = clientOf(first);
	await ask('/3/vouchers?financialyear=4', { body: voucher() });
	first.company().setLocked('2026-04-30');
	first.company().setApprover(4, 'A', 'Anna');
	const budgets = [{ account: 3001, month: '202603', costCenter: 'BUTIK', ore: -50_000 }];
	first.company().setBudget(4, budgets);
	first.company().openYear('2030-01-01', '2030-12-31', { chart: 'Bas 2030', method: 'CASH' });
	first.clients.push({ id: 'mine', secret: 'hush', name: 'Mine', scopes: ['bookkeeping'], redirectUris: 'any', serviceAccounts: false });
	const sie = (await ask('/3/sie/4?financialyear=4')).text;
	const balance = first.company().trialBalance(4);
	await first.close();
	const second = await startSandbox({ file });
	expect(second.company().voucher('A', 5, 4)?.description).toBe('Test');
	expect(second.company().lockedPeriod).toBe('2026-04-30');
	expect(second.company().trialBalance(4)).toEqual(balance);
	expect(second.company().year(4)).toMatchObject({ budgets, accountChartType: 'Bas 2026' });
	expect(second.company().year(4).series.get('A')).toMatchObject({ approver: 'Anna', nextNumber: 6 });
	expect(second.company().year('2030-06-01')).toMatchObject({ accountChartType: 'Bas 2030', accountingMethod: 'CASH' });
	expect((await clientOf(second)('/3/sie/4?financialyear=4')).text).toBe(sie);
	expect(sie).toContain('#PBUDGET 0 202603 3001 {1 "BUTIK"} -500');
	expect((await clientOf(second)('/3/vouchers', { token: second.issueTokens({ clientId: 'mine' }).access_token })).status).toBe(200);
	expect((await clientOf(second)('/3/me', { token: access_token })).status).toBe(200);
	expect((await clientOf(second)('/3/vouchers?financialyear=4', { body: voucher({ TransactionDate: '2026-05-06' }) })).json).toMatchObject({
		Voucher: { VoucherNumber: 6 },
	});
	await second.close();
	rmSync(folder, { recursive: true });
});
