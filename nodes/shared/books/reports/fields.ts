import type { INodeProperties } from 'n8n-workflow';
import { costCenterLocator, optionsField, projectLocator } from '../../n8n/fields';
import { MOVING_PERIODS } from '../../ledger/reports/period';

const periodFields: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'string',
		default: '',
		placeholder: 'e.g. last-month',
		description: `A month (2026-06), a quarter (2026-Q2), a year (2026, or 2025/2026 for a broken one) or one of ${MOVING_PERIODS.join(', ')}; where this and both dates are empty, the current financial year`,
	},
	{
		displayName: 'Date From',
		name: 'dateFrom',
		type: 'dateTime',
		default: '',
		description: 'First day (or month) of the report, in place of Period; where empty, the first day of the financial year of Date To',
	},
	{
		displayName: 'Date To',
		name: 'dateTo',
		type: 'dateTime',
		default: '',
		description: 'Last day (or month) of the report, in place of Period; where empty, the last day of the financial year of Date From',
	},
];

const costCenterOption = costCenterLocator({
	displayName: 'Cost Center',
	name: 'costCenter',
	description: 'Only rows of this cost center count; where empty, all',
});

const projectOption = projectLocator({
	displayName: 'Project',
	name: 'project',
	description: 'Only rows of this project count; where empty, all',
});

const includeAccountsOption: INodeProperties = {
	displayName: 'Include Accounts',
	name: 'includeAccounts',
	type: 'boolean',
	default: true,
	description:
		'Whether to return a row for each account besides groups and totals. Without this option, accounts are returned, but not to an AI agent that uses the node as its tool.',
};

const includeZeroOption: INodeProperties = {
	displayName: 'Include Zero Rows',
	name: 'includeZero',
	type: 'boolean',
	default: false,
	description: 'Whether to return also groups and active accounts without any amount',
};

const languageOption: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'Swedish', value: 'sv' },
	],
	default: 'sv',
	description: 'Language of the labels and of the page; names of accounts stay as the company wrote them',
};

/** The fields of a report: its period, then what is its own, then the options. */
export function reportFields(own: INodeProperties[] = [], ownOptions: INodeProperties[] = []): INodeProperties[] {
	const options = [...ownOptions, costCenterOption, includeAccountsOption, includeZeroOption, languageOption, projectOption];
	return [...periodFields, ...own, optionsField(options.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)))];
}
