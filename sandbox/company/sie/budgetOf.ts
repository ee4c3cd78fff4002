import type { SandboxBudget } from '../types';
import type { SiePeriod } from './readSie';

/** A year's budget: each cost center's part, and what is left of an account's month beside them. */
export function budgetOf(lines: readonly SiePeriod[]): SandboxBudget[] {
	const parts = lines.filter(({ costCenter }) => costCenter !== '');
	const rests = lines
		.filter(({ costCenter }) => costCenter === '')
		.flatMap(({ account, month, ore }) => {
			const ofWhole = parts.filter((part) => part.account === account && part.month === month);
			const rest = ore - ofWhole.reduce((sum, part) => sum + part.ore, 0);
			return rest === 0 && ofWhole.length > 0 ? [] : [{ account, month, costCenter: '', ore: rest }];
		});
	return [...rests, ...parts.map(({ account, month, costCenter, ore }) => ({ account, month, costCenter, ore }))];
}
