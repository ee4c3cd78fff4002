import type { INodeExecutionData } from 'n8n-workflow';
import { formatEntryId, readEntryId } from '../../../shared/ledger/formats';
import { entryLocator } from '../../fields';
import { readFiles, type Operation } from '../../operation';
import { required, textParameter } from '../../parameters';

/** File name endings for what vouchers usually have attached; n8n derives the type from the name. */
const ENDINGS: Record<string, string> = {
	'application/pdf': 'pdf',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/tiff': 'tif',
};

export const getAttachments: Operation = {
	value: 'getAttachments',
	name: 'Get Attachments',
	action: 'Get attachments of journal entry',
	description: 'Download the files that are attached to an entry',
	fields: [
		entryLocator({ displayName: 'Entry', name: 'journalEntryId', required: true, description: 'The entry whose files are read' }),
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Binary field that each output item gets its file in',
		},
	],
	execute: readFiles(async (run, item): Promise<INodeExecutionData[]> => {
		const entry = required(run.context, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const field = textParameter(run.context, 'binaryPropertyName', item) ?? 'data';
		const connections = await run.fortnox.voucherFileConnections({
			series: entry.series,
			number: entry.number,
			financialYear: entry.yearId,
		});
		return await Promise.all(
			connections.map(async ({ FileId }): Promise<INodeExecutionData> => {
				const { content, mimeType } = await run.fortnox.archiveFile(FileId);
				const type = mimeType?.split(';')[0];
				const filename = `${formatEntryId(entry)}-${FileId}.${ENDINGS[type ?? ''] ?? 'bin'}`;
				return {
					json: { id: FileId, journal_entry_id: formatEntryId(entry), filename },
					binary: { [field]: await run.context.helpers.prepareBinaryData(content, filename, type) },
				};
			}),
		);
	}),
};
