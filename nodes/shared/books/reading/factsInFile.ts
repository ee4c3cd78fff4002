import type { Mark } from '../../ledger/mark';
import { readTransactionInformation } from '../../ledger/transactionInformation';
import type { EntryRow } from '../../unified/entryDraft';

/**
 * The rows of an entry as a SIE file has them. A program may write another text of a row than its transaction
 * information, in which this node keeps row facts (partner, original amount, the line's text); the entry's mark says which there must be.
 *
 * @returns `lost` where they are not there; the rows are then without transaction information
 */
export function withFacts(rows: EntryRow[], mark: Mark | undefined): { rows: EntryRow[]; lost: boolean } {
	if (mark === undefined) return { rows, lost: false };
	const facts = rows.map(({ information }) => readTransactionInformation(information));
	const lost =
		(mark.hasPartners === true && !facts.some(({ partner }) => partner !== undefined)) ||
		(mark.currency !== undefined && !facts.some(({ originalAmount }) => originalAmount !== undefined)) ||
		(mark.hasTexts === true && !facts.some(({ text }) => text !== undefined));
	return lost ? { rows: rows.map((row) => ({ ...row, information: undefined })), lost } : { rows, lost };
}
