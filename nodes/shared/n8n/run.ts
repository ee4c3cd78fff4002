import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FortnoxApi } from '../fortnox/api';
import type { Given } from './given';

/** What it takes to read a company's ledger. The trigger has no more than this. */
export interface Reader {
	fortnox: FortnoxApi;
	/** Tells the user something, once however often it is said. */
	hint(message: string): void;
}

/** One execution of the node: n8n's context, the company's ledger, and what the user is to be told at the end. */
export interface Run extends Reader {
	context: IExecuteFunctions;
	items: INodeExecutionData[];
	/**
	 * The operation's parameters for an item. Read them with the functions of `parameters.ts`.
	 *
	 * @throws {LedgerError} where one of them can't be taken for what its field declares
	 */
	given(item: number): Given;
	/** Aborted when the execution is cancelled. */
	signal?: AbortSignal;
	/** An AI agent called the node as its tool. */
	isTool: boolean;
}

/** How many hints of a run are shown; more would hide the output. */
const MAX_HINTS = 10;

/** Collects a run's hints; `show` hands them to n8n. */
export class Hints {
	private readonly messages = new Set<string>();

	add(message: string): void {
		this.messages.add(message);
	}

	show(context: IExecuteFunctions): void {
		if (this.messages.size === 0) return;
		const all = [...this.messages];
		const shown = all.slice(0, MAX_HINTS);
		if (all.length > shown.length) shown.push(`… and ${all.length - shown.length} more notes of this kind.`);
		context.addExecutionHints(...shown.map((message) => ({ message, location: 'outputPane' as const })));
	}
}
