import type { FortnoxAccount } from '../fortnox/wire';
import { accountTypeOf } from '../ledger/accountTypes';
import type { UnifiedAccount } from './types';

/** An account in the unified model. Its type is derived from the BAS range of its number. */
export function toUnifiedAccount(account: FortnoxAccount): UnifiedAccount {
	return {
		number: String(account.Number),
		name: account.Description,
		active: account.Active,
		type: accountTypeOf(account.Number),
		scheme_ids: account.SRU ? [String(account.SRU)] : [],
		accounting_category: null,
		vat_code: account.VATCode || null,
		financial_year_id: account.Year ?? null,
		cost_center: account.CostCenter || null,
		cost_center_setting: account.CostCenterSettings || null,
		project: account.Project || null,
		project_setting: account.ProjectSettings || null,
		opening_balance: account.BalanceBroughtForward ?? null,
		...(account.BalanceCarriedForward !== undefined && { closing_balance: account.BalanceCarriedForward }),
	};
}
