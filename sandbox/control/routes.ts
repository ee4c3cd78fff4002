import type { FastifyInstance, FastifyRequest } from 'fastify';

import { isRecord } from '../api/wire/fields';
import { defaultSettings } from '../settings';
import type { CompanyState } from '../company/company';
import type { ApprovalState, SandboxBudget, VoucherInput } from '../company/types';
import type { FaultRule } from '../network/faults';
import { SCOPES, type SandboxClient } from '../oauth/tokens';
import type { Sandbox, TokenRequest } from './sandbox';

/**
 * `/_sandbox/…`: everything that the programmatic interface can do, over HTTP, for tests in other processes and for
 * people with curl. Answers on the loopback interface only, and trusts programs there, but no page in a browser.
 */
export function controlRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? {} : JSON.parse(String(body)));
		} catch {
			done(new Error('The body is not JSON'));
		}
	});
	app.addHook('onRequest', async (request, reply) => {
		if (!isLoopback(request))
			return reply.code(403).send({ error: 'The control interface answers on loopback only' });
		if (isOfAnotherSite(request))
			return reply.code(403).send({ error: 'The control interface answers no page of another address' });
		return undefined;
	});

	app.get('/_sandbox', async () => ({
		state: summary(sandbox),
		settings: sandbox.settings,
		faults: faultList(sandbox),
	}));
	app.get('/_sandbox/state', async () => summary(sandbox));

	app.get('/_sandbox/log', async (request) => {
		const { since } = readQuery(request);
		return sandbox.log.filter((entry) => since === undefined || entry.at > Number(since));
	});
	app.post('/_sandbox/log/clear', async () => {
		sandbox.log.length = 0;
		return { cleared: true };
	});

	app.get('/_sandbox/settings', async () => sandbox.settings);
	app.post('/_sandbox/settings', async (request) => {
		const { settings } = sandbox;
		// Part of a limit, given while there is none, is that part of the default one.
		if (settings.limit === 'off' && isRecord(request.body) && isRecord(request.body.limit))
			settings.limit = defaultSettings().limit;
		merge(settings, request.body);
		return settings;
	});

	app.get('/_sandbox/faults', async () => faultList(sandbox));
	app.post<{ Body: FaultRule }>('/_sandbox/faults', async (request) => ({ id: sandbox.faults.add(request.body).id }));
	app.delete('/_sandbox/faults', async () => {
		sandbox.faults.clear();
		return { cleared: true };
	});

	app.get('/_sandbox/events', async () => eventSummary(sandbox));
	app.post<{ Body: { break?: boolean | number; refuse?: boolean; silence?: boolean; text?: string } }>(
		'/_sandbox/events',
		async (request) => {
			const { events } = sandbox;
			const { refuse, silence, text } = request.body;
			if (refuse !== undefined) events.refuse(refuse);
			if (silence !== undefined) events.silence(silence);
			if (text !== undefined) events.sendText(text);
			const code = request.body.break;
			if (code !== undefined && code !== false) events.break(typeof code === 'number' ? code : undefined);
			return eventSummary(sandbox);
		},
	);

	app.get('/_sandbox/clients', async () => sandbox.clients);
	app.post<{ Body: Partial<SandboxClient> }>('/_sandbox/clients', async (request) => {
		const client = newClient(request.body);
		if (sandbox.clients.some(({ id }) => id === client.id)) throw new Error(`There is a client ${client.id} already`);
		sandbox.clients.push(client);
		return client;
	});

	app.post<{ Body: TokenRequest }>('/_sandbox/tokens', async (request) => sandbox.issueTokens(request.body));
	app.post<{ Body: TokenRequest & { serviceAccount?: boolean } }>('/_sandbox/consent', async (request) => {
		sandbox.consent(request.body);
		return { consented: true };
	});
	app.post<{ Body: { tenantId?: number } }>('/_sandbox/expire-tokens', async (request) => {
		sandbox.expireTokens(request.body.tenantId);
		return { expired: true };
	});
	app.post<{ Body: { tenantId: number; clientId?: string } }>('/_sandbox/revoke', async (request) => {
		sandbox.revoke(request.body.tenantId, request.body.clientId);
		return { revoked: true };
	});

	type Tenant = { Params: { tenant: string } };
	app.get<Tenant>('/_sandbox/companies/:tenant', async (request) =>
		companySummary(sandbox.company(request.params.tenant)),
	);
	app.get<Tenant>('/_sandbox/companies/:tenant/vouchers', async (request) => {
		const { year } = readQuery(request);
		return sandbox.company(request.params.tenant).vouchers(year === undefined ? undefined : Number(year));
	});
	app.get<Tenant>('/_sandbox/companies/:tenant/trial-balance', async (request) => {
		const company = sandbox.company(request.params.tenant);
		const { year } = readQuery(request);
		return Object.fromEntries(
			company.trialBalance(year === undefined ? (company.currentYear()?.id ?? 0) : Number(year)),
		);
	});
	app.post<
		Tenant & {
			Body: { vouchers?: VoucherInput[]; count?: number; yearId?: number; seed?: number; series?: string[] };
		}
	>('/_sandbox/companies/:tenant/vouchers', async (request) => {
		const company = sandbox.company(request.params.tenant);
		const { vouchers = [], count = 0, ...bulk } = request.body;
		if (count > 0) company.addVouchers(count, bulk);
		return { added: vouchers.map((voucher) => company.addVoucher(voucher)), count };
	});
	app.post<Tenant & { Body: { date: string | null } }>('/_sandbox/companies/:tenant/lock', async (request) => {
		sandbox.company(request.params.tenant).setLocked(request.body.date);
		return { lockedPeriod: request.body.date };
	});
	app.post<Tenant & { Body: ApproverRequest }>('/_sandbox/companies/:tenant/approver', async (request) => {
		const { series, yearId, approver } = request.body;
		sandbox.company(request.params.tenant).setApprover(yearId, series, approver);
		return { series, yearId, approver };
	});
	app.post<Tenant & { Body: ApprovalRequest }>('/_sandbox/companies/:tenant/approve', async (request) => {
		const company = sandbox.company(request.params.tenant);
		const { series, number, yearId, state } = request.body;
		const voucher = company.voucher(series, number, yearId);
		if (!voucher) throw new Error(`There is no voucher ${series}/${number} in year ${yearId}`);
		company.approve(voucher, state);
		return voucher;
	});
	app.post<Tenant & { Body: { yearId: number; budgets: SandboxBudget[] } }>('/_sandbox/companies/:tenant/budgets', async (request) => {
		const company = sandbox.company(request.params.tenant);
		company.setBudget(request.body.yearId, request.body.budgets);
		return company.year(request.body.yearId).budgets;
	});
	app.post<Tenant & { Body: { fromDate: string; toDate: string } }>(
		'/_sandbox/companies/:tenant/years',
		async (request) => {
			const company = sandbox.company(request.params.tenant);
			const { fromDate, toDate } = request.body;
			return { id: company.openYear(fromDate, toDate).id };
		},
	);
	app.post<Tenant & { Body: Record<string, unknown> }>('/_sandbox/companies/:tenant/profile', async (request) => {
		const { profile } = sandbox.company(request.params.tenant);
		merge(profile, request.body);
		return profile;
	});
}

interface ApproverRequest {
	series: string;
	yearId: number;
	/** A name; null: nobody approves. */
	approver: string | null;
}

interface ApprovalRequest {
	series: string;
	number: number;
	yearId: number;
	/** Default: 3, approved. */
	state?: ApprovalState;
}

/** An app with a limit, scopes and redirect addresses of its own; what is not given is as in the sandbox's first app. */
function newClient({ id, secret, ...rest }: Partial<SandboxClient>): SandboxClient {
	if (!id || !secret) throw new Error('A client needs an id and a secret');
	return { name: id, scopes: [...SCOPES], redirectUris: 'any', serviceAccounts: true, ...rest, id, secret };
}

function isLoopback({ ip }: FastifyRequest): boolean {
	return ip === '::1' || /^(::ffff:)?127\./.test(ip);
}

const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * A browser sends `Origin` with what a page does to another address. A page can also have its own name resolve to
 * 127.0.0.1 (DNS rebinding): then `Host` names that page's server.
 */
function isOfAnotherSite({ headers: { origin, host = '' } }: FastifyRequest): boolean {
	return !LOOPBACK_HOST.test(host) || (origin !== undefined && origin !== `http://${host}`);
}

function readQuery(request: FastifyRequest): Record<string, string | undefined> {
	return isRecord(request.query)
		? Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, String(value)]))
		: {};
}

/** Sets what is given and keeps the rest; nested objects are merged, lists replaced. Throws for a name that isn't there. */
function merge(target: object, source: unknown): void {
	if (!isRecord(source)) return;
	for (const [name, value] of Object.entries(source)) {
		if (!Object.hasOwn(target, name)) throw new Error(`There is no ${name} here`);
		const old: unknown = Reflect.get(target, name);
		if (isRecord(old) && isRecord(value)) merge(old, value);
		else Reflect.set(target, name, value);
	}
}

const faultList = ({ faults }: Sandbox) =>
	faults.handles.map(({ id, rule, struck }) => ({ id, struck, rule: { ...rule, path: String(rule.path ?? '') } }));

const eventSummary = ({ events: { connections, connected, commands } }: Sandbox) => ({
	connections: connections.map(({ tenantIds }) => ({ tenantIds })),
	connected,
	commands,
});

const summary = (sandbox: Sandbox) => ({
	url: sandbox.url,
	clients: sandbox.clients.map(({ id, name, scopes, serviceAccounts }) => ({ id, name, scopes, serviceAccounts })),
	companies: sandbox.companies.map((company) => companySummary(company)),
	requests: sandbox.log.length,
	throttled: sandbox.log.filter(({ status }) => status === 429).length,
});

const companySummary = (company: CompanyState) => ({
	...company.profile,
	lockedPeriod: company.lockedPeriod,
	years: company.yearsNewestFirst().map((year) => ({
		id: year.id,
		fromDate: year.fromDate,
		toDate: year.toDate,
		accounts: year.accounts.size,
		vouchers: year.count,
		series: year.seriesInOrder(),
	})),
	currencies: company.currencies,
	costCenters: company.costCenters,
	projects: company.projects,
	files: company.files.map(({ content, ...file }) => ({ ...file, size: content.length })),
	fileConnections: company.fileConnections,
	connections: company.connections,
});
