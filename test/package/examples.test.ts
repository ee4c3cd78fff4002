import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeProperties } from 'n8n-workflow';

import { FortnoxOAuth2Api } from '../../credentials/FortnoxOAuth2Api.credentials';
import { FortnoxServiceAccountApi } from '../../credentials/FortnoxServiceAccountApi.credentials';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { exampleRuns } from '../e2e/scenarios/examples';
import { monthExamples } from '../e2e/scenarios/month';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'examples');
const NOTE = 'n8n-nodes-base.stickyNote';
const OWN = 'n8n-nodes-fortnox-accounting.';

interface Example {
	name: string;
	nodes: INode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	settings: object;
	pinData?: object;
}

/**
 * Versions of n8n's own nodes in the examples. All but the agent's are known to n8n 1.123 as well; a real n8n looks each of
 * them up in the scenario `examples`.
 */
const VERSIONS: Readonly<Record<string, number[]>> = {
	'@n8n/n8n-nodes-langchain.agent': [3.1],
	'@n8n/n8n-nodes-langchain.chatTrigger': [1.1],
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': [1.2],
	'n8n-nodes-base.code': [2],
	'n8n-nodes-base.convertToFile': [1.1],
	'n8n-nodes-base.emailSend': [2.1],
	'n8n-nodes-base.extractFromFile': [1],
	'n8n-nodes-base.if': [2.2],
	'n8n-nodes-base.limit': [1],
	'n8n-nodes-base.manualTrigger': [1],
	'n8n-nodes-base.merge': [3],
	'n8n-nodes-base.noOp': [1],
	'n8n-nodes-base.scheduleTrigger': [1.2],
	'n8n-nodes-base.set': [3.4],
	[NOTE]: [1],
	'n8n-nodes-fortnox-accounting.fortnoxAccounting': [1.1],
	'n8n-nodes-fortnox-accounting.fortnoxAccountingTool': [1.1],
};

/** What the notes name that is n8n's own, a service's, or a column of what a workflow makes. */
const WORDS_OF_N8N = [
	'Always Output Data',
	'Download Attachments',
	'Email Trigger (IMAP)',
	'Error',
	'Execute Once',
	'HTTP Request',
	'Local File Trigger',
	'Payout reconciliation',
	'Read/Write Files from Disk',
	'Send and Wait for Response',
];

/** Everything that the form of our node and the credentials show as a name. */
const LABELS = new Set([
	...labelsOf(new FortnoxAccounting().description.properties),
	new FortnoxOAuth2Api().displayName,
	new FortnoxServiceAccountApi().displayName,
]);

function labelsOf(fields: NonNullable<INodeProperties['options']>): string[] {
	return fields.flatMap((field) => {
		if ('values' in field) return [field.displayName, ...labelsOf(field.values)];
		return 'type' in field ? [field.displayName, ...labelsOf(field.options ?? [])] : [field.name];
	});
}

const files = readdirSync(FOLDER).sort();
const docs = readFileSync(join(ROOT, 'docs/examples.md'), 'utf8');

/** What a node and its name under it take on the canvas; a note takes what it says. */
function area({ type, position: [left, top], parameters }: INode): { left: number; top: number; right: number; bottom: number } {
	const [width, height] = type === NOTE ? [Number(parameters.width), Number(parameters.height)] : [100, 140];
	return { left, top, right: left + width, bottom: top + height };
}

function overlaps(one: INode, other: INode): boolean {
	const [a, b] = [area(one), area(other)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

test('every example is run in a real n8n, and nothing else is said to be', () => {
	expect([...Object.keys(exampleRuns), ...monthExamples].sort()).toEqual(files);
});

test('the table of the examples has one line for each, with what it does and what to change', () => {
	const lines = docs.split('\n').filter((line) => line.startsWith('| [`'));
	expect(lines.map((line) => /\]\(\.\.\/examples\/([^)]+)\)/.exec(line)?.[1]).sort()).toEqual(files);
	for (const line of lines) expect(line.split('|').map((cell) => cell.trim().length > 15)).toEqual([false, true, true, true, false]);
});

describe.each(files)('%s', (file) => {
	const text = readFileSync(join(FOLDER, file), 'utf8');
	const { name, nodes, connections, settings } = JSON.parse(text) as Example;
	const notes = nodes.filter(({ type }) => type === NOTE);
	const others = nodes.filter(({ type }) => type !== NOTE);

	test('has a name, and nodes with names and ids of their own and versions that n8n knows', () => {
		expect(name.length).toBeGreaterThan(10);
		expect(settings).toEqual({ executionOrder: 'v1' });
		for (const { type, typeVersion } of nodes) expect([type, VERSIONS[type]?.includes(typeVersion)]).toEqual([type, true]);
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		for (const node of others) expect(node.name).not.toMatch(/\d$|^Fortnox Accounting/);
	});

	test('connects all its nodes, and only nodes that it has', () => {
		const targets = Object.values(connections).flatMap((outputs) =>
			Object.values(outputs)
				.flat(2)
				.map(({ node }) => node),
		);
		const names = new Set(others.map((node) => node.name));
		expect([...Object.keys(connections), ...targets].filter((node) => !names.has(node))).toEqual([]);
		expect([...names].filter((node) => !targets.includes(node) && !(node in connections))).toEqual([]);
	});

	test('says on the canvas what it does and what to change, the credential among it, over no node and no other note', () => {
		const said = notes.map(({ parameters }) => String(parameters.content));
		expect(said.filter((note) => note.startsWith('## '))).toHaveLength(1);
		expect(said.filter((note) => note.startsWith('### Change')).length).toBeGreaterThan(0);
		expect(said.join('\n')).toMatch(/credential/);
		const both = notes.flatMap((note, index) =>
			[...others, ...notes.slice(index + 1)].filter((other) => overlaps(note, other)).map((other) => [note.name, other.name]),
		);
		expect(both).toEqual([]);
		// 7.2 points a letter and 22 a line: the text fits its note.
		for (const { parameters } of notes) {
			const letters = Math.floor((Number(parameters.width) - 40) / 7.2);
			const lines = String(parameters.content)
				.split('\n')
				.reduce((sum, line) => sum + Math.ceil(line.length / letters), 0);
			expect(lines * 22).toBeLessThanOrEqual(Number(parameters.height));
		}
	});

	test('calls in its notes what is to be changed as the form, a node or n8n calls it', () => {
		const names = new Set([...nodes.map((node) => node.name), ...LABELS, ...WORDS_OF_N8N]);
		const said = notes.flatMap(({ parameters }) => [...String(parameters.content).matchAll(/(?<![*\w])\*([^*\n ][^*\n]*)\*(?!\*)/g)]);
		// `Split: Rows` is a field and its choice; a question is for the chat.
		const unknown = said.flatMap(([, word = '']) => word.split(': ')).filter((word) => !names.has(word) && !word.endsWith('?'));
		expect(unknown).toEqual([]);
	});

	test('has its nodes side by side', () => {
		expect(
			others.flatMap((node, index) =>
				others
					.slice(index + 1)
					.filter((other) => overlaps(node, other))
					.map((other) => [node.name, other.name]),
			),
		).toEqual([]);
	});

	test('holds no credential, no address of a server and no secret', () => {
		for (const node of nodes) expect(node.credentials).toBeUndefined();
		expect(text).not.toMatch(/instanceId|localhost|127\.0\.0\.1|Bearer|api[_-]?key|\bsk_/i);
		for (const { parameters } of others) {
			for (const [, address = ''] of JSON.stringify(parameters).matchAll(/[\w.]+@([\w.]+\.\w+)/g)) expect(address).toBe('example.com');
		}
	});

	test('posts as a person chose: by an agent’s tool nothing, and its errors reach the model', () => {
		for (const { type, parameters, onError } of nodes.filter((node) => node.type.startsWith(OWN))) {
			const isWriting = /^(?:create|update|reverse|correct|spread|importSie|settle|addAttachment)$/.test(String(parameters.operation));
			if (type.endsWith('Tool')) expect([onError, parameters.readOnly]).toEqual(['continueRegularOutput', true]);
			if (type.endsWith('Tool') && isWriting) expect(parameters.options).toMatchObject({ dryRun: true });
		}
	});
});
