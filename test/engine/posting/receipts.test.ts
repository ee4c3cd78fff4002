import { stopAtRequest } from '../support/stopAt';
import { COMPANY, startWorld, type World } from '../support/world';

/** What Fortnox gives a company without the licence Arkivplats. */
const WITHOUT_ARCHIVE = ['bookkeeping', 'companyinformation', 'settings', 'inbox', 'connectfile'];

describe('receipts', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld({ scopes: WITHOUT_ARCHIVE });
	});
	afterEach(async () => {
		await world.close();
	});

	let count = 0;
	function receive(name: string, path = 'Inbox_v'): string {
		const id = `file-${++count}`;
		world.sandbox.company(COMPANY).files.push({
			id,
			archiveFileId: `archive-${count}`,
			name,
			path,
			inInbox: true,
			uploadedTo: 'inbox',
			contentType: 'application/pdf',
			content: Buffer.from(`%PDF ${name}`),
		});
		return id;
	}
	const attach = (inboxFileId: string) => ({ resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4', inboxFileId });
	const connections = () => world.sandbox.company(COMPANY).fileConnections;

	it('are listed and downloaded from the inbox under their own names, without the scope archive', async () => {
		const taxi = receive('taxi.pdf');
		receive('hotell.pdf');
		receive('faktura.pdf', 'Inbox_s');
		const names = async (parameters: object) =>
			(await world.run({ resource: 'inbox', operation: 'getAll', ...parameters })).json().map(({ filename }) => filename);
		expect(await names({ folder: 'inbox_v' })).toEqual(['taxi.pdf', 'hotell.pdf']);
		expect(await names({ folder: 'inbox_v', limit: 1 })).toEqual(['taxi.pdf']);
		expect((await names({ folder: 'all', returnAll: true })).sort()).toEqual(['faktura.pdf', 'hotell.pdf', 'taxi.pdf']);
		const all = await world.run({ resource: 'inbox', operation: 'download', folder: 'inbox_v', binaryPropertyName: 'file' });
		expect(all.items().map(({ binary }) => [binary?.file?.fileName, Buffer.from(binary?.file?.data ?? '', 'base64').toString()])).toEqual([
			['taxi.pdf', '%PDF taxi.pdf'],
			['hotell.pdf', '%PDF hotell.pdf'],
		]);
		const one = await world.run({ resource: 'inbox', operation: 'download', folder: 'inbox_v', fileId: taxi });
		expect(one.json().map(({ id }) => id)).toEqual([taxi]);
		const none = await world.run({ resource: 'inbox', operation: 'download', folder: 'inbox_s', fileId: taxi });
		expect(none.error?.message).toMatch(/fileId: the folder has no file/);
	});

	it('leave the list where they are attached, also where Fortnox shows them in the folder still', async () => {
		const taxi = receive('taxi.pdf');
		receive('hotell.pdf');
		connections().push({ fileId: taxi, series: 'A', number: 2, yearId: 4 });
		const listed = await world.run({ resource: 'inbox', operation: 'getAll', folder: 'inbox_v', filters: { onlyNotAttached: true } });
		expect(listed.json().map(({ filename }) => filename)).toEqual(['hotell.pdf']);
	});

	it('are attached from the inbox once, and listed with their names without being downloaded', async () => {
		const taxi = receive('taxi.pdf');
		expect((await world.run(attach(taxi))).json()[0]).toMatchObject({ id: taxi, filename: 'taxi.pdf', journal_entry_id: 'A-1-4' });
		expect((await world.run(attach(taxi))).json()[0]).toMatchObject({ id: taxi, already_attached: true });
		expect(connections()).toHaveLength(1);
		const list = { resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-1-4' };
		expect((await world.run({ ...list, options: { download: false } })).json()).toMatchObject([{ id: taxi, filename: 'taxi.pdf' }]);
		expect(world.requests('GET', /archive/)).toEqual([]);
		expect((await world.run(list)).error).toBeDefined();
		const { error } = await world.run(attach('no-such-file'));
		expect([error?.context?.error_code, error?.message]).toEqual([
			'ERROR_API_RESOURCE_NOT_FOUND',
			expect.stringMatching(/^inboxFileId: .* no-such-file/),
		]);
	});

	it('are attached once, whichever of a file’s two ids is given', async () => {
		const company = world.sandbox.company(COMPANY);
		receive('taxi.pdf');
		const archiveId = company.files.at(-1)?.archiveFileId ?? '';
		const id = company.files.at(-1)?.id ?? '';
		expect((await world.run(attach(archiveId))).json()[0]).toMatchObject({ filename: 'taxi.pdf' });
		expect(connections()).toHaveLength(1);
		expect((await world.run(attach(id))).json()[0]).toMatchObject({ already_attached: true });
		expect(connections()).toHaveLength(1);
	});

	it('are attached once by the other id, also where the file has left the inbox', async () => {
		const own = await startWorld();
		try {
			const company = own.sandbox.company(COMPANY);
			const [id, archiveId] = ['left-1', 'left-archive-1'];
			company.files.push({
				id,
				archiveFileId: archiveId,
				name: 'taxi.pdf',
				path: 'Inbox_v',
				inInbox: true,
				uploadedTo: 'inbox',
				contentType: 'application/pdf',
				content: Buffer.from('%PDF left'),
			});
			expect((await own.run(attach(archiveId))).error).toBeUndefined();
			expect((await own.run(attach(archiveId))).json()[0]).toMatchObject({ id, filename: 'taxi.pdf', already_attached: true });
			expect(company.fileConnections).toHaveLength(1);
		} finally {
			await own.close();
		}
	});

	it('are attached once whichever request the run is stopped at', async () => {
		for (let nth = 1; ; nth++) {
			const before = connections().length;
			const file = receive(`kvitto-${nth}.pdf`);
			world.reconnect();
			const wasStopped = await stopAtRequest(world, nth, attach(file));
			expect((await world.run(attach(file))).error).toBeUndefined();
			expect(connections()).toHaveLength(before + 1);
			if (!wasStopped) break;
		}
	});

	it('attach a file of the input without the scope archive, and once', async () => {
		const input = [
			{ json: {}, binary: { data: { data: Buffer.from('%PDF').toString('base64'), mimeType: 'application/pdf', fileName: 'kvitto.pdf' } } },
		];
		const add = { resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4', binaryPropertyName: 'data' };
		expect((await world.run(add, { input })).error).toBeUndefined();
		const again = await world.run(add, { input });
		expect(again.json()[0]).toMatchObject({ already_attached: true });
		expect(again.hints().join(' ')).toMatch(/scope archive/);
		expect(connections()).toHaveLength(1);
	});

	it('that are missing are found with one list of connections', async () => {
		const company = world.sandbox.company(COMPANY);
		const own = [...company.year(4).vouchers()].filter(({ referenceType }) => ['', 'MANUAL'].includes(referenceType));
		const [first, ...rest] = own;
		connections().push({ fileId: 'x', series: first?.series ?? '', number: first?.number ?? 0, yearId: 4 });
		const result = await world.run({
			resource: 'journalEntry',
			operation: 'getWithoutFile',
			dateFrom: '2026-01',
			dateTo: '2026-12',
			returnAll: true,
		});
		expect(result.json().map(({ id }) => id)).toEqual(rest.map(({ series, number }) => `${series}-${number}-4`));
		expect(rest.length).toBeGreaterThan(0);
		expect(world.requests('GET', /voucherfileconnections/)).toHaveLength(1);
	});
});
