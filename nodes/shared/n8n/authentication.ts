import type { INodeProperties } from 'n8n-workflow';

/** Picks between the credentials that the node and the trigger take. */
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
