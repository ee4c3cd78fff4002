import type { INodeParameters } from 'n8n-workflow';

/**
 * Two values for each parameter, with which an operation does not do the same: the proof that it heeds the parameter.
 * Found by `resource.operation.path`, else by `path`, else by the last name. A third element is what has to be given
 * besides.
 */
export type Pair = readonly [one: INodeParameters[string], other: INodeParameters[string], beside?: INodeParameters];

const LINES = (account: string, amount = 100): string =>
	JSON.stringify([
		{ account: '1930', debit: amount },
		{ account, credit: amount },
	]);
const SALE: INodeParameters = { account: '3001', credit: '100' };
const EUR: INodeParameters = { currency: 'EUR', currencyExchangeRate: '11.5' };
/** 3 × 33.33 EUR against 99.99: converted row by row, 0.01 SEK is left over. */
const ODD_EUR = JSON.stringify([
	...['5410', '5410', '5410'].map((account) => ({ account, debit: 33.33 })),
	{ account: '2440', credit: 99.99 },
]);
const ODD_EUR_IN_BANK = JSON.stringify(['5410', '5410', '5410'].map((account) => ({ account, amount: -33.33 })));
/** Of what is posted only: each of the two has books of its own. */
const POSTED: INodeParameters = { options: { dryRun: false } };
/** Whole input items are the lines. */
const FROM_ITEMS: INodeParameters = { linesSource: 'inputItems' };

export const PAIRS: Record<string, Pair> = {
	accountNumber: ['1930', '1940'],
	accounts: ['1930', '1940'],
	'account.outputFields': ['number', 'number,name', { output: 'selected' }],
	'account.getBalances.end': ['2026-05', '2026-11'],
	'account.getBalances.output': ['full', 'selected', { outputFields: 'account_number' }],
	'account.getBalances.outputFields': ['balance', 'debit', { output: 'selected' }],
	'account.getLedger.outputFields': ['account_name', 'closing_balance', { output: 'selected' }],
	active: [true, false],
	amount: ['100', '200'],
	balanceAccount: ['1790', '1710'],
	bankName: ['SEB', 'Nordea'],
	binaryPropertyName: ['data', 'other'],
	classes: ['1', '3'],
	code: ['TST', 'TSU'],
	columns: ['months', 'total'],
	compareWith: ['previousYear', 'previousPeriod'],
	costCenter: ['BUTIK', 'WEBB'],
	costCenterSetting: ['MANDATORY', 'NOTALLOWED'],
	currency: ['EUR', 'SEK', { currencyExchangeRate: '11.5' }],
	currencyExchangeRate: ['11.5', '11.6', { currency: 'EUR' }],
	date: ['2026-06-01', '2026-06-02'],
	dateFrom: ['2026-01-01', '2026-06-01'],
	dateTo: ['2026-08-31', '2026-07-31'],
	description: ['Kaffe', 'Te'],
	dryRun: [true, false],
	entryDescription: ['Kaffe', 'Te'],
	end: ['2026-03', '2026-04'],
	financialCounterpartAccount: ['1930', '1940'],
	financialYearId: ['4', '3'],
	firstMonth: ['2026-05', '2026-06'],
	folder: ['inbox_v', 'inbox_s'],
	includeAccounts: [true, false],
	includeItems: [true, false],
	includeNextNumber: [true, false],
	includeZero: [true, false],
	journalEntryId: ['A-1-4', 'A-2-4'],
	journalId: ['A', 'API'],
	language: ['sv', 'en'],
	lastMonth: ['2026-07', '2026-08'],
	layout: ['accounts', 'statutory'],
	limit: [1, 2],
	linesJson: [LINES('3001'), LINES('3004')],
	manual: [true, false],
	name: ['Ett namn', 'Ett annat'],
	number: ['5899', '5898'],
	openingBalances: ['stored', 'computed'],
	output: ['full', 'simplified'],
	outputFields: ['id', 'id,name', { output: 'selected' }],
	outputFile: ['html', 'none'],
	partnerId: ['K-1', 'K-2'],
	period: ['2026-05', '2026-06'],
	project: ['1', 'P30'],
	projectSetting: ['MANDATORY', 'NOTALLOWED'],
	proposal: ['0123456789abcdef', undefined, POSTED],
	rawResponse: [true, false],
	readOneByOne: [true, false],
	reference: ['R-1', 'R-2'],
	resultAccount: ['5010', '5410'],
	returnAll: [true, false, { limit: 1 }],
	search: ['bank', 'moms'],
	sort: ['newestFirst', 'oldestFirst'],
	split: ['none', 'rows'],
	sru: [7281, 7282],
	standing: [true, false],
	start: ['2026-01', '2026-02'],
	type: ['bank', 'vat'],
	unsupportedCharacters: ['fail', 'replace', { name: 'Kaffe “Gevalia”', description: 'Kaffe “Gevalia”', bankName: 'Bank “x”' }],
	updatedAfter: ['2020-01-01', '2031-01-01'],
	vatCode: ['MP1', 'MF'],

	'account.create.number': ['5801', '5802'],
	'account.create.type': ['expense', 'bank'],
	'account.update.options.unsupportedCharacters': ['fail', 'replace', { updateFields: { name: 'Kaffe “Gevalia”' } }],
	'journal.update.options.unsupportedCharacters': ['fail', 'replace', { updateFields: { name: 'Kaffe “Gevalia”' } }],
	'analyticAccount.getAll.filters.plan': ['cost_center', 'project'],
	'bankAccount.create.number': ['1951', '1952'],
	'bankAccount.create.additionalFields.accountNumber': ['5000-0000', '5000-0018', { additionalFields: { iban: '' } }],
	'bankAccount.create.additionalFields.iban': ['SE3550000000054910000003', 'DE89370400440532013000'],
	'bankAccount.create.additionalFields.accountName': ['Lönekonto', 'Skattekonto'],
	'bankAccount.create.currency': ['EUR', 'SEK'],
	'bankAccount.create.outputFields': ['number', 'number,name', { output: 'selected' }],
	'company.checkConnection.outputFields': ['ok', 'ok,checks', { output: 'selected' }],
	'financialYear.create.dateFrom': ['2028-01-01', '2028-02-01'],
	'financialYear.create.dateTo': ['2028-12-31', '2028-11-30'],
	'financialYear.create.additionalFields.accountChart': ['Bas 2026', 'Bas 2025'],
	'financialYear.create.additionalFields.accountingMethod': ['ACCRUAL', 'CASH'],
	'financialYear.get.date': ['2025-06-01', '2026-06-01'],
	'financialYear.exportSie.date': ['2025-06-01', '2026-06-01'],
	'financialYear.exportSie.sieType': ['4', '1'],
	'financialYear.exportSie.options.parsed': [true, false],
	'inbox.download.fileId': ['inbox-1', 'inbox-2'],
	'inbox.download.filters.onlyNotAttached': [true, false],
	'inbox.download.output': ['full', 'selected', { outputFields: 'id' }],
	'inbox.getAll.filters.onlyNotAttached': [true, false],
	'inbox.outputFields': ['id', 'id,filename', { output: 'selected' }],
	'journal.create.journalType': ['', 'customer_invoice'],
	'journalEntry.addAttachment.inboxFileId': ['inbox-1', 'inbox-2'],
	'journalEntry.getAttachments.options.download': [true, false],
	'journalEntry.getWithoutFile.dateFrom': ['2026-01', '2026-03'],
	'journalEntry.getWithoutFile.dateTo': ['2026-03', '2026-06'],
	'filters.dateTo': ['2021-09-30', '2022-06-30'],
	'financialEntry.getAll.filters.dateTo': ['2021-12-31', '2026-12-31'],
	'financialEntry.getAll.filters.partnerId': ['K-1', 'K-2', { filters: { dateFrom: '2026-06-01' } }],
	'journalEntry.reverse.date': ['2026-06-01', '2026-06-02'],
	'journalEntry.reverse.options.reverseSubledger': [true, false, { journalEntryId: 'B-1-4', journalId: 'A' }],
	'journalEntry.correct.options.reverseSubledger': [true, false, { journalEntryId: 'B-1-4', journalId: 'A' }],
	'journalEntry.correct.options.reversalDate': ['2026-06-01', '2026-06-02'],
	'journalEntry.spread.spreadSource': ['amount', 'entryLine', { journalEntryId: 'A-1-4' }],
	'journalEntry.spread.journalEntryId': ['A-1-4', 'A-2-4', { resultAccount: '', amount: '' }],
	'journalEntry.spread.lineNumber': [1, 2, { resultAccount: '', balanceAccount: '1790', amount: '' }],
	'journalEntry.spread.method': ['days', 'months'],
	'journalEntry.spread.number': ['S-1', 'S-2'],
	'journalEntry.spread.options.acceptVatBase': [true, false, { resultAccount: '3001', balanceAccount: '2990' }],
	'report.checkLedger.checks': [['numberGaps'], ['missingFiles']],
	'report.checkLedger.outputFields': ['check', 'check,message', { output: 'selected' }],
	'report.reconcile.outputFields': ['status', 'status,date', { output: 'selected' }],
	'report.reconcile.options.maxDaysApart': [0, 31],
	'vatReturn.get.outputFields': ['boxes', 'to_pay', { output: 'selected' }],
	'vatReturn.get.options.outputFile': ['eskd', 'none'],
	'vatReturn.get.options.information': ['Ett', 'Två', { options: { outputFile: 'eskd' } }],
	'vatReturn.settle.options.acceptChecks': [true, false],
	'vatReturn.settle.date': ['2026-11-20', '2026-11-21'],
	'vatReturn.settle.journalId': ['A', 'API'],

	linesSource: ['json', 'inputItems'],
	allItems: [true, false, FROM_ITEMS],
	groupBy: ['group', 'other', FROM_ITEMS],
	'financialEntry.create.linesJson': ['[{"account":"3001","amount":100}]', '[{"account":"3004","amount":100}]'],
	'additionalFields.comments': ['Ett', 'Två'],
	'additionalFields.accrualAccount': [
		'1710',
		'1790',
		{
			linesJson: JSON.stringify([
				{ account: '5010', debit: 100, start_date: '2026-06-01', end_date: '2026-08-31' },
				{ account: '1930', credit: 100 },
			]),
		},
	],
	'additionalFields.binaryPropertyName': ['data', 'other', POSTED],
	'additionalFields.balancingAccount': ['3740', '3004', { linesJson: JSON.stringify([{ account: '1930', debit: 100 }]) }],
	'additionalFields.reverseOn': ['2026-07-01', '2026-07-02'],
	'options.acceptRate': [true, false, { currency: 'EUR', currencyExchangeRate: '1' }],
	'options.acceptVatBase': [
		true,
		false,
		{
			linesJson: JSON.stringify([
				{ account: '1930', debit: 125 },
				{ account: '3004', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } },
			]),
		},
	],
	'financialEntry.create.options.acceptVatBase': [
		true,
		false,
		{ linesJson: JSON.stringify([{ account: '3004', amount: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } }]) },
	],
	'options.rateFromRegister': [true, false, { date: '2026-11-25', currency: 'EUR' }],
	...Object.fromEntries(
		[
			'financialEntry.create',
			'journalEntry.create',
			'journalEntry.correct',
			'journalEntry.importSie',
			'journalEntry.reverse',
			'journalEntry.spread',
			'vatReturn.settle',
		].map((operation): [string, Pair] => [`${operation}.options.rawResponse`, [true, false, POSTED]]),
	),
	'options.registerRate': ['buy', 'sell', { date: '2026-11-25', currency: 'EUR', options: { rateFromRegister: true } }],
	'options.residual': ['largestRow', 'roundingAccount', { ...EUR, currencyExchangeRate: '11.056', linesJson: ODD_EUR }],
	'financialEntry.create.options.residual': [
		'largestRow',
		'roundingAccount',
		{ ...EUR, currencyExchangeRate: '11.056', linesJson: ODD_EUR_IN_BANK },
	],

	'journalEntry.importSie.seriesMap.map[].series': [
		{ map: [{ series: 'A', journalId: 'API' }] },
		{ map: [{ series: 'B', journalId: 'API' }] },
	],
	'journalEntry.importSie.seriesMap.map[].journalId': [
		{ map: [{ series: 'A', journalId: 'API' }] },
		{ map: [{ series: 'A', journalId: 'A' }] },
	],
	'journalEntry.importSie.journalId': ['A', 'API'],
	'journalEntry.importSie.options.rowDates': ['voucherDate', 'refuse', { binaryPropertyName: 'rowDates' }],
	'journalEntry.importSie.options.acceptOtherCompany': [true, false, { binaryPropertyName: 'company' }],
	'journalEntry.importSie.options.acceptOtherCurrency': [true, false, { binaryPropertyName: 'currency' }],
	'journalEntry.importSie.options.acceptOtherType': [true, false, { binaryPropertyName: 'type' }],
	'journalEntry.importSie.options.createMissingAccounts': [true, false, { binaryPropertyName: 'account' }],
	'journalEntry.importSie.options.createMissingCostCenters': [true, false, { binaryPropertyName: 'center' }],
	'journalEntry.importSie.options.createMissingJournals': [true, false, { binaryPropertyName: 'series' }],
	'journalEntry.importSie.options.createMissingProjects': [true, false, { binaryPropertyName: 'project' }],
	'journalEntry.importSie.options.unsupportedCharacters': ['fail', 'replace', { binaryPropertyName: 'quotes' }],
};

const SHARE = (center: string): string =>
	JSON.stringify([{ analytic_plan: 'cost_center', analytic_accounts: [{ analytic_account: center, percentage: 100 }] }]);

/** Lines of the form: what is put into the first of two lines, whose other one balances it. */
export const LINE_PAIRS: Record<string, readonly [one: INodeParameters, other: INodeParameters]> = {
	account: [SALE, { ...SALE, account: '3004' }],
	debit: [
		{ account: '3001', debit: '100' },
		{ account: '3001', debit: '200' },
	],
	credit: [SALE, { ...SALE, credit: '200' }],
	amount: [
		{ account: '3001', amount: '100' },
		{ account: '3001', amount: '200' },
	],
	description: [
		{ ...SALE, description: 'Ett' },
		{ ...SALE, description: 'Två' },
	],
	cost_center: [
		{ ...SALE, cost_center: 'BUTIK' },
		{ ...SALE, cost_center: 'WEBB' },
	],
	project: [{ ...SALE, project: '1' }, SALE],
	analytic_distribution: [
		{ ...SALE, analytic_distribution: SHARE('BUTIK') },
		{ ...SALE, analytic_distribution: SHARE('WEBB') },
	],
	account_type: [
		{ ...SALE, account_type: 'general_account' },
		{ account: 'K-1', account_type: 'customer_account', force_general_account: '1510', credit: '100' },
	],
	force_general_account: [
		{ account: 'K-1', account_type: 'customer_account', force_general_account: '1510', credit: '100' },
		{ account: 'K-1', account_type: 'customer_account', force_general_account: '1511', credit: '100' },
	],
	tax_code: [
		{ ...SALE, tax_code: 'MP1' },
		{ ...SALE, tax_code: 'MF' },
	],
	'tax_info.tax_code': [
		{ ...SALE, tax_info: { tax_code: 'MP1', gross: true } },
		{ ...SALE, tax_info: { tax_code: 'MP2', gross: true } },
	],
	'tax_info.tax_amount': [
		{ ...SALE, tax_info: { tax_code: 'MP1', tax_amount: '20', gross: true } },
		{ ...SALE, tax_info: { tax_code: 'MP1', tax_amount: '19.99', gross: true } },
	],
	'tax_info.gross': [
		{ ...SALE, tax_info: { tax_code: 'MP1', gross: true } },
		{ ...SALE, tax_info: { tax_code: 'MP1', gross: false } },
	],
	'tax_info.vat_account': [
		{ ...SALE, tax_info: { tax_code: 'MP1', vat_account: '2611', gross: true } },
		{ ...SALE, tax_info: { tax_code: 'MP1', vat_account: '2621', gross: true } },
	],
	'tax_info.reversed_vat_account': [
		{ account: '4535', debit: '100', tax_info: { tax_code: 'ITEU 25', reversed_vat_account: '2614' } },
		{ account: '4535', debit: '100', tax_info: { tax_code: 'ITEU 25', reversed_vat_account: '2615' } },
	],
	'tax_info.description': [
		{ ...SALE, tax_info: { tax_code: 'MP1', gross: true, description: 'Ett' } },
		{ ...SALE, tax_info: { tax_code: 'MP1', gross: true, description: 'Två' } },
	],
};

/** Parameters whose effect is a time, or takes a whole scene: where it is shown. */
export const SHOWN_ELSEWHERE: Record<string, string> = {
	'options.maxWait': 'test/engine/errors/codes.test.ts',
	'options.outcomeTimeout': 'test/engine/posting/proof.test.ts',
	'options.postSideBySide': 'test/engine/posting/order.test.ts',
	'options.voucherNumbers': 'test/engine/sie/cases.test.ts',
	'report.incomeStatement.options.openingBalances': 'no test: accounts of the income statement open a year with nothing',
};

/**
 * The same for the triggers: the default, and another value with which the same events start the workflow otherwise. Found
 * by path, with the first word of the menu for which n8n shows the parameter where it has two.
 */
export const TRIGGER_PAIRS: Record<string, Pair> = {
	authentication: ['oAuth2', 'serviceAccount', { tenantId: '1002' }],
	tenantId: ['1001', '1002'],
	triggerOn: ['newEntry', 'financialYearOpened'],
	'filters.accountNumber': ['', '6110'],
	'filters.journalId': ['', 'B'],
	'options.includeItems': [true, false],
	output: ['full', 'simplified'],
	'newEntry options.rawResponse': [false, true],
	'financialYearOpened options.rawResponse': [false, true],
};
