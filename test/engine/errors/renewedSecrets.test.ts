import type { ServerResponse } from 'node:http';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type StoredCredential } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type OAuthTokenData, type Sandbox } from '../../../sandbox';
import { everythingIn } from '../support/echoed';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY } from '../support/world';

/** One request. */
const READ = { resource: 'account', operation: 'get', accountNumber: '1930' };

let sandbox: Sandbox;
let proxy: StrikingProxy;
let connections = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
});

afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

function connect(type: StoredCredential['type']) {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `renewed-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	sandbox.consent({ clientId, tenantId: COMPANY, serviceAccount: true });
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	const made = fortnoxCredential({ url: `${proxy.url}/via-${connections}`, clientId, clientSecret: app.secret, oauthTokenData });
	const data = { ...made.data, tenantId: String(COMPANY), oauthBaseUrl: `${sandbox.url}/oauth-v1` };
	const stored: StoredCredential = { ...made, type, data };
	const engine = createEngine({ nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting }, credentials: { fortnox: stored } });
	const authentication = type === 'fortnoxServiceAccountApi' ? 'serviceAccount' : 'oAuth2';
	return { stored, read: async () => await engine.runNode({ parameters: { ...READ, authentication } }) };
}

function storedTokens({ data }: StoredCredential): string[] {
	const { access_token, refresh_token } = Object(data.oauthTokenData) as Partial<OAuthTokenData>;
	return [String(access_token), String(refresh_token)];
}

function answerWithName(response: ServerResponse, name: string): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ Account: { Number: 1930, Description: name, Active: true, Year: 4 } }));
}

const isAsked = (url: string | undefined) => url?.includes('/3/accounts/1930') === true;

describe('a server that sends back the tokens that a renewal gave', () => {
	it.each(['in the middle of a run', 'before its first request'])('%s', async (when) => {
		const { stored, read } = connect('fortnoxOAuth2Api');
		const old = storedTokens(stored);
		if (when === 'before its first request') sandbox.expireTokens(COMPANY);
		let asked = 0;
		proxy.strike((request, response) => {
			if (!isAsked(request.url)) return false;
			if (++asked === 1) response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"unauthorized"}');
			else answerWithName(response, `AB ${storedTokens(stored).join(' ')}`);
			return true;
		});
		const result = await read();
		expect(result.json()).toMatchObject([{ name: 'AB (secret) (secret)' }]);
		const renewed = storedTokens(stored);
		expect(renewed).not.toEqual(old);
		for (const token of renewed) expect(everythingIn(result.execution.data.resultData)).not.toContain(token);
	});

	it.each(['fortnoxOAuth2Api', 'fortnoxServiceAccountApi'] as const)(
		'while an answer to another execution was on its way (%s)',
		async (type) => {
			const { stored, read } = connect(type);
			proxy.strike(() => false);
			expect((await read()).status).toBe('success');
			let held: ServerResponse | undefined;
			const sent: string[] = [];
			proxy.strike((request, response) => {
				if (!isAsked(request.url)) return false;
				sent.push(request.headers.authorization?.replace('Bearer ', '') ?? '');
				if (held !== undefined) return false;
				held = response;
				return true;
			});
			const waiting = read();
			while (held === undefined) await new Promise((resolve) => setImmediate(resolve));
			sandbox.expireTokens(COMPANY);
			expect((await read()).error?.message).toBeUndefined();
			const known = type === 'fortnoxOAuth2Api' ? storedTokens(stored) : sent.slice(-1);
			expect(known).not.toContain(sent[0]);
			answerWithName(held, `AB ${known.join(' ')}`);
			const result = await waiting;
			expect(result.json()).toMatchObject([{ name: `AB ${known.map(() => '(secret)').join(' ')}` }]);
		},
	);
});
