import type { FortnoxVoucher, FortnoxVoucherListItem } from '../fortnox/wire';
import { formatEntryId } from '../ledger/formats';
import { readComments } from '../ledger/readMark';
import { toOre, toSek } from '../ledger/money';
import { readTransactionInformation } from '../ledger/transactionInformation';
import type { EntryRow, LedgerEntry } from './entryDraft';
import type { LineAccountType, UnifiedAnalyticDistribution, UnifiedEntry, UnifiedEntryItem } from './types';

/** Names for the numbers and codes of entries, from the company's registers. */
export interface EntryNames {
	account(number: number): string | undefined;
	journal(code: string): string | undefined;
	costCenter(code: string): string | undefined;
	project(number: string): string | undefined;
}

const PARTNER_TYPES: Record<'C' | 'S' | 'E', LineAccountType> = {
	C: 'customer_account',
	S: 'supplier_account',
	E: 'employee_account',
};

/** A voucher as Fortnox returns it, in öre and without its removed rows. */
export function fromVoucher(voucher: FortnoxVoucher): LedgerEntry {
	return fromListItem(
		voucher,
		voucher.VoucherRows.filter((row) => row.Removed !== true).map((row): EntryRow => ({
			account: row.Account,
			amount: toOre(row.Debit) - toOre(row.Credit),
			...(row.CostCenter && { costCenter: row.CostCenter }),
			...(row.Project && row.Project !== '0' && { project: row.Project }),
			...(row.TransactionInformation && { information: row.TransactionInformation }),
			...(row.Quantity && { quantity: row.Quantity }),
		})),
	);
}

/** A voucher of Fortnox's list, which has no rows, with rows that come from elsewhere. */
export function fromListItem(item: FortnoxVoucherListItem, rows: EntryRow[]): LedgerEntry {
	return {
		series: item.VoucherSeries,
		number: item.VoucherNumber,
		year: item.Year,
		date: item.TransactionDate,
		description: item.Description ?? '',
		...(item.Comments && { comments: item.Comments }),
		...(item.ApprovalState && { approvalState: item.ApprovalState }),
		...(item.ReferenceType && { referenceType: item.ReferenceType }),
		...(item.ReferenceNumber && { referenceNumber: item.ReferenceNumber }),
		rows,
	};
}

/** An entry of the ledger in the unified model. Its mark becomes fields again; its own comments stay. */
export function toUnifiedEntry(entry: LedgerEntry, names: EntryNames): UnifiedEntry {
	const { mark, text } = readComments(entry.comments);
	const id =
		entry.number === undefined || entry.year === undefined
			? null
			: formatEntryId({ series: entry.series, number: entry.number, yearId: entry.year });
	return {
		id,
		journal_id: entry.series,
		journal_name: names.journal(entry.series) ?? null,
		name: entry.number === undefined ? null : `${entry.series} ${entry.number}`,
		number: mark?.number ?? null,
		reference: mark?.reference ?? null,
		date: entry.date,
		due_date: null,
		due_dates: [],
		posted: true,
		description: entry.description === '' ? null : entry.description,
		comments: text === '' ? null : text,
		currency: 'SEK',
		original_currency: mark?.currency ?? null,
		original_exchange_rate: mark?.rate ?? null,
		attachments_info: { status: 'unknown', attachments: [] },
		items: entry.rows.map((row, index) => toUnifiedItem(row, `${id ?? 'row'}-${index + 1}`, names)),
		voucher_series: entry.series,
		voucher_number: entry.number ?? null,
		financial_year_id: entry.year ?? null,
		...approvalOf(entry),
		reference_type: entry.referenceType ?? null,
		reference_number: entry.referenceNumber ?? null,
	};
}

/** By Fortnox's number. Entries of a series without an approver have 0, and no state. */
const APPROVAL_STATES: Readonly<Record<number, NonNullable<UnifiedEntry['approval_state']>>> = {
	1: 'not_ready',
	2: 'not_approved',
	3: 'approved',
};

function approvalOf({ approvalState = 0 }: LedgerEntry): Pick<UnifiedEntry, 'approval_state'> {
	const state = APPROVAL_STATES[approvalState];
	return state === undefined ? {} : { approval_state: state };
}

function toUnifiedItem(row: EntryRow, id: string, names: EntryNames): UnifiedEntryItem {
	const { partner, originalAmount, text } = readTransactionInformation(row.information);
	return {
		id,
		account_number: String(row.account),
		account_name: names.account(row.account) ?? '',
		debit: row.amount > 0 ? toSek(row.amount) : 0,
		credit: row.amount < 0 ? toSek(-row.amount) : 0,
		currency: 'SEK',
		currency_exchange_rate: 1,
		description: text ?? null,
		partner_id: partner?.id ?? null,
		partner_name: null,
		partner_type: partner ? PARTNER_TYPES[partner.kind] : null,
		matching_numbers: [],
		analytic_distribution: [...wholeShare('cost_center', row.costCenter), ...wholeShare('project', row.project)],
		cost_center: row.costCenter ?? null,
		cost_center_name: row.costCenter === undefined ? null : (names.costCenter(row.costCenter) ?? null),
		project: row.project ?? null,
		project_name: row.project === undefined ? null : (names.project(row.project) ?? null),
		original_amount: originalAmount === undefined ? null : toSek(originalAmount),
		...(row.quantity !== undefined && { quantity: row.quantity }),
	};
}

function wholeShare(plan: UnifiedAnalyticDistribution['analytic_plan'], account: string | undefined): UnifiedAnalyticDistribution[] {
	return account === undefined ? [] : [{ analytic_plan: plan, analytic_accounts: [{ analytic_account: account, percentage: 100 }] }];
}
