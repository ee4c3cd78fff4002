import { formatEntryId, readEntryId } from '../../../shared/ledger/formats';
import { entryLocator, inputFileField } from '../../../shared/n8n/fields';
import { writeEachItem, type Operation } from '../../../shared/n8n/operation';
import { parameter, required } from '../../../shared/n8n/parameters';
import { attachFile } from '../../../shared/books/posting/attachments';
import { DEFAULT_OUTCOME_TIMEOUT_S } from '../../../shared/books/posting/options';
import { readBinary } from '../../../shared/n8n/files';

export const addAttachment: Operation = {
	value: 'addAttachment',
	name: 'Add Attachment',
	action: 'Add attachment to journal entry',
	description: 'Attach a file, such as a receipt, to an entry; a file that is attached already is not attached again',
	fields: [
		entryLocator('The entry to attach the file to'),
		inputFileField('The name of the input binary field with the file'),
	],
	execute: writeEachItem(async (run, item) => {
		const entry = required(run, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const file = await readBinary(run, item, parameter(run, 'binaryPropertyName', item));
		const { filename, id, alreadyAttached } = await attachFile(run, entry, file, { mayWait: true, outcomeTimeoutMs: DEFAULT_OUTCOME_TIMEOUT_S * 1000 });
		return {
			id,
			journal_entry_id: formatEntryId(entry),
			filename,
			...(alreadyAttached && { already_attached: true }),
		};
	}),
};
