import { isDate } from '../company/clock';
import type { SandboxSeries } from '../company/types';
import type { SandboxYear } from '../company/year';
import { readWrapped, type FieldSpecs } from './wire/fields';
import { cutPage, listAnswer, sorted, wholeListAnswer } from './wire/lists';
import { created, ok, PAGING, requestedYear, type Route, type RouteContext } from './wire/route';
import { notFound, PlaceholderRefusal, Refusal } from './wire/answer';

const SERIES_SPECS: FieldSpecs = {
	Code: { type: 'text', required: true, max: 10 },
	Description: { type: 'text', max: 200 },
	Manual: { type: 'boolean' },
	Approver: { type: 'text', readOnly: true },
	Year: { type: 'integer', readOnly: true },
	NextVoucherNumber: { type: 'integer', readOnly: true },
};

const YEAR_SPECS: FieldSpecs = {
	FromDate: { type: 'date', required: true },
	ToDate: { type: 'date', required: true },
	AccountChartType: { type: 'text' },
	AccountingMethod: { type: 'text', choices: ['ACCRUAL', 'CASH'] },
	Id: { type: 'integer', readOnly: true },
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

const yearItem = (year: SandboxYear, baseUrl: string) => ({
	'@url': `${baseUrl}/3/financialyears/${year.id}`,
	Id: year.id,
	FromDate: year.fromDate,
	ToDate: year.toDate,
	AccountChartType: year.accountChartType,
	AccountingMethod: year.accountingMethod,
});

export const ledgerRoutes: readonly Route[] = [
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
			const fields = readWrapped(context.body, 'VoucherSeries', SERIES_SPECS, 'create', context.settings);
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
			const fields = readWrapped(context.body, 'VoucherSeries', SERIES_SPECS, 'update', context.settings);
			const description = fields.text('Description');
			if (description !== undefined) series.description = description ?? '';
			series.manual = fields.boolean('Manual') ?? series.manual;
			return ok(singleSeries(series, year, context.baseUrl));
		},
	},
	{
		method: 'GET',
		path: '/3/financialyears',
		scope: 'bookkeeping',
		query: [...PAGING, 'date'],
		handle({ company, query, settings, baseUrl }) {
			const { date } = query;
			if (date !== undefined && !isDate(date)) throw new Refusal(400, 2000588, 'Ogiltig parameter i anropet.');
			const years = company.yearsNewestFirst().filter((year) => date === undefined || year.contains(date));
			return listAnswer('FinancialYears', cutPage(years, query, settings), (year) => yearItem(year, baseUrl));
		},
	},
	{
		method: 'GET',
		path: '/3/financialyears/:id',
		scope: 'bookkeeping',
		handle({ company, params, baseUrl }) {
			const year = company.years.get(Number(params.id));
			if (!year) throw notFound('yearNotFound');
			return ok({ FinancialYear: yearItem(year, baseUrl) });
		},
	},
	{
		method: 'POST',
		path: '/3/financialyears',
		scope: 'bookkeeping',
		handle({ company, body, settings, baseUrl }) {
			const fields = readWrapped(body, 'FinancialYear', YEAR_SPECS, 'create', settings);
			const from = fields.text('FromDate') ?? '';
			const to = fields.text('ToDate') ?? '';
			if (to < from) throw new PlaceholderRefusal('invalidDate', to);
			if ([...company.years.values()].some((year) => from <= year.toDate && to >= year.fromDate)) {
				throw new PlaceholderRefusal('yearOverlaps');
			}
			const method = fields.text('AccountingMethod');
			const year = company.openYear(from, to, method === 'CASH' || method === 'ACCRUAL' ? method : undefined);
			return created('financialyears', { FinancialYear: yearItem(year, baseUrl) });
		},
	},
	{
		method: 'GET',
		path: '/3/predefinedaccounts',
		scope: 'settings',
		query: PAGING,
		handle: ({ company, baseUrl }) =>
			wholeListAnswer('PreDefinedAccounts', company.predefinedAccounts, (predefined) =>
				predefinedAccount(predefined, baseUrl),
			),
	},
	{
		method: 'GET',
		path: '/3/predefinedaccounts/:name',
		scope: 'settings',
		handle: (context) =>
			ok({ PreDefinedAccount: predefinedAccount(findPredefinedAccount(context), context.baseUrl) }),
	},
	{
		method: 'PUT',
		path: '/3/predefinedaccounts/:name',
		scope: 'settings',
		handle(context) {
			const predefined = findPredefinedAccount(context);
			const specs: FieldSpecs = {
				Account: { type: 'integer', min: 1000, max: 9999 },
				Name: { type: 'text', readOnly: true },
			};
			const account = readWrapped(context.body, 'PreDefinedAccount', specs, 'update', context.settings).number(
				'Account',
			);
			if (account !== undefined) {
				if (!context.company.currentYear()?.accounts.has(account))
					throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
				predefined.account = account;
			}
			return ok({ PreDefinedAccount: predefinedAccount(predefined, context.baseUrl) });
		},
	},
	{
		method: 'GET',
		path: '/3/predefinedvoucherseries',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		query: PAGING,
		handle: ({ company, baseUrl }) =>
			wholeListAnswer('PreDefinedVoucherSeriesCollection', company.predefinedVoucherSeries, (predefined) =>
				predefinedSeries(predefined, baseUrl),
			),
	},
	{
		method: 'GET',
		path: '/3/predefinedvoucherseries/:name',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		handle: (context) =>
			ok({ PreDefinedVoucherSeries: predefinedSeries(findPredefinedSeries(context), context.baseUrl) }),
	},
	{
		method: 'PUT',
		path: '/3/predefinedvoucherseries/:name',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		handle(context) {
			const predefined = findPredefinedSeries(context);
			const specs: FieldSpecs = { VoucherSeries: { type: 'text', max: 1 }, Name: { type: 'text', readOnly: true } };
			const series = readWrapped(context.body, 'PreDefinedVoucherSeries', specs, 'update', context.settings).text(
				'VoucherSeries',
			);
			if (typeof series === 'string') {
				if (!context.company.currentYear()?.series.has(series)) throw new PlaceholderRefusal('invalidSeries', series);
				predefined.series = series;
			}
			return ok({ PreDefinedVoucherSeries: predefinedSeries(predefined, context.baseUrl) });
		},
	},
];

const predefinedAccount = ({ name, account }: { name: string; account: number }, baseUrl: string) => ({
	'@url': `${baseUrl}/3/predefinedaccounts/${name}`,
	Account: account,
	Name: name,
});

const predefinedSeries = ({ name, series }: { name: string; series: string }, baseUrl: string) => ({
	'@url': `${baseUrl}/3/predefinedvoucherseries/${name}`,
	Name: name,
	VoucherSeries: series,
});

function findPredefinedAccount({ company, params }: RouteContext) {
	const predefined = company.predefinedAccounts.find(({ name }) => name === params.name);
	if (!predefined) throw notFound('predefinedNotFound');
	return predefined;
}

function findPredefinedSeries({ company, params }: RouteContext) {
	const predefined = company.predefinedVoucherSeries.find(({ name }) => name === params.name);
	if (!predefined) throw notFound('predefinedNotFound');
	return predefined;
}
