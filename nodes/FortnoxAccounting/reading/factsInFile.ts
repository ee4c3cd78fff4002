import type { Mark } from '../../shared/ledger/mark';
import { readTransactionInformation } from '../../shared/ledger/transactionInformation';
import type { EntryRow } from '../../shared/unified/entryDraft';

/**
 * The facts at the beginning of a row's text (see `writeTransactionInformation`), with what stands for `§` in a SIE
 * file: CP437 has the character only as the picture of the control character 0x15, so programs write that, or `?`.
 */
const FACTS_IN_FILE = /^(?:[?\u0015][CSE][A-Za-z0-9._:+/%-]+(?: |$))?(?:[?\u0015]=-?\d+\.\d{2}(?: |$))?(?:[?\u0015]-(?: |$))?/;

/**
 * The rows of an entry as a SIE file has them, with the row facts that this node wrote (partner, original amount) made
 * readable again. The entry's mark says which facts there must be.
 *
 * @returns `lost` where they can't be made out; the rows are then without transaction information
 */
export function withFacts(rows: EntryRow[], mark: Mark | undefined): { rows: EntryRow[]; lost: boolean } {
	if (mark?.hasPartners !== true && mark?.currency === undefined) return { rows, lost: false };
	const restored = rows.map((row) =>
		row.information === undefined ? row : { ...row, information: restore(row.information) },
	);
	const facts = restored.map(({ information }) => readTransactionInformation(information));
	const lost =
		(mark.hasPartners === true && !facts.some(({ partner }) => partner !== undefined)) ||
		(mark.currency !== undefined && !facts.some(({ originalAmount }) => originalAmount !== undefined));
	return lost ? { rows: rows.map(({ information: _, ...row }) => row), lost } : { rows: restored, lost };
}

function restore(information: string): string {
	return information.replace(FACTS_IN_FILE, (facts) => facts.replace(/(^| )[?\u0015]/g, '$1§'));
}
