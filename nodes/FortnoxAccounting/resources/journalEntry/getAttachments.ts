import type { INodeExecutionData } from 'n8n-workflow';
import { formatEntryId, readEntryId } from '../../../shared/ledger/formats';
import { entryLocator, outputFileField } from '../../../shared/n8n/fields';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { binaryField, required } from '../../../shared/n8n/parameters';

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
		entryLocator('The entry whose files are read'),
		outputFileField('Binary field that each output item gets its file in'),
	],
	execute: readFiles(async (run, item): Promise<INodeExecutionData[]> => {
		const entry = required(run, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const field = binaryField(run, item);
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
