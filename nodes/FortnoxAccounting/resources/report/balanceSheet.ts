import { balanceSheetInSteps } from '../../../shared/ledger/reports/balanceSheet';
import { structureOf } from '../../../shared/ledger/reports/charts';
import { readComparison } from '../../../shared/books/reports/comparison';
import { differenceOf, withDifference } from '../../../shared/books/reports/difference';
import { statementFields } from '../../../shared/books/reports/fields';
import { structureChart } from '../../../shared/books/reports/page/chart';
import { toOutput, toPage } from '../../../shared/books/reports/page/output';
import { readStatementQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { inTurns } from '../../../shared/turns';

/** What stands at the top of the page. */
const FIGURES = [
	{ id: 'total_assets', column: 'closing_balance' },
	{ id: 'cash', column: 'closing_balance' },
	{ id: 'computed_result', column: 'closing_balance' },
];

export const balanceSheet: Operation = {
	value: 'balanceSheet',
	name: 'Get Balance Sheet',
	action: 'Get balance sheet',
	description: 'Read assets, equity and liabilities at the end of any days, and what moved them',
	fields: statementFields(['previousPeriod', 'previousYear']),
	execute: readFiles(async (run, item) => {
		const query = await readStatementQuery(run, item);
		const books = await readBooks(run, query, 'balances');
		const { comparison, absent, notes } = await readComparison(run, query, books, 'balanceSheet');
		const report = await inTurns(balanceSheetInSteps({ ...query, years: books.years, comparison }, query, books.shown));
		const difference = differenceOf(report, books, query);
		if (difference.text) run.hint(difference.text.en);
		const items = withDifference(toItems(report, query, books.chart, absent), difference);
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
						name: 'balanceSheet',
						layout: query.layout,
						absent,
						figures: FIGURES,
						chart: structureChart(structureOf(report), query.language),
						notes: [...books.notes, ...notes, ...(difference.text ? [difference.text] : [])],
					},
				),
		);
	}),
};
