import { incomeStatement as incomeStatementOf } from '../../../shared/ledger/reports/incomeStatement';
import { readComparison } from '../../../shared/books/reports/comparison';
import { statementFields } from '../../../shared/books/reports/fields';
import { readStatementQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';

export const incomeStatement: Operation = {
	value: 'incomeStatement',
	name: 'Get Income Statement',
	action: 'Get income statement',
	description: 'Read income, costs and result of any days, beside the year before, the period before or the budget',
	fields: statementFields(['budget', 'previousPeriod', 'previousYear']),
	execute: readEachItem(async (run, item) => {
		const query = await readStatementQuery(run, item);
		const books = await readBooks(run, query);
		const { comparison, absent } = await readComparison(run, query, books, 'incomeStatement');
		const report = incomeStatementOf({ ...query, years: books.years, comparison }, query, books.shown);
		return toItems(report, query, books.chart, absent);
	}),
};
