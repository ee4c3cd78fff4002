import { unlessNotFound } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { compareEntries } from '../../ledger/balances';
import { formatEntryId, type EntryId } from '../../ledger/formats';
import { fromVoucher } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { mapSideBySide, sortInTurns } from '../../turns';
import { keyOf, MOST_READ_SINGLY, SINGLES_AT_ONCE, vouchersInFile, withHeaders } from './joinedEntries';

/**
 * Reads vouchers that are known by their ids: few by one request each, many of a financial year from the voucher
 * list joined with the year's SIE file.
 *
 * @returns in the order of the ids; undefined where there is no such voucher
 */
export async function readVouchersThere(run: Run, ids: readonly EntryId[]): Promise<Array<LedgerEntry | undefined>> {
	const found = new Map<string, LedgerEntry>();
	for (const yearId of new Set(ids.map((id) => id.yearId))) {
		const wanted = ids.filter((id) => id.yearId === yearId);
		if (wanted.length <= MOST_READ_SINGLY) continue;
		const year = (await run.fortnox.financialYears()).find(({ Id }) => Id === yearId);
		if (year === undefined) continue;
		for (const entry of await readMany(run, year, wanted)) {
			if (entry.number !== undefined) found.set(formatEntryId({ series: entry.series, number: entry.number, yearId }), entry);
		}
	}
	return await mapSideBySide(ids, SINGLES_AT_ONCE, async (id) => found.get(formatEntryId(id)) ?? (await readOne(run, id)));
}

/** Reads vouchers by one request each: a list may lack, cut or delay their comments, the voucher itself never does. */
export async function readVouchersSingly(run: Run, ids: readonly EntryId[]): Promise<Array<LedgerEntry | undefined>> {
	return await mapSideBySide(ids, SINGLES_AT_ONCE, async (id) => await readOne(run, id));
}

async function readOne(run: Run, { series, number, yearId }: EntryId): Promise<LedgerEntry | undefined> {
	const voucher = await unlessNotFound(run.fortnox.voucher(series, number, yearId));
	return voucher && fromVoucher(voucher);
}

async function readMany(run: Run, year: FortnoxFinancialYear, ids: readonly EntryId[]): Promise<LedgerEntry[]> {
	const keys = new Set(ids.map(keyOf));
	const file = await vouchersInFile(run, year, (voucher) => keys.has(keyOf(voucher)));
	if (file === undefined) return [];
	const vouchers = await sortInTurns([...file.kept.values()], compareEntries);
	return (await withHeaders(run, year, { vouchers, perDay: file.perDay }, true)).map(({ entry }) => entry);
}
