import { readRate } from '../../../ledger/currency';
import { readDate } from '../../../ledger/dates';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { filterInTurns, findInTurns, someInTurns } from '../../../turns';
import { plainFor } from './currencies';
import type { OfForm, ReadColumn } from './named';
import { COUNTER_ACCOUNT, HEADINGS, VOUCHER_NUMBER, VOUCHER_TEXT } from './headings';

/** A row of an entry, and what the form says for it. */
export interface RowOfEntry {
	item: number;
	row: Readonly<Record<string, unknown>>;
	/** The form's header, as a unified body has it. */
	form: Readonly<Record<string, unknown>>;
	/** Names the column that a field of the row was read from. */
	columnOf: (field: string) => string;
}

/** A field of an item, and nothing that every object has (`constructor`). */
export function ownValue(json: Readonly<Record<string, unknown>>, field: string): unknown {
	return Object.hasOwn(json, field) ? json[field] : undefined;
}

/** Fields of the head that a column may have as well, by the label of the form's field. The form goes first. */
const FORM_FIRST: ReadonlyArray<{ field: string; column: string; label: string; isSame: (form: string, own: string) => boolean }> = [
	{ field: 'date', column: 'date', label: 'Date', isSame: (form, own) => dayOf(form) === dayOf(own) },
	// A number is often made of the column's and more.
	{ field: 'number', column: VOUCHER_NUMBER, label: 'Number', isSame: (form, own) => form.includes(own) },
	{ field: 'journal_id', column: 'journal_id', label: 'Journal', isSame: (form, own) => form.toUpperCase() === own.toUpperCase() },
	{ field: 'description', column: VOUCHER_TEXT, label: 'Description', isSame: (form, own) => form === own },
];

function dayOf(written: string): string {
	return readDate(written).value ?? written;
}

/** What the form, which goes before columns, says of the fields of one entry, whose texts may differ in any case. */
export function ofForms(forms: ReadonlyArray<Readonly<Record<string, unknown>>>, isNumbered: boolean): OfForm {
	const said = (field: string, index: number): { own: string; isSame: (form: string, own: string) => boolean } | undefined => {
		const found = FORM_FIRST.find(({ column }) => column === (field === 'description' ? VOUCHER_TEXT : field));
		const own = plainText(forms[index]?.[found?.field ?? '']);
		return found === undefined || own === '' ? undefined : { own, isSame: found.isSame };
	};
	const isUnused = (field: string): boolean => field === 'description' || (field === VOUCHER_NUMBER && !isNumbered);
	return {
		isDecided: (field, index) => isUnused(field) || said(field, index) !== undefined,
		isSaid: (field, index, own) => {
			const form = said(field, index);
			return form?.isSame(form.own, own) === true;
		},
	};
}

/** What the form says in place of columns: the fields of those, and what to tell where a column says something else. */
export async function overruled(rows: readonly RowOfEntry[]): Promise<{ fields: Set<string>; hints: ReadonlyMap<string, string> }> {
	const fields = new Set<string>();
	const hints = new Map<string, string>();
	for (const { field, column, label, isSame } of FORM_FIRST) {
		const taken = await filterInTurns(rows, ({ form }) => !isAbsent(form[field]));
		if (taken.length === 0) continue;
		// The text of a voucher is that of its rows, too, where they have none.
		const isShared = column === VOUCHER_TEXT && (await someInTurns(rows, ({ row }) => row.description === row[VOUCHER_TEXT]));
		if (!isShared) fields.add(column);
		const other = await findInTurns(taken, ({ row, form }) => {
			const own = plainText(ownValue(row, column));
			return own !== '' && !isSame(plainText(form[field]), own);
		});
		if (other === undefined) continue;
		const own = plainText(ownValue(other.row, column));
		const named = other.columnOf(column);
		hints.set(
			field,
			`${field}: the node's field ${label} says '${plainText(other.form[field])}', and item ${other.item} has '${own}' in its column '${named}'. What the form says goes first. If the column is meant, set ${label} to ${shown(named)}.`,
		);
	}
	return { fields, hints };
}

/**
 * Columns that are only compared with the form, because what it does not take up would be booked otherwise than it stands there.
 *
 * @throws {LedgerError} that names the column and the field of the form
 */
export function refuseUnheeded(given: RowOfEntry): void {
	const { item, row, form, columnOf } = given;
	const heeded = { currency: plainText(form.currency) || 'SEK', ...(isAbsent(form.journal_id) && { journal_id: '' }) };
	for (const [field, taken] of Object.entries(heeded)) {
		const own = plainText(ownValue(row, field));
		if (own === '' || own.toUpperCase() === taken.trim().toUpperCase()) continue;
		const [label, is] = field === 'currency' ? ['Currency', `says ${taken}`] : ['Journal', 'is empty'];
		throw unheeded(item, field, { own, column: columnOf(field), but: `the node's field ${label} ${is}` });
	}
	refuseUnheededRate(given, heeded.currency);
	refuseUnheededCounterAccount(given);
}

/** A rate in a row says that its amounts are foreign. Where its currency is said to be SEK, it is about something else. */
function refuseUnheededRate({ item, row, form, columnOf }: RowOfEntry, currency: string): void {
	const field = 'currency_exchange_rate';
	const own = plainText(ownValue(row, field));
	const rate = readRate(own).value;
	if (rate === undefined || rate === '1') return;
	const isSek = currency.trim().toUpperCase() === 'SEK';
	const taken = isSek ? undefined : readRate(form[field]).value;
	if (isSek ? plainText(ownValue(row, 'currency')) !== '' : taken === undefined || taken === rate) return;
	const but = isSek
		? "the node's field Currency says SEK, so its amounts would be booked as they stand"
		: `the node's field Currency Exchange Rate says ${taken ?? ''}`;
	throw unheeded(item, field, { own, column: columnOf(field), but });
}

const COUNTERPARTS = [
	['balancing_account', 'Balancing Account'],
	['financial_counterpart_account', 'Financial Counterpart Account'],
] as const;

/** Where the entry has one row on an account of the form's, the rows' own counter account would be lost. */
function refuseUnheededCounterAccount({ item, row, form, columnOf }: RowOfEntry): void {
	const own = plainText(ownValue(row, COUNTER_ACCOUNT));
	const [field = '', label = ''] = COUNTERPARTS.find(([name]) => !isAbsent(form[name])) ?? [];
	const taken = field === '' ? '' : plainText(form[field]);
	if (own === '' || taken === '' || own === taken) return;
	throw unheeded(item, field, { own, column: columnOf(COUNTER_ACCOUNT), but: `the node's field ${label} says ${taken}` });
}

/** A column as an expression names it. */
export function shown(column: string): string {
	return /^[a-z_]{1,60}$/.test(column) ? `{{ $json.${column} }}` : `{{ $json[${JSON.stringify(column)}] }}`;
}

export function unheeded(item: number, field: string, { own, column, but }: { own: string; column: string; but: string }): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: item ${item} has '${own}' in its field '${column}', but ${but}. Set it to ${shown(column)}, or take the field out of the items.`,
	});
}

/** What columns mean, for the hint that says how they were read. */
const IN_WORDS: Readonly<Record<string, string>> = { tax_code: "tax_code (compared with the account's, and the VAT of a gross amount)" };

/** How many columns a hint names. */
const MOST_NAMED = 12;

/**
 * Which columns were read by their headings, and which were not read. Items that are no sheet have fields of any kind; of
 * those only the ones are named that mean something by their headings.
 */
export function tellOfColumns(
	matched: readonly ReadColumn[],
	{ overruledFields, unread }: { overruledFields: ReadonlySet<string>; unread: readonly string[] },
): string[] {
	const isRead = (field: string): boolean => !overruledFields.has(field) && !COMPARED.includes(field);
	const read = matched
		.filter(({ field }) => isRead(field))
		.map(({ field, column, isForRest }) => `'${column}' as ${IN_WORDS[field] ?? field}${isForRest ? ` where '${field}' is empty` : ''}`)
		.sort();
	const compared = matched.filter(({ field }) => field === COUNTER_ACCOUNT).map(({ column }) => column);
	const left = [...compared, ...(matched.length > 0 ? unread : unread.filter(meansField))];
	return [...(read.length > 0 ? [`Columns of the input were read by their headings: ${read.join(', ')}.`] : []), ...notRead(left)];
}

function meansField(column: string): boolean {
	return Object.entries(HEADINGS).some(([field, headings]) => headings.includes(plainFor(field, column)));
}

/** The hint that names the columns that were not read; none where there are none. */
export function notRead(columns: readonly string[]): string[] {
	if (columns.length === 0) return [];
	const named = columns
		.slice(0, MOST_NAMED)
		.map((column) => `'${column}'`)
		.join(', ');
	const more = columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '';
	return [`Columns of the input that were not read: ${named}${more}.`];
}

/** Only compared with what the form says. */
const COMPARED = ['currency', 'currency_exchange_rate', 'journal_id', COUNTER_ACCOUNT];
