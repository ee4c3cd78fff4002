import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { FortnoxFile } from '../../../shared/fortnox/wire';
import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import { collectionParameter, textParameter } from '../../../shared/n8n/parameters';
import { append } from '../../../shared/lists';
import type { Run } from '../../../shared/n8n/run';

/** Fortnox's inbox folders that hold what is booked, by their ids. */
export const folderField: INodeProperties = {
	displayName: 'Folder',
	name: 'folder',
	type: 'options',
	options: [
		{ name: 'All Folders', value: 'all' },
		{ name: 'Customer Invoices', value: 'inbox_kf' },
		{ name: 'Supplier Invoices', value: 'inbox_s' },
		{ name: 'Vouchers', value: 'inbox_v' },
	],
	default: 'inbox_v',
	description: 'The folder of the inbox whose files are read',
};

export const onlyNotAttachedFilter: INodeProperties = {
	displayName: 'Only Not Attached',
	name: 'onlyNotAttached',
	type: 'boolean',
	default: true,
	description: 'Whether to leave out files that are attached to an entry already',
};

/** The files that an item asks for, in Fortnox's order. */
export async function filesOfFolder(run: Run, item: number): Promise<FortnoxFile[]> {
	const folder = textParameter(run, 'folder', item) ?? 'inbox_v';
	const folders = folder === 'all' ? (await run.fortnox.inboxFolders()).map(({ Id }) => Id) : [folder];
	const files: FortnoxFile[] = [];
	for (const id of folders) append(files, await run.fortnox.inboxFiles(id));
	if (collectionParameter(run, 'filters', item).onlyNotAttached !== true) return files;
	const connections = await unlessNotAllowed(run.fortnox.allVoucherFileConnections(), () =>
		run.hint('The credential is not allowed to read which files are attached (scope connectfile), so none was left out.'),
	);
	const attached = new Set(connections?.map(({ FileId }) => FileId));
	return files.filter(({ Id, ArchiveFileId }) => !attached.has(Id) && !(ArchiveFileId && attached.has(ArchiveFileId)));
}

/** A file of the inbox as the output shows it. */
export function toInboxFile({ Id, Name, Path, Size, Comments }: FortnoxFile): IDataObject {
	return {
		id: Id,
		filename: Name ?? null,
		folder: Path ?? null,
		size: Size === undefined || Size === null ? null : Number(Size),
		comments: Comments ?? null,
	};
}
