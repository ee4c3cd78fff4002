import type { INodeProperties } from 'n8n-workflow';

/** Options that many operations have. */

export const rawResponseOption: INodeProperties = {
	displayName: 'Include Raw Response',
	name: 'rawResponse',
	type: 'boolean',
	default: false,
	description: "Whether to add Fortnox's own object under 'raw'",
};

export const unsupportedCharactersOption: INodeProperties = {
	displayName: 'Unsupported Characters',
	name: 'unsupportedCharacters',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Refuse texts with characters that Fortnox does not accept' },
		{ name: 'Replace', value: 'replace', description: 'Replace them by similar ones, and say so' },
	],
	default: 'replace',
	description: 'What to do with characters that Fortnox does not accept, such as quotation marks, brackets and emoji',
};

export const dryRunOption: INodeProperties = {
	displayName: 'Validate Only',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to run all checks and return what would be posted, without posting anything',
};

export const maxWaitOption: INodeProperties = {
	displayName: 'Maximum Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many seconds a request may wait for the rate limit in all; 0 for as long as it takes',
};
