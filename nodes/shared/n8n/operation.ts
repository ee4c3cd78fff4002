import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { errorItem, toNodeError } from './errors';
import type { Run } from './run';
import { mapInTurns, mapSideBySide } from '../turns';
import { StoppedWithOthers } from './together';
import { withTraces } from './wholeCollections';

/** One thing that the node can do with a resource: its place in the menu, its fields, and what it does. */
export interface Operation {
	/** The parameter's value. */
	value: string;
	/** Title Case, without the resource: `Get Many`. */
	name: string;
	/** Sentence case, with the resource, without articles: `Get many accounts`. */
	action: string;
	description: string;
	/** Shown for this operation only; the resource adds that condition. */
	fields: INodeProperties[];
	/** Works on a company's input items and returns the output items, each paired with the items that made it. */
	execute(run: Run): Promise<INodeExecutionData[]>;
}

export interface Resource {
	value: string;
	name: string;
	operations: readonly Operation[];
}

/** How many items of a reading operation are worked on at once: as many as Fortnox takes in one window. */
const SIDE_BY_SIDE = 25;

type Work<T> = (run: Run, item: number) => Promise<T>;

/** An operation that reads: items are worked on side by side, the output keeps their order. */
export function readEachItem(read: Work<IDataObject | IDataObject[]>): Operation['execute'] {
	return readFiles(async (run, item) => asItems(await read(run, item)));
}

/** An operation that reads whole items, which may have binary data. */
export function readFiles(read: Work<INodeExecutionData[]>): Operation['execute'] {
	return async (run) => {
		const results = await mapSideBySide([...run.items.keys()], SIDE_BY_SIDE, async (item) => await outcome(run, item, read));
		return results.flat();
	};
}

function asItems(result: IDataObject | IDataObject[]): INodeExecutionData[] {
	return (Array.isArray(result) ? result : [result]).map((json) => ({ json }));
}

async function outcome(run: Run, item: number, work: Work<INodeExecutionData[]>): Promise<INodeExecutionData[]> {
	if (run.together.isStopped) throw new StoppedWithOthers();
	try {
		return await mapInTurns(await work(run, item), (result) => ({ ...result, pairedItem: { item } }));
	} catch (error) {
		if (run.context.continueOnFail()) return [errorItem(run.context, error, [item])];
		throw toNodeError(run.context.getNode(), error, item);
	}
}

/** Get Many where there is one: it needs no field, and changes nothing. */
function defaultOperation(operations: readonly Operation[]): string {
	const chosen = operations.find(({ value }) => value === 'getAll') ?? operations[0];
	return chosen?.value ?? '';
}

/**
 * Resource and operation stand before the field's own conditions: n8n looks at conditions in order, and shows a field at the
 * first one whose value is an expression. The fields of all operations would be shown, and those of the last one read.
 */
function shownFor(field: INodeProperties, show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	return { ...field, displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } } };
}

/** The node's properties for a list of resources: two menus, then every operation's fields under its own condition. */
export function toProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: 'journalEntry',
		},
		...resources.map((resource): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource.value] } },
			options: resource.operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
			default: defaultOperation(resource.operations),
		})),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				withTraces(operation.fields).map((field) => shownFor(field, { resource: [resource.value], operation: [operation.value] })),
			),
		),
	];
}
