import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** What an operation is shown with. Samples run one after the other in one company, so later ones see earlier ones. */
export interface Sample {
	/** Such as `account.getAll`. */
	operation: string;
	/** A word on what the sample shows, where it isn't plain. */
	about?: string;
	parameters: INodeParameters;
	input?: IDataObject[];
	/** All fields of the output are shown, also those that are null or empty. */
	whole?: true;
	/** A file that comes with the input item, under `data`. */
	file?: { fileName: string; mimeType: string; content: string };
}

const PAYROLL_FILE = `#FLAGGA 0
#PROGRAM "Payroll" 2026.1
#FORMAT PC8
#GEN 20260625
#SIETYP 4
#ORGNR 559900-1012
#RAR 0 20260101 20261231
#VER L 6 20260625 "Salaries June"
{
#TRANS 7210 {1 BUTIK} 42000.00 "" "Gross salaries"
#TRANS 2710 {} -12600.00
#TRANS 1930 {} -29400.00
}
`;

export const SAMPLES: readonly Sample[] = [
	{
		operation: 'account.create',
		parameters: { number: '1935', name: 'Card settlements', type: 'bank' },
	},
	{ operation: 'account.get', parameters: { accountNumber: '1935' } },
	{
		operation: 'account.getAll',
		parameters: { limit: 2, filters: { classes: '1930,3001', active: true } },
	},
	{
		operation: 'account.update',
		parameters: { accountNumber: '1935', updateFields: { name: 'Card settlements, shop' } },
	},
	{
		operation: 'bankAccount.create',
		parameters: {
			number: '1936',
			bankName: 'SEB',
			currency: 'EUR',
			additionalFields: { accountName: 'Euro account', iban: 'SE45 5000 0000 0583 9825 7466' },
		},
	},
	{ operation: 'bankAccount.getAll', parameters: { limit: 1 } },
	{ operation: 'journal.create', parameters: { code: 'N8N', name: 'Automatic postings' } },
	{ operation: 'journal.get', parameters: { journalId: 'A' } },
	{ operation: 'journal.getAll', parameters: { limit: 2 } },
	{ operation: 'journal.update', parameters: { journalId: 'N8N', updateFields: { name: 'Postings from n8n' } } },
	{
		operation: 'journalEntry.create',
		about: 'Two entries of a spreadsheet with a row per line. They are dated, numbered and grouped by its columns.',
		parameters: {
			journalId: 'N8N',
			date: '={{ $json.date }}',
			number: '={{ $json.voucher }}',
			description: '={{ $json.text }}',
			linesSource: 'inputItems',
			groupBy: 'voucher',
		},
		input: [
			{ voucher: 'POS-0601', date: '2026-06-01', text: 'Daily takings', account: '1910', debit: 1250, credit: 0 },
			{ voucher: 'POS-0601', date: '2026-06-01', text: 'Daily takings', account: '3001', debit: 0, credit: 1000 },
			{ voucher: 'POS-0601', date: '2026-06-01', text: 'Daily takings', account: '2611', debit: 0, credit: 250 },
			{ voucher: 'RENT-06', date: '2026-06-01', text: 'Rent June', account: '5010', debit: 9000, credit: 0 },
			{ voucher: 'RENT-06', date: '2026-06-01', text: 'Rent June', account: '1930', debit: 0, credit: 9000 },
		],
	},
	{
		operation: 'journalEntry.create',
		about:
			'A purchase in EUR as a whole entry in JSON, in the unified model’s field names: converted, with VAT by reverse charge. The first line is a supplier’s; the account of the ledger that it goes to has to be named.',
		parameters: {
			linesSource: 'json',
			linesJson: {
				journal_id: 'N8N',
				number: 'HOSTING-2026-06',
				date: '2026-06-15',
				description: 'Hosting June',
				currency: 'EUR',
				currency_exchange_rate: 11.2345,
				items: [
					{ account_type: 'supplier_account', account: 'S-1001', force_general_account: '2440', credit: 100, description: 'Invoice 881' },
					{ account: '4535', debit: 100, tax_info: { tax_code: 'ITEU', tax_amount: 25 } },
				],
			},
		},
	},
	{
		operation: 'journalEntry.get',
		about: 'With all fields, also those that are null or empty.',
		whole: true,
		parameters: { journalEntryId: 'N8N-2-4' },
	},
	{
		operation: 'journalEntry.getAll',
		parameters: { limit: 1, filters: { dateFrom: '2026-06-01', dateTo: '2026-06-30', accountNumber: '1930' } },
	},
	{
		operation: 'journalEntry.addAttachment',
		parameters: { journalEntryId: 'N8N-2-4', binaryPropertyName: 'data' },
		file: { fileName: 'rent.pdf', mimeType: 'application/pdf', content: '%PDF-1.7 rent' },
	},
	{
		operation: 'journalEntry.getAttachments',
		parameters: { journalEntryId: 'N8N-2-4', binaryPropertyName: 'data' },
	},
	{
		operation: 'journalEntry.importSie',
		parameters: { binaryPropertyName: 'data', journalId: 'N8N' },
		file: { fileName: 'payroll.si', mimeType: 'application/octet-stream', content: PAYROLL_FILE },
	},
	{ operation: 'journalEntry.reverse', parameters: { journalEntryId: 'N8N-2-4', date: '2026-06-30' } },
	{
		operation: 'journalEntry.correct',
		about: 'The takings were 1,500. The entry is reversed, and this one is posted in its place under the same number.',
		parameters: {
			journalEntryId: 'N8N-1-4',
			journalId: 'N8N',
			date: '2026-06-01',
			description: 'Daily takings, corrected',
			linesSource: 'json',
			linesJson: JSON.stringify([
				{ account: '1910', debit: 1500 },
				{ account: '3001', credit: 1200 },
				{ account: '2611', credit: 300 },
			]),
		},
	},
	{
		operation: 'financialEntry.create',
		about: 'A card payout after the provider’s fee, from a form. The row on the bank account is added.',
		parameters: {
			financialCounterpartAccount: '1930',
			journalId: 'N8N',
			date: '2026-06-04',
			number: 'PAYOUT-2026-0604',
			description: 'Card payout',
			linesSource: 'define',
			lines: {
				line: [
					{ account: '1935', amount: 1250, description: 'Sales 3 June' },
					{ account: '6570', amount: -22.5, description: 'Fee' },
				],
			},
		},
	},
	{
		operation: 'financialEntry.getAll',
		parameters: {
			financialCounterpartAccount: '1930',
			limit: 1,
			filters: { dateFrom: '2026-06-04', dateTo: '2026-06-04' },
		},
	},
	{ operation: 'account.getBalances', parameters: { accounts: '1930,3001', end: '2026-06', start: '2026-06' } },
	{
		operation: 'account.getLedger',
		parameters: { accounts: '1935', dateFrom: '2026-06-01', dateTo: '2026-06-30' },
	},
	{ operation: 'analyticAccount.getAll', parameters: { limit: 2 } },
	{ operation: 'financialYear.get', parameters: { date: '2026-06-30' } },
	{ operation: 'financialYear.getAll', parameters: { limit: 2 } },
	{
		operation: 'financialYear.exportSie',
		parameters: { sieType: '4', date: '2026-06-30', binaryPropertyName: 'data' },
	},
	{ operation: 'company.checkConnection', parameters: {} },
	{ operation: 'company.get', parameters: {} },
	{
		operation: 'report.balanceSheet',
		about: 'The last row says whether the sheet balances.',
		parameters: { period: '2026-Q1', layout: 'statutory' },
	},
	{
		operation: 'report.incomeStatement',
		about: 'Groups and totals, as an AI agent gets them, beside the month before.',
		parameters: { period: '2026-02', options: { includeAccounts: false, compareWith: 'previousPeriod', language: 'en' } },
	},
	{ operation: 'report.trialBalance', parameters: { period: '2026-02', options: { includeAccounts: false } } },
	{
		operation: 'journalEntry.getWithoutFile',
		parameters: { dateFrom: '2026-06', dateTo: '2026-06', limit: 1 },
	},
	{ operation: 'inbox.getAll', parameters: { folder: 'inbox_v', limit: 1 } },
	{ operation: 'inbox.download', parameters: { folder: 'inbox_v', limit: 1, binaryPropertyName: 'data' } },
	{ operation: 'financialYear.create', parameters: { dateFrom: '2027-01-01', dateTo: '2027-12-31' } },
	{
		operation: 'journalEntry.spread',
		about: 'An insurance that was paid in advance, over the two months that it is for.',
		parameters: {
			amount: 1500,
			resultAccount: '6310',
			balanceAccount: '1730',
			firstMonth: '2026-07',
			lastMonth: '2026-08',
			journalId: 'N8N',
			number: 'INSURANCE-2026',
			description: 'Insurance',
		},
	},
	{
		operation: 'report.checkLedger',
		parameters: { period: '2026-06', checks: ['vatMismatch', 'negativeCash', 'subledgerAccounts'] },
	},
	{
		operation: 'report.reconcile',
		about: 'Each input item is a row of the statement.',
		parameters: { accountNumber: '1935' },
		input: [
			{ date: '2026-06-04', amount: -1250, text: 'Payout' },
			{ date: '2026-06-04', amount: -15, text: 'Fee' },
		],
	},
	{ operation: 'vatReturn.get', about: 'Boxes in whole kronor, and what is behind them.', parameters: { period: '2026-06' } },
	{
		operation: 'vatReturn.settle',
		about: 'What would be posted.',
		parameters: { period: '2026-06', journalId: 'N8N', options: { dryRun: true } },
	},
	{ operation: 'vatReturn.settle', parameters: { period: '2026-01', journalId: 'N8N', options: { acceptChecks: true } } },
];

/** The sandbox's wall clock, so that samples don't change with the day on which they are made. */
