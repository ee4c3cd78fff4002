import { readFileSync } from 'node:fs';

import { API_ROUTES } from '../../sandbox/api';
import type { Route } from '../../sandbox/api/wire/route';
import { CONTRACT_FILE, describeContract, UNDOCUMENTED_QUERY } from './openapi';

/** The resources that the sandbox has, by the first part of their path. */
const RESOURCES = [
	...['accounts', 'accountcharts', 'vouchers', 'voucherseries', 'financialyears', 'predefinedaccounts', 'predefinedvoucherseries'],
	...['companyinformation', 'settings', 'currencies', 'costcenters', 'projects', 'modesofpayments', 'me', 'sie'],
	...['inbox', 'archive', 'voucherfileconnections', 'customers', 'suppliers'],
	...['invoices', 'supplierinvoices', 'invoicepayments', 'supplierinvoicepayments'],
];

/** Documented, and not simulated: docs/sandbox.md says so. They are answered as a path that Fortnox doesn't have. */
const NOT_SIMULATED = [
	...['invoices/{}', 'supplierinvoices/{}', 'invoicepayments/{}', 'supplierinvoicepayments/{}'].map((path) => `PUT /3/${path}`),
	...['invoices', 'supplierinvoices'].flatMap((path) => ['cancel', 'credit'].map((action) => `PUT /3/${path}/{}/${action}`)),
	...['approvalbookkeep', 'approvalpayment'].map((action) => `PUT /3/supplierinvoices/{}/${action}`),
	...['externalprint', 'warehouseready'].map((action) => `PUT /3/invoices/{}/${action}`),
	...['einvoice', 'email', 'eprint', 'preview', 'print', 'printreminder'].map((action) => `GET /3/invoices/{}/${action}`),
];

/** Simulated, though the document lacks them: a library's live test deletes vouchers. */
const UNDOCUMENTED = ['DELETE /3/vouchers/{}/{}'];

interface Documented {
	/** `GET /3/accounts/{}`. */
	name: string;
	/** As the document writes it: `/3/accounts/{Number}`. */
	path: string;
	query: ReadonlyArray<{ name: string; values: readonly string[] }>;
}

interface Parameter {
	name: string;
	in: string;
	schema?: { enum?: string[] };
}

function documented(): Documented[] {
	const { paths } = JSON.parse(readFileSync(CONTRACT_FILE, 'utf8')) as {
		paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
	};
	return Object.entries(paths)
		.filter(([path]) => RESOURCES.includes(path.split('/')[2] ?? '') && path.startsWith('/3/'))
		.flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, { parameters = [] }]) => ({
				name: `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`,
				path,
				query: parameters
					.filter((parameter) => parameter.in === 'query')
					.map(({ name, schema }) => ({ name: name.toLowerCase(), values: schema?.enum ?? [] })),
			})),
		);
}

const nameOf = ({ method, path }: Route): string => `${method} ${path.replace(/:\w+/g, '{}')}`;
const routes = new Map(API_ROUTES.map((route) => [nameOf(route), route]));

describeContract("The sandbox's paths and Fortnox's OpenAPI document", () => {
	it('every documented path and method is served, or known not to be', () => {
		const lacking = documented()
			.filter(({ name }) => !routes.has(name))
			.map(({ name }) => name);
		expect(lacking.sort()).toEqual([...NOT_SIMULATED].sort());
		expect(routes.size).toBeGreaterThan(70);
	});

	it('nothing else is served', () => {
		const known = new Set(documented().map(({ name }) => name));
		expect([...routes.keys()].filter((name) => !known.has(name))).toEqual(UNDOCUMENTED);
	});

	it('every documented parameter is honoured, or refused where it is not simulated', () => {
		for (const { name, query } of documented()) {
			const route = routes.get(name);
			if (route === undefined) continue;
			const names = [...(route.query ?? []), ...(route.unsimulated ?? []), ...(route.filters ? ['filter'] : [])];
			for (const parameter of query) {
				// No register here has inactive customers, so their filter is refused as any other.
				if (name === 'GET /3/customers' && parameter.name === 'filter') continue;
				expect([name, parameter.name, names.includes(parameter.name)]).toEqual([name, parameter.name, true]);
			}
		}
	});

	it('no other parameter is honoured, but those that are known from elsewhere', () => {
		for (const { name, path, query } of documented()) {
			const elsewhere = [...(UNDOCUMENTED_QUERY['*'] ?? []), ...(UNDOCUMENTED_QUERY[path] ?? [])];
			const known = new Set([...query.map((parameter) => parameter.name), ...elsewhere]);
			const unknown = (routes.get(name)?.query ?? []).filter((parameter) => !known.has(parameter));
			expect([name, unknown]).toEqual([name, []]);
		}
	});
});
