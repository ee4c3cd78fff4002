import type { UnifiedEntry } from '../../../shared/unified/types';

/**
 * An entry as the unified model shows financial entries: the rows other than the bank's, with signed amounts in SEK
 * (+ into the bank, − out of it), each naming the bank account. The entry's other fields stay.
 */
export function fromBankSide(entry: UnifiedEntry, counterpart: number | undefined): object {
	const counterpartAccount = counterpart === undefined ? null : String(counterpart);
	return {
		...entry,
		items: entry.items
			.filter(({ account_number }) => account_number !== counterpartAccount)
			.map(({ debit, credit, original_amount, ...item }) => ({
				...item,
				account_type: item.partner_type ?? 'general_account',
				account: item.account_number,
				amount: credit > 0 ? credit : -debit,
				original_amount: original_amount === null ? null : -original_amount,
				counterpart_account: counterpartAccount,
			})),
	};
}
