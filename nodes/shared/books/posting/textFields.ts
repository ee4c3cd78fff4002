import type { INodeProperties } from 'n8n-workflow';

/** The parameter for an entry's text, and its name in version 1 of the node. Both are read, the newer one first. */
const [NAME, NAME_OF_VERSION_1] = ['entryDescription', 'description'];
export const TEXT_NAMES: readonly string[] = [NAME, NAME_OF_VERSION_1];

/**
 * The text of an entry. n8n denies its button *Let the model define this parameter* to a parameter of the name
 * `description` (seen in n8n 1.123 and 2.41), so new nodes show it under another name. The name that a version of the node
 * does not show is kept all the same, for workflows that were written by hand or by a program.
 */
export function textFields(text: Pick<INodeProperties, 'placeholder' | 'description'>): INodeProperties[] {
	const field: INodeProperties = { displayName: 'Description', name: NAME, type: 'string', default: '', ...text };
	const old: INodeProperties = { ...field, name: NAME_OF_VERSION_1 };
	const inVersion1 = { displayOptions: { show: { '@version': [1] } } };
	const later = { displayOptions: { hide: { '@version': [1] } } };
	return [
		{ ...old, ...inVersion1 },
		{ ...field, ...inVersion1, type: 'hidden' },
		{ ...field, ...later },
		{ ...old, ...later, type: 'hidden' },
	];
}
