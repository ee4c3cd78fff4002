import type { AccountBalance } from '../ledger/balances';
import { toSek } from '../ledger/money';
import type { UnifiedBalance } from './types';

/** An account's figures in the unified model, in SEK. */
export function toUnifiedBalance(balance: AccountBalance, name: string | undefined): UnifiedBalance {
	return {
		account_number: balance.account,
		account_name: name ?? null,
		debit: toSek(balance.debit),
		credit: toSek(balance.credit),
		balance: toSek(balance.balance),
		period_debit: toSek(balance.periodDebit),
		period_credit: toSek(balance.periodCredit),
		period_balance: toSek(balance.periodBalance),
	};
}
