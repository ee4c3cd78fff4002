import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { FortnoxError } from '../fortnox/errors';
import { errorItem } from './errors';
import type { Operation } from './operation';
import type { Run } from './run';
import { giveWay } from '../turns';
import { RunFailure, StoppedWithOthers } from './together';

/** Writes what was checked, and gives what stands in Fortnox then. */
export type Write = () => Promise<IDataObject>;

/**
 * An operation that writes: one item after the other, in order.
 *
 * With On Error: Stop, every item of every company is checked before the first one is written to any, and an item that
 * fails all the same ends the run with what stands by then. With Continue, each item is checked and written by itself.
 *
 * @param check finds out what can be found out without writing, and gives what writes the item; throws LedgerError or FortnoxError
 */
export function writeEachItem(check: (run: Run, item: number) => Promise<Write>): Operation['execute'] {
	return async (run) => (run.context.continueOnFail() ? await writeOneByOne(run, check) : await writeAllOrNone(run, check));
}

async function writeOneByOne(run: Run, check: (run: Run, item: number) => Promise<Write>): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const item of run.items.keys()) {
		await giveWay();
		try {
			const write = await check(run, item);
			results.push(paired(await write(), item));
		} catch (error) {
			results.push(errorItem(run.context, error, [item]));
		}
	}
	return results;
}

async function writeAllOrNone(run: Run, check: (run: Run, item: number) => Promise<Write>): Promise<INodeExecutionData[]> {
	const writes = new Map<number, Write>();
	for (const item of run.items.keys()) {
		await giveWay();
		const checked = await check(run, item).catch((error: unknown) => new RunFailure(error, item, 'Nothing was written.'));
		if (checked instanceof RunFailure) throw checked;
		writes.set(item, checked);
	}
	await run.together.meet();
	const results: INodeExecutionData[] = [];
	for (const [item, write] of writes) {
		if (run.together.isStopped) throw new StoppedWithOthers();
		const written = await write().catch(
			(error: unknown) => new RunFailure(error, item, standing(results.length, writes.size, isUnclear(error) ? item : undefined)),
		);
		if (!(written instanceof RunFailure)) results.push(paired(written, item));
		run.together.tell(run.fortnox.tenantId, written instanceof RunFailure ? written.note : standing(results.length, writes.size));
		if (written instanceof RunFailure) throw written;
	}
	return results;
}

/** Whether Fortnox may have written an item whose writing failed. */
function isUnclear(error: unknown): boolean {
	return error instanceof FortnoxError && error.outcome !== 'refused';
}

/** @param unclear the item of which nobody knows */
function standing(written: number, of: number, unclear?: number): string {
	const rest = unclear === undefined ? '' : ` Of item ${unclear} it is not known.`;
	return `Items that stand in Fortnox: ${written} of ${of}.${rest}`;
}

function paired(json: IDataObject, item: number): INodeExecutionData {
	return { json, pairedItem: { item } };
}
