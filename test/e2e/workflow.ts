import { randomUUID } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowBody } from './n8n';

/** A node that is put on the canvas; position and id are given by `workflow`. */
export type Step = Pick<INode, 'name' | 'type' | 'typeVersion'> & Partial<INode>;

/** A node of n8n's own. */
export function builtIn(name: string, type: string, typeVersion: number, parameters: INodeParameters = {}): Step {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters };
}

/** A workflow whose nodes are connected one after the other. */
export function workflow(name: string, steps: Step[]): WorkflowBody {
	const nodes = steps.map((step, index): INode => ({ id: randomUUID(), position: [index * 220, 0], parameters: {}, ...step }));
	const connections: WorkflowBody['connections'] = {};
	nodes.forEach((node, index) => {
		const next = nodes[index + 1];
		if (next !== undefined) {
			connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
		}
	});
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
