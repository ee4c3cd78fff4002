import type { EntryId } from '../../shared/ledger/formats';
import { fromVoucher } from '../../shared/unified/entry';
import type { LedgerEntry } from '../../shared/unified/entryDraft';
import type { Run } from '../run';

/**
 * Reads vouchers that are known by their ids, one request each, side by side.
 *
 * @returns in the order of the ids
 */
export async function readVouchers(run: Run, ids: readonly EntryId[]): Promise<LedgerEntry[]> {
	return await Promise.all(
		ids.map(async ({ series, number, yearId }) => fromVoucher(await run.fortnox.voucher(series, number, yearId))),
	);
}
