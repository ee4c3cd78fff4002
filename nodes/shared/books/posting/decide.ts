import type { ErrorCode } from '../../ledger/errorCodes';
import { writeMark, type Mark } from '../../ledger/mark';
import { LedgerError } from '../../ledger/problems';
import { readComments } from '../../ledger/readMark';
import type { LedgerEntry } from '../../unified/entryDraft';
import { idOf, type Links } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import { bookTheSame, differencesBetween } from './differences';
import type { Found } from './slip';
import type { ReadyEntry } from './types';

/** A voucher that carries an entry's key, read a moment ago. */
export interface Verified {
	at: MarkedVoucher;
	inLedger: LedgerEntry;
	links: Links;
}

/** What the ledger shows about an entry. All of it was read a moment ago. */
export interface Evidence {
	/** Vouchers with the entry's key. */
	verified: Verified[];
	/** Ids of vouchers with a damaged mark that may have had the key. */
	suspects: string[];
	/** Ids of vouchers without a whole mark that have the entry's day, text and rows. */
	alike: string[];
	/** What corrects the entry that this one is to correct, other than the entry itself. */
	correctedBy?: string;
}

/** What to do with an entry: return what is there, post it with a mark, or refuse it. */
export type Decision =
	| { kind: 'found'; found: Found; hints: string[] }
	| { kind: 'post'; mark: Mark }
	| { kind: 'refuse'; error: LedgerError };

/** Decides by the evidence. Pure; every branch is a rule of docs/exactly-once.md. */
export function decide(entry: ReadyEntry, evidence: Evidence): Decision {
	const { verified, suspects, alike } = evidence;
	const [suspect] = suspects;
	const same = verified.filter(({ at }) => asMarked(entry, at) !== undefined);
	const best = bestOf(entry, same);
	if (best !== undefined) return decideOnSame(entry, best, same, evidence);
	if (suspect !== undefined) return refuse('ERROR_POST_NOT_VERIFIABLE', damaged(entry, suspect));
	// Its own Reverse On reverses an entry as well: that one stands, and changed content is no correction of it.
	const isUndone = ({ links }: Verified): boolean => links.reversed_by !== undefined && entry.reverseOn === undefined;
	const standing = verified.filter((one) => !isUndone(one) && idOf(one.at) !== entry.corrects);
	const [other] = standing;
	if (other !== undefined) return entry.computed ? outdated(entry, other) : refuseOther(entry, other);
	const [unmarked] = alike.filter((id) => id !== entry.corrects);
	if (unmarked !== undefined) return refuse('ERROR_POST_NOT_VERIFIABLE', withoutMark(entry, unmarked));
	if (evidence.correctedBy !== undefined) return refuse('ERROR_ENTRY_HAS_INVALID_STATUS', correctedAlready(entry, evidence.correctedBy));
	return { kind: 'post', mark: nextMark(entry, verified) };
}

/**
 * The entry as the version that wrote a mark reads it: each version's marks are compared by its own rules. Undefined
 * where the mark is of other content.
 */
export function asMarked(entry: ReadyEntry, { mark: { digest } }: MarkedVoucher): ReadyEntry | undefined {
	if (digest === entry.mark.digest) return entry;
	return digest === entry.older?.digest ? { ...entry, ...entry.older } : undefined;
}

/** Of several vouchers with the same mark: the one that books what the entry does, that has effect, that came first. */
function bestOf(entry: ReadyEntry, same: readonly Verified[]): Verified | undefined {
	const rank = ({ at, inLedger, links }: Verified): number => {
		const { voucher } = asMarked(entry, at) ?? entry;
		const booksOther = bookTheSame(inLedger.rows, voucher.rows) ? 0 : 4;
		const isReversed = links.reversed_by === undefined ? 0 : 2;
		return booksOther + isReversed + (inLedger.date === voucher.date ? 0 : 1);
	};
	return [...same].sort((one, other) => rank(one) - rank(other))[0];
}

function decideOnSame(asRead: ReadyEntry, best: Verified, same: readonly Verified[], { alike, verified }: Evidence): Decision {
	const { at, inLedger, links } = best;
	const id = idOf(at);
	const entry = asMarked(asRead, at) ?? asRead;
	if (entry.corrects !== undefined && at.mark.corrects !== entry.corrects) return refuseUncorrected(entry, id);
	const booksTheSame = bookTheSame(inLedger.rows, entry.voucher.rows);
	const hasItsHead = (entry.dateDefaulted || inLedger.date === entry.voucher.date) && inLedger.description.trim() === entry.voucher.description.trim();
	const [unmarked] = alike;
	// A mark that was cut out of one voucher and pasted into another.
	if (!booksTheSame && (unmarked !== undefined || !hasItsHead)) {
		return refuse('ERROR_POST_NOT_VERIFIABLE', moved(entry, id, differencesBetween(entry, inLedger), unmarked));
	}
	if (links.reversed_by !== undefined && entry.repeatable) return { kind: 'post', mark: nextMark(entry, verified) };
	const twins = same.filter((other) => other !== best && other.links.reversed_by === undefined && other.inLedger.date === inLedger.date);
	const [copy] = same.filter((other) => other !== best && !twins.includes(other));
	const hints = [
		...readOtherwise(asRead, entry, best),
		...(booksTheSame ? [] : [`${id} was changed in Fortnox after ${entry.name} was posted: ${differencesBetween(entry, inLedger).join('; ')}. It was returned as it stands.`]),
		...(links.reversed_by === undefined ? [] : [`${entry.name} was posted as ${id}, and ${links.reversed_by} reverses it. It was not posted again. ${WAYS_ON}`]),
		...(copy === undefined ? [] : [`${idOf(copy.at)} carries the mark of ${entry.name} as well; ${id} was taken for it.`]),
	];
	const isTwin = ({ inLedger: { rows } }: Verified): boolean => bookTheSame(rows, entry.voucher.rows);
	return { kind: 'found', found: { at, inLedger, links, twins: twins.filter(isTwin).map((twin) => twin.at) }, hints };
}

/** What the user should know where an earlier version read the input in another way. */
function readOtherwise(asRead: ReadyEntry, entry: ReadyEntry, { at, inLedger }: Verified): string[] {
	const differences = entry === asRead ? [] : differencesBetween(asRead, inLedger);
	if (differences.length === 0) return [];
	return [`${entry.name} was posted as ${idOf(at)} by an earlier version of this node, which read its input in another way: ${differences.join('; ')}. It was returned as it stands. If it should be as it is read now, correct it with Journal Entry > Correct.`];
}

const WAYS_ON = 'Changed content under the same number is posted as its correction; for the same content once more, use another number.';

/** The mark of what is posted now: the first of its key, or a correction of what was reversed. */
function nextMark({ corrects, mark, repeatable }: ReadyEntry, verified: readonly Verified[]): Mark {
	const generations = verified.map(({ at }) => at.mark.generation ?? 1);
	if (generations.length === 0) return corrects === undefined ? mark : { ...mark, corrects };
	const generation = generations.reduce((most, one) => Math.max(most, one), 0) + 1;
	const [last] = [...verified].sort((one, other) => (other.at.mark.generation ?? 1) - (one.at.mark.generation ?? 1));
	const corrected = corrects ?? (repeatable || last === undefined ? undefined : idOf(last.at));
	return { ...mark, generation, ...(corrected !== undefined && { corrects: corrected }) };
}

function refuse(code: ErrorCode, message: string): Decision {
	return { kind: 'refuse', error: new LedgerError({ code, field: 'number', message: `number: ${message}` }) };
}

/** What was posted before the ledger changed. */
function outdated(entry: ReadyEntry, { at, inLedger, links }: Verified): Decision {
	const id = idOf(at);
	const differences = differencesBetween(entry, inLedger).join('; ');
	const hint = `${entry.name} was posted as ${id}, and the ledger has changed since: ${differences}. It was returned as it stands. To post it anew, reverse ${id} and run again.`;
	return { kind: 'found', found: { at, inLedger, links, twins: [] }, hints: [hint] };
}

function refuseOther(entry: ReadyEntry, { at, inLedger, links }: Verified): Decision {
	const id = idOf(at);
	const ofReversed = links.reversed_by === undefined ? undefined : `${links.reversed_by} reverses it. Use another number, and post the difference alone where ${id} and its reversal are to stand.`;
	const differences = differencesBetween(entry, inLedger);
	if (differences.length === 0 && !readComments(inLedger.comments).text.trim() && at.mark.digest.split('.')[0] === entry.mark.digest.split('.')[0]) {
		return refuse('ERROR_POST_NOT_VERIFIABLE', damaged(entry, id));
	}
	const what = differences.length === 0 ? 'the lines are given in another way' : differences.join('; ');
	return refuse(
		'ERROR_NUMBER_ALREADY_USED',
		`${entry.name} was already posted as ${id} with other content: ${what}. ${ofReversed ?? entry.advice ?? `Use another number; or, if ${id} is wrong, replace it with Journal Entry > Correct, or reverse it and run again.`}`,
	);
}

function refuseUncorrected(entry: ReadyEntry, id: string): Decision {
	if (id === entry.corrects) return refuse('ERROR_DATA_VALIDATION', `the correction has the same content as ${id}, so there is nothing to correct.`);
	return refuse('ERROR_NUMBER_ALREADY_USED', `${entry.name} is already in the ledger as ${id}, which does not correct ${entry.corrects ?? ''}. Use another number, or leave it empty.`);
}

function correctedAlready({ corrects = '' }: ReadyEntry, by: string): string {
	return `${corrects} was already corrected by ${by}. If that is wrong as well, correct ${by}.`;
}

function damaged(entry: ReadyEntry, id: string): string {
	return `entry ${id} may be ${entry.name}, but its mark in the comments was changed, so nothing shows whether it is. It was not posted. ${restore(entry, id)}`;
}

function withoutMark(entry: ReadyEntry, id: string): string {
	return `entry ${id} has the day, the text and the rows of ${entry.name}, and no mark, so it may be the same entry. It was not posted. ${restore(entry, id)} If it is another entry, give this one another description.`;
}

function moved(entry: ReadyEntry, id: string, differences: readonly string[], unmarked: string | undefined): string {
	const original = unmarked === undefined ? '' : ` Entry ${unmarked} has its day, text and rows, and no mark.`;
	return `entry ${id} carries the mark of ${entry.name}, but is another entry: ${differences.join('; ')}.${original} It was not posted. Remove the mark from the comments of ${id} in Fortnox. ${restore(entry, unmarked ?? id)}`;
}

function restore({ mark }: ReadyEntry, id: string): string {
	return `If ${id} is this entry, write this line into its comments in Fortnox, and run again: ${writeMark(mark)}`;
}
