import type { Locator, Page } from 'playwright-core';

import { testId } from './editor';

/** What a person does outside the panel of a node: packages, the canvas, and the panel in which nodes are looked for. */

/** Installs a community package by its name, in n8n's settings. */
export async function installByName(page: Page, url: string, name: string): Promise<void> {
	await page.goto(`${url}/settings/community-nodes`);
	await page
		.getByRole('button', { name: /^Install/ })
		.first()
		.click();
	const dialog = testId(page, 'communityPackageInstall-modal');
	await testId(dialog, 'package-name-input').fill(name);
	await dialog.getByRole('checkbox').click();
	await testId(dialog, 'install-community-package-button').click();
	await dialog.waitFor({ state: 'hidden' });
	await page.getByText(name, { exact: true }).first().waitFor();
}

/** Begins a workflow, its first step being looked for by what is typed. Returns the panel of that step, opened. */
export async function beginWorkflow(page: Page, url: string, step: Wanted): Promise<Locator> {
	await page.goto(`${url}/workflow/new`);
	await testId(page, 'canvas-add-button').first().click();
	return await pick(page, step);
}

/** What is typed into the search, the name of the node that is chosen, and of its action. */
export interface Wanted {
	search: string;
	node: RegExp;
	action?: string;
	/** It has nothing to fill in: no panel opens. */
	isBare?: true;
}

/**
 * Adds a node behind the last one, or at one of its other connections. Returns its panel, opened.
 * @param handle such as `inputs/ai_tool/0`
 */
export async function addNode(page: Page, wanted: Wanted, handle?: string): Promise<Locator> {
	const plus = testId(handle === undefined ? page : page.locator(`[data-handleid="${handle}"]`), 'canvas-handle-plus');
	await plus.first().click();
	return await pick(page, wanted);
}

async function pick(page: Page, { search, node, action, isBare }: Wanted): Promise<Locator> {
	await testId(page, 'node-creator-search-bar').waitFor();
	await page.keyboard.type(search);
	const names = testId(page, 'node-creator-item-name');
	await names.filter({ hasText: node }).first().click();
	if (action !== undefined) await names.filter({ hasText: action }).first().click();
	const panel = testId(page, 'ndv');
	await (isBare ? testId(page, 'canvas-handle-plus') : testId(panel, 'node-parameters')).first().waitFor();
	return panel;
}

/** Opens the panel of a node as a person does; a fresh page for each takes half a minute on a busy machine. */
export async function openFromCanvas(page: Page, nodeId: string): Promise<Locator> {
	await page.locator(`.vue-flow__node[data-id="${nodeId}"]`).dblclick();
	const panel = testId(page, 'ndv');
	await testId(panel, 'node-parameters').first().waitFor();
	return panel;
}

export async function closePanel(page: Page): Promise<void> {
	const panel = testId(page, 'ndv');
	await testId(panel, 'ndv-close-button').click();
	await panel.waitFor({ state: 'hidden' });
}

/** Saves the workflow and returns its id. */
export async function saveWorkflow(page: Page): Promise<string> {
	const save = testId(page, 'workflow-save-button');
	if (await save.getByText('Save', { exact: true }).isVisible()) await page.keyboard.press('Control+s');
	await save.getByText('Saved', { exact: true }).waitFor();
	return /workflow\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}
