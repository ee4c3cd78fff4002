import type { INodeProperties } from 'n8n-workflow';

/** A field of both credentials; `usableBaseUrl` heeds it. */
export const allowLocalHttpField: INodeProperties = {
	displayName: 'Allow Local HTTP',
	name: 'allowLocalHttp',
	type: 'boolean',
	default: false,
	description:
		'Whether the addresses may begin with http:// on private names and addresses too, such as http://host.docker.internal:4010 for a sandbox beside n8n in Docker. Secrets are sent there unencrypted.',
};
