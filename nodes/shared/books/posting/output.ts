import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { formatEntryId } from '../../ledger/formats';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import { toUnifiedEntry } from '../../unified/entry';
import type { UnifiedEntry } from '../../unified/types';
import { noneGiven } from '../../n8n/emptyDate';
import { errorItem } from '../../n8n/errors';
import { namesFor } from '../reading/names';
import type { Run } from '../../n8n/run';
import type { Outcome, Posted } from './types';
import { addTo, drained } from '../../lists';
import { filterInTurns, flatMapInTurns, giveWay, keyedInTurns, mapInTurns } from '../../turns';

/** How an operation shows an entry; a financial entry is shown from the bank's side. */
export type Shape = (entry: UnifiedEntry, posted: Posted) => object;

/** The output items of a run that posted: one per entry, paired with all the input items that made it. */
export async function toItems(run: Run, outcomes: readonly Outcome[], shape: Shape = (entry) => entry): Promise<INodeExecutionData[]> {
	return await drainedToItems(run, [...outcomes], shape);
}

/** The same, and the list of outcomes is empty afterwards: in memory, the items take the place of a hundred thousand outcomes. */
export async function drainedToItems(run: Run, outcomes: Outcome[], shape: Shape): Promise<INodeExecutionData[]> {
	const names = await prepared(run, outcomes);
	return await mapInTurns(drained(outcomes), (outcome) => {
		if ('error' in outcome) return errorItem(run.context, outcome.error, outcome.items);
		const posted = !outcome.dryRun || outcome.alreadyPosted;
		const entry = { ...toUnifiedEntry(outcome.inLedger, names(outcome.inLedger.year)), posted };
		return {
			json: {
				// First, so that nobody takes a check for a posting.
				...(outcome.dryRun && { dry_run: true, posted }),
				...shape(entry, outcome),
				number: outcome.entry.mark.number ?? entry.number,
				...(outcome.attachments.length > 0 && {
					attachments_info: {
						status: 'yes',
						attachments: outcome.attachments.map(({ filename, id }) => ({ filename, url: null, ...(id !== undefined && { id }) })),
					},
				}),
				...(outcome.alreadyPosted && { already_posted: true }),
				...(outcome.proposal !== undefined && { proposal: outcome.proposal }),
				...outcome.links,
				...doublesOf(run, outcome),
				...(outcome.entry.options.rawResponse && outcome.raw && { raw: outcome.raw }),
			},
			pairedItem: outcome.entry.items.map((item) => ({ item })),
		};
	});
}

/** Tells what concerns the whole run. @returns the names that its entries need */
async function prepared(run: Run, outcomes: readonly Outcome[]): ReturnType<typeof namesFor> {
	const done = await filterInTurns(outcomes, (outcome): outcome is Posted => !('error' in outcome));
	const names = await namesFor(run, await mapInTurns(done, ({ inLedger }) => inLedger));
	await tellWhatWasNotPosted(run, done, outcomes.length);
	await tellOfEmptyDates(run, done);
	await tellApprovals(run, outcomes);
	return names;
}

const HOW_TO_APPROVE = " To have a person approve just that, pass the field 'proposal' on to the option Proposal of the run that posts.";

/** How many entries a hint names. */
const MOST_NAMED = 5;

/** An entry that was only checked, or was there before, looks like one that was posted now. */
async function tellWhatWasNotPosted(run: Run, done: readonly Posted[], entries: number): Promise<void> {
	const checked = (await filterInTurns(done, ({ dryRun }) => dryRun)).length;
	if (checked > 0) {
		const isProposed = done.some(({ proposal, alreadyPosted }) => proposal !== undefined && !alreadyPosted);
		const what = checked === 1 ? 'the entry was' : `${checked} entries were`;
		run.headline(`Validate Only is on: ${what} checked, and nothing was posted.${isProposed ? HOW_TO_APPROVE : ''}`);
	}
	const found = await filterInTurns(done, ({ alreadyPosted }) => alreadyPosted);
	if (found.length === 0) return;
	const names = found.slice(0, MOST_NAMED).map(({ inLedger: { series, number } }) => `${series} ${number ?? ''}`);
	const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
	const nothingElse = found.length === entries;
	run.headline(
		`${names.join(', ')}${more} ${found.length === 1 ? 'was' : 'were'} already there; ${nothingElse ? 'nothing was posted' : 'posted were only the others'}.`,
	);
}

/** The day that an entry got whose field for it was empty. */
async function tellOfEmptyDates(run: Run, done: readonly Posted[]): Promise<void> {
	const days = new Map<string, Posted[]>();
	for (const posted of done) {
		await giveWay();
		const meaning = posted.alreadyPosted ? undefined : whenEmpty(posted.entry);
		if (meaning !== undefined) addTo(days, meaning, posted);
	}
	for (const [meaning, [first, ...more]] of days) {
		if (first === undefined) continue;
		const { date } = first.inLedger;
		const others = more.some(({ inLedger }) => inLedger.date !== date) ? ' and others' : '';
		run.hint(noneGiven('date', `${meaning}, ${date}${others}`), first.entry.items[0]);
	}
}

/** What the empty date of an entry stands for; undefined where it was given, or the user was asked for none. */
function whenEmpty({ dateDefaulted, asked }: Posted['entry']): string | undefined {
	if (dateDefaulted !== true) return undefined;
	return asked === undefined ? 'today in Stockholm' : asked.date === undefined ? asked.whenEmpty : undefined;
}

/** An entry of a series with an approver counts in the ledger, and is not done until that person has approved it. */
async function tellApprovals(run: Run, outcomes: readonly Outcome[]): Promise<void> {
	for (const { code, year, isProposed } of (await awaitingApproval(outcomes)).values()) {
		const series = await unlessNotAllowed(run.fortnox.voucherSeries(year), () => undefined);
		const approver = series?.find(({ Code }) => Code === code)?.Approver;
		const by = approver?.Name ? ` by ${approver.Name}` : '';
		if (!isProposed) run.hint(`Entries of series ${code} await approval${by} in Fortnox; approval_state tells where each stands.`);
		else if (approver) run.hint(`Entries of series ${code} will await approval${by} in Fortnox once they are posted.`);
	}
}

/** A series of a year, some of whose entries await approval, or will. */
interface Awaiting {
	code: string;
	year: number | undefined;
	isProposed: boolean;
}

async function awaitingApproval(outcomes: readonly Outcome[]): Promise<Map<string, Awaiting>> {
	const found = await flatMapInTurns(outcomes, (outcome) => {
		if ('error' in outcome) return [];
		const { series: code, year, approvalState = 0 } = outcome.inLedger;
		const isProposed = outcome.dryRun && !outcome.alreadyPosted;
		return isProposed || approvalState === 1 || approvalState === 2 ? [{ code, year, isProposed }] : [];
	});
	return await keyedInTurns(found, ({ code, year, isProposed }) => `${year ?? ''} ${code} ${isProposed}`);
}

/** What stands in the ledger beside an entry and should not, for its output item; a hint says it, too. */
export function doublesOf(run: Run, { twins, others, entry: { name, corrects }, inLedger }: Posted): IDataObject {
	if (twins.length === 0 && others.length === 0) return {};
	const { series, number = 0, year: yearId = 0 } = inLedger;
	const id = formatEntryId({ series, number, yearId });
	const what = corrects === undefined ? name : `the correction of ${corrects}`;
	const warnings = [
		...(twins.length === 0
			? []
			: [
					`Another process posted ${name} as well: ${id} and ${twins.join(', ')} are the same entry. Reverse one of them with Journal Entry > Reverse.`,
				]),
		...(others.length === 0
			? []
			: [
					`${what} stands in the ledger as ${id} and, with other content, as ${others.join(', ')}. Find out which is right, and reverse the other with Journal Entry > Reverse.`,
				]),
	];
	warnings.forEach((warning) => run.hint(warning));
	return { duplicate_entry_ids: [...twins, ...others], warning: warnings.join(' ') };
}
