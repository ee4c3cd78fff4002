import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { Rate } from '../../ledger/currency';
import type { IsoDate } from '../../ledger/dates';
import type { Mark } from '../../ledger/mark';
import type { Problem } from '../../ledger/problems';
import type { DraftAttachment, LedgerEntry, VoucherDraft } from '../../unified/entryDraft';
import type { Links } from '../marks/ledgerMarks';

/** An entry that is in order by itself and ready to be looked up, checked and posted. */
export interface ReadyEntry {
	/** Indexes of the input items that made it. */
	items: number[];
	voucher: VoucherDraft;
	mark: Mark;
	/** Words that name the entry to its user in messages, such as `number 'INV-7'`. */
	name: string;
	/** The parameter that says which entry it is, for messages, where that is not its number: the period of a settlement. */
	keyField?: string;
	/** The mark holds beyond this execution: it comes from the user's number or from another document. */
	lasting: boolean;
	/** Financial years (ids) besides the entry's own in which it may be: a reversal is dated when it is made. */
	alsoIn?: number[];
	/** The user gave no date, so that the day is no part of the content. */
	dateDefaulted?: boolean;
	/** What an earlier version of the node made of the same input, where that is something else: what it posted is compared with this. */
	older?: { digest: string; voucher: VoucherDraft; dateDefaulted: boolean };
	/** Of an entry whose rate the currency register gives, which changes by the day: its voucher at another rate. */
	atRate?: (rate: Rate) => Promise<VoucherDraft | undefined>;
	/** Id of the entry that it corrects; that one is reversed in the same run. */
	corrects?: string;
	/** What was posted under the mark and reversed since is posted again: a reversal of an entry whose reversal was reversed. */
	repeatable?: boolean;
	/** Its rows follow from the ledger: where it is there with others, the ledger has changed since, and it is returned as it stands. */
	computed?: boolean;
	/** Entries of a pair are posted all or none; after an entry that failed, the rest of its pair is not posted. */
	pair?: string;
	/** What to do where its number was used for another entry; else a general advice is given. */
	advice?: string;
	/** What to do where it occurs more than once in a run; else a general advice is given. */
	repeatedAdvice?: string;
	/**
	 * What the user asked for that is no part of its identity: where it is there on another day or in another journal, a hint
	 * says so; and what an empty date stands for.
	 */
	asked?: { dateField: string; date?: IsoDate; journalId?: string; whenEmpty?: string };
	/** Of a reversal that takes back an entry. */
	undoing?: Undoing;
	/** Of settlements of VAT, by their ids: the entries that take them back without a mark that says so. */
	takenBack?: ReadonlyMap<string, string>;
	/** Entries that book some of the same. It is refused while one of them stands, or where the run is to post one as well. */
	rivals?: Rivals;
	/** Why it can't be posted; of no account where it is in the ledger already. */
	objection?: unknown;
	/** Where rows with a period wait for their months; absent: the usual account. */
	accrualAccount?: number;
	/** The day on which it is reversed. */
	reverseOn?: IsoDate;
	/**
	 * Of an entry that another one of the run comes before, such as the reversal of an entry that is not posted yet: the key
	 * of that one, and what is known only once it is in the ledger.
	 */
	after?: { key: string; finish(inLedger: LedgerEntry): Pick<ReadyEntry, 'voucher' | 'mark' | 'proposedText'> };
	/** The text that it was proposed with, before the number of the other one was known. */
	proposedText?: string;
	/** The bank or cash account of a financial entry. */
	counterpart?: number;
	/** The user knows that a line's VAT code is not its account's. */
	acceptVatBase?: boolean;
	attachment?: DraftAttachment;
	options: PostOptions;
}

/** The entry that a reversal takes back. */
export interface Undoing {
	id: string;
	date: IsoDate;
	/** Another entry takes its place. */
	isCorrected: boolean;
	/** What the marks of amounts that were spread from it carry. */
	spread: SpreadMarks;
}

/** Of VAT settlements: those of periods that share days with an entry's own. */
export interface Rivals {
	/** What each settles, by the keys of their marks. */
	names: ReadonlyMap<string, string>;
	/** The first financial year (id) that one may be in. */
	firstYear: number;
	/** See the entry's own. */
	takenBack: ReadonlyMap<string, string>;
	/** Why the entry is not posted beside others, which are named as users know them. */
	refusal(others: readonly string[], where: 'ledger' | 'run'): Problem;
}

/** By what the entries are known that an entry, or a line of it, was spread over. */
export interface SpreadMarks {
	/** The entry's number, which its months have before theirs. */
	number?: string;
	/** The entry's key, where it has no number. */
	key?: string;
	/** What the months of its lines name as their source. */
	references: string[];
}

/** An entry that its own checks refused. */
export interface RefusedEntry {
	items: number[];
	error: unknown;
}

export type PreparedEntry = ReadyEntry | RefusedEntry;

export function isReady(entry: PreparedEntry): entry is ReadyEntry {
	return 'voucher' in entry;
}

/** What became of an entry. */
export interface Posted {
	entry: ReadyEntry;
	/** As it stands in the ledger, or as it would stand there (dry run). */
	inLedger: LedgerEntry;
	/** Fortnox's own object, where there is one. */
	raw?: object;
	/** It was in the ledger before. */
	alreadyPosted: boolean;
	dryRun: boolean;
	/** Ids of other vouchers with the same mark and content: the same entry, posted by another process. */
	twins: string[];
	/** Ids of other vouchers that stand under the same number, or correct the same entry, with other content. */
	others: string[];
	/** What it reverses and corrects, and what does so to it. */
	links: Links;
	/** The file that is attached; without an id, the one that would be (dry run). */
	attachments: Array<{ filename: string; id?: string }>;
	/** The seal over what would be posted (dry run). */
	proposal?: string;
}

/** What the user chose for an entry. The input items that make one agree about it. */
export interface PostOptions {
	/** Everything is checked, nothing is posted. */
	dryRun: boolean;
	/** How long to look for an entry whose posting got no clear answer, in ms. */
	outcomeTimeoutMs: number;
	/** The entry may be posted at the same time as others; else voucher numbers follow the order of the items. */
	sideBySide: boolean;
	rawResponse: boolean;
	/** The approved proposal, which is posted only as it stands. */
	proposal?: string;
}

/** What an operation does besides, while its entries are posted. */
export interface PostHooks {
	/**
	 * Sees what the ledger's checks object to in all entries of the run together, and gives what remains of it for each,
	 * in their order: none where the operation can put it right before it posts. Each entry is refused as soon as that is
	 * given; so that is given while the entries are gone through for the last time.
	 */
	review?: (refused: Iterable<CheckedEntry>) => AsyncIterable<readonly Problem[]>;
	/** Prepares the ledger once all checks are done, and returns the errors of the entries that it could not do so for. */
	beforePosting?: (entries: readonly AbsentEntry[]) => Promise<ReadonlyMap<ReadyEntry, unknown>>;
}

/** An entry that the ledger does not have yet, and the financial year that it belongs to. */
export interface AbsentEntry {
	entry: ReadyEntry;
	year: FortnoxFinancialYear;
}

export interface CheckedEntry extends AbsentEntry {
	problems: readonly Problem[];
}

/** What became of an entry, or why nothing did. */
export type Outcome = Posted | RefusedEntry;
