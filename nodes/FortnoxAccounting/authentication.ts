import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The credentials that the node and the trigger take, and the parameter that picks between them. */

export const credentials: INodeCredentialDescription[] = [
	{
		name: 'fortnoxOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
	{
		name: 'fortnoxServiceAccountApi',
		required: true,
		displayOptions: { show: { authentication: ['serviceAccount'] } },
	},
];

export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'OAuth2', value: 'oAuth2' },
		{ name: 'Service Account', value: 'serviceAccount' },
	],
	default: 'oAuth2',
	description: 'How to connect to Fortnox',
};
