import type { IDataObject } from 'n8n-workflow';
import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import { isObject } from '../../unified/readObject';
import { cursorFromStored, cursorToStored, overlapSince, readChanges, type ChangeCursor, type ChangingList } from './changes';
import { Numbers, type Key } from './numbers';
import { Prints } from './prints';

/** Fortnox numbers the vouchers of a series one after the other, so more ranges than this only come of a mistake. */
const MOST_RANGES = 100;

/** So far Fortnox's clock may go back between two looks, ms: servers differ by seconds, and the overlap of looks is larger. */
const FAST_MS = 60_000;

/** For a year that was opened since the last look, all of whose entries are new: before any entry was changed through an API. */
const EVER = Date.UTC(2000, 0, 1);

/**
 * How far one financial year is reported. Where only new vouchers are, `upTo` is Fortnox's clock at the last look, and
 * `reported` is of no use.
 */
export interface YearState extends ChangeCursor {
	/** All voucher numbers that are not new. */
	known: Numbers;
	/** What the newest vouchers of each series said, by series and number: a number may be given out a second time. */
	prints: Prints;
}

export interface FoundVoucher {
	listed: FortnoxVoucherListItem;
	change: 'new' | 'changed';
}

interface YearLook {
	found: FoundVoucher[];
	state: YearState;
}

export const keyOf = ({ VoucherSeries: series, VoucherNumber: number }: FortnoxVoucherListItem): Key => ({ series, number });

/**
 * New vouchers are recognised by their numbers alone, so they are reported at once; a number that another voucher took over
 * after its own was deleted is new as well. One request.
 */
export async function lookForNew(list: ChangingList<FortnoxVoucherListItem>, state: YearState): Promise<YearLook> {
	const listed = await list.since(overlapSince(state));
	const now = list.serverTime().getTime();
	// The last look took a clock that was fast for the server's, so that this one asked too late.
	const since = state.upTo > now + FAST_MS ? await list.since(overlapSince({ ...state, upTo: state.from })) : listed;
	const found = since.filter((voucher) => isNew(voucher, state));
	note(since, state);
	return { found: found.map((voucher) => ({ listed: voucher, change: 'new' })), state: { ...state, upTo: now } };
}

export async function lookForChanges(list: ChangingList<FortnoxVoucherListItem>, state: YearState): Promise<YearLook> {
	const { changed, cursor } = await readChanges(list, state);
	const found = changed.map((listed): FoundVoucher => ({ listed, change: isNew(listed, state) ? 'new' : 'changed' }));
	note(changed, state);
	return { found, state: { ...state, ...cursor } };
}

function isNew(voucher: FortnoxVoucherListItem, { known, prints }: YearState): boolean {
	return !known.has(keyOf(voucher)) || prints.tellsAnother(voucher);
}

function note(listed: readonly FortnoxVoucherListItem[], { known, prints }: YearState): void {
	for (const voucher of listed) {
		known.add(keyOf(voucher));
		prints.add(voucher);
	}
}

/** A voucher that was deleted before it was read is not known: whatever takes over its number is new. */
export function forget(deleted: FortnoxVoucherListItem, { known, prints }: YearState): void {
	known.remove(keyOf(deleted));
	prints.remove(deleted);
}

export function yearToStored({ known, prints, ...cursor }: YearState): IDataObject {
	known.fillGaps(MOST_RANGES);
	return { ...cursorToStored(cursor), known: known.toStored(), prints: prints.toStored() };
}

export function yearFromStored(stored: unknown): YearState {
	if (!isObject(stored)) return { from: EVER, upTo: EVER, reported: new Numbers(), known: new Numbers(), prints: new Prints() };
	return { ...cursorFromStored(stored), known: Numbers.fromStored(stored.known), prints: Prints.fromStored(stored.prints) };
}
