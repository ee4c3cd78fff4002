import type { IDataObject } from 'n8n-workflow';
import { readAmount, sumOre, toSek } from '../ledger/money';
import { isAbsent, isObject, plainText } from '../unified/readObject';

/** With `tenant_id`, which every output item has, at most ten. */
const MOST_FIELDS = 9;

const ENTRY = [
	'dry_run',
	'posted',
	'id',
	'date',
	'description',
	'amount',
	'accounts',
	'proposal',
	'already_posted',
	'warning',
	'number',
	'reversal_id',
	'reverses',
	'corrects',
	'reversed_by',
	'corrected_by',
	'journal_id',
];

const ACCOUNT = ['number', 'name', 'type', 'active', 'vat_code', 'opening_balance', 'closing_balance'];
const BANK_ACCOUNT = ['id', 'code', 'account_name', 'bank_name', 'iban', 'account_number', 'currency', 'active'];
const JOURNAL = ['id', 'name', 'journal_type', 'manual', 'next_document_numbers'];
const FILE = ['id', 'filename', 'folder', 'size', 'comments'];
const YEAR = ['id', 'name', 'start', 'end', 'closed', 'accounting_method'];

/** What people read of an operation's objects, in the order in which they read it. */
export const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
	...['create', 'get', 'getAll', 'update'].map((operation) => [`account.${operation}`, ACCOUNT] as const),
	['account.getLedger', ['account_number', 'account_name', 'date_from', 'date_to', 'opening_balance', 'closing_balance', 'items']],
	[
		'account.getBalances',
		['account_number', 'account_name', 'debit', 'credit', 'balance', 'period_debit', 'period_credit', 'period_balance'],
	],
	['analyticAccount.getAll', ['id', 'name', 'analytic_plan', 'active', 'status', 'start_date', 'end_date']],
	...['create', 'getAll'].map((operation) => [`bankAccount.${operation}`, BANK_ACCOUNT] as const),
	['company.checkConnection', ['ok', 'checks']],
	['company.get', ['id', 'name', 'company_number', 'currency', 'locked_until']],
	...['create', 'getAll'].map((operation) => [`financialEntry.${operation}`, ENTRY] as const),
	...['create', 'get', 'getAll'].map((operation) => [`financialYear.${operation}`, YEAR] as const),
	...['download', 'getAll'].map((operation) => [`inbox.${operation}`, FILE] as const),
	...['create', 'get', 'getAll', 'update'].map((operation) => [`journal.${operation}`, JOURNAL] as const),
	...['correct', 'create', 'get', 'getAll', 'importSie', 'reverse', 'spread'].map(
		(operation) => [`journalEntry.${operation}`, ENTRY] as const,
	),
	['journalEntry.getWithoutFile', ['id', 'name', 'date', 'description', 'number', 'journal_id']],
	['report.checkLedger', ['severity', 'check', 'message', 'date', 'entry_id', 'account_number', 'amount']],
	['report.reconcile', ['status', 'date', 'amount', 'text', 'entry_id', 'entry_date', 'entry_text', 'candidates']],
	['vatReturn.get', ['date_from', 'date_to', 'to_pay', 'form', 'boxes', 'checks', 'unmapped', 'left_out']],
	['vatReturn.settle', [...ENTRY.slice(0, 8), 'to_pay', ...ENTRY.slice(8)]],
	['ledgerRow', ['account_number', 'account_name', 'date', 'entry_id', 'description', 'debit', 'credit', 'balance']],
	['row', ['entry_id', 'date', 'entry', 'account_number', 'account_name', 'debit', 'credit', 'amount', 'description']],
]);

/** Reports whose columns of figures are those that the user asked for, so that all of them stay. */
const STATEMENTS = ['report.balanceSheet', 'report.incomeStatement', 'report.trialBalance'];

/** What a row of a report has around its figures, as far as people don't read it. */
const NOT_READ = ['level', 'id', 'date_from', 'date_to', 'tenant_id'];

/** The rows of an object, where they are shown within it. */
const ROWS: ReadonlyMap<string, string> = new Map([['account.getLedger', 'ledgerRow']]);

/** Objects within an object that would fill more than a screen, cut to what people read of them. */
const SHORTER: ReadonlyMap<string, (json: IDataObject) => IDataObject> = new Map([
	[
		'company.checkConnection',
		({ checks }: IDataObject): IDataObject => ({
			checks: Object.fromEntries(
				objectsIn(checks).map(({ name, ok, message, what_to_do }) => [
					plainText(name),
					ok === true ? 'ok' : `${plainText(message)} ${plainText(what_to_do)}`.trim(),
				]),
			),
		}),
	],
	[
		'vatReturn.get',
		({ form, boxes, checks }: IDataObject): IDataObject => ({
			form: filledBoxes(form),
			boxes: filledBoxes(boxes),
			checks: objectsIn(checks).map(({ severity, message }) => ({ severity, message })),
		}),
	],
]);

/** Boxes of a VAT return that are not 0, and what is to be paid (box 49) also where it is. */
function filledBoxes(boxes: unknown): IDataObject | null {
	if (!isDataObject(boxes)) return null;
	return Object.fromEntries(Object.entries(boxes).filter(([box, amount]) => amount !== 0 || box.startsWith('49')));
}

export function isSimplifiable(operation: string): boolean {
	return FIELDS.has(operation) || STATEMENTS.includes(operation);
}

/**
 * An object as people read it: at most ten fields (of a report, those that it is and its columns), without what is empty.
 *
 * @param operation such as `journalEntry.getAll`, or `row` for a row of an entry and `ledgerRow` for one of a ledger
 */
export function simplified(operation: string, json: IDataObject): IDataObject {
	if (STATEMENTS.includes(operation)) return statementRow(json);
	const rows = ROWS.get(operation);
	const short = rows === undefined ? {} : { items: itemsOf(json).map((row) => simplified(rows, row)) };
	const whole: IDataObject = { ...json, ...totals(json), ...short, ...SHORTER.get(operation)?.(json) };
	// `posted` says something only of a check: an entry that is there was posted.
	const names = (FIELDS.get(operation) ?? []).filter((name) => isSaid(whole[name]) && (name !== 'posted' || json.dry_run === true));
	return Object.fromEntries(names.slice(0, MOST_FIELDS).map((name) => [name, whole[name]]));
}

function statementRow({ label, account_number, kind, ...rest }: IDataObject): IDataObject {
	const figures = Object.entries(rest).filter(([name, value]) => !NOT_READ.includes(name) && isSaid(value) && !isNoDifference(name, value));
	return { label, ...(isSaid(account_number) && { account_number }), ...Object.fromEntries(figures), kind };
}

/** A balance sheet that balances would have a column of nothing but one 0: its last row alone has a difference. */
function isNoDifference(name: string, value: unknown): boolean {
	return name === 'difference' && value === 0;
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
		return reading.problem === undefined ? reading.value : 0;
	});
	return { amount: toSek(sumOre(amounts)), accounts };
}

/** The rows of an entry. */
export function itemsOf({ items }: IDataObject): IDataObject[] {
	return objectsIn(items);
}

function objectsIn(list: unknown): IDataObject[] {
	const values: unknown[] = Array.isArray(list) ? list : [];
	return values.filter(isDataObject);
}

/** What JSON calls an object. */
export function isDataObject(value: unknown): value is IDataObject {
	return isObject(value);
}
