import type { Locator, Page } from 'playwright-core';

/** The parts of n8n's editor that a person uses, found as a person or a screen reader finds them where n8n allows it. */

export function testId(scope: Page | Locator, id: string): Locator {
	return scope.locator(`[data-test-id="${id}"]`);
}

/** Opens *Create credential*, searches a type by what is shown, and fills its text fields, leaving the dialog open. */
export async function newCredential(
	page: Page,
	url: string,
	typeName: string,
	fields: Record<string, string>,
): Promise<Locator> {
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

/** Opens the list of a resource locator, its search field focused, and returns the choices once they are loaded. */
export async function openSearch(scope: Locator, parameter: string, index = 0): Promise<Locator> {
	const field = testId(scope, `resource-locator-${parameter}`).nth(index);
	await testId(field, 'rlc-input').click();
	const choices = testId(scope.page().locator('body'), 'rlc-item').filter({ visible: true });
	await choices.first().waitFor();
	return choices;
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
