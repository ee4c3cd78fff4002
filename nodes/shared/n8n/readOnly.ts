import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isObject } from '../unified/readObject';
import { valueOf } from './company';
import type { Given } from './given';
import type { Operation } from './operation';

/** Keeps an agent's tool from changing anything in Fortnox, whatever the model asks for. The model can't switch it. */
export const readOnlyField: INodeProperties = {
	displayName: 'Read Only',
	name: 'readOnly',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { '@tool': [true] } },
	description:
		'Whether the agent is kept from changing anything in Fortnox with this tool: operations that post an entry only show what they would post, as with Validate Only, and others that write are refused',
};

export function isReadOnly(context: IExecuteFunctions, item: number): boolean {
	return valueOf(context, readOnlyField, item) === true;
}

/** The parameters of an operation that is to check only, where it can. What it sends all the same, the connection refuses. */
export function validating({ fields }: Operation, given: (item: number) => Given): (item: number) => Given {
	const options = fields.find(({ name }) => name === 'options')?.options ?? [];
	if (!options.some(({ name }) => name === 'dryRun')) return given;
	return (item) => {
		const own = given(item);
		return { ...own, options: { ...(isObject(own.options) && own.options), dryRun: true } };
	};
}
