import { stockholmMinute } from '../company/clock';
import type { Settings } from '../settings';
import type { DimensionSetting, SandboxAccount } from '../company/types';
import type { SandboxYear } from '../company/year';
import { readWrapped, type Fields, type FieldSpecs } from './wire/fields';
import { cutPage, integerParameter, lastModifiedParameter, listAnswer, sorted } from './wire/lists';
import { created, noContent, numberInPath, ok, PAGING, requestedYear, type Route, type RouteContext } from './wire/route';
import { PlaceholderRefusal, Refusal, toSek } from './wire/answer';

const SETTINGS = ['ALLOWED', 'MANDATORY', 'NOTALLOWED'] as const;

const SPECS: FieldSpecs = {
	Number: { type: 'integer', required: true, min: 1000, max: 9999 },
	Description: { type: 'text', required: true, max: 200 },
	Active: { type: 'boolean' },
	BalanceBroughtForward: { type: 'amount' },
	BalanceCarriedForward: { type: 'amount', readOnly: true },
	CostCenter: { type: 'text', max: 6 },
	CostCenterSettings: { type: 'text', choices: SETTINGS },
	OpeningQuantities: { type: 'rows' },
	Project: { type: 'text', max: 20 },
	ProjectSettings: { type: 'text', choices: SETTINGS },
	QuantitySettings: { type: 'text', choices: SETTINGS },
	QuantityUnit: { type: 'text' },
	SRU: { type: 'integer' },
	TransactionInformation: { type: 'text', max: 100 },
	TransactionInformationSettings: { type: 'text', choices: SETTINGS },
	VATCode: { type: 'text' },
	Year: { type: 'integer', readOnly: true },
};

const ACCOUNT_QUERY = ['financialyear', 'financialyeardate'] as const;

/** Recordings have "" where nothing is; `settings.emptyAccountFields`. */
const orEmpty = (text: string | null, { emptyAccountFields }: Settings): string | null =>
	text || (emptyAccountFields === 'blank' ? '' : null);

function listItem(account: SandboxAccount, year: SandboxYear, { baseUrl, settings }: RouteContext) {
	return {
		'@url': `${baseUrl}/3/accounts/${account.number}?financialyear=${year.id}`,
		Active: account.active,
		BalanceBroughtForward: toSek(account.broughtForward),
		CostCenter: orEmpty(account.costCenter, settings),
		CostCenterSettings: account.costCenterSettings,
		Description: account.description,
		Number: account.number,
		Project: orEmpty(account.project, settings),
		ProjectSettings: account.projectSettings,
		SRU: account.sru,
		VATCode: orEmpty(account.vatCode, settings),
		Year: year.id,
	};
}

/** The six fields that recorded lists of 2014 and 2015 have. */
function recordedListItem(account: SandboxAccount, year: SandboxYear, context: RouteContext) {
	const { '@url': url, Active, Description, Number: number, SRU, Year } = listItem(account, year, context);
	return { '@url': url, Active, Description, Number: number, SRU, Year };
}

function single(account: SandboxAccount, year: SandboxYear, context: RouteContext) {
	const { Active, BalanceBroughtForward, ...rest } = listItem(account, year, context);
	return {
		Account: {
			'@url': rest['@url'],
			Active,
			BalanceBroughtForward,
			BalanceCarriedForward: toSek(account.broughtForward + year.movement(account.number)),
			CostCenter: rest.CostCenter,
			CostCenterSettings: rest.CostCenterSettings,
			Description: rest.Description,
			Number: rest.Number,
			OpeningQuantities: null,
			Project: rest.Project,
			ProjectSettings: rest.ProjectSettings,
			QuantitySettings: 'ALLOWED',
			QuantityUnit: orEmpty(null, context.settings),
			SRU: rest.SRU,
			TransactionInformation: orEmpty(account.transactionInformation, context.settings),
			TransactionInformationSettings: account.transactionInformationSettings,
			VATCode: rest.VATCode,
			Year: rest.Year,
		},
	};
}

function find(year: SandboxYear, context: RouteContext): SandboxAccount {
	const account = year.accounts.get(numberInPath(context, 'number'));
	if (!account) throw new Refusal(404, 2000423, 'Kan inte hitta kontot.');
	return account;
}

const dimensionSetting = (text: string | null | undefined): DimensionSetting | undefined => SETTINGS.find((setting) => setting === text);

function write(account: SandboxAccount, fields: Fields, now: number): void {
	account.description = fields.text('Description') ?? account.description;
	account.active = fields.boolean('Active') ?? account.active;
	account.broughtForward = fields.number('BalanceBroughtForward') ?? account.broughtForward;
	account.costCenterSettings = dimensionSetting(fields.text('CostCenterSettings')) ?? account.costCenterSettings;
	account.projectSettings = dimensionSetting(fields.text('ProjectSettings')) ?? account.projectSettings;
	account.transactionInformationSettings =
		dimensionSetting(fields.text('TransactionInformationSettings')) ?? account.transactionInformationSettings;
	account.sru = fields.number('SRU') ?? account.sru;
	for (const [name, key] of [
		['CostCenter', 'costCenter'],
		['Project', 'project'],
		['VATCode', 'vatCode'],
		['TransactionInformation', 'transactionInformation'],
	] as const) {
		const text = fields.text(name);
		if (text !== undefined) account[key] = text;
	}
	account.modifiedMinute = stockholmMinute(now);
}

export const accountRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/accounts',
		scope: 'bookkeeping',
		query: [...ACCOUNT_QUERY, ...PAGING, 'lastmodified', 'sru'],
		handle(context) {
			const { query, settings } = context;
			const year = requestedYear(context);
			const since = lastModifiedParameter(query);
			const sru = integerParameter(query, 'sru');
			let accounts = year.accountsByNumber();
			if (since !== undefined) accounts = accounts.filter((account) => account.modifiedMinute >= since);
			if (sru !== undefined) accounts = accounts.filter((account) => account.sru === sru);
			accounts = sorted(accounts, query, { number: (account) => account.number });
			const toWire = settings.answerShapes === 'recorded' ? recordedListItem : listItem;
			return listAnswer('Accounts', cutPage(accounts, query, settings), (account) => toWire(account, year, context));
		},
	},
	{
		method: 'GET',
		path: '/3/accounts/:number',
		scope: 'bookkeeping',
		query: ACCOUNT_QUERY,
		handle(context) {
			const year = requestedYear(context);
			return ok(single(find(year, context), year, context));
		},
	},
	{
		method: 'POST',
		path: '/3/accounts',
		scope: 'bookkeeping',
		query: ACCOUNT_QUERY,
		handle(context) {
			const year = requestedYear(context);
			const fields = readWrapped(context, 'Account', SPECS, 'create');
			const number = fields.number('Number') ?? 0;
			if (year.accounts.has(number)) throw new PlaceholderRefusal('alreadyExists', number);
			const account: SandboxAccount = {
				number,
				description: '',
				active: true,
				sru: 0,
				vatCode: null,
				costCenter: null,
				costCenterSettings: 'ALLOWED',
				project: null,
				projectSettings: 'ALLOWED',
				transactionInformation: null,
				transactionInformationSettings: 'ALLOWED',
				broughtForward: 0,
				modifiedMinute: 0,
			};
			write(account, fields, context.now);
			year.setAccount(account);
			context.company.changed({ kind: 'account', what: 'created', id: number });
			return created('accounts', single(account, year, context));
		},
	},
	{
		method: 'PUT',
		path: '/3/accounts/:number',
		scope: 'bookkeeping',
		query: ACCOUNT_QUERY,
		handle(context) {
			const year = requestedYear(context);
			const account = find(year, context);
			// The number is its identity and stays; a number in the body has no effect.
			write(account, readWrapped(context, 'Account', SPECS, 'update'), context.now);
			context.company.changed({ kind: 'account', what: 'updated', id: account.number });
			return ok(single(account, year, context));
		},
	},
	{
		method: 'DELETE',
		path: '/3/accounts/:number',
		scope: 'bookkeeping',
		query: ACCOUNT_QUERY,
		handle(context) {
			const year = requestedYear(context);
			const account = find(year, context);
			if (year.hasMovements(account.number)) throw new PlaceholderRefusal('accountInUse', account.number);
			year.removeAccount(account.number);
			return noContent();
		},
	},
	{
		method: 'GET',
		path: '/3/accountcharts',
		scope: 'bookkeeping',
		handle: ({ company }) => ok({ AccountCharts: company.accountCharts.map((name) => ({ Name: name })) }),
	},
];
