import { isNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { LedgerError } from '../../../shared/ledger/problems';

/** Fortnox's answer about one account; where there is no such account, an error that names the year. */
export async function accountAnswer<T>(number: number, year: FortnoxFinancialYear, answer: Promise<T>): Promise<T> {
	return await answer.catch((error: unknown) => {
		if (!isNotFound(error)) throw error;
		throw new LedgerError({
			code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
			field: 'accountNumber',
			message: `accountNumber: account ${number} is not in the chart of the financial year ${year.FromDate}–${year.ToDate}.`,
		});
	});
}
