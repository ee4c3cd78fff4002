import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Sandbox } from '../../../../sandbox';
import { nodeType, oAuth2, serviceAccount, tenantId, type Credential } from '../../fortnox';
import { itemsOf, type Execution, type N8n, type WorkflowBody } from '../../n8n';

export const folder = resolve(__dirname, '../../../../examples');

/** Credentials of n8n's own nodes. */
const OTHER_CREDENTIALS: Readonly<Record<string, string>> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.emailSend': 'smtp',
};

export const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** The newest version of the agent that n8n 1 has. */
const AGENT_OF_N8N_1 = 3;

/** Imports an example as it is, but for the credentials, which n8n leaves to the person who imports. */
export async function importExample(
	n8n: N8n,
	file: string,
	credentials: Record<string, Credential>,
): Promise<WorkflowBody & { id: string }> {
	const example = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowBody;
	const nodes = example.nodes.map((node) => {
		const own = node.parameters.authentication === 'serviceAccount' ? serviceAccount : oAuth2;
		const type = node.type.startsWith(nodeType) ? own : OTHER_CREDENTIALS[node.type];
		const credential = type === undefined ? undefined : credentials[type];
		const typeVersion = node.type === AGENT && n8n.options.installed.line === 1 ? AGENT_OF_N8N_1 : node.typeVersion;
		return { ...node, typeVersion, ...(type !== undefined && credential !== undefined && { credentials: { [type]: credential } }) };
	});
	const body = { ...example, nodes };
	return { ...body, id: await n8n.createWorkflow(body) };
}

/** The entries that a node put out as the sandbox has booked them: account → öre, with a minus for credit. */
export function booked(sandbox: Sandbox, execution: Execution, node: string): Array<Record<number, number>> {
	const vouchers = sandbox.company(tenantId).vouchers();
	return itemsOf(execution, node).map(({ json }) => {
		const found = vouchers.filter(({ series, number, yearId }) => `${series}-${number}-${yearId}` === json.id);
		assert.equal(found.length, 1, `${String(json.id)} is booked once`);
		const sums: Record<number, number> = {};
		for (const { account, debit, credit } of found[0]?.rows ?? []) sums[account] = (sums[account] ?? 0) + debit - credit;
		return sums;
	});
}
