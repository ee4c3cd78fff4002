import assert from 'node:assert/strict';

import type { Sandbox } from '../../../sandbox';
import { openBrowser, picture } from '../browser';
import { connect, newCredential } from '../editor';
import { app, connectedCredential, credentialFields, fortnox, locator, refreshes, sandboxFor, tenantId } from '../fortnox';
import { itemsOf } from '../n8n';
import { waitFor } from '../process';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const ITEMS = 60;
const TOKEN_SECONDS = 12;

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
		const { note } = context;
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());

		// Lives through the first of the three windows that 60 requests take, and ends by its own clock.
		sandbox.settings.accessTokenSeconds = TOKEN_SECONDS;
		const dialog = await newCredential(page, n8n.url, 'Fortnox OAuth2 API', credentialFields(sandbox));
		await connect(dialog, async (window) => {
			await window.locator('#approve').waitFor();
			await picture(window, context.pictures, 'consent');
			await window.locator('#approve').click();
		});
		await dialog
			.getByText(/account connected/i)
			.first()
			.waitFor();
		await picture(page, context.pictures, 'connected');
		const [saved] = await n8n.rest<Array<{ id: string; name: string }>>('GET', '/credentials');
		assert.ok(saved, 'the dialog saved a credential');
		const credential = { id: saved.id, name: saved.name };
		const token = async () => (await n8n.credential(credential.id)).oauthTokenData as TokenData;
		const first = await token();
		const authorize = sandbox.log.find(({ path }) => path === '/oauth-v1/auth');
		assert.equal(authorize?.query.access_type, 'offline');
		assert.equal(authorize.query.account_type, 'service');
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
		sandbox.settings.accessTokenSeconds = 3600;
		const before = sandbox.log.length;
		const items = itemsOf(await n8n.finished(await n8n.run(many, 'Manual Trigger')), 'Account');
		assert.equal(items.length, ITEMS);
		const paths = sandbox.log.slice(before).map(({ path }) => path);
		const refreshedAfter = paths.indexOf('/oauth-v1/token');
		assert.ok(refreshedAfter > 0, 'the token was good for the first items');
		assert.equal(refreshes(sandbox).length, 1, 'one refresh, however many items');
		const second = await token();
		assert.notEqual(second.refresh_token, first.refresh_token);
		assert.equal(await redeem(sandbox, second.refresh_token), 200, 'what n8n kept is the newest: each is taken once');
		note(`the token ended after ${refreshedAfter} of ${ITEMS} items: one refresh, and n8n kept the rotated token`);

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

		sandbox.expireTokens(tenantId);
		const outage = sandbox.faults.add({ kind: 'gateway5xx', when: 'before', path: '^/oauth-v1/token$' });
		const unlucky = await n8n.finished(await n8n.run(many, 'Manual Trigger'));
		assert.throws(() => itemsOf(unlucky, 'Account'), /try again later/i);
		outage.remove();
		note(`token server out of order: ${failure(() => itemsOf(unlucky, 'Account'))}`);

		sandbox.revoke(tenantId);
		const revoked = await n8n.finished(await n8n.run(many, 'Manual Trigger'));
		assert.throws(() => itemsOf(revoked, 'Account'), /reconnect|connect .*again/i);
		note(`revoked consent: ${failure(() => itemsOf(revoked, 'Account'))}`);

		await page.goto(`${n8n.url}/home/credentials/${credential.id}`);
		await connect(dialog, async (window) => await window.locator('#approve').click());
		await waitFor('a new token', async () => (await token()).access_token !== second.access_token);
		assert.equal(itemsOf(await n8n.finished(await n8n.run(many, 'Manual Trigger')), 'Account').length, ITEMS);
		note('connected again: the workflow runs');
	},
};

/** Uses up a refresh token, and returns the token endpoint's status. */
async function redeem(sandbox: Sandbox, refreshToken: string): Promise<number> {
	const { clientId, clientSecret } = app;
	const answer = await fetch(`${sandbox.url}/oauth-v1/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
		body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
	});
	return answer.status;
}

function failure(work: () => unknown): string {
	try {
		work();
		return 'none';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
