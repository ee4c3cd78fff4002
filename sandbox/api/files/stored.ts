import { randomUUID } from 'node:crypto';

import type { SandboxFile } from '../../company/types';
import { notFound, PlaceholderRefusal, type Answer } from '../wire/answer';
import { created, noContent, type RouteContext } from '../wire/route';

type Area = 'inbox' | 'archive';

const fileItem = (file: SandboxFile, area: Area, baseUrl: string) => ({
	'@url': `${baseUrl}/3/${area}/${file.id}`,
	Comments: null,
	Id: file.id,
	Name: file.name,
	Path: file.path,
	Size: file.content.length,
	ArchiveFileId: file.archiveFileId,
});

export function upload(context: RouteContext, area: Area, path: string): Answer {
	const { company, file, baseUrl } = context;
	if (!file || file.fieldName !== 'file') throw new PlaceholderRefusal('noFile');
	const stored: SandboxFile = {
		id: randomUUID(),
		archiveFileId: randomUUID(),
		name: file.name,
		path,
		inInbox: area === 'inbox',
		uploadedTo: area,
		contentType: file.contentType,
		content: file.content,
	};
	company.files.push(stored);
	return created(area, { File: fileItem(stored, area, baseUrl) });
}

export const filesIn = ({ company, baseUrl }: RouteContext, area: Area, path: string) =>
	company.files.filter((file) => file.inInbox === (area === 'inbox') && file.path === path).map((file) => fileItem(file, area, baseUrl));

export const bytes = (file: SandboxFile): Answer => ({ status: 200, body: file.content, contentType: file.contentType });

/** A path takes a file's `Id` alone; its `ArchiveFileId` is for the query (reported). */
export function findFile({ company }: RouteContext, id: string, area?: Area): SandboxFile {
	const file = company.files.find((candidate) => candidate.id === id && (area === undefined || candidate.inInbox === (area === 'inbox')));
	if (!file) throw notFound('fileNotFound');
	return file;
}

/** A file by the id that `fileid` takes. */
export function attachedFile({ company }: RouteContext, archiveFileId: string): SandboxFile {
	const file = company.files.find((candidate) => candidate.archiveFileId === archiveFileId);
	if (!file) throw notFound('fileNotFound');
	return file;
}

export function removeFile({ company }: RouteContext, file: SandboxFile): Answer {
	company.files.splice(company.files.indexOf(file), 1);
	return noContent();
}
