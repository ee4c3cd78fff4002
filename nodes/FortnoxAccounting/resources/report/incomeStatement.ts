import { resultByMonth } from '../../../shared/ledger/reports/charts';
import { incomeStatementInSteps } from '../../../shared/ledger/reports/incomeStatement';
import { readComparison } from '../../../shared/books/reports/comparison';
import { statementFields } from '../../../shared/books/reports/fields';
import { monthsChart } from '../../../shared/books/reports/page/chart';
import { toOutput, toPage } from '../../../shared/books/reports/page/output';
import { readStatementQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { inTurns } from '../../../shared/turns';

/** What stands at the top of the page. */
const FIGURES = [
	{ id: 'operating_income', column: 'period' },
	{ id: 'operating_result', column: 'period' },
	{ id: 'result_after_financial_items', column: 'period' },
];

export const incomeStatement: Operation = {
	value: 'incomeStatement',
	name: 'Get Income Statement',
	action: 'Get income statement',
	description: 'Read income, costs and result of any days, beside the year before, the period before or the budget',
	fields: statementFields(['budget', 'previousPeriod', 'previousYear']),
	execute: readFiles(async (run, item) => {
		const query = await readStatementQuery(run, item);
		const books = await readBooks(run, query, 'results');
		const { comparison, absent, notes } = await readComparison(run, query, books, 'incomeStatement');
		const report = await inTurns(incomeStatementInSteps({ ...query, years: books.years, comparison }, query, books.shown));
		const items = toItems(report, query, books.chart, absent);
		return await toOutput(
			run,
			query,
			items,
			async () =>
				await toPage(
					run,
					query,
					{ report, books },
					{
						name: 'incomeStatement',
						layout: query.layout,
						absent,
						figures: FIGURES,
						chart: monthsChart(resultByMonth(books.years, query.days), query.language),
						notes: [...books.notes, ...notes],
					},
				),
		);
	}),
};
