import { formatEntryId } from '../../ledger/formats';
import { readComments } from '../../ledger/readMark';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { giveWay } from '../../turns';
import { KnownMarks } from './knownMarks';
import { idOf, LedgerMarks, marksFrom, type Links } from './ledgerMarks';

/** Tells how entries hang together, and which of them still have effect. */
interface EntryLinks {
	of(entry: LedgerEntry): Links;
	/** Sentences about what two processes posted at once: the links name one of them. */
	doubled(entry: LedgerEntry): string[];
	/** Neither taken back nor itself taking back another: leaving out the others leaves out pairs that cancel each other. */
	stands(entry: LedgerEntry): boolean;
}

/**
 * The links of entries, from the marks of their years and later ones: one request a year where the process has looked
 * before, else the year's voucher list.
 *
 * @throws {FortnoxError} where a list can't be had
 */
export async function linksFor(run: Reader, entries: readonly LedgerEntry[]): Promise<EntryLinks> {
	const ids = new Set(entries.flatMap(({ year }) => year ?? []));
	const first = (await run.fortnox.financialYears()).find(({ Id }) => ids.has(Id));
	return linksBy(first === undefined ? undefined : await marksFrom(run, first.Id));
}

/** The links that entries have among themselves, at no cost: a reversal that is not one of them is not seen. */
export async function linksAmong(entries: readonly LedgerEntry[]): Promise<EntryLinks> {
	const indexes = new Map<number, KnownMarks>();
	for (const { series, number, year, comments } of entries) {
		await giveWay();
		const { mark } = readComments(comments);
		if (mark === undefined || number === undefined || year === undefined) continue;
		const index = indexes.get(year) ?? new KnownMarks(year);
		indexes.set(year, index);
		index.add({ series, number, year, mark });
	}
	return linksBy(new LedgerMarks([...indexes.values()]));
}

function linksBy(marks: LedgerMarks | undefined): EntryLinks {
	return {
		of: (entry) => linksIn(marks, entry),
		doubled: (entry) => doubledIn(marks, idIn(entry)),
		stands: (entry) => {
			const { mark } = readComments(entry.comments);
			const takesBack = mark?.reverses !== undefined && mark.purpose !== 'planned';
			return !takesBack && !(marks?.isTakenBack(idIn(entry) ?? '') ?? false);
		},
	};
}

function linksIn(marks: LedgerMarks | undefined, entry: LedgerEntry): Links {
	const id = idIn(entry);
	return marks === undefined || id === undefined ? {} : marks.linksOf(id, readComments(entry.comments).mark);
}

function doubledIn(marks: LedgerMarks | undefined, id: string | undefined): string[] {
	if (marks === undefined || id === undefined) return [];
	return [
		...moreThanOnce(id, 'reversed', marks.standingReversals(id).map(idOf)),
		...moreThanOnce(id, 'corrected', marks.standingCorrections(id).map(idOf)),
	];
}

/** What the user should know of an entry that two processes reversed or corrected in the same moment; nothing of others. */
export function moreThanOnce(id: string, what: 'reversed' | 'corrected', by: readonly string[]): string[] {
	if (by.length < 2) return [];
	return [
		`${id} was ${what} more than once, by ${by.join(' and ')}, and all of them count. Keep one, and reverse the rest with Journal Entry > Reverse.`,
	];
}

function idIn({ series, number, year }: LedgerEntry): string | undefined {
	return number === undefined || year === undefined ? undefined : formatEntryId({ series, number, yearId: year });
}
