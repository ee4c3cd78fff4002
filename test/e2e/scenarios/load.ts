import assert from 'node:assert/strict';

import { packageName } from '../package';
import type { Scenario } from '../scenario';

interface NodeEntry {
	name: string;
	displayName: string;
	outputs: unknown;
	credentials?: Array<{ name: string }>;
}

interface CredentialEntry {
	name: string;
	displayName: string;
	supportedNodes?: string[];
	iconUrl?: unknown;
}

export const load: Scenario = {
	name: 'load',
	proves: 'the installed package brings its node, tool, trigger and both credentials under their own names',
	lines: [2, 1],
	async run({ startN8n, note }) {
		const n8n = await startN8n();
		const prefix = await packageName();
		const nodes = await n8n.types<NodeEntry>('nodes');
		const ours = nodes.filter(({ name }) => name.startsWith(`${prefix}.`));
		assert.deepEqual(ours.map(({ name }) => name.slice(prefix.length + 1)).sort(), [
			'fortnoxAccounting',
			'fortnoxAccountingInstantTrigger',
			'fortnoxAccountingTool',
			'fortnoxAccountingTrigger',
		]);
		const node = ours.find(({ name }) => name === `${prefix}.fortnoxAccounting`);
		const tool = ours.find(({ name }) => name === `${prefix}.fortnoxAccountingTool`);
		assert.equal(node?.displayName, 'Fortnox Accounting');
		assert.deepEqual(
			node.credentials?.map(({ name }) => name),
			['fortnoxOAuth2Api', 'fortnoxServiceAccountApi'],
		);
		assert.deepEqual(tool?.outputs, ['ai_tool']);

		const credentials = await n8n.types<CredentialEntry>('credentials');
		for (const [name, displayName] of [
			['fortnoxOAuth2Api', 'Fortnox OAuth2 API'],
			['fortnoxServiceAccountApi', 'Fortnox Service Account API'],
		]) {
			const credential = credentials.find((one) => one.name === name);
			assert.equal(credential?.displayName, displayName);
			assert.ok(credential?.supportedNodes?.includes(`${prefix}.fortnoxAccounting`), `${name} lists the node`);
			assert.ok(credential?.iconUrl, `${name} has an icon`);
		}
		note(`${ours.length} of ${nodes.length} node types are this package's`);
	},
};
