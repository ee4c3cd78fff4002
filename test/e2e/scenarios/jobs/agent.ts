import assert from 'node:assert/strict';

import { stockholmDate } from '../../../../sandbox/company/clock';
import { picture } from '../../browser';
import { addNode, closePanel, saveWorkflow } from '../../canvas';
import { choose, flip, testId, typeOver } from '../../editor';
import { balancesAt, endOfLastMonth, entryIds } from '../../ledger';
import { itemsOf } from '../../n8n';
import { pause } from '../../process';
import { withChat } from './chat';
import { TALL, USUAL, type Desk } from './setting';

/** An agent that is given our node as its tool, by hand: what it reads, and with Read Only. */
export async function agentTool(desk: Desk): Promise<string> {
	const { context, page, n8n, sandbox } = desk;
	const before = entryIds(sandbox);
	const lastDay = endOfLastMonth(stockholmDate(Date.now()));
	const call = { tool: 'Get_balances_of_accounts_in_Fortnox_Accounting', input: { Accounts: '1930', Up_to_Month: lastDay.slice(0, 7) } };
	const { id, model } = await withChat(desk, { turns: [[call]] });
	await page.setViewportSize(USUAL);
	await page.goto(`${n8n.url}/workflow/${id}`);
	await testId(page, 'canvas-node').nth(2).waitFor();
	// Which nodes are offered depends on the connection, which a canvas that is still being drawn does not tell.
	await pause(3000);
	const panel = await addNode(page, { search: 'fortnox', node: /^Fortnox Accounting Tool$/ }, 'inputs/ai_tool/0');
	await page.setViewportSize(TALL);
	await flip(panel, 'readOnly');
	await choose(panel, 'resource', 'Account');
	await choose(panel, 'operation', 'Get Balances');
	for (const parameter of ['accounts', 'end']) {
		const item = testId(panel, 'parameter-item').filter({ has: testId(page, `parameter-input-${parameter}`) });
		await testId(item, 'from-ai-override-button').click();
	}
	await picture(page, context.pictures, 'job-agent-tool');
	await closePanel(page);
	await page.setViewportSize(USUAL);
	await saveWorkflow(page);
	// The trigger has one of its own, which is shown while the mouse is over it.
	await page.getByRole('button', { name: 'Open chat' }).last().click();
	const chat = testId(page, 'chat-input')
		.or(page.getByPlaceholder(/message/i))
		.first();
	await typeOver(chat, 'How much money was in the bank at the end of last month?');
	await page.keyboard.press('Enter');
	await page
		.getByText(/Företagskonto/)
		.filter({ visible: true })
		.first()
		.waitFor();
	await picture(page, context.pictures, 'job-agent-chat');
	assert.deepEqual(model.toolsOffered(), [call.tool]);
	const [execution] = await n8n.executions(id);
	assert.ok(execution);
	const answer = String(itemsOf(execution, 'AI Agent')[0]?.json.output);
	assert.match(answer, new RegExp(`"balance":${(balancesAt(sandbox, lastDay).get(1930) ?? 0) / 100}\\b`));
	assert.deepEqual(entryIds(sandbox), before);
	return `an agent with our node as its tool, set up by hand: it answers with the balance of 1930 at the end of ${lastDay}`;
}
