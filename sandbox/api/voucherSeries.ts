import type { SandboxSeries } from '../company/types';
import type { SandboxYear } from '../company/year';
import { notFound, PlaceholderRefusal, Refusal } from './wire/answer';
import { readWrapped, type FieldSpecs } from './wire/fields';
import { cutPage, listAnswer, sorted } from './wire/lists';
import { created, ok, PAGING, requestedYear, type Route, type RouteContext } from './wire/route';

const SERIES_SPECS: FieldSpecs = {
	Code: { type: 'text', required: true, max: 10 },
	Description: { type: 'text', max: 200 },
	Manual: { type: 'boolean' },
	Approver: { type: 'text', readOnly: true },
	Year: { type: 'integer', readOnly: true },
	NextVoucherNumber: { type: 'integer', readOnly: true },
};

const seriesScope: Route['scope'] = (settings) => settings.openScopes.voucherSeries;
const YEAR_QUERY = ['financialyear', 'financialyeardate'] as const;

function seriesItem(series: SandboxSeries, year: SandboxYear, baseUrl: string) {
	return {
		'@url': `${baseUrl}/3/voucherseries/${encodeURIComponent(series.code)}?financialyear=${year.id}`,
		Approver: series.approver === undefined ? null : { Id: 11, Name: series.approver },
		Code: series.code,
		Description: series.description,
		Manual: series.manual,
		Year: year.id,
	};
}

const singleSeries = (series: SandboxSeries, year: SandboxYear, baseUrl: string) => ({
	VoucherSeries: { ...seriesItem(series, year, baseUrl), NextVoucherNumber: series.nextNumber },
});

function findSeries(year: SandboxYear, { params }: RouteContext): SandboxSeries {
	const series = year.series.get(params.code ?? '');
	if (!series) throw notFound('seriesNotFound');
	return series;
}

export const voucherSeriesRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/voucherseries',
		scope: seriesScope,
		query: [...YEAR_QUERY, ...PAGING],
		handle(context) {
			const year = requestedYear(context);
			const all = sorted(year.seriesInOrder(), context.query, { code: (series) => series.code });
			const page = cutPage(all, context.query, context.settings);
			return listAnswer('VoucherSeriesCollection', page, (series) => seriesItem(series, year, context.baseUrl));
		},
	},
	{
		method: 'GET',
		path: '/3/voucherseries/:code',
		scope: seriesScope,
		query: YEAR_QUERY,
		handle(context) {
			const year = requestedYear(context);
			return ok(singleSeries(findSeries(year, context), year, context.baseUrl));
		},
	},
	{
		method: 'POST',
		path: '/3/voucherseries',
		scope: seriesScope,
		query: YEAR_QUERY,
		handle(context) {
			const year = requestedYear(context);
			const fields = readWrapped(context, 'VoucherSeries', SERIES_SPECS, 'create');
			const code = fields.text('Code') ?? '';
			if (!/^[0-9a-z]+$/i.test(code)) throw new Refusal(400, 2000106, `Värdet måste vara alfanumeriskt (${code})`);
			if (year.series.has(code)) throw new PlaceholderRefusal('alreadyExists', code);
			const series = {
				code,
				description: fields.text('Description') ?? '',
				manual: fields.boolean('Manual') ?? true,
				nextNumber: 1,
			};
			year.series.set(code, series);
			return created('voucherseries', singleSeries(series, year, context.baseUrl));
		},
	},
	{
		method: 'PUT',
		path: '/3/voucherseries/:code',
		scope: seriesScope,
		query: YEAR_QUERY,
		handle(context) {
			const year = requestedYear(context);
			const series = findSeries(year, context);
			const fields = readWrapped(context, 'VoucherSeries', SERIES_SPECS, 'update');
			const description = fields.text('Description');
			if (description !== undefined) series.description = description ?? '';
			series.manual = fields.boolean('Manual') ?? series.manual;
			return ok(singleSeries(series, year, context.baseUrl));
		},
	},
];
