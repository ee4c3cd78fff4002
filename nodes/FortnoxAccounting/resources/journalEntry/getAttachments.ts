import type { INodeExecutionData } from 'n8n-workflow';
import { formatEntryId } from '../../../shared/ledger/formats';
import { entryLocator, optionsField, outputFileField } from '../../../shared/n8n/fields';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { binaryField, collectionParameter } from '../../../shared/n8n/parameters';
import { answerOr, noEntry } from '../../../shared/books/answerOr';
import { entryIdOf } from '../../../shared/books/entryId';

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
	description: 'Download or list the files that are attached to an entry, under their own names',
	fields: [
		entryLocator('The entry whose files are read'),
		outputFileField('Binary field that each output item gets its file in'),
		optionsField([
			{
				displayName: 'Download',
				name: 'download',
				type: 'boolean',
				default: true,
				description: 'Whether to download the files, for which the credential needs the scope archive, or to list them only',
			},
		]),
	],
	execute: readFiles(async (run, item): Promise<INodeExecutionData[]> => {
		const entry = await entryIdOf(run, item, 'read');
		const field = binaryField(run, item);
		const connections = await run.fortnox.voucherFileConnections({
			series: entry.series,
			number: entry.number,
			financialYear: entry.yearId,
		});
		// No files: of an entry that is there, or of none.
		if (connections.length === 0) await answerOr(run.fortnox.voucher(entry.series, entry.number, entry.yearId), noEntry(entry));
		return await Promise.all(
			connections.map(async ({ FileId, Name }): Promise<INodeExecutionData> => {
				const json = { id: FileId, journal_entry_id: formatEntryId(entry) };
				if (collectionParameter(run, 'options', item).download === false) return { json: { ...json, filename: Name ?? null } };
				const { content, mimeType } = await run.fortnox.archiveFile(FileId);
				const type = mimeType?.split(';')[0];
				const filename = Name ?? `${formatEntryId(entry)}-${FileId}.${ENDINGS[type ?? ''] ?? 'bin'}`;
				return {
					json: { ...json, filename },
					binary: { [field]: await run.context.helpers.prepareBinaryData(content, filename, type) },
				};
			}),
		);
	}),
};
