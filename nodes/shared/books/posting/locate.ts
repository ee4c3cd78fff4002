import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { readEntryId } from '../../ledger/formats';
import { LedgerError } from '../../ledger/problems';
import type { Run } from '../../n8n/run';
import { idOf, type LedgerMarks } from '../marks/ledgerMarks';
import type { MarkedVoucher, Wanted } from '../marks/knownMarks';
import type { MarkIndex } from '../marks/markIndex';
import { addTo, append, mapped } from '../../lists';
import { flatMapInTurns, giveWay } from '../../turns';
import { AlikeVouchers } from './alike';
import { decide, type Decision } from './decide';
import { asMarked, type Evidence, type StandingReversal, type Verified } from './evidence';
import { explained } from './explain';
import { InDoubt, Look, type Known } from './look';
import { contradicted, refusal } from './refusals';
import { fail, find, type PlacedSlip } from './slip';
import { standingRivals } from './rivals';
import { spreadFrom } from './spreadFrom';

/**
 * Finds the entries that are in the ledger already. What the index remembers is read before it is believed: an entry
 * counts as found only where the voucher itself carries its mark. One request where nothing is found.
 */
export async function locate(run: Run, slips: readonly PlacedSlip[], years: readonly FortnoxFinancialYear[]): Promise<void> {
	const look = new Look(run, years);
	await look.readKnown(async () => await bearingOn(look, slips));
	const alike = new AlikeVouchers(look);
	const ofPairs = new Map<PlacedSlip, Decision>();
	for (const slip of slips) {
		await giveWay();
		const decision = await decideOn(look, slip, alike);
		if (slip.state.entry.pair === undefined) apply(run, slip, decision);
		else ofPairs.set(slip, decision);
	}
	for (const [slip, decision] of await explained(ofPairs)) {
		await giveWay();
		apply(run, slip, decision);
	}
}

async function decideOn(look: Look, slip: PlacedSlip, alike: AlikeVouchers): Promise<Decision> {
	const { entry } = slip.state;
	const decided = evidenceOf(look, slip, alike).then(async (evidence) => {
		if (entry.undoing !== undefined) slip.state.leaves = await spreadFrom(look, entry.undoing);
		return decide(entry, evidence);
	});
	return await decided.catch((error: unknown): Decision => {
		if (!(error instanceof InDoubt)) throw error;
		return { kind: 'refuse', problem: refusal(entry, 'ERROR_POST_NOT_VERIFIABLE', contradicted(entry, error.id)) };
	});
}

function apply(run: Run, slip: PlacedSlip, decision: Decision): void {
	if (decision.kind === 'refuse') {
		fail(slip, new LedgerError(decision.problem));
		return;
	}
	if (decision.kind === 'post') slip.state.mark = decision.mark;
	else find(slip, decision.found);
	decision.hints.forEach((hint) => run.hint(hint, slip.state.entry.items[0]));
}

export function wantedBy({ state: { entry } }: PlacedSlip): Wanted {
	return { key: entry.mark.key, date: entry.voucher.date, description: entry.voucher.description };
}

async function advance(look: Look, slips: readonly PlacedSlip[]): Promise<void> {
	const byIndex = new Map<MarkIndex, PlacedSlip[]>();
	for (const slip of slips) {
		for (const index of look.indexesOf(slip)) addTo(byIndex, index, slip);
		await giveWay();
	}
	const { fortnox } = look.run;
	for (const [index, wanting] of byIndex) {
		await look.bringUp(index);
		await index.readHidden(fortnox, mapped(wanting, wantedBy));
		const ofAbsent = await flatMapInTurns(wanting, (slip) => {
			const isOwn = look.indexesOf(slip)[0] === index;
			const { lasting, mark, voucher } = slip.state.entry;
			return isOwn && lasting && voucher.journalId !== undefined && index.withKey(mark.key).length === 0 ? [voucher.journalId] : [];
		});
		for (const series of new Set(ofAbsent)) await index.readNewestOnce(fortnox, series);
	}
}

/** Everything that bears on the slips, so that it is read in as few requests as that takes. */
async function bearingOn(look: Look, slips: readonly PlacedSlip[]): Promise<Known[]> {
	await advance(look, slips);
	const known: Known[] = [];
	// Each once: where all entries and many vouchers have one day and one text, all would bear on all.
	const unmarked = new Set<string>();
	const alike = new AlikeVouchers(look);
	for (const slip of slips) {
		await giveWay();
		for (const marked of hitsOf(look, slip)) {
			known.push({ id: idOf(marked), marked });
			// What was deleted of them all costs one reading of the list here, and one for each if it were found later.
			const chain = (await look.laterMarks(marked.year)).chainOf(idOf(marked));
			append(
				known,
				mapped(chain, (reversal) => ({ id: idOf(reversal), marked: reversal })),
			);
		}
		for (const id of suspectsOf(look, slip)) unmarked.add(id);
		await alike.addCandidates(slip, unmarked);
	}
	append(
		known,
		mapped(unmarked, (id) => ({ id })),
	);
	return known;
}

function hitsOf(look: Look, slip: PlacedSlip): MarkedVoucher[] {
	const found = look.indexesOf(slip).flatMap((index) => index.withKey(slip.state.entry.mark.key));
	return [...new Map(found.map((hit) => [idOf(hit), hit])).values()];
}

function suspectsOf(look: Look, slip: PlacedSlip): string[] {
	return look.indexesOf(slip).flatMap((index) => index.suspectsOf(slip.state.entry.mark.key));
}

async function evidenceOf(look: Look, slip: PlacedSlip, alikeVouchers: AlikeVouchers): Promise<Evidence> {
	const { entry } = slip.state;
	const verified: Verified[] = [];
	for (const at of hitsOf(look, slip)) {
		const inLedger = look.voucher(idOf(at));
		if (inLedger === undefined || !look.isThere(at)) continue;
		const marks = await look.marksOf(at);
		const links = marks.linksOf(idOf(at), at.mark);
		const byHand = links.reversed_by === undefined ? entry.takenBack?.get(idOf(at)) : undefined;
		const reversal: StandingReversal | undefined =
			byHand === undefined ? reversalOf(look, marks, idOf(at)) : { id: byHand, date: inLedger.date, purpose: 'undo' };
		const read = await asMarked(entry, at);
		verified.push({
			at,
			alsoReversedBy: otherReversals(marks, idOf(at)),
			inLedger,
			links: byHand === undefined ? links : { ...links, reversed_by: byHand },
			...(read && { asMarked: read }),
			...(reversal && { reversal }),
		});
	}
	const known = new Set(verified.map(({ at }) => idOf(at)));
	// A whole mark speaks for itself; a recovered one only where both its key and its digest are the entry's.
	const isWanted = (one: Verified): boolean => one.asMarked !== undefined;
	const suspects = suspectsOf(look, slip).filter(
		(id) => look.voucher(id) !== undefined && !verified.some((one) => idOf(one.at) === id && isWanted(one)),
	);
	// Beside those that are known and one that it corrects, the first tells.
	const alike = (await alikeVouchers.of(slip, known.size + 2)).filter((id) => !known.has(id));
	const correctedBy = await otherCorrections(look, slip, known);
	const rivals = entry.rivals && (await standingRivals(look, entry.rivals));
	const sound = verified.filter((one) => isWanted(one) || !suspects.includes(idOf(one.at)));
	return { verified: sound, suspects, alike, correctedBy, ...(rivals && { rivals }) };
}

function reversalOf(look: Look, marks: LedgerMarks, id: string): StandingReversal | undefined {
	const reversal = marks.standingReversal(id);
	const inLedger = reversal && look.voucher(idOf(reversal));
	if (reversal === undefined || inLedger === undefined) return undefined;
	const { purpose } = reversal.mark;
	return { id: idOf(reversal), date: inLedger.date, ...(purpose !== undefined && { purpose }) };
}

/** The standing reversals of an entry but for the first, which its links name. */
function otherReversals(marks: LedgerMarks, id: string): string[] {
	return marks.standingReversals(id).slice(1).map(idOf);
}

async function otherCorrections(look: Look, { state: { entry, mark } }: PlacedSlip, known: ReadonlySet<string>): Promise<string[]> {
	const { corrects } = entry;
	const original = corrects === undefined ? undefined : readEntryId(corrects);
	if (corrects === undefined || original === undefined || original.problem !== undefined) return [];
	const { yearId } = original.value;
	const corrections = await look.verified(async () => (await look.laterMarks(yearId)).standingCorrections(corrects));
	const isItself = (correction: MarkedVoucher): boolean => known.has(idOf(correction)) && correction.mark.digest === mark.digest;
	return corrections.filter((correction) => !isItself(correction)).map(idOf);
}
