import { unlessNotAllowed } from '../../fortnox/tolerate';
import { today, type IsoDate } from '../../ledger/dates';
import { formatEntryId, type EntryId } from '../../ledger/formats';
import { LedgerError } from '../../ledger/problems';
import { fromVoucher } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import { markOfReversal, mirrored, textOfReversal } from '../../unified/reversal';
import type { Run } from '../../n8n/run';
import { answerOr, noEntry } from '../answerOr';
import { spreadMarksOf } from './spreadFrom';
import type { PostOptions, ReadyEntry } from './types';

/** Vouchers that no sub-ledger made. */
const OWN_REFERENCE_TYPES = ['', 'MANUAL'];

/** What the user says of a reversal. */
interface ReversalWish {
	items: number[];
	/** Absent: the original's day where it is open, else today. */
	date?: IsoDate;
	/** The parameter that the day comes from, for messages. */
	dateField: string;
	/** What the parameter stands for where it is empty, for a hint. */
	whenEmpty?: string;
	/** Absent: the original's series. */
	journalId?: string;
	allowSubledger: boolean;
	/** Another entry takes the place of the one that is reversed. */
	isCorrected?: true;
	options: PostOptions;
}

/** Makes reversals. Asks for the locked period when the first one needs it, and not again in the run. */
export class Reversals {
	private locked?: Promise<string>;

	constructor(private readonly run: Run) {}

	/** @throws {LedgerError} where there is no such entry */
	async original(id: EntryId): Promise<LedgerEntry> {
		return fromVoucher(await answerOr(this.run.fortnox.voucher(id.series, id.number, id.yearId), noEntry(id)));
	}

	/**
	 * The reversal of an entry, ready to be looked up. What speaks against its day only counts where there is no reversal
	 * yet (`objection`).
	 *
	 * @throws {LedgerError} where the entry can't be reversed at all
	 */
	async of(id: EntryId, original: LedgerEntry, wish: ReversalWish): Promise<ReadyEntry> {
		refuseSubledger(original, wish.allowSubledger);
		refuseEmpty(original, wish);
		const identity = formatEntryId(id);
		const years = await this.run.fortnox.financialYears();
		const day = await this.dayOf(original, wish);
		return {
			items: wish.items,
			voucher: {
				journalId: wish.journalId ?? original.series,
				date: typeof day === 'string' ? day : original.date,
				description: textOfReversal(original),
				rows: original.rows.map(mirrored),
			},
			mark: markOfReversal(identity, original, 'undo'),
			name: `the reversal of ${identity}`,
			keyField: 'journalEntryId',
			options: wish.options,
			lasting: true,
			dateDefaulted: true,
			repeatable: true,
			asked: {
				dateField: wish.dateField,
				...(wish.whenEmpty !== undefined && { whenEmpty: wish.whenEmpty }),
				...(wish.date !== undefined && { date: wish.date }),
				...(wish.isCorrected !== true && wish.journalId !== undefined && { journalId: wish.journalId }),
			},
			undoing: { id: identity, date: original.date, isCorrected: wish.isCorrected === true, spread: spreadMarksOf(identity, original) },
			alsoIn: years.filter(({ ToDate }) => ToDate >= original.date).map(({ Id }) => Id),
			...(typeof day !== 'string' && { objection: day }),
		};
	}

	/** The day, or why there is none. */
	private async dayOf(original: LedgerEntry, { date, dateField }: ReversalWish): Promise<IsoDate | LedgerError> {
		if (date !== undefined) {
			if (date >= original.date) return date;
			return new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field: dateField,
				message: `${dateField}: ${date} lies before the entry's own day (${original.date}). Date the reversal on that day or later.`,
			});
		}
		const locked = await (this.locked ??= this.askLockedUntil());
		if (original.date > locked) return original.date;
		const now = today();
		if (now <= locked || now < original.date) {
			return new LedgerError({
				code: 'ERROR_PERIOD_CLOSED',
				field: dateField,
				message: `${dateField}: the books are locked up to and including ${locked}, so neither the date of the entry (${original.date}) nor today is open. Give a later date, or have the period unlocked in Fortnox.`,
			});
		}
		this.run.hint(
			`The period of ${original.series} ${original.number ?? ''} (${original.date}) is locked: a reversal that is posted now is dated today, ${now}.`,
		);
		return now;
	}

	private async askLockedUntil(): Promise<string> {
		const locked = await unlessNotAllowed(this.run.fortnox.lockedPeriod({ fresh: true }), () =>
			this.run.hint('The credential is not allowed to read the locked period (scope settings), so the reversal got the date of its entry.'),
		);
		return locked?.EndDate ?? '';
	}
}

function refuseSubledger({ series, number, referenceType, referenceNumber }: LedgerEntry, allowed: boolean): void {
	if (allowed || OWN_REFERENCE_TYPES.includes(referenceType ?? '')) return;
	throw new LedgerError({
		code: 'ERROR_ENTRY_HAS_INVALID_STATUS',
		field: 'journalEntryId',
		message: `journalEntryId: ${series} ${number ?? ''} was made by another part of Fortnox (${referenceType ?? ''} ${referenceNumber ?? ''}). Credit or cancel that document instead, or turn on 'Reverse Sub-Ledger Entry'.`,
	});
}

function refuseEmpty({ rows }: LedgerEntry, { isCorrected }: ReversalWish): void {
	if (rows.length > 0) return;
	const wayOn = isCorrected ? ' Post the right entry with Journal Entry > Create: under the same number it is its correction.' : '';
	throw new LedgerError({
		code: 'ERROR_ENTRY_HAS_INVALID_STATUS',
		field: 'journalEntryId',
		message: `journalEntryId: the entry has no rows (they were removed in Fortnox), so there is nothing to reverse.${wayOn}`,
	});
}
