import type { IsoDate } from '../../ledger/dates';
import type { ReversalPurpose } from '../../ledger/mark';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Links } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import type { ReadyEntry } from './types';

/** A voucher that carries an entry's key, read a moment ago. */
export interface Verified {
	at: MarkedVoucher;
	inLedger: LedgerEntry;
	links: Links;
	/** The entry as its mark has it (`asMarked`). Absent where the mark is of other content. */
	asMarked?: ReadyEntry;
	/** What reverses it and has effect. */
	reversal?: StandingReversal;
	/** Ids of other reversals that have effect as well: another process reversed it in the same moment. */
	alsoReversedBy: string[];
}

export interface StandingReversal {
	id: string;
	date: IsoDate;
	/** Absent where the build that wrote its mark did not say. */
	purpose?: ReversalPurpose;
}

/** What the ledger shows about an entry. All of it was read a moment ago. */
export interface Evidence {
	/** Vouchers with the entry's key. */
	verified: Verified[];
	/** Ids of vouchers with a damaged mark that may have had the key. */
	suspects: string[];
	/** Ids of vouchers without a whole mark that have the entry's day, text and rows. */
	alike: string[];
	/** What corrects the entry that this one is to correct, other than the entry itself, and stands. */
	correctedBy: string[];
	/** Entries that book some of the same and stand, by their names. */
	rivals?: string[];
}

/**
 * The entry as the version that wrote a mark reads it: each version's marks are compared by its own rules. A rate of the
 * register is the one of the day on which it was posted. Undefined where the mark is of other content.
 */
export async function asMarked(entry: ReadyEntry, { mark: { digest, rate } }: MarkedVoucher): Promise<ReadyEntry | undefined> {
	if (digest === entry.mark.digest) {
		const voucher = rate === undefined || rate === entry.mark.rate ? undefined : await entry.atRate?.(rate);
		return voucher && rate !== undefined ? { ...entry, voucher, mark: { ...entry.mark, rate } } : entry;
	}
	return digest === entry.older?.digest ? { ...entry, ...entry.older } : undefined;
}

/**
 * Whether a reversal is one that its entry was given with (Reverse On). Where its mark does not say, one in the entry's
 * own month took it back, and one in a later month may have been either.
 */
export function purposeOf(reversal: Omit<StandingReversal, 'id'>, reversedDay: IsoDate): ReversalPurpose | 'unknown' {
	if (reversal.purpose !== undefined) return reversal.purpose;
	return reversal.date.slice(0, 7) > reversedDay.slice(0, 7) ? 'unknown' : 'undo';
}

/** Whether all rows of a voucher were removed in Fortnox, so that it books nothing. */
export function isEmpty({ inLedger: { rows } }: Pick<Verified, 'inLedger'>): boolean {
	return rows.length === 0;
}

/** Whether an entry has no effect any more, so that other content under its number is its correction. */
export function isUndone(one: Verified): boolean {
	const { inLedger, reversal } = one;
	if (isEmpty(one)) return true;
	return reversal !== undefined && purposeOf(reversal, inLedger.date) === 'undo';
}

/** Whether a voucher was posted with the Reverse On that the entry has now; without any, where it has none. */
export function hasItsPlan({ mark: { reversedOn } }: ReadyEntry, { at, reversal }: Verified): boolean {
	if (at.mark.reversedOn !== undefined || reversedOn === undefined) return at.mark.reversedOn === reversedOn;
	return reversal?.date === reversedOn && reversal.purpose === undefined;
}
