import assert from 'node:assert/strict';

import type { INodeParameters } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import type { Sandbox } from '../../../sandbox';
import { app, credentialFields, nodeType, sandboxFor, serviceAccount, type Credential } from '../fortnox';
import { itemsOf, type N8n } from '../n8n';
import type { Scenario } from '../scenario';
import { builtIn, workflow, type Step } from '../workflow';

const TENANTS = [1001, 1003];
const EACH = 3;

/** The entries of a scenario's run, whose texts say for which company they were meant. */
function textsIn(sandbox: Sandbox, tenantId: number, run: string): string[] {
	return sandbox
		.company(tenantId)
		.vouchers()
		.map(({ description }) => description)
		.filter((description) => description.startsWith(`${run} `));
}

function post(credential: Credential, parameters: INodeParameters): Step {
	return {
		name: 'Post',
		type: nodeType,
		typeVersion: 1,
		parameters: {
			authentication: 'serviceAccount',
			resource: 'journalEntry',
			operation: 'create',
			journalId: { __rl: true, mode: 'code', value: 'A' },
			date: stockholmDate(Date.now()),
			number: '={{ $json.number }}',
			description: '={{ $json.text }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: 1 }, { account: "3001", credit: 1 }] }}',
			...parameters,
		},
		credentials: { [serviceAccount]: credential },
	};
}

async function run(n8n: N8n, sandbox: Sandbox, name: string, step: Step): Promise<void> {
	const items = Array.from({ length: EACH }, (_, round) =>
		TENANTS.map((tenant) => ({ tenant, number: `${name}-${tenant}-${round}`, text: `${name} for ${tenant} no ${round}` })),
	).flat();
	const id = await n8n.createWorkflow(
		workflow(name, [
			builtIn('Manual Trigger', 'manualTrigger', 1),
			builtIn('Items', 'code', 2, { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` }),
			step,
		]),
	);
	const output = itemsOf(await n8n.finished(await n8n.run(id, 'Manual Trigger')), 'Post');
	assert.deepEqual(
		output.map(({ json }) => json.tenant_id),
		items.map(({ tenant }) => tenant),
		`${name}: the order of the input`,
	);
	for (const tenant of TENANTS) {
		const meant = items.filter((item) => item.tenant === tenant).map(({ text }) => text);
		assert.deepEqual(textsIn(sandbox, tenant, name), meant, `${name}: the books of ${tenant}`);
	}
}

export const companies: Scenario = {
	name: 'companies',
	proves: 'items of two companies land in their own books, with the tenant ID in the node and in the credential',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		for (const tenantId of TENANTS) sandbox.consent({ clientId: app.clientId, tenantId, serviceAccount: true });
		const n8n = await context.startN8n();
		const create = async (name: string, tenantId: string): Promise<Credential> => ({
			id: await n8n.createCredential(name, serviceAccount, { ...credentialFields(sandbox), tenantId }),
			name,
		});
		await run(n8n, sandbox, 'Parameter', post(await create('Without company', ''), { tenantId: '={{ $json.tenant }}' }));
		await run(n8n, sandbox, 'Credential', post(await create('By expression', '={{ $json.tenant }}'), {}));
		context.note(
			`${TENANTS.length} companies, ${EACH} entries each, interleaved: by the node's parameter and by the credential's expression`,
		);
	},
};
