import assert from 'node:assert/strict';

import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { atPage } from '../atPage';
import { picture } from '../browser';
import { execute, openPanel, openSearch, pickFromList, testId, typeOver } from '../editor';
import { connectedCredential, locator, sandboxFor, tenantId, type Credential } from '../fortnox';
import type { N8n } from '../n8n';
import { oneNode } from '../oneNode';
import type { Context, Scenario } from '../scenario';

interface Desk {
	page: Page;
	n8n: N8n;
	sandbox: Sandbox;
	credential: Credential;
	context: Context;
}

const ENTRY = { resource: 'journalEntry', operation: 'create' };

async function textsOf(choices: Locator): Promise<string[]> {
	return (await choices.allInnerTexts()).map((text) => text.trim());
}

/** Types into the search of an open list, and gives the choices once they are others than before. */
async function searched(choices: Locator, text: string): Promise<string[]> {
	const { keyboard } = choices.page();
	const before = (await textsOf(choices)).join();
	await keyboard.press('Control+a');
	const answer = choices.page().waitForResponse((response) => response.url().includes('resource-locator-results'));
	await keyboard.type(text);
	await answer;
	for (let tries = 0; tries < 50; tries++) {
		const found = await textsOf(choices);
		if (found.length > 0 && found.join() !== before) return found;
		await choices.page().waitForTimeout(100);
	}
	return await textsOf(choices);
}

/** Where entries are posted, the list has the company's manual journals and no other. */
async function manualJournals({ page, n8n, sandbox, credential, context }: Desk): Promise<void> {
	const { id, node } = await oneNode(n8n, credential, ENTRY);
	const panel = await openPanel(page, n8n.url, id, node);
	const journals = await openSearch(panel, 'journalId');
	await picture(page, context.pictures, 'list-journals');
	const series = [...(sandbox.company(tenantId).currentYear()?.series.values() ?? [])];
	const manual = series.filter((one) => one.manual).map(({ code }) => code);
	assert.ok(manual.length > 1 && manual.length < series.length);
	const shown = (await textsOf(journals)).map((text) => text.split(' ')[0] ?? '');
	assert.deepEqual(shown.sort(), manual.sort());
	await pickFromList(journals, 'A ');
	context.note(`Create offers the manual journals ${manual.join(', ')} of ${series.length}`);
}

/** `19` lists 19xx first; words are found without the dots of å, ä and ö. */
async function accounts({ page, n8n, credential, context }: Desk): Promise<void> {
	const lines = { line: [{ account: locator('list', ''), debit: '100' }] };
	const { id, node } = await oneNode(n8n, credential, { ...ENTRY, lines });
	const panel = await openPanel(page, n8n.url, id, node);
	const choices = await openSearch(panel, 'account');
	const numbers = await searched(choices, '19');
	await picture(page, context.pictures, 'list-19');
	const others = numbers.findIndex((text) => !text.startsWith('19'));
	assert.match(numbers[0] ?? '', /^19\d\d /);
	assert.ok(others === -1 || numbers.slice(others).every((text) => !text.startsWith('19')), `19xx stand first: ${numbers.join('; ')}`);
	const words = await searched(choices, 'forsaljning');
	await picture(page, context.pictures, 'list-forsaljning');
	assert.ok(words.length > 0 && words.every((text) => /försäljning/i.test(text)), `forsaljning finds ${words.join('; ')}`);
	context.note(`19 lists ${numbers[0] ?? ''} first; forsaljning finds ${words[0] ?? ''}`);
}

/** An entry is found by what people call it; what cannot be an entry is refused in the form, before anything is asked. */
async function typedIds({ page, n8n, credential, context }: Desk): Promise<void> {
	const { id, node } = await oneNode(n8n, credential, { resource: 'journalEntry', operation: 'get', journalEntryId: locator('id', '') });
	const panel = await openPanel(page, n8n.url, id, node);
	const input = testId(testId(panel, 'resource-locator-journalEntryId'), 'rlc-input');
	const output = testId(page, 'output-panel');
	for (const [index, typed] of ['A 21', 'A21', 'a-21'].entries()) {
		await typeOver(input, typed);
		await testId(panel, 'tab-params').click();
		await execute(page, panel, output.getByText(`'${typed}' was read as A-21-`, { exact: false }));
		await picture(page, context.pictures, `typed-id-${index}`);
		await output
			.getByText(/^A-21-\d+$/)
			.first()
			.waitFor();
	}
	await typeOver(input, 'the last one');
	await testId(panel, 'tab-params').click();
	const issue = testId(testId(panel, 'node-parameters').first(), 'parameter-issues');
	await issue.first().waitFor();
	await issue.first().hover();
	await page.getByText('Give an id, such as A-17-3, or series and number, such as A 17').first().waitFor();
	await picture(page, context.pictures, 'typed-id-refused');
	context.note('A 21, A21 and a-21 are read as A-21 of the year, which a hint says; what is none is marked in the form');
}

export const lists: Scenario = {
	name: 'lists',
	proves: 'lists have what fits first, journals that can be posted to, and entries are found as people name them',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credential = await connectedCredential(n8n, sandbox);
		const company = sandbox.company(tenantId);
		const yearId = company.currentYear()?.id;
		while (!company.vouchers().some((voucher) => voucher.yearId === yearId && voucher.series === 'A' && voucher.number === 21)) {
			company.addVouchers(1, { series: ['A'], ...(yearId !== undefined && { yearId }) });
		}
		await atPage(context, n8n, 'lists', async (page) => {
			for (const part of [manualJournals, accounts, typedIds]) await part({ page, n8n, sandbox, credential, context });
		});
	},
};
