import { isNotFound } from '../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../fortnox/wire';
import type { EntryId } from '../ledger/formats';
import { LedgerError, type Problem } from '../ledger/problems';

/** Fortnox's answer about one thing; where there is no such thing, an error that says so in the user's terms and Fortnox's. */
export async function answerOr<T extends object>(answer: Promise<T>, missing: Problem): Promise<T> {
	return await answer.catch((error: unknown) => {
		throw isNotFound(error) ? new LedgerError(missing, { cause: error }) : error;
	});
}

export const noAccount = (number: number, { FromDate, ToDate }: FortnoxFinancialYear): Problem => ({
	code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
	field: 'accountNumber',
	message: `accountNumber: account ${number} is not in the chart of the financial year ${FromDate}–${ToDate}. Account > Get Many lists those that there are.`,
});

export const noJournal = (code: string, { FromDate, ToDate }: FortnoxFinancialYear): Problem => ({
	code: 'ERROR_JOURNAL_NOT_FOUND',
	field: 'journalId',
	message: `journalId: there is no voucher series ${code} in the financial year ${FromDate}–${ToDate}. Journal > Get Many lists those that there are.`,
});

export const noEntry = ({ series, number, yearId }: EntryId): Problem => ({
	code: 'ERROR_ENTRY_NOT_FOUND',
	field: 'journalEntryId',
	message: `journalEntryId: there is no entry ${series} ${number} in the financial year with the id ${yearId}. Check series, number and year; Journal Entry > Get Many gives the IDs.`,
});
