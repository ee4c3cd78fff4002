import { readAccountNumber } from '../../../shared/ledger/formats';
import { toUnifiedAccount } from '../../../shared/unified/account';
import { answerOr, noAccount } from '../../answerOr';
import { accountLocator, optionsField, financialYearLocator } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { collectionParameter, required } from '../../parameters';
import { rawResponseOption } from '../../posting/options';
import { withRaw } from '../../withRaw';
import { yearOf } from '../../yearOf';

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
		optionsField([
			financialYearLocator('The year whose chart is read; the current one where empty'),
			rawResponseOption,
		]),
	],
	execute: readEachItem(async (run, item) => {
		const number = required(run.context, 'accountNumber', item, readAccountNumber);
		const year = await yearOf(run, collectionParameter(run.context, 'options', item).financialYearId);
		const account = await answerOr(run.fortnox.account(number, year.Id), noAccount(number, year));
		return withRaw(run, item, toUnifiedAccount(account), account);
	}),
};
