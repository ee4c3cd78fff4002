import type { SandboxBudget } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import type { Settings } from '../../settings';
import { compact, objects } from './format';

/** What moved on an account in a month, or is budgeted for it: as a whole (`{}`), or on one cost center or project. */
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
	const sums = new Sums();
	for (const voucher of year.vouchers()) {
		const month = compact(voucher.date).slice(0, 6);
		for (const { account, debit, credit, costCenter, project, removed } of voucher.rows) {
			if (removed) continue;
			const ore = debit - credit;
			sums.add({ month, account, objects: '{}', ore });
			if (costCenter) sums.add({ month, account, objects: objects({ costCenter, project: '' }, settings), ore });
			if (project) sums.add({ month, account, objects: objects({ costCenter: '', project }, settings), ore });
		}
	}
	return sums.inOrder();
}

/** A year's budgets in the same form: an account's month as a whole, its cost centers included, and each cost center. */
export function budgetSums(budgets: readonly SandboxBudget[], settings: Settings): PeriodSum[] {
	const sums = new Sums();
	for (const { month, account, costCenter, ore } of budgets) {
		sums.add({ month, account, objects: '{}', ore });
		if (costCenter) sums.add({ month, account, objects: objects({ costCenter, project: '' }, settings), ore });
	}
	return sums.inOrder();
}

class Sums {
	private readonly sums = new Map<string, PeriodSum>();

	add({ ore, ...of }: PeriodSum): void {
		const key = `${of.account} ${of.month} ${of.objects}`;
		const sum = this.sums.get(key);
		if (sum) sum.ore += ore;
		else this.sums.set(key, { ...of, ore });
	}

	/** By account, month and object. */
	inOrder(): PeriodSum[] {
		return [...this.sums.keys()].sort().flatMap((key) => this.sums.get(key) ?? []);
	}
}
