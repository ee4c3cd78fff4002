import { whyNoName } from '../../ledger/nonsense';
import { LedgerError } from '../../ledger/problems';
import { isAbsent, plainText } from '../../unified/readObject';
import { fieldsOf } from '../../n8n/files';
import type { Run } from '../../n8n/run';
import { addTo } from '../../lists';
import { filterInTurns, giveWay } from '../../turns';

/**
 * Puts items together that have the same value in the field that `groupBy` names; in one group where it names none. Items
 * without any value, as the blank rows of a sheet are, belong to no entry: a hint names them, unless there are no others.
 *
 * @returns also the items that have no value there, or what a program writes for none, and why they are refused
 */
export async function groupItems(
	run: Run,
	grouped: readonly number[],
	groupBy: (item: number) => string,
): Promise<{ groups: ReadonlyMap<string, number[]>; refused: Map<number, LedgerError> }> {
	const groups = new Map<string, number[]>();
	const refused = new Map<number, LedgerError>();
	for (const item of await withoutBlank(run, grouped)) {
		await giveWay();
		const field = groupBy(item);
		const json = run.items.get(item)?.json ?? {};
		const group = field === '' ? '' : groupOf(inColumn(json, field));
		const nonsense = whyNoName(group);
		if (field !== '' && group === '') refused.set(item, noGroup(item, field, json));
		else if (nonsense !== undefined) refused.set(item, refusal(`item ${item} has no number in its column '${field}': ${nonsense}`));
		else addTo(groups, group, item);
	}
	return { groups, refused };
}

async function withoutBlank(run: Run, grouped: readonly number[]): Promise<readonly number[]> {
	const filled = await filterInTurns(grouped, (item) => !Object.values(run.items.get(item)?.json ?? {}).every(isAbsent));
	const blank = grouped.length - filled.length;
	if (blank === 0 || filled.length === 0) return grouped;
	run.hint(
		`${blank} of the ${grouped.length} input items ${blank === 1 ? 'has' : 'have'} no value in any field, as blank rows of a sheet, and belong${blank === 1 ? 's' : ''} to no entry.`,
	);
	return filled;
}

/** Blanks and characters that are not shown, such as those of a copied cell, make no other group. */
function groupOf(value: unknown): string {
	return plainText(value)
		.normalize('NFC')
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.trim();
}

function noGroup(item: number, field: string, json: Record<string, unknown>): LedgerError {
	return refusal(
		`item ${item} has no value in the field '${field}', so its entry is unknown. ${fieldsOf('It', json)}${asValue(field, json)}`,
	);
}

function refusal(message: string): LedgerError {
	return new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'groupBy', message: `groupBy: ${message}` });
}

/** Of an expression that gives what a field holds, where the name of the field is wanted. */
function asValue(field: string, json: Record<string, unknown>): string {
	const name = Object.keys(json).find((one) => groupOf(json[one]) === field);
	return name === undefined ? '' : ` '${field}' is what its field '${name}' holds: set Group By to Fixed, and to the name '${name}'.`;
}

/** @throws {LedgerError} where a group is a single line, as where the wrong column was chosen */
export function refuseSingle(group: string, items: readonly number[], field: string): void {
	if (group === '' || items.length !== 1) return;
	throw refusal(
		`item ${items[0] ?? 0} is alone with '${group}' in the field '${field}', and an entry needs at least two lines. Group By takes the column that numbers the vouchers, with the number in each row; for entries of one line each, give a Balancing Account.`,
	);
}

/** The value of a column by its heading, of which the blanks around it and a byte order mark are no part. */
function inColumn(json: Readonly<Record<string, unknown>>, heading: string): unknown {
	const column = Object.hasOwn(json, heading) ? heading : Object.keys(json).find((name) => name.trim() === heading.trim());
	return column === undefined ? undefined : json[column];
}

/** The first item that names no company, by the group that it is of. */
export async function homelessBy(run: Run, field: string): Promise<ReadonlyMap<string, number>> {
	const first = new Map<string, number>();
	for (const [item, { json }] of run.homeless) {
		await giveWay();
		const group = groupOf(inColumn(json, field));
		if (!first.has(group)) first.set(group, item);
	}
	return first;
}

/** @throws {LedgerError} where an item that names no company is of this group: the entry would be posted without its line */
export function refuseIncomplete(homeless: ReadonlyMap<string, number>, group: string): void {
	const [first] = homeless.values();
	const missing = group === '' ? first : homeless.get(group);
	if (missing === undefined) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'tenantId',
		message: `tenantId: item ${missing} is of the group '${group}' too, and its company is unknown, so the entry would lack its line. Correct that item.`,
	});
}
