import assert from 'node:assert/strict';

import type { IDataObject, INode } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { operationsOfNode } from '../../engine/input/parameters';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { runSamples } from '../../../scripts/docs/runSamples';
import { openBrowser, picture } from '../browser';
import { closePanel, openFromCanvas } from '../canvas';
import { openPanel, testId } from '../editor';
import { connectedCredential, instantTriggerType, nodeType, oAuth2, sandboxFor, triggerType, type Credential } from '../fortnox';
import type { N8n, WorkflowBody } from '../n8n';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** Columns that a table of a new node has at most, as n8n's guidelines want it. */
const MOST_COLUMNS = 10;

/** Pixels: a row of an output that a screen shows. */
const TALLEST = 700;

const IN_A_ROW = 8;

interface Shown {
	/** Such as `journalEntry.create`. */
	operation: string;
	output: IDataObject[];
}

/** A workflow with a node for every operation, as the editor puts it on the canvas, and what the operation gives pinned to it. */
function workflowOf(shown: readonly Shown[], credential: Credential): WorkflowBody {
	const nodes = shown.map(({ operation: name }): Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials'> => {
		const [resource = '', operation = ''] = name.split('.');
		return {
			name,
			type: nodeType,
			typeVersion: 1.1,
			parameters: { authentication: 'oAuth2', resource, operation },
			credentials: { [oAuth2]: credential },
		};
	});
	const pinData = Object.fromEntries(shown.map(({ operation, output }) => [operation, output.map((json) => ({ json }))]));
	const body = workflow('Forms', [builtIn('Manual Trigger', 'manualTrigger', 1), ...nodes]);
	// In rows, so that all of them are on the screen.
	const placed = body.nodes.map((node, index): INode => ({
		...node,
		position: [(index % IN_A_ROW) * 240, Math.floor(index / IN_A_ROW) * 200],
	}));
	return { ...body, nodes: placed, pinData };
}

/** How many fields of a new node are empty that have to be filled in. */
function requiredOf(name: string): number {
	const own = operationsOfNode().find(({ resource, operation }) => `${resource}.${operation}` === name);
	return own?.fields.filter(({ required, default: value }) => required === true && value !== 'data').length ?? 0;
}

/** What the panel of a node shows: no field that is marked as wrong but the required ones, and a table that fits. */
async function look(page: Page, { operation, output }: Shown): Promise<string[]> {
	const panel = testId(page, 'ndv');
	const issues = await testId(testId(panel, 'node-parameters').first(), 'parameter-issues').count();
	const required = requiredOf(operation);
	const wrong = issues > required ? [`${operation}: ${issues} fields are marked as wrong, ${required} are required`] : [];
	if (output.length === 0) return wrong;
	const table = testId(page, 'output-panel').locator('table');
	await table.first().waitFor();
	const columns = (await table.locator('thead th').allInnerTexts()).filter((text) => text.trim() !== '');
	const isReport = operation.startsWith('report.');
	if (!isReport && columns.length > MOST_COLUMNS)
		wrong.push(`${operation}: the table has ${columns.length} columns: ${columns.join(', ')}`);
	const cells = await table.locator('tbody td').allInnerTexts();
	const empty = cells.filter((text) => /(?:^|:\s*)(?:null|undefined)\b/.test(text)).length;
	if (empty > 0) wrong.push(`${operation}: the table shows null or undefined ${empty} times`);
	const height = (await table.first().boundingBox())?.height ?? 0;
	if (!isReport && output.length === 1 && height > TALLEST) wrong.push(`${operation}: one row is ${Math.round(height)} pixels high`);
	return wrong;
}

interface Desk {
	page: Page;
	n8n: N8n;
	credential: Credential;
	context: Context;
}

/** Both triggers with each choice of *Trigger On*: no field that is marked as wrong. Nothing of them has to be filled in. */
async function triggerForms({ page, n8n, credential, context }: Desk): Promise<string[]> {
	const types = [
		{ type: triggerType, description: new FortnoxAccountingTrigger().description },
		{ type: instantTriggerType, description: new FortnoxAccountingInstantTrigger().description },
	];
	const wrong: string[] = [];
	for (const { type, description } of types) {
		const { options = [] } = description.properties.find(({ name }) => name === 'triggerOn') ?? {};
		const choices = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
		assert.ok(choices.length > 3);
		for (const triggerOn of choices) {
			const name = `${description.name}-${triggerOn}`;
			const node = {
				name,
				type,
				typeVersion: 1.1,
				parameters: { authentication: 'oAuth2', triggerOn },
				credentials: { [oAuth2]: credential },
			};
			const body = workflow(name, [node]);
			const panel = await openPanel(page, n8n.url, await n8n.createWorkflow(body), body.nodes[0]?.id ?? '');
			await picture(page, context.pictures, `form-${name}`);
			const issues = await testId(testId(panel, 'node-parameters').first(), 'parameter-issues').count();
			if (issues > 0) wrong.push(`${name}: ${issues} fields are marked as wrong`);
		}
	}
	return wrong;
}

export const forms: Scenario = {
	name: 'forms',
	proves: 'every form opens without a fault, and every output is a table that fits; pictures of both are kept',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credential = await connectedCredential(n8n, sandbox);
		const { operations } = await runSamples(1.1);
		const first = new Map(operations.map(({ operation, output }) => [operation, output] as const).reverse());
		const shown = [...first].map(([operation, output]) => ({ operation, output }));
		const body = workflowOf(shown, credential);
		const id = await n8n.createWorkflow(body);
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		await page.setViewportSize({ width: 1600, height: 1300 });
		const wrong: string[] = [];
		await page.goto(`${n8n.url}/workflow/${id}`);
		await testId(page, 'canvas-node')
			.nth(body.nodes.length - 1)
			.waitFor();
		for (const [index, one] of shown.entries()) {
			await openFromCanvas(page, body.nodes[index + 1]?.id ?? '');
			wrong.push(...(await look(page, one)));
			await picture(page, context.pictures, `form-${one.operation}`);
			await closePanel(page);
		}
		wrong.push(...(await triggerForms({ page, n8n, credential, context })));
		assert.deepEqual(wrong, []);
		context.note(`${shown.length} forms and their outputs: ${context.pictures}`);
	},
};
