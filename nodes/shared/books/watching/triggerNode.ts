import type { INodeProperties } from 'n8n-workflow';
import { LedgerError } from '../../ledger/problems';
import { optionsField } from '../../n8n/fields';
import { rawResponseOption } from '../../n8n/options';
import { SIMPLIFIED_SINCE } from '../../n8n/output';
import { accountFilter, includeItemsOption, journalFilter } from '../reading/entryFilters';
import { entryApproved } from './approvals';
import { newOrChangedAccount } from './accounts';
import { newEntry, newOrChangedEntry } from './entries';
import { financialYearOpened } from './financialYears';
import type { Watch } from './watch';

/** The fields of a trigger besides its connection. */
export function triggerFields(watches: readonly Watch[]): INodeProperties[] {
	const forEntries = { show: { triggerOn: [newEntry.value, newOrChangedEntry.value, entryApproved.value] } };
	return [
		{
			displayName: 'Trigger On',
			name: 'triggerOn',
			type: 'options',
			noDataExpression: true,
			required: true,
			options: watches.map(({ name, value, description }) => ({ name, value, description })),
			default: 'newEntry',
			description: 'What starts the workflow',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			displayOptions: forEntries,
			options: [accountFilter, journalFilter],
		},
		{ ...optionsField([includeItemsOption, rawResponseOption]), displayOptions: forEntries },
		{
			...optionsField([rawResponseOption]),
			displayOptions: { show: { triggerOn: [financialYearOpened.value, newOrChangedAccount.value] } },
		},
		...outputFields(watches),
	];
}

/** How much an item has; a trigger of version 1 gives all, as it always did. */
function outputFields(watches: readonly Watch[]): INodeProperties[] {
	const triggerOn = watches.filter(({ simplifiedAs }) => simplifiedAs !== undefined).map(({ value }) => value);
	const field: INodeProperties = {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Full', value: 'full', description: 'All fields of the unified accounting model, also those that are empty' },
			{ name: 'Simplified', value: 'simplified', description: 'At most ten fields, those that people read first' },
		],
		default: 'full',
		description: 'How much of each object to return',
	};
	return [
		{ ...field, displayOptions: { show: { '@version': [1], triggerOn } } },
		{ ...field, default: 'simplified', displayOptions: { show: { '@version': [SIMPLIFIED_SINCE], triggerOn } } },
	];
}

/** @throws {LedgerError} where the parameter names none of the watches */
export function watchNamed(watches: readonly Watch[], triggerOn: unknown): Watch {
	const watch = watches.find(({ value }) => value === triggerOn);
	if (watch) return watch;
	const choices = watches.map(({ value }) => value).join(', ');
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'triggerOn',
		message: `triggerOn: "${String(triggerOn)}" is not one of the choices. Use ${choices}.`,
	});
}
