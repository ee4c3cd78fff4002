import type { ErrorCode } from '../../ledger/errorCodes';
import { writeMark } from '../../ledger/mark';
import type { Problem } from '../../ledger/problems';
import { readComments } from '../../ledger/readMark';
import { idOf } from '../marks/ledgerMarks';
import { moreThanOnce } from '../marks/links';
import { changesSince, differencesBetween, hiddenDifferences, isInOtherOrder } from './differences';
import { isEmpty, purposeOf, type StandingReversal, type Verified } from './evidence';
import type { ReadyEntry, Undoing } from './types';

/** Another entry under the same number: why it is refused, and what differs. */
export interface OtherContent {
	problem: Problem;
	differences: string[];
	/** Says why where the voucher shows no difference, by those of the entries that follow it. */
	explain?: (ofFollowing: readonly string[]) => Problem;
}

/** By the parameter that says which entry it is. */
export function refusal({ keyField = 'number' }: Pick<ReadyEntry, 'keyField'>, code: ErrorCode, message: string): Problem {
	return { code, field: keyField, message: `${keyField}: ${message}` };
}

/** An entry with its key is in the ledger, and is another one. */
export function otherContent(entry: ReadyEntry, other: Verified, others: readonly string[]): OtherContent {
	const { at, inLedger } = other;
	const differences = differencesBetween(entry, other);
	const besides = others.length === 0 ? '' : `It was posted as ${others.join(', ')}, too. `;
	const withDifferences = (what: string): Problem =>
		refusal(
			entry,
			'ERROR_NUMBER_ALREADY_USED',
			`${entry.name} was already posted as ${idOf(at)} with other content: ${what}. ${besides}${waysOn(entry, other)}`,
		);
	if (differences.length > 0) return { problem: withDifferences(differences.join('; ')), differences };
	// The check of a mark of 0.2 shows that its digest stands as it was written; one of 0.1 may have been changed.
	const isAsWritten = (inLedger.comments ?? '').includes(writeMark(at.mark));
	const isOfOtherVersion = at.mark.digest.split('.')[0] !== entry.mark.digest.split('.')[0];
	if (!isAsWritten && !isOfOtherVersion && !readComments(inLedger.comments).text.trim()) {
		return { problem: refusal(entry, 'ERROR_POST_NOT_VERIFIABLE', damaged(entry, idOf(at))), differences };
	}
	const hidden = hiddenDifferences(entry, inLedger);
	const explain = (ofFollowing: readonly string[]): Problem => {
		const all = [...hidden, ...ofFollowing];
		return withDifferences(all.length > 0 ? all.join('; ') : givenOtherwise(isInOtherOrder(entry, inLedger)));
	};
	return { problem: explain([]), differences: hidden, explain };
}

function givenOtherwise(isReordered: boolean): string {
	const what = isReordered
		? 'the same rows are booked, in another order; give them in the order of the first time. If that is not it, the entry was given'
		: 'the same rows are booked, but the entry was given';
	return `${what} in another way, such as with a field named that was left empty (journal, currency, cost center), a period of other days, or VAT by its code in place of a row`;
}

/** What to do where a number was used for another entry. */
function waysOn({ advice }: ReadyEntry, { at, inLedger, reversal }: Verified): string {
	const id = idOf(at);
	if (reversal === undefined) {
		return advice ?? `Use another number; or, if ${id} is wrong, replace it with Journal Entry > Correct, or reverse it and run again.`;
	}
	return `${reversal.id} reverses it. Use another number, and post the difference alone, with its own Reverse On; or reverse ${reversal.id}, then ${id}, and run again. ${whyItStands(id, reversal, inLedger.date)}`;
}

/** Why an entry is not taken back by its reversal, as far as that is known. */
function whyItStands(id: string, reversal: StandingReversal, day: string): string {
	const by = `${reversal.id} is dated ${reversal.date}`;
	return purposeOf(reversal, day) === 'planned'
		? `${by} and was posted with Reverse On, so that ${id} stands until then.`
		: `${by}, and the build of this node that posted it did not note whether it was a Reverse On or took ${id} back.`;
}

/**
 * Why a reversal that is there already is not the one that was asked for: it was planned with the entry, or an entry that
 * takes its place would be booked beside what it takes back; or the user named another day.
 */
export function reversedBefore({ id, date, isCorrected }: Undoing, { asked }: ReadyEntry, { at, inLedger }: Verified): Problem | undefined {
	const reversal: StandingReversal = { id: idOf(at), date: inLedger.date, ...(at.mark.purpose && { purpose: at.mark.purpose }) };
	const isOnAnotherDay = asked?.date !== undefined && asked.date !== inLedger.date;
	const purpose = purposeOf(reversal, date);
	const isInPlace = purpose === 'undo' || (purpose === 'unknown' && !isCorrected);
	if (!isInPlace && (isCorrected || isOnAnotherDay)) {
		const field = isOnAnotherDay ? asked.dateField : 'journalEntryId';
		const then = isCorrected
			? 'post the difference alone with Journal Entry > Create, with its own Reverse On'
			: `leave the field empty, or give ${inLedger.date}`;
		const message = `${field}: ${id} has a reversal already. ${whyItStands(id, reversal, date)} Reverse ${reversal.id} first; or ${then}.`;
		return { code: 'ERROR_ENTRY_HAS_INVALID_STATUS', field, message };
	}
	if (!isCorrected || !isOnAnotherDay) return undefined;
	const { dateField, date: day } = asked;
	const message = `${dateField}: ${id} was reversed already, by ${reversal.id} on ${reversal.date}, so that no reversal can be posted on ${day ?? ''}. Leave the field empty, or reverse ${reversal.id} first.`;
	return { code: 'ERROR_ENTRY_HAS_INVALID_STATUS', field: dateField, message };
}

/** What the user named, and what was there before does not have. */
export function unheeded({ asked, name }: ReadyEntry, { at, inLedger }: Verified): string[] {
	if (asked === undefined) return [];
	const there = `${name} is there already, as ${idOf(at)}`;
	return [
		...(asked.date === undefined || asked.date === inLedger.date
			? []
			: [`${asked.dateField}: ${there} of ${inLedger.date}; nothing was posted on ${asked.date}.`]),
		...(asked.journalId === undefined || asked.journalId === inLedger.series
			? []
			: [`journalId: ${there}; nothing was posted to ${asked.journalId}.`]),
	];
}

/** What the user should know of a correction whose original was taken back in another month than its own. */
export function reversedElsewhere({ voucher: { date } }: ReadyEntry, { at, inLedger, reversal }: Verified): string[] {
	const month = inLedger.date.slice(0, 7);
	if (reversal === undefined || reversal.date.slice(0, 7) === month || date.slice(0, 7) !== month) return [];
	return [
		`${idOf(at)} was reversed on ${reversal.date}, in another month than its own, and its correction is dated ${date}: until then both count.`,
	];
}

/** What the user should know of an entry whose rows people changed. */
export function changedInFortnox(entry: ReadyEntry, one: Verified): string {
	const id = idOf(one.at);
	if (isEmpty(one))
		return `${entry.name} was posted as ${id}, and all of its rows were removed in Fortnox, so that it books nothing. It was not posted again. ${WAYS_ON}`;
	return `${id} was changed in Fortnox after ${entry.name} was posted: ${changesSince(entry, one.inLedger).join('; ')}. It was returned as it stands.`;
}

/** What the user should know of an entry that two processes reversed in the same moment. */
export function reversedTwice({ at, links, alsoReversedBy }: Verified): string[] {
	return moreThanOnce(idOf(at), 'reversed', [links.reversed_by ?? '', ...alsoReversedBy]);
}

/** What the user should know of a settlement that is posted anew, though nothing is marked as its reversal. */
export function takenBackByHand({ name, takenBack }: ReadyEntry, { at }: Verified): string[] {
	const by = takenBack?.get(idOf(at));
	return by === undefined
		? []
		: [
				`${name} was posted as ${idOf(at)}. ${by}, which carries no mark, takes it back, so it was posted anew. If ${by} is something else, reverse the new entry.`,
			];
}

/** What the user should know where an earlier version read the input in another way. */
export function readOtherwise(asRead: ReadyEntry, entry: ReadyEntry, one: Verified): string[] {
	const { digest, rate } = one.at.mark;
	if (digest === entry.mark.digest) {
		if (rate === undefined || rate === asRead.mark.rate || entry.atRate === undefined) return [];
		return [
			`${entry.name} was posted as ${idOf(one.at)} at the register's rate of then, ${rate}; by now it is ${asRead.mark.rate ?? 'unknown'}. It was returned as it stands.`,
		];
	}
	const differences = differencesBetween(asRead, one);
	if (differences.length === 0) return [];
	return [
		`${entry.name} was posted as ${idOf(one.at)} by an earlier version of this node, which read its input in another way: ${differences.join('; ')}. It was returned as it stands. If it should be as it is read now, correct it with Journal Entry > Correct.`,
	];
}

export const WAYS_ON =
	'Changed content under the same number is posted as its correction; for the same content once more, use another number.';

/** What the user should know where the rows follow from a ledger that has changed since. */
export function outOfDate(entry: ReadyEntry, other: Verified): string {
	const id = idOf(other.at);
	return `${entry.name} was posted as ${id}, and the ledger has changed since: ${differencesBetween(entry, other).join('; ')}. It was returned as it stands. To post it anew, reverse ${id} and run again.`;
}

export function uncorrected(entry: ReadyEntry, id: string): Problem {
	const { corrects = '', name } = entry;
	if (id !== corrects)
		return refusal(
			entry,
			'ERROR_NUMBER_ALREADY_USED',
			`${name} is already in the ledger as ${id}, which does not correct ${corrects}. Use another number, or leave it empty.`,
		);
	return nothingToCorrect(entry, id);
}

export function nothingToCorrect(entry: Pick<ReadyEntry, 'keyField'>, id: string): Problem {
	return refusal(entry, 'ERROR_DATA_VALIDATION', `the correction has the same content as ${id}, so there is nothing to correct.`);
}

export function correctedAlready({ corrects = '' }: ReadyEntry, by: string): Problem {
	const message = `${corrects} was already corrected by ${by}. If that is wrong as well, correct ${by}.`;
	return refusal({ keyField: 'journalEntryId' }, 'ERROR_ENTRY_HAS_INVALID_STATUS', message);
}

export function damaged(entry: ReadyEntry, id: string): string {
	return `entry ${id} may be ${entry.name}, but its mark in the comments was changed, so nothing shows whether it is. It was not posted. ${restore(entry, id)}`;
}

export function withoutMark(entry: ReadyEntry, id: string): string {
	return `entry ${id} has the day, the text and the rows of ${entry.name}, and no mark, so it may be the same entry. It was not posted. ${restore(entry, id)} If it is another entry, give this one another description.`;
}

/** The voucher list and the voucher itself do not say the same. */
export function contradicted(entry: ReadyEntry, id: string): string {
	return `Fortnox’s voucher list shows ${id}, and what Fortnox answers when asked for ${id} alone does not fit that: there is no such voucher, or it does not carry the mark that the list shows. Nothing shows whether ${entry.name} is in the ledger already, so it was not posted. Run again in a few minutes.`;
}

export function moved(entry: ReadyEntry, other: Verified, unmarked: string | undefined): string {
	const id = idOf(other.at);
	const original = unmarked === undefined ? '' : ` Entry ${unmarked} has its day, text and rows, and no mark.`;
	return `entry ${id} carries the mark of ${entry.name}, but is another entry: ${differencesBetween(entry, other).join('; ')}.${original} It was not posted. Remove the mark from the comments of ${id} in Fortnox. ${restore(entry, unmarked ?? id)}`;
}

function restore({ mark }: ReadyEntry, id: string): string {
	return `If ${id} is this entry, write this line into its comments in Fortnox, and run again: ${writeMark(mark)}`;
}
