import { filtersField, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { rawResponseOption } from '../../../shared/n8n/options';
import { limitParameter } from '../../../shared/n8n/parameters';
import { withRaw } from '../../../shared/n8n/withRaw';
import { filesOfFolder, folderField, onlyNotAttachedFilter, toInboxFile } from './folder';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many inbox files',
	description: 'List the files that wait in a folder of the inbox, such as receipts that were sent to it',
	fields: [folderField, ...returnAllFields, filtersField([onlyNotAttachedFilter]), optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const files = await filesOfFolder(run, item);
		return files.slice(0, limitParameter(run, item)).map((file) => withRaw(run, item, toInboxFile(file), file));
	}),
};
