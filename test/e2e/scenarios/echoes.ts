import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { stockholmDate } from '../../../sandbox/company/clock';
import { BLANK } from '../../../nodes/shared/fortnox/secrets';
import { formsOf, leftIn } from '../../engine/support/echoed';
import { startEchoProxy, type Echo } from '../../engine/support/echoProxy';
import { app, credentialFields, fortnox, locator, oAuth2, sandboxFor, tenantId } from '../fortnox';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const HOW: readonly Echo[] = ['refusal', 'page', 'success'];
const ENDPOINTS = ['GET /3/companyinformation', 'GET /3/accounts', 'GET /3/financialyears', 'POST /3/vouchers', 'GET /3/vouchers/…/…'];

export const echoes: Scenario = {
	name: 'echoes',
	proves:
		'no token or secret that a server sends back, in plain, URL- or base64-encoded form, is stored in an execution or written into a log',
	lines: [2],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const proxy = await startEchoProxy(sandbox.url);
		context.onEnd(async () => await proxy.close());
		// Debug logs: what is said there is read by more people than the credential.
		const n8n = await context.startN8n({ env: { N8N_LOG_LEVEL: 'debug' } });
		const oauthTokenData = sandbox.issueTokens({ tenantId });
		const forms = formsOf({ ...oauthTokenData, ...app });
		const entry = {
			journalId: locator('code', 'A'),
			date: stockholmDate(Date.now()),
			linesSource: 'json',
			linesJson: '[{"account":"1930","debit":1},{"account":"3001","credit":1}]',
			options: { rawResponse: true, outcomeTimeout: 1 },
		};
		let connections = 0;
		for (const endpoint of ENDPOINTS) {
			for (const how of HOW) {
				// Another address for each, since answers are kept for a while.
				const name = `Echo ${++connections}`;
				const fields = { ...credentialFields(sandbox), apiBaseUrl: `${proxy.url}/c${connections}`, oauthTokenData };
				const credential = { id: await n8n.createCredential(name, oAuth2, fields), name };
				proxy.echo({ endpoints: [endpoint], how, texts: forms });
				const steps = [
					fortnox('Company', credential, 'company', 'get', { options: { rawResponse: true } }),
					fortnox('Accounts', credential, 'account', 'getAll', { returnAll: true, options: { rawResponse: true } }),
					fortnox('Post', credential, 'journalEntry', 'create', entry),
				];
				for (const step of steps) {
					const nodes = [builtIn('Manual Trigger', 'manualTrigger', 1), step];
					const id = await n8n.createWorkflow(workflow(`${name} ${step.name}`, nodes));
					await n8n.finished(await n8n.run(id, 'Manual Trigger'));
				}
			}
		}
		await n8n.stop();

		const database = join(n8n.options.home, '.n8n');
		const files = [
			...n8n.logs,
			...(await readdir(database)).filter((name) => name.includes('sqlite') || name.endsWith('.log')).map((name) => join(database, name)),
		];
		let blanked = 0;
		for (const file of files) {
			const content = await readFile(file, 'latin1');
			const leaks = leftIn(content, forms);
			assert.deepEqual(leaks, [], `what a server sent back is in ${file}`);
			if (file.endsWith('database.sqlite')) blanked = content.split(BLANK).length - 1;
		}
		assert.ok(blanked > 0, 'the stored executions show the texts, with their secrets blanked');
		context.note(
			`${forms.length} forms of 4 secrets echoed by ${ENDPOINTS.length} endpoints in ${HOW.length} ways; ${blanked} blanked places in the database, none in plain in ${files.length} files`,
		);
	},
};
