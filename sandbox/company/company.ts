import { bookMany } from './bulk';
import { carryForward } from './carryForward';
import { stockholmDate, stockholmMinute } from './clock';
import type {
	ApprovalState,
	CompanyProfile,
	SandboxBudget,
	SandboxConnection,
	SandboxCostCenter,
	SandboxCurrency,
	SandboxFile,
	SandboxFileConnection,
	SandboxFolder,
	SandboxInvoice,
	SandboxModeOfPayment,
	SandboxParty,
	SandboxPayment,
	SandboxProject,
	SandboxVoucher,
	VoucherInput,
} from './types';
import { SandboxYear, type VoucherChange, type YearKind } from './year';

/** Something that happened to a company's books, whoever did it. */
export type CompanyChange =
	| { kind: 'voucher'; what: VoucherChange; series: string; number: number; yearId: number; date: string }
	| { kind: 'account' | 'financial-year'; what: 'created' | 'updated'; id: number };

const FIRST_RESULT_ACCOUNT = 3000;

/** One company's books: the truth that tests compare with. Plain data and a few helpers, all synchronous. */
export class CompanyState {
	readonly years = new Map<number, SandboxYear>();
	currencies: SandboxCurrency[] = [];
	costCenters: SandboxCostCenter[] = [];
	projects: SandboxProject[] = [];
	predefinedAccounts: Array<{ name: string; account: number }> = [];
	predefinedVoucherSeries: Array<{ name: string; series: string }> = [];
	modesOfPayments: SandboxModeOfPayment[] = [];
	accountCharts: string[] = ['Bas 2026', 'Bas 2025'];
	customers: SandboxParty[] = [];
	suppliers: SandboxParty[] = [];
	invoices: SandboxInvoice[] = [];
	supplierInvoices: SandboxInvoice[] = [];
	invoicePayments: SandboxPayment[] = [];
	supplierInvoicePayments: SandboxPayment[] = [];
	files: SandboxFile[] = [];
	folders: SandboxFolder[] = [];
	fileConnections: SandboxFileConnection[] = [];
	connections: SandboxConnection[] = [];
	/** YYYY-MM-DD, the last locked day; null where nothing is locked. */
	lockedPeriod: string | null = null;

	constructor(
		readonly profile: CompanyProfile,
		/** Wall time in ms. */
		readonly now: () => number,
	) {}

	private listener?: (change: CompanyChange) => void;

	/** Reports every change from now on. */
	watch(listener: (change: CompanyChange) => void): void {
		this.listener = listener;
		for (const year of this.years.values()) this.watchYear(year);
	}

	private watchYear(year: SandboxYear): void {
		year.onVoucher = (what, { series, number, yearId, date }) => this.changed({ kind: 'voucher', what, series, number, yearId, date });
	}

	/** Reports a change to the one that watches. */
	changed(change: CompanyChange): void {
		this.listener?.(change);
	}

	/** By id, or by a date inside it. Throws where there is none. */
	year(idOrDate: number | string): SandboxYear {
		const year = typeof idOrDate === 'number' ? this.years.get(idOrDate) : this.yearOf(idOrDate);
		if (!year) throw new Error(`Company ${this.profile.tenantId} has no financial year ${idOrDate}`);
		return year;
	}

	yearOf(date: string): SandboxYear | undefined {
		for (const year of this.years.values()) if (year.contains(date)) return year;
		return undefined;
	}

	/** The year that holds today, else the one that ends last: what Fortnox calls the preselected year. */
	currentYear(): SandboxYear | undefined {
		return this.yearOf(stockholmDate(this.now())) ?? this.yearsNewestFirst()[0];
	}

	yearsNewestFirst(): SandboxYear[] {
		return [...this.years.values()].sort((a, b) => (a.fromDate < b.fromDate ? 1 : -1));
	}

	/** Opens a year with the chart and the series of another one, or with what the caller puts into it. */
	addYear(fromDate: string, toDate: string, options: { id?: number; like?: SandboxYear } & YearKind = {}): SandboxYear {
		const id = options.id ?? Math.max(0, ...this.years.keys()) + 1;
		const { like } = options;
		const kind = { method: options.method ?? like?.accountingMethod, chart: options.chart ?? like?.accountChartType };
		const year = new SandboxYear(id, fromDate, toDate, kind);
		for (const account of like?.accounts.values() ?? []) year.setAccount({ ...account, broughtForward: 0 });
		for (const series of like?.series.values() ?? []) year.series.set(series.code, { ...series, nextNumber: 1 });
		this.years.set(id, year);
		this.watchYear(year);
		this.changed({ kind: 'financial-year', what: 'created', id });
		return year;
	}

	/** Opens the year after the newest one as Fortnox does: with its chart and series, its balances carried over as they are now. */
	openYear(fromDate: string, toDate: string, kind: YearKind = {}): SandboxYear {
		const last = this.yearsNewestFirst()[0];
		const year = this.addYear(fromDate, toDate, { like: last, ...kind });
		if (last && last.toDate < fromDate) carryForward(last, year);
		return year;
	}

	/** All vouchers of a year (default: of every year), in Fortnox's order. */
	vouchers(yearId?: number): SandboxVoucher[] {
		const years = yearId === undefined ? [...this.years.values()] : [this.year(yearId)];
		return years.flatMap((year) => [...year.vouchers()]);
	}

	voucher(series: string, number: number, yearId: number): SandboxVoucher | undefined {
		return this.years.get(yearId)?.voucher(series, number);
	}

	/** Books a voucher without the API's checks, as Fortnox's own programs do; the year follows from the date. */
	addVoucher(input: VoucherInput): SandboxVoucher {
		const year = this.year(input.date);
		const code = input.series ?? 'A';
		const series = year.series.get(code);
		if (!series) throw new Error(`Year ${year.id} has no voucher series ${code}`);
		const createdAt = input.createdAt ?? this.now();
		return year.book(
			{
				series: code,
				number: 0,
				yearId: year.id,
				date: input.date,
				description: input.description ?? '',
				comments: input.comments ?? null,
				costCenter: input.costCenter ?? '',
				project: input.project ?? '',
				referenceNumber: input.referenceNumber ?? '',
				referenceType: input.referenceType ?? 'MANUAL',
				approvalState: input.approvalState ?? 0,
				rows: input.rows.map((row) => ({
					account: row.account,
					debit: row.debit ?? 0,
					credit: row.credit ?? 0,
					costCenter: row.costCenter ?? '',
					project: row.project ?? '',
					description: row.description ?? null,
					transactionInformation: row.transactionInformation ?? '',
					quantity: row.quantity ?? null,
					removed: row.removed ?? false,
					added: row.added ?? false,
					changedBy: row.changedBy ?? null,
				})),
				createdAt,
				modifiedMinute: stockholmMinute(createdAt),
			},
			series,
		);
	}

	/**
	 * Books many balanced vouchers of about four rows, the same ones for the same seed, spread over the year's days and
	 * over the series A, B and D, booked on their own dates but yesterday at the latest. 100,000 take about a second.
	 */
	addVouchers(count: number, options: { yearId?: number; series?: string[]; seed?: number; createdAt?: number } = {}): void {
		const year = options.yearId === undefined ? this.currentYear() : this.years.get(options.yearId);
		if (!year) throw new Error(`Company ${this.profile.tenantId} has no such financial year`);
		bookMany(year, count, {
			...options,
			latest: this.now() - 86_400_000,
			costCenters: this.costCenters.filter((center) => center.active).map((center) => center.code),
			projects: this.projects.filter((project) => project.status === 'ONGOING').map((project) => project.number),
		});
	}

	/** Changes a booked voucher behind the API's back; `lastmodified` sees it. */
	editVoucher(voucher: SandboxVoucher, change: (voucher: SandboxVoucher) => void): void {
		this.year(voucher.yearId).edit(voucher, change, this.now());
	}

	/** Sets the person who approves the vouchers of a series in one financial year; null: nobody has to. */
	setApprover(yearId: number, code: string, approver: string | null): void {
		const series = this.year(yearId).series.get(code);
		if (!series) throw new Error(`Year ${yearId} has no voucher series ${code}`);
		if (approver !== null) series.approver = approver;
		else delete series.approver;
	}

	/** What the approver does in Fortnox's own program: approves a voucher, or takes that back. */
	approve(voucher: SandboxVoucher, state: ApprovalState = 3): void {
		if (!this.year(voucher.yearId).series.get(voucher.series)?.approver) {
			throw new Error(`Series ${voucher.series} of year ${voucher.yearId} has no approver`);
		}
		this.editVoucher(voucher, (each) => (each.approvalState = state));
	}

	/** Locks everything up to and including a date; null unlocks. */
	setLocked(date: string | null): void {
		this.lockedPeriod = date;
	}

	/**
	 * Sets a year's budget, in place of the one before. Fortnox has budgets of result accounts alone. Throws for another
	 * account and for a month outside the year.
	 */
	setBudget(yearId: number, budgets: ReadonlyArray<Omit<SandboxBudget, 'costCenter'> & { costCenter?: string }>): void {
		const year = this.year(yearId);
		for (const { account, month } of budgets) {
			if (!year.accounts.has(account) || account < FIRST_RESULT_ACCOUNT)
				throw new Error(`${account} is no result account of year ${yearId}`);
			if (!year.contains(`${month.slice(0, 4)}-${month.slice(4)}-01`)) throw new Error(`${month} is no month of year ${yearId}`);
		}
		year.budgets = budgets.map(({ costCenter = '', ...rest }) => ({ ...rest, costCenter }));
	}

	/** Öre on an account at a year's end: brought forward plus movements, debit positive. */
	balance(account: number, yearId: number): number {
		const year = this.year(yearId);
		return (year.accounts.get(account)?.broughtForward ?? 0) + year.movement(account);
	}

	/** Account → öre at the year's end, accounts at nought left out. Sums to nought where the opening balances do. */
	trialBalance(yearId: number): Map<number, number> {
		const balances = new Map<number, number>();
		for (const { number } of this.year(yearId).accountsByNumber()) {
			const balance = this.balance(number, yearId);
			if (balance !== 0) balances.set(number, balance);
		}
		return balances;
	}
}
