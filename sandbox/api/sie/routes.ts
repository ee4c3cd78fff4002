import { Readable } from 'node:stream';

import { encodeCp437 } from '../../company/sie/cp437';
import type { SandboxVoucher } from '../../company/types';
import { dateParameter, datesWithin, integerParameter, invalidParameter, type Query } from '../wire/lists';
import { notFound } from '../wire/answer';
import type { Route, RouteContext } from '../wire/route';
import { sieLines, type SieRequest } from './lines';

const CHUNK_CHARS = 64 * 1024;
const SIE_TYPES = [1, 2, 3, 4] as const;

/** CP437 with CRLF between the lines; the last line has none, as in the exports. */
function* encoded(request: SieRequest): Generator<Buffer> {
	let text = '';
	let first = true;
	for (const line of sieLines(request)) {
		text += first ? line : `\r\n${line}`;
		first = false;
		if (text.length < CHUNK_CHARS) continue;
		yield encodeCp437(text);
		text = '';
	}
	yield encodeCp437(text);
}

interface Selection {
	series: string;
	from: number;
	to: number;
}

/** `A,20,24;B,5,9`: series, first and last number. */
function readSelection(text: string | undefined): Selection[] | undefined {
	if (text === undefined || text === '') return undefined;
	return text.split(';').map((part) => {
		const match = /^([^,]+),(\d+),(\d+)$/.exec(part);
		if (!match) throw invalidParameter();
		const [, series = '', from, to] = match;
		return { series, from: Number(from), to: Number(to) };
	});
}

function readFlag(query: Query, name: string): boolean {
	const text = query[name] ?? 'false';
	if (text !== 'true' && text !== 'false') throw invalidParameter();
	return text === 'true';
}

function readVoucherFilter(query: Query): (voucher: SandboxVoucher) => boolean {
	const selection = readSelection(query.selection);
	const from = dateParameter(query, 'fromdate');
	const to = dateParameter(query, 'todate');
	return ({ series, number, date }) =>
		(from === undefined || date >= from) &&
		(to === undefined || date <= to) &&
		(selection === undefined || selection.some((part) => part.series === series && part.from <= number && number <= part.to));
}

export const sieRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/sie/:type',
		scope: 'bookkeeping',
		query: ['financialyear', 'fromdate', 'todate', 'exportall', 'selection'],
		handle(context: RouteContext) {
			const { company, params, query, settings, now } = context;
			const type = SIE_TYPES.find((known) => String(known) === params.type);
			if (!type) throw invalidParameter();
			const id = integerParameter(query, 'financialyear');
			const year = id === undefined ? company.currentYear() : company.years.get(id);
			if (!year) throw notFound('yearNotFound');
			datesWithin(year, query, settings);
			const request: SieRequest = {
				type,
				company,
				year,
				settings,
				now,
				exportAll: readFlag(query, 'exportall'),
				includes: readVoucherFilter(query),
			};
			return {
				status: 200,
				body: Readable.from(encoded(request), { objectMode: false }),
				contentType: settings.sieContentType,
			};
		},
	},
];
