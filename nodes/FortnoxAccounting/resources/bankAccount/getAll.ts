import { accountTypeOf } from '../../../shared/ledger/accountTypes';
import { financialYearLocator, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, limitParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { toUnifiedBankAccount } from './toUnifiedBankAccount';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many bank accounts',
	description: 'List the active bank accounts of the chart (1920–1999)',
	fields: [
		...returnAllFields,
		optionsField([financialYearLocator('The year whose chart is read; the current one where empty'), rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const chart = await run.fortnox.chart(year.Id, { ofThisRun: true });
		return chart
			.filter((account) => account.Active && accountTypeOf(account.Number) === 'bank')
			.slice(0, limitParameter(run, item))
			.map((account) => withRaw(run, item, toUnifiedBankAccount(account), account));
	}),
};
