import { balanceSheet as balanceSheetOf } from '../../../shared/ledger/reports/balanceSheet';
import { readComparison } from '../../../shared/books/reports/comparison';
import { statementFields } from '../../../shared/books/reports/fields';
import { differenceOf, withDifference } from '../../../shared/books/reports/difference';
import { readStatementQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';

export const balanceSheet: Operation = {
	value: 'balanceSheet',
	name: 'Get Balance Sheet',
	action: 'Get balance sheet',
	description: 'Read assets, equity and liabilities at the end of any days, and what moved them',
	fields: statementFields(['previousPeriod', 'previousYear']),
	execute: readEachItem(async (run, item) => {
		const query = await readStatementQuery(run, item);
		const books = await readBooks(run, query);
		const { comparison, absent } = await readComparison(run, query, books, 'balanceSheet');
		const report = balanceSheetOf({ ...query, years: books.years, comparison }, query, books.shown);
		const difference = differenceOf(report, books, query);
		if (difference.text) run.hint(difference.text.en);
		return withDifference(toItems(report, query, books.chart, absent), difference);
	}),
};
