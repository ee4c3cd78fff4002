import type { IDataObject } from 'n8n-workflow';
import { lockedUntil } from '../reading/lockedUntil';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { toUnifiedBookYear } from '../../unified/financialYear';
import type { Watch, Watcher } from './watch';

async function toItems(watcher: Watcher, years: readonly FortnoxFinancialYear[]): Promise<IDataObject[]> {
	if (years.length === 0) return [];
	const locked = await lockedUntil(watcher);
	return years.map((year) => ({
		...toUnifiedBookYear(year, locked),
		...(watcher.rawResponse && { raw: { ...year } }),
	}));
}

export const financialYearOpened: Watch = {
	value: 'financialYearOpened',
	isByMinute: false,
	simplifiedAs: 'financialYear.get',
	name: 'Financial Year Opened',
	description: 'When a financial year is added to the company',
	start: async ({ fortnox }) => ({ ids: (await fortnox.financialYears({ fresh: true })).map(({ Id }) => Id) }),
	look: async (watcher, { ids }) => {
		const years = await watcher.fortnox.financialYears({ fresh: true });
		const known = new Set(Array.isArray(ids) ? ids.map(Number) : []);
		return {
			happened: await toItems(
				watcher,
				years.filter(({ Id }) => !known.has(Id)),
			),
			state: { ids: years.map(({ Id }) => Id) },
		};
	},
	sample: async (watcher) => {
		const years = await watcher.fortnox.financialYears();
		const [newest] = [...years].sort((one, other) => other.Id - one.Id);
		const [item] = await toItems(watcher, newest ? [newest] : []);
		return item;
	},
};
