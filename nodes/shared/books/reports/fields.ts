import type { INodeProperties } from 'n8n-workflow';
import { costCenterLocator, dateField, monthField, optionsField, projectLocator } from '../../n8n/fields';
import { MOVING_PERIODS } from '../../ledger/reports/period';

/** Read by `readDaysOf`. */
export const periodFields: INodeProperties[] = [
	monthField({
		displayName: 'Period',
		name: 'period',
		placeholder: 'e.g. last-month',
		hint: 'A month, quarter or year, or words such as last-month; or the dates below. All empty: the current financial year',
		description: `A month (2026-06), a quarter (2026-Q2), a year (2026, or 2025/2026 for a broken one) or one of ${MOVING_PERIODS.join(', ')}; where this and both dates are empty, the current financial year`,
	}),
	dateField({
		displayName: 'Date From',
		name: 'dateFrom',
		description: 'First day (or month) of the report, in place of Period; where empty, the first day of the financial year of Date To',
	}),
	dateField({
		displayName: 'Date To',
		name: 'dateTo',
		description: 'Last day (or month) of the report, in place of Period; where empty, the last day of the financial year of Date From',
	}),
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

export const openingBalancesOption: INodeProperties = {
	displayName: 'Opening Balances',
	name: 'openingBalances',
	type: 'options',
	options: [
		{ name: 'Computed', value: 'computed', description: 'What the year before closes with now' },
		{ name: 'Stored', value: 'stored', description: 'What Fortnox carried over; a hint tells where the year before has changed since' },
	],
	default: 'stored',
	description: 'What accounts open the financial year with',
};

const outputFileOption: INodeProperties = {
	displayName: 'Output File',
	name: 'outputFile',
	type: 'options',
	options: [
		{ name: 'HTML Page', value: 'html', description: "A page to mail or print, in the field 'data' of the first output item" },
		{ name: 'None', value: 'none' },
	],
	default: 'none',
	description: 'Whether to add the report as a file',
};

const columnsOption: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'options',
	options: [
		{ name: 'Months', value: 'months', description: 'One more column for each month of the period' },
		{ name: 'Total', value: 'total' },
	],
	default: 'total',
	description: 'Whether to split the period into months',
};

type Compared = 'previousYear' | 'previousPeriod' | 'budget';

const COMPARED: Readonly<Record<Compared, string>> = {
	budget: 'Budget',
	previousPeriod: 'Previous Period',
	previousYear: 'Previous Year',
};

const compareWithOption = (compared: readonly Compared[]): INodeProperties => ({
	displayName: 'Compare With',
	name: 'compareWith',
	type: 'options',
	options: compared.map((value) => ({ name: COMPARED[value], value })),
	default: 'previousYear',
	description: 'What to set beside the figures; where this option is not added, nothing',
});

const layoutField: INodeProperties = {
	displayName: 'Layout',
	name: 'layout',
	type: 'options',
	options: [
		{
			name: 'Accounts',
			value: 'accounts',
			description: 'With account numbers, as in running bookkeeping (Resultatrapport, Balansrapport)',
		},
		{ name: 'Statutory', value: 'statutory', description: 'Headings of the annual accounts act only (Resultaträkning, Balansräkning)' },
	],
	default: 'accounts',
	description: 'How the report is arranged',
};

/** The fields of every report. */
export function reportFields(own: INodeProperties[] = [], ownOptions: INodeProperties[] = []): INodeProperties[] {
	const options = [
		...ownOptions,
		costCenterOption,
		includeAccountsOption,
		includeZeroOption,
		languageOption,
		openingBalancesOption,
		outputFileOption,
		projectOption,
	];
	return [...periodFields, ...own, optionsField(options.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)))];
}

/** The fields of an income statement or balance sheet. */
export function statementFields(compared: readonly Compared[]): INodeProperties[] {
	return reportFields([layoutField], [columnsOption, compareWithOption(compared)]);
}
