import type { ServerResponse } from 'node:http';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox } from '../../../sandbox';
import { entry } from '../support/entry';
import { startStrikingProxy } from '../support/strikingProxy';
import { countVouchers } from '../support/world';

it('Maximum Wait ends the wait for a token server that hangs; the renewal goes on for the others', async () => {
	const sandbox = await startSandbox({ settings: { limit: 'off' } });
	const proxy = await startStrikingProxy(sandbox.url);
	const [app] = sandbox.clients;
	const clientSecret = String(app?.secret);
	const clientId = String(app?.id);
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: 1001, expiresInSeconds: -10 });
	const fortnox = fortnoxCredential({ url: proxy.url, clientId, clientSecret, oauthTokenData });
	const engine = createEngine({ nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting }, credentials: { fortnox } });
	const renewals: ServerResponse[] = [];
	proxy.strike((request, response) => {
		if (request.url?.endsWith('/token') !== true) return false;
		renewals.push(response);
		return true;
	});
	const posted = countVouchers(sandbox);

	// The one that renews and one that waits for it.
	const hurried = [1, 2].map(async (n) => await engine.runNode({ parameters: entry({ number: `W-${n}`, options: { maxWait: 20 } }) }));
	const patient = engine.runNode({ parameters: { resource: 'company', operation: 'get' } });
	for (const { error } of await Promise.all(hurried)) {
		expect(error?.message).toMatch(/not sent within the 20 seconds that it may wait: the access token is being renewed/);
		expect(error?.context?.error_code).toBe('ERROR_RATE_LIMIT');
	}
	expect(renewals).toHaveLength(1);
	expect(countVouchers(sandbox)).toBe(posted);

	const renewed = sandbox.issueTokens({ clientId, tenantId: 1001 });
	renewals[0]?.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(renewed));
	expect((await patient).error?.message).toBeUndefined();
	expect(renewals).toHaveLength(1);
	await proxy.close();
	await sandbox.close();
});
