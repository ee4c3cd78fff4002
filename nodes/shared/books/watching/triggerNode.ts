import type { INodeProperties } from 'n8n-workflow';
import { LedgerError } from '../../ledger/problems';
import { optionsField } from '../../n8n/fields';
import { rawResponseOption } from '../../n8n/options';
import { outputField } from '../../n8n/output';
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

/** How much an item has, of what can be simplified. */
function outputFields(watches: readonly Watch[]): INodeProperties[] {
	const triggerOn = watches.filter(({ simplifiedAs }) => simplifiedAs !== undefined).map(({ value }) => value);
	return outputField(['full', 'simplified'], { triggerOn });
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
