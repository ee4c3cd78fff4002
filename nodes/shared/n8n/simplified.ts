import type { IDataObject } from 'n8n-workflow';
import { readAmount, sumOre, toSek } from '../ledger/money';
import { isAbsent, isObject, plainText } from '../unified/readObject';

/** With `tenant_id`, which every output item has, at most ten. */
const MOST_FIELDS = 9;

const ENTRY = [
	'dry_run', 'posted', 'id', 'date', 'description', 'amount', 'accounts', 'already_posted', 'warning', 'number', 'reversal_id', 'reverses',
	'corrects', 'reversed_by', 'corrected_by', 'journal_id',
];

const ACCOUNT = ['number', 'name', 'type', 'active', 'vat_code', 'opening_balance', 'closing_balance'];
const BANK_ACCOUNT = ['id', 'number', 'name', 'bank_name', 'iban', 'currency', 'balance', 'active'];
const JOURNAL = ['id', 'name', 'journal_type', 'manual', 'next_document_numbers'];
const YEAR = ['id', 'name', 'start', 'end', 'closed', 'accounting_method'];

/**
 * What people read of an operation's objects, in the order in which they read it. Reports, ledgers and findings are rows
 * already, and files are recognised by their names: they have no shorter form.
 */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
	...['create', 'get', 'getAll', 'update'].map((operation) => [`account.${operation}`, ACCOUNT] as const),
	['account.getBalances', ['account_number', 'account_name', 'debit', 'credit', 'balance', 'period_debit', 'period_credit', 'period_balance']],
	['analyticAccount.getAll', ['id', 'name', 'analytic_plan', 'active', 'status', 'start_date', 'end_date']],
	...['create', 'getAll'].map((operation) => [`bankAccount.${operation}`, BANK_ACCOUNT] as const),
	['company.get', ['id', 'name', 'company_number', 'currency', 'locked_until']],
	...['create', 'getAll'].map((operation) => [`financialEntry.${operation}`, ENTRY] as const),
	...['create', 'get', 'getAll'].map((operation) => [`financialYear.${operation}`, YEAR] as const),
	...['create', 'get', 'getAll', 'update'].map((operation) => [`journal.${operation}`, JOURNAL] as const),
	...['correct', 'create', 'get', 'getAll', 'importSie', 'reverse', 'spread'].map((operation) => [`journalEntry.${operation}`, ENTRY] as const),
	['row', ['entry_id', 'date', 'entry', 'account_number', 'account_name', 'debit', 'credit', 'amount', 'description']],
]);

export function isSimplifiable(operation: string): boolean {
	return FIELDS.has(operation);
}

/**
 * An object as people read it: at most ten fields, without what is empty.
 *
 * @param operation such as `journalEntry.getAll`, or `row` for a row of an entry
 */
export function simplified(operation: string, json: IDataObject): IDataObject {
	const whole = { ...json, ...totals(json) };
	// `posted` says something only of a check: an entry that is there was posted.
	const names = (FIELDS.get(operation) ?? []).filter((name) => isSaid(whole[name]) && (name !== 'posted' || json.dry_run === true));
	return Object.fromEntries(names.slice(0, MOST_FIELDS).map((name) => [name, whole[name]]));
}

function isSaid(value: unknown): boolean {
	return !isAbsent(value) && !(Array.isArray(value) && value.length === 0);
}

/** Of an entry: its amount (the sum of its debit rows; of a financial entry, what went into the bank) and its accounts. */
function totals(json: IDataObject): IDataObject {
	const rows = itemsOf(json);
	if (rows.length === 0) return {};
	const accounts = [...new Set(rows.map((row) => plainText(row.account_number)))].join(', ');
	const amounts = rows.map((row) => {
		const reading = readAmount(row.amount ?? row.debit);
		return 'value' in reading ? reading.value : 0;
	});
	return { amount: toSek(sumOre(amounts)), accounts };
}

/** The rows of an entry. */
export function itemsOf({ items }: IDataObject): IDataObject[] {
	const rows: unknown[] = Array.isArray(items) ? items : [];
	return rows.filter(isDataObject);
}

/** What JSON calls an object. */
export function isDataObject(value: unknown): value is IDataObject {
	return isObject(value);
}
