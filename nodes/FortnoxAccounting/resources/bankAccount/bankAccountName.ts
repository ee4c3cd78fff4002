/**
 * A bank account of the unified model has facts that an account of the ledger has no fields for. They go into its name:
 * `SEB, Card settlements, IBAN SE4550000000058398257466, EUR`, and are read from it again.
 */
export interface BankAccountFacts {
	bankName?: string;
	accountName?: string;
	iban?: string;
	accountNumber?: string;
	currency?: string;
}

const IBAN = 'IBAN ';
const ACCOUNT = 'Konto ';

export function writeBankAccountName({ bankName, accountName, iban, accountNumber, currency }: BankAccountFacts): string {
	return [
		bankName,
		accountName,
		iban === undefined ? undefined : `${IBAN}${iban}`,
		accountNumber === undefined ? undefined : `${ACCOUNT}${accountNumber}`,
		currency,
	]
		.filter((part) => part !== undefined)
		.join(', ');
}

/** Reads what {@link writeBankAccountName} wrote; any other name is the account's name and says nothing more. */
export function readBankAccountName(name: string): BankAccountFacts {
	const parts = name.split(', ');
	const currency = /^[A-Z]{3}$/.exec(parts.at(-1) ?? '')?.[0];
	const iban = parts.find((part) => part.startsWith(IBAN))?.slice(IBAN.length);
	const accountNumber = parts.find((part) => part.startsWith(ACCOUNT))?.slice(ACCOUNT.length);
	if (currency === undefined || (iban === undefined && accountNumber === undefined)) return { accountName: name };
	const [bankName, ...rest] = parts.slice(0, -1).filter((part) => !part.startsWith(IBAN) && !part.startsWith(ACCOUNT));
	return {
		currency,
		...(bankName !== undefined && { bankName }),
		...(rest.length > 0 && { accountName: rest.join(', ') }),
		...(iban !== undefined && { iban }),
		...(accountNumber !== undefined && { accountNumber }),
	};
}
