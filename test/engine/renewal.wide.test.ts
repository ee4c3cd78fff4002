import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine } from '../../engine';
import type { EngineOptions, EngineResult, StoredCredential } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox } from '../../sandbox';
import type { OAuthTokenData, Sandbox } from '../../sandbox';
import { atSpeed } from '../clock/fastTime';

const TENANT = 1001;
const ACCOUNT: INodeParameters = { resource: 'account', operation: 'get', accountNumber: '1930' };
const COMPANY: INodeParameters = { resource: 'company', operation: 'get' };

let sandbox: Sandbox;
/** What n8n has in its database. */
let stored: StoredCredential;
let connections = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off', refreshLatency: { successMs: 150, refusalMs: 30 } } });
});

afterAll(async () => {
	await sandbox.close();
});

const tokens = () => {
	const { access_token, refresh_token } = Object(stored.data.oauthTokenData) as Partial<OAuthTokenData>;
	return { access: String(access_token), refresh: String(refresh_token) };
};
const refreshes = () => sandbox.log.filter(({ path, body }) => path.endsWith('/token') && JSON.stringify(body).includes('refresh_token'));
const statuses = () => refreshes().map(({ status }) => status);
const refused = () => sandbox.log.filter(({ path, status }) => path.startsWith('/3/') && status === 401);

/** A running n8n process: its own modules, and with them its own token gates; the database is shared. */
interface Process {
	run(parameters: INodeParameters, times?: number): Promise<EngineResult>;
}

function processOf(create: typeof createEngine, node: EngineOptions['nodeTypes'][string]): Process {
	return {
		run: async (parameters, times = 1) => {
			const engine = create({ nodeTypes: { [ACCOUNTING_NODE]: node }, credentials: { [credentialId()]: stored } });
			return await engine.runNode({ parameters, input: Array.from({ length: times }, () => ({})) });
		},
	};
}

const here = processOf(createEngine, FortnoxAccounting);

async function anotherProcess(): Promise<Process> {
	let made: Process | undefined;
	await jest.isolateModulesAsync(async () => {
		const { createEngine: create } = await import('../../engine');
		const { FortnoxAccounting: Node } = await import('../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts');
		made = processOf(create, Node);
	});
	if (made === undefined) throw new Error('The modules were not loaded');
	return made;
}

/** Each test has a credential and a client id of its own: gates and limits live as long as the process. */
const credentialId = () => `fortnox-${connections}`;

function connectionData() {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `renewal-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	sandbox.log.length = 0;
	return { clientId, clientSecret: app.secret, apiBaseUrl: sandbox.url, oauthBaseUrl: `${sandbox.url}/oauth-v1` };
}

function connectOAuth2(expiresInSeconds?: number): void {
	const data = connectionData();
	const issued = sandbox.issueTokens({ clientId: data.clientId, tenantId: TENANT, expiresInSeconds });
	stored = { type: 'fortnoxOAuth2Api', name: 'Fortnox', data: { ...data, oauthTokenData: { ...issued } } };
}

/** Renews the token at Fortnox, as another program with the same credential does. @returns the new tokens, not stored yet */
async function renewElsewhere(): Promise<OAuthTokenData> {
	const { clientId, clientSecret } = stored.data;
	const app = [clientId, clientSecret].join(':');
	const answer = await fetch(`${sandbox.url}/oauth-v1/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(app).toString('base64')}` },
		body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens().refresh }),
	});
	return (await answer.json()) as OAuthTokenData;
}

/** Long enough for another process to ask meanwhile, and to store what it got, also on a machine that is busy. */
async function whileRenewingTakesLong<T>(work: () => Promise<T>): Promise<T> {
	const { refreshLatency } = sandbox.settings;
	sandbox.settings.refreshLatency = { ...refreshLatency, successMs: 2000 };
	return await atSpeed(1, work).finally(() => {
		sandbox.settings.refreshLatency = refreshLatency;
	});
}

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

function store(oauthTokenData: OAuthTokenData): void {
	stored.data = { ...stored.data, oauthTokenData: { ...oauthTokenData } };
}

describe('the OAuth2 credential in use', () => {
	it('is renewed once, before anything is sent, for 24 reads with an expired token, and stored', async () => {
		connectOAuth2(-10);
		const before = tokens();
		const result = await here.run(ACCOUNT, 24);
		expect(result.error).toBeUndefined();
		expect(result.json()).toHaveLength(24);
		expect(statuses()).toEqual([200]);
		expect(refused()).toEqual([]);
		expect(tokens().access).not.toBe(before.access);
		expect(tokens().refresh).not.toBe(before.refresh);

		// Another process lives on what was stored.
		expect((await (await anotherProcess()).run(ACCOUNT)).status).toBe('success');
		expect(statuses()).toEqual([200]);
	});

	it('is renewed once, where Fortnox ends the token while requests are on their way', async () => {
		connectOAuth2();
		sandbox.faults.add({ kind: 'tokenDies', path: '^/3/accounts/1930$', skip: 3, times: 1 });
		const result = await here.run(ACCOUNT, 12);
		expect(result.error).toBeUndefined();
		expect(result.json()).toHaveLength(12);
		expect(statuses()).toEqual([200]);
		expect(refused().length).toBeGreaterThan(0);
	});

	it('is renewed once for two executions at the same time', async () => {
		connectOAuth2(-10);
		const results = await Promise.all([here.run(ACCOUNT, 5), here.run(COMPANY)]);
		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(statuses()).toEqual([200]);
	});

	it('is read again where another process has used the refresh token, and stores its tokens a little later', async () => {
		connectOAuth2(-10);
		const theirs = await renewElsewhere();
		const running = here.run(ACCOUNT, 5);
		await until(() => statuses().includes(400));
		store(theirs);
		expect((await running).error).toBeUndefined();
		expect(statuses()).toEqual([200, 400]);
	});

	it('goes on where two processes renew it in the same moment, and only the last pair of tokens is valid', async () => {
		connectOAuth2(-10);
		const other = await anotherProcess();
		const results = await whileRenewingTakesLong(async () => await Promise.all([here.run(ACCOUNT, 5), other.run(ACCOUNT, 5)]));
		expect(statuses()).toEqual([200, 200]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);

		sandbox.expireTokens(TENANT);
		expect((await here.run(ACCOUNT)).error).toBeUndefined();
	});

	it('is renewed where Fortnox ends a token that another process stored right after this one had renewed it', async () => {
		connectOAuth2(-10);
		expect((await here.run(ACCOUNT)).error).toBeUndefined();
		store(await renewElsewhere());
		sandbox.expireTokens(TENANT);
		expect((await here.run(COMPANY)).error).toBeUndefined();
		expect(statuses()).toEqual([200, 200, 200]);
	});

	it('says how to reconnect where the company took its consent back', async () => {
		connectOAuth2(-10);
		sandbox.revoke(TENANT, String(stored.data.clientId));
		const { error } = await here.run(ACCOUNT, 3);
		expect(error?.message).toMatch(/expired or was revoked.*connect it again/);
		expect(statuses()).toEqual([400]);

		// The next execution gets the same error without asking Fortnox, until somebody reconnects.
		expect((await here.run(COMPANY)).error?.message).toBe(error?.message);
		expect(statuses()).toEqual([400]);
		store(sandbox.issueTokens({ clientId: String(stored.data.clientId), tenantId: TENANT }));
		expect((await here.run(COMPANY)).error).toBeUndefined();
		expect(statuses()).toEqual([400]);
	});

	it('says how to reconnect where consent is taken back while the token still looks good', async () => {
		connectOAuth2();
		expect((await here.run(ACCOUNT)).status).toBe('success');
		sandbox.revoke(TENANT, String(stored.data.clientId));
		const { error } = await here.run(ACCOUNT, 3);
		expect(error?.message).toMatch(/expired or was revoked.*connect it again/);
		expect(statuses()).toEqual([400]);
	});

	it('says how to reconnect where the losing pair of a race was stored last', async () => {
		connectOAuth2(-10);
		const pairs = await whileRenewingTakesLong(async () => await Promise.all([renewElsewhere(), renewElsewhere()]));
		for (const pair of pairs) {
			const headers = { authorization: `Bearer ${pair.access_token}` };
			if ((await fetch(`${sandbox.url}/3/companyinformation`, { headers })).status === 401) store(pair);
		}
		expect(statuses()).toEqual([200, 200]);
		const { error } = await here.run(ACCOUNT);
		expect(error?.message).toMatch(/expired or was revoked.*connect it again/);
		expect(statuses()).toEqual([200, 200, 400]);
	});
});

describe('the service account credential in use', () => {
	const SERVICE_ACCOUNT = { ...ACCOUNT, authentication: 'serviceAccount' };
	const tokenRequests = () => sandbox.log.filter(({ path }) => path.endsWith('/token'));

	function connectServiceAccount(tenantId = TENANT, consented = true): void {
		const data = connectionData();
		if (consented) sandbox.consent({ clientId: data.clientId, tenantId, serviceAccount: true });
		stored = { type: 'fortnoxServiceAccountApi', name: 'Fortnox', data: { ...data, tenantId: String(tenantId) } };
	}

	it('gets its first token once for 8 reads, and keeps it in the process alone', async () => {
		connectServiceAccount();
		const result = await here.run(SERVICE_ACCOUNT, 8);
		expect(result.error).toBeUndefined();
		expect(tokenRequests().map(({ status }) => status)).toEqual([200]);
		expect(stored.data.accessToken).toBeUndefined();
		expect((await here.run(SERVICE_ACCOUNT)).status).toBe('success');
		expect(tokenRequests()).toHaveLength(1);
		expect((await (await anotherProcess()).run(SERVICE_ACCOUNT)).status).toBe('success');
		expect(tokenRequests()).toHaveLength(2);
	});

	it('gives no token of the process to a credential that has not the client secret', async () => {
		connectServiceAccount();
		expect((await here.run(SERVICE_ACCOUNT)).status).toBe('success');
		stored.data = { ...stored.data, clientSecret: 'guessed' };
		const { error } = await here.run(SERVICE_ACCOUNT);
		expect(error?.message).toMatch(/does not accept the client ID and client secret/);
	});

	it('gets a new token once where the old one has ended', async () => {
		connectServiceAccount();
		await here.run(SERVICE_ACCOUNT);
		sandbox.expireTokens(TENANT);
		const result = await here.run(SERVICE_ACCOUNT, 8);
		expect(result.error).toBeUndefined();
		expect(result.json()).toHaveLength(8);
		expect(tokenRequests()).toHaveLength(2);
	});

	it('gets a new token in two processes at once, and both go on', async () => {
		connectServiceAccount();
		const other = await anotherProcess();
		const results = await Promise.all([here.run(SERVICE_ACCOUNT, 5), other.run(SERVICE_ACCOUNT, 5)]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
	});

	it('keeps Fortnox’s own error where the request that tried the token out is refused', async () => {
		connectServiceAccount();
		const { error } = await here.run({ ...SERVICE_ACCOUNT, accountNumber: '9998' });
		expect(error).toMatchObject({ context: { error_code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND' } });
	});

	it('names the tenant id where it is missing, before anything is sent', async () => {
		connectServiceAccount();
		stored.data = { ...stored.data, tenantId: '' };
		const { error } = await here.run(SERVICE_ACCOUNT);
		expect(error).toMatchObject({ context: { error_code: 'ERROR_COMPANY_MISSING' } });
		expect(error?.message).toContain('tenantId: ');
		expect(sandbox.log).toEqual([]);
	});

	it('says that the company has not consented', async () => {
		connectServiceAccount(TENANT, false);
		const { error } = await here.run(SERVICE_ACCOUNT);
		expect(`${error?.message} ${error?.description ?? ''}`).toMatch(/no consent of this company/);
	});
});
