import { formatEntryId, type EntryId } from '../../shared/ledger/formats';
import { LedgerError } from '../../shared/ledger/problems';
import type { DraftAttachment, LedgerEntry } from '../../shared/unified/entryDraft';
import type { Run } from '../run';
import type { ReadyEntry } from './types';

/** A file that is connected to a voucher. */
export interface Attached {
	filename: string;
	id: string;
}

/**
 * Attaches the file of an entry that was just posted or found.
 *
 * @throws {LedgerError} ERROR_ATTACHMENT_FAILED: the entry is there, its file is not
 */
export async function attachOnce(run: Run, entry: ReadyEntry, posted: LedgerEntry): Promise<Attached[]> {
	const { number, year, series } = posted;
	if (entry.attachment === undefined || number === undefined || year === undefined) return [];
	const id: EntryId = { series, number, yearId: year };
	return [await attachFile(run, id, entry.attachment)];
}

/** Uploads a file and connects it to a voucher; see `Add Attachment`. */
export async function attachFile(run: Run, entry: EntryId, file: DraftAttachment): Promise<Attached> {
	try {
		const uploaded = await run.fortnox.uploadVoucherFile(file);
		const fileId = uploaded.ArchiveFileId ?? uploaded.Id;
		await run.fortnox.connectVoucherFile({ fileId, series: entry.series, number: entry.number, financialYear: entry.yearId });
		return { filename: file.name, id: fileId };
	} catch (error) {
		throw failed(entry, file, error);
	}
}

function failed(entry: EntryId, file: DraftAttachment, error: unknown): LedgerError {
	const reason = error instanceof Error ? error.message : String(error);
	return new LedgerError({
		code: 'ERROR_ATTACHMENT_FAILED',
		message: `Entry ${formatEntryId(entry)} is in the ledger, but the file ${file.name} could not be attached: ${reason}`,
	});
}
