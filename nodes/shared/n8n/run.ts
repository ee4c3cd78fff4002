import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FortnoxApi } from '../fortnox/api';
import type { Given } from './given';
import type { Together } from './together';

/** What it takes to read a company's ledger. The trigger has no more than this. */
export interface Reader {
	fortnox: FortnoxApi;
	/**
	 * Tells the user something, once however often it is said.
	 * @param item the input item whose fields the message names; default: the first
	 */
	hint(message: string, item?: number): void;
}

/**
 * What one execution of the node does for one company: n8n's context, the company's ledger, and the input items that
 * are meant for it. An execution has one run per company.
 */
export interface Run extends Reader {
	context: IExecuteFunctions;
	/**
	 * The company's input items by their index in the node's whole input, which n8n's functions ask for: a company's first
	 * item need not have the index 0.
	 */
	items: ReadonlyMap<number, INodeExecutionData>;
	/** Input items of which nobody can say which company they are meant for, by their index, too: they are in no run. */
	homeless: ReadonlyMap<number, INodeExecutionData>;
	/**
	 * The operation's parameters for an item. Read them with the functions of `parameters.ts`.
	 *
	 * @throws {LedgerError} where one of them is not what its field declares
	 */
	given(item: number): Given;
	/** Tells the user what came of the run as a whole, above all hints. */
	headline(message: string): void;
	/** Keeps in step with the runs of the execution's other companies. */
	together: Together;
	/** Aborted when the execution is cancelled. */
	signal?: AbortSignal;
	/** An AI agent called the node as its tool. */
	isTool: boolean;
}

/** The index of a run's first item, for what all its items share. */
export function firstItem({ items }: Pick<Run, 'items'>): number {
	const [first] = items.keys();
	return first ?? 0;
}
