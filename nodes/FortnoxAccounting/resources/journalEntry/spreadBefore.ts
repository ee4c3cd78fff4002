import { keyOfNumber, keyOfOrigin } from '../../../shared/ledger/mark';
import { addDays } from '../../../shared/ledger/dates';
import { LedgerError } from '../../../shared/ledger/problems';
import { readComments } from '../../../shared/ledger/readMark';
import type { LedgerEntry } from '../../../shared/unified/entryDraft';
import { idOf, marksFrom, type LedgerMarks } from '../../../shared/books/marks/ledgerMarks';
import type { MarkedVoucher } from '../../../shared/books/marks/knownMarks';
import { NEAR_DAYS } from '../../../shared/books/posting/place';
import { hasDay } from '../../../shared/books/year';
import { isReady, type PreparedEntry, type ReadyEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';

/** A line of an entry that is to be spread. */
interface SpreadLine {
	id: string;
	entry: LedgerEntry;
	/** Counted from 1. */
	position: number;
	account: number;
}

/** What the entries of a spread line carry as their reference: `A-17-3/1`. */
export function referenceOf({ id, position }: Pick<SpreadLine, 'id' | 'position'>): string {
	return `${id}/${position}`;
}

/** How many entries an error names. */
const MOST_NAMED = 5;

/**
 * Why a line is not to be spread: its entry was reversed, or the line is spread already, by this operation or with the entry.
 * Of no account for entries that are in the ledger already.
 *
 * @param entries those that are about to be posted
 */
export async function whyNotSpread(run: Run, line: SpreadLine, entries: readonly ReadyEntry[]): Promise<LedgerError | undefined> {
	const { id, entry } = line;
	// Costs of December that came in January are spread into the year before.
	const before = (await run.fortnox.financialYears()).find(hasDay(addDays(entry.date, -NEAR_DAYS)));
	const marks = await marksFrom(run, before?.Id ?? entry.year ?? 0);
	const { reversed_by: reversal, corrected_by: correction } = marks.linksOf(id, readComments(entry.comments).mark);
	if (reversal !== undefined) {
		const instead = correction === undefined ? '' : ` ${correction} corrects it; spread a line of that one.`;
		return objection('journalEntryId', `${id} was reversed by ${reversal}, so that nothing of it is left to spread.${instead}`);
	}
	const own = new Set(entries.map(({ mark }) => mark.key));
	const spread = marks.withReference(referenceOf(line)).filter((voucher) => !own.has(voucher.mark.key) && marks.stands(idOf(voucher)));
	if (spread.length > 0) return spreadAlready(line, spread);
	const withEntry = await spreadWithEntry(run, marks, line);
	return withEntry === undefined ? undefined : spreadAlready(line, [withEntry]);
}

/** The first month of a line that was given a period when its entry was posted, and waits on this account since. */
async function spreadWithEntry(run: Run, marks: LedgerMarks, { entry, account }: SpreadLine): Promise<MarkedVoucher | undefined> {
	const { mark } = readComments(entry.comments);
	if (mark === undefined) return undefined;
	const { key, number } = mark;
	const first = marks
		.withKey(number === undefined ? keyOfOrigin('spread', `${key}/1`) : keyOfNumber(`${number}/1`))
		.find((voucher) => voucher.mark.reference === number && marks.stands(idOf(voucher)));
	if (first === undefined) return undefined;
	const { VoucherRows: rows } = await run.fortnox.voucher(first.series, first.number, first.year);
	return rows.some((row) => row.Account === account && !row.Removed) ? first : undefined;
}

function spreadAlready(line: SpreadLine, vouchers: readonly MarkedVoucher[]): LedgerError {
	const named = vouchers.slice(0, MOST_NAMED).map((voucher) => {
		const { number } = voucher.mark;
		return number === undefined ? idOf(voucher) : `${idOf(voucher)}, number ${number}`;
	});
	const more = vouchers.length > MOST_NAMED ? ', …' : '';
	const message = `line ${line.position} of ${line.id} is spread already (${named.join('; ')}${more}).`;
	return objection('lineNumber', `${message} To spread it in another way, reverse those entries first.`);
}

/** Two items of a run that would spread the same line: neither is in the ledger yet, and nobody could say which one is meant. */
export function refuseSameLine(prepared: readonly PreparedEntry[]): PreparedEntry[] {
	const items = new Map<string, Set<number>>();
	for (const { reference, item } of prepared.flatMap(spreadOf)) items.set(reference, (items.get(reference) ?? new Set()).add(item));
	const errors = new Map<number, LedgerError>();
	for (const [reference, asking] of items) {
		if (asking.size < 2) continue;
		const message = `the line ${reference} is spread by the items ${[...asking].join(', ')} of this run. Spread it once.`;
		for (const item of asking) errors.set(item, objection('lineNumber', message));
	}
	return prepared.map((entry) => {
		const error = errors.get(entry.items[0] ?? -1);
		return error === undefined ? entry : { items: entry.items, error };
	});
}

function spreadOf(entry: PreparedEntry): Array<{ reference: string; item: number }> {
	const [item] = entry.items;
	const reference = isReady(entry) ? entry.mark.reference : undefined;
	return reference === undefined || item === undefined ? [] : [{ reference, item }];
}

function objection(field: string, message: string): LedgerError {
	return new LedgerError({ code: 'ERROR_ENTRY_HAS_INVALID_STATUS', field, message: `${field}: ${message}` });
}
