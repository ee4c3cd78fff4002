import assert from 'node:assert/strict';

import { picture } from '../../browser';
import { closePanel, saveWorkflow } from '../../canvas';
import { addField, choose, dragField, flip, openSearch, pickFromList, testId, typeExpression } from '../../editor';
import { bookedSince, entryIds } from '../../ledger';
import { waitFor } from '../../process';
import { addFortnox, addLine, beginWith, executed, type Desk } from './setting';

/** What a payment service sends. */
const payout = (id: string, day: string, sales: number, fee: number): object => ({ id, day, sales, fee });

/** @returns the status of the webhook's answer */
async function send(url: string, body: object): Promise<number> {
	return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;
}

/**
 * Payouts that a webhook brings: fields dragged from the test event, the VAT taken out of the sales, then published, and one
 * of them sent twice.
 */
export async function payouts(desk: Desk): Promise<string> {
	const { context, page, n8n, sandbox } = desk;
	const before = entryIds(sandbox);
	let url = '';
	await beginWith(desk, { search: 'webhook', node: /^Webhook$/ }, async (panel) => {
		await choose(panel, 'httpMethod', 'POST');
		const address = panel.getByText(/^http\S+webhook-test/).first();
		url = (await address.innerText()).trim();
		await panel.getByRole('button', { name: 'Listen for test event' }).first().click();
		await panel.getByText('Listening for test event').first().waitFor();
		assert.equal(await send(url, payout('po_77', '2026-10-02', 1000, 20.5)), 200);
		await testId(page, 'output-panel').getByText('po_77').first().waitFor();
	});
	const panel = await addFortnox(desk, 'Create financial entry');
	await pickFromList(await openSearch(panel, 'financialCounterpartAccount'), '1930');
	await dragField(panel, 'day', testId(panel, 'parameter-input-date'));
	await dragField(panel, 'id', testId(panel, 'parameter-input-number'));
	const lines = await addLine(panel, '3001', 0);
	await dragField(panel, 'sales', testId(lines, 'parameter-input-amount').first());
	// What was dragged has the focus, and its preview lies over the menu.
	await testId(panel, 'tab-params').click();
	await addField(lines, 'fixed-collection-add-property', 'VAT');
	const codes = await openSearch(lines, 'tax_code');
	await page.keyboard.type('sale 25');
	await codes.filter({ hasText: 'Purchase' }).first().waitFor({ state: 'hidden' });
	await pickFromList(codes, 'Sale, 25 %');
	await flip(lines, 'gross');
	await addLine(panel, '6570', 1);
	await typeExpression(lines, 'amount', '{{ -$json.body.fee }}', 1);
	await testId(panel, 'tab-params').click();
	await executed(panel, /^A-\d+-\d+$/);
	await picture(page, context.pictures, 'job-payout');
	const first = '2026-10-02, 1930 97950, 2611 -20000, 3001 -80000, 6570 2050';
	assert.deepEqual(bookedSince(sandbox, before), [first]);

	await closePanel(page);
	const workflowId = await saveWorkflow(page);
	await n8n.activate(workflowId);
	const live = url.replace('webhook-test', 'webhook');
	// n8n 2 publishes after its answer: until then the address is not found.
	for (const time of ['first', 'second']) {
		await waitFor(`the ${time} payout`, async () => (await send(live, payout('po_78', '2026-10-03', 2000, 31.25))) === 200);
	}
	await waitFor('both executions', async () => (await n8n.countFinished(workflowId)) >= 3);
	await n8n.deactivate(workflowId);
	assert.deepEqual(bookedSince(sandbox, before).sort(), [first, '2026-10-03, 1930 196875, 2611 -40000, 3001 -160000, 6570 3125']);
	return 'payouts by a webhook: one by Execute step, one sent twice to the published workflow; each is in the books once, on its day';
}
