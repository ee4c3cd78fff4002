import type { FortnoxAccount } from '../../../shared/fortnox/wire';
import { readBankAccountName } from './bankAccountName';

/** A bank or cash account of the ledger as the unified model's bank account. Fortnox links none to a journal. */
export function toUnifiedBankAccount(account: FortnoxAccount): object {
	const facts = readBankAccountName(account.Description);
	const number = String(account.Number);
	return {
		id: number,
		code: number,
		currency: facts.currency === undefined ? 'SEK' : facts.currency,
		account_name: facts.accountName ?? null,
		account_number: facts.accountNumber ?? null,
		iban: facts.iban ?? null,
		bank_name: facts.bankName ?? null,
		journal_id: null,
		ledger_account: number,
		unallocated_account: null,
		active: account.Active,
	};
}
