import { MOST_ROWS, tooManyRows } from '../../ledger/bounds';
import { LedgerError } from '../../ledger/problems';
import { isAbsent, isTooDeep, plainText } from '../../unified/readObject';
import { fieldsOf } from '../../n8n/files';
import { collectionParameter, parameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { refuseOtherCompany } from '../otherCompany';
import type { GivenEntry } from './prepare';
import { binaryOfItems, headerOf, isBalanced, noDate, tooDeep } from './givenHead';
import { refuseSingle } from './groups';
import { readSheet, unheededNumber, type Sheet } from './sheet/columns';
import { ofForms, overruled, ownValue, refuseUnheeded, tellOfColumns, type RowOfEntry } from './sheet/head';
import { isToldOfItself, refuseHeadFields, refuseSeveralSeries, tellOfHeadFields } from './sheet/headFields';
import { VOUCHER_NUMBER, VOUCHER_TEXT } from './sheet/headings';
import { append } from '../../lists';
import { giveWay, mapInTurns } from '../../turns';

/** What all items of a group must agree about. */
const MUST_AGREE = [
	'journal_id',
	'date',
	'number',
	'currency',
	'currency_exchange_rate',
	'financial_counterpart_account',
	'accrual_account',
	'balancing_account',
	'reverse_on',
];

/**
 * The entry whose lines are the items of a group.
 *
 * @param told fields of which a hint has said that the form goes before their column: once is enough for a run
 */
export async function collectGroup(run: Run, group: string, { items, told }: { items: number[]; told: Set<string> }): Promise<GivenEntry> {
	const first = items[0] ?? 0;
	if (items.length > MOST_ROWS) throw new LedgerError(tooManyRows('lines', items.length));
	const given = items.map((item) => run.items.get(item)?.json ?? {});
	for (const [index, row] of given.entries()) {
		refuseOtherCompany(run, items[index] ?? first);
		if (isTooDeep(row)) throw tooDeep(`item ${items[index] ?? 0}`);
		await giveWay();
	}
	const forms = await mapInTurns(items, (item) => headerOf(run, item));
	const own = forms[0] ?? {};
	if (!isBalanced(own)) refuseSingle(group, items, plainText(parameter(run, 'groupBy', first)));
	const currency = plainText(own.currency).toUpperCase() || 'SEK';
	const isFromBank = !isAbsent(own.financial_counterpart_account);
	const sheet = await readSheet(given, { isFromBank, currency, form: ofForms(forms, group !== '') });
	const rows = await mapInTurns(items, (item, index): RowOfEntry => {
		const columnOf = (field: string): string => sheet.columnOf(field, index);
		return { item, row: sheet.rows[index] ?? {}, form: forms[index] ?? {}, columnOf };
	});
	await refuseSeveralSeries(group, rows);
	const headers = await mapInTurns(rows, (row, index) => withRowsHead(row, group, given[index] ?? {}));
	const header = headers[0] ?? {};
	const numberHint = isAbsent(header.number) ? await unheededNumber(given) : undefined;
	if (numberHint !== undefined) run.hint(numberHint, first);
	await tellOfSheet(run, sheet, { rows, isNumbered: !isAbsent(header.number), groupBy: plainText(parameter(run, 'groupBy', first)), told });
	const isReadAnew = sheet.matched.length > 0 || isAbsent(own.date);
	for (const row of rows) {
		await giveWay();
		refuseUnheeded(row);
		refuseHeadFields(row);
	}
	await refuseDisagreements(run, group, items, headers);
	const attachment = await binaryOfItems(run, items);
	return {
		items,
		group,
		linesAreItems: true,
		...(attachment && { attachment }),
		body: { ...header, items: sheet.rows },
		...(isReadAnew && { withoutHeadings: { ...own, items: given } }),
	};
}

/** The rows of one entry have one head, and one choice of options. */
async function refuseDisagreements(
	run: Run,
	group: string,
	items: readonly number[],
	headers: ReadonlyArray<Record<string, unknown>>,
): Promise<void> {
	const [first = 0] = items;
	for (const [index, item] of items.entries()) {
		await giveWay();
		refuseDisagreement(group, [first, item], MUST_AGREE, [headers[0] ?? {}, headers[index] ?? {}]);
		const options = [first, item].map((one) => collectionParameter(run, 'options', one));
		refuseDisagreement(group, [first, item], options.flatMap(Object.keys), options);
	}
}

/** Says how the columns were read, and where the form goes before them. */
async function tellOfSheet(
	run: Run,
	{ matched, unread, hints }: Sheet,
	{ rows, isNumbered, groupBy, told }: { rows: RowOfEntry[]; isNumbered: boolean; groupBy: string; told: Set<string> },
): Promise<void> {
	const above = await overruled(rows);
	if (!isNumbered) above.fields.add(VOUCHER_NUMBER);
	const others = unread.filter((column) => column.trim() !== groupBy.trim() && !isToldOfItself(column));
	append(hints, tellOfColumns(matched, { overruledFields: above.fields, unread: others }));
	for (const [field, hint] of [...above.hints, ...(await tellOfHeadFields(rows))]) {
		if (!told.has(field)) run.hint(hint, rows[0]?.item);
		told.add(field);
	}
	for (const hint of hints) run.hint(hint, rows[0]?.item);
}

/**
 * Where the form gives no date, the rows have one in their own field `date`. Columns of voucher texts and numbers give those
 * likewise, but not the number of an entry of all items, which has one whatever its rows are called.
 */
function withRowsHead(
	{ item, row, form: header }: RowOfEntry,
	group: string,
	given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const number = isAbsent(header.number) && group !== '' ? ownValue(row, VOUCHER_NUMBER) : undefined;
	const description = isAbsent(header.description) ? ownValue(row, VOUCHER_TEXT) : undefined;
	const numbered = { ...header, ...(!isAbsent(number) && { number }), ...(!isAbsent(description) && { description }) };
	if (!isAbsent(header.date)) return numbered;
	const date = ownValue(row, 'date');
	if (isAbsent(date)) throw noDate(`item ${item} has no date. ${fieldsOf('It', given)}`);
	return { ...numbered, date };
}

/** @throws {LedgerError} where two items of a group differ in one of the fields */
function refuseDisagreement(
	group: string,
	[first, item]: readonly [number, number] | readonly number[],
	fields: readonly string[],
	[one = {}, other = {}]: ReadonlyArray<Record<string, unknown>>,
): void {
	const field = fields.find((name) => plainText(one[name]) !== plainText(other[name]));
	if (field === undefined) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: the items of the group '${group}' disagree: item ${first} has '${plainText(one[field])}', item ${item} has '${plainText(other[field])}'. The lines of one entry share it${group === '' ? '' : '; Group By takes the column that numbers the vouchers'}.`,
	});
}
