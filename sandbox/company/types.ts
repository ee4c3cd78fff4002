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
	/** The person who approves its vouchers; absent where nobody has to. */
	approver?: string;
}

/** 0 not for approval, 1 not ready for it, 2 not approved yet, 3 approved (Fortnox's older documents). */
export type ApprovalState = 0 | 1 | 2 | 3;

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
	/** Struck after the voucher was booked: it moves nothing, and stays visible. */
	removed: boolean;
	/** Added after the voucher was booked. */
	added: boolean;
	/** The person who removed or added it; null: the company's user. */
	changedBy: string | null;
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
	approvalState: ApprovalState;
	rows: SandboxRow[];
	/** Wall time in ms at which it was booked. */
	createdAt: number;
	/** Minute of the Stockholm wall clock, as `lastmodified` compares it. */
	modifiedMinute: number;
}

/** What a result account is to come to in a month, as a whole or on a cost center; both count. */
export interface SandboxBudget {
	account: number;
	/** YYYYMM. */
	month: string;
	/** "" for what no cost center has. */
	costCenter: string;
	/** Öre, debit positive: an income is negative. */
	ore: number;
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
	/** Default: 0, not for approval. */
	approvalState?: ApprovalState;
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
	/** By which of its ids it is connected follows from where it was uploaded. */
	uploadedTo: 'inbox' | 'archive';
	contentType: string;
	content: Buffer;
}

/** A folder of the archive; the inbox has fixed ones. */
export interface SandboxFolder {
	id: string;
	/** From the root on: "2026/Kvitton". */
	path: string;
}

export interface SandboxFileConnection {
	fileId: string;
	series: string;
	number: number;
	yearId: number;
}

/** A customer, or a supplier. */
export interface SandboxParty {
	number: string;
	name: string;
	organizationNumber: string;
}

/** Where something was booked. */
export interface SandboxVoucherKey {
	series: string;
	number: number;
	yearId: number;
}

/** An invoice to a customer, or of a supplier, in SEK. */
export interface SandboxInvoice {
	number: number;
	party: SandboxParty;
	/** The supplier's own number; "" on an invoice to a customer. */
	externalNumber: string;
	date: string;
	dueDate: string;
	/** Öre, VAT included; negative on a credit invoice. */
	total: number;
	vat: number;
	/** What it is to be booked as, the claim or the debt included. */
	rows: SandboxInvoiceRow[];
	/** null until it is bookkept. */
	voucher: SandboxVoucherKey | null;
}

export interface SandboxInvoiceRow {
	account: number;
	/** Öre, debit positive. */
	amount: number;
	costCenter: string;
	project: string;
	text: string;
	/** As Fortnox marks a supplier invoice's rows: TOT the debt, VAT the tax; "" a row of the invoice itself. */
	code: 'TOT' | 'VAT' | '';
	/** Percent; of rows to customers alone. */
	vatRate: number;
}

/** A payment of an invoice. */
export interface SandboxPayment {
	number: number;
	invoiceNumber: number;
	date: string;
	/** Öre. */
	amount: number;
	modeOfPayment: string;
	account: number;
	voucher: SandboxVoucherKey | null;
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
	/** As SIE shows it. */
	phone: string;
	/** The person who approves on the consent page. */
	user: { id: string; name: string; email: string; systemAdministrator: boolean };
	/** Scopes for which the company has no licence: 2001101, and error_missing_license on consent. */
	unlicensedScopes: string[];
	/** False: every request is refused with 2001103. */
	apiLicence: boolean;
}
