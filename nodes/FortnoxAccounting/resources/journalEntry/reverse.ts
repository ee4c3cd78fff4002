import { readDate } from '../../../shared/ledger/dates';
import { readJournalCode } from '../../../shared/ledger/formats';
import { isAbsent } from '../../../shared/unified/readObject';
import { dateField, entryLocator, journalLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { collectionParameter, parameter, required, textParameter } from '../../../shared/n8n/parameters';
import { dryRunOption, maxWaitOption, rawResponseOption } from '../../../shared/n8n/options';
import { outcomeTimeoutOption, postsNotice, proposalOption, readEntryOptions } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import { Reversals } from '../../../shared/books/posting/reversal';
import type { PreparedEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';
import { reverseSubledgerOption } from './reverseSubledgerOption';
import { entryIdOf } from '../../../shared/books/entryId';

export const reverse: Operation = {
	value: 'reverse',
	name: 'Reverse',
	action: 'Reverse journal entry',
	description: 'Post a new entry with the rows of another one mirrored, exactly once',
	fields: [
		entryLocator('The entry to reverse'),
		dateField({
			displayName: 'Date',
			name: 'date',
			hint: 'Empty: the date of the entry where that is open, else today in Stockholm',
			description: 'Accounting date of the reversal: the day, and so the period, in which it counts',
		}),
		journalLocator({
			displayName: 'Journal',
			name: 'journalId',
			hint: 'Empty: the journal of the entry, where that is manual',
			description: 'The manual voucher series that the reversal goes to',
		}),
		optionsField([dryRunOption, rawResponseOption, maxWaitOption, outcomeTimeoutOption, proposalOption, reverseSubledgerOption]),
		postsNotice('An entry that is reversed already is not reversed again.'),
	],
	async execute(run) {
		const reversals = new Reversals(run);
		const prepared = await Promise.all([...run.items.keys()].map(async (item) => await prepare(run, item, reversals)));
		return await toItems(run, await postEntries(run, prepared));
	},
};

async function prepare(run: Run, item: number, reversals: Reversals): Promise<PreparedEntry> {
	try {
		const id = await entryIdOf(run, item, 'write');
		const original = await reversals.original(id);
		return await reversals.of(id, original, {
			items: [item],
			dateField: 'date',
			whenEmpty: 'the date of the entry where that is open, else today',
			allowSubledger: collectionParameter(run, 'options', item).reverseSubledger === true,
			options: readEntryOptions(run, item),
			...(!isAbsent(parameter(run, 'date', item)) && { date: required(run, 'date', item, readDate) }),
			...(textParameter(run, 'journalId', item) !== undefined && {
				journalId: required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID'),
			}),
		});
	} catch (error) {
		return { items: [item], error };
	}
}
