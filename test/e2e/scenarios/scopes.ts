import assert from 'node:assert/strict';

import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { atPage } from '../atPage';
import { picture } from '../browser';
import { connect, flip, newCredential, testId, typeOver } from '../editor';
import { credentialFields, sandboxFor } from '../fortnox';
import { pause } from '../process';
import type { Context, Scenario } from '../scenario';

/** A company of the sandbox without the licence Arkivplats. */
const WITHOUT_ARCHIVE = '1002';

const isConnected = (dialog: Locator): Locator => dialog.getByText(/account connected/i).first();

/** The scopes that the last consent was asked for. */
function asked({ log }: Sandbox): string[] {
	const { query } = log.filter(({ path, query: sent }) => path === '/oauth-v1/auth' && sent.scope !== undefined).at(-1) ?? {};
	return (query?.scope ?? '').split(' ').sort();
}

async function approve(consent: Page, company: string): Promise<void> {
	await consent.locator('#approve').waitFor();
	await consent.locator(`input[name=company][value="${company}"]`).check();
	await consent.locator('#approve').click();
}

/** Each choice says its licence and its operations. */
async function choices(dialog: Locator, context: Context): Promise<void> {
	const page = dialog.page();
	await testId(dialog, 'parameter-input-scopes').click();
	const option = page.getByRole('option').filter({ hasText: 'Archive', visible: true });
	await option.waitFor();
	await picture(page, context.pictures, 'scopes-list');
	assert.match(await option.innerText(), /Get Attachments.*licence: Arkivplats/s);
	await page.keyboard.press('Escape');
	assert.match(await dialog.innerText(), /where you select none, bookkeeping, companyinformation/);
}

/** A text in place of the list, with a scope that the company has no licence for; then without it. */
async function custom(dialog: Locator, sandbox: Sandbox, context: Context): Promise<void> {
	const page = dialog.page();
	const text = testId(dialog, 'parameter-input-enabledScopes').locator('input');
	await flip(dialog, 'customScopes');
	await text.waitFor();
	const needed = await text.inputValue();
	assert.match(needed, /bookkeeping/);
	assert.doesNotMatch(needed, /archive/);
	await typeOver(text, `${needed} archive`);
	await pause(1500);
	await picture(page, context.pictures, 'scopes-custom', dialog);
	let said = '';
	await connect(dialog, async (consent) => {
		await approve(consent, WITHOUT_ARCHIVE);
		const failed = consent.getByText('Failed to connect', { exact: false });
		await failed.waitFor();
		await consent.getByText('More details').click();
		await picture(consent, context.pictures, 'scopes-refused');
		said = await consent.locator('body').innerText();
		await consent.close();
	});
	assert.match(said, /error_missing_license.*archive/s);
	assert.ok(asked(sandbox).includes('archive'));
	await typeOver(text, needed);
	// The dialog takes over what is typed a moment later.
	await pause(1500);
	await connect(dialog, async (consent) => await approve(consent, WITHOUT_ARCHIVE));
	await isConnected(dialog).waitFor();
	await picture(page, context.pictures, 'scopes-connected', dialog);
	assert.ok(!asked(sandbox).includes('archive'));
	context.note(
		`Custom Scopes: with archive, Fortnox’s answer is shown (${said.replace(/\s+/g, ' ').slice(0, 200)}); without it, it is connected`,
	);
}

export const scopes: Scenario = {
	name: 'scopes',
	proves: 'the credential says what each scope is for and needs, asks for no archive by itself, and takes scopes as a text',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		await atPage(context, n8n, 'scopes', async (page) => {
			const dialog = await newCredential(page, n8n.url, 'Fortnox OAuth2 API', credentialFields(sandbox));
			await picture(page, context.pictures, 'scopes-dialog', dialog);
			await choices(dialog, context);
			await custom(dialog, sandbox, context);
		});
	},
};
