/**
 * Fortnox's own objects as they travel, limited to the fields that this package reads or writes.
 * Names and types follow Fortnox's OpenAPI document; a field that recordings show missing or null says so here.
 */

export type DimensionSetting = 'ALLOWED' | 'MANDATORY' | 'NOTALLOWED';

/** `/3/accounts`: accounts belong to a financial year (`Year` is that year's id). */
export interface FortnoxAccount {
	Number: number;
	Description: string;
	Active: boolean;
	SRU?: number | null;
	VATCode?: string | null;
	Year?: number;
	CostCenter?: string | null;
	CostCenterSettings?: DimensionSetting | null;
	Project?: string | null;
	ProjectSettings?: DimensionSetting | null;
	/** SEK, up to two decimals. */
	BalanceBroughtForward?: number | null;
	/** SEK; only in the answer for a single account. */
	BalanceCarriedForward?: number | null;
}

/** What may be written to an account. An absent field stays as it is. */
export type FortnoxAccountWrite = Partial<
	Pick<
		FortnoxAccount,
		'Number' | 'Description' | 'Active' | 'SRU' | 'VATCode' | 'CostCenter' | 'CostCenterSettings' | 'Project' | 'ProjectSettings'
	>
>;

/** `/3/voucherseries`: only series with `Manual: true` take vouchers through the API. Series belong to a financial year. */
export interface FortnoxVoucherSeries {
	Code: string;
	Description: string;
	Manual: boolean;
	Year?: number;
	Approver?: { Id?: number; Name?: string } | null;
	/** Only in the answer for a single series. */
	NextVoucherNumber?: number;
}

/** `/3/predefinedvoucherseries`, such as `{ Name: 'INVOICE', VoucherSeries: 'B' }`. */
export interface FortnoxPredefinedVoucherSeries {
	Name: string;
	VoucherSeries: string;
}

/** `/3/predefinedaccounts`, such as `{ Name: 'OUTVAT_MP1', Account: 2611 }`. */
export interface FortnoxPredefinedAccount {
	Name: string;
	Account: number | null;
}

/** `/3/financialyears`. `Id` counts in creation order; it is not a calendar year. */
export interface FortnoxFinancialYear {
	Id: number;
	FromDate: string;
	ToDate: string;
	AccountChartType?: string | null;
	AccountingMethod?: 'ACCRUAL' | 'CASH' | null;
}

/** What opens a financial year. */
export type FortnoxFinancialYearWrite = Pick<FortnoxFinancialYear, 'FromDate' | 'ToDate'> &
	Partial<Pick<FortnoxFinancialYear, 'AccountChartType' | 'AccountingMethod'>>;

/** A row of a voucher. Amounts are SEK with at most two decimals, never negative. */
interface FortnoxVoucherRow {
	Account: number;
	Debit: number;
	Credit: number;
	CostCenter?: string | null;
	Project?: string | null;
	Description?: string | null;
	TransactionInformation?: string | null;
	Quantity?: number | null;
	/** A removed row is still returned, with its amounts; it does not count. */
	Removed?: boolean;
}

/** An item of the voucher list: no rows and no amounts. */
export interface FortnoxVoucherListItem {
	VoucherSeries: string;
	VoucherNumber: number;
	/** Financial year id. */
	Year: number;
	TransactionDate: string;
	Description?: string | null;
	/** Missing where the list leaves comments out; null or empty where the voucher has none. */
	Comments?: string | null;
	ReferenceNumber?: string | null;
	/** Empty, or one of INVOICE, SUPPLIERINVOICE, INVOICEPAYMENT, SUPPLIERPAYMENT, MANUAL, CASHINVOICE, ACCRUAL. */
	ReferenceType?: string | null;
	ApprovalState?: number | null;
}

/** `/3/vouchers/{series}/{number}`. */
export interface FortnoxVoucher extends FortnoxVoucherListItem {
	VoucherRows: FortnoxVoucherRow[];
	CostCenter?: string | null;
	Project?: string | null;
}

/** A row as it is posted: only what has a value. */
interface FortnoxVoucherRowWrite {
	Account: number;
	Debit?: number;
	Credit?: number;
	CostCenter?: string;
	Project?: string;
	TransactionInformation?: string;
	Quantity?: number;
}

/** The body of `POST /3/vouchers`. */
export interface FortnoxVoucherWrite {
	VoucherSeries: string;
	TransactionDate: string;
	Description: string;
	Comments: string;
	VoucherRows: FortnoxVoucherRowWrite[];
}

/** `/3/companyinformation`. */
export interface FortnoxCompanyInformation {
	CompanyName: string;
	OrganizationNumber?: string | null;
	/** The tenant id. */
	DatabaseNumber: number;
	Address?: string | null;
	City?: string | null;
	ZipCode?: string | null;
	CountryCode?: string | null;
}

/** `/3/settings/lockedperiod`: null or absent where nothing is locked. The locked period reaches up to and including the date. */
export interface FortnoxLockedPeriod {
	EndDate?: string | null;
}

/** `/3/currencies`: `Unit` units of the currency cost `BuyRate` or `SellRate` SEK. */
export interface FortnoxCurrency {
	Code: string;
	Description?: string | null;
	Date?: string | null;
	BuyRate?: number | null;
	SellRate?: number | null;
	Unit?: number | null;
	IsAutomatic?: boolean;
}

/** `/3/costcenters`. */
export interface FortnoxCostCenter {
	Code: string;
	Description?: string | null;
	Active: boolean;
	Note?: string | null;
}

/** `/3/projects`. */
export interface FortnoxProject {
	ProjectNumber: string;
	Description?: string | null;
	Status: 'NOTSTARTED' | 'ONGOING' | 'COMPLETED';
	StartDate?: string | null;
	EndDate?: string | null;
}

/** `/3/voucherfileconnections`. */
export interface FortnoxVoucherFileConnection {
	FileId: string;
	VoucherSeries: string;
	/** A number in a string. */
	VoucherNumber: string;
	/** Financial year id. */
	VoucherYear: number;
	VoucherDescription?: string | null;
	/** The file's name; not in Fortnox's document. */
	Name?: string | null;
}

/** A file in the inbox or the archive, as answered to an upload. */
export interface FortnoxFile {
	Id: string;
	ArchiveFileId?: string | null;
	Name?: string | null;
	Path?: string | null;
	Size?: number | string | null;
	Comments?: string | null;
}
