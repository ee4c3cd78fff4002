import type { INodeProperties, IPollFunctions, ITriggerFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from './errors';
import { showInForm } from './errorView';
import { formOf } from './formNames';

/** An error of any room as n8n shows it, in the words of the trigger's form. */
export function toTriggerError(
	context: IPollFunctions | ITriggerFunctions,
	error: unknown,
	fields: readonly INodeProperties[],
): NodeApiError | NodeOperationError {
	return showInForm(
		toNodeError(context.getNode(), error, 0),
		formOf(fields, (name) => context.getNodeParameter(name)),
	);
}
