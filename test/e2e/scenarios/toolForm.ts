import assert from 'node:assert/strict';

import type { Locator } from 'playwright-core';

import { atPage } from '../atPage';
import { picture } from '../browser';
import { addNode, closePanel, saveWorkflow } from '../canvas';
import { choose, testId, typeOver } from '../editor';
import { connectedCredential, sandboxFor, tenantId } from '../fortnox';
import { bookedSince, entryIds } from '../ledger';
import { pause, waitFor } from '../process';
import type { Scenario } from '../scenario';
import { withChat } from './jobs/chat';

/** What a model may fill in of an entry, as the form names it and as the model does. */
const FILLED: ReadonlyArray<[parameter: string, name: string, value: string]> = [
	['date', 'Date', '2026-10-01'],
	['number', 'Number', 'CHAT-1'],
	['entryDescription', 'Description', 'Kontorsmaterial'],
	[
		'linesJson',
		'Lines__JSON_',
		JSON.stringify([
			{ account: '6110', debit: 100 },
			{ account: '1930', credit: 100 },
		]),
	],
];

/** The button with which a person leaves a parameter to the model. */
function buttonOf(panel: Locator, parameter: string): Locator {
	const item = testId(panel, 'parameter-item').filter({ has: testId(panel.page(), `parameter-input-${parameter}`) });
	return testId(item, 'from-ai-override-button');
}

export const toolForm: Scenario = {
	name: 'toolForm',
	proves: 'in the form of a tool the text of an entry and what else a model knows can be left to it, and it posts with them',
	lines: [2],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		await connectedCredential(n8n, sandbox);
		const input = Object.fromEntries(FILLED.map(([, name, value]) => [name, value]));
		const call = { tool: 'Create_journal_entry_in_Fortnox_Accounting', input };
		await atPage(context, n8n, 'toolForm', async (page) => {
			const { id, model } = await withChat({ context, page, n8n, sandbox }, { turns: [[call]] });
			await page.goto(`${n8n.url}/workflow/${id}`);
			await testId(page, 'canvas-node').nth(2).waitFor();
			// Which nodes are offered depends on the connection, which a canvas that is still being drawn does not tell.
			await pause(3000);
			const panel = await addNode(page, { search: 'fortnox', node: /^Fortnox Accounting Tool$/ }, 'inputs/ai_tool/0');
			await page.setViewportSize({ width: 1440, height: 1700 });
			await choose(panel, 'resource', 'Journal Entry');
			await choose(panel, 'operation', 'Create');
			await choose(panel, 'linesSource', 'JSON');
			await picture(page, context.pictures, 'tool-form');
			for (const [parameter] of FILLED) assert.equal(await buttonOf(panel, parameter).count(), 1, `the button of ${parameter}`);
			for (const [parameter] of FILLED) await buttonOf(panel, parameter).click();
			await picture(page, context.pictures, 'tool-form-left-to-the-model');
			await closePanel(page);
			await page.setViewportSize({ width: 1440, height: 900 });
			await saveWorkflow(page);
			const before = entryIds(sandbox);
			await page.getByRole('button', { name: 'Open chat' }).last().click();
			await typeOver(
				testId(page, 'chat-input')
					.or(page.getByPlaceholder(/message/i))
					.first(),
				'Book the office supplies',
			);
			await page.keyboard.press('Enter');
			await waitFor('the entry', async () => Promise.resolve(bookedSince(sandbox, before).length > 0));
			assert.deepEqual(model.toolsOffered(), [call.tool]);
			assert.deepEqual(bookedSince(sandbox, before), ['2026-10-01, 1930 -10000, 6110 10000']);
			const texts = sandbox
				.company(tenantId)
				.vouchers()
				.flatMap(({ description, comments }) => (comments?.includes('CHAT-1') === true ? [description] : []));
			assert.deepEqual(texts, ['Kontorsmaterial']);
			context.note(`left to the model with the form’s button, and posted with what it said: ${FILLED.map(([, name]) => name).join(', ')}`);
		});
	},
};
