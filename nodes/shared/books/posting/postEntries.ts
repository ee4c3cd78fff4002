import { LedgerError, type Problem } from '../../ledger/problems';
import { writeComments } from '../../ledger/mark';
import { MAX_COMMENTS } from '../../ledger/formats';
import { formatOre, sumOre } from '../../ledger/money';
import type { Run } from '../../n8n/run';
import { RunFailure } from '../../n8n/together';
import { attachFound } from './attachments';
import { checkEntries } from './checks';
import { withClaims } from './claims';
import { locateAll, proposedVoucher } from './following';
import { place } from './place';
import { inLedgerNow, lookLongerForUnclear, post } from './post';
import { sealOrCompare } from './proposal';
import { refusal } from './refusals';
import { refuseRivalsInRun } from './rivals';
import {
	asPosted,
	claimedBy,
	done,
	fail,
	isDone,
	isFailed,
	isOpen,
	isPlaced,
	leadersAmong,
	outcomeOf,
	pairsAmong,
	toSlip,
	type OpenSlip,
	type Placed,
	type Slip,
} from './slip';
import { refuseLeftBehind } from './spreadFrom';
import { tellOfSameContent } from './sameContent';
import { lookForTwins } from './twins';
import type { CheckedEntry, Outcome, PostHooks, PreparedEntry } from './types';
import { filterInTurns, giveWay, groupedInTurns, mapInTurns } from '../../turns';

/**
 * Posts entries, each exactly once, or says why not. Before the first write every entry of the run is looked up and
 * checked; where the user chose to stop on errors, one bad entry means that nothing is posted.
 *
 * Stages: place (financial year, journal) → locate (marks) → check (returns problems, writes nothing) → post → return.
 *
 * @returns one outcome per entry, in their order
 * @throws {RunFailure} with the first entry's error, where the user chose to stop on errors
 * @throws {StoppedWithOthers} where another company's entries failed then
 */
export async function postEntries(run: Run, entries: Iterable<PreparedEntry>, hooks: PostHooks = {}): Promise<Outcome[]> {
	const slips = await mapInTurns(entries, toSlip);
	const years = await place(run, slips);
	await refuseRepeatedNumbers(slips);
	await stopOnError(run, slips);
	await withClaims(run, await claimsOf(run, slips), async () => {
		await locateAll(run, slips, years);
		await lookLongerForUnclear(run, slips, years);
		await refuseLeftBehind(slips);
		await refuseRivalsInRun(slips);
		await check(run, slips, hooks);
		await sealOrCompare(run, slips);
		await failTogether(slips);
		await stopOnError(run, slips);
		await preview(slips);
		// The entries of the execution's other companies are checked by then, too.
		await run.together.meet();
		await makeReady(slips, hooks);
		await failTogether(slips);
		await stopOnError(run, slips);
		await run.together.meet();
		await post(run, slips);
		await returnFound(run, slips);
		await lookForTwins(run, slips);
		await tellOfSameContent(run, slips);
	});
	return await mapInTurns(slips, outcomeOf);
}

/** The names of all entries that are not refused yet, each once. */
async function claimsOf(run: Run, slips: readonly Slip[]): Promise<string[]> {
	const names = new Set<string>();
	for (const slip of slips) {
		if (isOpen(slip)) for (const name of claimedBy(run, slip.state.entry)) names.add(name);
		await giveWay();
	}
	return [...names];
}

/** With On Error: Stop, the first bad entry ends the run before anything is posted. */
async function stopOnError(run: Run, slips: readonly Slip[]): Promise<void> {
	if (run.context.continueOnFail()) return;
	const refused = await filterInTurns(slips, isFailed);
	const [first] = refused;
	if (first === undefined) return;
	const others = refused.length > 1 ? ` ${refused.length} of the run's ${slips.length} entries were refused; this is the first.` : '';
	throw new RunFailure(first.state.error, first.items[0] ?? 0, `Nothing was posted.${others}`);
}

/** How many of the items that share a number are named. */
const MOST_NAMED = 20;

/** A number that occurs twice in one run would be posted once or not at all, and nobody could say which entry it was. */
async function refuseRepeatedNumbers(slips: readonly Slip[]): Promise<void> {
	// What is looked for in several years may be there once in all of them.
	const byKey = await groupedInTurns(
		await filterInTurns(slips, isOpen),
		({ state: { entry, year, mark } }) => `${entry.alsoIn === undefined ? year.Id : 'any'}\n${mark.key}`,
	);
	for (const same of byKey.values()) {
		await giveWay();
		if (same.length === 1) continue;
		const where = `${same.length} times in this run (${placesOf(same)})`;
		const advice = same.find(({ state }) => state.entry.advice !== undefined)?.state.entry.advice ?? adviceFor(same);
		for (const slip of same) {
			await giveWay();
			const { entry } = slip.state;
			const message = `${entry.name} occurs ${where}. ${advice}`;
			fail(slip, new LedgerError(refusal(entry, 'ERROR_NUMBER_ALREADY_USED', message)));
		}
	}
}

/** The items, or of entries that one item makes, such as a file, how they are named. */
function placesOf(same: readonly OpenSlip[]): string {
	const more = same.length > MOST_NAMED ? ` and ${same.length - MOST_NAMED} more` : '';
	const first = same.slice(0, MOST_NAMED);
	const places = areOfOneItem(same) ? first.map(({ state }) => state.entry.name) : first.map(({ items: [item] }) => item);
	return `${areOfOneItem(same) ? '' : 'items '}${places.join(', ')}${more}`;
}

function areOfOneItem(same: readonly OpenSlip[]): boolean {
	return new Set(same.map(({ items: [item] }) => item)).size === 1;
}

/** Entries of several items with the same content are one that came twice. */
function adviceFor(same: readonly OpenSlip[]): string {
	const [first] = same;
	const isOneTwice = !areOfOneItem(same) && same.every(({ state }) => state.mark.digest === first?.state.mark.digest);
	const { repeatedAdvice, mark } = first?.state.entry ?? {};
	if (repeatedAdvice !== undefined && !isOneTwice) return repeatedAdvice;
	return mark?.number === undefined
		? 'Leave one of these items, for example with the node Remove Duplicates.'
		: 'Give every entry a number of its own.';
}

/** Checks what the ledger does not have yet. What the checks object to becomes the entry's error; nothing else changes. */
async function check(run: Run, slips: readonly Slip[], { review = problemsIn }: PostHooks): Promise<void> {
	for (const slip of await filterInTurns(slips, isPlaced)) {
		const objection = slip.state.entry.objection ?? unbalanced(slip.state) ?? tooLongWith(slip.state);
		if (objection !== undefined) fail(slip, objection);
		await giveWay();
	}
	const refused = await checkEntries(run, await filterInTurns(slips, isPlaced));
	if (refused.slips.length === 0) return;
	const next = refused.slips.values();
	for await (const problems of review(refused)) {
		const slip = next.next().value;
		if (slip !== undefined && problems.length > 0) fail(slip, new LedgerError(problems));
		await giveWay();
	}
}

async function* problemsIn(refused: Iterable<CheckedEntry>): AsyncGenerator<readonly Problem[], void> {
	for (const { problems } of refused) yield problems;
}

/** The last look at the rows before they leave, whoever made them. A reversal mirrors what another program may have booked. */
function unbalanced({ entry: { voucher, name } }: Placed): LedgerError | undefined {
	const difference = sumOre(voucher.rows.map(({ amount }) => amount));
	const isWhole = voucher.rows.length >= 2 && voucher.rows.every(({ amount }) => Number.isSafeInteger(amount) && amount !== 0);
	if (difference === 0 && isWhole) return undefined;
	const what = difference === 0 ? 'one of them is empty, or there are fewer than two' : `they add up to ${formatOre(difference)}`;
	return new LedgerError({
		code: 'ERROR_ENTRY_NOT_BALANCED',
		message: `The rows of ${name} can't be posted: ${what}. Compare them with what they were made of.`,
	});
}

/** The mark of a correction is longer than the one that the comments were measured beside. */
function tooLongWith({ entry: { voucher }, mark }: Placed): LedgerError | undefined {
	const tooMany = writeComments(mark, voucher.comments).length - MAX_COMMENTS;
	if (tooMany <= 0) return undefined;
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'comments',
		message: `comments: they are ${tooMany} characters too long to stand beside the mark of a correction. Shorten them.`,
	});
}

/** The entries of a pair are posted all or none. */
async function failTogether(slips: readonly Slip[]): Promise<void> {
	for (const pair of (await pairsAmong(slips)).values()) {
		await giveWay();
		const failed = pair.find(isFailed);
		if (failed === undefined) continue;
		for (const slip of pair) if (!isDone(slip) && !isFailed(slip)) fail(slip, failed.state.error);
	}
}

async function makeReady(slips: readonly Slip[], { beforePosting }: PostHooks): Promise<void> {
	const absent = await filterInTurns(slips, isPlaced);
	const errors = absent.length > 0 ? await beforePosting?.(absent.map(({ state }) => state)) : undefined;
	for (const slip of absent) {
		const error = errors?.get(slip.state.entry);
		if (error !== undefined) fail(slip, error);
	}
}

/** Shows what would be posted, where the user only wants to see that. */
async function preview(slips: readonly Slip[]): Promise<void> {
	const leaders = await leadersAmong(slips);
	for (const slip of slips) {
		await giveWay();
		const { state } = slip;
		if (state.stage !== 'placed' || !state.entry.options.dryRun) continue;
		const { attachment } = state.entry;
		const more = { dryRun: true, ...(attachment && { attachments: [{ filename: attachment.name }] }) };
		slip.state = done(state, asPosted(state, proposedVoucher(state, leaders)), more);
	}
}

/** Returns the entries that were in the ledger already, or turned out to be, as they stand there. */
async function returnFound(run: Run, slips: readonly Slip[]): Promise<void> {
	for (const slip of slips) {
		await giveWay();
		const { state } = slip;
		if (state.stage !== 'found') continue;
		const { inLedger, links, twins, others } = state.found;
		const { dryRun } = state.entry.options;
		slip.state = done(state, inLedger, { alreadyPosted: true, dryRun, links, twins, others });
		if (isDone(slip) && !dryRun) await attachFound(run, slip);
	}
	const failed = slips.find(isFailed);
	if (failed && !run.context.continueOnFail()) throw new RunFailure(failed.state.error, failed.items[0] ?? 0, inLedgerNow(slips));
}
