import { addDays, stockholmDate, stockholmMinute } from './clock';

export type DimensionSetting = 'ALLOWED' | 'MANDATORY' | 'NOTALLOWED';

/** An account of one financial year. Amounts here and below are whole öre. */
export interface SandboxAccount {
	number: number;
	description: string;
	active: boolean;
	sru: number;
	vatCode: string | null;
	costCenter: string | null;
	costCenterSettings: DimensionSetting;
	project: string | null;
	projectSettings: DimensionSetting;
	transactionInformation: string | null;
	transactionInformationSettings: DimensionSetting;
	broughtForward: number;
	modifiedMinute: number;
}

export interface SandboxSeries {
	code: string;
	description: string;
	manual: boolean;
	nextNumber: number;
}

export interface SandboxRow {
	account: number;
	debit: number;
	credit: number;
	costCenter: string;
	project: string;
	/** null: the account's name, as Fortnox fills it in. */
	description: string | null;
	transactionInformation: string;
	quantity: number | null;
	removed: boolean;
}

export interface SandboxVoucher {
	series: string;
	number: number;
	yearId: number;
	date: string;
	description: string;
	comments: string | null;
	costCenter: string;
	project: string;
	referenceNumber: string;
	referenceType: string;
	approvalState: number;
	rows: SandboxRow[];
	/** Wall time in ms at which it was booked. */
	createdAt: number;
	/** Minute of the Stockholm wall clock, as `lastmodified` compares it. */
	modifiedMinute: number;
}

/** What a test gives to book a voucher behind the API's back. Amounts in öre. */
export interface VoucherInput {
	series?: string;
	date: string;
	description?: string;
	comments?: string | null;
	costCenter?: string;
	project?: string;
	referenceNumber?: string;
	referenceType?: string;
	/** Default: now. */
	createdAt?: number;
	rows: Array<{ account: number } & Partial<Omit<SandboxRow, 'account'>>>;
}

export interface SandboxCurrency {
	code: string;
	description: string;
	date: string;
	buyRate: number;
	sellRate: number;
	unit: number;
	isAutomatic: boolean;
}

export interface SandboxCostCenter {
	code: string;
	description: string;
	active: boolean;
	note: string | null;
}

export interface SandboxProject {
	number: string;
	description: string;
	status: 'NOTSTARTED' | 'ONGOING' | 'COMPLETED';
	startDate: string | null;
	endDate: string | null;
	projectLeader: string | null;
	contactPerson: string | null;
	comments: string | null;
}

export interface SandboxFile {
	id: string;
	archiveFileId: string;
	name: string;
	/** `Inbox_v` and so on, or an archive folder. */
	path: string;
	/** Lives in the inbox until something is connected to it. */
	inInbox: boolean;
	contentType: string;
	content: Buffer;
}

export interface SandboxFileConnection {
	fileId: string;
	series: string;
	number: number;
	yearId: number;
}

export interface SandboxModeOfPayment {
	code: string;
	description: string;
	accountNumber: string;
}

/** A consent that this company gave to an app. */
export interface SandboxConnection {
	clientId: string;
	scopes: string[];
	/** Only a service account may use client credentials. */
	serviceAccount: boolean;
}

export interface CompanyProfile {
	/** Fortnox's DatabaseNumber and the token's `tenantId`. */
	tenantId: number;
	name: string;
	organizationNumber: string;
	address: string;
	city: string;
	zipCode: string;
	/** Who approves on the consent page. */
	user: { id: string; name: string; email: string; systemAdministrator: boolean };
	/** Scopes for which the company has no licence: 2001101, and error_missing_license on consent. */
	unlicensedScopes: string[];
	/** False: every request is refused with 2001103. */
	apiLicence: boolean;
}

export class SandboxYear {
	readonly accounts = new Map<number, SandboxAccount>();
	readonly series = new Map<string, SandboxSeries>();
	private readonly bySeries = new Map<string, SandboxVoucher[]>();
	/** In order of change; a voucher that changed twice stands here twice. */
	private readonly changes: SandboxVoucher[] = [];
	private changesSorted = true;
	/** Öre per account, removed rows left out. */
	private readonly movements = new Map<number, number>();
	private sortedAccounts: SandboxAccount[] | undefined;
	/** Counts every change of the vouchers, so that lists can be cached. */
	version = 0;
	count = 0;

	constructor(
		readonly id: number,
		readonly fromDate: string,
		readonly toDate: string,
		readonly accountingMethod: 'ACCRUAL' | 'CASH' = 'ACCRUAL',
		readonly accountChartType = 'Bas 2026',
	) {}

	contains(date: string): boolean {
		return date >= this.fromDate && date <= this.toDate;
	}

	setAccount(account: SandboxAccount): void {
		this.accounts.set(account.number, account);
		this.sortedAccounts = undefined;
	}

	removeAccount(number: number): void {
		this.accounts.delete(number);
		this.sortedAccounts = undefined;
	}

	accountsByNumber(): readonly SandboxAccount[] {
		this.sortedAccounts ??= [...this.accounts.values()].sort((a, b) => a.number - b.number);
		return this.sortedAccounts;
	}

	/** Öre that the year's vouchers moved on an account, debit positive. */
	movement(account: number): number {
		return this.movements.get(account) ?? 0;
	}

	hasMovements(account: number): boolean {
		return this.movements.has(account);
	}

	seriesInOrder(): SandboxSeries[] {
		return [...this.series.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
	}

	vouchersOf(series: string): readonly SandboxVoucher[] {
		return this.bySeries.get(series) ?? [];
	}

	voucher(series: string, number: number): SandboxVoucher | undefined {
		const vouchers = this.vouchersOf(series);
		const expected = vouchers[number - 1];
		return expected?.number === number ? expected : vouchers.find((voucher) => voucher.number === number);
	}

	/** Fortnox's order: series, then number. */
	*vouchers(): Generator<SandboxVoucher> {
		for (const code of [...this.bySeries.keys()].sort()) yield* this.vouchersOf(code);
	}

	/** Those changed in or after a minute of the wall clock, in Fortnox's order, without reading the rest. */
	changedSince(minute: number): SandboxVoucher[] {
		if (!this.changesSorted) {
			this.changes.sort((a, b) => a.modifiedMinute - b.modifiedMinute);
			this.changesSorted = true;
		}
		const found = new Set<SandboxVoucher>();
		for (let i = this.changes.length - 1; i >= 0; i--) {
			const voucher = this.changes[i];
			if (!voucher || voucher.modifiedMinute < minute) break;
			found.add(voucher);
		}
		return [...found].sort(inListOrder);
	}

	/** Those booked at or after a wall time in ms. */
	bookedSince(epochMs: number): Set<SandboxVoucher> {
		const found = new Set<SandboxVoucher>();
		for (const voucher of this.changedSince(stockholmMinute(epochMs))) {
			if (voucher.createdAt >= epochMs) found.add(voucher);
		}
		return found;
	}

	/** Books a voucher under the next number of its series. */
	book(voucher: SandboxVoucher, series: SandboxSeries): SandboxVoucher {
		voucher.number = series.nextNumber++;
		let vouchers = this.bySeries.get(voucher.series);
		if (!vouchers) this.bySeries.set(voucher.series, (vouchers = []));
		vouchers.push(voucher);
		this.move(voucher, 1);
		this.count++;
		this.changed(voucher);
		return voucher;
	}

	/** Takes the newest voucher of its series away; its number is free again. */
	unbook(voucher: SandboxVoucher): void {
		const vouchers = this.bySeries.get(voucher.series);
		const series = this.series.get(voucher.series);
		if (vouchers?.at(-1) !== voucher || !series) throw new Error('Only the newest voucher of a series can go');
		vouchers.pop();
		series.nextNumber--;
		this.move(voucher, -1);
		this.count--;
		this.version++;
		const rest = this.changes.filter((change) => change !== voucher);
		this.changes.length = 0;
		for (const change of rest) this.changes.push(change);
	}

	/** Applies a change to a booked voucher, as a person does in Fortnox's own program. */
	edit(voucher: SandboxVoucher, change: (voucher: SandboxVoucher) => void, now: number): void {
		this.move(voucher, -1);
		change(voucher);
		this.move(voucher, 1);
		voucher.modifiedMinute = stockholmMinute(now);
		this.changed(voucher);
	}

	private changed(voucher: SandboxVoucher): void {
		const last = this.changes.at(-1);
		if (last && last.modifiedMinute > voucher.modifiedMinute) this.changesSorted = false;
		this.changes.push(voucher);
		this.version++;
	}

	private move(voucher: SandboxVoucher, sign: 1 | -1): void {
		for (const row of voucher.rows) {
			if (row.removed) continue;
			this.movements.set(row.account, this.movement(row.account) + sign * (row.debit - row.credit));
		}
	}
}

export function inListOrder(a: SandboxVoucher, b: SandboxVoucher): number {
	if (a.series !== b.series) return a.series < b.series ? -1 : 1;
	return a.number - b.number;
}

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
	files: SandboxFile[] = [];
	fileConnections: SandboxFileConnection[] = [];
	connections: SandboxConnection[] = [];
	/** YYYY-MM-DD, the last locked day; null where nothing is locked. */
	lockedPeriod: string | null = null;

	constructor(
		readonly profile: CompanyProfile,
		/** Wall time in ms. */
		readonly now: () => number,
	) {}

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
	addYear(
		fromDate: string,
		toDate: string,
		options: { id?: number; like?: SandboxYear; method?: 'ACCRUAL' | 'CASH' } = {},
	): SandboxYear {
		const id = options.id ?? Math.max(0, ...this.years.keys()) + 1;
		const year = new SandboxYear(id, fromDate, toDate, options.method ?? options.like?.accountingMethod);
		for (const account of options.like?.accounts.values() ?? []) year.setAccount({ ...account, broughtForward: 0 });
		for (const series of options.like?.series.values() ?? [])
			year.series.set(series.code, { ...series, nextNumber: 1 });
		this.years.set(id, year);
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
				approvalState: 0,
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
	addVouchers(
		count: number,
		options: { yearId?: number; series?: string[]; seed?: number; createdAt?: number } = {},
	): void {
		const year = options.yearId === undefined ? this.currentYear() : this.years.get(options.yearId);
		if (!year) throw new Error(`Company ${this.profile.tenantId} has no such financial year`);
		const random = seededRandom(options.seed ?? 1);
		const pick = (below: number) => Math.floor(random() * below);
		const days: string[] = [];
		for (let day = year.fromDate; day <= year.toDate; day = addDays(day, 1)) days.push(day);
		const seriesCodes = options.series ?? ['A', 'B', 'D'];
		const centers = ['', '', ...this.costCenters.filter((center) => center.active).map((center) => center.code)];
		const projects = ['', '', '', ...this.projects.filter((p) => p.status === 'ONGOING').map((p) => p.number)];
		const yesterday = this.now() - 86_400_000;
		const row = (account: number, amount: number, costCenter = '', project = ''): SandboxRow => ({
			account,
			debit: amount > 0 ? amount : 0,
			credit: amount < 0 ? -amount : 0,
			costCenter,
			project,
			description: null,
			transactionInformation: '',
			quantity: null,
			removed: false,
		});
		for (let i = 0; i < count; i++) {
			const code = seriesCodes[pick(seriesCodes.length)] ?? 'A';
			const series = year.series.get(code);
			if (!series) throw new Error(`Year ${year.id} has no voucher series ${code}`);
			const net = 100 + pick(5_000_000);
			const vat = Math.round(net / 4);
			const costCenter = centers[pick(centers.length)] ?? '';
			const project = projects[pick(projects.length)] ?? '';
			const [description, referenceType, rows] = bulkVoucher(code, i, net, vat, costCenter, project, row, pick);
			// Dates wander a little around where their number would put them: they are not monotonic in Fortnox either.
			const day = Math.min(days.length - 1, Math.max(0, Math.floor((i / count) * days.length) + pick(7) - 3));
			const date = days[day] ?? year.fromDate;
			const createdAt = options.createdAt ?? Math.min(yesterday, Date.parse(`${date}T08:30:00Z`));
			year.book(
				{
					series: code,
					number: 0,
					yearId: year.id,
					date,
					description,
					comments: i % 10 === 0 ? `Underlag ${i + 1}, pärm ${1 + (i % 7)}` : null,
					costCenter: '',
					project: '',
					referenceNumber: referenceType === 'MANUAL' ? '' : String(i + 1),
					referenceType,
					approvalState: 0,
					rows,
					createdAt,
					modifiedMinute: stockholmMinute(createdAt),
				},
				series,
			);
		}
	}

	/** Changes a booked voucher behind the API's back; `lastmodified` sees it. */
	editVoucher(voucher: SandboxVoucher, change: (voucher: SandboxVoucher) => void): void {
		this.year(voucher.yearId).edit(voucher, change, this.now());
	}

	/** Locks everything up to and including a date; null unlocks. */
	setLocked(date: string | null): void {
		this.lockedPeriod = date;
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

type RowMaker = (account: number, amount: number, costCenter?: string, project?: string) => SandboxRow;

function bulkVoucher(
	series: string,
	index: number,
	net: number,
	vat: number,
	costCenter: string,
	project: string,
	row: RowMaker,
	pick: (below: number) => number,
): [description: string, referenceType: string, rows: SandboxRow[]] {
	if (series === 'B') {
		const rows = [row(1510, net + vat), row(3001, -net, costCenter, project), row(2611, -vat)];
		return [`Kundfaktura ${index + 1}`, 'INVOICE', rows];
	}
	if (series === 'D') {
		const freight = pick(10_000);
		const rows = [row(2440, -(net + vat + freight)), row(4010, net, costCenter, project), row(2641, vat)];
		return [`Leverantörsfaktura ${index + 1}`, 'SUPPLIERINVOICE', freight ? [...rows, row(5710, freight)] : rows];
	}
	const account = [5410, 5800, 6110, 6540, 6550][pick(5)] ?? 6110;
	const fee = 1 + pick(5_000);
	const rows = [
		row(1930, -(net + vat + fee)),
		row(account, net, costCenter, project),
		row(2641, vat),
		row(6570, fee),
	];
	return [`Inköp ${index + 1} på företagskortet`, 'MANUAL', rows];
}

/** Mulberry32: the same numbers for the same seed on every machine. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}
