import { recogniseVouchers, type KnownMark, type Recognition } from '../../../shared/ledger/sie';
import { LedgerError, type Problem } from '../../../shared/ledger/problems';
import { idOf, LedgerMarks } from '../../../shared/books/marks/ledgerMarks';
import { markIndexOf } from '../../../shared/books/marks/markIndex';
import type { Outcome, PreparedEntry } from '../../../shared/books/posting/types';
import { hasDay } from '../../../shared/books/year';
import type { Run } from '../../../shared/n8n/run';
import { addTo, drained, mapped } from '../../../shared/lists';
import { filterInTurns, flatMapInTurns, giveWay, inTurns, mapInTurns } from '../../../shared/turns';
import { inVoucher, isSieEntry, type SieEntry } from './importSieVoucher';

/** An entry of the run; of one that is an earlier file's voucher once more, the place of that in the list. */
interface Place {
	again?: { entry: PreparedEntry; sameAs: number };
}

/** One for all that are none: of 100,000 vouchers, an object for each takes 6 MB. */
const ITS_OWN: Place = {};

/** The entries of a run's files, each voucher once, and the way back from what became of them to all of the vouchers. */
interface Recognised {
	entries: PreparedEntry[];
	outcomesOf: (outcomes: Outcome[]) => Promise<Outcome[]>;
}

/** How many vouchers a hint names. */
const VOUCHERS_NAMED = 5;

/**
 * Gives each voucher the key under which it is in the ledger, or is to be posted: exporters shift numbers and begin them
 * anew. A voucher that several files of the run have is posted once.
 *
 * @param files the entries of each file, in the order of the input; empty afterwards, since a run of 100,000 vouchers would
 * hold all of them twice
 */
export async function recognise(run: Run, files: PreparedEntry[][]): Promise<Recognised> {
	const marks: KnownMark[] = await marksInLedger(run, files);
	const places: Place[] = [];
	const entries: PreparedEntry[] = [];
	const placeOf = new Map<string, number>();
	const known: string[] = [];
	const resembling: string[] = [];
	for (const file of drained(files)) {
		const recognised = await recogniseFile(file, marks);
		const first = places.length;
		for (const entry of recognised) {
			await giveWay();
			const sameAs = isFromFile(entry) ? placeOf.get(sameness(entry)) : undefined;
			places.push(sameAs === undefined ? ITS_OWN : { again: { entry, sameAs } });
			if (sameAs === undefined) entries.push(entry);
			if (!isFromFile(entry)) continue;
			if (entry.knownAs !== undefined) known.push(`${entry.name} as ${entry.knownAs}`);
			const isNew = sameAs === undefined && entry.objection === undefined;
			if (isNew && entry.resembles !== undefined) resembling.push(`${entry.name} and ${entry.resembles}`);
		}
		for (const [index, entry] of recognised.entries()) {
			await giveWay();
			if (!isFromFile(entry)) continue;
			const same = sameness(entry);
			if (!placeOf.has(same)) placeOf.set(same, first + index);
			marks.push(entry.mark);
		}
	}
	if (known.length > 0) run.hint(shiftedHint(known));
	if (resembling.length > 0) run.hint(resemblingHint(resembling));
	return { entries, outcomesOf: async (outcomes) => await allOutcomes(places, outcomes) };
}

/**
 * Equal for what is one voucher in several files and is to come out the same. Its number with other content, or beside a
 * preview, stays an entry of its own: it is refused, as everything that has a number twice in one run.
 */
function sameness({ mark: { key, digest }, options: { dryRun } }: SieEntry): string {
	return [key, digest, dryRun].join(' ');
}

function isFromFile(entry: PreparedEntry): entry is SieEntry {
	return 'voucher' in entry && isSieEntry(entry);
}

async function recogniseFile(file: readonly PreparedEntry[], marks: readonly KnownMark[]): Promise<PreparedEntry[]> {
	const entries = await filterInTurns(file, isFromFile);
	const [first] = entries;
	const vouchers = await mapInTurns(
		entries,
		({ identity, mark: { digest, reference }, voucher: { date }, source: { number, text = '' } }) => {
			return { identity, digest, number, date, text, reference };
		},
	);
	const recognitions = await inTurns(recogniseVouchers(vouchers, marks, first?.options.voucherNumbers ?? 'asNumbered'));
	let next = 0;
	return await mapInTurns(file, (entry) => (isFromFile(entry) ? knownAgain(entry, recognitions[next++]) : entry));
}

function knownAgain(entry: SieEntry, recognition: Partial<Recognition> = {}): SieEntry {
	const { key = entry.mark.key, knownAs, isConflict, resembles, isTwin } = recognition;
	const isPlain = key === entry.mark.key && knownAs === undefined && resembles === undefined && isConflict === undefined;
	if (isPlain) return entry;
	return {
		...entry,
		// Should the voucher be gone from the ledger, what is posted in its place carries the number that belongs to the key.
		mark: { ...entry.mark, key, ...(knownAs !== undefined && { reference: knownAs }) },
		...(knownAs !== undefined && { knownAs }),
		...(resembles !== undefined && { resembles }),
		...(isConflict && { advice: adviceFor(entry) }),
		...(isTwin && entry.objection === undefined && { objection: twinOf(entry) }),
	};
}

/** Only what the file says of its company or its program tells the two apart, and that changes with versions and settings. */
function twinOf({ name, source: { series, number } }: SieEntry): LedgerError {
	const problem: Problem = {
		code: 'ERROR_POST_NOT_VERIFIABLE',
		field: 'binaryPropertyName',
		message: `the ledger has a voucher ${`${series} ${number}`.trim()} of the same day, text and rows, from a file that names the company or the program otherwise (#ORGNR, #FNAMN, #PROGRAM). If it is the same one, leave it out of the file, or have the file name them as before; if it is another one, give it another number, series or text in the file.`,
	};
	return new LedgerError(inVoucher(name, [problem]));
}

function adviceFor({ options }: SieEntry): string {
	return options.voucherNumbers === 'restart'
		? 'Correct the file, or reverse what was posted if that is wrong.'
		: "If the exporter begins its numbers anew in every file, set 'Voucher Numbers' to Restart (voucherNumbers: restart); if the voucher was changed, leave one of the two out, or reverse what was posted.";
}

/** The marks of the vouchers that were imported before, in all financial years that the entries may be in. */
async function marksInLedger(run: Run, files: ReadonlyArray<readonly PreparedEntry[]>): Promise<KnownMark[]> {
	const marks: KnownMark[] = [];
	const entries = await flatMapInTurns(files, (file) => file.filter(isFromFile));
	if (entries.length === 0) return marks;
	const years = await run.fortnox.financialYears();
	const wanted = new Map<number, SieEntry[]>();
	for (const entry of entries) {
		const own = years.find(hasDay(entry.voucher.date))?.Id;
		for (const id of new Set([...(own === undefined ? [] : [own]), ...(entry.alsoIn ?? [])])) addTo(wanted, id, entry);
		await giveWay();
	}
	const indexes = new Map([...wanted.keys()].map((id) => [id, markIndexOf(run.fortnox.tenantKey, id)]));
	const ledger = new LedgerMarks([...indexes.values()]);
	for (const [id, index] of indexes) {
		await index.advance(run.fortnox);
		await index.readHidden(
			run.fortnox,
			mapped(wanted.get(id) ?? [], ({ mark: { key }, voucher: { date, description } }) => ({ key, date, description })),
		);
	}
	for (const index of indexes.values()) {
		for (const voucher of index.all()) {
			await giveWay();
			marks.push(ledger.isTakenBack(idOf(voucher)) ? { ...voucher.mark, isTakenBack: true } : voucher.mark);
		}
	}
	return marks;
}

function shiftedHint(known: readonly string[]): string {
	return `The numbers of the SIE file have shifted since an earlier import. These vouchers are in the ledger under another number; they were recognised by their day, text and rows and not posted again: ${named(known)}.`;
}

function resemblingHint(pairs: readonly string[]): string {
	return `Vouchers of the same day, text and rows were imported before from a file that names the company, the program or the series otherwise: ${named(pairs)}. The file's vouchers count as new ones. If they are the same, reverse one of each two.`;
}

function named(vouchers: readonly string[]): string {
	const more = vouchers.length > VOUCHERS_NAMED ? `; and ${vouchers.length - VOUCHERS_NAMED} more` : '';
	return vouchers.slice(0, VOUCHERS_NAMED).join('; ') + more;
}

/** A voucher that another file of the run has too gets that one's outcome: it is in the ledger by then. */
async function allOutcomes(places: Place[], outcomes: Outcome[]): Promise<Outcome[]> {
	const all: Outcome[] = [];
	const next = drained(outcomes);
	for (const { again } of drained(places)) {
		await giveWay();
		const first = again === undefined ? next.next().value : all[again.sameAs];
		if (first === undefined) continue;
		if (again === undefined) all.push(first);
		else all.push(onceMore(again.entry, first));
	}
	return all;
}

function onceMore(entry: PreparedEntry, first: Outcome): Outcome {
	if ('error' in first || 'error' in entry) return { items: entry.items, error: 'error' in first ? first.error : undefined };
	return { ...first, entry, alreadyPosted: !first.dryRun || first.alreadyPosted };
}
