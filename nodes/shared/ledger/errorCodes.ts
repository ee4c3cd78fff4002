/**
 * Every error code that the package can give, with its cause, its remedy, and an example of what gives it.
 *
 * The names are the unified accounting model's own where it has one. The table in
 * `docs/errors.md` is generated from this object.
 */
export const ERROR_CODES = {
	ERROR_DATA_VALIDATION: {
		cause: 'A field is missing, unknown or has a value that the operation does not accept.',
		remedy: 'Correct the field that the message names.',
		example: '`dryRun` is `ja`: “dryRun: "ja" is neither true nor false.”',
	},
	ERROR_EXPRESSION_EMPTY: {
		cause: 'An expression gives nothing where a value is meant: the input has no such field, or nothing in it.',
		remedy: 'Correct the expression or the input; clear the field if nothing is meant.',
		example: 'Date is `{{ $json.datum }}`, and the item has `date`.',
	},
	ERROR_COMPANY_MISSING: {
		cause: 'Neither the node nor its service account credential says which company is meant.',
		remedy: 'Give the tenant ID in the node, as an expression per item where items belong to several companies, or in the credential.',
		example: 'A service account credential without a tenant ID, and the field Tenant ID of the node is empty.',
	},
	ERROR_WRONG_COMPANY: {
		cause:
			'The access token belongs to another company than the one that is meant: the credential was connected anew, or the wrong tenant ID was given.',
		remedy: 'Connect the credential with the company that is meant, or correct the tenant ID. Nothing was sent to either company.',
		example: 'The workflow means company 1001, and the credential was reconnected by somebody of company 1002.',
	},
	ERROR_ENTRY_NOT_BALANCED: {
		cause: 'The debit and credit amounts of an entry differ, VAT rows included.',
		remedy: 'Correct the line that is wrong; the message says by how much the entry is off.',
		example: 'Debit 125.00, credit 100.00: 25.00 too much in debit.',
	},
	ERROR_DEBIT_CREDIT_VALUE: {
		cause: 'A line has a negative amount, both debit and credit, or neither.',
		remedy: 'Give each line exactly one of debit and credit, above zero.',
		example: 'A line with `debit: -100`, or with `debit: 100, credit: 100`.',
	},
	ERROR_CURRENCY_NOT_ALLOWED: {
		cause: 'The entry is in a foreign currency and has no exchange rate; Fortnox keeps its books in SEK.',
		remedy: 'Give the exchange rate (1 unit of the currency in SEK), or let the node take it from the company’s currency register.',
		example: '`currency: EUR`, and the exchange rate is left at 0.',
	},
	ERROR_TAX_CODE_NOT_FOUND: {
		cause: 'A line names a VAT code that is neither one of Fortnox’s nor that of its account.',
		remedy:
			'Use one of the codes that the message lists; for a code of the company’s own, add the account that its VAT goes to (vat_account).',
		example: '`tax_code: MOMS25`, where Fortnox calls it `MP1`.',
	},
	ERROR_VAT_BASE_ACCOUNT: {
		cause:
			'A line names a VAT code that its account does not have, so its base would go to another box of the VAT return than its VAT, or to none: Fortnox reports by the account.',
		remedy: 'Use one of the accounts that the message names, or turn on Accept VAT Base if the account is right all the same.',
		example: '`tax_code: MP1` on 3004, whose VAT code in the chart is `MF`.',
	},
	ERROR_WRONG_ACCOUNT_TYPE: {
		cause: 'The account type does not match the BAS range of the account number.',
		remedy: 'Leave the type out, or use a number in the range that the message names.',
		example: 'Account > Create with the number 3050 and the type Bank.',
	},
	ERROR_INVALID_CURRENCY_FORMAT: {
		cause: 'The currency is not a three-letter ISO 4217 code.',
		remedy: 'Write the code, such as SEK or EUR.',
		example: '`currency: Euro`.',
	},
	ERROR_CURRENCY_NOT_FOUND: {
		cause: 'The company’s currency register in Fortnox does not have the currency, or has no rate for it.',
		remedy: 'Add the currency in Fortnox, or give the exchange rate yourself.',
		example: 'Rate From Register with `currency: CHF`, which the company has not set up.',
	},
	ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE: {
		cause:
			'The exchange rate is more than 25 % away from the company’s currency register, such as the inverse of the right one or a left-over 1.',
		remedy: 'Give the price of 1 unit in SEK; if the rate is right all the same, turn on Accept Rate.',
		example: '`currency: EUR` with the rate 0.09, which is the price of 1 SEK in EUR.',
	},
	ERROR_EXCHANGE_RATE_TOO_OLD: {
		cause: 'The register’s rate is dated more than 7 days from the entry.',
		remedy: 'Update the rate in Fortnox, or give the exchange rate yourself.',
		example: 'Rate From Register for an entry of June, and the register was last updated in March.',
	},
	ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID: {
		cause: 'A journal code is not 1–10 digits or capital letters.',
		remedy: 'Use the code of the voucher series, such as A.',
		example: '`journalId: a`; the code is `A`.',
	},
	ERROR_INVALID_FIELD_FORMAT_ID: {
		cause: 'An id has neither the form SERIES-NUMBER-YEARID nor that of series and number, or may be that of several entries.',
		remedy: 'Use the id as another operation returned it, such as A-17-3.',
		example: '`journalEntryId: 17`; the id is `A-17-3`.',
	},
	ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT: {
		cause: 'An analytic distribution lacks an account or its percentages do not add up to 100.',
		remedy: 'Name each cost center or project and give percentages that make 100 per plan.',
		example: 'Two cost centers with 60 and 30 percent.',
	},
	ERROR_ANALYTIC_PLAN_NOT_FOUND: {
		cause: 'An analytic distribution names a plan that Fortnox does not have.',
		remedy: 'Use the plans cost_center and project.',
		example: '`analytic_plan: region`.',
	},
	ERROR_ANALYTIC_ACCOUNT_NOT_FOUND: {
		cause: 'The company has no such cost center or project.',
		remedy: 'Correct the code; the message lists those that are open.',
		example: '`cost_center: STHML`, and the company has `STHLM`.',
	},
	ERROR_ANALYTIC_ACCOUNT_CLOSED: {
		cause: 'The cost center is not active, or the project is completed or has other dates than the entry.',
		remedy: 'Use an open one, or open it again or change its dates in Fortnox.',
		example: '`project: 12`, which was completed last month.',
	},
	ERROR_ANALYTIC_ACCOUNT_REQUIRED: {
		cause: 'The account must have a cost center or a project, and the line has none.',
		remedy: 'Give the line one.',
		example: 'A line without a cost center on 3041, an account that requires one.',
	},
	ERROR_ANALYTIC_ACCOUNT_NOT_ALLOWED: {
		cause: 'The account must not have a cost center or a project, and the line has one.',
		remedy: 'Remove it from the line, or use another account.',
		example: 'A line on 1510 with a cost center, which the account refuses.',
	},
	ERROR_INVALID_BASE64_STRING: {
		cause: 'The attachment is not base64.',
		remedy: 'Encode the file’s bytes in base64, or pass the file as binary data.',
		example: '`pdf` holds a URL in place of the file.',
	},
	ERROR_PARTNER_ACCOUNT_MISSING: {
		cause: 'A customer, supplier or employee line names no account of the general ledger; Fortnox does not link partners to voucher rows.',
		remedy: 'Fill in force_general_account.',
		example: '`account_type: customer_account, account: 1001` without `force_general_account: 1510`.',
	},
	ERROR_ACCOUNT_NUMBER_NOT_FOUND: {
		cause: 'The chart of accounts of the financial year does not have the account.',
		remedy: 'Correct the number, or create the account.',
		example: 'A line on 1939, and the chart of the year of the entry has no 1939.',
	},
	ERROR_ACCOUNT_NUMBER_NOT_ACTIVE: {
		cause: 'The account exists in the financial year and is not active.',
		remedy: 'Activate it, or use another account.',
		example: 'A line on 1941, which is switched off in the chart.',
	},
	ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE: {
		cause: 'The account can’t be used for this, such as a counterpart that is not a bank or cash account.',
		remedy: 'Use one of the accounts that the message names.',
		example: 'A financial entry on 1510; the counterpart has to be a bank or cash account.',
	},
	ERROR_COUNTERPART_ACCOUNT_NOT_FOUND: {
		cause: 'A financial entry names no bank or cash account.',
		remedy: 'Fill in the counterpart account (1910–1999).',
		example: 'A body for Financial Entry > Create without `financial_counterpart_account`.',
	},
	ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS: {
		cause: 'The chart of accounts has that number already, with other content.',
		remedy: 'Use another number, or update the account.',
		example: 'Account > Create with 1930, which is there under another name.',
	},
	ERROR_JOURNAL_ALREADY_EXISTS: {
		cause: 'There is a voucher series with that code already, with other content.',
		remedy: 'Use another code, or update the journal.',
		example: 'Journal > Create with `A`.',
	},
	ERROR_JOURNAL_NOT_FOUND: {
		cause: 'The financial year has no such voucher series.',
		remedy: 'Correct the code, or create the journal.',
		example: '`journalId: X`.',
	},
	ERROR_JOURNAL_NOT_GOOD_SCOPE: {
		cause: 'The voucher series is not manual; Fortnox accepts entries from outside only into manual series.',
		remedy: 'Use one of the manual series that the message names.',
		example: '`journalId: B`, the series of customer invoices.',
	},
	ERROR_BOOKYEAR_NOT_FOUND: {
		cause: 'The date lies in no financial year of the company.',
		remedy: 'Correct the date, or open the year with Financial Year > Create.',
		example: 'An entry of 2 January, and the new year has not been created.',
	},
	ERROR_VAT_CHECKS_FAILED: {
		cause: 'The checks of the VAT return found something wrong, or its period is settled by another entry.',
		remedy: 'Correct the entries that the message names; where the figures are right as they are, turn on Accept Checks.',
		example: 'a base without VAT: “period: the VAT return of 2026-06 has errors. A base of 1000.00 (box 05) has no VAT …”',
	},
	ERROR_PERIOD_CLOSED: {
		cause: 'The books are locked on the entry’s date.',
		remedy: 'Use a later date, or have the period unlocked in Fortnox.',
		example: 'An entry of 31 May, and the books are locked up to and including that day.',
	},
	ERROR_ENTRY_NOT_FOUND: {
		cause: 'The company has no such entry.',
		remedy: 'Check the id: series, number and financial year id.',
		example: '`journalEntryId: A-9999-3`.',
	},
	ERROR_ENTRY_HAS_INVALID_STATUS: {
		cause: 'The entry was made by an invoice, a payment or another part of Fortnox, so reversing it would part it from its document.',
		remedy: 'Credit or cancel the document, or turn on Reverse Sub-Ledger Entry.',
		example: 'Journal Entry > Reverse of the voucher of a customer invoice.',
	},
	ERROR_BANK_CODE_ALREADY_USED: {
		cause: 'The account number of the bank account is taken by another account.',
		remedy: 'Use another number from 1920 to 1999.',
		example: 'Bank Account > Create with 1930, which is another account.',
	},
	ERROR_NUMBER_ALREADY_USED: {
		cause: 'The number occurs twice in the run, or an entry with other content was posted under it.',
		remedy: 'Give every entry a number of its own; reverse the earlier entry if it is wrong.',
		example: '`number: INV-7` with 200.00, and `INV-7` was posted with 100.00.',
	},
	ERROR_POST_OUTCOME_UNKNOWN: {
		cause: 'Fortnox gave no clear answer to a posting, and the ledger did not show the entry in time.',
		remedy: 'Run again with the same number: what is there is returned, what is not is posted.',
		example: 'The connection broke after the entry was sent, and 30 seconds later the list did not show it.',
	},
	ERROR_PROPOSAL_CHANGED: {
		cause: 'What would be posted is not what was proposed and approved: its rows, accounts, company or the locked period changed.',
		remedy: 'Run with Validate Only again, and have the new proposal approved.',
		example: 'Approved was 100.00 on 6310, and the item gives 120.00: “row 1 was 6310 100.00 and is 6310 120.00.”',
	},
	ERROR_POST_NOT_VERIFIABLE: {
		cause:
			'Fortnox’s voucher list kept comments back, or the list and the voucher itself contradict each other, so nothing shows whether an entry is there.',
		remedy: 'Run again later with the same number.',
		example: 'Somebody emptied the comments of a voucher with the same day, text and rows.',
	},
	ERROR_ATTACHMENT_FAILED: {
		cause: 'The entry was posted, but its file could not be attached.',
		remedy: 'Run again with the same number (the entry is not posted again), or use Add Attachment.',
		example: 'The entry is A 17, and the credential lacks the scope inbox.',
	},
	ERROR_CONNECTOR_AUTHENTICATION: {
		cause: 'Fortnox did not accept the credential, or it lacks a scope, a licence or a right.',
		remedy: 'Do what the message says in the credential, the Developer Portal or Fortnox, and reconnect.',
		example: 'The scope currency is ticked in the credential and not in the Developer Portal.',
	},
	ERROR_API_RESOURCE_NOT_FOUND: {
		cause: 'Fortnox has no such object.',
		remedy: 'Check the id and the financial year.',
		example: 'A file id that was deleted in Fortnox.',
	},
	ERROR_RATE_LIMIT: {
		cause:
			'Fortnox’s limit of 25 requests per 5 seconds was used up, or a new access token did not come, for longer than the node may wait (Maximum Wait).',
		remedy: 'Run again later, or raise Maximum Wait.',
		example: 'Maximum Wait is 1 second, and another workflow uses the limit up.',
	},
	ERROR_FORTNOX_UNAVAILABLE: {
		cause:
			'Fortnox could not be reached or could not answer, gave a SIE file that is not whole or not the one that was asked for, or contradicts itself about what there is.',
		remedy: 'Run again later.',
		example: 'Fortnox answers 503 during maintenance.',
	},
	ERROR_CANCELLED: {
		cause: 'The execution was cancelled while a request was waiting or on its way.',
		remedy: 'Run again with the same numbers; nothing is posted twice.',
		example: 'The execution was stopped in the editor.',
	},
	UNEXPECTED_FORTNOX_ERROR: {
		cause: 'Fortnox refused a request for a reason of its own.',
		remedy: 'Read Fortnox’s text in the message.',
		example: 'A new rule of Fortnox, told in Swedish.',
	},
	ERROR_UNKNOWN: {
		cause: 'Something failed that the node does not know.',
		remedy: 'Report it with the message and the steps that led to it.',
		example: 'A fault in the node itself.',
	},
} as const satisfies Record<string, { cause: string; remedy: string; example: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
