/**
 * Every error code that the package can give, with its cause and its remedy.
 *
 * The names are the unified accounting model's own where it has one. The table in
 * `docs/errors.md` is generated from this object.
 */
export const ERROR_CODES = {
	ERROR_DATA_VALIDATION: {
		cause: 'A field is missing, unknown or has a value that the operation does not take.',
		remedy: 'Correct the field that the message names.',
	},
	ERROR_ENTRY_NOT_BALANCED: {
		cause: 'The debit and credit amounts of an entry differ, VAT rows included.',
		remedy: 'Correct the line that is wrong; the message says by how much the entry is off.',
	},
	ERROR_DEBIT_CREDIT_VALUE: {
		cause: 'A line has a negative amount, both debit and credit, or neither.',
		remedy: 'Give each line exactly one of debit and credit, above zero.',
	},
	ERROR_CURRENCY_NOT_ALLOWED: {
		cause: 'The entry is in a foreign currency and has no exchange rate; Fortnox keeps its books in SEK.',
		remedy: 'Give the exchange rate (1 unit of the currency in SEK), or let the node take it from the company’s currency register.',
	},
	ERROR_TAX_CODE_NOT_FOUND: {
		cause: 'A line names a VAT code that is neither one of Fortnox’s nor that of its account.',
		remedy: 'Use one of the codes that the message lists.',
	},
	ERROR_WRONG_ACCOUNT_TYPE: {
		cause: 'The account type does not match the BAS range of the account number.',
		remedy: 'Leave the type out, or use a number in the range that the message names.',
	},
} as const satisfies Record<string, { cause: string; remedy: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
