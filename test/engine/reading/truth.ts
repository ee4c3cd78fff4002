import type { IDataObject } from 'n8n-workflow';

import type { SandboxVoucher } from '../../../sandbox';

/** An entry reduced to what the ledger says: header and rows, amounts in öre, debit positive. */
interface PlainEntry {
	id: string;
	date: string;
	description: string;
	comments: string;
	reference: string;
	rows: string[];
}

const NOTHING = '-';

/** The sandbox's vouchers in the order and form in which the node is to show them. */
export function truthOf(vouchers: readonly SandboxVoucher[]): PlainEntry[] {
	return [...vouchers]
		.sort((a, b) => compare(a.date, b.date) || compare(a.series, b.series) || a.number - b.number)
		.map((voucher) => ({
			id: `${voucher.series}-${voucher.number}-${voucher.yearId}`,
			date: voucher.date,
			description: voucher.description,
			comments: voucher.comments ?? '',
			reference: `${voucher.referenceType} ${voucher.referenceNumber}`.trim(),
			rows: voucher.rows
				.filter(({ removed }) => !removed)
				.map((row) =>
					[row.account, row.debit - row.credit, row.costCenter, row.project, row.transactionInformation, row.quantity]
						.map((value) => value || NOTHING)
						.join(' '),
				),
		}));
}

/** The items of an entry that the node returned. */
export function itemsOf(entry: IDataObject | undefined): IDataObject[] {
	const items: unknown = entry?.items;
	return Array.isArray(items) ? items.filter((item): item is IDataObject => typeof item === 'object' && item !== null) : [];
}

/** The same of an entry that the node returned. */
export function shownEntry(entry: IDataObject): PlainEntry {
	const items = itemsOf(entry);
	return {
		id: String(entry.id),
		date: String(entry.date),
		description: String(entry.description ?? ''),
		comments: String(entry.comments ?? ''),
		reference: `${String(entry.reference_type ?? '')} ${String(entry.reference_number ?? '')}`.trim(),
		rows: items.map((row) =>
			[
				row.account_number,
				Math.round(Number(row.debit) * 100) - Math.round(Number(row.credit) * 100),
				row.cost_center,
				row.project,
				row.description,
				row.quantity,
			]
				.map((value) => String(value || NOTHING))
				.join(' '),
		),
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
