import { notFound, type Answer } from '../wire/answer';
import { ok, type Route, type RouteContext } from '../wire/route';
import { attachedFile, bytes, filesIn, findFile, removeFile, upload } from './stored';

/** The nine folders of the inbox, which stand in Fortnox's OpenAPI document: id, and the path that names it. */
const INBOX_FOLDERS: ReadonlyArray<readonly [id: string, path: string]> = [
	['inbox_a', 'Inbox_a'],
	['inbox_d', 'Inbox_d'],
	['inbox_s', 'Inbox_s'],
	['inbox_v', 'Inbox_v'],
	['inbox_b', 'Inbox_b'],
	['inbox_l', 'Inbox_l'],
	['inbox_kf', 'Inbox_kf'],
	['inbox_o', 'Inbox_o'],
	['inbox_of', 'Inbox_of'],
];

const inboxFolder = (name: string | undefined) =>
	INBOX_FOLDERS.find(([id, path]) => id === name?.toLowerCase() || path.toLowerCase() === name?.toLowerCase());

const root = ({ baseUrl }: RouteContext): Answer =>
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

function folder(context: RouteContext, [id, path]: readonly [id: string, path: string]): Answer {
	const Files = filesIn(context, 'inbox', path);
	return ok({ Folder: { '@url': `${context.baseUrl}/3/inbox/${id}`, Email: null, Files, Folders: [], Id: id, Name: path } });
}

export const inboxRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/inbox',
		scope: 'inbox',
		query: ['fileid'],
		handle: (context) => (context.query.fileid ? bytes(attachedFile(context, context.query.fileid)) : root(context)),
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
			return found ? folder(context, found) : bytes(findFile(context, context.params.id ?? '', 'inbox'));
		},
	},
	{
		method: 'DELETE',
		path: '/3/inbox/:id',
		scope: 'inbox',
		handle: (context) => removeFile(context, findFile(context, context.params.id ?? '', 'inbox')),
	},
];
