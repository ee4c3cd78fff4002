import type { INodeProperties } from 'n8n-workflow';
import {
	accountLocator,
	additionalFieldsField,
	costCenterLocator,
	entryLocator,
	journalLocator,
	moneyField,
	monthField,
	optionsField,
	projectLocator,
} from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { dryRunOption, maxWaitOption, rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { acceptVatBaseOption, outcomeTimeoutOption, postsNotice, proposalOption } from '../../../shared/books/posting/options';
import { toItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import { textFields } from '../../../shared/books/posting/textFields';
import type { PreparedEntry } from '../../../shared/books/posting/types';
import { onceEach } from '../../../shared/books/posting/oncePerCause';
import { refuseSameLine } from './spreadBefore';
import { append } from '../../../shared/lists';
import { toSpreadEntries } from './spreadWish';

const sourceField: INodeProperties = {
	displayName: 'Spread',
	name: 'spreadSource',
	type: 'options',
	options: [
		{ name: 'Amount', value: 'amount', description: 'An amount that waits on an account of the balance sheet, or comes to wait there' },
		{ name: 'Line of Entry', value: 'entryLine', description: 'A line of an entry that is in the ledger' },
	],
	default: 'amount',
	description: 'What is spread over the months',
};

/** A field that only an amount needs: a line brings it with it, as the hint says. */
function hintedForLines(field: INodeProperties, hint: string): INodeProperties[] {
	return [
		{ ...field, displayOptions: { show: { spreadSource: ['amount'] } } },
		{ ...field, hint, displayOptions: { show: { spreadSource: ['entryLine'] } } },
	];
}

export const spread: Operation = {
	value: 'spread',
	name: 'Spread',
	action: 'Spread amount over months',
	description: 'Post a prepaid or accrued amount to the months that it belongs to, one entry per month, each exactly once',
	fields: [
		sourceField,
		{
			...moneyField({
				displayName: 'Amount',
				name: 'amount',
				description:
					'In SEK: a cost goes to the debit of the result account, an income to its credit; a negative amount the other way round',
			}),
			displayOptions: { show: { spreadSource: ['amount'] } },
		},
		{ ...entryLocator('The entry that the line belongs to'), displayOptions: { show: { spreadSource: ['entryLine'] } } },
		{
			displayName: 'Line Number',
			name: 'lineNumber',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			displayOptions: { show: { spreadSource: ['entryLine'] } },
			default: 0,
			description: 'Which line, counted from 1; 0 for the only one on a result account (3000–8999)',
		},
		...hintedForLines(
			accountLocator({
				displayName: 'Result Account',
				name: 'resultAccount',
				description: 'The account of the income statement that the months get their parts on',
			}),
			'Empty where the line is on a result account: that account',
		),
		...hintedForLines(
			accountLocator({
				displayName: 'Balance Account',
				name: 'balanceAccount',
				description: 'The account of the balance sheet where the amount waits: prepaid (17xx) or accrued (29xx)',
			}),
			'Empty where the line is on a balance account: that account',
		),
		{
			...monthField({ displayName: 'First Month', name: 'firstMonth', description: 'First month of the period, or its first day' }),
			required: true,
		},
		{
			...monthField({ displayName: 'Last Month', name: 'lastMonth', description: 'Last month of the period, or its last day' }),
			required: true,
		},
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{ name: 'By Days', value: 'days', description: 'Each month by its days in the period' },
				{ name: 'Equal Months', value: 'months', description: 'The same amount every month' },
			],
			default: 'months',
			description: 'How the amount is divided; the öre that are left over go to the last month',
		},
		journalLocator({
			displayName: 'Journal',
			name: 'journalId',
			description: 'The manual voucher series that the entries go to',
			hint: 'Empty: the first manual journal of the company',
		}),
		...hintedForLines(
			{
				displayName: 'Number',
				name: 'number',
				type: 'string',
				default: '',
				placeholder: 'e.g. INSURANCE-2026',
				description: 'Your own number N; the entries get N/1, N/2 and so on, and running again with it never posts twice',
			},
			'Empty: made of the ID of the entry',
		),
		...textFields({
			placeholder: 'e.g. Insurance 2026',
			description: 'What the vouchers in the ledger are for; the number of the month follows, such as 3/12',
		}),
		additionalFieldsField([
			costCenterLocator({
				displayName: 'Cost Center',
				name: 'costCenter',
				description: 'Cost center of the rows; that of the line where empty',
			}),
			projectLocator({ displayName: 'Project', name: 'project', description: 'Project of the rows; that of the line where empty' }),
		]),
		optionsField([
			dryRunOption,
			acceptVatBaseOption,
			rawResponseOption,
			maxWaitOption,
			outcomeTimeoutOption,
			proposalOption,
			unsupportedCharactersOption,
		]),
		postsNotice(),
	],
	async execute(run) {
		const prepared: PreparedEntry[] = [];
		for (const item of run.items.keys()) append(prepared, await toSpreadEntries(run, item));
		return await toItems(run, onceEach(await postEntries(run, refuseSameLine(prepared))));
	},
};
