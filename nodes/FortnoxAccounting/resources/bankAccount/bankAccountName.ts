/**
 * A bank account of the unified model has facts that an account of the ledger has no fields for. They go into its name:
 * `SEB, Card settlements, IBAN SE4550000000058398257466, EUR`, and are read from it again.
 */
interface BankAccountFacts {
	bankName?: string;
	accountName?: string;
	iban?: string;
	accountNumber?: string;
	/** Null where the name says that it is none of SEK, and not which. */
	currency?: string | null;
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
		.filter((part) => part !== undefined && part !== null)
		.join(', ');
}

/** Reads what {@link writeBankAccountName} wrote; any other name is the account's name, and says at most its currency. */
export function readBankAccountName(name: string): BankAccountFacts {
	const parts = name.split(', ');
	const currency = /^[A-Z]{3}$/.exec(parts.at(-1) ?? '')?.[0];
	const iban = parts.find((part) => part.startsWith(IBAN))?.slice(IBAN.length);
	const accountNumber = parts.find((part) => part.startsWith(ACCOUNT))?.slice(ACCOUNT.length);
	if (currency === undefined || (iban === undefined && accountNumber === undefined)) return { accountName: name, ...currencyIn(name) };
	const [bankName, ...rest] = parts.slice(0, -1).filter((part) => !part.startsWith(IBAN) && !part.startsWith(ACCOUNT));
	return {
		currency,
		...(bankName !== undefined && { bankName }),
		...(rest.length > 0 && { accountName: rest.join(', ') }),
		...(iban !== undefined && { iban }),
		...(accountNumber !== undefined && { accountNumber }),
	};
}

/** ISO 4217 codes of currencies that Swedish companies hold accounts in; other words of three capitals (SEB, PG) are names. */
const CURRENCIES = [
	'SEK',
	'EUR',
	'USD',
	'GBP',
	'NOK',
	'DKK',
	'CHF',
	'JPY',
	'CAD',
	'AUD',
	'PLN',
	'CZK',
	'HUF',
	'ISK',
	'CNY',
	'HKD',
	'SGD',
	'NZD',
	'TRY',
	'RON',
	'BGN',
	'ZAR',
	'INR',
	'THB',
	'MXN',
	'BRL',
	'ILS',
	'KRW',
];

/** Words that a name has for an account in another currency than SEK, without saying which. */
const FOREIGN = /valuta|currency|euro|dollar|pund/i;

/**
 * The currency that an account's own name says, such as `Valutakonto EUR`. Null where it only says that it is not SEK, or
 * names several; Fortnox stores no currency of an account, and SEK is what the books are in where a name says nothing.
 */
function currencyIn(name: string): Pick<BankAccountFacts, 'currency'> {
	const words = name.split(/[^\p{L}]+/u);
	const named = CURRENCIES.filter((code) => words.includes(code));
	const [only] = named;
	if (named.length === 1 && only !== undefined) return { currency: only };
	return named.length > 1 || FOREIGN.test(name) ? { currency: null } : {};
}
