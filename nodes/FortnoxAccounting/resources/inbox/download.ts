import { updateDisplayOptions, type INodeExecutionData } from 'n8n-workflow';
import { LedgerError } from '../../../shared/ledger/problems';
import { filtersField, outputFileField, returnAllFields } from '../../../shared/n8n/fields';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { binaryField, limitParameter, textParameter } from '../../../shared/n8n/parameters';
import { filesOfFolder, folderField, onlyNotAttachedFilter, toInboxFile } from './folder';

export const download: Operation = {
	value: 'download',
	name: 'Download',
	action: 'Download inbox files',
	description: 'Download files that wait in a folder of the inbox, under their own names',
	fields: [
		folderField,
		{
			displayName: 'File ID',
			name: 'fileId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4a1c0d5e-…',
			hint: 'Empty: all files of the folder, up to the limit',
			description: 'The file to download, as Inbox > Get Many gives its ID',
		},
		// A file that is named comes alone.
		...updateDisplayOptions({ show: { fileId: [''] } }, returnAllFields),
		outputFileField('Binary field that each output item gets its file in'),
		filtersField([onlyNotAttachedFilter]),
	],
	execute: readFiles(async (run, item): Promise<INodeExecutionData[]> => {
		const field = binaryField(run, item);
		const wanted = textParameter(run, 'fileId', item);
		const files = (await filesOfFolder(run, item)).filter(({ Id }) => wanted === undefined || Id === wanted);
		if (wanted !== undefined && files.length === 0) {
			throw new LedgerError({
				code: 'ERROR_API_RESOURCE_NOT_FOUND',
				field: 'fileId',
				message: `fileId: the folder has no file ${wanted}. It may lie in another folder, or be attached to an entry already.`,
			});
		}
		return await Promise.all(
			files.slice(0, limitParameter(run, item)).map(async (file): Promise<INodeExecutionData> => {
				const { content, mimeType } = await run.fortnox.inboxFile(file.Id);
				return {
					json: toInboxFile(file),
					binary: { [field]: await run.context.helpers.prepareBinaryData(content, file.Name ?? file.Id, mimeType?.split(';')[0]) },
				};
			}),
		);
	}),
};
