import type { INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { additionalFields, headerFields, lineFieldsWith, linesFields } from '../../../shared/books/posting/fields';
import { collectEntries } from '../../../shared/books/posting/given';
import { entryOptions } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import { prepareEntries } from '../../../shared/books/posting/prepare';

/** The sides of a line; the operation Correct has them as well. */
export const amounts: INodeProperties[] = [
	{
		displayName: 'Debit',
		name: 'debit',
		type: 'number',
		typeOptions: { numberPrecision: 2, minValue: 0 },
		default: 0,
		description: 'Amount in debit; leave it at 0 where the line is in credit',
	},
	{
		displayName: 'Credit',
		name: 'credit',
		type: 'number',
		typeOptions: { numberPrecision: 2, minValue: 0 },
		default: 0,
		description: 'Amount in credit; leave it at 0 where the line is in debit',
	},
];

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create journal entry',
	description: 'Post a balanced entry (voucher) to the general ledger, exactly once',
	fields: [
		...headerFields,
		...linesFields(lineFieldsWith(amounts), { account: '1930', debit: 100, credit: 0, description: 'Payout' }),
		additionalFields,
		optionsField(entryOptions),
	],
	async execute(run) {
		const prepared = await prepareEntries(run, 'journal', await collectEntries(run));
		return await toItems(run, await postEntries(run, prepared));
	},
};
