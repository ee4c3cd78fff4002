import { notFound, PlaceholderRefusal, Refusal } from './wire/answer';
import { readWrapped, type FieldSpecs } from './wire/fields';
import { wholeListAnswer } from './wire/lists';
import { ok, PAGING, type Route, type RouteContext } from './wire/route';

/** Predefined accounts and predefined voucher series: their lists come whole, whatever the limit. */
export const predefinedRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/predefinedaccounts',
		scope: 'settings',
		query: PAGING,
		handle: ({ company, baseUrl }) =>
			wholeListAnswer('PreDefinedAccounts', company.predefinedAccounts, (predefined) => predefinedAccount(predefined, baseUrl)),
	},
	{
		method: 'GET',
		path: '/3/predefinedaccounts/:name',
		scope: 'settings',
		handle: (context) => ok({ PreDefinedAccount: predefinedAccount(findPredefinedAccount(context), context.baseUrl) }),
	},
	{
		method: 'PUT',
		path: '/3/predefinedaccounts/:name',
		scope: 'settings',
		handle(context) {
			const predefined = findPredefinedAccount(context);
			const specs: FieldSpecs = {
				Account: { type: 'integer', min: 1000, max: 9999 },
				Name: { type: 'text', readOnly: true },
			};
			const account = readWrapped(context, 'PreDefinedAccount', specs, 'update').number('Account');
			if (account !== undefined) {
				if (!context.company.currentYear()?.accounts.has(account)) throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
				predefined.account = account;
			}
			return ok({ PreDefinedAccount: predefinedAccount(predefined, context.baseUrl) });
		},
	},
	{
		method: 'GET',
		path: '/3/predefinedvoucherseries',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		query: PAGING,
		handle: ({ company, baseUrl }) =>
			wholeListAnswer('PreDefinedVoucherSeriesCollection', company.predefinedVoucherSeries, (predefined) =>
				predefinedSeries(predefined, baseUrl),
			),
	},
	{
		method: 'GET',
		path: '/3/predefinedvoucherseries/:name',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		handle: (context) => ok({ PreDefinedVoucherSeries: predefinedSeries(findPredefinedSeries(context), context.baseUrl) }),
	},
	{
		method: 'PUT',
		path: '/3/predefinedvoucherseries/:name',
		scope: (settings) => settings.openScopes.predefinedVoucherSeries,
		handle(context) {
			const predefined = findPredefinedSeries(context);
			const specs: FieldSpecs = { VoucherSeries: { type: 'text', max: 1 }, Name: { type: 'text', readOnly: true } };
			const series = readWrapped(context, 'PreDefinedVoucherSeries', specs, 'update').text('VoucherSeries');
			if (typeof series === 'string') {
				if (!context.company.currentYear()?.series.has(series)) throw new PlaceholderRefusal('invalidSeries', series);
				predefined.series = series;
			}
			return ok({ PreDefinedVoucherSeries: predefinedSeries(predefined, context.baseUrl) });
		},
	},
];

const predefinedAccount = ({ name, account }: { name: string; account: number }, baseUrl: string) => ({
	'@url': `${baseUrl}/3/predefinedaccounts/${name}`,
	Account: account,
	Name: name,
});

const predefinedSeries = ({ name, series }: { name: string; series: string }, baseUrl: string) => ({
	'@url': `${baseUrl}/3/predefinedvoucherseries/${name}`,
	Name: name,
	VoucherSeries: series,
});

function findPredefinedAccount({ company, params }: RouteContext) {
	const predefined = company.predefinedAccounts.find(({ name }) => name === params.name);
	if (!predefined) throw notFound('predefinedNotFound');
	return predefined;
}

function findPredefinedSeries({ company, params }: RouteContext) {
	const predefined = company.predefinedVoucherSeries.find(({ name }) => name === params.name);
	if (!predefined) throw notFound('predefinedNotFound');
	return predefined;
}
