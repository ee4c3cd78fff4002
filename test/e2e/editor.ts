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
