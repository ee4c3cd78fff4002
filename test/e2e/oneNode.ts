import type { INodeParameters } from 'n8n-workflow';

import { nodeType, oAuth2, type Credential } from './fortnox';
import type { N8n } from './n8n';
import { builtIn, workflow } from './workflow';

interface OneNode {
	/** Of the workflow. */
	id: string;
	/** Of our node, and of the one behind it. */
	node: string;
	next: string;
}

/** A workflow with one node of ours, as the editor puts it on the canvas, and a node behind it. */
export async function oneNode(n8n: N8n, credential: Credential, parameters: INodeParameters, timezone?: string): Promise<OneNode> {
	const node = {
		name: 'Fortnox Accounting',
		type: nodeType,
		typeVersion: 1.1,
		parameters: { authentication: 'oAuth2', ...parameters },
		credentials: { [oAuth2]: credential },
	};
	const body = workflow('One node', [builtIn('Manual Trigger', 'manualTrigger', 1), node, builtIn('Edit Fields', 'set', 3.4)]);
	const id = await n8n.createWorkflow({ ...body, settings: { ...body.settings, ...(timezone !== undefined && { timezone }) } });
	return { id, node: body.nodes[1]?.id ?? '', next: body.nodes[2]?.id ?? '' };
}
