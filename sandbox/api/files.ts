import { randomUUID } from 'node:crypto';

import type { SandboxFile, SandboxFileConnection } from '../company/types';
import { readWrapped, type FieldSpecs } from './wire/fields';
import { cutPage, integerParameter, listAnswer } from './wire/lists';
import { created, noContent, ok, PAGING, requestedYear, type Route, type RouteContext } from './wire/route';
import { notFound, PlaceholderRefusal, type Answer } from './wire/answer';

/** Inbox folders: id, and the path under which Fortnox names it. */
const INBOX_FOLDERS: ReadonlyArray<readonly [id: string, path: string]> = [
	['inbox_a', 'Inbox_a'],
	['inbox_b', 'Inbox_b'],
	['inbox_d', 'Inbox_d'],
	['inbox_kf', 'Inbox_kf'],
	['inbox_l', 'Inbox_l'],
	['inbox_o', 'Inbox_o'],
	['inbox_s', 'Inbox_s'],
	['inbox_par', 'Inbox_par'],
	['inbox_v', 'Inbox_v'],
];

const CONNECTION_SPECS: FieldSpecs = {
	FileId: { type: 'text', required: true },
	VoucherSeries: { type: 'text', required: true },
	VoucherNumber: { type: 'text', required: true },
	VoucherDescription: { type: 'text', readOnly: true },
	VoucherYear: { type: 'integer', readOnly: true },
	Name: { type: 'text', readOnly: true },
};

const fileItem = (file: SandboxFile, area: 'inbox' | 'archive', baseUrl: string) => ({
	'@url': `${baseUrl}/3/${area}/${file.id}`,
	Comments: null,
	Id: file.id,
	Name: file.name,
	Path: file.path,
	Size: file.content.length,
	ArchiveFileId: file.archiveFileId,
});

function upload(context: RouteContext, area: 'inbox' | 'archive', path: string): Answer {
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

function folder(context: RouteContext, area: 'inbox' | 'archive', id: string, name: string, path: string): Answer {
	const { company, baseUrl } = context;
	const files = company.files.filter((file) => file.inInbox === (area === 'inbox') && file.path === path);
	return ok({
		Folder: {
			'@url': `${baseUrl}/3/${area}/${id}`,
			Email: null,
			Files: files.map((file) => fileItem(file, area, baseUrl)),
			Folders: [],
			Id: id,
			Name: name,
		},
	});
}

const bytes = (file: SandboxFile): Answer => ({ status: 200, body: file.content, contentType: file.contentType });

/** A path takes a file's `Id` alone; its `ArchiveFileId` is for the query (reported). */
function findFile({ company }: RouteContext, id: string, inInbox?: boolean): SandboxFile {
	const file = company.files.find(
		(candidate) => candidate.id === id && (inInbox === undefined || candidate.inInbox === inInbox),
	);
	if (!file) throw notFound('fileNotFound');
	return file;
}

/** A file by the id that `fileid` takes. */
function attachedFile({ company }: RouteContext, archiveFileId: string): SandboxFile {
	const file = company.files.find((candidate) => candidate.archiveFileId === archiveFileId);
	if (!file) throw notFound('fileNotFound');
	return file;
}

const inboxRoot = ({ baseUrl }: RouteContext): Answer =>
	ok({
		Folder: {
			'@url': `${baseUrl}/3/inbox`,
			Email: null,
			Files: [],
			Folders: INBOX_FOLDERS.map(([id, path]) => ({ '@url': `${baseUrl}/3/inbox/${id}`, Id: id, Name: path })),
			Id: 'root',
			Name: 'Inbox',
		},
	});

function connectionItem(connection: SandboxFileConnection, context: RouteContext) {
	const { company, baseUrl } = context;
	return {
		'@url': `${baseUrl}/3/voucherfileconnections/${connection.fileId}`,
		FileId: connection.fileId,
		Name:
			company.files.find(({ id, archiveFileId }) => id === connection.fileId || archiveFileId === connection.fileId)
				?.name ?? null,
		VoucherDescription: company.voucher(connection.series, connection.number, connection.yearId)?.description ?? null,
		VoucherNumber: String(connection.number),
		VoucherSeries: connection.series,
		VoucherYear: connection.yearId,
	};
}

function connect(context: RouteContext): Answer {
	const { company, settings, query } = context;
	const fields = readWrapped(context.body, 'VoucherFileConnection', CONNECTION_SPECS, 'create', settings);
	const series = fields.text('VoucherSeries') ?? '';
	const number = Number(fields.text('VoucherNumber'));
	const fileId = fields.text('FileId') ?? '';
	const file = company.files.find((candidate) => {
		// A file of the archive can't be connected by its Id (reported); for the inbox's see the setting.
		const wanted = candidate.uploadedTo === 'archive' ? 'ArchiveFileId' : settings.voucherConnectionFileId;
		return (
			(wanted !== 'ArchiveFileId' && candidate.id === fileId) || (wanted !== 'Id' && candidate.archiveFileId === fileId)
		);
	});
	if (!file) throw notFound('fileNotFound');
	// Without a year the file lands on the oldest year that has such a voucher (reported by users of a library).
	const named = query.financialyear !== undefined || query.financialyeardate !== undefined;
	const years = named ? [requestedYear(context)] : company.yearsNewestFirst().reverse();
	const year = years.find((candidate) => candidate.voucher(series, number));
	if (!year) throw notFound('voucherNotFound');
	if (company.fileConnections.some((other) => other.fileId === fileId))
		throw new PlaceholderRefusal('alreadyExists', fileId);
	const connection = { fileId, series, number, yearId: year.id };
	company.fileConnections.push(connection);
	file.inInbox = false;
	return created('voucherfileconnections', { VoucherFileConnection: connectionItem(connection, context) });
}

function connections(context: RouteContext): Answer {
	const { company, query, settings } = context;
	let all: readonly SandboxFileConnection[] = company.fileConnections;
	if (settings.voucherFileConnectionFilters) {
		const year = integerParameter(query, 'voucheryear');
		const { voucherseries, vouchernumber, voucherdescription } = query;
		all = all.filter(
			(connection) =>
				(year === undefined || connection.yearId === year) &&
				(voucherseries === undefined || connection.series === voucherseries) &&
				(vouchernumber === undefined || String(connection.number) === vouchernumber) &&
				(voucherdescription === undefined ||
					(company.voucher(connection.series, connection.number, connection.yearId)?.description ?? '')
						.toLowerCase()
						.includes(voucherdescription.toLowerCase())),
		);
	}
	return listAnswer('VoucherFileConnections', cutPage(all, query, settings), (connection) =>
		connectionItem(connection, context),
	);
}

function findConnection({ company, params }: RouteContext): SandboxFileConnection {
	const connection = company.fileConnections.find(({ fileId }) => fileId === params.id);
	if (!connection) throw notFound('connectionNotFound');
	return connection;
}

const inboxFolder = (name: string | undefined) =>
	INBOX_FOLDERS.find(([id, path]) => id === name?.toLowerCase() || path.toLowerCase() === name?.toLowerCase());

export const fileRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/inbox',
		scope: 'inbox',
		query: ['fileid'],
		handle: (context) =>
			context.query.fileid ? bytes(attachedFile(context, context.query.fileid)) : inboxRoot(context),
	},
	{
		method: 'POST',
		path: '/3/inbox',
		scope: 'inbox',
		query: ['path', 'folderid'],
		handle(context) {
			const { path, folderid } = context.query;
			const found = inboxFolder(path ?? folderid);
			if (!found) throw notFound('folderNotFound');
			return upload(context, 'inbox', found[1]);
		},
	},
	{
		method: 'GET',
		path: '/3/inbox/:id',
		scope: 'inbox',
		handle(context) {
			const found = inboxFolder(context.params.id);
			return found
				? folder(context, 'inbox', found[0], found[1], found[1])
				: bytes(findFile(context, context.params.id ?? '', true));
		},
	},
	{
		method: 'DELETE',
		path: '/3/inbox/:id',
		scope: 'inbox',
		handle(context) {
			const file = findFile(context, context.params.id ?? '', true);
			context.company.files.splice(context.company.files.indexOf(file), 1);
			return noContent();
		},
	},
	{
		method: 'GET',
		path: '/3/archive',
		scope: 'archive',
		query: ['path', 'fileid'],
		handle(context) {
			const { fileid, path } = context.query;
			return fileid
				? bytes(attachedFile(context, fileid))
				: folder(context, 'archive', 'root', path ?? 'root', path ?? '');
		},
	},
	{
		method: 'POST',
		path: '/3/archive',
		scope: 'archive',
		query: ['path', 'folderid'],
		handle: (context) => upload(context, 'archive', context.query.path ?? context.query.folderid ?? ''),
	},
	{
		method: 'GET',
		path: '/3/archive/:id',
		scope: 'archive',
		query: ['fileid'],
		handle(context) {
			const { fileid } = context.query;
			return bytes(fileid ? attachedFile(context, fileid) : findFile(context, context.params.id ?? ''));
		},
	},
	{
		method: 'DELETE',
		path: '/3/archive/:id',
		scope: 'archive',
		handle(context) {
			const file = findFile(context, context.params.id ?? '', false);
			context.company.files.splice(context.company.files.indexOf(file), 1);
			return noContent();
		},
	},
	{
		method: 'GET',
		path: '/3/voucherfileconnections',
		scope: 'connectfile',
		query: [...PAGING, 'voucheryear', 'voucherseries', 'vouchernumber', 'voucherdescription'],
		handle: connections,
	},
	{
		method: 'GET',
		path: '/3/voucherfileconnections/:id',
		scope: 'connectfile',
		handle: (context) => ok({ VoucherFileConnection: connectionItem(findConnection(context), context) }),
	},
	{
		method: 'POST',
		path: '/3/voucherfileconnections',
		scope: 'connectfile',
		query: ['financialyear', 'financialyeardate'],
		handle: connect,
	},
	{
		method: 'DELETE',
		path: '/3/voucherfileconnections/:id',
		scope: 'connectfile',
		handle(context) {
			const { company } = context;
			company.fileConnections.splice(company.fileConnections.indexOf(findConnection(context)), 1);
			return noContent();
		},
	},
];
