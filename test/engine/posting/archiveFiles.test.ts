import { COMPANY, startWorld, type World } from '../support/world';

let world: World;

beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

it('a file of the archive, connected by its ArchiveFileId, is read from where Fortnox answers it', async () => {
	const company = world.sandbox.company(COMPANY);
	company.files.push({
		id: 'id-1',
		archiveFileId: 'archive-1',
		name: 'kvitto.pdf',
		path: '',
		inInbox: false,
		uploadedTo: 'archive',
		contentType: 'application/pdf',
		content: Buffer.from('%PDF-1.4'),
	});
	company.fileConnections.push({ fileId: 'archive-1', series: 'A', number: 1, yearId: 4 });
	const result = await world.run({ resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-1-4' });
	expect(result.error).toBeUndefined();
	expect(result.json().length).toBe(1);
	expect(world.requests('GET', /^\/3\/archive$/).map(({ query, status }) => [query.fileid, status])).toEqual([['archive-1', 200]]);
});
