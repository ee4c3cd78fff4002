import { formatEntryId } from '../../../shared/ledger/formats';
import { entryLocator, inputFileField, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, parameter, textParameter } from '../../../shared/n8n/parameters';
import { attachFile, attachInboxFile } from '../../../shared/books/posting/attachments';
import { outcomeTimeoutMs, outcomeTimeoutOption } from '../../../shared/books/posting/options';
import { answerOr, noEntry } from '../../../shared/books/answerOr';
import { boundedFileOf, readBinary } from '../../../shared/n8n/files';
import { entryIdOf } from '../../../shared/books/entryId';

export const addAttachment: Operation = {
	value: 'addAttachment',
	name: 'Add Attachment',
	action: 'Add attachment to journal entry',
	description: 'Attach a file, such as a receipt, to an entry; a file that is attached already is not attached again',
	fields: [
		entryLocator('The entry to attach the file to'),
		inputFileField('The name of the input binary field with the file'),
		{
			displayName: 'Inbox File ID',
			name: 'inboxFileId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4a1c0d5e-…',
			hint: 'Empty: the file comes from the input',
			description: 'A file that waits in the inbox, as Inbox > Get Many gives its ID, in place of a file of the input',
		},
		optionsField([
			{
				...outcomeTimeoutOption,
				description: 'How many seconds to look for a file in the inbox when Fortnox gave no clear answer to its upload',
			},
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const entry = await entryIdOf(run, item, 'write');
		const inboxFile = textParameter(run, 'inboxFileId', item);
		const given = parameter(run, 'binaryPropertyName', item);
		const looking = { mayWait: true, outcomeTimeoutMs: outcomeTimeoutMs(collectionParameter(run, 'options', item)) };
		if (inboxFile === undefined) await boundedFileOf(run, item, given);
		await answerOr(run.fortnox.voucher(entry.series, entry.number, entry.yearId), noEntry(entry));
		return async () => {
			const { filename, id, alreadyAttached } =
				inboxFile === undefined
					? await attachFile(run, entry, await readBinary(run, item, given), looking)
					: await attachInboxFile(run, entry, inboxFile);
			return {
				id,
				journal_entry_id: formatEntryId(entry),
				filename,
				...(alreadyAttached && { already_attached: true }),
			};
		};
	}),
};
