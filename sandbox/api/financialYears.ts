import { isDate } from '../company/clock';
import type { SandboxYear } from '../company/year';
import { notFound, PlaceholderRefusal } from './wire/answer';
import { readWrapped, type FieldSpecs } from './wire/fields';
import { cutPage, invalidParameter, listAnswer } from './wire/lists';
import { created, numberInPath, ok, PAGING, type Route, type RouteContext } from './wire/route';

const YEAR_SPECS: FieldSpecs = {
	FromDate: { type: 'date', required: true },
	ToDate: { type: 'date', required: true },
	AccountChartType: { type: 'text' },
	AccountingMethod: { type: 'text', choices: ['ACCRUAL', 'CASH'] },
	Id: { type: 'integer', readOnly: true },
};

const yearItem = (year: SandboxYear, { baseUrl, settings }: RouteContext) => ({
	'@url': `${baseUrl}/3/financialyears/${year.id}`,
	Id: year.id,
	FromDate: year.fromDate,
	ToDate: year.toDate,
	AccountChartType: year.accountChartType,
	// The recordings of 2014 lack it.
	...(settings.answerShapes === 'recorded' ? {} : { AccountingMethod: year.accountingMethod }),
});

export const financialYearRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/financialyears',
		scope: 'bookkeeping',
		query: [...PAGING, 'date'],
		handle(context) {
			const { company, query, settings } = context;
			const { date } = query;
			if (date !== undefined && !isDate(date)) throw invalidParameter();
			const years = company.yearsNewestFirst().filter((year) => date === undefined || year.contains(date));
			return listAnswer('FinancialYears', cutPage(years, query, settings), (year) => yearItem(year, context));
		},
	},
	{
		method: 'GET',
		path: '/3/financialyears/:id',
		scope: 'bookkeeping',
		handle(context) {
			const year = context.company.years.get(numberInPath(context, 'id'));
			if (!year) throw notFound('yearNotFound');
			return ok({ FinancialYear: yearItem(year, context) });
		},
	},
	{
		method: 'POST',
		path: '/3/financialyears',
		scope: 'bookkeeping',
		handle(context) {
			const { company } = context;
			const fields = readWrapped(context, 'FinancialYear', YEAR_SPECS, 'create');
			const from = fields.text('FromDate') ?? '';
			const to = fields.text('ToDate') ?? '';
			if (to < from) throw new PlaceholderRefusal('invalidDate', to);
			if ([...company.years.values()].some((year) => from <= year.toDate && to >= year.fromDate)) {
				throw new PlaceholderRefusal('yearOverlaps');
			}
			const method = fields.text('AccountingMethod');
			const year = company.openYear(from, to, {
				method: method === 'CASH' || method === 'ACCRUAL' ? method : undefined,
				chart: fields.text('AccountChartType') ?? undefined,
			});
			return created('financialyears', { FinancialYear: yearItem(year, context) });
		},
	},
];
