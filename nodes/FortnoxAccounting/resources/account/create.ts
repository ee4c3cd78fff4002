import { unlessNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxAccount } from '../../../shared/fortnox/wire';
import { checkGivenType } from '../../../shared/ledger/accountTypes';
import { readAccountNumber, readDescription } from '../../../shared/ledger/formats';
import { LedgerError } from '../../../shared/ledger/problems';
import { toUnifiedAccount } from '../../../shared/unified/account';
import { checkCreation, sameAs } from '../../../shared/books/createOnce';
import { additionalFieldsField, financialYearLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, required, textParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { allowedText } from '../../../shared/n8n/allowedText';
import { withRaw } from '../../../shared/n8n/withRaw';
import { knownVatCode } from '../../../shared/books/reading/registers';
import { yearOf } from '../../../shared/books/year';
import { accountFields, readAccountFields } from './additionalFields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create account',
	description: 'Add an account to the chart of a financial year',
	fields: [
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1935',
			description: 'Account number, 1000–9999; its BAS range decides the type of the account',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Card settlements',
			description: 'What the account is for, 1–200 characters',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Bank', value: 'bank' },
				{ name: 'Cash', value: 'cash' },
				{ name: 'Expense', value: 'expense' },
				{ name: 'Income', value: 'income' },
				{ name: 'Not Given', value: 'other', description: 'Take what the number says' },
				{ name: 'Other Expense', value: 'other_expense' },
				{ name: 'Other Financial', value: 'other_financial' },
				{ name: 'Payable', value: 'payable' },
				{ name: 'Receivable', value: 'receivable' },
				{ name: 'VAT', value: 'vat' },
			],
			default: 'other',
			description: 'Checked against the BAS range of the number and not stored, because Fortnox has no account types',
		},
		additionalFieldsField(accountFields),
		optionsField([
			financialYearLocator('The year whose chart gets the account; the current one where empty'),
			rawResponseOption,
			unsupportedCharactersOption,
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const { fortnox } = run;
		const number = required(run, 'number', item, readAccountNumber);
		const name = allowedText(run, item, 'name', required(run, 'name', item, readDescription));
		const wrongType = checkGivenType(number, textParameter(run, 'type', item));
		if (wrongType) throw new LedgerError(wrongType);
		const fields = readAccountFields(collectionParameter(run, 'additionalFields', item));
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		if (fields.VATCode) fields.VATCode = await knownVatCode(run, fields.VATCode, year.Id);
		const wanted = { Number: number, Description: name, ...fields };
		const create = await checkCreation({
			find: async () => await unlessNotFound(fortnox.account(number, year.Id)),
			create: async () => await fortnox.createAccount(wanted, year.Id),
			objection: (there) => (sameAs(there, wanted) ? undefined : existsOtherwise(there)),
		});
		return async () => {
			const { value, existed } = await create();
			return withRaw(run, item, { ...toUnifiedAccount(value), ...(existed && { already_exists: true }) }, value);
		};
	}),
};

function existsOtherwise({ Number: number, Description: name }: FortnoxAccount): LedgerError {
	return new LedgerError({
		code: 'ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS',
		field: 'number',
		message: `number: account ${number} exists already, as '${name}' and with other content. Use another number, or change that account with Account > Update.`,
	});
}
