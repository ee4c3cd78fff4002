import { digestOf, keyOfOrigin, type Mark, type ReversalPurpose } from '../ledger/mark';
import { readComments } from '../ledger/readMark';
import { cutText } from '../ledger/text';
import { readTransactionInformation, writeTransactionInformation } from '../ledger/transactionInformation';
import type { EntryRow, LedgerEntry, VoucherRow } from './entryDraft';

/** The rows of an entry mirrored: amounts, original amounts and quantities change their sign. */
export function mirrored(row: EntryRow, index: number): VoucherRow {
	const facts = readTransactionInformation(row.information);
	const written = writeTransactionInformation({
		...facts,
		...(facts.originalAmount !== undefined && { originalAmount: -facts.originalAmount }),
	});
	return {
		field: `row ${index + 1}`,
		account: row.account,
		amount: -row.amount,
		...(row.costCenter !== undefined && { costCenter: row.costCenter }),
		...(row.project !== undefined && { project: row.project }),
		...(row.quantity !== undefined && { quantity: -row.quantity }),
		...(written && written.information !== '' && { information: written.information }),
	};
}

/**
 * The text of a reversal, which names what it reverses, as the bookkeeping act asks of a correction.
 *
 * @param of the number of that, or what stands for it as long as it is not posted
 */
export function textOfReversal({ series, number, date, description }: LedgerEntry, of: number | '…' = number ?? '…'): string {
	return cutText(`Reversal of ${series} ${of} ${date} ${description}`.trim(), 200);
}

/** The mark of a reversal: made of the entry's id, so that a repeat finds the reversal that there is. */
export function markOfReversal(id: string, original: LedgerEntry, purpose: ReversalPurpose): Mark {
	const { mark } = readComments(original.comments);
	return {
		key: keyOfOrigin('reversal', id),
		digest: digestOf('1', id),
		reference: id,
		reverses: id,
		purpose,
		...(mark?.currency !== undefined && { currency: mark.currency }),
		...(mark?.rate !== undefined && { rate: mark.rate }),
		...(mark?.hasPartners && { hasPartners: true }),
		...(mark?.hasTexts && { hasTexts: true }),
	};
}
