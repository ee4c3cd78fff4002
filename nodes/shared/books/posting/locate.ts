import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { readEntryId } from '../../ledger/formats';
import { readComments } from '../../ledger/readMark';
import type { LedgerEntry, VoucherDraft } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { idOf, LedgerMarks, yearsFrom } from '../marks/ledgerMarks';
import type { MarkedVoucher, Wanted } from '../marks/knownMarks';
import { markIndexOf, type MarkIndex } from '../marks/markIndex';
import { readVouchersSingly, readVouchersThere } from '../reading/readVouchers';
import { addTo } from '../../lists';
import { flatMapInTurns, giveWay, mapInTurns } from '../../turns';
import { asMarked, decide, type Evidence, type Verified } from './decide';
import { bookTheSame } from './differences';
import { placesOf, type Place } from './place';
import type { OpenSlip } from './slip';

/** What a look-up reads and knows. */
interface Look {
	run: Run;
	years: readonly FortnoxFinancialYear[];
	/** Vouchers that were read, by id; undefined where there is no such voucher any more. */
	read: Map<string, LedgerEntry | undefined>;
	/** Indexes that stand at the moment of the look. */
	current: Set<MarkIndex>;
	/** Where each slip is looked for. */
	indexes: Map<OpenSlip, readonly MarkIndex[]>;
}

/**
 * Finds the entries that are in the ledger already. What the index remembers is read before it is believed: an entry
 * counts as found only where the voucher itself carries its mark. One request where nothing is found.
 */
export async function locate(run: Run, slips: readonly OpenSlip[], years: readonly FortnoxFinancialYear[]): Promise<void> {
	const look: Look = { run, years, read: new Map(), current: new Set(), indexes: new Map() };
	await advance(look, slips);
	const forgot = await readAll(look, slips);
	if (forgot.size > 0) {
		// What was deleted may have been booked anew under another number, which only the whole list shows.
		for (const index of forgot) {
			index.startAnew();
			look.current.delete(index);
		}
		await advance(look, slips);
		await readAll(look, slips);
	}
	for (const slip of slips) {
		await giveWay();
		const evidence = await evidenceOf(look, slip);
		const decision = decide(slip.entry, evidence);
		if (decision.kind === 'refuse') slip.error = decision.error;
		if (decision.kind === 'post') slip.mark = decision.mark;
		if (decision.kind === 'found') {
			slip.found = decision.found;
			decision.hints.forEach((hint) => run.hint(hint));
		}
	}
}

export function wantedBy({ entry }: OpenSlip): Wanted {
	return { key: entry.mark.key, date: entry.voucher.date, description: entry.voucher.description };
}

function indexOf({ run }: Look, { year, days }: Place): MarkIndex {
	return markIndexOf(run.fortnox.tenantKey, year, days);
}

function indexesOf(look: Look, slip: OpenSlip): readonly MarkIndex[] {
	const known = look.indexes.get(slip);
	if (known !== undefined) return known;
	const indexes = placesOf(slip, look.years).map((place) => indexOf(look, place));
	look.indexes.set(slip, indexes);
	return indexes;
}

async function advance(look: Look, slips: readonly OpenSlip[]): Promise<void> {
	const byIndex = new Map<MarkIndex, OpenSlip[]>();
	for (const slip of slips) {
		for (const index of indexesOf(look, slip)) addTo(byIndex, index, slip);
		await giveWay();
	}
	const { fortnox } = look.run;
	for (const [index, wanting] of byIndex) {
		await bringUp(look, index);
		await index.readHidden(fortnox, await mapInTurns(wanting, wantedBy));
		const ofAbsent = await flatMapInTurns(wanting, (slip) => {
			const isOwn = indexesOf(look, slip)[0] === index;
			const { lasting, mark, voucher } = slip.entry;
			return isOwn && lasting && voucher.journalId !== undefined && index.withKey(mark.key).length === 0 ? [voucher.journalId] : [];
		});
		for (const series of new Set(ofAbsent)) await index.readNewestOnce(fortnox, series);
	}
}

async function bringUp({ run, current }: Look, index: MarkIndex): Promise<void> {
	if (current.has(index)) return;
	await index.advance(run.fortnox);
	current.add(index);
}

/** Reads everything that bears on the slips, in as few requests as that takes. @returns indexes that knew of what is not there */
async function readAll(look: Look, slips: readonly OpenSlip[]): Promise<Set<MarkIndex>> {
	const forgot = new Set<MarkIndex>();
	const indexes = new Set(slips.flatMap((slip) => indexesOf(look, slip)));
	// Each once: where all entries and many vouchers have one day and one text, all would bear on all.
	const bearing = new Set<string>();
	for (const slip of slips) {
		await giveWay();
		for (const id of [...hitsOf(look, slip).map(idOf), ...suspectsOf(look, slip), ...alikeOf(look, slip)]) bearing.add(id);
	}
	await readMissing(look, [...bearing]);
	await readAgain(look, await flatMapInTurns(slips, (slip) => hitsOf(look, slip)));
	for (const slip of slips) {
		await giveWay();
		for (const hit of hitsOf(look, slip)) {
			if (isThere(look, hit)) continue;
			for (const index of indexes) {
				if (!index.withKey(hit.mark.key).some((known) => idOf(known) === idOf(hit))) continue;
				index.forget(idOf(hit));
				forgot.add(index);
			}
		}
	}
	return forgot;
}

async function readMissing(look: Look, ids: readonly string[]): Promise<void> {
	await readInto(look, ids.filter((id) => !look.read.has(id)), readVouchersThere);
}

/**
 * Many vouchers are read from the list, which may keep their comments back: what seems to have lost its mark is read by
 * itself before that is believed.
 */
async function readAgain(look: Look, hits: readonly MarkedVoucher[]): Promise<void> {
	const doubtful = await flatMapInTurns(hits, (hit) => (look.read.get(idOf(hit)) !== undefined && !isThere(look, hit) ? [hit] : []));
	await readInto(look, doubtful.map(idOf), readVouchersSingly);
}

async function readInto({ run, read }: Look, ids: readonly string[], readVouchers: typeof readVouchersThere): Promise<void> {
	const parsed = [...new Set(ids)].flatMap((id) => {
		const reading = readEntryId(id);
		return reading.problem === undefined ? [{ id, entryId: reading.value }] : [];
	});
	const entries = await readVouchers(run, parsed.map(({ entryId }) => entryId));
	for (const [position, { id }] of parsed.entries()) read.set(id, entries[position]);
}

function hitsOf(look: Look, slip: OpenSlip): MarkedVoucher[] {
	const found = indexesOf(look, slip).flatMap((index) => index.withKey(slip.entry.mark.key));
	return [...new Map(found.map((hit) => [idOf(hit), hit])).values()];
}

function suspectsOf(look: Look, slip: OpenSlip): string[] {
	return indexesOf(look, slip).flatMap((index) => index.suspectsOf(slip.entry.mark.key));
}

/** Of entries whose mark holds beyond the execution: in another one, an equal entry is another entry. */
function alikeOf(look: Look, slip: OpenSlip): string[] {
	if (!slip.entry.lasting) return [];
	return vouchersOf(slip).flatMap((voucher) => indexesOf(look, slip).flatMap((index) => index.plainWith(voucher)));
}

/** The entry as it is read now, and as an earlier version read it. */
function vouchersOf({ entry }: OpenSlip): VoucherDraft[] {
	return entry.older === undefined ? [entry.voucher] : [entry.voucher, entry.older.voucher];
}

/** Whether a voucher exists and carries the mark, though damaged. */
function isThere({ read }: Look, { mark, ...at }: MarkedVoucher): boolean {
	const { marks, recovered } = readComments(read.get(idOf({ ...at }))?.comments);
	return [...marks, ...(recovered ? [recovered] : [])].some(({ key, digest }) => key === mark.key && digest === mark.digest);
}

async function evidenceOf(look: Look, slip: OpenSlip): Promise<Evidence> {
	const { entry } = slip;
	const verified: Verified[] = [];
	for (const at of hitsOf(look, slip)) {
		const inLedger = look.read.get(idOf(at));
		if (inLedger === undefined || !isThere(look, at)) continue;
		const marks = await marksOf(look, at);
		verified.push({ at, inLedger, links: marks.linksOf(idOf(at), at.mark) });
	}
	const known = new Set(verified.map(({ at }) => idOf(at)));
	// A whole mark speaks for itself; a recovered one only where both its key and its digest are the entry's.
	const isWanted = ({ at }: Verified): boolean => asMarked(entry, at) !== undefined;
	const suspects = suspectsOf(look, slip).filter(
		(id) => look.read.get(id) !== undefined && !verified.some((one) => idOf(one.at) === id && isWanted(one)),
	);
	const alike = alikeOf(look, slip).filter((id) => {
		const there = look.read.get(id);
		return there !== undefined && !known.has(id) && vouchersOf(slip).some(({ date, rows }) => there.date === date && bookTheSame(
			there.rows,
			rows,
		));
	});
	const correctedBy = await correctionOf(look, slip, known);
	const sound = verified.filter((one) => isWanted(one) || !suspects.includes(idOf(one.at)));
	return { verified: sound, suspects, alike, ...(correctedBy !== undefined && { correctedBy }) };
}

/** The marks of an entry's year and later ones, once every reversal that bears on the entry was read. */
async function marksOf(look: Look, at: MarkedVoucher): Promise<LedgerMarks> {
	const marks = await laterMarks(look, at.year);
	const chain = marks.chainOf(idOf(at));
	await readMissing(look, chain.map(idOf));
	await readAgain(look, chain);
	for (const reversal of chain) {
		if (!isThere(look, reversal)) markIndexOf(look.run.fortnox.tenantKey, reversal.year).forget(idOf(reversal));
	}
	return marks;
}

async function laterMarks(look: Look, firstYear: number): Promise<LedgerMarks> {
	const indexes = yearsFrom(look.years, firstYear).map(({ Id }) => markIndexOf(look.run.fortnox.tenantKey, Id));
	for (const index of indexes) await bringUp(look, index);
	return new LedgerMarks(indexes);
}

async function correctionOf(look: Look, { entry, mark }: OpenSlip, known: ReadonlySet<string>): Promise<string | undefined> {
	const { corrects } = entry;
	const original = corrects === undefined ? undefined : readEntryId(corrects);
	if (corrects === undefined || original === undefined || original.problem !== undefined) return undefined;
	const marks = await laterMarks(look, original.value.yearId);
	const correction = marks.standingCorrection(corrects);
	if (correction === undefined) return undefined;
	const id = idOf(correction);
	await readMissing(look, [id]);
	await readAgain(look, [correction]);
	return isThere(look, correction) && !(known.has(id) && correction.mark.digest === mark.digest) ? id : undefined;
}
