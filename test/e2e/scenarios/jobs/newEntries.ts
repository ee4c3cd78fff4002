import assert from 'node:assert/strict';

import { stockholmDate } from '../../../../sandbox/company/clock';
import type { Sandbox } from '../../../../sandbox';
import { picture } from '../../browser';
import { beginWorkflow, closePanel, saveWorkflow } from '../../canvas';
import { addField, openSearch, pickFromList, testId } from '../../editor';
import { tenantId } from '../../fortnox';
import { itemsOf } from '../../n8n';
import { pause, waitFor } from '../../process';
import { fortnoxNode, TALL, USUAL, type Desk } from './setting';

const NODE = 'Fortnox Accounting Trigger';

/** Books an entry as a person in Fortnox does, on an account and on 3001. */
function book(sandbox: Sandbox, account: number, description: string): void {
	const rows = [
		{ account, debit: 5000 },
		{ account: 3001, credit: 5000 },
	];
	sandbox.company(tenantId).addVoucher({ date: stockholmDate(Date.now()), description, rows });
}

/** A workflow that starts with each new entry on the bank account, and no other. */
export async function newEntries(desk: Desk): Promise<string> {
	const { context, page, n8n, sandbox } = desk;
	await page.setViewportSize(USUAL);
	const panel = await beginWorkflow(page, n8n.url, fortnoxNode('On new journal entry'));
	await page.setViewportSize(TALL);
	await addField(testId(panel, 'node-parameters').first(), 'collection-parameter-add', 'Account');
	const accounts = await openSearch(panel, 'accountNumber');
	await page.keyboard.type('företagsk');
	await pickFromList(accounts, '1930');
	await panel.getByRole('button', { name: 'Fetch Test Event' }).first().click();
	const output = testId(page, 'output-panel');
	await output
		.getByText(/^[A-Z]+-\d+-\d+$/)
		.first()
		.waitFor();
	await picture(page, context.pictures, 'job-new-entries');
	await closePanel(page);
	await page.setViewportSize(USUAL);
	const workflowId = await saveWorkflow(page);
	await n8n.activate(workflowId);
	await waitFor('the first poll to be stored', async () => await n8n.hasStaticData(workflowId));
	book(sandbox, 1910, 'cash, not the bank');
	book(sandbox, 1930, 'the bank');
	// Published again, it looks at once; its schedule is once a minute.
	await pause(1500);
	await n8n.deactivate(workflowId);
	await n8n.activate(workflowId);
	const started = await waitFor('the new entry', async () => (await n8n.executions(workflowId)).find(({ mode }) => mode === 'trigger'), {
		ms: 120_000,
	});
	await n8n.deactivate(workflowId);
	const seen = itemsOf(await n8n.finished(started.id), NODE).map(({ json }) => json.description);
	assert.deepEqual(seen, ['the bank']);
	await picture(page, context.pictures, 'job-new-entries-canvas');
	return 'a workflow for what happens on 1930: started by the new entry on it, not by the one on 1910';
}
