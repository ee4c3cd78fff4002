import assert from 'node:assert/strict';

import type { Page } from 'playwright-core';

import { openBrowser, picture } from '../browser';
import { choose, openPanel, openSearch, pickFromList, testId, typeDate, typeOver } from '../editor';
import { connectedCredential, nodeType, oAuth2, sandboxFor, tenantId, triggerType, type Credential } from '../fortnox';
import type { N8n } from '../n8n';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** A day in the open part of the sandbox's year, which no default gives. */
const DAY = '2026-10-01';

/** A workflow with a node as the editor puts it on the canvas, but for its credential. Returns both ids. */
async function freshNode(n8n: N8n, credential: Credential): Promise<[workflow: string, node: string]> {
	const node = { name: 'Fortnox Accounting', type: nodeType, typeVersion: 1.1, credentials: { [oAuth2]: credential } };
	const body = workflow('Post an entry', [builtIn('Manual Trigger', 'manualTrigger', 1), node]);
	return [await n8n.createWorkflow(body), body.nodes[1]?.id ?? ''];
}

/** Fills the form of an entry, runs the node, and compares what is shown with the sandbox's truth. */
async function postWithTheForm(page: Page, n8n: N8n, context: Context): Promise<void> {
	const sandbox = await sandboxFor(context);
	const credential = await connectedCredential(n8n, sandbox);
	const panel = await openPanel(page, n8n.url, ...(await freshNode(n8n, credential)));
	await choose(panel, 'resource', 'Journal Entry');
	await choose(panel, 'operation', 'Create');
	await picture(page, context.pictures, 'node-panel');

	const journals = await openSearch(panel, 'journalId');
	assert.match((await journals.first().innerText()).trim(), /^A Redovisning/, 'manual journals come first');
	await pickFromList(journals, 'API Importerade');
	await typeDate(panel, 'date', DAY);
	await testId(panel, 'parameter-input-entryDescription').locator('input').fill('Cash sale');

	const lines = testId(panel, 'fixed-collection-lines');
	const add = testId(lines, 'fixed-collection-add');
	await add.click();
	const accounts = await openSearch(lines, 'account', 0);
	await page.keyboard.type('kassa');
	await accounts.filter({ hasText: '1910' }).waitFor();
	await picture(page, context.pictures, 'account-list');
	assert.ok((await accounts.count()) < 10, 'the search leaves the accounts whose name has the text');
	await pickFromList(accounts, '1910');
	await typeOver(testId(lines, 'parameter-input-debit').nth(0).locator('input'), '1 250,50');

	await add.click();
	const others = await openSearch(lines, 'account', 1);
	await page.keyboard.type('3001');
	await pickFromList(others, '3001');
	await typeOver(testId(lines, 'parameter-input-credit').nth(1).locator('input'), '1250,50');
	await testId(lines, 'parameter-input-description').nth(1).locator('input').click();
	await page.keyboard.type('Books');
	await testId(panel, 'tab-params').click();
	await page.setViewportSize({ width: 1440, height: 1500 });
	await picture(page, context.pictures, 'lines-form', lines);

	await testId(panel, 'node-execute-button').click();
	const output = testId(page, 'output-panel');
	const id = output.getByText(/^API-\d+-\d+$/).first();
	// n8n 2 asks, unless it saved by itself.
	const save = page.getByRole('button', { name: 'Save & run' });
	await save.or(id).first().waitFor();
	if (await save.isVisible()) await save.click();
	await id.waitFor();
	await page.setViewportSize({ width: 1440, height: 900 });
	await picture(page, context.pictures, 'output');
	const shown = await id.innerText();
	const voucher = sandbox
		.company(tenantId)
		.vouchers()
		.find((one) => `${one.series}-${one.number}-${one.yearId}` === shown);
	assert.ok(voucher, `${shown} is in the books`);
	const { series, date, description } = voucher;
	const rows = voucher.rows.map((row) => [row.account, row.debit, row.credit, row.transactionInformation]);
	assert.deepEqual(
		{ series, date, description, rows },
		{
			series: 'API',
			date: DAY,
			description: 'Cash sale',
			rows: [
				[1910, 125_050, 0, ''],
				[3001, 0, 125_050, 'Books'],
			],
		},
	);
	context.note(`filled in the form by mouse and keyboard, ran the node: ${shown} is in the books as entered`);
}

export const editor: Scenario = {
	name: 'editor',
	proves: 'the panel, the searchable lists and the lines form work by mouse and keyboard; pictures are kept',
	lines: [2, 1],
	async run(context) {
		const n8n = await context.startN8n();
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		try {
			await postWithTheForm(page, n8n, context);
			await lookAtTheRest(page, n8n, context);
		} catch (error) {
			await picture(page, context.pictures, 'failed');
			throw error;
		}
	},
};

/** Pictures of the credential's dialog, the trigger's panel and the canvas. */
async function lookAtTheRest(page: Page, n8n: N8n, context: Context): Promise<void> {
	const [saved] = await n8n.rest<Credential[]>('GET', '/credentials');
	assert.ok(saved);
	const credential = { id: saved.id, name: saved.name };
	const node = { name: 'Entries', type: triggerType, typeVersion: 1.1, credentials: { [oAuth2]: credential } };
	const post = { name: 'Accounts', type: nodeType, typeVersion: 1.1, parameters: { resource: 'account', operation: 'getAll' } };
	const body = workflow('New entries', [node, { ...post, credentials: { [oAuth2]: credential } }]);
	const id = await n8n.createWorkflow(body);
	const panel = await openPanel(page, n8n.url, id, body.nodes[0]?.id ?? '');
	await testId(panel, 'parameter-input-triggerOn').waitFor();
	await picture(page, context.pictures, 'trigger');
	await page.goto(`${n8n.url}/workflow/${id}`);
	await testId(page, 'canvas-node').nth(1).waitFor();
	await picture(page, context.pictures, 'canvas');
	await page.setViewportSize({ width: 1440, height: 1300 });
	await page.goto(`${n8n.url}/home/credentials/${credential.id}`);
	const dialog = testId(page, 'editCredential-modal');
	await dialog.getByText('API Base URL').waitFor();
	await picture(page, context.pictures, 'credential', dialog);
	context.note(`pictures: ${context.pictures}`);
}
