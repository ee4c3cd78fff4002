import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
});
afterEach(() => sandbox.close());

interface Shown {
	Folder: { Id: string; Files: Array<{ Id: string; Name: string }>; Folders: Array<{ Id: string; Name: string }> };
}

async function show(path: string): Promise<{ files: string[]; folders: string[] }> {
	const { Folder } = (await call(path)).json as Shown;
	return { files: Folder.Files.map(({ Name }) => Name), folders: Folder.Folders.map(({ Name }) => Name) };
}

async function upload(path: string, name = 'kvitto.pdf'): Promise<Reply> {
	const form = new FormData();
	form.append('file', new Blob(['%PDF-1.4'], { type: 'application/pdf' }), name);
	return await call(path, { body: form });
}

async function makeFolder(name: string, query = ''): Promise<string> {
	const reply = await call(`/3/archive${query}`, { body: { Folder: { Name: name } } });
	expect(reply.status).toBe(201);
	return (reply.json as Shown).Folder.Id;
}

const remove = async (path: string) => (await call(path, { method: 'DELETE' })).status;

describe('The inbox', () => {
	it('has its nine folders and no other, and shows what is in one', async () => {
		expect((await show('/3/inbox')).folders.sort()).toEqual([
			'Inbox_a',
			'Inbox_b',
			'Inbox_d',
			'Inbox_kf',
			'Inbox_l',
			'Inbox_o',
			'Inbox_of',
			'Inbox_s',
			'Inbox_v',
		]);
		expect((await upload('/3/inbox?path=Inbox_of')).status).toBe(201);
		expect((await upload('/3/inbox?path=Inbox_x')).status).toBe(404);
		expect((await show('/3/inbox/inbox_of')).files).toEqual(['kvitto.pdf']);
		expect((await show('/3/inbox/inbox_v')).files).toEqual([]);
	});

	it('gives a file up by its id', async () => {
		const { File } = (await upload('/3/inbox?path=Inbox_v')).json as { File: { Id: string } };
		expect([await remove(`/3/inbox/${File.Id}`), await remove(`/3/inbox/${File.Id}`)]).toEqual([204, 404]);
	});
});

describe('The archive', () => {
	it('has folders in folders, by path and by id', async () => {
		const year = await makeFolder('2026');
		await makeFolder('Kvitton', '?path=2026');
		await upload('/3/archive?path=2026/Kvitton', 'a.pdf');
		await upload(`/3/archive?folderid=${year}`, 'b.pdf');
		expect(await show('/3/archive')).toEqual({ files: [], folders: ['2026'] });
		expect(await show('/3/archive?path=2026')).toEqual({ files: ['b.pdf'], folders: ['Kvitton'] });
		expect(await show(`/3/archive/${year}`)).toEqual({ files: ['b.pdf'], folders: ['Kvitton'] });
		expect((await upload('/3/archive?path=2027')).status).toBe(404);
		expect((await call('/3/archive', { body: { Folder: { Name: '2026' } } })).status).toBe(400);
	});

	it('removes a file by path, a folder with all that is in it by path or id, and never the root', async () => {
		await makeFolder('2026');
		const receipts = await makeFolder('Kvitton', '?path=2026');
		await makeFolder('20');
		for (const name of ['a.pdf', 'b.pdf']) await upload('/3/archive?path=2026/Kvitton', name);
		await upload('/3/archive?path=20', 'c.pdf');
		expect(await remove('/3/archive?path=2026/Kvitton/a.pdf')).toBe(204);
		expect((await show('/3/archive?path=2026/Kvitton')).files).toEqual(['b.pdf']);
		expect(await remove(`/3/archive/${receipts}`)).toBe(204);
		expect(await show('/3/archive?path=2026')).toEqual({ files: [], folders: [] });
		expect(await remove('/3/archive?path=2026')).toBe(204);
		expect(await show('/3/archive')).toEqual({ files: [], folders: ['20'] });
		expect((await show('/3/archive?path=20')).files).toEqual(['c.pdf']);
		expect([await remove('/3/archive'), await remove('/3/archive?path=2026')]).toEqual([404, 404]);
	});
});
