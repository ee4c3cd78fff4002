import { readDate, today, type IsoDate } from '../../../shared/ledger/dates';
import { formatEntryId, readEntryId, readJournalCode } from '../../../shared/ledger/formats';
import { digestOf, keyOfOrigin } from '../../../shared/ledger/mark';
import { readComments } from '../../../shared/ledger/readMark';
import { LedgerError } from '../../../shared/ledger/problems';
import { cutText } from '../../../shared/ledger/text';
import { readTransactionInformation, writeTransactionInformation } from '../../../shared/ledger/transactionInformation';
import { fromVoucher } from '../../../shared/unified/entry';
import type { EntryRow, LedgerEntry, VoucherRow } from '../../../shared/unified/entryDraft';
import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { isAbsent } from '../../../shared/unified/readObject';
import { answerOr, noEntry } from '../../../shared/books/answerOr';
import { entryLocator, journalLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { collectionParameter, parameter, required, textParameter } from '../../../shared/n8n/parameters';
import { dryRunOption, maxWaitOption, rawResponseOption } from '../../../shared/n8n/options';
import { outcomeTimeoutOption, readEntryOptions } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import type { PreparedEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';
import { hasDay } from '../../../shared/books/year';

/** Vouchers that no sub-ledger made. */
const OWN_REFERENCE_TYPES = ['', 'MANUAL'];

export const reverse: Operation = {
	value: 'reverse',
	name: 'Reverse',
	action: 'Reverse journal entry',
	description: 'Post a new entry with the rows of another one mirrored, exactly once',
	fields: [
		entryLocator('The entry to reverse'),
		{
			displayName: 'Date',
			name: 'date',
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description: 'Accounting date of the reversal; the date of the entry where that is open, else today',
		},
		journalLocator({
			displayName: 'Journal',
			name: 'journalId',
			description: 'The manual voucher series of the reversal; the series of the entry where empty',
		}),
		optionsField([
			rawResponseOption,
			maxWaitOption,
			outcomeTimeoutOption,
			{
				displayName: 'Reverse Sub-Ledger Entry',
				name: 'reverseSubledger',
				type: 'boolean',
				default: false,
				description:
					'Whether to reverse an entry that an invoice or a payment made, which leaves that document as it is; crediting the document is the usual way',
			},
			dryRunOption,
		]),
	],
	async execute(run) {
		const lockedUntil = askedOnce(run);
		const prepared = await Promise.all([...run.items.keys()].map(async (item) => await prepare(run, item, lockedUntil)));
		return await toItems(run, await postEntries(run, prepared));
	},
};

/** The last day of the locked period, empty where none is locked. */
type LockedUntil = () => Promise<string>;

/** Asks for the locked period when the first item needs it, and not again in the run. */
function askedOnce(run: Run): LockedUntil {
	let answer: Promise<string> | undefined;
	return async () => await (answer ??= askLockedUntil(run));
}

async function askLockedUntil(run: Run): Promise<string> {
	const locked = await unlessNotAllowed(run.fortnox.lockedPeriod({ fresh: true }), () =>
		run.hint('The credential may not read the locked period (scope settings), so the reversal got the date of its entry.'),
	);
	return locked?.EndDate ?? '';
}

async function prepare(run: Run, item: number, lockedUntil: LockedUntil): Promise<PreparedEntry> {
	try {
		const id = required(run, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const original = fromVoucher(await answerOr(run.fortnox.voucher(id.series, id.number, id.yearId), noEntry(id)));
		refuseSubledger(original, collectionParameter(run, 'options', item).reverseSubledger === true);
		const journal = textParameter(run, 'journalId', item);
		const journalId =
			journal === undefined
				? original.series
				: required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
		const date = await dateOf(run, item, original, lockedUntil);
		const years = await run.fortnox.financialYears();
		refuseImpossible(original, date, years);
		const identity = formatEntryId(id);
		const mark = readComments(original.comments).mark;
		return {
			items: [item],
			voucher: {
				journalId,
				date,
				description: cutText(`Reversal of ${original.series} ${id.number} ${original.date} ${original.description}`.trim(), 200),
				rows: original.rows.map(mirrored),
			},
			mark: {
				key: keyOfOrigin('reversal', identity),
				digest: digestOf('1', identity),
				reference: identity,
				...(mark?.currency !== undefined && { currency: mark.currency }),
				...(mark?.rate !== undefined && { rate: mark.rate }),
				...(mark?.hasPartners && { hasPartners: true }),
				...(mark?.hasTexts && { hasTexts: true }),
			},
			name: `the reversal of ${identity}`,
			lasting: true,
			options: readEntryOptions(run, item),
			alsoIn: years.filter(({ ToDate }) => ToDate >= original.date).map(({ Id }) => Id),
		};
	} catch (error) {
		return { items: [item], error };
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

/** A reversal is looked for in the year of its entry and later ones; an earlier year could get a second one unseen. */
function refuseImpossible({ date: dated, rows }: LedgerEntry, date: IsoDate, years: readonly FortnoxFinancialYear[]): void {
	if (rows.length === 0) {
		throw new LedgerError({
			code: 'ERROR_ENTRY_HAS_INVALID_STATUS',
			field: 'journalEntryId',
			message: 'journalEntryId: the entry has no rows (they were removed in Fortnox), so there is nothing to reverse.',
		});
	}
	const year = years.find(hasDay(dated));
	if (year === undefined || date >= year.FromDate) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'date',
		message: `date: ${date} lies before the financial year of the entry (${dated}). Date the reversal in that year or later.`,
	});
}

/** The date that the user gave, or the original's where it is open, or today's. */
async function dateOf(run: Run, item: number, original: LedgerEntry, lockedUntil: LockedUntil): Promise<IsoDate> {
	if (!isAbsent(parameter(run, 'date', item))) return required(run, 'date', item, readDate);
	const locked = await lockedUntil();
	if (original.date > locked) return original.date;
	const now = today();
	if (now <= locked) {
		throw new LedgerError({
			code: 'ERROR_PERIOD_CLOSED',
			field: 'date',
			message: `date: the books are locked up to and including ${locked}, so neither the date of the entry (${original.date}) nor today is open. Give a later date, or have the period unlocked in Fortnox.`,
		});
	}
	run.hint(`The period of ${original.series} ${original.number ?? ''} (${original.date}) is locked, so its reversal is dated today, ${now}.`);
	return now;
}

function mirrored(row: EntryRow, index: number): VoucherRow {
	const facts = readTransactionInformation(row.information);
	const written = writeTransactionInformation({
		...facts,
		...(facts.originalAmount !== undefined && { originalAmount: -facts.originalAmount }),
	});
	return {
		field: `row ${index + 1}`,
		account: row.account,
		amount: -row.amount,
		...(row.costCenter !== undefined && { costCenter: row.costCenter }),
		...(row.project !== undefined && { project: row.project }),
		...(written && written.information !== '' && { information: written.information }),
	};
}

