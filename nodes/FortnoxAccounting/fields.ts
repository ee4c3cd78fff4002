import type { INodeProperties } from 'n8n-workflow';

/** Fields that several operations share. */

export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

interface LocatorText {
	displayName: string;
	name: string;
	description: string;
	hint?: string;
	required?: true;
}

function locator(
	{ displayName, name, description, hint, required }: LocatorText,
	searchListMethod: string,
	typed: { displayName: string; name: string; placeholder: string },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		// As the editor stores it: else it would take an untouched field of a line for one that is filled.
		default: { __rl: true, mode: 'list', value: '' },
		...(required && { required }),
		...(hint !== undefined && { hint }),
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ ...typed, type: 'string' },
		],
	};
}

export const accountLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchAccounts', { displayName: 'By Number', name: 'number', placeholder: 'e.g. 1930' });

export const bankAccountLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchBankAccounts', { displayName: 'By Number', name: 'number', placeholder: 'e.g. 1930' });

export const journalLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchJournals', { displayName: 'By Code', name: 'code', placeholder: 'e.g. A' });

export const entryLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchEntries', { displayName: 'By ID', name: 'id', placeholder: 'e.g. A-17-3' });

export const financialYearLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchFinancialYears', { displayName: 'By ID', name: 'id', placeholder: 'e.g. 3' });

export const currencyLocator = (text: LocatorText): INodeProperties => ({
	...locator(text, 'searchCurrencies', { displayName: 'By Code', name: 'code', placeholder: 'e.g. EUR' }),
	default: { __rl: true, mode: 'list', value: 'SEK' },
});

export const costCenterLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchCostCenters', { displayName: 'By Code', name: 'code', placeholder: 'e.g. STHLM' });

export const projectLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchProjects', { displayName: 'By Number', name: 'number', placeholder: 'e.g. 12' });

/** An `Options` collection. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options };
}
