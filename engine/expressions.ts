import type { INode, INodeType, INodeTypes } from 'n8n-workflow';

const expressionNodeType: INodeType = {
	description: {
		displayName: 'Credential',
		name: 'credential',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};

export const expressionNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Expressions of a credential see the credential alone: no workflow, and a node that takes no parameters. */
export const expressionNodeTypes: INodeTypes = {
	getByName: () => expressionNodeType,
	getByNameAndVersion: () => expressionNodeType,
	getKnownTypes: () => ({}),
};
