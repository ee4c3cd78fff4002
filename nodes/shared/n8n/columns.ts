import type { GenericValue, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { giveWay } from '../turns';
import { FIELDS } from './simplified';

/** Fields of a simplified item, `tenant_id` among them; of reports, all columns that the user asked for. */
const MOST_FIELDS = 10;

/** What an entry is where its item does not say so. */
const UNSAID: Readonly<Record<string, boolean>> = { dry_run: false, posted: true, already_posted: false };

/** The items whose columns are those of a table: an operation's, those of a kind of row (`row`, `ledgerRow`), or `selected`. */
const tableOf = new WeakMap<INodeExecutionData, string>();

/** Notes that an item is a row of a table, for `alignColumns`. */
export function noteTable(item: INodeExecutionData, what: string): INodeExecutionData {
	tableOf.set(item, what);
	return item;
}

/**
 * Gives the simplified and selected items of an output the same fields in the same order. n8n's table collects its columns
 * from the items in turn and shows *undefined* in red where one lacks a field (seen in n8n 2.41).
 */
export async function alignColumns(items: readonly INodeExecutionData[]): Promise<void> {
	const tables = new Map<string, Columns>();
	for (const item of items) {
		const what = tableOf.get(item);
		if (what !== undefined) {
			const table = tables.get(what) ?? new Columns(what);
			tables.set(what, table);
			table.add(item.json);
		}
		await giveWay();
	}
	for (const item of items) {
		const table = tables.get(tableOf.get(item) ?? '');
		if (table !== undefined) item.json = table.fill(item.json);
		await giveWay();
	}
}

/** The columns of a table, and what stands in a row that says nothing of one. */
export class Columns {
	/** A value of each. */
	private readonly samples = new Map<string, unknown>();

	private names: string[] | undefined;

	/** @param what an operation such as `account.getAll`, `row`, `ledgerRow` or `selected` */
	constructor(private readonly what: string) {}

	add(row: IDataObject): void {
		for (const [name, value] of Object.entries(row)) {
			if (!this.samples.has(name)) this.samples.set(name, value);
		}
	}

	/** The row with what it lacks, as far as there is room for it: no row loses a field of its own. */
	fill(row: IDataObject): IDataObject {
		this.names ??= ordered(this.what, [...this.samples.keys()]);
		let room = FIELDS.has(this.what) ? MOST_FIELDS - Object.keys(row).length : Infinity;
		const filled: IDataObject = {};
		for (const name of this.names) {
			if (Object.hasOwn(row, name)) filled[name] = row[name];
			else if (room-- > 0) filled[name] = nothingLike(name, this.samples.get(name));
		}
		return filled;
	}
}

/** An empty text and an empty list are read as such by people, sheets and conditions; other values have no such form. */
function nothingLike(name: string, value: unknown): GenericValue {
	if (Array.isArray(value)) return [];
	return typeof value === 'string' ? '' : (UNSAID[name] ?? null);
}

/** As people read them; what is none of the operation's own fields comes last, such as `tenant_id`. */
function ordered(what: string, names: readonly string[]): string[] {
	const own = FIELDS.get(what);
	const rank = (name: string): number => {
		if (own === undefined) return STATEMENT.get(name) ?? 2;
		const place = own.indexOf(name);
		return place === -1 || LAST.has(name) ? own.length + (LAST.get(name) ?? 0) : place;
	};
	return [...names].sort((one, other) => rank(one) - rank(other));
}

/** The columns of a report around its figures. */
const STATEMENT: ReadonlyMap<string, number> = new Map([
	['label', 0],
	['account_number', 1],
	['kind', 3],
	['tenant_id', 4],
]);

/** What nobody reads, such as the sealed text of a proposal, stands behind what people do. */
const LAST: ReadonlyMap<string, number> = new Map([
	['proposal', 1],
	['tenant_id', 2],
]);
