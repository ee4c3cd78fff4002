import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readDate } from '../../../shared/ledger/dates';
import { formatEntryId } from '../../../shared/ledger/formats';
import { keyOfOrigin } from '../../../shared/ledger/mark';
import { LedgerError } from '../../../shared/ledger/problems';
import { readComments } from '../../../shared/ledger/readMark';
import type { LedgerEntry } from '../../../shared/unified/entryDraft';
import { isAbsent } from '../../../shared/unified/readObject';
import { dateField, entryLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { dryRunOption } from '../../../shared/n8n/options';
import { collectionParameter } from '../../../shared/n8n/parameters';
import type { Run } from '../../../shared/n8n/run';
import { additionalFields, headerFields, lineFieldsWith, linesFields } from '../../../shared/books/posting/fields';
import { saysTheSame } from '../../../shared/books/posting/differences';
import { collectEntries } from '../../../shared/books/posting/given';
import { entryOptions, postsNotice, readEntryOptions } from '../../../shared/books/posting/options';
import { doublesOf, toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import { prepareEntries, type GivenEntry } from '../../../shared/books/posting/prepare';
import { nothingToCorrect } from '../../../shared/books/posting/refusals';
import { Reversals } from '../../../shared/books/posting/reversal';
import { isReady, type Outcome, type Posted, type PreparedEntry, type ReadyEntry } from '../../../shared/books/posting/types';
import { idOf } from '../../../shared/books/marks/ledgerMarks';
import { amounts } from './create';
import { reverseSubledgerOption } from './reverseSubledgerOption';
import { entryIdOf } from '../../../shared/books/entryId';

const reversalDateOption: INodeProperties = dateField({
	displayName: 'Reversal Date',
	name: 'reversalDate',
	description: 'Accounting date of the reversal; the date of the entry where that is open, else today',
});

export const correct: Operation = {
	value: 'correct',
	name: 'Correct',
	action: 'Correct journal entry',
	description:
		'Reverse an entry and post another one in its place, each exactly once; run again after a break, it goes on where it stopped',
	fields: [
		entryLocator('The entry to correct'),
		...headerFields.map((field) =>
			field.name === 'number' ? { ...field, hint: 'Empty: the number of the entry that is corrected' } : field,
		),
		...linesFields(lineFieldsWith(amounts), [
			{ account: '5410', debit: 100, description: 'Hammer' },
			{ account: '1930', credit: 100 },
		]),
		additionalFields,
		optionsField([...entryOptions, reversalDateOption, reverseSubledgerOption].sort(byName)),
		postsNotice('A correction that was broken off goes on where it stopped, and one that is there is not posted again.'),
	],
	async execute(run) {
		const reversals = new Reversals(run);
		const given = await collectEntries(run);
		const pairs = await Promise.all(given.map(async (entry) => await preparePair(run, reversals, entry)));
		const outcomes = await postEntries(run, pairs.flat());
		let next = 0;
		const shown: Outcome[] = [];
		const reversalOf = new Map<Outcome, Posted>();
		for (const pair of pairs) {
			const [reversal, replacement] = [outcomes[next], outcomes[next + pair.length - 1]];
			next += pair.length;
			if (replacement === undefined) continue;
			shown.push(replacement);
			if (reversal !== undefined && 'inLedger' in reversal) reversalOf.set(replacement, reversal);
		}
		const previews = await previewsOf(run, [...reversalOf.values()]);
		return await toItems(run, shown, (entry, posted) => {
			const reversal = reversalOf.get(posted);
			const shownReversal = reversal && (previews.get(reversal) ?? doubled(run, reversal));
			return {
				...entry,
				reversal_id: (reversal && idOfPosted(reversal.inLedger)) ?? null,
				...(shownReversal && { reversal: shownReversal }),
			};
		});
	},
};

/** The reversals that would be posted: without an id, nobody could look them up. */
async function previewsOf(run: Run, reversals: readonly Posted[]): Promise<Map<Posted, IDataObject>> {
	const previewed = reversals.filter(({ dryRun, alreadyPosted }) => dryRun && !alreadyPosted);
	const items = await toItems(run, previewed);
	return new Map(previewed.map((reversal, index) => [reversal, items[index]?.json ?? {}]));
}

/** A reversal that stands more than once: its id alone would not tell. */
function doubled(run: Run, reversal: Posted): IDataObject | undefined {
	const doubles = doublesOf(run, reversal);
	return doubles.duplicate_entry_ids === undefined ? undefined : { id: idOfPosted(reversal.inLedger), ...doubles };
}

/** Validate Only stays the first. */
function byName(one: INodeProperties, other: INodeProperties): number {
	if (one === dryRunOption || other === dryRunOption) return one === dryRunOption ? -1 : 1;
	return one.displayName < other.displayName ? -1 : 1;
}

function idOfPosted({ series, number, year }: LedgerEntry): string | null {
	return number === undefined || year === undefined ? null : idOf({ series, number, year });
}

/** The reversal and what is posted in the entry's place, or why not. */
async function preparePair(run: Run, reversals: Reversals, given: GivenEntry): Promise<PreparedEntry[]> {
	const { items } = given;
	const item = items[0] ?? 0;
	try {
		if (given.error !== undefined) return [{ items, error: given.error }];
		await refuseDisagreement(run, items);
		const id = await entryIdOf(run, item, 'write');
		const identity = formatEntryId(id);
		const original = await reversals.original(id);
		const { mark } = readComments(original.comments);
		const ownNumber = mark?.number !== undefined && isAbsent(given.body.number) ? { number: mark.number } : {};
		const [replacement] = await prepareEntries(run, 'journal', [
			{ ...given, key: keyOfOrigin('correction', identity), body: { ...given.body, ...ownNumber } },
		]);
		if (replacement === undefined || !isReady(replacement)) return replacement === undefined ? [] : [replacement];
		refuseFollowing(replacement);
		const options = collectionParameter(run, 'options', item);
		const reversal = await reversals.of(id, original, {
			items,
			dateField: 'reversalDate',
			isCorrected: true,
			journalId: replacement.voucher.journalId,
			allowSubledger: options.reverseSubledger === true,
			options: { ...readEntryOptions(run, item), sideBySide: false },
			...(!isAbsent(options.reversalDate) && { date: readReversalDate(options.reversalDate) }),
		});
		const pair = `correction of ${identity}`;
		return [
			{ ...reversal, pair },
			{
				...replacement,
				...(saysTheSame(replacement, original) && { objection: new LedgerError(nothingToCorrect(reversal, identity)) }),
				mark: { ...replacement.mark, corrects: identity },
				name: replacement.mark.number === undefined ? `the correction of ${identity}` : replacement.name,
				corrects: identity,
				pair,
				options: { ...replacement.options, sideBySide: false },
				alsoIn: [...(reversal.alsoIn ?? []), id.yearId],
			},
		];
	} catch (error) {
		return [{ items, error }];
	}
}

/** @throws {LedgerError} where others would follow the new entry: those of the corrected one stand */
function refuseFollowing({ reverseOn, voucher }: ReadyEntry): void {
	const isSpread = voucher.rows.some(({ period }) => period !== undefined);
	if (reverseOn === undefined && !isSpread) return;
	const field = isSpread ? 'start_date' : 'reverse_on';
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: a correction is one entry. Reverse the entry, and what was posted with it, and create it anew; or spread a line of the correction with Journal Entry > Spread.`,
	});
}

/** @throws {LedgerError} where input items that make one entry name several to correct */
async function refuseDisagreement(run: Run, items: readonly number[]): Promise<void> {
	const named = await Promise.all(items.map(async (item) => await entryIdOf(run, item, 'write')));
	const ids = new Set(named.map(formatEntryId));
	if (ids.size <= 1) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'journalEntryId',
		message: `journalEntryId: the lines of one entry name several to correct (${[...ids].join(', ')}). Group the items so that each entry corrects one.`,
	});
}

function readReversalDate(given: unknown): string {
	const reading = readDate(given);
	if (reading.problem === undefined) return reading.value;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'reversalDate', message: `reversalDate: ${reading.problem}` });
}
