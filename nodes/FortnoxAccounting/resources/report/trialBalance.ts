import { trialBalance as trialBalanceOf } from '../../../shared/ledger/reports/trialBalance';
import { reportFields } from '../../../shared/books/reports/fields';
import { readReportQuery } from '../../../shared/books/reports/query';
import { readBooks, toItems } from '../../../shared/books/reports/report';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';

export const trialBalance: Operation = {
	value: 'trialBalance',
	name: 'Get Trial Balance',
	action: 'Get trial balance',
	description: 'Read what every account opened with, was debited and credited, and closes with',
	fields: reportFields(),
	execute: readEachItem(async (run, item) => {
		const query = await readReportQuery(run, item);
		const { years, chart, shown } = await readBooks(run, query);
		return toItems(trialBalanceOf(years, query.days, query.includeZero, shown), query, chart);
	}),
};
