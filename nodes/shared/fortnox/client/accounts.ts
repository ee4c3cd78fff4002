import type { AccountListQuery, FortnoxApi } from '../api';
import type { FortnoxAccount } from '../wire';
import { pathOf, type Calls } from './calls';

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
			await calls.get<FortnoxAccount>('Account', pathOf('accounts', number), { financialyear: financialYear }),
		createAccount: async (account, financialYear) => {
			const place = { name: 'Account', path: pathOf('accounts'), query: { financialyear: financialYear } };
			return await calls.changingYear(charts, financialYear, calls.post<FortnoxAccount>(place, account));
		},
		updateAccount: async (number, account, financialYear) => {
			const place = { name: 'Account', path: pathOf('accounts', number), query: { financialyear: financialYear } };
			return await calls.changingYear(charts, financialYear, calls.put<FortnoxAccount>(place, account));
		},
	};
}
