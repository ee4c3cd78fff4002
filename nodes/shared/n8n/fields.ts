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
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
	},
];

interface FieldText {
	displayName: string;
	name: string;
	description: string;
	hint?: string;
	placeholder?: string;
}

/**
 * A day. Without `dateOnly` n8n's widget throws away a date that is typed without a time, and shows a stored one as an
 * empty field (seen in n8n 2.41).
 */
export function dateField(text: FieldText): INodeProperties {
	return { placeholder: 'e.g. 2026-01-31', ...text, type: 'dateTime', typeOptions: { dateOnly: true }, default: '' };
}

/**
 * A month or a longer period, typed as text. The mark `dateOnly`, which n8n heeds in fields for dates only, lets `conform`
 * pass on what an expression makes of a date (`$now`).
 */
export function monthField(text: FieldText): INodeProperties {
	return { placeholder: 'e.g. 2026-01', ...text, type: 'string', typeOptions: { dateOnly: true }, default: '' };
}

/**
 * An amount or a rate: a text, which `readAmount` or `readRate` reads as people write it. n8n's widget for numbers drops
 * the comma of `1250,50` and stores 125050 (seen in n8n 2.41). Numbers that workflows have stored are read as well.
 */
export function moneyField(text: FieldText): INodeProperties {
	return { placeholder: 'e.g. 1250,50', ...text, type: 'string', default: '' };
}

interface LocatorText {
	displayName: string;
	name: string;
	description: string;
	hint?: string;
	required?: true;
	/** What an empty field shows where its value is chosen from the list; default: n8n's own text. */
	unchosen?: string;
}

/** A mode in which the value is typed. */
interface TypedMode {
	displayName: string;
	name: string;
	placeholder: string;
	/**
	 * What n8n accepts there, besides nothing; the operation reads it once more. n8n gives up after 250 ms and ends the
	 * execution (seen in n8n 2.41), so the expression has to be cheap for any text.
	 */
	pattern: string;
	/** The same in words: `Give …`. */
	wanted: string;
}

const ACCOUNT = {
	displayName: 'Number',
	name: 'number',
	placeholder: 'e.g. 1930',
	pattern: '[1-9]\\d{3}',
	wanted: 'the number of an account, 1000 to 9999',
};

function locator(
	{ displayName, name, description, hint, required, unchosen }: LocatorText,
	searchListMethod: string,
	{ pattern, wanted, ...typed }: TypedMode,
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
				...(unchosen !== undefined && { placeholder: unchosen }),
			},
			{
				...typed,
				type: 'string',
				validation: [{ type: 'regex', properties: { regex: `^\\s{0,20}(?:${pattern})?\\s{0,20}$`, errorMessage: `Give ${wanted}` } }],
			},
		],
	};
}

export const accountLocator = (text: LocatorText): INodeProperties => locator(text, 'searchAccounts', ACCOUNT);

/** The account of a line, which for the line of a partner is that partner's ID. */
export const lineAccountLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchAccounts', { ...ACCOUNT, pattern: '\\S.*', wanted: 'the number of an account, or the ID of a partner' });

/** The account of a financial entry's bank side. */
export const bankAccountLocator = (description: string): INodeProperties =>
	locator({ displayName: 'Bank or Cash Account', name: 'financialCounterpartAccount', required: true, description }, 'searchBankAccounts', {
		...ACCOUNT,
		pattern: '19\\d{2}',
		wanted: 'the number of a bank or cash account, 1910 to 1999',
	});

export const journalLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchJournals', {
		displayName: 'By Code',
		name: 'code',
		placeholder: 'e.g. A',
		pattern: '[0-9A-Za-z]{1,10}',
		wanted: '1 to 10 digits or letters',
	});

export const entryLocator = (description: string): INodeProperties =>
	locator({ displayName: 'Entry', name: 'journalEntryId', required: true, description }, 'searchEntries', {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. A-17-3 or A 17',
		pattern: '[0-9A-Za-z]{1,10}[ -]{0,3}\\d{1,10}(?:-\\d{1,10})?',
		wanted: 'an id, such as A-17-3, or series and number, such as A 17',
	});

export const financialYearLocator = (description: string): INodeProperties =>
	locator({ displayName: 'Financial Year', name: 'financialYearId', description }, 'searchFinancialYears', {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 3',
		pattern: '\\d{1,10}',
		wanted: 'the id of a financial year, a whole number',
	});

export const currencyLocator = (text: LocatorText): INodeProperties => ({
	...locator(text, 'searchCurrencies', {
		displayName: 'By Code',
		name: 'code',
		placeholder: 'e.g. EUR',
		pattern: '[A-Za-z]{3}',
		wanted: 'three letters, such as SEK or EUR',
	}),
	default: { __rl: true, mode: 'list', value: 'SEK' },
});

export const costCenterLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchCostCenters', {
		displayName: 'By Code',
		name: 'code',
		placeholder: 'e.g. STHLM',
		pattern: '\\S.*',
		wanted: 'the code of a cost center',
	});

export const projectLocator = (text: LocatorText): INodeProperties =>
	locator(text, 'searchProjects', {
		displayName: 'Number',
		name: 'number',
		placeholder: 'e.g. 12',
		pattern: '\\S.*',
		wanted: 'the number of a project',
	});

/** Left empty it adds no VAT, and says so in place of the usual *Choose…*. */
export const vatLocator = (text: LocatorText): INodeProperties =>
	locator({ ...text, unchosen: 'No VAT yet: choose…' }, 'searchVat', {
		displayName: 'By Code',
		name: 'code',
		placeholder: 'e.g. I 25',
		pattern: '\\S.*',
		wanted: 'a VAT code',
	});

function collection(displayName: string, name: string, placeholder: string, options: INodeProperties[]): INodeProperties {
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}

export const optionsField = (options: INodeProperties[]): INodeProperties => collection('Options', 'options', 'Add option', options);

export const filtersField = (options: INodeProperties[]): INodeProperties => collection('Filters', 'filters', 'Add filter', options);

export const additionalFieldsField = (options: INodeProperties[]): INodeProperties =>
	collection('Additional Fields', 'additionalFields', 'Add field', options);

export const updateFieldsField = (options: INodeProperties[]): INodeProperties =>
	collection('Update Fields', 'updateFields', 'Add field', options);

/** Read by `binaryField`. */
function binaryPropertyField(displayName: string, hint: string, description: string): INodeProperties {
	return {
		displayName,
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint,
		description,
	};
}

export const inputFileField = (hint: string): INodeProperties =>
	binaryPropertyField('Input Data Field Name', hint, 'Binary field of the input item that holds the file');

export const outputFileField = (description: string): INodeProperties =>
	binaryPropertyField('Put Output File in Field', 'The name of the output binary field to put the file in', description);
