import { ACCOUNTING_NODE, createEngine } from '../../engine';
import type { Engine, EngineResult } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node';
import { jwt } from '../unit/fortnox/support';
import { Probe, PROBE } from './support/probeNode';
import { startTokenServer } from './support/tokenServer';
import type { TokenServer } from './support/tokenServer';

const basic = `Basic ${Buffer.from('app:secret').toString('base64')}`;

let server: TokenServer;

beforeEach(async () => {
	server = await startTokenServer();
});

afterEach(async () => {
	await server.close();
});

function ask(engine: Engine, authentication: string, path = '/3/companyinformation'): Promise<EngineResult> {
	return engine.runNode({ type: PROBE, parameters: { action: 'request', authentication, url: server.url + path } });
}

describe('the OAuth2 credential in n8n’s engine', () => {
	function connected(data = {}): Engine {
		return createEngine({
			nodeTypes: { [PROBE]: Probe },
			credentials: {
				acme: {
					type: 'fortnoxOAuth2Api',
					name: 'Acme',
					data: {
						clientId: 'app',
						clientSecret: 'secret',
						oauthBaseUrl: `${server.url}/oauth-v1`,
						apiBaseUrl: server.url,
						oauthTokenData: { access_token: 'stale', refresh_token: 'refresh-0', token_type: 'bearer' },
						...data,
					},
				},
			},
		});
	}

	it('renews an expired token at the derived URL, stores the rotated one and repeats the request', async () => {
		const engine = connected();
		const result = await ask(engine, 'oAuth2');

		expect(result.json()).toEqual([{ CompanyInformation: { CompanyName: 'Kaffe & Kärna AB' } }]);
		expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /3/companyinformation',
			'POST /oauth-v1/token',
			'GET /3/companyinformation',
		]);
		expect(server.tokenRequests()[0]).toMatchObject({
			headers: { authorization: basic },
			body: 'refresh_token=refresh-0&grant_type=refresh_token',
		});
		expect(engine.credential('acme').oauthTokenData).toMatchObject({
			access_token: 'access-1',
			refresh_token: 'refresh-1',
		});

		await ask(engine, 'oAuth2');
		expect(server.tokenRequests()).toHaveLength(1);
	});

	it('renews once for two executions at the same time', async () => {
		const engine = connected();
		const results = await Promise.all([ask(engine, 'oAuth2'), ask(engine, 'oAuth2')]);
		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(server.tokenRequests()).toHaveLength(1);
	});

	it('says that the credential must be connected again when the refresh token is refused', async () => {
		server.refuseTokens({
			status: 400,
			contentType: 'text/html',
			body: '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
		});
		const result = await ask(connected(), 'oAuth2');
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('The credential "Acme" needs to be reconnected.');
	});

	it('sends no secret to an address that is neither https nor loopback', async () => {
		const port = new URL(server.url).port;
		const result = await ask(connected({ oauthBaseUrl: `http://127.0.0.1@localhost:${port}/oauth-v1` }), 'oAuth2');
		expect(result.status).toBe('error');
		expect(server.tokenRequests()).toHaveLength(0);
	});
});

describe('the service account credential in n8n’s engine', () => {
	function account(data = {}): Engine {
		return createEngine({
			nodeTypes: { [PROBE]: Probe, [ACCOUNTING_NODE]: FortnoxAccounting },
			credentials: {
				acme: {
					type: 'fortnoxServiceAccountApi',
					data: {
						clientId: 'app',
						clientSecret: 'secret',
						tenantId: '1234567',
						oauthBaseUrl: `${server.url}/oauth-v1/`,
						apiBaseUrl: server.url,
						...data,
					},
				},
			},
		});
	}

	it('gets a token for the tenant before the first request and stores it', async () => {
		const engine = account();
		expect((await ask(engine, 'serviceAccount')).status).toBe('success');
		expect(server.tokenRequests()).toEqual([
			expect.objectContaining({
				method: 'POST',
				path: '/oauth-v1/token',
				headers: expect.objectContaining({
					authorization: basic,
					tenantid: '1234567',
					'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
				}),
				body: 'grant_type=client_credentials',
			}),
		]);
		expect(engine.credential('acme').accessToken).toBe('access-1');

		await ask(engine, 'serviceAccount');
		expect(server.tokenRequests()).toHaveLength(1);
	});

	it('gets a new token after a 401 and repeats the request', async () => {
		const engine = account({ accessToken: 'stale' });
		expect((await ask(engine, 'serviceAccount')).status).toBe('success');
		expect(engine.credential('acme').accessToken).toBe('access-1');
		expect(server.received.map(({ path }) => path)).toEqual(['/3/companyinformation', '/oauth-v1/token', '/3/companyinformation']);
	});

	it.each([
		['invalid_client', 401, 'text/plain', 'Compare both with the app in the Fortnox Developer Portal'],
		['error_missing_license', 400, 'text/html', 'no licence'],
		['invalid_grant', 400, 'text/html', 'no consent of this company'],
		['something_new', 400, 'application/json', 'something_new: in Fortnox’s words'],
	])('explains %s', async (error, status, contentType, advice) => {
		const body = JSON.stringify({ error, error_description: 'in Fortnox’s words' });
		server.refuseTokens({ status, contentType, body });
		const result = await ask(account(), 'serviceAccount');
		const text = JSON.stringify([result.error?.message, result.error?.description]);
		expect(text).toContain(advice);
		expect(text).toContain('in Fortnox’s words');
		expect(text).not.toContain(basic);
	});

	it('refuses a base URL before anything is sent', async () => {
		const result = await ask(account({ oauthBaseUrl: 'http://sandbox.example/oauth-v1' }), 'serviceAccount');
		expect(JSON.stringify([result.error?.message, result.error?.description])).toContain("'OAuth Base URL' must start");
		expect(server.received).toEqual([]);
	});

	it('names the company in the credential test', async () => {
		expect(await account().credentialTest('acme')).toEqual({ status: 'OK', message: 'Connected to Kaffe & Kärna AB' });
	});

	it('gives the reason when the credential test fails', async () => {
		server.refuseTokens({ status: 401, contentType: 'text/plain', body: '{"error":"invalid_client"}' });
		expect(await account().credentialTest('acme')).toEqual({
			status: 'Error',
			message: expect.stringContaining('Fortnox does not accept the client ID and client secret'),
		});
	});

	it('says that the app is known where no company is named', async () => {
		server.refuseTokens({ status: 400, contentType: 'text/html', body: '{"error":"invalid_grant"}' });
		expect(await account({ tenantId: ' ' }).credentialTest('acme')).toEqual({
			status: 'OK',
			message: expect.stringContaining('Tenant ID'),
		});
		server.refuseTokens({ status: 401, contentType: 'text/plain', body: '{"error":"invalid_client"}' });
		expect(await account({ tenantId: '' }).credentialTest('acme')).toMatchObject({ status: 'Error' });
		expect(await account({ tenantId: '', clientSecret: '' }).credentialTest('acme')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("'Client Secret'"),
		});
	});

	it('gets a new token where the stored one is another company’s: the tenant ID was edited', async () => {
		const engine = account({ accessToken: jwt({ tenantId: 1001 }), tenantId: '1002' });
		expect((await ask(engine, 'serviceAccount')).status).toBe('success');
		expect(server.received.map(({ path }) => path)).toEqual(['/oauth-v1/token', '/3/companyinformation']);
		expect(server.tokenRequests()[0]?.headers).toMatchObject({ tenantid: '1002' });
	});
});
