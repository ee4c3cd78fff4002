import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { stockholmDate } from '../../../sandbox/company/clock';
import { app, connectedCredential, fortnox, locator, sandboxFor, tenantId } from '../fortnox';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

export const secrets: Scenario = {
	name: 'secrets',
	proves: 'no token or secret is in execution data, logs or the database, whether nodes succeed or fail',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		// Debug logs: what is said there is read by more people than the credential.
		const n8n = await context.startN8n({ env: { N8N_LOG_LEVEL: 'debug' } });
		const credential = await connectedCredential(n8n, sandbox);
		const secret = new Map<string, string>([['client secret', app.clientSecret]]);
		const remember = async (when: string) => {
			const { oauthTokenData } = await n8n.credential(credential.id);
			const { access_token, refresh_token } = oauthTokenData as Record<string, string | undefined>;
			secret.set(`access token ${when}`, access_token ?? '').set(`refresh token ${when}`, refresh_token ?? '');
		};
		await remember('before');

		const entry = {
			journalId: locator('code', 'A'),
			date: stockholmDate(Date.now()),
			linesSource: 'json',
			linesJson: '[{"account":"1930","debit":1},{"account":"3001","credit":1}]',
			options: { rawResponse: true },
		};
		const steps = [
			fortnox('Company', credential, 'company', 'get', { options: { rawResponse: true } }),
			fortnox('Post', credential, 'journalEntry', 'create', entry),
			fortnox('Unbalanced', credential, 'journalEntry', 'create', { ...entry, linesJson: '[{"account":"1930","debit":1}]' }),
			fortnox('Unknown account', credential, 'account', 'get', { accountNumber: locator('number', '9998') }),
		];
		const execute = async (onError: 'continueRegularOutput' | 'stopWorkflow') => {
			for (const step of steps) {
				const id = await n8n.createWorkflow(workflow(step.name, [builtIn('Manual Trigger', 'manualTrigger', 1), { ...step, onError }]));
				await n8n.finished(await n8n.run(id, 'Manual Trigger'));
			}
		};
		await execute('stopWorkflow');
		sandbox.expireTokens(tenantId);
		await execute('continueRegularOutput');
		await remember('after the refresh');
		sandbox.faults.add({ kind: 'gateway5xx', times: 2, method: 'GET' });
		sandbox.faults.add({ kind: 'dropAfterCommit', times: 1, method: 'POST', path: '^/3/vouchers' });
		await execute('stopWorkflow');
		sandbox.revoke(tenantId);
		await execute('stopWorkflow');
		await n8n.stop();

		assert.equal(new Set(secret.values()).size, 5, 'five different secrets are looked for');
		const { home } = n8n.options;
		const database = join(home, '.n8n');
		const files = [
			...n8n.logs,
			...(await readdir(database)).filter((name) => name.includes('sqlite') || name.endsWith('.log')).map((name) => join(database, name)),
		];
		assert.ok(
			files.some((file) => file.endsWith('database.sqlite')),
			'the database is among the files',
		);
		for (const file of files) {
			const content = await readFile(file);
			for (const [what, value] of secret) assert.ok(!content.includes(value), `${what} is in ${file}`);
		}
		context.note(`${secret.size} secrets looked for in ${files.length} files, after successes, failures, a refresh and a revocation`);
	},
};
