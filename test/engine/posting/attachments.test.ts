import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { TIMEOUT_MS } from '../../../nodes/shared/fortnox/timeouts';
import type { FaultRule } from '../../../sandbox';
import { entry } from '../support/entry';
import { COMPANY, countVouchers, startWorld, type World } from '../support/world';

const UPLOAD = { method: 'POST', path: '^/3/inbox$', times: 1 };
const CONNECT = { method: 'POST', path: '^/3/voucherfileconnections$', times: 1 };
const ALL_BUT_ARCHIVE = ['bookkeeping', 'companyinformation', 'settings', 'inbox', 'connectfile'];

describe('a file is attached exactly once', () => {
	let world: World;
	let count = 0;
	let files: number;
	let timeout: number;

	beforeEach(async () => {
		world = await startWorld();
		files = company().files.length;
		timeout = TIMEOUT_MS.file;
		TIMEOUT_MS.file = 2000;
	});
	afterEach(async () => {
		TIMEOUT_MS.file = timeout;
		await world.close();
	});

	const company = () => world.sandbox.company(COMPANY);
	const uploads = (): number => world.requests('POST', /^\/3\/inbox$/).length;
	const stored = (): number => company().files.length - files;
	const orphans = (): string[] =>
		company()
			.files.filter(({ inInbox }) => inInbox)
			.map(({ name }) => name);

	function receipt(content = `%PDF-1.4 ${++count}`, fileName = 'kvitto.pdf'): INodeExecutionData {
		return {
			json: { number: `AT-${count}` },
			binary: { data: { data: Buffer.from(content).toString('base64'), mimeType: 'application/pdf', fileName } },
		};
	}
	const withFile = (more: INodeParameters = {}): INodeParameters =>
		entry({ number: '={{ $json.number }}', additionalFields: { binaryPropertyName: 'data' }, options: { outcomeTimeout: 10 }, ...more });
	const attach: INodeParameters = {
		resource: 'journalEntry',
		operation: 'addAttachment',
		journalEntryId: 'A-1-4',
		binaryPropertyName: 'data',
	};

	const LOST: FaultRule[] = [
		{ kind: 'dropAfterCommit' },
		{ kind: 'gateway5xx', status: 504, when: 'after' },
		{ kind: 'hangAfterCommit' },
		{ kind: 'commitLate', ms: 4000 },
	];

	it.each(LOST)('where the answer to its upload was lost: %j', async (fault) => {
		world.sandbox.faults.add({ ...fault, ...UPLOAD });
		const input = [receipt()];
		const result = await world.run(withFile(), { input });
		expect(result.error).toBeUndefined();
		expect(result.json()[0]).toMatchObject({ attachments_info: { status: 'yes' } });
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
		world.reconnect();
		expect((await world.run(withFile(), { input })).json()[0]).toMatchObject({ already_posted: true });
		expect([stored(), orphans()]).toEqual([1, []]);
	});

	it('by Add Attachment, which looks for a lost upload as long as Outcome Timeout says', async () => {
		const input = [receipt()];
		world.sandbox.faults.add({ kind: 'commitLate', ms: 4000, ...UPLOAD });
		const short = await world.run({ ...attach, options: { outcomeTimeout: 0 } }, { input });
		expect(short.error?.context?.error_code).toBe('ERROR_ATTACHMENT_FAILED');
		const patient = await world.run({ ...attach, options: { outcomeTimeout: 10 } }, { input });
		expect(patient.error).toBeUndefined();
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	it('where its upload came to nothing: the item says so, and a second run uploads it', async () => {
		world.sandbox.faults.add({ kind: 'dropBeforeCommit', ...UPLOAD });
		const input = [receipt()];
		const result = await world.run(withFile({ options: { outcomeTimeout: 1 } }), { input });
		expect(result.error?.context?.error_code).toBe('ERROR_ATTACHMENT_FAILED');
		expect(stored()).toBe(0);
		expect((await world.run(withFile({ options: { outcomeTimeout: 1 } }), { input })).error).toBeUndefined();
		expect([stored(), orphans()]).toEqual([1, []]);
	});

	it('where its upload is carried out only after the run has given up', async () => {
		world.sandbox.faults.add({ kind: 'commitLate', ms: 7000, ...UPLOAD });
		const input = [receipt()];
		const short = withFile({ options: { outcomeTimeout: 1 } });
		expect((await world.run(short, { input })).error?.context?.error_code).toBe('ERROR_ATTACHMENT_FAILED');
		expect((await world.run(withFile(), { input })).error).toBeUndefined();
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	it('where the answer to its connection was lost', async () => {
		world.sandbox.faults.add({ kind: 'dropAfterCommit', ...CONNECT });
		expect((await world.run(attach, { input: [receipt()] })).error).toBeUndefined();
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	const OTHER_CONNECTION = { VoucherFileConnection: { FileId: 'x', VoucherSeries: 'A', VoucherNumber: '9', VoucherYear: 4 } };

	it('where its connection is answered with another one, and was made', async () => {
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'after', body: OTHER_CONNECTION, ...CONNECT });
		expect((await world.run(attach, { input: [receipt()] })).error).toBeUndefined();
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	it('or not at all, where its connection is answered with another one and was not made: the next run connects it', async () => {
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', body: OTHER_CONNECTION, ...CONNECT });
		const input = [receipt()];
		const { error } = await world.run(attach, { input });
		expect(error?.context?.error_code).toBe('ERROR_ATTACHMENT_FAILED');
		expect(error?.message).toContain('does not show the file at entry A 1 as it was sent (FileId x, VoucherNumber 9)');
		expect(company().fileConnections).toEqual([]);
		expect((await world.run(attach, { input })).error).toBeUndefined();
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	it('where its upload is answered with another file, of the same name', async () => {
		const other = { id: 'other', archiveFileId: 'other-archived', name: 'kvitto.pdf', path: 'Inbox_v', inInbox: true } as const;
		company().files.push({ ...other, uploadedTo: 'inbox', contentType: 'application/pdf', content: Buffer.from('of somebody else') });
		const body = { File: { Id: other.id, ArchiveFileId: other.archiveFileId, Name: other.name, Size: 16 } };
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'after', body, ...UPLOAD });
		expect((await world.run(attach, { input: [receipt()] })).error).toBeUndefined();
		expect(company().fileConnections.map(({ fileId }) => fileId)).not.toContain('other');
		expect([uploads(), stored(), orphans()]).toEqual([1, 2, ['kvitto.pdf']]);
	});

	it('where two executions attach it at the same moment', async () => {
		const input = [receipt()];
		const results = await Promise.all([1, 2, 3].map(async () => await world.run(attach, { input })));
		expect(results.filter((result) => result.json()[0]?.already_attached === true)).toHaveLength(2);
		expect([uploads(), stored(), orphans(), company().fileConnections.length]).toEqual([1, 1, [], 1]);
	});

	it('to each of two entries that have the same file, at the same moment', async () => {
		const input = [receipt()];
		await Promise.all(['A-1-4', 'A-2-4'].map(async (journalEntryId) => await world.run({ ...attach, journalEntryId }, { input })));
		expect(
			company()
				.fileConnections.map(({ series, number }) => `${series}${number}`)
				.sort(),
		).toEqual(['A1', 'A2']);
		expect(orphans()).toEqual([]);
	});

	it('and leaves a file of the same name and other bytes alone', async () => {
		await world.run(attach, { input: [receipt('one')] });
		const second = await world.run(attach, { input: [receipt('two')] });
		expect(second.json()[0]).not.toHaveProperty('already_attached');
		expect(company().fileConnections).toHaveLength(2);
	});

	it.each([
		['beside other keys', '{"ErrorInformation":{"message":"of another program"},"items":[]}'],
		['that looks like an error of Fortnox', '{"ErrorInformation":{"error":1,"message":"Ett fel","code":2000106}}'],
	])('also beside a JSON file with the key ErrorInformation %s', async (_, content) => {
		const json = receipt(content, 'svar.json');
		expect((await world.run(attach, { input: [json] })).error).toBeUndefined();
		expect((await world.run(attach, { input: [receipt()] })).error).toBeUndefined();
		expect((await world.run(attach, { input: [json] })).json()[0]).toMatchObject({ already_attached: true });
		expect(company().fileConnections).toHaveLength(2);
	});

	it('without the scope archive: the inbox is read with its own, a connected file is known by its name, and a hint says so', async () => {
		const { sandbox } = world;
		await world.close();
		world = await startWorld({ scopes: ALL_BUT_ARCHIVE });
		expect(world.sandbox).not.toBe(sandbox);
		files = company().files.length;
		world.sandbox.faults.add({ kind: 'dropAfterCommit', ...UPLOAD });
		const input = [receipt()];
		expect((await world.run(attach, { input })).error).toBeUndefined();
		const again = await world.run(attach, { input });
		expect(again.json()[0]).toMatchObject({ already_attached: true });
		expect(again.hints().join(' ')).toMatch(/by its name alone/);
		expect([uploads(), stored(), orphans()]).toEqual([1, 1, []]);
	});

	const OWN_404 = { ErrorInformation: { Error: 1, Message: 'Kan inte hitta filen.', Code: 2999404 } };
	const notThere = (path: string): FaultRule => ({ kind: 'otherAnswer', when: 'before', method: 'GET', path, status: 404, body: OWN_404 });

	it('where Fortnox says that it does not have the connected file: it is known by its name, and a hint says so', async () => {
		const input = [receipt()];
		expect((await world.run(attach, { input })).error).toBeUndefined();
		world.sandbox.faults.add(notThere('^/3/archive'));
		const again = await world.run(attach, { input });
		expect(again.json()[0]).toMatchObject({ already_attached: true });
		expect(again.hints().join(' ')).toMatch(/by its name alone: Fortnox says that it does not have that file/);
		expect([uploads(), stored(), orphans(), company().fileConnections.length]).toEqual([1, 1, [], 1]);
		const other = await world.run(attach, { input: [receipt('other', 'other.pdf')] });
		expect(other.json()[0]).not.toHaveProperty('already_attached');
		expect(company().fileConnections).toHaveLength(2);
	});

	it('where the inbox lists its lost upload and says that it does not have it: it is known by its name and size', async () => {
		const short = { id: 'short', archiveFileId: 'short-archived', name: 'kvitto.pdf', path: 'Inbox_v', inInbox: true } as const;
		company().files.push({ ...short, uploadedTo: 'inbox', contentType: 'application/pdf', content: Buffer.from('short') });
		world.sandbox.faults.add({ kind: 'dropAfterCommit', ...UPLOAD });
		world.sandbox.faults.add(notThere('^/3/inbox/(?!inbox_)'));
		const result = await world.run(attach, { input: [receipt()] });
		expect(result.error).toBeUndefined();
		expect(result.hints().join(' ')).toMatch(/by its name and size alone/);
		expect(company().fileConnections.map(({ fileId }) => fileId)).not.toContain('short');
		expect([uploads(), stored(), orphans()]).toEqual([1, 2, ['kvitto.pdf']]);
	});

	it('only where all entries of the run exist, and all items have a file', async () => {
		const input = [receipt('%PDF-1.4 ett'), receipt('%PDF-1.4 två')].map((item, index) => ({
			...item,
			json: { entry: `A-${index === 0 ? 1 : 99_999}-4` },
		}));
		const each = { ...attach, journalEntryId: '={{ $json.entry }}' };
		const missing = await world.run(each, { input });
		expect(missing.error).toMatchObject({ context: { error_code: 'ERROR_ENTRY_NOT_FOUND', itemIndex: 1 } });
		const without = await world.run(attach, { input: [receipt('%PDF-1.4 ett'), { json: {} }] });
		expect(without.error).toMatchObject({ context: { error_code: 'ERROR_DATA_VALIDATION', itemIndex: 1 } });
		expect([uploads(), stored()]).toEqual([0, 0]);
	});

	it('and an entry whose file could not be attached is not posted again', async () => {
		const before = countVouchers(world.sandbox);
		world.sandbox.faults.add({ kind: 'scopeMissing', ...UPLOAD });
		const input = [receipt()];
		expect((await world.run(withFile(), { input })).error?.context?.error_code).toBe('ERROR_ATTACHMENT_FAILED');
		expect((await world.run(withFile(), { input })).json()[0]).toMatchObject({ already_posted: true, attachments_info: { status: 'yes' } });
		expect(countVouchers(world.sandbox) - before).toBe(1);
	});
});
