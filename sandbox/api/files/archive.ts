import { randomUUID } from 'node:crypto';

import type { SandboxFolder } from '../../company/types';
import { notFound, PlaceholderRefusal, type Answer } from '../wire/answer';
import { readWrapped, type FieldSpecs } from '../wire/fields';
import { created, noContent, ok, type Route, type RouteContext } from '../wire/route';
import { attachedFile, bytes, filesIn, findFile, removeFile, upload } from './stored';

const FOLDER_SPECS: FieldSpecs = { Name: { type: 'text', required: true, max: 255 }, Id: { type: 'text', readOnly: true } };

/** A path without the names of the root and slashes at its ends: "" is the root. */
const normalized = (path: string): string => path.replace(/^\/?(?:root(?=\/|$))?\/?|\/$/gi, '');

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const folderRow = ({ id, path }: SandboxFolder, baseUrl: string) => ({
	'@url': `${baseUrl}/3/archive/${id}`,
	Id: id,
	Name: path.split('/').at(-1) ?? '',
});

/** Throws where there is no such folder; undefined is the root. */
function folderAt({ company }: RouteContext, path: string): SandboxFolder | undefined {
	if (path === '') return undefined;
	const found = company.folders.find((folder) => folder.path === path);
	if (!found) throw notFound('folderNotFound');
	return found;
}

/** The folder that `path` or `folderid` names; the root where neither is given. */
function wantedPath(context: RouteContext): string {
	const { path, folderid } = context.query;
	if (folderid === undefined || folderid === 'root') return normalized(path ?? '');
	const found = context.company.folders.find(({ id }) => id === folderid);
	if (!found) throw notFound('folderNotFound');
	return found.path;
}

function show(context: RouteContext, path: string): Answer {
	const folder = folderAt(context, path);
	const { company, baseUrl } = context;
	const parent = path === '' ? '' : `${path}/`;
	const inside = company.folders.filter((each) => each.path.startsWith(parent) && !each.path.slice(parent.length).includes('/'));
	const own = folder ? folderRow(folder, baseUrl) : { '@url': `${baseUrl}/3/archive`, Id: 'root', Name: 'root' };
	const Folders = inside.map((each) => folderRow(each, baseUrl));
	return ok({ Folder: { ...own, Email: null, Files: filesIn(context, 'archive', path), Folders } });
}

/** `{ Folder: { Name } }` in place of a file makes a folder (libraries; the document has uploads alone). */
function createFolder(context: RouteContext): Answer {
	const { company, baseUrl } = context;
	const name = readWrapped(context, 'Folder', FOLDER_SPECS, 'create').text('Name') ?? '';
	const parent = wantedPath(context);
	folderAt(context, parent);
	const path = parent === '' ? name : `${parent}/${name}`;
	if (name.includes('/')) throw new PlaceholderRefusal('invalidChoice', name);
	if (company.folders.some((folder) => folder.path === path)) throw new PlaceholderRefusal('alreadyExists', path);
	const folder = { id: randomUUID(), path };
	company.folders.push(folder);
	return created('archive', { Folder: { ...folderRow(folder, baseUrl), Email: null, Files: [], Folders: [] } });
}

/** Removes a folder and everything within (the OpenAPI document). */
function removeFolder({ company }: RouteContext, { path }: SandboxFolder): Answer {
	company.folders = company.folders.filter((folder) => !isWithin(folder.path, path));
	company.files = company.files.filter((file) => file.inInbox || !isWithin(file.path, path));
	return noContent();
}

function removeByPath(context: RouteContext): Answer {
	const path = normalized(context.query.path ?? '');
	const file = context.company.files.find((each) => !each.inInbox && normalized(`${each.path}/${each.name}`) === path);
	if (file) return removeFile(context, file);
	const folder = folderAt(context, path);
	// The root stays: otherwise a request that names nothing would delete everything.
	if (!folder) throw notFound('folderNotFound');
	return removeFolder(context, folder);
}

export const archiveRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/archive',
		scope: 'archive',
		query: ['path', 'fileid'],
		handle: (context) => (context.query.fileid ? bytes(attachedFile(context, context.query.fileid)) : show(context, wantedPath(context))),
	},
	{
		method: 'POST',
		path: '/3/archive',
		scope: 'archive',
		query: ['path', 'folderid'],
		handle(context) {
			if (context.file === undefined && context.body !== undefined) return createFolder(context);
			const path = wantedPath(context);
			folderAt(context, path);
			return upload(context, 'archive', path);
		},
	},
	{ method: 'DELETE', path: '/3/archive', scope: 'archive', query: ['path'], handle: removeByPath },
	{
		method: 'GET',
		path: '/3/archive/:id',
		scope: 'archive',
		query: ['fileid'],
		handle(context) {
			const { fileid } = context.query;
			const folder = context.company.folders.find(({ id }) => id === context.params.id);
			if (folder) return show(context, folder.path);
			return bytes(fileid ? attachedFile(context, fileid) : findFile(context, context.params.id ?? ''));
		},
	},
	{
		method: 'DELETE',
		path: '/3/archive/:id',
		scope: 'archive',
		handle(context) {
			const { id = '' } = context.params;
			const folder = context.company.folders.find((each) => each.id === id);
			return folder ? removeFolder(context, folder) : removeFile(context, findFile(context, id, 'archive'));
		},
	},
];
