import assert from 'node:assert/strict';

import type { Page } from 'playwright-core';

import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { resources } from '../../../nodes/FortnoxAccounting/resources';
import { atPage } from '../atPage';
import { picture } from '../browser';
import { addField, choose, execute, openPanel, testId } from '../editor';
import { connectedCredential, sandboxFor, tenantId, type Credential } from '../fortnox';
import type { N8n } from '../n8n';
import { oneNode } from '../oneNode';
import type { Context, Scenario } from '../scenario';

/** Words of the trade, for which the node is looked for. */
const WORDS = ['moms', 'huvudbok', 'SIE', 'bokslut', 'finance', 'payout'];

/** Types a word into the panel of nodes, and returns what is found: names, and the description of ours. */
async function lookFor(page: Page, word: string): Promise<string> {
	await testId(page, 'node-creator-plus-button').click();
	await testId(page, 'node-creator-search-bar').waitFor();
	await page.keyboard.type(word);
	const ours = testId(page, 'item-iterator-item')
		.or(testId(page, 'node-creator-node-item'))
		.filter({ has: testId(page, 'node-creator-item-name').getByText('Fortnox Accounting', { exact: true }) });
	await ours.first().waitFor();
	return await ours.first().innerText();
}

async function close(page: Page): Promise<void> {
	const search = testId(page, 'node-creator-search-bar');
	for (let tries = 0; tries < 4 && (await search.isVisible()); tries++) await page.keyboard.press('Escape');
	await search.waitFor({ state: 'hidden' });
}

/** Each word finds the node, whose description says that it posts; its actions are listed in the order of use. */
async function search(page: Page, context: Context): Promise<void> {
	for (const word of WORDS) {
		const text = await lookFor(page, word);
		await picture(page, context.pictures, `search-${word}`);
		assert.ok(text.includes(new FortnoxAccounting().description.description), `${word}: ${text}`);
		if (word !== WORDS.at(-1)) await close(page);
	}
	await testId(page, 'node-creator-item-name').getByText('Fortnox Accounting', { exact: true }).first().click();
	const [first] = resources;
	assert.ok(first);
	const [posting = '', listing = ''] = first.operations.map(({ action }) => action);
	const names = testId(page, 'node-creator-item-name');
	await names.filter({ hasText: posting }).first().waitFor();
	await picture(page, context.pictures, 'actions');
	const shown = (await names.allInnerTexts()).map((name) => name.trim());
	const [one, other] = [shown.indexOf(posting), shown.indexOf(listing)];
	assert.ok(one >= 0 && other === one + 1, `${posting} and ${listing} stand first: ${shown.join(', ')}`);
	assert.equal(
		shown.slice(0, one).filter((name) => resources.some(({ operations }) => operations.some(({ action }) => action === name))).length,
		0,
		`nothing of ours stands before: ${shown.join(', ')}`,
	);
	context.note(`found by ${WORDS.join(', ')}; the actions begin with ${posting} and ${listing}`);
}

/** A list of entries says its order, and gives the newest first where that is chosen. */
async function sorted(page: Page, n8n: N8n, credential: Credential, context: Context, days: readonly string[]): Promise<void> {
	const { id, node } = await oneNode(n8n, credential, { resource: 'journalEntry', operation: 'getAll' });
	const panel = await openPanel(page, n8n.url, id, node);
	// Behind the filters.
	await addField(testId(panel, 'node-parameters').first(), 'collection-parameter-add', 'Sort', 1);
	await choose(panel, 'sort', 'Newest First');
	const output = testId(page, 'output-panel');
	const [newest = ''] = [...days].sort().reverse();
	await execute(page, panel, output.locator('tbody tr').first().getByText(newest, { exact: true }));
	await picture(page, context.pictures, 'newest-first');
	context.note(`Sort: Newest First begins with the entry of ${newest}`);
}

export const nodesPanel: Scenario = {
	name: 'nodesPanel',
	proves:
		'the node is found by words of the trade, says what it does, lists its actions in the order of use, and a list gives the newest first',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credential = await connectedCredential(n8n, sandbox);
		const company = sandbox.company(tenantId);
		const year = company.currentYear()?.id;
		const days = company.vouchers().flatMap(({ yearId, date }) => (yearId === year ? [date] : []));
		await atPage(context, n8n, 'nodesPanel', async (page) => {
			const { id } = await oneNode(n8n, credential, { resource: 'company', operation: 'get' });
			await page.goto(`${n8n.url}/workflow/${id}`);
			await testId(page, 'canvas-node').nth(2).waitFor();
			await search(page, context);
			await sorted(page, n8n, credential, context, days);
		});
	},
};
