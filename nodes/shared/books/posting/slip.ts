import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { Mark } from '../../ledger/mark';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { grouped } from '../../lists';
import type { Links } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import { isReady, type Posted, type PreparedEntry, type ReadyEntry } from './types';

/** An entry that was found in the ledger, and was read there. */
export interface Found {
	at: MarkedVoucher;
	inLedger: LedgerEntry;
	links: Links;
	twins: MarkedVoucher[];
}

/** An entry on its way through a run. */
export interface Slip {
	items: number[];
	entry?: ReadyEntry;
	year?: FortnoxFinancialYear;
	/** The mark that it is posted with: the entry's, and which correction of it this is. */
	mark?: Mark;
	/** Of a reversal: what was spread from the entry that it takes back, and still has effect. */
	leaves?: Array<{ id: string; name: string }>;
	/** Where it was found in the ledger. */
	found?: Found;
	error?: unknown;
	/** It was sent, and nobody knows whether it was booked. */
	isUnclear?: boolean;
	posted?: Posted;
	/** The seal over what would be posted, where the user only wants to see that. */
	proposal?: string;
}

/** A slip without an error so far, whose financial year is known. */
export interface OpenSlip extends Slip {
	entry: ReadyEntry;
	year: FortnoxFinancialYear;
	mark: Mark;
}

export function toSlip(entry: PreparedEntry): Slip {
	if (!isReady(entry)) return { items: entry.items, error: entry.error };
	return { items: entry.items, entry, mark: entry.mark };
}

export function isOpen(slip: Slip): slip is OpenSlip {
	return slip.error === undefined && slip.entry !== undefined && slip.year !== undefined && slip.mark !== undefined;
}

/** The slips whose entries the ledger does not have yet. */
export function absentOf(slips: readonly Slip[]): OpenSlip[] {
	return slips.filter(isOpen).filter(({ found, posted }) => found === undefined && posted === undefined);
}

/** The slips that are posted all or none, by the name of their pair. */
export function pairsAmong(slips: readonly Slip[]): ReadonlyMap<string, Slip[]> {
	return grouped(slips.filter(({ entry }) => entry?.pair !== undefined), ({ entry }) => entry?.pair ?? '');
}

/** An entry's name among all that the process posts. */
export function nameOf(run: Run, { mark }: Pick<ReadyEntry, 'mark'>): string {
	return `${run.fortnox.tenantKey}\n${mark.key}`;
}

export function outcomeOf(slip: OpenSlip, inLedger: LedgerEntry, more: Partial<Posted> = {}): Posted {
	const { corrects, reverses } = slip.mark;
	const links = { ...(reverses !== undefined && { reverses }), ...(corrects !== undefined && { corrects }) };
	return { entry: slip.entry, inLedger, alreadyPosted: false, dryRun: false, twins: [], links, attachments: [], ...more };
}
