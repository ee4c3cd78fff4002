import type { Mark } from '../../ledger/mark';
import type { Problem } from '../../ledger/problems';
import { idOf } from '../marks/ledgerMarks';
import { bookTheSame } from './differences';
import { hasItsPlan, isEmpty, isUndone, type Evidence, type Verified } from './evidence';
import {
	changedInFortnox,
	correctedAlready,
	damaged,
	moved,
	otherContent,
	outOfDate,
	readOtherwise,
	refusal,
	reversedBefore,
	reversedElsewhere,
	reversedTwice,
	takenBackByHand,
	uncorrected,
	unheeded,
	WAYS_ON,
	withoutMark,
	type OtherContent,
} from './refusals';
import type { Found } from './slip';
import type { ReadyEntry } from './types';

/** What to do with an entry: return what is there, post it with a mark, or refuse it. */
export type Decision =
	| { kind: 'found'; found: Found; hints: string[] }
	| { kind: 'post'; mark: Mark; hints: string[] }
	| { kind: 'refuse'; problem: Problem; other?: OtherContent };

/** Decides by the evidence. Pure; every branch is a rule of docs/exactly-once.md. */
export function decide(entry: ReadyEntry, evidence: Evidence): Decision {
	const decision = withDoubledReversals(entry, decideByItself(entry, evidence), evidence);
	const { rivals = [] } = evidence;
	if (decision.kind !== 'post' || entry.rivals === undefined || rivals.length === 0) return decision;
	return refused(entry.rivals.refusal(rivals, 'ledger'));
}

/** Beside what a correction takes back, which its reversal tells. */
function withDoubledReversals(entry: ReadyEntry, decision: Decision, { verified }: Evidence): Decision {
	if (decision.kind === 'refuse') return decision;
	const hints = verified.flatMap((one) => (idOf(one.at) === entry.corrects ? [] : reversedTwice(one)));
	return { ...decision, hints: [...decision.hints, ...hints] };
}

function decideByItself(entry: ReadyEntry, evidence: Evidence): Decision {
	const { verified, suspects, alike } = evidence;
	const [suspect] = suspects;
	const same = sameOf(entry, verified);
	const best = bestOf(entry, same);
	if (best !== undefined) return decideOnSame(entry, best, same, evidence);
	if (suspect !== undefined) return refused(refusal(entry, 'ERROR_POST_NOT_VERIFIABLE', damaged(entry, suspect)));
	const standing = verified.filter((one) => !isUndone(one) && idOf(one.at) !== entry.corrects);
	const [other, ...more] = standing;
	const others = more.map(({ at }) => idOf(at));
	if (other !== undefined) return entry.computed ? outdated(entry, other, others) : refusedOther(otherContent(entry, other, others));
	const [unmarked] = alike.filter((id) => id !== entry.corrects);
	if (unmarked !== undefined) return refused(refusal(entry, 'ERROR_POST_NOT_VERIFIABLE', withoutMark(entry, unmarked)));
	const [correction] = evidence.correctedBy;
	if (correction !== undefined) return refused(correctedAlready(entry, correction));
	return toPost(
		entry,
		verified,
		verified.flatMap((one) => reversedElsewhere(entry, one)),
	);
}

/**
 * The vouchers that may be the entry. A correction may go back to what was booked before what it corrects, and was taken
 * back: that one is not it.
 */
function sameOf(entry: ReadyEntry, verified: readonly Verified[]): Verified[] {
	const same = verified.filter((one) => one.asMarked !== undefined && hasItsPlan(entry, one));
	if (entry.corrects === undefined) return same;
	const own = same.filter(({ at }) => at.mark.corrects === entry.corrects);
	return own.length > 0 ? own : same.filter((one) => idOf(one.at) === entry.corrects || !isUndone(one));
}

/** Of several vouchers with the same mark: the one that books what the entry does, that has effect, that came first. */
function bestOf(entry: ReadyEntry, same: readonly Verified[]): Verified | undefined {
	const rank = ({ asMarked, inLedger, links }: Verified): number => {
		const { voucher } = asMarked ?? entry;
		const booksOther = bookTheSame(inLedger.rows, voucher.rows) ? 0 : 4;
		const isReversed = links.reversed_by === undefined ? 0 : 2;
		return booksOther + isReversed + (inLedger.date === voucher.date ? 0 : 1);
	};
	return [...same].sort((one, other) => rank(one) - rank(other))[0];
}

function decideOnSame(asRead: ReadyEntry, best: Verified, same: readonly Verified[], evidence: Evidence): Decision {
	const { alike, verified } = evidence;
	const { at, inLedger, links, reversal } = best;
	const id = idOf(at);
	const entry = best.asMarked ?? asRead;
	if (entry.corrects !== undefined && at.mark.corrects !== entry.corrects) return refused(uncorrected(entry, id));
	const booksTheSame = bookTheSame(inLedger.rows, entry.voucher.rows);
	const hasItsHead =
		(entry.dateDefaulted || inLedger.date === entry.voucher.date) && inLedger.description.trim() === entry.voucher.description.trim();
	const [unmarked] = alike;
	// A mark that was cut out of one voucher and pasted into another.
	if (!booksTheSame && (unmarked !== undefined || !hasItsHead)) {
		return refused(refusal(entry, 'ERROR_POST_NOT_VERIFIABLE', moved(entry, best, unmarked)));
	}
	if (entry.repeatable && (links.reversed_by !== undefined || isEmpty(best))) return toPost(entry, verified);
	const problem = entry.undoing && reversedBefore(entry.undoing, entry, best);
	if (problem !== undefined) return refused(problem);
	const isOfDay = (other: Verified): boolean => entry.dateDefaulted === true || other.inLedger.date === inLedger.date;
	const twins = same.filter((other) => other !== best && other.links.reversed_by === undefined && isOfDay(other));
	// What has the same content in another generation was taken back in between, and is no copy.
	const isCopy = (other: Verified): boolean => (other.at.mark.generation ?? 1) === (at.mark.generation ?? 1);
	const [copy] = same.filter((other) => other !== best && !twins.includes(other) && isCopy(other));
	const isUnplanned = links.reversed_by !== undefined && reversal?.date !== entry.mark.reversedOn;
	const hints = [
		...readOtherwise(asRead, entry, best),
		...unheeded(entry, best),
		...(booksTheSame ? [] : [changedInFortnox(entry, best)]),
		...(isUnplanned
			? [`${entry.name} was posted as ${id}, and ${links.reversed_by ?? ''} reverses it. It was not posted again. ${WAYS_ON}`]
			: []),
		...(copy === undefined ? [] : [`${idOf(copy.at)} carries the mark of ${entry.name} as well; ${id} was taken for it.`]),
	];
	const isTwin = ({ inLedger: { rows } }: Verified): boolean => bookTheSame(rows, entry.voucher.rows);
	const found = {
		at,
		inLedger,
		links,
		twins: twins.filter(isTwin).map((twin) => idOf(twin.at)),
		others: othersBeside(entry, best, same, evidence),
	};
	return { kind: 'found', found, hints };
}

/** What stands beside an entry that stands: other content under its number, or another correction of what it corrects. */
function othersBeside({ corrects }: ReadyEntry, best: Verified, same: readonly Verified[], { verified, correctedBy }: Evidence): string[] {
	if (isUndone(best)) return [];
	const underNumber = verified.filter((one) => !same.includes(one) && !isUndone(one) && idOf(one.at) !== corrects);
	const known = new Set(verified.map(({ at }) => idOf(at)));
	return [...underNumber.map(({ at }) => idOf(at)), ...correctedBy.filter((id) => !known.has(id))];
}

function toPost(entry: ReadyEntry, verified: readonly Verified[], hints: readonly string[] = []): Decision {
	return { kind: 'post', mark: nextMark(entry, verified), hints: [...hints, ...verified.flatMap((one) => takenBackByHand(entry, one))] };
}

/** The mark of what is posted now: the first of its key, or a correction of what was reversed. */
function nextMark({ corrects, mark, repeatable }: ReadyEntry, verified: readonly Verified[]): Mark {
	const generations = verified.map(({ at }) => at.mark.generation ?? 1);
	if (generations.length === 0) return corrects === undefined ? mark : { ...mark, corrects };
	const generation = generations.reduce((most, one) => Math.max(most, one), 0) + 1;
	const [last] = [...verified].sort((one, other) => (other.at.mark.generation ?? 1) - (one.at.mark.generation ?? 1));
	const corrected = corrects ?? (repeatable || last === undefined ? undefined : idOf(last.at));
	return { ...mark, generation, ...(corrected !== undefined && { corrects: corrected }) };
}

function refused(problem: Problem): Decision {
	return { kind: 'refuse', problem };
}

function refusedOther(other: OtherContent): Decision {
	return { kind: 'refuse', problem: other.problem, other };
}

/** What was posted before the ledger changed. */
function outdated(entry: ReadyEntry, other: Verified, others: string[]): Decision {
	const { at, inLedger, links } = other;
	return { kind: 'found', found: { at, inLedger, links, twins: [], others }, hints: [outOfDate(entry, other), ...unheeded(entry, other)] };
}
