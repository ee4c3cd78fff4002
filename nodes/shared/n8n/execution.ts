import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { groupByCompany, type CompanyItems } from './company';
import { alignColumns } from './columns';
import { compact } from './compact';
import { errorItem, toNodeError } from './errors';
import { formOf, type Form } from './formNames';
import { Hints } from './hints';
import type { Operation } from './operation';
import { firstItem, type Run } from './run';
import { startRun } from './startRun';
import { isTool } from './tool';
import { append } from '../lists';
import { mapInTurns, sortInTurns } from '../turns';
import { RunFailure, StoppedWithOthers, Together } from './together';

/** What became of a company's run, in whole. */
type Ended = { items: INodeExecutionData[] } | { company: CompanyItems; error: unknown };

/** An execution of the node: what its runs share. */
interface Execution {
	context: IExecuteFunctions;
	operation: Operation;
	hints: Hints;
	together: Together;
	homeless: Run['homeless'];
}

/**
 * Works on the node's input items: one run per company, side by side. The output has the order of the input, and every
 * item says whose books it speaks of (`tenant_id`).
 *
 * @throws the first item's error (as n8n's), where the user chose to stop on errors
 */
export async function carryOut(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[]> {
	const { companies, refused } = await groupByCompany(context);
	const [firstRefused] = refused;
	if (firstRefused !== undefined && !context.continueOnFail()) {
		throw toNodeError(context.getNode(), firstRefused.error, firstRefused.item, 'Nothing was sent to Fortnox.');
	}
	const input = refused.length > 0 ? context.getInputData() : [];
	const homeless = new Map(refused.flatMap(({ item }) => input.slice(item, item + 1).map((data) => [item, data] as const)));
	const together = new Together(companies.length, !context.continueOnFail());
	const execution: Execution = { context, operation, hints: new Hints(), together, homeless };
	const ended = await Promise.all(companies.map(async (company) => await workOn(execution, company)));
	const formOfItem = (item: number): Form => formOf(operation.fields, (name) => context.getNodeParameter(name, item, undefined));
	execution.hints.show(context, companies.length, formOfItem);
	const failure = failureOf(execution, ended);
	if (failure !== undefined) throw failure;
	const items: INodeExecutionData[] = [];
	for (const run of ended) if ('items' in run) append(items, run.items);
	// A model pays for every field that it reads, also for one that says nothing.
	if (!isTool(context)) await alignColumns(items);
	append(items, await mapInTurns(refused, ({ item, error }) => ofCompany(errorItem(context, error, [item]), undefined)));
	// One run's items are in order already; sorting keeps the order of those that one input item gave.
	return companies.length + refused.length > 1 ? await sortInTurns(items, (one, other) => inputOf(one) - inputOf(other)) : items;
}

async function workOn({ context, ...shared }: Execution, company: CompanyItems): Promise<Ended> {
	const { tenantId } = company.credential;
	try {
		const items = await shared.together.run(async () => {
			const { run, finish } = await startRun(context, company, shared);
			try {
				const done = await shared.operation.execute(run);
				return await mapInTurns(done, (item) => ofCompany(item, run.fortnox.tenantId, run.isTool));
			} finally {
				finish();
			}
		});
		return { items };
	} catch (error) {
		if (!context.continueOnFail()) return { company, error };
		// Where an error left the node, n8n would pass its input on as if all were well.
		return { items: await mapInTurns(company.items.keys(), (item) => ofCompany(errorItem(context, error, [item]), tenantId)) };
	}
}

/** The error that ends an execution: that of the first item that failed, with what stands in the companies' ledgers. */
function failureOf({ context, together }: Execution, ended: readonly Ended[]): NodeApiError | NodeOperationError | undefined {
	const [first] = ended
		.flatMap((run) => ('error' in run && !(run.error instanceof StoppedWithOthers) ? [run] : []))
		.map(({ company, error }) => ({ error, item: itemOf(error) ?? firstItem(company) }))
		.sort((one, other) => one.item - other.item);
	if (first === undefined) return undefined;
	const { error, item } = first;
	const cause = error instanceof RunFailure ? error.cause : error;
	const note = together.ledgers() ?? (error instanceof RunFailure ? error.note : undefined);
	return toNodeError(context.getNode(), cause, item, note);
}

function itemOf(error: unknown): number | undefined {
	if (error instanceof RunFailure) return error.item;
	return error instanceof NodeOperationError || error instanceof NodeApiError ? numberOf(error.context.itemIndex) : undefined;
}

function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/** Changes the item in place: a copy would lose what tells n8n to send it to the error output. */
function ofCompany(item: INodeExecutionData, tenantId: number | undefined, isForModel = false): INodeExecutionData {
	const json = { ...item.json, tenant_id: tenantId ?? null };
	item.json = isForModel ? compact(json) : json;
	return item;
}

/** The first of the input items that made an output item. */
function inputOf({ pairedItem }: INodeExecutionData): number {
	const [first] = [pairedItem].flat();
	return typeof first === 'object' ? first.item : (first ?? 0);
}
