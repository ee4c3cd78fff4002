import type { IDataObject } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import type { FortnoxFinancialYear, FortnoxVoucherListItem } from '../../fortnox/wire';
import { addDays, today } from '../../ledger/dates';
import { isObject } from '../../unified/readObject';
import { toItems } from './entries';
import { append } from '../../lists';
import type { Watch } from './watch';

/** Fortnox's `ApprovalState` of an entry that was approved; 1 and 2 await it. */
const APPROVED = 3;

/** Entries of a year are approved in it or soon after. */
const BUSY_AFTER_END_DAYS = 365;

/** Where a series with an approver stands: the numbers that await approval, and the highest one that was seen. */
interface SeriesState {
	pending: number[];
	upTo: number;
}

interface Listed {
	year: FortnoxFinancialYear;
	/** Year id and series code, as the state names them. */
	key: string;
	vouchers: FortnoxVoucherListItem[];
}

/** The entries of all series that have an approver: one list per series, since nobody says that an approval changes the time of change. */
async function listSeries(fortnox: FortnoxApi, wanted: string | undefined): Promise<Listed[]> {
	const found: Listed[] = [];
	const now = today(fortnox.serverTime());
	for (const year of await fortnox.financialYears()) {
		if (addDays(year.ToDate, BUSY_AFTER_END_DAYS) < now) continue;
		for (const { Code, Approver } of await fortnox.voucherSeries(year.Id, { fresh: true })) {
			if (!Approver || (wanted !== undefined && Code !== wanted)) continue;
			found.push({ year, key: `${year.Id} ${Code}`, vouchers: await fortnox.vouchers({ financialYear: year.Id, series: Code }) });
		}
	}
	return found;
}

function stateOf({ vouchers }: Listed): SeriesState {
	return {
		pending: vouchers.filter(({ ApprovalState }) => ApprovalState === 1 || ApprovalState === 2).map(({ VoucherNumber }) => VoucherNumber),
		upTo: vouchers.reduce((highest, { VoucherNumber }) => Math.max(highest, VoucherNumber), 0),
	};
}

function stored(state: SeriesState): IDataObject {
	return { ...state };
}

function readState(kept: unknown): SeriesState | undefined {
	if (!isObject(kept) || !Array.isArray(kept.pending) || typeof kept.upTo !== 'number') return undefined;
	return { pending: kept.pending.map(Number), upTo: kept.upTo };
}

/** Approved now, and awaited approval at the last look, or was not there yet. A series that is new to the watch is only noted. */
function approvedSince({ vouchers }: Listed, before: SeriesState | undefined): FortnoxVoucherListItem[] {
	if (before === undefined) return [];
	const awaited = new Set(before.pending);
	return vouchers.filter(
		({ ApprovalState, VoucherNumber }) => ApprovalState === APPROVED && (awaited.has(VoucherNumber) || VoucherNumber > before.upTo),
	);
}

export const entryApproved: Watch = {
	value: 'entryApproved',
	isByMinute: false,
	simplifiedAs: 'journalEntry.get',
	name: 'Journal Entry Approved',
	description: 'When an entry of a series that has an approver is approved',
	start: async ({ fortnox, journal }) => {
		const series = await listSeries(fortnox, journal);
		return Object.fromEntries(series.map((listed) => [listed.key, stored(stateOf(listed))]));
	},
	look: async (watcher, state) => {
		const happened: IDataObject[] = [];
		const next: IDataObject = {};
		for (const listed of await listSeries(watcher.fortnox, watcher.journal)) {
			const approved = approvedSince(listed, readState(state[listed.key]));
			const items = await toItems(
				watcher,
				listed.year,
				approved.map((voucher) => ({ listed: voucher, change: 'changed' })),
			);
			append(
				happened,
				items.map((item) => ({ ...item, change: 'approved' })),
			);
			next[listed.key] = stored(stateOf(listed));
		}
		return { happened, state: next };
	},
	sample: async (watcher) => {
		for (const { year, vouchers } of (await listSeries(watcher.fortnox, watcher.journal)).reverse()) {
			const newest = vouchers.filter(({ ApprovalState }) => ApprovalState === APPROVED).slice(-1);
			const [item] = await toItems(
				watcher,
				year,
				newest.map((voucher) => ({ listed: voucher, change: 'changed' })),
			);
			if (item) return { ...item, change: 'approved' };
		}
		return undefined;
	},
};
