import type { INodeProperties } from 'n8n-workflow';
import { moneyField, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { createFields, headerFields, lineFieldsWith, linesFields } from '../../../shared/books/posting/fields';
import { collectEntries } from '../../../shared/books/posting/given';
import { entryOptions, postsNotice } from '../../../shared/books/posting/options';
import { prepareEntries } from '../../../shared/books/posting/prepare';
import { postWithFollowing } from '../../../shared/books/posting/postWithFollowing';

/** The sides of a line; the operation Correct has them as well. */
export const amounts: INodeProperties[] = [
	moneyField({
		displayName: 'Debit',
		name: 'debit',
		description:
			'Amount in debit: more of an asset or a cost, less of a debt, of equity or of income. Leave it empty where the line is in credit.',
	}),
	moneyField({
		displayName: 'Credit',
		name: 'credit',
		description:
			'Amount in credit: less of an asset or a cost, more of a debt, of equity or of income. Leave it empty where the line is in debit.',
	}),
];

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create journal entry',
	description: 'Post a balanced entry (voucher) to the general ledger, exactly once',
	fields: [
		...headerFields,
		...linesFields(lineFieldsWith(amounts), [
			{ account: '5410', debit: 100, description: 'Hammer' },
			{ account: '1930', credit: 100 },
		]),
		createFields,
		optionsField(entryOptions),
		postsNotice(),
	],
	async execute(run) {
		const prepared = await prepareEntries(run, 'journal', await collectEntries(run));
		return await postWithFollowing(run, prepared);
	},
};
