import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { errorItem, toNodeError } from './errors';
import type { Run } from './run';

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
	/** Works on all input items and returns the output items, each paired with the items that made it. */
	execute(run: Run): Promise<INodeExecutionData[]>;
}

export interface Resource {
	value: string;
	name: string;
	operations: readonly Operation[];
}

/** What an operation returns for one input item: an object, several, or finished items (for binary data). */
export type ItemResult = IDataObject | IDataObject[] | INodeExecutionData[];

/** How many items of a reading operation are worked on at once: as many as Fortnox takes in one window. */
const SIDE_BY_SIDE = 25;

/** An operation that reads: items are worked on side by side, the output keeps their order. */
export function readEachItem(read: (run: Run, item: number) => Promise<IDataObject | IDataObject[]>): Operation['execute'] {
	return async (run) => {
		const results: INodeExecutionData[][] = new Array<INodeExecutionData[]>(run.items.length);
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < run.items.length) {
				const item = next++;
				results[item] = await outcome(run.context, item, () => read(run, item));
			}
		};
		await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, run.items.length) }, work));
		return results.flat();
	};
}

/** An operation that writes: one item after the other, in order. */
export function writeEachItem(write: (run: Run, item: number) => Promise<IDataObject | IDataObject[]>): Operation['execute'] {
	return async (run) => {
		const results: INodeExecutionData[][] = [];
		for (let item = 0; item < run.items.length; item++) {
			results.push(await outcome(run.context, item, () => write(run, item)));
		}
		return results.flat();
	};
}

async function outcome(
	context: IExecuteFunctions,
	item: number,
	work: () => Promise<IDataObject | IDataObject[]>,
): Promise<INodeExecutionData[]> {
	try {
		const result = await work();
		return (Array.isArray(result) ? result : [result]).map((json) => ({ json, pairedItem: { item } }));
	} catch (error) {
		if (context.continueOnFail()) return [errorItem(context, error, [item])];
		throw toNodeError(context.getNode(), error, item);
	}
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
		...resources.map(
			(resource): INodeProperties => ({
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [resource.value] } },
				options: resource.operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
				default: resource.operations.find(({ value }) => value === 'getAll')?.value ?? resource.operations[0]?.value ?? '',
			}),
		),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				updateDisplayOptions({ show: { resource: [resource.value], operation: [operation.value] } }, operation.fields),
			),
		),
	];
}
