import { isNotFound } from '../../../shared/fortnox/tolerate';
import type { EntryId } from '../../../shared/ledger/formats';
import { LedgerError } from '../../../shared/ledger/problems';

/** Fortnox's answer about one entry; where there is no such voucher, an error that says which one was looked for. */
export async function entryAnswer<T>(id: EntryId, answer: Promise<T>): Promise<T> {
	return await answer.catch((error: unknown) => {
		if (!isNotFound(error)) throw error;
		throw new LedgerError({
			code: 'ERROR_ENTRY_NOT_FOUND',
			field: 'journalEntryId',
			message: `journalEntryId: there is no entry ${id.series} ${id.number} in the financial year with the id ${id.yearId}.`,
		});
	});
}
