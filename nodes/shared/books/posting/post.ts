import { FortnoxError } from '../../fortnox/errors';
import { LIMIT, WINDOW_MS } from '../../fortnox/limiter';
import type { FortnoxFinancialYear, FortnoxVoucher, FortnoxVoucherWrite } from '../../fortnox/wire';
import { writeComments } from '../../ledger/mark';
import { toSek } from '../../ledger/money';
import { LedgerError } from '../../ledger/problems';
import { readComments } from '../../ledger/readMark';
import { fromVoucher } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { RunFailure, StoppedWithOthers } from '../../n8n/together';
import type { MarkedVoucher } from '../marks/knownMarks';
import { idOf } from '../marks/ledgerMarks';
import { markIndexOf, type MarkIndex } from '../marks/markIndex';
import { attachOnce } from './attachments';
import { bookTheSame } from './differences';
import { isFinished } from './following';
import { locate, wantedBy } from './locate';
import { lookFor } from './settle';
import { filterInTurns } from '../../turns';
import {
	done,
	fail,
	inLedgerOf,
	isFailed,
	isPlaced,
	leadersAmong,
	nameOf,
	pairsAmong,
	stageOf,
	type Placed,
	type PlacedSlip,
	type Slip,
} from './slip';
import type { ReadyEntry } from './types';

/**
 * Entries whose posting got no clear answer a while ago, by key, and when (monotonic, ms). Fortnox or a gateway may
 * still book them, so a run that comes soon after looks longer before it posts again.
 */
const unclear = new Map<string, number>();
const LOOK_LONGER_FOR_MS = 10 * 60_000;

/**
 * After that, one look tells, but one that reads the newest numbers: an entry that came into a lagging list late, the
 * looks in between have passed over. Fortnox's list has caught up by the next day.
 */
const UNCLEAR_FOR_MS = 24 * 60 * 60_000;

/** The oldest are dropped first. */
const MOST_UNCLEAR = 10_000;

function noteUnclear(name: string): void {
	unclear.delete(name);
	unclear.set(name, performance.now());
	const [oldest] = unclear.keys();
	if (unclear.size > MOST_UNCLEAR && oldest !== undefined) unclear.delete(oldest);
}

export async function lookLongerForUnclear(run: Run, slips: readonly Slip[], years: readonly FortnoxFinancialYear[]): Promise<void> {
	for (const [key, since] of unclear) if (since < performance.now() - UNCLEAR_FOR_MS) unclear.delete(key);
	if (unclear.size === 0) return;
	const isDoubtful = ({ state: { entry } }: PlacedSlip): boolean => !entry.options.dryRun && unclear.has(nameOf(run, entry));
	const doubtful = await filterInTurns(await filterInTurns(slips, isPlaced), isDoubtful);
	const now = performance.now();
	const timeoutOf = ({ state: { entry } }: PlacedSlip): number =>
		(unclear.get(nameOf(run, entry)) ?? 0) < now - LOOK_LONGER_FOR_MS ? 0 : entry.options.outcomeTimeoutMs;
	await Promise.all(
		doubtful.map(async (slip) => {
			// What was on its way may have had other content.
			const before = new Set(indexOf(run, slip).withKey(slip.state.mark.key).map(idOf));
			await search(run, slip, (found) => !before.has(idOf(found)), timeoutOf(slip));
		}),
	);
	await locate(run, doubtful, years);
}

/** Looks for an entry at rising intervals. @returns whether it has shown up */
async function search(run: Run, slip: PlacedSlip, isIt: (found: MarkedVoucher) => boolean, timeoutMs: number): Promise<boolean> {
	const { voucher } = slip.state.entry;
	const wanted = { series: voucher.journalId, wanted: wantedBy(slip), isIt, timeoutMs };
	return (await lookFor(run, { index: indexOf(run, slip), ...wanted })) !== undefined;
}

function indexOf(run: Run, { state: { year } }: PlacedSlip): MarkIndex {
	return markIndexOf(run.fortnox.tenantKey, year.Id);
}

/** How many entries are on their way at once where voucher numbers need not have the order of the items. */
const SIDE_BY_SIDE = 20;

/** Posts what is not there yet, in the order of the items, or side by side where all of them may be. */
export async function post(run: Run, slips: readonly Slip[]): Promise<void> {
	const waiting = await filterInTurns(slips, isPlaced);
	if (waiting.length === 0) return;
	const [pairs, leaders] = [await pairsAmong(slips), await leadersAmong(slips)];
	const atOnce = waiting.every(({ state }) => state.entry.options.sideBySide) ? SIDE_BY_SIDE : 1;
	let next = 0;
	let stopped = false;
	const work = async (): Promise<void> => {
		while (!stopped && !run.together.isStopped) {
			const slip = waiting[next++];
			if (slip === undefined) return;
			const failed = pairs.get(slip.state.entry.pair ?? '')?.find(isFailed);
			if (failed) fail(slip, failed.state.error);
			else if (await isFinished(run, slip, leaders)) await postOne(run, slip);
			if (stageOf(slip) === 'failed' && !run.context.continueOnFail()) stopped = true;
		}
	};
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work));
	if (atOnce === 1) tellWhatOrderCosts(run, waiting.length, performance.now() - startedAt);
	stopAfterPosting(run, slips);
}

/**
 * With On Error: Stop, an entry that failed ends the run and those of other companies; the error says what is known to
 * stand in the ledgers by then.
 */
function stopAfterPosting(run: Run, slips: readonly Slip[]): void {
	if (run.context.continueOnFail()) return;
	const note = inLedgerNow(slips);
	run.together.tell(run.fortnox.tenantId, note);
	const failed = slips.find(isFailed);
	if (failed !== undefined) throw new RunFailure(failed.state.error, failed.items[0] ?? 0, note);
	if (run.together.isStopped) throw new StoppedWithOthers();
}

/** What is known of a run's entries: how many are in the ledger, of how many that is not known. */
export function inLedgerNow(slips: readonly Slip[]): string {
	const vouchers = slips.flatMap((slip) => inLedgerOf(slip) ?? []);
	const [first, last] = [vouchers[0], vouchers.at(-1)].map((voucher) => `${voucher?.series ?? ''} ${voucher?.number ?? ''}`);
	const range = vouchers.length > 1 ? ` (${first} to ${last})` : vouchers.map(() => ` (${first})`).join('');
	const unknown = slips.filter((slip) => isFailed(slip) && slip.state.isUnclear).length;
	const rest = unknown === 0 ? '' : ` Of ${unknown} it is not known.`;
	return `${vouchers.length === 0 && unknown > 0 ? 'None' : vouchers.length} of the run's ${slips.length} entries ${unknown > 0 ? 'are known to be' : 'are'} in the ledger${range}.${rest}`;
}

/** If answers are slow, posting in sequence leaves most of the limit unused. Beyond this ratio, a hint says so. */
const ORDER_COSTS_MUCH = 1.5;
const FEW_ENTRIES = 25;

function tellWhatOrderCosts(run: Run, entries: number, tookMs: number): void {
	const atLimitMs = (entries * WINDOW_MS) / LIMIT;
	if (entries <= FEW_ENTRIES || tookMs < ORDER_COSTS_MUCH * atLimitMs) return;
	run.hint(
		`Posting ${entries} entries one after the other took ${Math.round(tookMs / 1000)} s; the limit would allow ${Math.round(atLimitMs / 1000)} s. Turn on 'Post Side by Side' if voucher numbers need not follow the order of the items.`,
	);
}

async function postOne(run: Run, slip: PlacedSlip): Promise<void> {
	const placed = slip.state;
	try {
		const voucher = await run.fortnox.postVoucher(toWire(placed), placed.year.Id);
		if (isWhatWasSent(voucher, placed)) {
			await accept(run, slip, placed, { inLedger: fromVoucher(voucher), raw: voucher });
			return;
		}
		await settle(run, slip, 'Fortnox answered that it booked a voucher, but the answer does not show this one.');
	} catch (error) {
		if (stageOf(slip) !== 'placed' || !(error instanceof FortnoxError) || error.outcome === 'refused') {
			fail(slip, error);
			return;
		}
		if (error.outcome === 'cancelled') {
			// The request may have been on its way.
			noteUnclear(nameOf(run, placed.entry));
			fail(slip, error, true);
			return;
		}
		await settle(run, slip, error.message);
	}
}

async function accept(run: Run, slip: Slip, placed: Placed, { inLedger, raw }: { inLedger: LedgerEntry; raw: object }): Promise<void> {
	const { entry, year, mark } = placed;
	const { series, number } = inLedger;
	const { posted } = (slip.state = done(placed, inLedger, { raw }));
	if (number !== undefined) markIndexOf(run.fortnox.tenantKey, year.Id).add({ series, number, year: year.Id, mark });
	unclear.delete(nameOf(run, entry));
	posted.attachments = await attachOnce(run, entry, inLedger, false);
}

/** Whether an answer shows the voucher that was sent: series, day, mark and sums. Anything else proves nothing. */
function isWhatWasSent(voucher: Partial<FortnoxVoucher>, { entry, mark, year }: Placed): boolean {
	const { VoucherSeries, VoucherNumber, TransactionDate, VoucherRows, Year, Comments } = voucher;
	if (VoucherSeries !== entry.voucher.journalId || TransactionDate !== entry.voucher.date || Year !== year.Id) return false;
	if (!Number.isInteger(VoucherNumber) || !Array.isArray(VoucherRows)) return false;
	const isMarked = readComments(Comments).marks.some(({ key, digest }) => key === mark.key && digest === mark.digest);
	const amounts = VoucherRows.filter(({ Removed }) => Removed !== true).map((row) => ({
		account: row.Account,
		amount: Math.round((row.Debit - row.Credit) * 100),
	}));
	return (
		isMarked &&
		bookTheSame(
			amounts,
			entry.voucher.rows.map(({ account, amount }) => ({ account, amount })),
		)
	);
}

/** Looks for an entry whose posting got no clear answer. */
async function settle(run: Run, slip: PlacedSlip, why: string): Promise<void> {
	const { entry, mark } = slip.state;
	const name = nameOf(run, entry);
	noteUnclear(name);
	const isIt = (found: MarkedVoucher): boolean => found.mark.digest === mark.digest && found.mark.generation === mark.generation;
	if (await search(run, slip, isIt, entry.options.outcomeTimeoutMs)) {
		await locate(run, [slip], await run.fortnox.financialYears());
		const located: Slip = slip;
		// The list shows its mark, and the voucher does not fit it.
		if (isFailed(located)) fail(located, located.state.error, true);
		if (stageOf(located) === 'failed') return;
		if (stageOf(located) === 'found') {
			unclear.delete(name);
			run.hint('An answer of Fortnox was lost; the entry was found in the ledger and not posted again.');
			return;
		}
	}
	fail(slip, outcomeUnknown(entry, why), true);
}

function outcomeUnknown(entry: ReadyEntry, why: string): LedgerError {
	const again = entry.lasting
		? 'Run again with the same number after a while: what the ledger shows by then is returned, and only what it does not show is posted.'
		: 'It has no number of its own, so look for it in Fortnox before you post it again; entries with a number can simply be run again.';
	return new LedgerError({
		code: 'ERROR_POST_OUTCOME_UNKNOWN',
		message: `It is not known whether ${entry.name} was posted: ${why} The ledger did not show it within the outcome time-out; Fortnox may still book it. ${again}`,
	});
}

function toWire({ entry: { voucher }, mark }: Placed): FortnoxVoucherWrite {
	return {
		VoucherSeries: voucher.journalId ?? '',
		TransactionDate: voucher.date,
		Description: voucher.description,
		Comments: writeComments(mark, voucher.comments),
		VoucherRows: voucher.rows.map((row) => ({
			Account: row.account,
			...(row.amount > 0 ? { Debit: toSek(row.amount) } : { Credit: toSek(-row.amount) }),
			...(row.costCenter !== undefined && { CostCenter: row.costCenter }),
			...(row.project !== undefined && { Project: row.project }),
			...(row.information !== undefined && { TransactionInformation: row.information }),
			...(row.quantity !== undefined && { Quantity: row.quantity }),
		})),
	};
}
