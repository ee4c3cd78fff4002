import type { Shape } from './shape';

/**
 * What this package sends to Fortnox and reads of its answers, request by request: the contract as we use it, written by
 * hand, so that it is checked where Fortnox's own document is not at hand. It says nothing of the rest of the API.
 */
export interface ExchangeShape {
	method: 'GET' | 'POST' | 'PUT';
	/** `{…}` stands for a key. */
	path: string;
	/** Names of query parameters that are sent, besides those of every list. */
	query?: readonly string[];
	/** Fields that are sent: no others. `form` is an upload. */
	body?: Shape | 'form';
	/** Fields that are read: there may be more. `bytes` is a file. */
	answer: Shape | 'bytes';
}

const META = { MetaInformation: { '@TotalResources': 'whole', '@TotalPages': 'whole', '@CurrentPage': 'whole' } } as const;

const ACCOUNT = {
	Number: 'whole',
	Description: 'text',
	Active: 'yes or no',
	SRU: 'whole?',
	VATCode: 'text?',
	Year: 'whole?',
	CostCenter: 'text?',
	CostCenterSettings: 'text?',
	Project: 'text?',
	ProjectSettings: 'text?',
	BalanceBroughtForward: 'amount?',
} as const;
const ACCOUNT_WRITE = { Description: 'text?', Active: 'yes or no?', SRU: 'whole?', VATCode: 'text?' } as const;

const SERIES = { Code: 'text', Description: 'text', Manual: 'yes or no', Year: 'whole?' } as const;

const LISTED_VOUCHER = {
	VoucherSeries: 'text',
	VoucherNumber: 'whole',
	Year: 'whole',
	TransactionDate: 'date',
	Description: 'text?',
	Comments: 'text?',
	ReferenceNumber: 'text?',
	ReferenceType: 'text?',
	ApprovalState: 'whole?',
} as const;
const ROW = {
	Account: 'whole',
	Debit: 'amount',
	Credit: 'amount',
	CostCenter: 'text?',
	Project: 'text?',
	Description: 'text?',
	TransactionInformation: 'text?',
	Quantity: 'amount?',
	Removed: 'yes or no',
} as const;
const VOUCHER = { ...LISTED_VOUCHER, VoucherRows: [ROW] } as const;
const VOUCHER_WRITE = {
	VoucherSeries: 'text',
	TransactionDate: 'date',
	Description: 'text',
	Comments: 'text',
	VoucherRows: [
		{
			Account: 'whole',
			Debit: 'amount?',
			Credit: 'amount?',
			CostCenter: 'text?',
			Project: 'text?',
			TransactionInformation: 'text?',
			Quantity: 'amount?',
		},
	],
} as const;

const YEAR = { Id: 'whole', FromDate: 'date', ToDate: 'date', AccountChartType: 'text?', AccountingMethod: 'text?' } as const;
const COST_CENTER = { Code: 'text', Description: 'text?', Active: 'yes or no', Note: 'text?' } as const;
const PROJECT = { ProjectNumber: 'text', Description: 'text?', Status: 'text', StartDate: 'date?', EndDate: 'date?' } as const;
const FILE = { Id: 'text', ArchiveFileId: 'text?', Name: 'text?', Path: 'text?', Size: 'whole?' } as const;
const CONNECTION = {
	FileId: 'text',
	VoucherSeries: 'text',
	VoucherNumber: 'digits',
	VoucherYear: 'whole',
	VoucherDescription: 'text?',
	Name: 'text?',
} as const;

const list = (name: string, item: Shape): Shape => ({ ...META, [name]: [item] });
const IN_YEAR = ['financialyear'] as const;

export const EXCHANGES: readonly ExchangeShape[] = [
	{ method: 'GET', path: '/3/accounts', query: ['financialyear', 'lastmodified', 'sortby'], answer: list('Accounts', ACCOUNT) },
	{ method: 'GET', path: '/3/accounts/{Number}', query: IN_YEAR, answer: { Account: { ...ACCOUNT, BalanceCarriedForward: 'amount?' } } },
	{
		method: 'POST',
		path: '/3/accounts',
		query: IN_YEAR,
		body: { Account: { ...ACCOUNT_WRITE, Number: 'whole', Description: 'text' } },
		answer: { Account: ACCOUNT },
	},
	{ method: 'PUT', path: '/3/accounts/{Number}', query: IN_YEAR, body: { Account: ACCOUNT_WRITE }, answer: { Account: ACCOUNT } },
	{ method: 'GET', path: '/3/voucherseries', query: IN_YEAR, answer: list('VoucherSeriesCollection', SERIES) },
	{
		method: 'GET',
		path: '/3/voucherseries/{Code}',
		query: IN_YEAR,
		answer: { VoucherSeries: { ...SERIES, NextVoucherNumber: 'whole' } },
	},
	{
		method: 'POST',
		path: '/3/voucherseries',
		query: IN_YEAR,
		body: { VoucherSeries: { Code: 'text', Description: 'text', Manual: 'yes or no?' } },
		answer: { VoucherSeries: SERIES },
	},
	{
		method: 'PUT',
		path: '/3/voucherseries/{Code}',
		query: IN_YEAR,
		body: { VoucherSeries: { Description: 'text?', Manual: 'yes or no?' } },
		answer: { VoucherSeries: SERIES },
	},
	{
		method: 'GET',
		path: '/3/predefinedvoucherseries',
		answer: list('PreDefinedVoucherSeriesCollection', { Name: 'text', VoucherSeries: 'text' }),
	},
	{ method: 'GET', path: '/3/predefinedaccounts', answer: list('PreDefinedAccounts', { Name: 'text', Account: 'whole?' }) },
	{
		method: 'GET',
		path: '/3/vouchers',
		query: ['financialyear', 'fromdate', 'todate', 'voucherseries', 'costcenter', 'lastmodified'],
		answer: list('Vouchers', LISTED_VOUCHER),
	},
	{ method: 'GET', path: '/3/vouchers/{Series}/{Number}', query: IN_YEAR, answer: { Voucher: VOUCHER } },
	{ method: 'POST', path: '/3/vouchers', query: IN_YEAR, body: { Voucher: VOUCHER_WRITE }, answer: { Voucher: VOUCHER } },
	{ method: 'GET', path: '/3/sie/{Type}', query: IN_YEAR, answer: 'bytes' },
	{ method: 'GET', path: '/3/financialyears', answer: list('FinancialYears', YEAR) },
	{
		method: 'POST',
		path: '/3/financialyears',
		body: { FinancialYear: { FromDate: 'date', ToDate: 'date', AccountChartType: 'text?', AccountingMethod: 'text?' } },
		answer: { FinancialYear: YEAR },
	},
	{
		method: 'GET',
		path: '/3/companyinformation',
		answer: { CompanyInformation: { CompanyName: 'text', OrganizationNumber: 'text?', DatabaseNumber: 'whole', CountryCode: 'text?' } },
	},
	{ method: 'GET', path: '/3/settings/lockedperiod', answer: { LockedPeriod: { EndDate: 'date?' } } },
	{
		method: 'GET',
		path: '/3/currencies',
		answer: list('Currencies', {
			Code: 'text',
			Description: 'text?',
			Date: 'date?',
			BuyRate: 'amount?',
			SellRate: 'amount?',
			Unit: 'whole?',
			IsAutomatic: 'yes or no',
		}),
	},
	{ method: 'GET', path: '/3/costcenters', answer: list('CostCenters', COST_CENTER) },
	{
		method: 'POST',
		path: '/3/costcenters',
		body: { CostCenter: { Code: 'text', Description: 'text' } },
		answer: { CostCenter: COST_CENTER },
	},
	{ method: 'GET', path: '/3/projects', answer: list('Projects', PROJECT) },
	{
		method: 'POST',
		path: '/3/projects',
		body: { Project: { ProjectNumber: 'text', Description: 'text', Status: 'text' } },
		answer: { Project: PROJECT },
	},
	{ method: 'POST', path: '/3/inbox', query: ['path'], body: 'form', answer: { File: { ...FILE, Name: 'text' } } },
	{ method: 'GET', path: '/3/inbox', query: ['path'], answer: { Folder: { Files: [FILE], Folders: [{ Id: 'text', Name: 'text?' }] } } },
	{ method: 'GET', path: '/3/inbox/{Folder}', answer: { Folder: { Files: [FILE] } } },
	{ method: 'GET', path: '/3/inbox/{Id}', answer: 'bytes' },
	{ method: 'GET', path: '/3/archive/{Id}', answer: 'bytes' },
	{
		method: 'GET',
		path: '/3/voucherfileconnections',
		query: ['financialyear', 'voucherseries', 'vouchernumber'],
		answer: list('VoucherFileConnections', CONNECTION),
	},
	{
		method: 'POST',
		path: '/3/voucherfileconnections',
		query: IN_YEAR,
		body: { VoucherFileConnection: { FileId: 'text', VoucherSeries: 'text', VoucherNumber: 'digits' } },
		answer: { VoucherFileConnection: CONNECTION },
	},
];

/** Parameters of every list. */
export const PAGING: readonly string[] = ['limit', 'page'];
