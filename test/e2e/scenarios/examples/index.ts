import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { stockholmDate } from '../../../../sandbox/company/clock';
import { app, connectedCredential, credentialFields, sandboxFor, serviceAccount, tenantId } from '../../fortnox';
import { itemsOf, type N8n, type WorkflowBody } from '../../n8n';
import type { Scenario } from '../../scenario';
import { monthExamples } from '../month';
import { AGENT, folder, importExample } from './imported';
import { posting } from './posting';
import { reading } from './reading';
import { FIRM, settingWith, withModel, type ExampleRun, type Setting } from './setting';

/** The examples that run here, in this order; the scenario `month` runs the others. */
export const exampleRuns: Readonly<Record<string, ExampleRun>> = { ...posting, ...reading, 'agent-answers-from-ledger.json': agentAnswers };

export const examples: Scenario = {
	name: 'examples',
	proves: 'every workflow of examples/ runs as it is imported, and its result is the sandbox’s truth',
	lines: [2, 1],
	async run(context) {
		const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
		assert.deepEqual(files.sort(), [...Object.keys(exampleRuns), ...monthExamples].sort(), 'every example is run');
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		await knowsAllNodes(n8n, files);
		const fortnox = await connectedCredential(n8n, sandbox);
		for (const company of FIRM) sandbox.consent({ clientId: app.clientId, tenantId: company, serviceAccount: true });
		const firm = { id: await n8n.createCredential('Fortnox firm', serviceAccount, credentialFields(sandbox)), name: 'Fortnox firm' };
		const setting = await settingWith(context, { n8n, sandbox, fortnox, firm });
		for (const [file, run] of Object.entries(exampleRuns)) context.note(`${file}: ${await run(setting)}`);
	},
};

interface NodeType {
	name: string;
	version: number | number[];
}

/** Every node of the examples has a type and a version that this n8n knows; n8n 1 has no agent of version 3.1. */
async function knowsAllNodes(n8n: N8n, files: string[]): Promise<void> {
	const known = new Set(
		(await n8n.types<NodeType>('nodes')).flatMap(({ name, version }) => [version].flat().map((one) => `${name} ${one}`)),
	);
	for (const file of files) {
		const { nodes } = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowBody;
		for (const { name, type, typeVersion } of nodes) {
			if (type === AGENT && n8n.options.installed.line === 1) continue;
			assert.ok(known.has(`${type} ${typeVersion}`), `${file}: n8n knows the type of ${name}, ${type} ${typeVersion}`);
		}
	}
}

/** The agent runs on a model that asks for one tool and then repeats what the tool said. */
async function agentAnswers(setting: Setting): Promise<string> {
	const month = stockholmDate(Date.now()).slice(0, 7);
	const { n8n, sandbox, credentials, model } = await withModel(setting, {
		turns: [[{ tool: 'Get_Balances', input: { accounts: '1930', end: month } }]],
	});
	const { id } = await importExample(n8n, 'agent-answers-from-ledger.json', credentials);
	const execution = await n8n.finished(await n8n.run(id, 'When Chat Message Received', 'How much money is in the bank?'));
	const answer = String(itemsOf(execution, 'AI Agent')[0]?.json.output);
	const year = sandbox.company(tenantId).currentYear();
	const account = year?.accountsByNumber().find(({ number }) => number === 1930);
	assert.ok(year && account);
	const balance = (account.broughtForward + year.movement(1930)) / 100;
	assert.ok(answer.includes(`"balance":${balance}`), `${answer} has the balance ${balance}`);
	assert.ok(model.toolsOffered().includes('Search_Entries'), 'the model is offered both tools');
	return `the tool’s answer has the sandbox’s balance of 1930, ${balance}`;
}
