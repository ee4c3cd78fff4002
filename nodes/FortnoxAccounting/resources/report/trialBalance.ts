import { trialBalance as trialBalanceOf } from '../../../shared/ledger/reports/trialBalance';
import { reportFields } from '../../../shared/books/reports/fields';
import { toOutput, toPage } from '../../../shared/books/reports/page/output';
import { readReportQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readFiles, type Operation } from '../../../shared/n8n/operation';

export const trialBalance: Operation = {
	value: 'trialBalance',
	name: 'Get Trial Balance',
	action: 'Get trial balance',
	description: 'Read what every account opened with, was debited and credited, and closes with',
	fields: reportFields(),
	execute: readFiles(async (run, item) => {
		const query = await readReportQuery(run, item);
		const books = await readBooks(run, query, 'balances');
		const report = trialBalanceOf(books.years, query.days, query.includeZero, books.shown);
		const items = toItems(report, query, books.chart);
		return await toOutput(
			run,
			query,
			items,
			async () =>
				await toPage(
					run,
					query,
					{ report, books },
					{ name: 'trialBalance', layout: 'accounts', absent: [], figures: [], chart: '', notes: books.notes },
				),
		);
	}),
};
