import type { SandboxYear } from '../../company/year';
import type { Settings } from '../../settings';
import { compact, objects } from './format';

/** What moved on an account in a month: as a whole (`{}`), or on one cost center or project. */
export interface PeriodSum {
	/** YYYYMM. */
	month: string;
	account: number;
	objects: string;
	ore: number;
}

/**
 * A year's sums by account, month and object. A month that nets to nought is there, as in the exports. What a row on a
 * cost center and a project counts for is not known from them: each of the two here.
 */
export function periodSums(year: SandboxYear, settings: Settings): PeriodSum[] {
	const sums = new Map<string, PeriodSum>();
	const add = (month: string, account: number, on: string, ore: number): void => {
		const key = `${account} ${month} ${on}`;
		const sum = sums.get(key);
		if (sum) sum.ore += ore;
		else sums.set(key, { month, account, objects: on, ore });
	};
	for (const voucher of year.vouchers()) {
		const month = compact(voucher.date).slice(0, 6);
		for (const { account, debit, credit, costCenter, project, removed } of voucher.rows) {
			if (removed) continue;
			const ore = debit - credit;
			add(month, account, '{}', ore);
			if (costCenter) add(month, account, objects({ costCenter, project: '' }, settings), ore);
			if (project) add(month, account, objects({ costCenter: '', project }, settings), ore);
		}
	}
	return [...sums.keys()].sort().flatMap((key) => sums.get(key) ?? []);
}
