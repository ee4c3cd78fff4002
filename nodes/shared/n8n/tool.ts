import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isObject } from '../unified/readObject';

/**
 * Whether the node runs as the tool of an agent. Older versions of n8n don't tell, and AI Agent 3 runs its tools as nodes of
 * the workflow; but the type of the tool that n8n makes of a node ends so.
 */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || ('isToolExecution' in context && context.isToolExecution());
}

/**
 * Puts all problems of an error into its message: AI Agent 3.1 (n8n 2.41) tells its model the message alone, which
 * otherwise has the first problem and the number of the others.
 */
export function tellModel<T extends NodeApiError | NodeOperationError>(error: T): T {
	const { problems } = error.context;
	const messages = Array.isArray(problems) ? problems.filter(isObject).map(({ message }) => String(message)) : [];
	if (messages.length > 1) error.message = messages.join('\n');
	return error;
}
