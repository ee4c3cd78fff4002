import assert from 'node:assert/strict';

import type { Locator, Page, Request } from 'playwright-core';

import { pause } from './process';

/** The parts of n8n's editor that a person uses, found as a person or a screen reader finds them where n8n allows it. */

export function testId(scope: Page | Locator, id: string): Locator {
	return scope.locator(`[data-test-id="${id}"]`);
}

/** Opens *Create credential*, searches a type by what is shown, and fills its text fields, leaving the dialog open. */
export async function newCredential(page: Page, url: string, typeName: string, fields: Record<string, string>): Promise<Locator> {
	await page.goto(`${url}/home/credentials/create`);
	const select = testId(page, 'selectCredential-modal');
	await select.waitFor();
	await testId(select, 'new-credential-type-select').click();
	await page.keyboard.type(typeName);
	await page.getByRole('option', { name: typeName, exact: true }).click();
	await testId(select, 'new-credential-type-button').click();
	const dialog = testId(page, 'editCredential-modal');
	await dialog.waitFor();
	for (const [name, value] of Object.entries(fields)) {
		await testId(dialog, `parameter-input-${name}`).locator('input').fill(value);
	}
	return dialog;
}

/** Presses *Connect to Fortnox* in the panel of a node without a credential, and types into the dialog's fields, leaving it open. */
export async function credentialOfNode(panel: Locator, fields: Record<string, string>): Promise<Locator> {
	await testId(panel, 'node-credentials-empty-state').getByRole('button').first().click();
	const dialog = testId(panel.page(), 'editCredential-modal');
	await dialog.waitFor();
	for (const [name, value] of Object.entries(fields)) await typeOver(testId(dialog, `parameter-input-${name}`).locator('input'), value);
	return dialog;
}

/**
 * Presses the dialog's connect button, approves on the service's page, and waits for n8n to say that it is connected.
 * @param decide what the person does in the window that opens
 */
export async function connect(dialog: Locator, decide: (consent: Page) => Promise<void>): Promise<void> {
	// Anchored: the hidden "Disconnect" comes first in the document.
	const button = dialog.getByRole('button', { name: /^(connect|sign in|reconnect|switch account)/i }).first();
	const [consent] = await Promise.all([dialog.page().context().waitForEvent('page'), button.click()]);
	await decide(consent);
}

/** Opens a node's panel. */
export async function openPanel(page: Page, url: string, workflowId: string, nodeId: string): Promise<Locator> {
	await page.goto(`${url}/workflow/${workflowId}/${nodeId}`);
	const panel = testId(page, 'ndv');
	await testId(panel, 'node-parameters').first().waitFor();
	return panel;
}

/** Chooses from a menu of the panel by the name that is shown. */
export async function choose(panel: Locator, parameter: string, option: string): Promise<void> {
	await testId(panel, `parameter-input-${parameter}`).click();
	const page = panel.page();
	// An option's name for a screen reader has its description in it.
	await page
		.getByRole('option')
		.filter({ has: page.getByText(option, { exact: true }), visible: true })
		.click();
}

/**
 * Opens the list of a resource locator, its search field focused, and returns the choices once they are loaded. On a busy
 * machine n8n's editor may draw the list without asking for it, when the form changes at the same moment: it is opened again then.
 *
 * @throws Error where the list was asked for and no answer came
 */
export async function openSearch(scope: Locator, parameter: string, index = 0): Promise<Locator> {
	const field = testId(scope, `resource-locator-${parameter}`).nth(index);
	const page = scope.page();
	const choices = testId(page.locator('body'), 'rlc-item').filter({ visible: true });
	let asked = 0;
	const count = (request: Request): void => {
		if (request.url().includes('resource-locator-results')) asked++;
	};
	page.on('request', count);
	for (let tries = 1; ; tries++) {
		await testId(field, 'rlc-input').click();
		try {
			await choices.first().waitFor({ timeout: 25_000 });
			page.off('request', count);
			return choices;
		} catch (error) {
			if (asked > 0 || tries === 3) throw new Error(`the list of ${parameter}, asked for ${asked} times`, { cause: error });
			await page.keyboard.press('Escape');
		}
	}
}

/** Picks the choice that has a text. */
export async function pickFromList(choices: Locator, text: string): Promise<void> {
	await choices.filter({ hasText: text }).first().click();
	await choices.first().waitFor({ state: 'hidden' });
}

/** Writes over what a field has. */
export async function typeOver(field: Locator, text: string): Promise<void> {
	await field.click();
	await field.page().keyboard.press('Control+a');
	await field.page().keyboard.type(text);
}

/** Types a day as the field's placeholder shows it, and leaves the field as a person does. */
export async function typeDate(panel: Locator, parameter: string, day: string): Promise<void> {
	const input = testId(panel, `parameter-input-${parameter}`).locator('input');
	await typeOver(input, day);
	await panel.page().keyboard.press('Enter');
	await testId(panel, 'tab-params').click();
}

/**
 * Runs the node of the open panel; n8n 2 asks to save, unless it saved by itself.
 * @param shown what the run is to show
 */
export async function execute(page: Page, panel: Locator, shown: Locator): Promise<void> {
	const save = page.getByRole('button', { name: 'Save & run' });
	const starved = page.getByText(STARVED, { exact: false }).filter({ visible: true });
	for (let tries = 1; ; tries++) {
		// The editor stores what is typed a moment later, and runs what is stored.
		await pause(1500);
		await testId(panel, 'node-execute-button').click();
		await save.or(shown).or(starved).first().waitFor();
		if (await save.isVisible()) await save.click();
		await shown.or(starved).first().waitFor();
		if (tries === 3 || !(await starved.first().isVisible())) break;
		await starved.first().waitFor({ state: 'hidden' });
	}
	await shown.first().waitFor();
}

/**
 * Before n8n runs a node it compares its fields with their patterns, each for at most 250 ms by the clock on the wall, and
 * otherwise runs nothing. A busy machine may stop it for that long whatever the pattern is (seen in n8n 2.41 at a load of
 * eleven on two cores).
 */
const STARVED = 'Regular expression execution timed out';

/** Drags by mouse, in steps, as n8n follows it; both ends have to be on the screen. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
	const [start, end] = [await from.boundingBox(), await to.boundingBox()];
	assert.ok(start && end, 'both ends of the drag are on the screen');
	await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
	await page.mouse.down();
	await page.mouse.move(start.x + start.width / 2 + 10, start.y + start.height / 2 + 10, { steps: 3 });
	await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 15 });
	await page.mouse.up();
}

/** Drags a field of the panel's input to a parameter. */
export async function dragField(panel: Locator, field: string, to: Locator): Promise<void> {
	const from = testId(panel, 'ndv-input-panel').getByText(field, { exact: true }).first();
	await from.waitFor();
	await drag(panel.page(), from, to);
}

/** Sets a parameter to *Expression* and types one. n8n closes the brackets by itself. */
export async function typeExpression(scope: Locator, parameter: string, expression: string, index = 0): Promise<void> {
	const head = testId(scope, `${parameter}-parameter-input-options-container`).nth(index);
	await testId(scope, `parameter-input-${parameter}`).nth(index).hover();
	await testId(head, 'radio-button-expression').click();
	await scope.page().keyboard.type(expression.replace(/ *\}\}$/, ''));
}

/** Adds one of the fields that a line, a collection or its options offer. */
export async function addField(scope: Locator, button: string, field: string, index = 0): Promise<void> {
	await testId(scope, button).nth(index).click();
	const page = scope.page();
	await page
		.getByRole('option')
		.filter({ has: page.getByText(field, { exact: true }), visible: true })
		.click();
}

/** Flips a switch of the panel. */
export async function flip(scope: Locator, parameter: string): Promise<void> {
	await testId(scope, `parameter-input-${parameter}`).locator('.el-switch__core').click();
}
