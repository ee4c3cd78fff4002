import { FortnoxError } from '../../fortnox/errors';
import { LIMIT, WINDOW_MS } from '../../fortnox/limiter';
import type { FortnoxFinancialYear, FortnoxVoucherWrite } from '../../fortnox/wire';
import { formatEntryId } from '../../ledger/formats';
import { writeComments } from '../../ledger/mark';
import { toSek } from '../../ledger/money';
import { LedgerError } from '../../ledger/problems';
import { fromVoucher } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import { readVouchers } from '../reading/readVouchers';
import type { Run } from '../../n8n/run';
import { RunFailure, StoppedWithOthers } from '../../n8n/together';
import { hasDay, noYearOfDate } from '../year';
import { attachOnce } from './attachments';
import { checkEntries } from './checks';
import { withClaims } from './claims';
import { markIndexOf, type MarkedVoucher } from './markIndex';
import { lookFor } from './settle';
import { isReady, type Outcome, type Posted, type PostHooks, type PreparedEntry, type ReadyEntry } from './types';

/** An entry on its way through a run. */
interface Slip {
	items: number[];
	entry?: ReadyEntry;
	year?: FortnoxFinancialYear;
	/** Where it was found in the ledger. */
	found?: MarkedVoucher;
	error?: unknown;
	posted?: Posted;
}

/** A slip that nothing is known against. */
interface OpenSlip extends Slip {
	entry: ReadyEntry;
	year: FortnoxFinancialYear;
}

function isOpen(slip: Slip): slip is OpenSlip {
	return slip.error === undefined && slip.entry !== undefined && slip.year !== undefined;
}

/**
 * Posts entries, each exactly once, or says why not. Before the first write every entry of the run is looked up and
 * checked; where the user chose to stop on errors, one bad entry means that nothing is posted.
 *
 * @returns one outcome per entry, in their order
 * @throws {RunFailure} with the first entry's error, where the user chose to stop on errors
 * @throws {StoppedWithOthers} where another company's entries failed then
 */
export async function postEntries(run: Run, entries: readonly PreparedEntry[], hooks: PostHooks = {}): Promise<Outcome[]> {
	const slips = entries.map(
		(entry): Slip => (isReady(entry) ? { items: entry.items, entry } : { items: entry.items, error: entry.error }),
	);
	await findYears(run, slips);
	refuseRepeatedNumbers(slips);
	stopOnError(run, slips);
	const claims = slips.filter(isOpen).map(({ entry }) => nameOf(run, entry));
	await withClaims(run, claims, async () => {
		await lookUp(run, slips.filter(isOpen));
		await lookLongerForUnclear(run, slips);
		await check(run, slips, hooks);
		stopOnError(run, slips);
		preview(slips);
		// The entries of the execution's other companies are checked by then, too.
		await run.together.meet();
		await makeReady(slips, hooks);
		stopOnError(run, slips);
		await run.together.meet();
		await post(run, slips);
		await returnFound(run, slips);
		await lookForTwins(run, slips);
	});
	return slips.map(({ items, error, posted }) => (error === undefined && posted ? posted : { items, error }));
}

/** With On Error: Stop, the first bad entry ends the run before anything is posted. */
function stopOnError(run: Run, slips: readonly Slip[]): void {
	if (run.context.continueOnFail()) return;
	const refused = slips.filter(({ error }) => error !== undefined);
	const [first] = refused;
	if (first === undefined) return;
	const others = refused.length > 1 ? ` ${refused.length} of the run's ${slips.length} entries were refused; this is the first.` : '';
	throw new RunFailure(first.error, first.items[0] ?? 0, `Nothing was posted.${others}`);
}

async function findYears(run: Run, slips: readonly Slip[]): Promise<void> {
	const find = async (fresh: boolean): Promise<boolean> => {
		const years = await run.fortnox.financialYears({ fresh });
		for (const slip of slips) {
			const { entry } = slip;
			if (entry) slip.year ??= years.find(hasDay(entry.voucher.date));
		}
		return slips.every(({ entry, year }) => entry === undefined || year !== undefined);
	};
	if (!slips.some(({ entry }) => entry !== undefined) || (await find(false)) || (await find(true))) return;
	for (const slip of slips) {
		if (slip.entry !== undefined && slip.year === undefined) slip.error = noYearOfDate(slip.entry.voucher.date);
	}
}

/** A number that occurs twice in one run would be posted once or not at all, and nobody could say which entry it was. */
function refuseRepeatedNumbers(slips: readonly Slip[]): void {
	const byKey = new Map<string, OpenSlip[]>();
	for (const slip of slips.filter(isOpen)) {
		// What is looked for in several years may be there once in all of them.
		const year = slip.entry.alsoIn === undefined ? slip.year.Id : 'any';
		const key = `${year}\n${slip.entry.mark.key}`;
		byKey.set(key, [...(byKey.get(key) ?? []), slip]);
	}
	for (const same of byKey.values()) {
		if (same.length === 1) continue;
		for (const slip of same) {
			slip.error = new LedgerError({
				code: 'ERROR_NUMBER_ALREADY_USED',
				field: 'number',
				message: `number: ${slip.entry.name} occurs ${same.length} times in this run (items ${same.map(({ items }) => items[0]).join(', ')}). Give every entry a number of its own.`,
			});
		}
	}
}

/** Finds the entries that are in the ledger already. */
async function lookUp(run: Run, slips: readonly OpenSlip[]): Promise<void> {
	const years = new Set(slips.flatMap(yearsOf));
	for (const id of years) {
		const index = markIndexOf(run.fortnox.tenantKey, id);
		const ofYear = slips.filter((slip) => yearsOf(slip).includes(id));
		await index.advance(run.fortnox);
		await index.readHidden(run.fortnox, ofYear.map(wantedBy));
		for (const slip of ofYear) recognise(slip, index.withKey(slip.entry.mark.key));
	}
}

/**
 * Entries whose posting got no clear answer a while ago, by key, and when (monotonic, ms). Fortnox or a gateway may
 * still book them, so a run that comes soon after looks longer before it posts again.
 */
const unclear = new Map<string, number>();
const UNCLEAR_FOR_MS = 10 * 60_000;

async function lookLongerForUnclear(run: Run, slips: readonly Slip[]): Promise<void> {
	for (const [key, since] of unclear) if (since < performance.now() - UNCLEAR_FOR_MS) unclear.delete(key);
	const doubtful = toPost(slips).filter((slip) => unclear.has(nameOf(run, slip.entry)));
	await Promise.all(
		doubtful.map(async (slip) => {
			const index = markIndexOf(run.fortnox.tenantKey, slip.year.Id);
			const found = await lookFor(run, index, slip.entry.voucher.journalId, wantedBy(slip), slip.entry.options.outcomeTimeoutMs);
			if (found) recognise(slip, [found]);
		}),
	);
}

/** An entry's name among all that the process posts. */
function nameOf(run: Run, { mark }: ReadyEntry): string {
	return `${run.fortnox.tenantKey}\n${mark.key}`;
}

function yearsOf({ entry, year }: OpenSlip): number[] {
	return [year.Id, ...(entry.alsoIn ?? [])];
}

function wantedBy({ entry }: OpenSlip): { key: string; date: string; description: string } {
	return { key: entry.mark.key, date: entry.voucher.date, description: entry.voucher.description };
}

/** The same mark and the same content is the same entry; the same mark with other content is an error. */
function recognise(slip: OpenSlip, found: readonly MarkedVoucher[]): void {
	const [first] = found;
	if (first === undefined) return;
	const same = found.find(({ mark }) => mark.digest === slip.entry.mark.digest);
	if (same !== undefined) {
		slip.found = same;
		return;
	}
	slip.error = new LedgerError({
		code: 'ERROR_NUMBER_ALREADY_USED',
		field: 'number',
		message: `number: ${slip.entry.name} was already posted as ${idOf(first)} with other content (digest ${first.mark.digest} there, ${slip.entry.mark.digest} now). Use another number, or reverse ${idOf(first)} if it is wrong.`,
	});
}

function idOf({ series, number, year }: MarkedVoucher): string {
	return formatEntryId({ series, number, yearId: year });
}

async function check(run: Run, slips: readonly Slip[], { review }: PostHooks): Promise<void> {
	const toCheck = new Map(absentOf(slips).map((slip) => [{ voucher: slip.entry.voucher, year: slip.year, acceptVatBase: slip.entry.acceptVatBase }, slip]));
	const found = await checkEntries(run, [...toCheck.keys()]);
	const refused = [...toCheck].flatMap(([checked, slip]) => {
		const problems = found.get(checked) ?? [];
		return problems.length > 0 ? [{ slip, entry: slip.entry, year: slip.year, problems }] : [];
	});
	const reviewed = refused.length > 0 ? await review?.(refused) : undefined;
	for (const { slip, entry, problems } of refused) {
		const remaining = reviewed?.get(entry) ?? problems;
		if (remaining.length > 0) slip.error = new LedgerError(remaining);
	}
}

function absentOf(slips: readonly Slip[]): OpenSlip[] {
	return slips.filter(isOpen).filter(({ found }) => found === undefined);
}

/** What is neither there yet nor only to be checked. */
function toPost(slips: readonly Slip[]): OpenSlip[] {
	return absentOf(slips).filter(({ entry }) => !entry.options.dryRun);
}

async function makeReady(slips: readonly Slip[], { beforePosting }: PostHooks): Promise<void> {
	const absent = toPost(slips);
	const errors = absent.length > 0 ? await beforePosting?.(absent) : undefined;
	for (const slip of absent) slip.error = errors?.get(slip.entry);
}

function preview(slips: readonly Slip[]): void {
	for (const slip of absentOf(slips)) {
		if (slip.entry.options.dryRun) slip.posted = outcomeOf(slip, asPosted(slip), { dryRun: true });
	}
}

/** The entry as Fortnox will have it, but for its number. */
function asPosted({ entry, year }: OpenSlip): LedgerEntry {
	return {
		series: entry.voucher.journalId ?? '',
		year: year.Id,
		date: entry.voucher.date,
		description: entry.voucher.description,
		comments: writeComments(entry.mark, entry.voucher.comments),
		rows: entry.voucher.rows,
	};
}

function outcomeOf(slip: OpenSlip, inLedger: LedgerEntry, more: Partial<Posted> = {}): Posted {
	return { entry: slip.entry, inLedger, alreadyPosted: false, dryRun: false, twins: [], attachments: [], ...more };
}

/** How many entries are on their way at once where voucher numbers need not have the order of the items. */
const SIDE_BY_SIDE = 20;

/** Posts what is not there yet, in the order of the items, or side by side where none of the entries minds. */
async function post(run: Run, slips: readonly Slip[]): Promise<void> {
	const waiting = toPost(slips);
	const atOnce = waiting.every(({ entry }) => entry.options.sideBySide) ? SIDE_BY_SIDE : 1;
	let next = 0;
	let stopped = false;
	const work = async (): Promise<void> => {
		while (!stopped && !run.together.isStopped) {
			const slip = waiting[next++];
			if (slip === undefined) return;
			await postOne(run, slip);
			if (slip.error !== undefined && !run.context.continueOnFail()) stopped = true;
		}
	};
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work));
	if (atOnce === 1) tellWhatOrderCosts(run, waiting.length, performance.now() - startedAt);
	stopAfterPosting(run, slips);
}

/** With On Error: Stop, an entry that failed ends the run and those of other companies; the error says what stands in the ledgers by then. */
function stopAfterPosting(run: Run, slips: readonly Slip[]): void {
	if (run.context.continueOnFail()) return;
	const vouchers = slips.flatMap(({ posted, found }) => posted?.inLedger ?? found ?? []);
	const names = vouchers.map(({ series, number }) => `${series} ${number ?? ''}`);
	const range = names.length > 1 ? ` (${names[0]} to ${names[names.length - 1]})` : names.map((name) => ` (${name})`).join('');
	const note = `${names.length} of the run's ${slips.length} entries are in the ledger${range}.`;
	run.together.tell(run.fortnox.tenantId, note);
	const failed = slips.find(({ error }) => error !== undefined);
	if (failed !== undefined) throw new RunFailure(failed.error, failed.items[0] ?? 0, note);
	if (run.together.isStopped) throw new StoppedWithOthers();
}

/** With slow answers one entry after the other uses little of the limit; from this share of the time on it is worth a word. */
const ORDER_COSTS_MUCH = 1.5;
const FEW_ENTRIES = 25;

function tellWhatOrderCosts(run: Run, entries: number, tookMs: number): void {
	const atLimitMs = (entries * WINDOW_MS) / LIMIT;
	if (entries <= FEW_ENTRIES || tookMs < ORDER_COSTS_MUCH * atLimitMs) return;
	run.hint(
		`Posting ${entries} entries one after the other took ${Math.round(tookMs / 1000)} s; the limit would allow ${Math.round(atLimitMs / 1000)} s. Turn on 'Post Side by Side' if voucher numbers need not follow the order of the items.`,
	);
}

async function postOne(run: Run, slip: OpenSlip): Promise<void> {
	const index = markIndexOf(run.fortnox.tenantKey, slip.year.Id);
	try {
		const voucher = await run.fortnox.postVoucher(toWire(slip), slip.year.Id);
		slip.posted = outcomeOf(slip, fromVoucher(voucher), { raw: voucher });
		index.add({
			series: voucher.VoucherSeries,
			number: voucher.VoucherNumber,
			year: slip.year.Id,
			mark: slip.entry.mark,
		});
		slip.posted.attachments = await attachOnce(run, slip.entry, slip.posted.inLedger);
	} catch (error) {
		if (!(error instanceof FortnoxError) || error.outcome === 'refused' || slip.posted) {
			slip.error = error;
			return;
		}
		if (error.outcome === 'cancelled') {
			// The request may have been on its way.
			unclear.set(nameOf(run, slip.entry), performance.now());
			slip.error = error;
			return;
		}
		slip.found = await lookFor(run, index, slip.entry.voucher.journalId, wantedBy(slip), slip.entry.options.outcomeTimeoutMs);
		if (slip.found === undefined) {
			unclear.set(nameOf(run, slip.entry), performance.now());
			slip.error = outcomeUnknown(slip, error);
			return;
		}
		run.hint('An answer of Fortnox was lost; the entry was found in the ledger and not posted again.');
	}
}

function outcomeUnknown({ entry }: OpenSlip, cause: FortnoxError): LedgerError {
	const again = entry.lasting
		? 'Run again with the same number: if the entry is there by then it is returned, else it is posted; never twice.'
		: 'It has no number of its own, so look for it in Fortnox before you post it again; entries with a number can simply be run again.';
	return new LedgerError({
		code: 'ERROR_POST_OUTCOME_UNKNOWN',
		message: `It is not known whether ${entry.name} was posted: ${cause.message} The ledger did not show it within the outcome time-out. ${again}`,
	});
}

function toWire({ entry }: OpenSlip): FortnoxVoucherWrite {
	const { voucher, mark } = entry;
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

/** Reads the entries that were in the ledger already, or turned out to be, and returns them as they stand there. */
async function returnFound(run: Run, slips: readonly Slip[]): Promise<void> {
	const found = slips.filter(isOpen).flatMap((slip) => (slip.found ? [{ slip, at: slip.found }] : []));
	const ids = found.map(({ at }) => ({ series: at.series, number: at.number, yearId: at.year }));
	const read = await readVouchers(run, ids).then(
		(vouchers) => ({ vouchers, error: undefined }),
		(error: unknown) => ({ vouchers: [], error }),
	);
	for (const [position, { slip, at }] of found.entries()) {
		const inLedger = read.vouchers[position];
		if (inLedger === undefined) {
			slip.error = read.error;
			continue;
		}
		const { dryRun } = slip.entry.options;
		slip.posted = outcomeOf(slip, inLedger, { alreadyPosted: true, dryRun });
		if (!dryRun) await attachToFound(run, slip, { ...inLedger, number: at.number });
	}
	stopAfterPosting(run, slips);
}

async function attachToFound(run: Run, slip: OpenSlip, inLedger: LedgerEntry): Promise<void> {
	await attachOnce(run, slip.entry, inLedger).then(
		(attachments) => {
			if (slip.posted) slip.posted.attachments = attachments;
		},
		(error: unknown) => {
			slip.error = error;
		},
	);
}

/** Other processes can't be locked out: where one posted the same entry in the same moment, both vouchers are named. */
async function lookForTwins(run: Run, slips: readonly Slip[]): Promise<void> {
	const posted = slips.filter(isOpen).filter(({ posted: own }) => own?.alreadyPosted === false && !own.dryRun);
	for (const id of new Set(posted.map(({ year }) => year.Id))) {
		const index = markIndexOf(run.fortnox.tenantKey, id);
		try {
			await index.advance(run.fortnox);
		} catch {
			run.hint('The entries were posted, but the last look for doubles of other processes did not succeed.');
			continue;
		}
		for (const { entry, posted: own } of posted.filter(({ year }) => year.Id === id)) {
			if (!own) continue;
			own.twins = index
				.withKey(entry.mark.key)
				.filter(({ series, number }) => series !== own.inLedger.series || number !== own.inLedger.number);
		}
	}
}
