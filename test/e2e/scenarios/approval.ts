import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import { connectedCredential, locator, nodeType, oAuth2, sandboxFor } from '../fortnox';
import { bookedSince, entryIds } from '../ledger';
import { itemsOf, type Execution, type WorkflowBody } from '../n8n';
import type { Scenario } from '../scenario';
import { AGENT } from './examples/imported';
import { answerMail, settingWith, withModel, type Setting } from './examples/setting';

const TOOL = 'Post Entry';

/** n8n's own human review: between the agent and our tool stands a node that asks by mail before the tool is run. */
function reviewed({ credentials }: Setting): WorkflowBody {
	const node = (name: string, type: string, typeVersion: number, more: Partial<INode>): INode => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const credential = (type: string): Pick<INode, 'credentials'> => ({ credentials: { [type]: credentials[type] ?? { id: '', name: '' } } });
	const fromModel = (name: string, type = 'string'): string => `={{ $fromAI('${name}', '', '${type}') }}`;
	const entry = {
		authentication: 'oAuth2',
		resource: 'journalEntry',
		operation: 'create',
		journalId: locator('code', 'A'),
		date: fromModel('date'),
		number: fromModel('number'),
		entryDescription: fromModel('text'),
		linesSource: 'json',
		linesJson: fromModel('lines', 'json'),
	};
	const ask = {
		fromEmail: 'n8n@example.com',
		toEmail: 'bookkeeper@example.com',
		subject: 'Post this?',
		approvalOptions: { values: { approvalType: 'double' } },
		options: {},
	};
	const message = '=The agent wants to run {{ $tool.name }} with {{ JSON.stringify($tool.parameters) }}';
	const to = (name: string, type: string) => ({ [type]: [[{ node: name, type: type as 'main', index: 0 }]] });
	return {
		name: 'Human review',
		nodes: [
			node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', 1.1, { webhookId: randomUUID(), parameters: { options: {} } }),
			node('AI Agent', AGENT, 3.1, { parameters: { options: {} } }),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				parameters: { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} },
				...credential('openAiApi'),
			}),
			node('Ask', 'n8n-nodes-base.emailSendHitlTool', 2.1, {
				webhookId: randomUUID(),
				parameters: { ...ask, message },
				...credential('smtp'),
			}),
			node(TOOL, `${nodeType}Tool`, 1.1, { parameters: entry, ...credential(oAuth2) }),
		],
		connections: {
			Chat: to('AI Agent', 'main'),
			Model: to('AI Agent', 'ai_languageModel'),
			Ask: to('AI Agent', 'ai_tool'),
			[TOOL]: to('Ask', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Has the model ask for an entry, and a person answer. Returns the mail and the finished execution. */
async function answered(setting: Setting, id: string, approved: boolean): Promise<{ mail: string; execution: Execution }> {
	const mails = setting.mailbox.mails().length;
	const running = await setting.n8n.run(id, 'Chat', 'Coffee for the shop, 150 kronor');
	const mail = await answerMail(setting, mails, approved);
	return { mail, execution: await setting.n8n.finished(running) };
}

export const approval: Scenario = {
	name: 'approval',
	proves: 'n8n’s own human review of tools stands before our tool: declined, nothing is posted; approved, the entry is, once',
	lines: [2],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const setting = await settingWith(context, { n8n, sandbox, fortnox: await connectedCredential(n8n, sandbox) });
		const date = stockholmDate(Date.now());
		const lines = [
			{ account: '6110', debit: 150 },
			{ account: '1930', credit: 150 },
		];
		const input = { toolParameters: { date, number: 'REVIEW-1', text: 'Kaffe', lines }, hitlParameters: {} };
		const withScript = await withModel(setting, { turns: [[{ tool: TOOL.replaceAll(' ', '_'), input }]], answer: 'Done.' });
		const id = await n8n.createWorkflow(reviewed(withScript));
		const before = entryIds(sandbox);
		const declined = await answered(withScript, id, false);
		assert.match(declined.mail, /REVIEW-1/, 'the person sees what is to be posted');
		assert.equal(itemsOf(declined.execution, 'AI Agent')[0]?.json.output, 'Done.');
		assert.match(withScript.model.toolsSaid().join('\n'), /reject/i);
		assert.deepEqual(bookedSince(sandbox, before), []);
		for (const time of [1, 2]) {
			const { execution } = await answered(withScript, id, true);
			assert.equal(itemsOf(execution, 'AI Agent')[0]?.json.output, 'Done.');
			assert.match(withScript.model.toolsSaid().join('\n'), time === 1 ? /REVIEW-1/ : /"already_posted":true/);
			assert.deepEqual(bookedSince(sandbox, before), [`${date}, 1930 -15000, 6110 15000`]);
		}
		context.note('declined, nothing is posted and the model hears of it; approved, the entry is; approved once more, it is there already');
	},
};
