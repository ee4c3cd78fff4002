import type { INodeProperties } from 'n8n-workflow';
import {
	accountLocator,
	additionalFieldsField,
	costCenterLocator,
	currencyLocator,
	dateField,
	journalLocator,
	lineAccountLocator,
	moneyField,
	projectLocator,
	vatLocator,
} from '../../n8n/fields';
import { textFields } from './textFields';

/** The head of an entry: what all its lines share. */
export const headerFields: INodeProperties[] = [
	journalLocator({
		displayName: 'Journal',
		name: 'journalId',
		description: 'The manual voucher series that the entry goes to',
		hint: 'Empty: the first manual journal of the company',
	}),
	dateField({
		displayName: 'Date',
		name: 'date',
		hint: 'Empty: today in Stockholm; of input items, their own date',
		description:
			'Accounting date: the day, and so the month and the VAT period, in which the entry counts. A time with a zone is converted to Stockholm.',
	}),
	{
		displayName: 'Number',
		name: 'number',
		type: 'string',
		default: '',
		placeholder: 'e.g. PAYOUT-2026-0131',
		description: 'Your own number for the entry, unique in the financial year. Running again with the same number never posts twice.',
	},
	...textFields({
		placeholder: 'e.g. Card payout week 5',
		description: 'What the voucher in the ledger is for, up to 200 characters; where empty, the text of the first line',
	}),
	currencyLocator({
		displayName: 'Currency',
		name: 'currency',
		description: 'Currency of the amounts. Fortnox keeps its books in SEK, so other currencies are converted.',
	}),
	{
		...moneyField({
			displayName: 'Currency Exchange Rate',
			name: 'currencyExchangeRate',
			placeholder: 'e.g. 11,2345',
			description: 'Price of 1 unit of the currency in SEK; empty or 0 is not given',
		}),
		displayOptions: { hide: { currency: ['SEK', ''] } },
	},
];

/** Where the lines of an entry come from. An example of JSON lines is shown beside their field: in it, it would be posted. */
export function linesFields(lineFields: INodeProperties[], example: object[]): INodeProperties[] {
	return [
		{
			displayName: 'Lines Source',
			name: 'linesSource',
			type: 'options',
			options: [
				{ name: 'Define Below', value: 'define', description: 'Fill in the lines in this form' },
				{ name: 'JSON', value: 'json', description: 'Take the lines, or a whole entry, from JSON' },
				{ name: 'Input Items', value: 'inputItems', description: 'Make one entry of several input items, each a line' },
			],
			default: 'define',
			description: 'Where the lines of the entry come from',
		},
		{
			displayName: 'Lines',
			name: 'lines',
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				sortable: true,
				// n8n 2 shows the usual fields and offers the others; n8n 1 shows all of them, the usual ones first.
				hideOptionalFields: true,
				addOptionalFieldButtonText: 'Add Field',
			},
			displayOptions: { show: { linesSource: ['define'] } },
			placeholder: 'Add Line',
			default: {},
			options: [{ displayName: 'Line', name: 'line', values: lineFields }],
		},
		jsonField(JSON.stringify(example)),
		{
			displayName: 'One Entry of All Items',
			name: 'allItems',
			type: 'boolean',
			displayOptions: { show: { linesSource: ['inputItems'] } },
			default: false,
			description: 'Whether all input items are the lines of one and the same entry',
		},
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'string',
			requiresDataPath: 'single',
			displayOptions: { show: { linesSource: ['inputItems'], allItems: [false] } },
			default: '',
			placeholder: 'e.g. voucher_no',
			hint: 'Drag the column here that numbers the vouchers. Each input item is a line with the fields account, debit, credit or amount (signed), description, cost_center, …, or with headings such as Konto, Debet, Kredit, Belopp, Text',
			description: 'Name of the field whose value tells which entry an item belongs to',
		},
	];
}

function jsonField(example: string): INodeProperties {
	return {
		displayName: 'Lines (JSON)',
		name: 'linesJson',
		type: 'json',
		displayOptions: { show: { linesSource: ['json'] } },
		typeOptions: { rows: 8 },
		default: '[]',
		placeholder: `e.g. ${example}`,
		hint: `Such as ${example}`,
		description: 'An array of lines, or a whole entry of the unified model, which then fills every field that it names',
	};
}

/** Shown in every line; fields that are not marked so are offered behind a button where n8n can do that. */
function usual(field: INodeProperties): INodeProperties {
	return { ...field, typeOptions: { ...field.typeOptions, showEvenWhenOptional: true } };
}

const thirdParty = ['customer_account', 'supplier_account', 'employee_account'];

/** VAT that comes on top of a line's amount. */
const vatOnTop: INodeProperties = {
	displayName: 'VAT',
	name: 'tax_info',
	type: 'collection',
	placeholder: 'Add VAT Field',
	// What every line with VAT needs is there as soon as VAT is added. n8n stores the same for lines to which none was added,
	// so the two look alike, and the empty field itself says that there is no VAT yet.
	default: { gross: false, tax_code: { __rl: true, mode: 'list', value: '' } },
	description: 'VAT that comes on top of the amount, or is contained in it, and gets a row of its own',
	options: [
		{
			displayName: 'Amount Includes VAT',
			name: 'gross',
			type: 'boolean',
			default: false,
			description: 'Whether the amount of the line contains the VAT; the VAT is taken out of it',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'Text of the VAT row; that of the line where empty',
		},
		{
			displayName: 'Reversed VAT Account',
			name: 'reversed_vat_account',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2614',
			description: 'With reverse charge: the account of the VAT that is owed',
		},
		{
			displayName: 'VAT Account',
			name: 'vat_account',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2611',
			description: 'Account of the VAT; the predefined one of the company where empty',
		},
		moneyField({
			displayName: 'VAT Amount',
			name: 'tax_amount',
			description:
				'The VAT, without a sign; it follows the side of its line. Where empty, it is computed from the amount of the line at the rate of the VAT code.',
		}),
		vatLocator({
			displayName: 'VAT Code',
			name: 'tax_code',
			description:
				'What kind of VAT it is. The list begins with what fits the account and the side of the line; as a code: MP1 is a sale at 25 %, I a purchase, and the rate may stand behind it (I 25).',
		}),
	],
};

const accountType: INodeProperties = {
	displayName: 'Account Type',
	name: 'account_type',
	type: 'options',
	options: [
		{ name: 'Customer', value: 'customer_account' },
		{ name: 'Employee', value: 'employee_account' },
		{ name: 'General Account', value: 'general_account' },
		{ name: 'Supplier', value: 'supplier_account' },
	],
	default: 'general_account',
	description: 'Whether the line is on an account of the ledger or belongs to a partner',
};

/** A line's fields around its amounts, in the order of the usual entry: account, amount, text, then the rest. */
export function lineFieldsWith(amounts: INodeProperties[]): INodeProperties[] {
	return [
		usual(lineAccountLocator({ displayName: 'Account', name: 'account', description: 'Account of the ledger, or the ID of the partner' })),
		...amounts.map(usual),
		usual({
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Fee',
			description: 'Text of the row; what does not fit into 100 characters is cut',
		}),
		costCenterLocator({ displayName: 'Cost Center', name: 'cost_center', description: 'Cost center that the line belongs to' }),
		projectLocator({ displayName: 'Project', name: 'project', description: 'Project that the line belongs to' }),
		vatOnTop,
		{
			displayName: 'VAT Code of Account',
			name: 'tax_code',
			type: 'string',
			default: '',
			placeholder: 'e.g. I',
			description: 'Compared with the VAT code that the account has in the chart; adds no row. For VAT on the line, add VAT.',
		},
		accountType,
		usual({
			...accountLocator({
				displayName: 'General Account',
				name: 'force_general_account',
				description: 'The account of the ledger that the line of a partner goes to',
			}),
			displayOptions: { show: { account_type: thirdParty } },
		}),
		{
			displayName: 'Analytic Distribution (JSON)',
			name: 'analytic_distribution',
			type: 'json',
			default: '[]',
			placeholder:
				'e.g. [{"analytic_plan":"cost_center","analytic_accounts":[{"analytic_account":"STHLM","percentage":60},{"analytic_account":"GBG","percentage":40}]}]',
			description: 'Divides the line over several cost centers or projects by percentages',
		},
	];
}

/** Of all operations that post an entry from a form, in n8n's order. */
const additional: INodeProperties[] = [
	{
		displayName: 'Comments',
		name: 'comments',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'Your own comments on the voucher, kept beside the line by which the node recognises its entry',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'Binary field with a file to attach to the voucher, such as the receipt',
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. INV-1001',
		description: 'Reference of another system; returned with the entry',
	},
];

export const additionalFields = additionalFieldsField(additional);

/** Of an entry that may have others behind it: the months that a line is spread over, or its reversal. */
export const createFields = additionalFieldsField([
	accountLocator({
		displayName: 'Accrual Account',
		name: 'accrualAccount',
		description:
			'Where lines with start_date and end_date wait for their months: prepaid (17xx) or accrued (29xx). Where empty, 1790 for costs and 2990 for income.',
	}),
	accountLocator({
		displayName: 'Balancing Account',
		name: 'balancingAccount',
		description: 'Gets the row that balances the entry, such as the bank account of a payout; on 3740 no more than 1.00 of rounding',
	}),
	...additional,
	dateField({
		displayName: 'Reverse On',
		name: 'reverseOn',
		placeholder: 'e.g. 2027-01-01',
		description: 'Posts the reversal of the entry on this day as well, such as 1 January for an accrual of 31 December',
	}),
]);
