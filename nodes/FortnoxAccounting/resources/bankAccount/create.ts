import type { INodeProperties } from 'n8n-workflow';
import { unlessNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxAccount } from '../../../shared/fortnox/wire';
import { accountTypeOf } from '../../../shared/ledger/accountTypes';
import { readIban } from '../../../shared/ledger/bankNumbers';
import { readAccountNumber, readCurrencyCode, readDescription } from '../../../shared/ledger/formats';
import { LedgerError } from '../../../shared/ledger/problems';
import { Findings, isAbsent, locatorValue } from '../../../shared/unified/readObject';
import { allowedText } from '../../../shared/n8n/allowedText';
import { checkCreation } from '../../../shared/books/createOnce';
import { additionalFieldsField, currencyLocator, financialYearLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, parameter } from '../../../shared/n8n/parameters';
import { rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import type { Run } from '../../../shared/n8n/run';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { readBankNumber } from './readBankNumber';
import { toUnifiedBankAccount } from './toUnifiedBankAccount';
import { writeBankAccountName } from './bankAccountName';

/** The fields of which one is needed are there from the start. */
function withNumbers(options: INodeProperties[]): INodeProperties {
	return { ...additionalFieldsField(options), default: { accountNumber: '', iban: '' } };
}

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create bank account',
	description: 'Add an account for a bank account to the chart; its currency and numbers go into the name',
	fields: [
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1935',
			description: 'Number of the account in the ledger, 1920–1999',
		},
		{
			displayName: 'Bank Name',
			name: 'bankName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SEB',
			description: 'The bank that keeps the account',
		},
		currencyLocator({
			displayName: 'Currency',
			name: 'currency',
			required: true,
			description: 'Currency of the bank account, kept in the name; the ledger itself is in SEK',
		}),
		withNumbers([
			{
				displayName: 'Account Name',
				name: 'accountName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Card settlements',
				description: 'What the account is for',
			},
			{
				displayName: 'Account Number',
				name: 'accountNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5839-8257466',
				description: 'Swedish account number with clearing number, Bankgiro or Plusgiro; this or the IBAN is needed',
			},
			{
				displayName: 'IBAN',
				name: 'iban',
				type: 'string',
				default: '',
				placeholder: 'e.g. SE45 5000 0000 0583 9825 7466',
				description: 'International account number; this or the account number is needed',
			},
		]),
		optionsField([
			financialYearLocator('The year whose chart gets the account; the current one where empty'),
			rawResponseOption,
			unsupportedCharactersOption,
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const { number, name } = readBankAccount(run, item);
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const create = await checkCreation({
			find: async () => await unlessNotFound(run.fortnox.account(number, year.Id)),
			create: async () => await run.fortnox.createAccount({ Number: number, Description: name, Active: true }, year.Id),
			objection: (there) => (there.Description === name ? undefined : existsOtherwise(there)),
		});
		return async () => {
			const { value, existed } = await create();
			return withRaw(run, item, { ...toUnifiedBankAccount(value), ...(existed && { already_exists: true }) }, value);
		};
	}),
};

function existsOtherwise({ Number: number, Description: name }: FortnoxAccount): LedgerError {
	return new LedgerError({
		code: 'ERROR_BANK_CODE_ALREADY_USED',
		field: 'number',
		message: `number: ${number} is the account '${name}' already. Use another number from 1920 to 1999.`,
	});
}

function readBankAccount(run: Run, item: number): { number: number; name: string } {
	const findings = new Findings();
	const more = collectionParameter(run, 'additionalFields', item);
	const number = findings.take(readAccountNumber(parameter(run, 'number', item)), 'number');
	if (number !== undefined && accountTypeOf(number) !== 'bank') {
		findings.add(
			'ERROR_WRONG_ACCOUNT_TYPE',
			'number',
			`number: ${number} is a ${accountTypeOf(number)} account; bank accounts are 1920–1999.`,
		);
	}
	const bankName = findings.take(readDescription(parameter(run, 'bankName', item)), 'bankName');
	const currency = findings.take(
		readCurrencyCode(locatorValue(parameter(run, 'currency', item))),
		'currency',
		'ERROR_INVALID_CURRENCY_FORMAT',
	);
	const accountName = findings.text(more.accountName, 'accountName');
	const iban = findings.optional(more.iban, readIban, 'iban');
	const accountNumber = findings.optional(more.accountNumber, readBankNumber, 'accountNumber');
	if (isAbsent(more.iban) && isAbsent(more.accountNumber)) {
		findings.add('ERROR_DATA_VALIDATION', 'iban', 'iban: give the IBAN or the account number.');
	}
	const name = writeBankAccountName({
		...(bankName !== undefined && { bankName }),
		...(accountName !== undefined && { accountName }),
		...(iban !== undefined && { iban }),
		...(accountNumber !== undefined && { accountNumber }),
		...(currency !== undefined && { currency }),
	});
	const description = findings.take(readDescription(name), 'name');
	if (findings.problems.length > 0 || number === undefined || description === undefined) throw new LedgerError(findings.problems);
	return { number, name: allowedText(run, item, 'name', description) };
}
