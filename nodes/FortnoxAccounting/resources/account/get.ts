import { readAccountNumber } from '../../../shared/ledger/formats';
import { toUnifiedAccount } from '../../../shared/unified/account';
import { answerOr, noAccount } from '../../../shared/books/answerOr';
import { accountLocator, optionsField, financialYearLocator } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, required } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get account',
	description: 'Read an account of the chart, with its closing balance',
	fields: [
		accountLocator({
			displayName: 'Account',
			name: 'accountNumber',
			required: true,
			description: 'The account to read',
		}),
		optionsField([financialYearLocator('The year whose chart is read; the current one where empty'), rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const number = required(run, 'accountNumber', item, readAccountNumber);
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const account = await answerOr(run.fortnox.account(number, year.Id), noAccount(number, year));
		return withRaw(run, item, toUnifiedAccount(account), account);
	}),
};
