import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { writeComments, type Mark } from '../../ledger/mark';
import { LedgerError } from '../../ledger/problems';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import type { Links } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import { filterInTurns, giveWay, groupedInTurns } from '../../turns';
import { isReady, type Outcome, type Posted, type PreparedEntry, type ReadyEntry } from './types';

/** An entry that was found in the ledger, and was read there. */
export interface Found {
	at: MarkedVoucher;
	inLedger: LedgerEntry;
	links: Links;
	twins: string[];
	others: string[];
}

/** An entry on its way through a run. How far it has come is its state, which holds what is known of it by then and no more. */
export interface Slip<S extends State = State> {
	readonly items: number[];
	state: S;
}

export type State = Read | Placed | InLedger | Done | Failed;

/** Its own checks have passed; its financial year is not known yet. */
interface Read {
	stage: 'read';
	entry: ReadyEntry;
}

/** What is known of every entry whose place in the books was found. */
interface InPlace {
	entry: ReadyEntry;
	year: FortnoxFinancialYear;
	/** The mark that it is posted with: the entry's, and which correction of it this is. */
	mark: Mark;
	/** Of a reversal: what was spread from the entry that it takes back, and still has effect. */
	leaves?: Array<{ id: string; name: string }>;
	/** The seal over what would be posted, where the user only wants to see that. */
	proposal?: string;
}

/** The ledger does not have it, as far as is known. */
export interface Placed extends InPlace {
	stage: 'placed';
}

/** It was in the ledger before this run, or turned out to be there after an answer was lost. */
interface InLedger extends InPlace {
	stage: 'found';
	found: Found;
}

/** What the run returns of it is known; only what hangs on it, such as a file, can still fail. */
export interface Done extends InPlace {
	stage: 'done';
	posted: Posted;
}

interface Failed {
	stage: 'failed';
	error: unknown;
	/** Of one that is posted with others or not at all: what tells those. Absent where its own checks refused it. */
	entry?: ReadyEntry;
	/** It stands in the ledger all the same. */
	inLedger?: LedgerEntry;
	/** It was sent, and nobody knows whether it was booked. */
	isUnclear: boolean;
}

export type PlacedSlip = Slip<Placed>;
export type OpenSlip = Slip<Placed | InLedger | Done>;

export function toSlip(entry: PreparedEntry): Slip {
	const { items } = entry;
	return { items, state: isReady(entry) ? { stage: 'read', entry } : { stage: 'failed', error: light(entry.error), isUnclear: false } };
}

/** Of 100,000 entries that are refused, the errors take the place of the entries in memory. */
export function fail(slip: Slip, error: unknown, isUnclear = false): void {
	const { entry } = slip.state;
	const inLedger = inLedgerOf(slip);
	const isOfPair = entry?.pair !== undefined;
	slip.state = { stage: 'failed', error: light(error), isUnclear, ...(isOfPair && { entry }), ...(inLedger && { inLedger }) };
}

/** A refusal's problems say all that there is to say; where in the code it was made is a stack of 650 bytes. */
function light(error: unknown): unknown {
	if (error instanceof LedgerError) error.stack = error.name;
	return error;
}

export function find(slip: Slip<Placed | InLedger>, found: Found): void {
	slip.state = { ...slip.state, stage: 'found', found };
}

/** The entry as it stands in the ledger, where it is known to be there. */
export function inLedgerOf({ state }: Slip): LedgerEntry | undefined {
	if (state.stage === 'failed') return state.inLedger;
	if (state.stage === 'found') return state.found.inLedger;
	return state.stage === 'done' && !state.posted.dryRun ? state.posted.inLedger : undefined;
}

/** Where a slip is by now: what was given it may have taken it on since it was looked at. */
export function stageOf({ state }: Slip): State['stage'] {
	return state.stage;
}

export function isOpen(slip: Slip): slip is OpenSlip {
	return slip.state.stage !== 'read' && slip.state.stage !== 'failed';
}

export function isPlaced(slip: Slip): slip is PlacedSlip {
	return slip.state.stage === 'placed';
}

export function isFailed(slip: Slip): slip is Slip<Failed> {
	return slip.state.stage === 'failed';
}

export function isDone(slip: Slip): slip is Slip<Done> {
	return slip.state.stage === 'done';
}

/** Entries that others follow, by their keys: the first of each. */
export type Leaders = ReadonlyMap<string, Slip>;

export async function leadersAmong(slips: readonly Slip[]): Promise<Leaders> {
	const leaders = new Map<string, Slip>();
	for (const slip of slips) {
		const key = slip.state.entry?.mark.key;
		if (key !== undefined && !leaders.has(key)) leaders.set(key, slip);
		await giveWay();
	}
	return leaders;
}

/** The slips that are posted all or none, by the name of their pair. */
export async function pairsAmong(slips: readonly Slip[]): Promise<ReadonlyMap<string, Slip[]>> {
	const paired = await filterInTurns(slips, ({ state }) => state.entry?.pair !== undefined);
	return await groupedInTurns(paired, ({ state }) => state.entry?.pair ?? '');
}

/** An entry's name among all that the process posts. */
export function nameOf(run: Run, { mark }: { mark: Pick<Mark, 'key'> }): string {
	return [run.fortnox.tenantKey, mark.key].join('\n');
}

/** The names that no other execution works on meanwhile: its own, and those of entries that it can't be posted beside. */
export function claimedBy(run: Run, { mark, rivals }: ReadyEntry): string[] {
	return [mark.key, ...(rivals?.names.keys() ?? [])].map((key) => nameOf(run, { mark: { key } }));
}

/** What became of an entry that went through all stages. */
export function outcomeOf({ items, state }: Slip): Outcome {
	if (state.stage === 'done') return state.posted;
	if (state.stage === 'failed') return { items, error: state.error };
	throw new Error(`The entry of item ${items[0] ?? 0} ended at the stage ${state.stage}`);
}

/** The last stage but for what goes wrong after it. */
export function done({ entry, year, mark, proposal }: InPlace, inLedger: LedgerEntry, more: Partial<Posted> = {}): Done {
	const { corrects, reverses } = mark;
	const links = { ...(reverses !== undefined && { reverses }), ...(corrects !== undefined && { corrects }) };
	const sealed = proposal !== undefined && { proposal };
	const posted = {
		entry,
		inLedger,
		alreadyPosted: false,
		dryRun: false,
		twins: [],
		others: [],
		links,
		attachments: [],
		...sealed,
		...more,
	};
	return { stage: 'done', entry, year, mark, posted };
}

/** The entry as Fortnox will have it, but for its number. */
export function asPosted({ entry, mark, year }: InPlace, voucher = entry.voucher): LedgerEntry {
	return {
		series: voucher.journalId ?? '',
		year: year.Id,
		date: voucher.date,
		description: voucher.description,
		comments: writeComments(mark, voucher.comments),
		rows: voucher.rows,
	};
}
