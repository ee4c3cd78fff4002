import { readAccountNumber } from '../../../shared/ledger/formats';
import { toUnifiedAccount } from '../../../shared/unified/account';
import { allowedText } from '../../../shared/n8n/allowedText';
import { answerOr, noAccount } from '../../../shared/books/answerOr';
import { changeOnce } from '../../../shared/books/createOnce';
import { accountLocator, financialYearLocator, optionsField, updateFieldsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, refuseEmptyUpdate, required } from '../../../shared/n8n/parameters';
import { rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { knownVatCode } from '../../../shared/books/reading/registers';
import { yearOf } from '../../../shared/books/year';
import { accountFields, readAccountFields } from './additionalFields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update account',
	description: 'Change an account of the chart; what is left out stays as it is',
	fields: [
		accountLocator({
			displayName: 'Account',
			name: 'accountNumber',
			required: true,
			description: 'The account to change; its number stays',
		}),
		updateFieldsField([
			...accountFields.slice(0, 2),
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Card settlements',
				description: 'What the account is for, 1–200 characters',
			},
			...accountFields.slice(2),
		]),
		optionsField([
			financialYearLocator('The year whose chart is changed; the current one where empty'),
			rawResponseOption,
			unsupportedCharactersOption,
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const number = required(run, 'accountNumber', item, readAccountNumber);
		const given = collectionParameter(run, 'updateFields', item);
		const fields = readAccountFields(given);
		refuseEmptyUpdate(fields, given);
		if (fields.Description !== undefined) fields.Description = allowedText(run, item, 'name', fields.Description);
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		if (fields.VATCode) fields.VATCode = await knownVatCode(run, fields.VATCode, year.Id);
		await answerOr(run.fortnox.account(number, year.Id), noAccount(number, year));
		return async () => {
			const changed = changeOnce({
				wanted: fields,
				change: async () => await run.fortnox.updateAccount(number, fields, year.Id),
				read: async () => await run.fortnox.account(number, year.Id),
			});
			const account = await answerOr(changed, noAccount(number, year));
			return withRaw(run, item, toUnifiedAccount(account), account);
		};
	}),
};
