import type { FortnoxFinancialYear } from '../fortnox/wire';
import type { UnifiedBookYear } from './types';

/**
 * A financial year in the unified model.
 *
 * @param lockedUntil last locked day (YYYY-MM-DD); Fortnox has no other sign that a year is closed
 */
export function toUnifiedBookYear(year: FortnoxFinancialYear, lockedUntil: string | undefined): UnifiedBookYear {
	return {
		id: year.Id,
		name: `${year.FromDate}–${year.ToDate}`,
		start: year.FromDate,
		end: year.ToDate,
		closed: lockedUntil !== undefined && lockedUntil >= year.ToDate,
		accounting_method: year.AccountingMethod ?? null,
		account_chart: year.AccountChartType ?? null,
	};
}
