import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine, type EngineOptions } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { certificateFor } from '../support/certificate';
import { entry } from '../support/entry';
import { Probe, PROBE } from '../support/probeNode';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY, countVouchers } from '../support/world';

let sandbox: Sandbox;
let proxy: StrikingProxy;
let asked: string[];
let connections = 0;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url, certificateFor('127.0.0.1'));
	asked = [];
	proxy.strike(({ url }) => asked.push(url ?? '') < 0);
});
afterEach(async () => {
	await proxy.close();
	await sandbox.close();
});

const REFUSED = 'does not accept the certificate of the server (DEPTH_ZERO_SELF_SIGNED_CERT). Check the OAuth Base URL';

function app(): Sandbox['clients'][number] {
	const [first] = sandbox.clients;
	if (first === undefined) throw new Error('The sandbox has no client');
	return first;
}

function engineWith(acme: NonNullable<EngineOptions['credentials']>[string]): Engine {
	return createEngine({ nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting, [PROBE]: Probe }, credentials: { acme } });
}

/** A service account whose token endpoint shows a certificate that n8n refuses; the API is reached as it should be. */
function serviceAccount(more: object = {}): Engine {
	const { id, secret } = app();
	const fields = { clientId: id, clientSecret: secret, tenantId: String(COMPANY), apiBaseUrl: sandbox.url };
	return engineWith({ type: 'fortnoxServiceAccountApi', data: { ...fields, oauthBaseUrl: `${proxy.url}/oauth-v1`, ...more } });
}

describe('a token endpoint whose certificate n8n refuses', () => {
	const get = { authentication: 'serviceAccount', resource: 'company', operation: 'get' };

	test('is named by the node, at once, and no secret goes there', async () => {
		const { error } = await serviceAccount().runNode({ parameters: get });
		expect(error?.message).toMatch(/^Nothing was sent: /);
		expect(error?.message).toContain(REFUSED);
		expect(error?.context).toMatchObject({ error_code: 'ERROR_FORTNOX_UNAVAILABLE' });
		expect(asked).toEqual([]);
	});

	test('leaves an entry unposted', async () => {
		const before = countVouchers(sandbox);
		const parameters = { ...entry({ number: 'TLS-1' }), authentication: 'serviceAccount' };
		const [item] = (await serviceAccount().runNode({ parameters, onError: 'continueRegularOutput' })).json();
		expect(item).toMatchObject({ error: expect.stringContaining(REFUSED), error_code: 'ERROR_FORTNOX_UNAVAILABLE' });
		expect(countVouchers(sandbox)).toBe(before);
	});

	test('is named where another node asks, and in the test of the credential', async () => {
		const engine = serviceAccount();
		const url = `${sandbox.url}/3/companyinformation`;
		const { error } = await engine.runNode({ type: PROBE, parameters: { action: 'request', authentication: 'serviceAccount', url } });
		expect(`${error?.message} ${error?.description}`).toContain(REFUSED);
		expect(await engine.credentialTest('acme')).toEqual({ status: 'Error', message: expect.stringContaining(REFUSED) });
		sandbox.consent({ clientId: app().id, tenantId: COMPANY, serviceAccount: true });
		expect(await serviceAccount({ apiBaseUrl: proxy.url, oauthBaseUrl: `${sandbox.url}/oauth-v1` }).credentialTest('acme')).toEqual({
			status: 'Error',
			message: expect.stringContaining(REFUSED.replace('OAuth', 'API')),
		});
		expect(asked).toEqual([]);
	});

	test('is named where the token of an OAuth2 credential is renewed', async () => {
		const clientId = `tls-token-${process.pid}-${++connections}`;
		sandbox.clients.push({ ...app(), id: clientId });
		const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY, expiresInSeconds: 0 });
		const stored = fortnoxCredential({ url: sandbox.url, clientId, clientSecret: app().secret, oauthTokenData });
		const engine = engineWith({ ...stored, data: { ...stored.data, oauthBaseUrl: `${proxy.url}/oauth-v1` } });
		const { error } = await engine.runNode({ parameters: { resource: 'company', operation: 'get' } });
		expect(error?.message).toContain(REFUSED);
		expect(asked).toEqual([]);
	});
});
