/**
 * The unified accounting model, field names as the model has them (snake_case), plus the fields in which this
 * node knows more. Amounts are SEK with at most two decimals.
 */
import type { AccountType } from '../ledger/accountTypes';
import type { JournalType } from '../ledger/journalTypes';

/** What the account of a line stands for. All but `general_account` name a partner, not an account of the ledger. */
export const LINE_ACCOUNT_TYPES = ['general_account', 'customer_account', 'supplier_account', 'employee_account'] as const;
export type LineAccountType = (typeof LINE_ACCOUNT_TYPES)[number];

export interface UnifiedAccount {
	number: string;
	name: string;
	active: boolean;
	type: AccountType;
	/** The SRU code, where the account has one. */
	scheme_ids: string[];
	accounting_category: null;
	vat_code: string | null;
	financial_year_id: number | null;
	cost_center: string | null;
	cost_center_setting: string | null;
	project: string | null;
	project_setting: string | null;
	/** SEK. */
	opening_balance: number | null;
	/** SEK; only where a single account was asked for. */
	closing_balance?: number | null;
}

interface UnifiedNextDocumentNumber {
	bookyear_name: string;
	next_document_number: string;
	start_date: string;
	end_date: string;
}

export interface UnifiedJournal {
	id: string;
	code: string;
	name: string;
	journal_type: JournalType;
	counterpart_account: null;
	unallocated_account: null;
	next_document_numbers: UnifiedNextDocumentNumber[];
	iban: null;
	currency: 'SEK';
	other_currencies_allowed: false;
	/** True where Fortnox accepts no entries from outside into this series. */
	blocked: boolean;
	/** The opposite of `blocked`, in Fortnox's own word. */
	manual: boolean;
}

export interface UnifiedAnalyticDistribution {
	analytic_plan: 'cost_center' | 'project';
	analytic_accounts: Array<{ analytic_account: string; percentage: number }>;
}

export interface UnifiedEntryItem {
	id: string;
	account_number: string;
	account_name: string;
	debit: number;
	credit: number;
	currency: 'SEK';
	currency_exchange_rate: 1;
	description: string | null;
	partner_id: string | null;
	partner_name: null;
	partner_type: LineAccountType | null;
	matching_numbers: string[];
	analytic_distribution: UnifiedAnalyticDistribution[];
	cost_center: string | null;
	cost_center_name: string | null;
	project: string | null;
	project_name: string | null;
	/** Amount in the entry's own currency, + debit, − credit; null where the entry is in SEK. */
	original_amount: number | null;
	quantity?: number | null;
}

export interface UnifiedEntry {
	/** `SERIES-NUMBER-YEARID`; null in what a dry run shows. */
	id: string | null;
	journal_id: string;
	journal_name: string | null;
	/** Series and number as people say them, such as `A 17`. */
	name: string | null;
	/** The caller's own number, as given when the entry was posted. */
	number: string | null;
	reference: string | null;
	date: string;
	due_date: null;
	due_dates: never[];
	/** False in what a dry run shows of an entry that is not in the ledger. */
	posted: boolean;
	description: string | null;
	/** Comments without the mark line. */
	comments: string | null;
	currency: 'SEK';
	original_currency: string | null;
	original_exchange_rate: string | null;
	attachments_info: { status: 'unknown' | 'yes' | 'no'; attachments: Array<{ filename: string | null; url: string | null; id?: string }> };
	items: UnifiedEntryItem[];
	/** Only of entries in a series that has an approver. */
	approval_state?: 'not_ready' | 'not_approved' | 'approved';
	voucher_series: string;
	voucher_number: number | null;
	financial_year_id: number | null;
	/** Fortnox's ReferenceType and ReferenceNumber: the sub-ledger document that made the voucher. */
	reference_type: string | null;
	reference_number: string | null;
}

/** Figures of an account in SEK; `balance` is debit − credit. */
export interface UnifiedBalance {
	account_number: string;
	account_name: string | null;
	/** From the start of the financial year, the opening balance included on its side. */
	debit: number;
	credit: number;
	balance: number;
	/** Movements of the period alone. */
	period_debit: number;
	period_credit: number;
	period_balance: number;
}

/** A financial year. */
export interface UnifiedBookYear {
	/** Fortnox's id: counts in the order of creation. */
	id: number;
	name: string;
	start: string;
	end: string;
	/** The locked period covers the whole year. */
	closed: boolean;
	accounting_method: 'ACCRUAL' | 'CASH' | null;
	account_chart: string | null;
}

/** A cost center or a project. */
export interface UnifiedAnalyticAccount {
	/** The code, as entries name it; unique within its plan. */
	id: string;
	code: string;
	name: string;
	active: boolean;
	currency: 'SEK';
	analytic_plan: UnifiedAnalyticDistribution['analytic_plan'];
	/** Fortnox's status of a project; null for a cost center. */
	status: string | null;
	start_date: string | null;
	end_date: string | null;
}

/** The company, as the unified model shows folders. */
export interface UnifiedCompany {
	id: string;
	name: string;
	selected: true;
	active: true;
	company_number: string | null;
	main_currency: 'SEK';
	addresses: Array<{ street: string | null; postal_code: string | null; city: string | null; country: string | null }>;
	/** Fortnox's number of the company: what the service account credential asks for as Tenant ID. */
	tenant_id: number;
	currency: 'SEK';
	/** Last locked day; null where nothing is locked, or where the credential is not allowed to ask. */
	locked_until: string | null;
	/** The financial year that today lies in; the newest where today lies in none. */
	current_financial_year: UnifiedBookYear | null;
}
