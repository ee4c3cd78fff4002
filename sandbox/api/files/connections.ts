import type { SandboxFileConnection } from '../../company/types';
import { notFound, PlaceholderRefusal, type Answer } from '../wire/answer';
import { readWrapped, type FieldSpecs } from '../wire/fields';
import { cutPage, integerParameter, listAnswer } from '../wire/lists';
import { created, noContent, ok, PAGING, requestedYear, type Route, type RouteContext } from '../wire/route';

const CONNECTION_SPECS: FieldSpecs = {
	FileId: { type: 'text', required: true },
	VoucherSeries: { type: 'text', required: true },
	VoucherNumber: { type: 'text', required: true },
	VoucherDescription: { type: 'text', readOnly: true },
	VoucherYear: { type: 'integer', readOnly: true },
	Name: { type: 'text', readOnly: true },
};

function connectionItem(connection: SandboxFileConnection, context: RouteContext) {
	const { company, baseUrl } = context;
	return {
		'@url': `${baseUrl}/3/voucherfileconnections/${connection.fileId}`,
		FileId: connection.fileId,
		Name: company.files.find(({ id, archiveFileId }) => id === connection.fileId || archiveFileId === connection.fileId)?.name ?? null,
		VoucherDescription: company.voucher(connection.series, connection.number, connection.yearId)?.description ?? null,
		VoucherNumber: String(connection.number),
		VoucherSeries: connection.series,
		VoucherYear: connection.yearId,
	};
}

function connect(context: RouteContext): Answer {
	const { company, settings, query } = context;
	const fields = readWrapped(context, 'VoucherFileConnection', CONNECTION_SPECS, 'create');
	const series = fields.text('VoucherSeries') ?? '';
	const number = Number(fields.text('VoucherNumber'));
	const fileId = fields.text('FileId') ?? '';
	const file = company.files.find((candidate) => {
		// A file of the archive can't be connected by its Id (reported); for the inbox's see the setting.
		const wanted = candidate.uploadedTo === 'archive' ? 'ArchiveFileId' : settings.voucherConnectionFileId;
		return (wanted !== 'ArchiveFileId' && candidate.id === fileId) || (wanted !== 'Id' && candidate.archiveFileId === fileId);
	});
	if (!file) throw notFound('fileNotFound');
	// Without a year the file lands on the oldest year that has such a voucher (reported by users of a library).
	const named = query.financialyear !== undefined || query.financialyeardate !== undefined;
	const years = named ? [requestedYear(context)] : company.yearsNewestFirst().reverse();
	const year = years.find((candidate) => candidate.voucher(series, number));
	if (!year) throw notFound('voucherNotFound');
	if (company.fileConnections.some((other) => other.fileId === fileId)) throw new PlaceholderRefusal('alreadyExists', fileId);
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
	return listAnswer('VoucherFileConnections', cutPage(all, query, settings), (connection) => connectionItem(connection, context));
}

function findConnection({ company, params }: RouteContext): SandboxFileConnection {
	const connection = company.fileConnections.find(({ fileId }) => fileId === params.id);
	if (!connection) throw notFound('connectionNotFound');
	return connection;
}

/** Files of vouchers. */
export const connectionRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/voucherfileconnections',
		scope: 'connectfile',
		query: [...PAGING, 'financialyear', 'financialyeardate', 'voucheryear', 'voucherseries', 'vouchernumber', 'voucherdescription'],
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
