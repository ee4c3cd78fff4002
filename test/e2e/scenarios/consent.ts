import assert from 'node:assert/strict';

import { openBrowser, picture } from '../browser';
import { connect, newCredential } from '../editor';
import { connectedCredential, credentialFields, fortnox, locator, refreshes, sandboxFor, tenantId } from '../fortnox';
import { itemsOf } from '../n8n';
import { waitFor } from '../process';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const ITEMS = 60;

interface TokenData {
	access_token: string;
	refresh_token: string;
	scope: string;
}

export const consent: Scenario = {
	name: 'consent',
	proves: 'a person connects in the editor; n8n refreshes and keeps the rotated token; lost access is explained',
	lines: [2, 1],
	async run(context) {
		const { note, installed } = context;
		const sandbox = await sandboxFor(context);
		sandbox.settings.logAnswers = true;
		const n8n = await context.startN8n();
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());

		const dialog = await newCredential(page, n8n.url, 'Fortnox OAuth2 API', credentialFields(sandbox));
		await connect(dialog, async (window) => {
			await window.locator('#approve').waitFor();
			await picture(window, `consent-n8n${installed.line}`);
			await window.locator('#approve').click();
		});
		await dialog.getByText(/account connected/i).first().waitFor();
		await picture(page, `connected-n8n${installed.line}`);
		const [saved] = await n8n.rest<Array<{ id: string; name: string }>>('GET', '/credentials');
		assert.ok(saved, 'the dialog saved a credential');
		const credential = { id: saved.id, name: saved.name };
		const token = async () => (await n8n.credential(credential.id)).oauthTokenData as TokenData;
		const first = await token();
		const authorize = sandbox.log.find(({ path }) => path === '/oauth-v1/auth');
		assert.equal(authorize?.query.access_type, 'offline');
		assert.equal(authorize?.query.account_type, 'service');
		assert.ok(first.scope.split(' ').includes('bookkeeping'), `granted: ${first.scope}`);
		note(`connected in the editor; granted: ${first.scope}`);

		const many = await n8n.createWorkflow(
			workflow('Many accounts', [
				builtIn('Manual Trigger', 'manualTrigger', 1),
				builtIn('Code', 'code', 2, {
					jsCode: `return Array.from({ length: ${ITEMS} }, () => ({ json: { account: '1930' } }))`,
				}),
				fortnox('Account', credential, 'account', 'get', { accountNumber: locator('number', '={{ $json.account }}') }),
			]),
		);
		const sent = () => sandbox.log.filter(({ path }) => path.startsWith('/3/accounts')).length;
		const run = await n8n.run(many, 'Manual Trigger');
		await waitFor('the first requests', async () => sent() >= 10, { every: 20 });
		sandbox.expireTokens(tenantId);
		const items = itemsOf(await n8n.finished(run), 'Account');
		assert.equal(items.length, ITEMS);
		assert.equal(refreshes(sandbox).length, 1, 'one refresh, however many items');
		const second = await token();
		assert.notEqual(second.refresh_token, first.refresh_token);
		assert.equal(second.refresh_token, (refreshes(sandbox)[0]?.answer as TokenData).refresh_token);
		sandbox.expireTokens(tenantId);
		assert.equal(itemsOf(await n8n.finished(await n8n.run(many, 'Manual Trigger')), 'Account').length, ITEMS);
		assert.equal(refreshes(sandbox).length, 2, 'the rotated token was good for the next refresh');
		note(`the token expired while ${ITEMS} items ran: one refresh, and n8n kept the rotated token`);

		const narrow = await connectedCredential(n8n, sandbox, ['companyinformation']);
		const small = await n8n.createWorkflow(
			workflow('Without the scope', [
				builtIn('Manual Trigger', 'manualTrigger', 1),
				fortnox('Accounts', narrow, 'account', 'getAll', { returnAll: true }),
			]),
		);
		const refused = await n8n.finished(await n8n.run(small, 'Manual Trigger'));
		assert.throws(() => itemsOf(refused, 'Accounts'), /scope/i);
		note(`scope mismatch: ${failure(() => itemsOf(refused, 'Accounts'))}`);

		sandbox.revoke(tenantId);
		const revoked = await n8n.finished(await n8n.run(many, 'Manual Trigger'));
		assert.throws(() => itemsOf(revoked, 'Account'), /reconnect|connect .*again/i);
		note(`revoked consent: ${failure(() => itemsOf(revoked, 'Account'))}`);
	},
};

function failure(work: () => unknown): string {
	try {
		work();
		return 'none';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
