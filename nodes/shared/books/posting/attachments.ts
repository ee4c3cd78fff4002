import { createHash } from 'node:crypto';
import { FortnoxError } from '../../fortnox/errors';
import { isNotFound, unlessNotFound } from '../../fortnox/tolerate';
import type { FortnoxFile } from '../../fortnox/wire';
import { formatEntryId, type EntryId } from '../../ledger/formats';
import { LedgerError, type Problem } from '../../ledger/problems';
import type { DraftAttachment, LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import type { OpenSlip } from './slip';
import type { ReadyEntry } from './types';

/** A file that is connected to a voucher. */
export interface Attached {
	filename: string;
	id: string;
	/** It was connected before. */
	alreadyAttached: boolean;
}

/**
 * Attaches the file of an entry that was just posted or found; nothing where it has none.
 *
 * @throws {LedgerError} ERROR_ATTACHMENT_FAILED: the entry is there, its file is not
 */
export async function attachOnce(run: Run, entry: ReadyEntry, posted: LedgerEntry, mayWait: boolean): Promise<Attached[]> {
	const { number, year, series } = posted;
	if (entry.attachment === undefined || number === undefined || year === undefined) return [];
	return [await attachFile(run, { series, number, yearId: year }, entry.attachment, mayWait)];
}

/** Attaches the file of an entry that was found in the ledger; what goes wrong is the entry's error. */
export async function attachFound(run: Run, slip: OpenSlip): Promise<void> {
	const { posted } = slip;
	if (posted === undefined) return;
	try {
		posted.attachments = await attachOnce(run, slip.entry, posted.inLedger, true);
	} catch (error) {
		slip.error = error;
	}
}

/**
 * Uploads a file and connects it to a voucher, unless a file with the same bytes is connected already.
 *
 * @param mayWait the file may wait in the inbox, left there by an attempt before this one
 * @throws {LedgerError} ERROR_ATTACHMENT_FAILED
 */
export async function attachFile(run: Run, entry: EntryId, file: DraftAttachment, mayWait = true): Promise<Attached> {
	try {
		// Of two executions that attach to the same entry, the second sees what the first has attached.
		return await inTurn(`${run.fortnox.tenantKey}\n${formatEntryId(entry)}`, async () => {
			const known = await connectedFile(run, entry, file);
			if (known !== undefined) return { filename: file.name, id: known, alreadyAttached: true };
			// An upload whose answer was lost left the file there.
			const uploaded = (mayWait ? await inInbox(run, file) : undefined) ?? (await upload(run, file));
			return { filename: file.name, id: await connectUploaded(run, entry, uploaded), alreadyAttached: false };
		});
	} catch (error) {
		throw failed(entry, file, error);
	}
}

/** The bytes are a file's identity: its name says nothing, and Fortnox gives it a new id at every upload. */
async function connectedFile(run: Run, { series, number, yearId }: EntryId, file: DraftAttachment): Promise<string | undefined> {
	const connections = await run.fortnox.voucherFileConnections({ series, number, financialYear: yearId });
	const wanted = digest(file.content);
	for (const { FileId } of connections) {
		const stored = await unlessNotFound(run.fortnox.archiveFile(FileId));
		if (stored && digest(stored.content) === wanted) return FileId;
	}
	return undefined;
}

function digest(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** After a lost answer the inbox is looked through for the file. */
async function upload(run: Run, file: DraftAttachment): Promise<FortnoxFile> {
	return await run.fortnox.uploadVoucherFile(file).catch(async (error: unknown) => {
		const waiting = isUnknown(error) ? await inInbox(run, file) : undefined;
		if (waiting === undefined) throw error;
		return waiting;
	});
}

async function inInbox(run: Run, file: DraftAttachment): Promise<FortnoxFile | undefined> {
	const wanted = digest(file.content);
	for (const candidate of await run.fortnox.inboxVoucherFiles()) {
		if (candidate.Name !== file.name) continue;
		const stored = await unlessNotFound(run.fortnox.archiveFile(candidate.Id));
		if (stored && digest(stored.content) === wanted) return candidate;
	}
	return undefined;
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
async function connectUploaded(run: Run, entry: EntryId, { Id, ArchiveFileId }: FortnoxFile): Promise<string> {
	return await connect(run, entry, Id).then(
		() => Id,
		async (error: unknown) => {
			if (!ArchiveFileId || !isNotFound(error)) throw error;
			await connect(run, entry, ArchiveFileId);
			return ArchiveFileId;
		},
	);
}

async function connect(run: Run, { series, number, yearId }: EntryId, fileId: string): Promise<void> {
	await run.fortnox.connectVoucherFile({ fileId, series, number, financialYear: yearId }).catch(async (error: unknown) => {
		if (!isUnknown(error)) throw error;
		const connections = await run.fortnox.voucherFileConnections({ series, number, financialYear: yearId });
		if (!connections.some(({ FileId }) => FileId === fileId)) throw error;
	});
}

function isUnknown(error: unknown): boolean {
	return error instanceof FortnoxError && error.outcome === 'unknown';
}

function failed(entry: EntryId, file: DraftAttachment, error: unknown): LedgerError {
	const reason = error instanceof Error ? error.message : String(error);
	const problem: Problem = {
		code: 'ERROR_ATTACHMENT_FAILED',
		message: `Entry ${formatEntryId(entry)} is in the ledger, but the file ${file.name} could not be attached: ${reason} Run again with the same number, or use Journal Entry > Add Attachment; the entry is not posted again.`,
	};
	return new LedgerError(problem, { cause: error });
}
