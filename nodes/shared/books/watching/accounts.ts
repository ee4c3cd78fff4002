import type { IDataObject } from 'n8n-workflow';
import type { FortnoxAccount, FortnoxFinancialYear } from '../../fortnox/wire';
import { today } from '../../ledger/dates';
import { toUnifiedAccount } from '../../unified/account';
import { isObject } from '../../unified/readObject';
import { cursorFromStored, cursorToStored, readChanges, startCursor, type ChangingList } from './changes';
import { append } from '../../lists';
import type { Watch, Watcher } from './watch';

const SERIES = 'accounts';

/**
 * The charts that accounts are changed in: of the financial years that are not over, or the newest. A chart belongs to
 * its year, so an account that is changed in two years is two changes.
 */
async function watchedYears({ fortnox }: Watcher, fresh: boolean): Promise<FortnoxFinancialYear[]> {
	const years = await fortnox.financialYears({ fresh });
	const date = today(fortnox.serverTime());
	const open = years.filter(({ ToDate }) => ToDate >= date);
	return open.length > 0 ? open : years.slice(-1);
}

function chartOf({ fortnox }: Watcher, financialYear: number): ChangingList<FortnoxAccount> {
	return {
		since: async (lastModified) => await fortnox.accounts({ financialYear, lastModified }),
		keyOf: ({ Number: number }) => ({ series: SERIES, number }),
		serverTime: () => fortnox.serverTime(),
	};
}

function toItem({ rawResponse }: Watcher, account: FortnoxAccount): IDataObject {
	return { ...toUnifiedAccount(account), ...(rawResponse && { raw: { ...account } }) };
}

export const newOrChangedAccount: Watch = {
	value: 'newOrChangedAccount',
	isByMinute: true,
	simplifiedAs: 'account.get',
	name: 'New or Changed Account',
	description: 'When an account is added to the chart of a financial year that is not over, or changed in it',
	start: async (watcher) => {
		const state: IDataObject = {};
		for (const { Id } of await watchedYears(watcher, true)) state[Id] = cursorToStored(await startCursor(chartOf(watcher, Id)));
		return state;
	},
	look: async (watcher, state) => {
		const happened: IDataObject[] = [];
		const next: IDataObject = {};
		for (const { Id } of await watchedYears(watcher, false)) {
			const list = chartOf(watcher, Id);
			const stored = state[Id];
			if (!isObject(stored)) {
				// A new year's chart is a copy of the last one's: nothing of it is news.
				next[Id] = cursorToStored(await startCursor(list));
				continue;
			}
			const { changed, cursor } = await readChanges(list, cursorFromStored(stored));
			append(
				happened,
				changed.map((account) => toItem(watcher, account)),
			);
			next[Id] = cursorToStored(cursor);
		}
		return { happened, state: next };
	},
	sample: async (watcher) => {
		const [year] = await watchedYears(watcher, false);
		const [account] = year ? await watcher.fortnox.accounts({ financialYear: year.Id, limit: 1 }) : [];
		return account && toItem(watcher, account);
	},
};
