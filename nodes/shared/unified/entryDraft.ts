import type { Rate } from '../ledger/currency';
import type { IsoDate } from '../ledger/dates';
import type { Ore } from '../ledger/money';
import type { VatBox, VatRate } from '../ledger/vat';
import type { Days } from '../ledger/reports/years';
import type { LineAccountType } from './types';

/** VAT that belongs to a line, as the unified model gives it; `amount` is not negative and comes on top of the line's. */
export interface DraftTax {
	code: string;
	/** Said with the code; it must be that of the amounts, so no digest needs it. */
	rate?: VatRate;
	/** Absent only where the line's amount contains the VAT, and the code's rate tells how much. */
	amount?: Ore;
	/** The line's amount contains the VAT. */
	gross?: true;
	account?: number;
	reversedAccount?: number;
	description?: string;
}

/** A share of a line: the cost center or project that it goes to (absent: none), in per cent with at most two decimals. */
export interface DraftShare {
	code?: string;
	percentage: number;
}

/** One line of an entry as it was given: `amount` is in the entry's currency, + debit, − credit. */
export interface DraftLine {
	/** The line's place in the input, such as `lines[2]`, for messages. */
	field: string;
	accountType: LineAccountType;
	account: number;
	partnerId?: string;
	amount: Ore;
	description?: string;
	/** At least one share each; together 100 %. */
	costCenters: DraftShare[];
	projects: DraftShare[];
	taxCode?: string;
	tax?: DraftTax;
	/** Only of a line that is not divided over several cost centers or projects. */
	quantity?: number;
	/** The days that the line's amount belongs to, which is spread over their months. */
	period?: Days;
}

/** A file that belongs to an entry. */
export interface DraftAttachment {
	name: string;
	mimeType: string;
	content: Buffer;
}

/** An entry as it was given, read and found in order by itself; nothing in it comes from Fortnox. */
export interface EntryDraft {
	kind: 'journal' | 'financial';
	/** Series code; absent: the company's first manual series. */
	journalId?: string;
	date: IsoDate;
	/** The user gave no date, and today was taken. */
	dateDefaulted: boolean;
	number?: string;
	currency: string;
	/** Absent where the entry is in SEK, or where the register's rate is to be taken. */
	rate?: Rate;
	description?: string;
	reference?: string;
	comments?: string;
	lines: DraftLine[];
	/** The bank or cash account of a financial entry. */
	counterpart?: number;
	attachment?: DraftAttachment;
	/** Where amounts with a period wait for their months; absent: the usual account. */
	accrualAccount?: number;
	/** The account that takes what the lines leave over. */
	balancingAccount?: number;
	/** The day on which the entry is reversed. */
	reverseOn?: IsoDate;
}

/** A row of a voucher about to be posted, in SEK; its amount is never zero. */
export type RowPart = 'account' | 'cost_center' | 'project';

export interface VoucherRow extends EntryRow {
	/** The line that it comes from, for messages. */
	field: string;
	/** What the form calls the parts of the row where it has fields of their own for them, in place of parts of `field`. */
	fields?: Partial<Record<RowPart, string>>;
	/** Of a line that names a VAT code: what is compared with the code of the row's account. */
	vatBase?: { code: string; field: string; vatAccount?: number };
	/** Of a row of VAT: the box of the VAT return that the amount belongs in. */
	vatBox?: VatBox;
	/** The days that the amount belongs to. */
	period?: Days;
}

/** An entry in the form in which Fortnox accepts it. */
export interface VoucherDraft {
	journalId?: string;
	date: IsoDate;
	description: string;
	comments?: string;
	rows: VoucherRow[];
}

/** A row of an entry that is in the ledger, or would be. */
export interface EntryRow {
	account: number;
	/** + debit, − credit. */
	amount: Ore;
	costCenter?: string;
	project?: string;
	information?: string;
	quantity?: number;
}

/** An entry of the ledger, wherever its parts were read from. */
export interface LedgerEntry {
	series: string;
	/** Absent in what a dry run shows. */
	number?: number;
	/** Financial year id. */
	year?: number;
	date: IsoDate;
	description: string;
	/** Whole comments, the mark's line included. */
	comments?: string;
	/** Fortnox's number of it: 0 not for approval, 1 not ready, 2 not approved, 3 approved. */
	approvalState?: number;
	referenceType?: string;
	referenceNumber?: string;
	rows: EntryRow[];
}

/** How an entry is to be read. */
export interface ReadEntryOptions {
	kind: 'journal' | 'financial';
	/** The rate will be taken from the company's register: a foreign entry needs none. */
	rateFromRegister: boolean;
	/** Lines come from input items, whose other columns are not the entry's business. */
	ignoreUnknownLineFields: boolean;
	/** A file given beside the body. */
	attachment?: DraftAttachment;
	/** For tests: the moment that "today" is taken from. */
	now?: Date;
}
