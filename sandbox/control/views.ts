import type { CompanyState } from '../company/company';
import type { Sandbox } from './sandbox';

/** The rules, with how often each has struck. */
export const faultList = ({ faults }: Sandbox) =>
	faults.handles.map(({ id, rule, struck }) => ({ id, struck, rule: { ...rule, path: String(rule.path ?? '') } }));

export const eventSummary = ({ events: { connections, connected, commands } }: Sandbox) => ({
	connections: connections.map(({ tenantIds }) => ({ tenantIds })),
	connected,
	commands,
});

export const summary = (sandbox: Sandbox) => ({
	url: sandbox.url,
	clients: sandbox.clients.map(({ id, name, scopes, serviceAccounts }) => ({ id, name, scopes, serviceAccounts })),
	companies: sandbox.companies.map((company) => companySummary(company)),
	requests: sandbox.log.length,
	throttled: sandbox.log.filter(({ status }) => status === 429).length,
});

/** A company without its vouchers and the content of its files. */
export const companySummary = (company: CompanyState) => ({
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
