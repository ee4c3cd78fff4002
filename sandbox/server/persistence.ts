import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';

import { CompanyState } from '../company/company';
import type { SandboxVoucher } from '../company/types';
import type { SandboxYear } from '../company/year';
import type { SandboxClient, Tokens } from '../oauth/tokens';

/** Fields of a company that are plain data; years and files need a form of their own. */
const PLAIN_FIELDS = [
	'currencies',
	'costCenters',
	'projects',
	'predefinedAccounts',
	'predefinedVoucherSeries',
	'modesOfPayments',
	'accountCharts',
	'customers',
	'suppliers',
	'invoices',
	'supplierInvoices',
	'invoicePayments',
	'supplierInvoicePayments',
	'folders',
	'fileConnections',
	'connections',
	'lockedPeriod',
] as const;

type SavedCompany = Pick<CompanyState, 'profile' | (typeof PLAIN_FIELDS)[number]> & {
	years: Array<
		Pick<SandboxYear, 'id' | 'fromDate' | 'toDate' | 'accountingMethod' | 'accountChartType'> & {
			accounts: Array<Parameters<SandboxYear['setAccount']>[0]>;
			series: Array<Parameters<SandboxYear['book']>[1]>;
			vouchers: SandboxVoucher[];
			/** Absent in a file of an older sandbox. */
			budgets?: SandboxYear['budgets'];
		}
	>;
	files: Array<Omit<CompanyState['files'][number], 'content'> & { content: string }>;
};

interface SavedState {
	companies: SavedCompany[];
	/** Absent in a file of an older sandbox. */
	clients?: SandboxClient[];
	tokens: Parameters<Tokens['restore']>[0];
}

/** What outlives a sandbox that has a file. */
interface State {
	companies: readonly CompanyState[];
	clients: readonly SandboxClient[];
	tokens: Tokens;
}

/** Written beside the file first, so that a crash leaves the old state whole. */
export async function saveState(file: string, { companies, clients, tokens }: State): Promise<void> {
	const saved = companies.map((company) => ({
		...Object.fromEntries(PLAIN_FIELDS.map((field) => [field, company[field]])),
		profile: company.profile,
		files: company.files.map((each) => ({ ...each, content: each.content.toString('base64') })),
		years: [...company.years.values()].map((year) => ({
			id: year.id,
			fromDate: year.fromDate,
			toDate: year.toDate,
			accountingMethod: year.accountingMethod,
			accountChartType: year.accountChartType,
			accounts: year.accountsByNumber(),
			series: year.seriesInOrder(),
			vouchers: [...year.vouchers()],
			budgets: year.budgets,
		})),
	}));
	await writeFile(`${file}.new`, JSON.stringify({ companies: saved, clients, tokens: tokens.dump() }));
	await rename(`${file}.new`, file);
}

/** Undefined where the file isn't there yet. */
export async function loadState(
	file: string,
	now: () => number,
): Promise<{ companies: CompanyState[]; clients: SandboxClient[] | undefined; tokens: SavedState['tokens'] } | undefined> {
	if (!existsSync(file)) return undefined;
	// The file is the sandbox's own; one that was edited by hand may fail with whatever JavaScript says about it.
	const saved = JSON.parse(await readFile(file, 'utf8')) as SavedState;
	const companies = saved.companies.map((data) => {
		const company = new CompanyState(data.profile, now);
		for (const { id, fromDate, toDate, accounts, series, vouchers, budgets, ...kind } of data.years) {
			const year = company.addYear(fromDate, toDate, { id, method: kind.accountingMethod, chart: kind.accountChartType });
			for (const account of accounts) year.setAccount(account);
			for (const each of series) year.series.set(each.code, { ...each, nextNumber: 1 });
			year.budgets = budgets ?? [];
			for (const voucher of vouchers) {
				const its = year.series.get(voucher.series);
				if (its) year.book(voucher, its);
			}
		}
		// A file of an older sandbox lacks the newer registers.
		Object.assign(company, Object.fromEntries(PLAIN_FIELDS.map((field) => [field, data[field] ?? company[field]])));
		company.files = data.files.map((each) => ({ ...each, content: Buffer.from(each.content, 'base64') }));
		return company;
	});
	return { companies, clients: saved.clients, tokens: saved.tokens };
}
