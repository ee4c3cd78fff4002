import type { INodeProperties } from 'n8n-workflow';
import { bankAccountLocator, moneyField, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { additionalFields, headerFields, lineFieldsWith, linesFields } from '../../../shared/books/posting/fields';
import { collectEntries } from '../../../shared/books/posting/given';
import { entryOptions, postsNotice } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import { prepareEntries } from '../../../shared/books/posting/prepare';
import { fromBankSide } from './fromBankSide';

const amounts: INodeProperties[] = [
	moneyField({
		displayName: 'Amount',
		name: 'amount',
		placeholder: 'e.g. -1250,50',
		hint: '+ into the bank, − out of it',
		description: 'Money into the bank with +, which credits the account of the line; out of it with −, which debits it',
	}),
];

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create financial entry',
	description: 'Post money that went into or out of a bank or cash account, exactly once; the bank row is added',
	fields: [
		bankAccountLocator('The account (1910–1999) that the money went into or out of'),
		...headerFields,
		...linesFields(lineFieldsWith(amounts), [{ account: '1510', amount: 1250, description: 'Payment of invoice 1001' }]),
		additionalFields,
		optionsField(entryOptions),
		postsNotice(),
	],
	async execute(run) {
		const prepared = await prepareEntries(run, 'financial', await collectEntries(run));
		const outcomes = await postEntries(run, prepared);
		return await toItems(run, outcomes, (entry, { entry: { counterpart } }) => fromBankSide(entry, counterpart));
	},
};
