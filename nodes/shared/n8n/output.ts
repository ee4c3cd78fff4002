import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { LedgerError } from '../ledger/problems';
import { noteTable } from './columns';
import { errorItem, toNodeError } from './errors';
import type { Operation } from './operation';
import { collectionParameter, parameter, textParameter } from './parameters';
import { plainText } from '../unified/readObject';
import { flatMapInTurns } from '../turns';
import type { Run } from './run';
import { FIELDS, isDataObject, isSimplifiable, itemsOf, simplified } from './simplified';

/** The version of the node from which on its output is simplified where the user chose nothing. */
const SIMPLIFIED_SINCE = 1.1;

/** How much a node of this version returns where the user chose nothing. */
export function usualOutput({ typeVersion }: { typeVersion: number }): 'full' | 'simplified' {
	return typeVersion >= SIMPLIFIED_SINCE ? 'simplified' : 'full';
}

const MODES = [
	{ name: 'Full', value: 'full', description: 'All fields of the unified accounting model, also those that are empty' },
	{ name: 'Raw', value: 'raw', description: "Fortnox's own object" },
	{ name: 'Selected Fields', value: 'selected', description: 'The ID and the fields that you name' },
	{ name: 'Simplified', value: 'simplified', description: 'At most ten fields, those that people read first' },
];

/** Fields that stay in every output: what an item is, and whether it was posted at all. */
const ALWAYS = ['id', 'entry_id', 'dry_run', 'posted', 'already_posted', 'warning', 'error', 'error_code'];

/** Fortnox's own object, which an item has only where the user asked for it. */
const RAW = 'raw';

/** Which company's books the item speaks of; every item gets it once the operation is done. */
const TENANT = 'tenant_id';

/** Operations whose output shows what they have just written. */
const WRITING = /\.(?:correct|create|importSie|reverse|settle|spread|update)$/;

/**
 * The field that says how much of an object to return. Where the user chose nothing, version 1 gives all, as it always did.
 *
 * @param values of the modes, in the order of the menu
 * @param show further conditions for n8n to show the field
 */
export function outputField(
	values: readonly string[],
	show: NonNullable<INodeProperties['displayOptions']>['show'] = {},
): INodeProperties[] {
	const field: INodeProperties = {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: MODES.filter(({ value }) => values.includes(value)),
		default: 'full',
		description: 'How much of each object to return',
	};
	return [
		{ ...field, displayOptions: { show: { '@version': [1], ...show } } },
		{ ...field, default: 'simplified', displayOptions: { show: { '@version': [SIMPLIFIED_SINCE], ...show } } },
	];
}

/** The fields by which the shape of an operation's output is chosen. */
function outputFields(operation: Operation): INodeProperties[] {
	const hasRaw = optionsOf(operation).includes('rawResponse');
	return [
		...outputField(['full', ...(hasRaw ? ['raw'] : []), 'selected', 'simplified']),
		{
			displayName: 'Fields',
			name: 'outputFields',
			type: 'string',
			default: '',
			placeholder: 'e.g. date,description,amount',
			displayOptions: { show: { output: ['selected'] } },
			description: 'Names of the fields to return, separated by commas; those of Full and of Simplified',
		},
	];
}

const splitOption: INodeProperties = {
	displayName: 'Split',
	name: 'split',
	type: 'options',
	options: [
		{ name: 'No', value: 'none', description: 'One item for each entry or ledger' },
		{ name: 'Rows', value: 'rows', description: 'One item for each row, as sheets and databases take them' },
	],
	default: 'none',
	description: 'Whether an entry or a ledger becomes several items',
};

function optionsOf({ fields }: Operation): string[] {
	return (fields.find(({ name }) => name === 'options')?.options ?? []).map(({ name }) => name);
}

/** An operation whose user chooses the shape of its output. */
export function withOutput(resource: string, operation: Operation): Operation {
	const name = `${resource}.${operation.value}`;
	if (!isSimplifiable(name)) return operation;
	const splits = SPLITS.has(name);
	const fields = operation.fields.map((field) =>
		splits && field.name === 'options' ? { ...field, options: [...(field.options ?? []), splitOption].sort(byName) } : field,
	);
	return {
		...operation,
		fields: [...fields, ...outputFields(operation)],
		execute: async (run) => await flatMapInTurns(await operation.execute(run), (item) => shaped(run, name, item)),
	};
}

/** Collections list their options by name. */
function byName(one: { displayName?: string; name: string }, other: { displayName?: string; name: string }): number {
	return (one.displayName ?? one.name).localeCompare(other.displayName ?? other.name);
}

/** Operations whose items have rows, and how their rows are called among the simplified forms. */
const SPLITS: ReadonlyMap<string, string> = new Map([
	['account.getLedger', 'ledgerRow'],
	['financialEntry.getAll', 'row'],
	['journalEntry.get', 'row'],
	['journalEntry.getAll', 'row'],
]);

/** The output mode of an item; the node's version decides where the parameter has no value. */
function outputMode(run: Run, item: number): string {
	// n8n copies the node whenever it is asked for it.
	return textParameter(run, 'output', item) ?? usualOutput(run.context.getNode());
}

function shaped(run: Run, name: string, item: INodeExecutionData): INodeExecutionData[] {
	if ('error' in item.json) return [item];
	const index = firstInput(item);
	try {
		const row = SPLITS.get(name);
		const isSplit = row !== undefined && collectionParameter(run, 'options', index).split === 'rows';
		const what = isSplit ? row : name;
		const shown = (json: IDataObject): INodeExecutionData => ({ ...item, json: shape(run, index, what, json) });
		const items = isSplit ? rowsOf(item.json).map(shown) : [shown(item.json)];
		const mode = outputMode(run, index);
		const table = mode === 'simplified' ? what : mode === 'selected' ? mode : undefined;
		return table === undefined ? items : items.map((one) => noteTable(one, table));
	} catch (error) {
		if (run.context.continueOnFail()) return [errorItem(run.context, error, [index])];
		throw toNodeError(run.context.getNode(), error, index);
	}
}

function shape(run: Run, item: number, operation: string, json: IDataObject): IDataObject {
	switch (outputMode(run, item)) {
		case 'simplified':
			return { ...simplified(operation, json), ...pick(json, [RAW]) };
		case 'raw':
			return isDataObject(json.raw) ? { ...pick(json, ALWAYS.slice(1)), ...json.raw } : json;
		case 'selected':
			return selected(run, item, operation, json);
		default:
			return json;
	}
}

/**
 * The fields that the user named. What was written stands in Fortnox whatever they are: there a wrong name is a hint, since
 * an error would say that nothing was written.
 *
 * @throws {LedgerError} where a name is none of the fields of what was read
 */
function selected(run: Run, item: number, operation: string, json: IDataObject): IDataObject {
	const known = FIELDS.get(operation) ?? [];
	const whole: IDataObject = { ...simplified(operation, json), ...json };
	const given = parameter(run, 'outputFields', item);
	const names = Array.isArray(given) ? given.map(plainText) : plainText(given).split(',');
	const wanted = names.map((name) => name.trim()).filter((name) => name !== '');
	const unknown = wanted.filter((name) => name !== TENANT && !Object.hasOwn(whole, name) && !known.includes(name));
	if (wanted.length === 0 || unknown.length > 0) {
		const what = wanted.length === 0 ? 'name at least one field' : `there is no field ${unknown.join(', ')}`;
		const message = `outputFields: ${what}. The fields are ${[...new Set([...Object.keys(whole), TENANT])].join(', ')}.`;
		if (!WRITING.test(operation)) throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'outputFields', message });
		run.hint(message, item);
	}
	// Such as `reversed_by`, which only an entry that was reversed has.
	const absent = Object.fromEntries(known.filter((name) => wanted.includes(name)).map((name) => [name, null]));
	return pick({ ...absent, ...whole }, [...new Set([...ALWAYS, ...wanted, RAW])]);
}

function pick(json: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.filter((name) => Object.hasOwn(json, name)).map((name) => [name, json[name]]));
}

/** The rows of an entry or of a ledger, each with what the head says of it. An object without rows stays one. */
function rowsOf(json: IDataObject): IDataObject[] {
	const rows = itemsOf(json);
	if (rows.length === 0) return [json];
	const { id, name, date, number, journal_id, description, account_number, account_name } = json;
	if (id === undefined) return rows.map((row) => ({ account_number, account_name, ...row }));
	return rows.map((row) => ({ ...row, entry_id: id, entry: name, date, number, journal_id, text: description }));
}

function firstInput({ pairedItem }: INodeExecutionData): number {
	const [first] = [pairedItem].flat();
	return typeof first === 'object' ? first.item : (first ?? 0);
}
