import type { FortnoxApi } from '../api';
import { FortnoxError, otherThanSent } from '../errors';
import { unwrap } from '../pages';
import { TIMEOUT_MS } from '../timeouts';
import type { FortnoxFile, FortnoxVoucherFileConnection } from '../wire';
import { pathOf, type Calls } from './calls';
import { contradictions } from './sought';

type Inbox = Pick<FortnoxApi, 'archiveFile' | 'inboxFile' | 'inboxFiles' | 'inboxFolders' | 'inboxVoucherFiles' | 'uploadVoucherFile'>;
type Connections = Pick<FortnoxApi, 'allVoucherFileConnections' | 'connectVoucherFile' | 'voucherFileConnections'>;

/** The inbox folder whose files wait for a voucher. */
const VOUCHER_INBOX = 'Inbox_v';

export function fileCalls(calls: Calls): Inbox {
	const inboxFiles = async (folder: string): Promise<FortnoxFile[]> =>
		(
			await calls.get<{ Files?: FortnoxFile[] | null }>(
				{ name: 'Folder', path: pathOf('inbox', folder) },
				// Which Id the answer then has is not documented.
				{ what: `the inbox folder ${folder}` },
			)
		).Files ?? [];
	return {
		uploadVoucherFile: async ({ name, mimeType, content }) => {
			const body = () => {
				const form = new FormData();
				form.append('file', new Blob([content], { type: mimeType }), name);
				return form;
			};
			const query = { path: VOUCHER_INBOX };
			const answer = await calls.requests.send({ method: 'POST', path: pathOf('inbox'), query, body, timeoutMs: TIMEOUT_MS.file });
			const file = unwrap<FortnoxFile>(answer, 'File');
			// Fortnox may change a name; how large the file is, it can't.
			const sent = { what: `the file ${name}`, sent: file.Size ? { Size: content.length } : { Name: name } };
			const others = [...(file.Id ? [] : ['no Id']), ...contradictions(file, sent, true)];
			if (others.length > 0) throw otherThanSent(answer, sent.what, others);
			return file;
		},
		inboxVoucherFiles: async () => await inboxFiles(VOUCHER_INBOX.toLowerCase()),
		inboxFolders: async () =>
			(
				await calls.get<{ Folders?: Array<{ Id: string; Name?: string | null }> | null }>(
					{ name: 'Folder', path: pathOf('inbox') },
					{ what: 'the inbox' },
				)
			).Folders ?? [],
		inboxFiles,
		inboxFile: async (fileId) => await calls.bytes(pathOf('inbox', fileId), undefined, TIMEOUT_MS.file),
		// A path takes a file's Id; the ArchiveFileId, by which a file of the archive is connected, works in the query alone.
		archiveFile: async (fileId) =>
			(await calls.bytes(pathOf('archive', fileId), undefined, TIMEOUT_MS.file).catch(unlessAnswered404)) ??
			(await calls.bytes(pathOf('archive'), { fileid: fileId }, TIMEOUT_MS.file)),
	};
}

export function fileConnectionCalls(calls: Calls): Connections {
	const path = pathOf('voucherfileconnections');
	const wanted = {
		path,
		names: ['VoucherFileConnections'],
		keyOf: (found: FortnoxVoucherFileConnection) => `${found.FileId} ${found.VoucherSeries} ${found.VoucherNumber} ${found.VoucherYear}`,
	};
	return {
		connectVoucherFile: async ({ fileId, series, number, financialYear }) =>
			await calls.post<FortnoxVoucherFileConnection>(
				// In the body the year is read only, and without it the file lands on another year's voucher.
				{ name: 'VoucherFileConnection', path, query: { financialyear: financialYear } },
				{ FileId: fileId, VoucherSeries: series, VoucherNumber: String(number) },
				{
					what: `the file at entry ${series} ${number}`,
					key: { FileId: fileId, VoucherSeries: series, VoucherNumber: number },
					also: { VoucherYear: financialYear },
				},
			),
		allVoucherFileConnections: async () => await calls.list(wanted),
		voucherFileConnections: async ({ series, number, financialYear }) => {
			const query = { financialyear: financialYear, voucherseries: series, vouchernumber: number };
			const connections = await calls.list({ ...wanted, query });
			// The filters are not documented: where Fortnox leaves one unheeded, the list holds other vouchers' files too.
			return connections.filter(
				(found) => found.VoucherSeries === series && Number(found.VoucherNumber) === number && found.VoucherYear === financialYear,
			);
		},
	};
}

/** Also of a gateway: the other way to ask tells. */
function unlessAnswered404(error: unknown): undefined {
	if (!(error instanceof FortnoxError) || error.status !== 404) throw error;
	return undefined;
}
