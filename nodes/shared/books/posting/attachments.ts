import { createHash } from 'node:crypto';
import { FortnoxError } from '../../fortnox/errors';
import { isNotAllowed, isNotFound } from '../../fortnox/tolerate';
import type { FortnoxFile, FortnoxVoucherFileConnection } from '../../fortnox/wire';
import { formatEntryId, type EntryId } from '../../ledger/formats';
import { LedgerError, type Problem } from '../../ledger/problems';
import type { DraftAttachment, LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { atRisingIntervals } from './settle';
import { fail, type Done, type Slip } from './slip';
import type { ReadyEntry } from './types';

/** A file that is connected to a voucher. */
export interface Attached {
	filename: string;
	id: string;
	/** It was connected before. */
	alreadyAttached: boolean;
}

/** How an entry's file is looked for before it is uploaded. */
interface Looking {
	/** The file may wait in the inbox, left there by an attempt before this one. */
	mayWait: boolean;
	/** How long to look for a file whose upload got no clear answer, in ms. */
	outcomeTimeoutMs: number;
}

/**
 * Attaches the file of an entry that was just posted or found; nothing where it has none.
 *
 * @throws {LedgerError} ERROR_ATTACHMENT_FAILED: the entry is there, its file is not
 */
export async function attachOnce(run: Run, entry: ReadyEntry, posted: LedgerEntry, mayWait: boolean): Promise<Attached[]> {
	const { number, year, series } = posted;
	if (entry.attachment === undefined || number === undefined || year === undefined) return [];
	const { outcomeTimeoutMs } = entry.options;
	return [await attachFile(run, { series, number, yearId: year }, entry.attachment, { mayWait, outcomeTimeoutMs })];
}

/** Attaches the file of an entry that was found in the ledger; what goes wrong is the entry's error. */
export async function attachFound(run: Run, slip: Slip<Done>): Promise<void> {
	const { entry, posted } = slip.state;
	try {
		posted.attachments = await attachOnce(run, entry, posted.inLedger, true);
	} catch (error) {
		fail(slip, error);
	}
}

/**
 * Uploads a file and connects it to a voucher, unless a file with the same bytes is connected already.
 *
 * @throws {LedgerError} ERROR_ATTACHMENT_FAILED
 */
export async function attachFile(run: Run, entry: EntryId, file: DraftAttachment, looking: Looking): Promise<Attached> {
	const name = `${run.fortnox.tenantKey}\n${fileHash(file.content)}`;
	try {
		// Of two executions with the same file, the second sees what the first has attached, and leaves its upload alone.
		return await inTurn(name, async () => {
			const known = await connectedFile(run, entry, file);
			if (known !== undefined) return { filename: file.name, id: known, alreadyAttached: true };
			const uploaded = await uploadedFile(run, file, name, looking);
			return { filename: file.name, id: await connectUploaded(run, entry, uploaded), alreadyAttached: false };
		});
	} catch (error) {
		throw failed(entry, file, error);
	}
}

/**
 * The bytes are a file's identity: its name says nothing, and Fortnox gives it a new id at every upload. Where the bytes
 * can't be read, the name has to do.
 */
async function connectedFile(run: Run, { series, number, yearId }: EntryId, file: DraftAttachment): Promise<string | undefined> {
	const connections = await run.fortnox.voucherFileConnections({ series, number, financialYear: yearId });
	for (const { FileId, Name } of connections) {
		const stored = await readFile(run.fortnox.archiveFile(FileId), 'archive');
		if (stored.content === undefined) {
			if (Name !== file.name) continue;
			run.hint(
				`${file.name} was compared with the file of that name at ${formatEntryId({ series, number, yearId })} by its name alone: ${stored.why}. It was not attached again.`,
			);
			return FileId;
		}
		if (fileHash(stored.content) === fileHash(file.content)) return FileId;
	}
	return undefined;
}

/** A file's bytes, or why they can't be read, as the end of a sentence. */
type StoredFile = { content: Buffer } | { content?: undefined; why: string };

/** A file that is listed, and that Fortnox then says it does not have, can't be read either: a server may lag behind another. */
async function readFile(answer: Promise<{ content: Buffer }>, scope: 'archive' | 'inbox'): Promise<StoredFile> {
	return await answer.catch((error: unknown) => {
		const why = isNotAllowed(error)
			? `the bytes can be read with the scope ${scope} only`
			: isNotFound(error)
				? 'Fortnox says that it does not have that file'
				: error instanceof FortnoxError && error.status === 200
					? 'Fortnox’s answer looks like one of its errors'
					: undefined;
		if (why === undefined) throw error;
		return { why };
	});
}

/**
 * Connects a file that waits in the inbox to a voucher.
 *
 * @throws {LedgerError} ERROR_API_RESOURCE_NOT_FOUND where there is no such file; ERROR_ATTACHMENT_FAILED
 */
export async function attachInboxFile(run: Run, entry: EntryId, fileId: string): Promise<Attached> {
	try {
		const { series, number, yearId } = entry;
		const connections = await run.fortnox.voucherFileConnections({ series, number, financialYear: yearId });
		const known = (...ids: unknown[]): Attached | undefined => {
			const connection = connections.find(({ FileId }) => ids.includes(FileId));
			return connection && { filename: connection.Name ?? fileId, id: connection.FileId, alreadyAttached: true };
		};
		const attached = known(fileId);
		if (attached) return attached;
		const waiting = await waitingFile(run, fileId);
		const underOtherId = known(waiting?.Id, waiting?.ArchiveFileId);
		if (underOtherId) return underOtherId;
		const connected = connectUploaded(run, entry, waiting ?? { Id: fileId });
		return await connected.then(
			(id) => ({ filename: waiting?.Name ?? fileId, id, alreadyAttached: false }),
			async (error: unknown) => {
				const other = known(await otherIdOf(run, connections, fileId));
				if (other !== undefined) return other;
				throw waiting === undefined && isNotFound(error) ? new LedgerError(noFile(fileId), { cause: error }) : error;
			},
		);
	} catch (error) {
		throw error instanceof LedgerError ? error : failed(entry, { name: fileId }, error);
	}
}

const noFile = (fileId: string): Problem => ({
	code: 'ERROR_API_RESOURCE_NOT_FOUND',
	field: 'inboxFileId',
	message: `inboxFileId: neither the inbox nor the archive has a file ${fileId}. Inbox > Get Many gives the IDs of those that wait.`,
});

/**
 * A file has two ids, and is connected by one of them; once it has left the inbox, only its bytes tell which one.
 *
 * @returns the id by which the file with these bytes is connected
 */
async function otherIdOf(run: Run, connections: readonly FortnoxVoucherFileConnection[], fileId: string): Promise<string | undefined> {
	const file = connections.length > 0 ? await readFile(run.fortnox.archiveFile(fileId), 'archive') : undefined;
	if (file?.content === undefined) return undefined;
	for (const { FileId } of connections) {
		const stored = await readFile(run.fortnox.archiveFile(FileId), 'archive');
		if (stored.content !== undefined && fileHash(stored.content) === fileHash(file.content)) return FileId;
	}
	return undefined;
}

/** A file of the inbox by either of its ids, with its name; undefined where it waits in none of the folders. */
async function waitingFile(run: Run, fileId: string): Promise<FortnoxFile | undefined> {
	for (const { Id } of await run.fortnox.inboxFolders()) {
		const file = (await run.fortnox.inboxFiles(Id)).find(({ Id: own, ArchiveFileId }) => own === fileId || ArchiveFileId === fileId);
		if (file) return file;
	}
	return undefined;
}

export function fileHash(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** Uploads that got no clear answer a while ago, and when (monotonic, ms): the file may still come. */
const unclear = new Map<string, number>();
const UNCLEAR_FOR_MS = 10 * 60_000;

/** The file in the inbox: what an attempt before this one left there, else what is uploaded now. Never a second one on a guess. */
async function uploadedFile(run: Run, file: DraftAttachment, name: string, { mayWait, outcomeTimeoutMs }: Looking): Promise<FortnoxFile> {
	for (const [key, since] of unclear) if (since < performance.now() - UNCLEAR_FOR_MS) unclear.delete(key);
	const patiently = async (): Promise<FortnoxFile | undefined> =>
		await atRisingIntervals(run, outcomeTimeoutMs, async () => await inInbox(run, file).catch(() => undefined));
	const waiting = unclear.has(name) ? await patiently() : mayWait ? await inInbox(run, file) : undefined;
	const uploaded =
		waiting ??
		(await run.fortnox.uploadVoucherFile(file).catch(async (error: unknown) => {
			const isUnclear = error instanceof FortnoxError && error.outcome !== 'refused';
			if (isUnclear) unclear.set(name, performance.now());
			const found = isUnclear ? await patiently() : undefined;
			if (found === undefined) throw error;
			return found;
		}));
	unclear.delete(name);
	return uploaded;
}

/** The file with the same bytes; where there is none, one whose bytes can't be read, by its name and size. */
async function inInbox(run: Run, file: DraftAttachment): Promise<FortnoxFile | undefined> {
	const wanted = fileHash(file.content);
	let alike: { file: FortnoxFile; why: string } | undefined;
	for (const candidate of await run.fortnox.inboxVoucherFiles()) {
		const hasName = candidate.Name === file.name;
		const hasSize = Number(candidate.Size) === file.content.length;
		if (!hasName && !hasSize) continue;
		const stored = await readFile(run.fortnox.inboxFile(candidate.Id), 'inbox');
		if (stored.content === undefined) {
			if (hasName && (hasSize || (candidate.Size ?? '') === '')) alike ??= { file: candidate, why: stored.why };
		} else if (fileHash(stored.content) === wanted) {
			return candidate;
		}
	}
	if (alike !== undefined)
		run.hint(`${file.name} was found in the inbox by its name and size alone: ${alike.why}. It was not uploaded again.`);
	return alike?.file;
}

const turns = new Map<string, Promise<unknown>>();

/** One after the other under the same name. */
async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
	const before = turns.get(name) ?? Promise.resolve();
	const mine = before.then(work, work);
	turns.set(name, mine);
	try {
		return await mine;
	} finally {
		if (turns.get(name) === mine) turns.delete(name);
	}
}

/**
 * Connects an uploaded file by the first of its ids that Fortnox knows: the documents do not say which of the two it
 * wants, and libraries differ.
 *
 * @returns that id
 */
async function connectUploaded(run: Run, entry: EntryId, file: FortnoxFile): Promise<string> {
	return await connect(run, entry, file, file.Id).catch(async (error: unknown) => {
		if (!file.ArchiveFileId || !isNotFound(error)) throw error;
		return await connect(run, entry, file, file.ArchiveFileId);
	});
}

/**
 * Connects a file. Where the answer is lost or shows something else, the voucher's connections decide.
 *
 * @returns the id by which it is connected
 */
async function connect(run: Run, { series, number, yearId }: EntryId, file: FortnoxFile, fileId: string): Promise<string> {
	const voucher = { series, number, financialYear: yearId };
	return await run.fortnox.connectVoucherFile({ fileId, ...voucher }).then(
		() => fileId,
		async (error: unknown) => {
			if (!isUnknown(error)) throw error;
			const connections = await run.fortnox.voucherFileConnections(voucher).catch(() => []);
			const connected = connections.find(({ FileId }) => FileId === file.Id || FileId === file.ArchiveFileId);
			if (connected === undefined) throw error;
			return connected.FileId;
		},
	);
}

function isUnknown(error: unknown): boolean {
	return error instanceof FortnoxError && error.outcome === 'unknown';
}

function failed(entry: EntryId, file: Pick<DraftAttachment, 'name'>, error: unknown): LedgerError {
	const reason = error instanceof Error ? error.message : String(error);
	const problem: Problem = {
		code: 'ERROR_ATTACHMENT_FAILED',
		message: `Entry ${formatEntryId(entry)} is in the ledger, but the file ${file.name} could not be attached: ${reason} Run again with the same number, or use Journal Entry > Add Attachment; the entry is not posted again.`,
	};
	return new LedgerError(problem, { cause: error });
}
