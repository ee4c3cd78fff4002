import { isNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { LedgerError } from '../../../shared/ledger/problems';

/** Fortnox's answer about one journal; where there is no such series, an error that names the year. */
export async function journalAnswer<T>(code: string, year: FortnoxFinancialYear, answer: Promise<T>): Promise<T> {
	return await answer.catch((error: unknown) => {
		if (!isNotFound(error)) throw error;
		throw new LedgerError({
			code: 'ERROR_JOURNAL_NOT_FOUND',
			field: 'journalId',
			message: `journalId: there is no voucher series ${code} in the financial year ${year.FromDate}–${year.ToDate}.`,
		});
	});
}
