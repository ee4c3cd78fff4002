import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../../sandbox';
import { addNode, beginWorkflow, closePanel, type Wanted } from '../../canvas';
import { execute, openSearch, pickFromList, testId } from '../../editor';
import type { N8n } from '../../n8n';
import type { Context } from '../../scenario';

/** What a new user has in front of them. */
export interface Desk {
	context: Context;
	n8n: N8n;
	page: Page;
	sandbox: Sandbox;
}

/** One of the README's first jobs, done in the editor. Returns the line of the report that says what came of it. */
export type Job = (desk: Desk) => Promise<string>;

/** Our node with an action, as the panel of nodes names it. */
export const fortnoxNode = (action: string): Wanted => ({ search: 'fortnox', node: /^Fortnox Accounting$/, action });

/** Room for a whole form, where a person would scroll. */
export const TALL = { width: 1440, height: 1500 };
export const USUAL = { width: 1440, height: 900 };

/** Begins a workflow with a trigger of n8n's own, in whose panel a person may fill something in. */
export async function beginWith({ page, n8n }: Desk, trigger: Wanted, fill?: (panel: Locator) => Promise<void>): Promise<void> {
	await page.setViewportSize(USUAL);
	const panel = await beginWorkflow(page, n8n.url, trigger);
	if (trigger.isBare) return;
	await fill?.(panel);
	await closePanel(page);
}

/** Adds our node behind the trigger. Returns its panel. */
export async function addFortnox({ page }: Desk, action: string): Promise<Locator> {
	const panel = await addNode(page, fortnoxNode(action));
	await page.setViewportSize(TALL);
	return panel;
}

/** Adds a line to the form and picks its account by what is typed. */
export async function addLine(panel: Locator, account: string, index: number): Promise<Locator> {
	const lines = testId(panel, 'fixed-collection-lines');
	await testId(lines, 'fixed-collection-add').click();
	const accounts = await openSearch(lines, 'account', index);
	await panel.page().keyboard.type(account);
	await pickFromList(accounts, account);
	return lines;
}

/** Runs the node and returns what the output panel says, once it has a text. */
export async function executed(panel: Locator, text: RegExp): Promise<string> {
	const output = testId(panel.page(), 'output-panel');
	await execute(panel.page(), panel, output.getByText(text).filter({ visible: true }));
	return await output.innerText();
}
