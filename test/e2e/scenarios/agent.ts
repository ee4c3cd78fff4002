import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import type { ToolCall } from '../fakeModel';
import { connectedCredential, locator, nodeType, oAuth2, sandboxFor, tenantId } from '../fortnox';
import { itemsOf, type WorkflowBody } from '../n8n';
import type { Scenario } from '../scenario';
import { AGENT } from './examples/imported';
import { settingWith, withModel, type Setting } from './examples/setting';

/** The versions that the editor adds: of n8n 2.41 and of 1.123. */
const NEWEST = { 2: 3.1, 1: 3 } as const;

const LINES = "={{ $fromAI('lines', 'JSON array of lines with account, debit or credit', 'json') }}";

const ENTRY: INodeParameters = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: locator('code', 'A'),
	date: "={{ $fromAI('date', 'YYYY-MM-DD', 'string') }}",
	number: "={{ $fromAI('number', 'Unique number of the entry', 'string') }}",
	description: "={{ $fromAI('description', 'What the entry is for', 'string') }}",
	linesSource: 'json',
	linesJson: LINES,
};

/** Tools by name, as a person sets them up in the editor. */
const TOOLS: Record<string, INodeParameters> = {
	'Get Entry': { resource: 'journalEntry', operation: 'get', journalEntryId: "={{ $fromAI('id', 'Id such as A-17-3', 'string') }}" },
	'Get Whole Entry': {
		resource: 'journalEntry',
		operation: 'get',
		output: 'full',
		journalEntryId: "={{ $fromAI('id', 'Id such as A-17-3', 'string') }}",
	},
	'Get Day of Entry': {
		resource: 'journalEntry',
		operation: 'get',
		output: 'selected',
		outputFields: 'date',
		journalEntryId: "={{ $fromAI('id', 'Id such as A-17-3', 'string') }}",
	},
	'Check Entry': { ...ENTRY, options: { dryRun: true } },
	'Look at Entry': { ...ENTRY, readOnly: true, options: {} },
	'Make Account': {
		resource: 'account',
		operation: 'create',
		readOnly: true,
		number: "={{ $fromAI('number', 'Account number', 'string') }}",
		name: 'Agentens konto',
	},
	'Post Entry': { ...ENTRY, options: {} },
	'Post Without Number': { ...ENTRY, number: '', options: {} },
};

function agentWorkflow({ n8n, credentials }: Setting): WorkflowBody {
	const credential = (type: string) => ({ credentials: { [type]: credentials[type] ?? { id: '', name: '' } } });
	const node = (name: string, type: string, typeVersion: number, more: Partial<INode> = {}): INode => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: {},
		...more,
	});
	// A tool's error ends the run of n8n 1's agent, unless the tool goes on; that of n8n 2 hears of it where nothing is chosen.
	const onError = n8n.options.installed.line === 1 ? 'continueRegularOutput' : undefined;
	const tools = Object.entries(TOOLS).map(([name, parameters]) =>
		node(name, `${nodeType}Tool`, 1.1, {
			parameters: { authentication: 'oAuth2', ...parameters },
			...(onError && { onError }),
			...credential(oAuth2),
		}),
	);
	const model = { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} };
	const to = (type: string) => ({ [type]: [[{ node: 'AI Agent', type: type as 'main', index: 0 }]] });
	return {
		name: 'Agent with tools',
		nodes: [
			node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', 1.1, { webhookId: randomUUID(), parameters: { options: {} } }),
			node('AI Agent', AGENT, NEWEST[n8n.options.installed.line], { parameters: { options: {} } }),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, { parameters: model, ...credential('openAiApi') }),
			...tools,
		],
		connections: { Chat: to('main'), Model: to('ai_languageModel'), ...Object.fromEntries(tools.map(({ name }) => [name, to('ai_tool')])) },
		settings: { executionOrder: 'v1' },
	};
}

/** Has an agent call tools, turn by turn, and returns what each of them said to the model, in the order of the calls. */
async function converse(setting: Setting, turns: ToolCall[][]): Promise<string[]> {
	const withScript = await withModel(setting, { turns, answer: 'Done.' });
	const { n8n, model } = withScript;
	const id = await n8n.createWorkflow(agentWorkflow(withScript));
	const execution = await n8n.finished(await n8n.run(id, 'Chat', 'Go on'));
	assert.equal(itemsOf(execution, 'AI Agent')[0]?.json.output, 'Done.');
	const said = model.toolsSaid();
	assert.equal(said.length, turns.flat().length, 'the model hears of every call');
	return said;
}

const LINES_OF_ENTRY = [
	{ account: '6110', debit: 100 },
	{ account: '1930', credit: 100 },
];

/** What a model fills in for an entry of today. */
function entry(number: string, more: object = {}): object {
	return { number, date: stockholmDate(Date.now()), description: 'Kaffe', lines: LINES_OF_ENTRY, ...more };
}

function count({ sandbox }: Setting): number {
	return sandbox.company(tenantId).vouchers().length;
}

async function shortAnswers(setting: Setting): Promise<string> {
	const [whole = '', short = '', day = '', missing = ''] = await converse(setting, [
		['Get_Whole_Entry', 'Get_Entry', 'Get_Day_of_Entry'].map((tool) => ({ tool, input: { id: 'A-2-4' } })),
		[{ tool: 'Get_Entry', input: { id: 'A-9999-4' } }],
	]);
	assert.match(whole, /"account_number":"6110"/);
	for (const answer of [whole, short, day]) assert.doesNotMatch(answer, /null|\[\]|""/, 'a model pays for every field');
	assert.match(short, /"accounts":"/);
	assert.ok(short.length < whole.length / 2, `${short.length} characters are less than half of ${whole.length}`);
	assert.match(day, /"date":"/);
	assert.doesNotMatch(day, /"description"/);
	assert.match(missing, /A-9999-4|9999/);
	return `three calls side by side: ${whole.length} characters in full, ${short.length} simplified, ${day.length} selected; none is empty`;
}

async function onlyChecks(setting: Setting): Promise<string> {
	const before = count(setting);
	const [checked = '', refused = '', twofold = ''] = await converse(setting, [
		[{ tool: 'Check_Entry', input: entry('AGENT-1') }],
		[{ tool: 'Check_Entry', input: entry('AGENT-1', { lines: [LINES_OF_ENTRY[0], { account: '1930', credit: 90 }] }) }],
		[{ tool: 'Check_Entry', input: entry('AGENT-1', { lines: [LINES_OF_ENTRY[0], { account: '1', credit: 100 }], date: '2026-02-30' }) }],
	]);
	assert.match(checked, /"dry_run":true/);
	assert.match(refused, /does not balance.*10\.00 too much in debit/);
	// AI Agent 3.1 tells its model the message of an error alone: both problems must be in it.
	assert.match(twofold, /2026-02-30/);
	assert.match(twofold, /"1\\*" is not an account number/);
	const [looked = '', made = ''] = await converse(setting, [
		[
			{ tool: 'Look_at_Entry', input: entry('AGENT-1') },
			{ tool: 'Make_Account', input: { number: '5999' } },
		],
	]);
	assert.match(looked, /"dry_run":true/);
	assert.match(made, /Read Only|read-only/i);
	assert.equal(count(setting), before, 'nothing is posted by a tool that only checks');
	const accounts = setting.sandbox.company(tenantId).currentYear()?.accounts;
	assert.ok(accounts && !accounts.has(5999), 'nothing is made by a tool that only reads');
	return 'tools with Validate Only or Read Only: nothing is posted; its errors say what is wrong and with which figures';
}

async function postsOnce(setting: Setting): Promise<string> {
	const before = count(setting);
	const tea = entry('AGENT-3', { description: 'Te' });
	const posted = await converse(setting, [
		[entry('AGENT-2'), tea, entry('AGENT-2')].map((input) => ({ tool: 'Post_Entry', input })),
		[{ tool: 'Post_Entry', input: tea }],
	]);
	assert.equal(count(setting), before + 2, 'each number is posted once');
	assert.match(posted[3] ?? '', /"already_posted":true/);
	const unnumbered = (description: string): ToolCall => ({ tool: 'Post_Without_Number', input: entry('', { description }) });
	await converse(setting, [[unnumbered('Vatten'), unnumbered('Saft')], [unnumbered('Vatten')]]);
	assert.equal(count(setting), before + 4, 'what a model repeats without a number is the same entry');
	return 'calls side by side and again, with and without numbers: each entry is posted once';
}

export const agent: Scenario = {
	name: 'agent',
	proves: 'the node as a tool of the newest AI Agent: short answers, calls side by side, errors to act on, no write where it only checks',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const setting = await settingWith(context, { n8n, sandbox, fortnox: await connectedCredential(n8n, sandbox) });
		for (const part of [shortAnswers, onlyChecks, postsOnce]) context.note(await part(setting));
	},
};
