import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { openBrowser, picture } from '../browser';
import { openPanel, testId, typeDate } from '../editor';
import { connectedCredential, nodeType, oAuth2, sandboxFor, tenantId, type Credential } from '../fortnox';
import type { N8n } from '../n8n';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const schemas = resolve(__dirname, '../../../nodes/FortnoxAccounting/__schema__');

/** What an entry has beside the field that a case is about. */
const ENTRY: INodeParameters = { authentication: 'oAuth2', resource: 'journalEntry', operation: 'create', journalId: 'API', description: 'Typed' };

const line = (account: string, amount: INodeParameters): INodeParameters => ({ account: { __rl: true, mode: 'number', value: account }, ...amount });

/** A workflow with one node of ours, and a node behind it. Returns its id and those of the nodes. */
async function created(n8n: N8n, credential: Credential, parameters: INodeParameters, timezone?: string): Promise<{ id: string; node: string; next: string }> {
	const node = { name: 'Fortnox Accounting', type: nodeType, typeVersion: 1.1, parameters, credentials: { [oAuth2]: credential } };
	const body = workflow('Mistakes', [builtIn('Manual Trigger', 'manualTrigger', 1), node, builtIn('Edit Fields', 'set', 3.4)]);
	const id = await n8n.createWorkflow({ ...body, settings: { ...body.settings, ...(timezone !== undefined && { timezone }) } });
	return { id, node: body.nodes[1]?.id ?? '', next: body.nodes[2]?.id ?? '' };
}

/** Runs the node of the open panel; n8n 2 asks to save, unless it saved by itself. */
async function execute(page: Page, panel: Locator, shown: Locator): Promise<void> {
	await testId(panel, 'node-execute-button').click();
	const save = page.getByRole('button', { name: 'Save & run' });
	await save.or(shown).first().waitFor();
	if (await save.isVisible()) await save.click();
	await shown.first().waitFor();
}

/** n8n serves the schemas of the package, and shows their fields to the next node before anything was run. */
async function schemaOfNextNode(page: Page, n8n: N8n, credential: Credential, context: Context): Promise<void> {
	const answer = await fetch(`${n8n.url}/schemas/${nodeType}/1.1.0/journalEntry/getAll.json`, { headers: { cookie: `n8n-auth=${n8n.session}` } });
	assert.equal(answer.status, 200);
	assert.deepEqual(await answer.json(), JSON.parse(await readFile(join(schemas, 'v1.1.0/journalEntry/getAll.json'), 'utf8')));
	const { id, next } = await created(n8n, credential, { authentication: 'oAuth2', resource: 'journalEntry', operation: 'getAll' });
	const panel = await openPanel(page, n8n.url, id, next);
	await testId(panel, 'ndv-input-panel').getByText('accounts', { exact: true }).first().waitFor();
	await picture(page, context.pictures, 'schema-before-a-run');
	context.note('the next node shows the fields of an entry before anything was run');
}

/** An entry that does not balance: a title in a few words, each problem on a line, named as the form names it. */
async function errorView(page: Page, n8n: N8n, credential: Credential, context: Context): Promise<void> {
	const lines = { line: [line('6110', { debit: 'abc' }), line('1930', { credit: '90', tax_info: { tax_code: 'I 25', tax_amount: 'x' } })] };
	const { id, node } = await created(n8n, credential, { ...ENTRY, date: '2026-10-01', number: 'INV-7', lines });
	const panel = await openPanel(page, n8n.url, id, node);
	const view = testId(page, 'output-panel');
	await execute(page, panel, view.getByText('Line 1, Debit', { exact: false }));
	await picture(page, context.pictures, 'error');
	const text = await view.innerText();
	assert.match(text, /INV-7: A value does not fit \(and \d+ more\)/);
	assert.match(text, /Line 2, VAT Amount: /);
	assert.doesNotMatch(text, /lines\[|tax_amount/);
	context.note('an error has a title, and names fields as the form does');
}

/** The day that is typed is the day that is posted, in whatever zone the workflow is. */
async function typedDays(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const zones = ['America/Los_Angeles', 'Asia/Tokyo', 'Europe/Stockholm'];
	for (const [index, zone] of zones.entries()) {
		const day = `2026-10-0${index + 2}`;
		const lines = { line: [line('1910', { debit: '1 250,50' }), line('3001', { credit: '1250,50' })] };
		const { id, node } = await created(n8n, credential, { ...ENTRY, number: `ZONE-${index}`, lines }, zone);
		const panel = await openPanel(page, n8n.url, id, node);
		await typeDate(panel, 'date', day);
		const shown = testId(page, 'output-panel').getByText(/^API-\d+-\d+$/);
		await execute(page, panel, shown);
		const name = await shown.first().innerText();
		const voucher = sandbox.company(tenantId).vouchers().find(({ series, number, yearId }) => `${series}-${number}-${yearId}` === name);
		assert.equal(voucher?.date, day, `the day that was typed in ${zone}`);
		assert.deepEqual(voucher.rows.map(({ debit, credit }) => debit - credit), [125_050, -125_050]);
	}
	context.note(`typed days and amounts are posted as typed in ${zones.join(', ')}`);
}

/** Validate Only says first that nothing was posted; rows without a group are refused where their numbers differ. */
async function nothingPosted(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const before = sandbox.company(tenantId).vouchers().length;
	const lines = { line: [line('1910', { debit: '10' }), line('3001', { credit: '10' })] };
	const { id, node } = await created(n8n, credential, { ...ENTRY, date: '2026-10-01', lines, options: { dryRun: true } });
	const panel = await openPanel(page, n8n.url, id, node);
	const output = testId(page, 'output-panel');
	await execute(page, panel, output.getByText('Validate Only is on', { exact: false }));
	await picture(page, context.pictures, 'validate-only');
	assert.match(await output.innerText(), /dry_run[\s\S]*posted/);
	assert.equal(sandbox.company(tenantId).vouchers().length, before);
	context.note('Validate Only: dry_run first, a hint, and nothing in the books');
}

export const mistakes: Scenario = {
	name: 'mistakes',
	proves: 'what people do wrong in the form is reported in its own words, and what they type is what is posted',
	lines: [2, 1],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credential = await connectedCredential(n8n, sandbox);
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		browser.setDefaultTimeout(60_000);
		const page = browser.pages()[0] ?? (await browser.newPage());
		try {
			await schemaOfNextNode(page, n8n, credential, context);
			await errorView(page, n8n, credential, context);
			await typedDays(page, n8n, sandbox, credential, context);
			await nothingPosted(page, n8n, sandbox, credential, context);
		} catch (error) {
			await picture(page, context.pictures, 'mistakes-failed');
			throw error;
		}
	},
};
