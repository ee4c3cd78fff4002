import type { FortnoxApi } from '../../fortnox/api';
import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import { formatEntryId } from '../../ledger/formats';

/** Whether a person or a program booked the voucher, and no sub-ledger (invoices, payments). */
export function isManual({ ReferenceType: type }: FortnoxVoucherListItem): boolean {
	return !type || type === 'MANUAL';
}

export function entryIdOf({ VoucherSeries: series, VoucherNumber: number, Year: yearId }: FortnoxVoucherListItem): string {
	return formatEntryId({ series, number, yearId });
}

/** The ids of all entries with a file: one list in pages, in place of a request for each entry. */
export async function entriesWithFile(fortnox: FortnoxApi): Promise<ReadonlySet<string>> {
	const connections = await fortnox.allVoucherFileConnections();
	return new Set(
		connections.map(({ VoucherSeries: series, VoucherNumber: number, VoucherYear: yearId }) =>
			formatEntryId({ series, number: Number(number), yearId }),
		),
	);
}
