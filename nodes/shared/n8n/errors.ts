import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { describeError } from '../unified/errors';

/**
 * An error of any room as n8n shows it: the sentence as its message, what Fortnox said as its description, and
 * `error_code`, `problems` and Fortnox's own code in its context. Built from plain data, so that no request (and no
 * token in its headers) is kept with it.
 *
 * @param item index of the input item that the error belongs to
 * @param note a sentence about the run as a whole, such as what was posted before
 */
export function toNodeError(node: INode, error: unknown, item: number, note?: string): NodeApiError | NodeOperationError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
	const described = describeError(error);
	const message = note === undefined ? described.message : `${described.message} ${note}`;
	const nodeError =
		described.http_status === undefined
			? new NodeOperationError(node, message, { message, description: described.description, itemIndex: item })
			: new NodeApiError(node, { message, error_code: described.error_code } satisfies JsonObject, {
					message,
					description: described.description,
					httpCode: String(described.http_status),
					itemIndex: item,
				});
	Object.assign(nodeError.context, errorFields(described), { itemIndex: item, ...(note !== undefined && { note }) });
	return nodeError;
}

/** The output item of an entry or item that failed where the user chose to continue. */
export function errorItem(context: IExecuteFunctions, error: unknown, items: readonly number[]): INodeExecutionData {
	const first = items[0] ?? 0;
	const described = describeError(error);
	const item: INodeExecutionData = {
		json: { error: described.message, ...errorFields(described), item_index: first },
		pairedItem: items.map((index) => ({ item: index })),
	};
	// n8n sends an item to the error output where it has `error`, and replaces the JSON of one that still has it
	// afterwards. Routing copies the item, and a property that is not enumerable is left behind by that.
	if (context.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(item, 'error', { value: toNodeError(context.getNode(), error, first), writable: true });
	}
	return item;
}

function errorFields(described: ReturnType<typeof describeError>): IDataObject {
	const { error_code, problems, fortnox_code, fortnox_message, http_status } = described;
	return {
		error_code,
		...(problems !== undefined && { problems }),
		...(fortnox_code !== undefined && { fortnox_code }),
		...(fortnox_message !== undefined && { fortnox_message }),
		...(http_status !== undefined && { http_status }),
	};
}
