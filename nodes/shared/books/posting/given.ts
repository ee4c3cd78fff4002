import { LONGEST_JSON, MOST_DEPTH, MOST_FIELD_VALUES, MOST_ROWS, tooManyRows } from '../../ledger/bounds';
import { LedgerError } from '../../ledger/problems';
import type { DraftAttachment } from '../../unified/entryDraft';
import { isAbsent, isObject, isTooDeep, plainText } from '../../unified/readObject';
import { fieldsOf, readBinary } from '../../n8n/files';
import { collectionParameter, parameter, parameterIfReadable } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import type { GivenEntry } from './prepare';
import { readSheet, unheededNumber, type Sheet } from './sheet/columns';
import { groupItems, homelessBy, refuseIncomplete, refuseSingle } from './groups';
import { overruled, ownValue, refuseUnheeded, tellOfColumns, type RowOfEntry } from './sheet/head';
import { refuseHeadFields, refuseSeveralSeries, tellOfHeadFields } from './sheet/headFields';
import { VOUCHER_NUMBER, VOUCHER_TEXT } from './sheet/headings';
import { TEXT_NAMES } from './textFields';
import { refuseUngrouped } from './sheet/ungrouped';
import { append } from '../../lists';
import { hasMoreValues } from '../../jsonValues';
import { giveWay, inTurns, mapInTurns, sortInTurns } from '../../turns';

/** The header's parameters and the unified fields that they fill; of two for the same field the latter wins. */
const HEADER: ReadonlyArray<[parameter: string, field: string]> = [
	['journalId', 'journal_id'],
	['date', 'date'],
	['number', 'number'],
	['currency', 'currency'],
	['currencyExchangeRate', 'currency_exchange_rate'],
	...[...TEXT_NAMES].reverse().map((name): [string, string] => [name, 'description']),
	['financialCounterpartAccount', 'financial_counterpart_account'],
];

/** Additional fields, likewise. */
const ADDITIONAL: ReadonlyArray<[parameter: string, field: string]> = [
	['accrualAccount', 'accrual_account'],
	['balancingAccount', 'balancing_account'],
	['comments', 'comments'],
	['reference', 'reference'],
	['reverseOn', 'reverse_on'],
];

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

/** Collects the entries of a run from the node's parameters, as unified bodies: one per item, or one per group of items. */
export async function collectEntries(run: Run): Promise<GivenEntry[]> {
	const grouped: number[] = [];
	const given: GivenEntry[] = [];
	const readable = [...run.items.keys()].find((item) => parameterIfReadable(run, 'linesSource', item) !== null);
	// An item that can't be read may be a line of any entry, which would then be posted without it.
	const likely = (name: string, item: number): unknown =>
		parameterIfReadable(run, name, item) ?? parameterIfReadable(run, name, readable ?? item);
	for (const item of run.items.keys()) {
		await giveWay();
		if (likely('linesSource', item) === 'inputItems') grouped.push(item);
		else given.push(await orRefused([item], async () => await collectOne(run, item)));
	}
	const areOne = (item: number): boolean => likely('allItems', item) === true;
	const { groups, refused } = await groupItems(run, grouped, (item) => (areOne(item) ? '' : plainText(likely('groupBy', item))));
	const homeless = new Map<string, ReadonlyMap<string, number>>();
	const told = new Set<string>();
	for (const [group, items] of groups) {
		const field = plainText(likely('groupBy', items[0] ?? 0));
		const incomplete = homeless.get(field) ?? (await homelessBy(run, field));
		homeless.set(field, incomplete);
		const rows = new Map(await mapInTurns(items, (item) => [item, run.items.get(item)?.json ?? {}] as const));
		const collect = async (): Promise<GivenEntry> => {
			if (group === '' && !items.every(areOne)) await refuseUngrouped(rows);
			refuseIncomplete(incomplete, group);
			return await collectGroup(run, group, { items, told });
		};
		given.push(await orRefused(items, collect));
	}
	for (const [item, error] of refused) given.push(refusedEntry([item], error));
	return await sortInTurns(given, (one, other) => (one.items[0] ?? 0) - (other.items[0] ?? 0));
}

/** An entry, or why there is none. */
async function orRefused(items: number[], collect: () => Promise<GivenEntry>): Promise<GivenEntry> {
	try {
		return await collect();
	} catch (error) {
		return refusedEntry(items, error);
	}
}

function refusedEntry(items: number[], error: unknown): GivenEntry {
	return { items, body: {}, linesAreItems: false, error };
}

async function collectOne(run: Run, item: number): Promise<GivenEntry> {
	const header = headerOf(run, item);
	const attachment = await binaryOf(run, item);
	const base = { items: [item], linesAreItems: false, ...(attachment && { attachment }) };
	if (parameter(run, 'linesSource', item) !== 'json') return { ...base, body: { ...header, items: linesOfForm(run, item) } };
	const lines = await parseLines(parameter(run, 'linesJson', item));
	if (Array.isArray(lines)) return { ...base, body: { ...header, items: lines } };
	const named = Object.entries(lines).filter(([field, value]) => !isAbsent(value) || !(field in header));
	const whole: Record<string, unknown> = { ...withoutForeignRate(header, lines.currency), ...Object.fromEntries(named) };
	if (isAbsent(whole.date)) throw noDate(`the entry in linesJson has no date. ${fieldsOf('It', lines)}`);
	return { ...base, body: whole };
}

/** The form's header; its rate is that of its own currency, and no other's. */
function withoutForeignRate(
	{ currency_exchange_rate: rate, ...header }: Record<string, unknown>,
	currency: unknown,
): Record<string, unknown> {
	const [own, wanted] = [header.currency, currency].map((value) => plainText(value).toUpperCase());
	return isAbsent(rate) || (wanted !== '' && wanted !== own) ? header : { ...header, currency_exchange_rate: rate };
}

/** The unified model requires a date; only the form's own empty field means today. */
function noDate(what: string): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'date',
		message: `date: ${what} Give the accounting date in 'date', or in the field Date of the node.`,
	});
}

/** @param told fields of which a hint has said that the form goes before their column: once is enough for a run */
async function collectGroup(run: Run, group: string, { items, told }: { items: number[]; told: Set<string> }): Promise<GivenEntry> {
	const first = items[0] ?? 0;
	if (items.length > MOST_ROWS) throw new LedgerError(tooManyRows('lines', items.length));
	const given = items.map((item) => run.items.get(item)?.json ?? {});
	for (const [index, row] of given.entries()) {
		if (isTooDeep(row)) throw tooDeep(`item ${items[index] ?? 0}`);
		await giveWay();
	}
	const forms = await mapInTurns(items, (item) => headerOf(run, item));
	const own = forms[0] ?? {};
	const isBalanced = !isAbsent(own.financial_counterpart_account) || !isAbsent(own.balancing_account);
	if (!isBalanced) refuseSingle(group, items, plainText(parameter(run, 'groupBy', first)));
	const currency = plainText(own.currency).toUpperCase() || 'SEK';
	const sheet = await readSheet(given, { isFromBank: !isAbsent(own.financial_counterpart_account), currency });
	const rows = items.map((item, index): RowOfEntry => ({ item, row: sheet.rows[index] ?? {}, form: forms[index] ?? {} }));
	await refuseSeveralSeries(group, rows, sheet.columnOf('journal_id'));
	const headers = await mapInTurns(rows, (row) => withRowsHead(row, group));
	const header = headers[0] ?? {};
	const numberHint = isAbsent(header.number) ? await unheededNumber(given) : undefined;
	if (numberHint !== undefined) run.hint(numberHint, first);
	await tellOfSheet(run, sheet, { rows, isNumbered: !isAbsent(header.number), groupBy: plainText(parameter(run, 'groupBy', first)), told });
	const isReadAnew = sheet.matched.size > 0 || isAbsent(own.date);
	for (const row of rows) {
		await giveWay();
		refuseUnheeded(row, sheet.columnOf);
		refuseHeadFields(row);
	}
	await refuseDisagreements(run, group, items, headers);
	const attachment = await binaryOf(run, first);
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
	{ matched, unread, columnOf, hints }: Sheet,
	{ rows, isNumbered, groupBy, told }: { rows: RowOfEntry[]; isNumbered: boolean; groupBy: string; told: Set<string> },
): Promise<void> {
	const above = await overruled(rows, columnOf);
	if (!isNumbered) above.fields.add(VOUCHER_NUMBER);
	const others = unread.filter((column) => column.trim() !== groupBy.trim());
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
function withRowsHead({ item, row, form: header }: RowOfEntry, group: string): Record<string, unknown> {
	const number = isAbsent(header.number) && group !== '' ? ownValue(row, VOUCHER_NUMBER) : undefined;
	const description = isAbsent(header.description) ? ownValue(row, VOUCHER_TEXT) : undefined;
	const numbered = { ...header, ...(!isAbsent(number) && { number }), ...(!isAbsent(description) && { description }) };
	if (!isAbsent(header.date)) return numbered;
	const date = ownValue(row, 'date');
	if (isAbsent(date)) throw noDate(`item ${item} has no date. ${fieldsOf('It', row)}`);
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

function headerOf(run: Run, item: number): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [name, field] of HEADER) {
		const value = parameter(run, name, item);
		if (!isAbsent(value)) body[field] = value;
	}
	const more = collectionParameter(run, 'additionalFields', item);
	for (const [name, field] of ADDITIONAL) {
		if (!isAbsent(more[name])) body[field] = more[name];
	}
	return body;
}

function linesOfForm(run: Run, item: number): unknown[] {
	const lines = parameter(run, 'lines', item);
	return isObject(lines) && Array.isArray(lines.line) ? lines.line.map(withoutUntouchedVat) : [];
}

/** A line of the form whose VAT says no more than n8n stores for each line. */
function withoutUntouchedVat(line: unknown): unknown {
	if (!isObject(line) || !isObject(line.tax_info)) return line;
	const { tax_info, ...rest } = line;
	return Object.values(tax_info).every((value) => isAbsent(value) || value === false) ? rest : line;
}

/** JSON lines: an array of lines, or a whole unified body, as text or as a value. */
async function parseLines(given: unknown): Promise<unknown[] | Record<string, unknown>> {
	const refuse = (message: string): LedgerError =>
		new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'linesJson', message: `linesJson: ${message}` });
	let value = given;
	if (typeof value === 'string') {
		if (value.length > LONGEST_JSON)
			throw refuse(`the text has ${value.length} characters, and at most ${LONGEST_JSON} are read. Divide it into several items.`);
		const bytes = Buffer.from(value);
		if (await inTurns(hasMoreValues(bytes, MOST_FIELD_VALUES)))
			throw refuse(`the text holds more than ${MOST_FIELD_VALUES} values, and no more are read. Divide it into several items.`);
		await giveWay();
		try {
			value = JSON.parse(value);
		} catch (error) {
			throw refuse(`this is not valid JSON (${error instanceof Error ? error.message : 'no reason given'}).`);
		}
	}
	if (isTooDeep(value)) throw tooDeep('linesJson');
	if (Array.isArray(value) || isObject(value)) return value;
	throw refuse('give an array of lines, or a whole entry with its lines in ‘items’.');
}

function tooDeep(what: string): LedgerError {
	const message = `lines: ${what} is nested more than ${MOST_DEPTH} levels deep. Take out the fields that no line needs.`;
	return new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'lines', message });
}

async function binaryOf(run: Run, item: number): Promise<DraftAttachment | undefined> {
	const name = collectionParameter(run, 'additionalFields', item).binaryPropertyName;
	if (name === undefined) return undefined;
	if (!isAbsent(name)) return await readBinary(run, item, name);
	const message = `binaryPropertyName: the field is there and empty, so no file would be attached. Name the binary field with the file, or remove the field.`;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'binaryPropertyName', message });
}
