import { periodInText } from '../../../nodes/shared/ledger/vat/settlement';
import { settledOtherwise } from '../../../nodes/shared/ledger/vat/settledOtherwise';
import { takenBackIn } from '../../../nodes/shared/ledger/vat/takenBack';
import type { VatEntryInput } from '../../../nodes/shared/ledger/vat/vatReturn';
import { returnOf, type Row } from './support';

const WITHOUT_MARKS = { isMarked: () => false, reversalOf: () => undefined };

/** Of March 2026, where no entry has a mark. */
function periodOf(text: string): 'this' | 'earlier' | 'later' | undefined {
	const name = periodInText(text);
	if (name === undefined) return undefined;
	return name === '2026-03' ? 'this' : name < '2026-03' ? 'earlier' : 'later';
}

/** The id of what settles March 2026 otherwise than the period's own entry. */
export function otherwise(entries: VatEntryInput[], opening: Row[] = []): string | undefined {
	const figures = returnOf(entries, { opening });
	const cancelled = new Set(takenBackIn(figures, WITHOUT_MARKS).flatMap(({ settlement, by }) => [settlement.id, by]));
	return settledOtherwise(figures, { cancelled, periodOf });
}
