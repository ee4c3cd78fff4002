import type { IDataObject } from 'n8n-workflow';
import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import { isObject } from '../../unified/readObject';
import { cursorFromStored, cursorToStored, overlapSince, readChanges, type ChangeCursor, type ChangingList } from './changes';
import { Numbers, type Key } from './numbers';

/** Fortnox numbers the vouchers of a series one after the other, so more ranges than this only come of a mistake. */
const MOST_RANGES = 100;

/** For a year that was opened since the last look, all of whose entries are new: before any entry was changed through an API. */
const EVER = Date.UTC(2000, 0, 1);

/**
 * How far one financial year is reported. Where only new vouchers are, `upTo` is Fortnox's clock at the last look, and
 * `reported` is of no use.
 */
export interface YearState extends ChangeCursor {
	/** All voucher numbers that are not new. */
	known: Numbers;
}

export interface FoundVoucher {
	listed: FortnoxVoucherListItem;
	change: 'new' | 'changed';
}

export interface YearLook {
	found: FoundVoucher[];
	state: YearState;
}

export const keyOf = ({ VoucherSeries: series, VoucherNumber: number }: FortnoxVoucherListItem): Key => ({ series, number });

/** New vouchers are told by their numbers alone, so they are reported at once. One request. */
export async function lookForNew(list: ChangingList<FortnoxVoucherListItem>, { known, ...before }: YearState): Promise<YearLook> {
	const listed = await list.since(overlapSince(before));
	const found = listed.filter((voucher) => !known.has(keyOf(voucher)));
	found.forEach((voucher) => known.add(keyOf(voucher)));
	return {
		found: found.map((voucher) => ({ listed: voucher, change: 'new' })),
		state: { ...before, upTo: list.serverTime().getTime(), known },
	};
}

export async function lookForChanges(list: ChangingList<FortnoxVoucherListItem>, { known, ...before }: YearState): Promise<YearLook> {
	const { changed, cursor } = await readChanges(list, before);
	const found = changed.map((listed): FoundVoucher => ({ listed, change: known.has(keyOf(listed)) ? 'changed' : 'new' }));
	changed.forEach((voucher) => known.add(keyOf(voucher)));
	return { found, state: { ...cursor, known } };
}

export function yearToStored({ known, ...cursor }: YearState): IDataObject {
	known.fillGaps(MOST_RANGES);
	return { ...cursorToStored(cursor), known: known.toStored() };
}

export function yearFromStored(stored: unknown): YearState {
	if (!isObject(stored)) return { from: EVER, upTo: EVER, reported: new Numbers(), known: new Numbers() };
	return { ...cursorFromStored(stored), known: Numbers.fromStored(stored.known) };
}
