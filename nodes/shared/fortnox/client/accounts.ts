import type { AccountListQuery, FortnoxApi } from '../api';
import type { FortnoxAccount, FortnoxAccountWrite } from '../wire';
import { pathOf, type Calls } from './calls';
import { inYear, type Sought } from './sought';

type Accounts = Pick<FortnoxApi, 'account' | 'accounts' | 'chart' | 'createAccount' | 'updateAccount'>;

export function accountCalls(calls: Calls): Accounts {
	const { charts } = calls.registers;
	const accounts = async (query: AccountListQuery): Promise<FortnoxAccount[]> =>
		await calls.list<FortnoxAccount>({
			path: pathOf('accounts'),
			query: { financialyear: query.financialYear, lastmodified: query.lastModified, sortby: 'number' },
			names: ['Accounts'],
			keyOf: (account) => account.Number,
			limit: query.limit,
			keep: query.keep,
		});
	return {
		accounts,
		chart: async (financialYear, use = {}) =>
			await calls.keptOfYear(charts, financialYear, use, async () =>
				(await accounts({ financialYear })).sort((a, b) => a.Number - b.Number),
			),
		account: async (number, financialYear) =>
			await calls.get<FortnoxAccount>(
				{ name: 'Account', path: pathOf('accounts', number), query: { financialyear: financialYear } },
				soughtAccount(number, financialYear),
			),
		createAccount: async (account, financialYear) => {
			const place = { name: 'Account', path: pathOf('accounts'), query: { financialyear: financialYear } };
			const written = { ...soughtAccount(account.Number, financialYear), sent: keptAsSent(account) };
			return await calls.changingYear(charts, financialYear, calls.post<FortnoxAccount>(place, account, written));
		},
		updateAccount: async (number, account, financialYear) => {
			const place = { name: 'Account', path: pathOf('accounts', number), query: { financialyear: financialYear } };
			const written = { ...soughtAccount(number, financialYear), sent: keptAsSent(account) };
			return await calls.changingYear(charts, financialYear, calls.put<FortnoxAccount>(place, account, written));
		},
	};
}

function soughtAccount(number: number | undefined, financialYear: number | undefined): Sought {
	return { what: inYear(`account ${number ?? ''}`, financialYear), key: { Number: number }, also: { Year: financialYear } };
}

/** How Fortnox stores codes of VAT and of tax returns is not known well enough to be compared. */
function keptAsSent({ Description, Active, CostCenterSettings, ProjectSettings }: FortnoxAccountWrite): Sought['sent'] {
	return { Description, Active, CostCenterSettings, ProjectSettings };
}
