import { LONGEST_JSON, MOST_FIELD_VALUES } from '../../ledger/bounds';
import { LedgerError } from '../../ledger/problems';
import { isAbsent, isObject, isTooDeep, plainText } from '../../unified/readObject';
import { fieldsOf } from '../../n8n/files';
import { refuseExecuteOnce } from '../../n8n/executeOnce';
import { parameter, parameterIfReadable } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { collectGroup } from './entryOfItems';
import { binaryOf, headerOf, isBalanced, noDate, tooDeep } from './givenHead';
import type { GivenEntry } from './prepare';
import { groupItems, homelessBy, refuseIncomplete } from './groups';
import { refuseUngrouped } from './sheet/ungrouped';
import { hasMoreValues } from '../../jsonValues';
import { giveWay, inTurns, mapInTurns, sortInTurns } from '../../turns';

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
			refuseExecuteOnce(run, 'linesSource', "For one entry of all rows, turn on 'One Entry of All Items'.");
			if (group === '' && !items.every(areOne)) await refuseUngrouped(rows, isBalanced(headerOf(run, items[0] ?? 0)));
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
