import { accountTypeOf } from '../../../shared/ledger/accountTypes';
import { optionsField, returnAllFields } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { limitParameter } from '../../parameters';
import { rawResponseOption } from '../../posting/options';
import { withRaw } from '../../withRaw';
import { yearOf } from '../../yearOf';
import { toUnifiedBankAccount } from './toUnifiedBankAccount';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many bank accounts',
	description: 'List the active bank accounts of the chart (1920–1999)',
	fields: [...returnAllFields, optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const year = await yearOf(run, undefined);
		const chart = await run.fortnox.chart(year.Id);
		return chart
			.filter((account) => account.Active && accountTypeOf(account.Number) === 'bank')
			.slice(0, limitParameter(run.context, item))
			.map((account) => withRaw(run, item, toUnifiedBankAccount(account), account));
	}),
};
