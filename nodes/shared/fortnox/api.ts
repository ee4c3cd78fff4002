import type {
	FortnoxAccount,
	FortnoxAccountWrite,
	FortnoxCompanyInformation,
	FortnoxCostCenter,
	FortnoxCurrency,
	FortnoxFile,
	FortnoxFinancialYear,
	FortnoxFinancialYearWrite,
	FortnoxLockedPeriod,
	FortnoxPredefinedAccount,
	FortnoxPredefinedVoucherSeries,
	FortnoxProject,
	FortnoxVoucher,
	FortnoxVoucherFileConnection,
	FortnoxVoucherListItem,
	FortnoxVoucherSeries,
	FortnoxVoucherWrite,
} from './wire';

/**
 * How a cached register is read: `fresh` asks Fortnox even where the cache has an answer; `ofThisRun` where it has none
 * that was asked for since this object was made, for operations whose business it is to read the register.
 */
export interface CacheUse {
	fresh?: boolean;
	ofThisRun?: boolean;
}

/** Filters of the voucher list. Without `financialYear` Fortnox answers for its preselected year, so it is mandatory here. */
interface VoucherListQuery {
	/** Financial year id. */
	financialYear: number;
	/** Inclusive, YYYY-MM-DD. */
	fromDate?: string;
	/** Inclusive, YYYY-MM-DD. */
	toDate?: string;
	series?: string;
	costCenter?: string;
	/** `YYYY-MM-DD HH:MM`, Stockholm time: changed at or after. */
	lastModified?: string;
	/** Stop asking for pages once this many items are there. */
	limit?: number;
}

export interface AccountListQuery {
	/** Financial year id. */
	financialYear?: number;
	/** `YYYY-MM-DD HH:MM`, Stockholm time: changed at or after. */
	lastModified?: string;
	limit?: number;
	/** Accounts that don't pass are left out. */
	keep?: (account: FortnoxAccount) => boolean;
}

/** The part of Fortnox's API that this package uses. One object serves one run on one company. Every method throws `FortnoxError`. */
export interface FortnoxApi {
	/** Whose books these are. */
	readonly tenantId: number;
	/** API base URL and company: what registers, mark index and claims belong to, whichever app or credential asks. */
	readonly tenantKey: string;
	/** Requests sent and 429 answers got through this object so far, and the time in which any request had to wait, in ms. */
	readonly counts: { requests: number; throttled: number; waitedMs: number };
	/** Fortnox's clock now, as the Date header of its last answer tells it; this machine's clock before the first answer. */
	serverTime(): Date;

	/** What the access token says that it may be used for; undefined where it does not say. No request. */
	scopes(): Promise<string[] | undefined>;

	company(use?: CacheUse): Promise<FortnoxCompanyInformation>;
	lockedPeriod(use?: CacheUse): Promise<FortnoxLockedPeriod>;

	/** Sorted by first day, oldest first; cached. */
	financialYears(use?: CacheUse): Promise<FortnoxFinancialYear[]>;
	createFinancialYear(year: FortnoxFinancialYearWrite): Promise<FortnoxFinancialYear>;

	/** The whole chart of a financial year, sorted by number; cached per year. */
	chart(financialYear: number, use?: CacheUse): Promise<FortnoxAccount[]>;
	/**
	 * Uncached pages of the chart, for lists with `lastModified` or that stop early: once `limit` accounts pass `keep`, no
	 * further page is asked for.
	 */
	accounts(query: AccountListQuery): Promise<FortnoxAccount[]>;
	account(number: number, financialYear?: number): Promise<FortnoxAccount>;
	createAccount(account: FortnoxAccountWrite, financialYear?: number): Promise<FortnoxAccount>;
	updateAccount(number: number, account: FortnoxAccountWrite, financialYear?: number): Promise<FortnoxAccount>;

	/** All voucher series of a financial year (default: Fortnox's current one); cached per year. */
	voucherSeries(financialYear?: number, use?: CacheUse): Promise<FortnoxVoucherSeries[]>;
	/** One series, with its next number. */
	oneVoucherSeries(code: string, financialYear?: number): Promise<FortnoxVoucherSeries>;
	createVoucherSeries(
		series: { Code: string; Description: string; Manual?: boolean },
		financialYear?: number,
	): Promise<FortnoxVoucherSeries>;
	updateVoucherSeries(
		code: string,
		series: { Description?: string; Manual?: boolean },
		financialYear?: number,
	): Promise<FortnoxVoucherSeries>;
	/** Cached. */
	predefinedVoucherSeries(use?: CacheUse): Promise<FortnoxPredefinedVoucherSeries[]>;
	/** Cached. */
	predefinedAccounts(use?: CacheUse): Promise<FortnoxPredefinedAccount[]>;

	/** Pages of 500, side by side once their number is known; in Fortnox's order: series, then number. */
	vouchers(query: VoucherListQuery): Promise<FortnoxVoucherListItem[]>;
	/** How many entries a financial year has, in one request; undefined where Fortnox does not say. */
	voucherCount(financialYear: number): Promise<number | undefined>;
	voucher(series: string, number: number, financialYear: number): Promise<FortnoxVoucher>;
	/**
	 * Sends one POST. After a 429, a 401 or a connection that was never made it is sent again (nothing was booked);
	 * any other missing answer is thrown as `FortnoxError` with `outcome: 'unknown'`, never sent again.
	 */
	postVoucher(voucher: FortnoxVoucherWrite, financialYear: number): Promise<FortnoxVoucher>;
	/** SIE file of a financial year, the bytes as Fortnox sent them (CP437). */
	sie(type: 1 | 2 | 3 | 4, financialYear: number): Promise<Buffer>;

	/** Cached. */
	currencies(use?: CacheUse): Promise<FortnoxCurrency[]>;
	/** Cached. */
	costCenters(use?: CacheUse): Promise<FortnoxCostCenter[]>;
	createCostCenter(costCenter: Pick<FortnoxCostCenter, 'Code' | 'Description'>): Promise<FortnoxCostCenter>;
	/** Cached. */
	projects(use?: CacheUse): Promise<FortnoxProject[]>;
	createProject(project: Pick<FortnoxProject, 'ProjectNumber' | 'Description' | 'Status'>): Promise<FortnoxProject>;

	/** Uploads to the inbox folder for vouchers (`Inbox_v`). `outcome: 'unknown'` as with `postVoucher`. */
	uploadVoucherFile(file: { name: string; mimeType: string; content: Buffer }): Promise<FortnoxFile>;
	/** Files of the inbox folder for vouchers that are not connected yet. */
	inboxVoucherFiles(): Promise<FortnoxFile[]>;
	/** The folders of the inbox. */
	inboxFolders(): Promise<Array<{ Id: string; Name?: string | null }>>;
	/** The files that wait in a folder of the inbox, by the folder's id, such as `inbox_v`. */
	inboxFiles(folder: string): Promise<FortnoxFile[]>;
	/** The bytes of a file that waits in the inbox; needs the scope inbox, and not archive. */
	inboxFile(fileId: string): Promise<{ content: Buffer; mimeType?: string }>;
	/** The bytes of an archived file. */
	archiveFile(fileId: string): Promise<{ content: Buffer; mimeType?: string }>;
	connectVoucherFile(connection: {
		fileId: string;
		series: string;
		number: number;
		financialYear: number;
	}): Promise<FortnoxVoucherFileConnection>;
	/** All connections of the company, in pages. */
	allVoucherFileConnections(): Promise<FortnoxVoucherFileConnection[]>;
	/** The connections of one voucher. */
	voucherFileConnections(voucher: { series: string; number: number; financialYear: number }): Promise<FortnoxVoucherFileConnection[]>;
}
