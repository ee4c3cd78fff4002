import type { INodeProperties } from 'n8n-workflow';

export const reverseSubledgerOption: INodeProperties = {
	displayName: 'Reverse Sub-Ledger Entry',
	name: 'reverseSubledger',
	type: 'boolean',
	default: false,
	description:
		'Whether to reverse an entry that an invoice or a payment made, which leaves that document as it is; crediting the document is the usual way',
};
