import { formatEntryId, readEntryId } from '../../../shared/ledger/formats';
import { LedgerError } from '../../../shared/ledger/problems';
import { entryLocator } from '../../fields';
import { writeEachItem, type Operation } from '../../operation';
import { required, textParameter } from '../../parameters';
import { attachFile } from '../../posting/attachments';
import { readBinary } from '../../posting/given';

export const addAttachment: Operation = {
	value: 'addAttachment',
	name: 'Add Attachment',
	action: 'Add attachment to journal entry',
	description: 'Attach a file, such as a receipt, to an entry; a file that is attached already is not attached again',
	fields: [
		entryLocator({ displayName: 'Entry', name: 'journalEntryId', required: true, description: 'The entry to attach the file to' }),
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input binary field with the file',
			description: 'Binary field of the input item that holds the file',
		},
	],
	execute: writeEachItem(async (run, item) => {
		const entry = required(run.context, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const file = await readBinary(run.context, item, textParameter(run.context, 'binaryPropertyName', item) ?? 'data');
		if ('code' in file) throw new LedgerError(file);
		const { filename, id, alreadyAttached } = await attachFile(run, entry, file);
		return {
			id,
			journal_entry_id: formatEntryId(entry),
			filename,
			...(alreadyAttached && { already_attached: true }),
		};
	}),
};
