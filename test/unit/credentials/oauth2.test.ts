import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, INodePropertyOptions } from 'n8n-workflow';

import { FortnoxOAuth2Api } from '../../../credentials/FortnoxOAuth2Api.credentials';
import { createEngine } from '../../../engine';
import { usableBaseUrl } from '../../../nodes/shared/fortnox/baseUrl';

/** The fields as n8n computes them from the class, given what a user filled in. */
function computed(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	const credentials = { acme: { type: 'fortnoxOAuth2Api', data: { clientId: 'app', clientSecret: 'secret', ...data } } };
	return createEngine({ nodeTypes: {}, credentials }).credential('acme');
}

const scopes = new FortnoxOAuth2Api().properties.find(({ name }) => name === 'scopes');

describe('scopes', () => {
	it.each<ICredentialDataDecryptedObject>([{}, { scopes: [] }])('asks for what the node needs where nothing is selected: %j', (data) => {
		expect(computed(data).scope).toBe('bookkeeping companyinformation connectfile costcenter currency inbox project settings');
	});

	it('asks for exactly what is selected', () => {
		expect(computed({ scopes: ['bookkeeping'] }).scope).toBe('bookkeeping');
		expect(computed({ scopes: ['project', 'bookkeeping'] }).scope).toBe('project bookkeeping');
	});

	it('marks as used exactly those that are asked for where none is selected, and archive, whose licence many companies lack', () => {
		const options = (scopes?.options ?? []) as INodePropertyOptions[];
		const used = options.filter(({ description }) => !description?.includes('not used by this node'));
		expect(used.map(({ value }) => value).filter((value) => value !== 'archive')).toEqual(scopes?.default);
		expect(scopes?.default).not.toContain('archive');
	});

	it('takes them as a text where the user writes them', () => {
		expect(computed({ customScopes: true, enabledScopes: 'bookkeeping project', scopes: ['currency'] }).scope).toBe('bookkeeping project');
		expect(computed({ customScopes: true, enabledScopes: ' bookkeeping,project; inbox\n' }).scope).toBe('bookkeeping project inbox');
		expect(computed({ customScopes: true, enabledScopes: ' ' }).scope).toBe(computed({}).scope);
	});
});

it('calls nothing of its own a service account: that is the other credential', () => {
	const names = new FortnoxOAuth2Api().properties.flatMap(({ displayName, options = [] }) => [
		displayName,
		...options.map(({ name }) => name),
	]);
	expect(names.filter((name) => /service account/i.test(name))).toEqual([]);
});

describe('the authorize request', () => {
	it('asks for offline access, and for a service account unless a user is chosen', () => {
		expect(computed({}).authQueryParameters).toBe('access_type=offline&account_type=service');
		expect(computed({ accountType: 'user' }).authQueryParameters).toBe('access_type=offline');
	});

	it('uses the authorization code with the secret in the header', () => {
		expect(computed({})).toMatchObject({ grantType: 'authorizationCode', authentication: 'header' });
	});
});

describe('the derived URLs', () => {
	it.each([
		['https://apps.fortnox.se/oauth-v1', 'https://apps.fortnox.se/oauth-v1'],
		['https://apps.fortnox.se/oauth-v1//', 'https://apps.fortnox.se/oauth-v1'],
		['HTTPS://apps.fortnox.se/oauth-v1', 'HTTPS://apps.fortnox.se/oauth-v1'],
		['https://sandbox.example:8443', 'https://sandbox.example:8443'],
		['http://127.0.0.1:3999/oauth-v1', 'http://127.0.0.1:3999/oauth-v1'],
		['http://127.8.9.10/oauth-v1', 'http://127.8.9.10/oauth-v1'],
		['http://localhost:3999/oauth-v1/', 'http://localhost:3999/oauth-v1'],
		['http://[::1]:3999', 'http://[::1]:3999'],
	])('come from %s', (oauthBaseUrl, base) => {
		expect(computed({ oauthBaseUrl })).toMatchObject({ authUrl: `${base}/auth`, accessTokenUrl: `${base}/token` });
	});

	it.each([
		'http://apps.fortnox.se/oauth-v1',
		'HTTP://apps.fortnox.se/oauth-v1',
		'http://127.0.0.1@evil.example/oauth-v1',
		'http://localhost:80@evil.example',
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://localhostevil',
		'http://[::1].evil.example',
		'http://[::2]/',
		'http://10.0.0.1',
		'http://0.0.0.0',
		'http://evil.example/http://localhost',
		'http://localhost\\@evil.example',
		'http://localhost\n.evil.example',
		' http://localhost',
		'https://apps.fortnox.se@evil.example',
		'https://apps.fortnox.se/oauth-v1?x=',
		'https://apps.fortnox.se/oauth-v1#x',
		'https://',
		'https:apps.fortnox.se',
		'ftp://localhost',
		'javascript:alert(1)//https://localhost',
		'//localhost',
		'',
		'={{ "http://evil.example" }}',
	])('are empty for %j', (oauthBaseUrl) => {
		expect(computed({ oauthBaseUrl })).toMatchObject({ authUrl: '', accessTokenUrl: '' });
	});

	describe('where the user allows local HTTP', () => {
		it.each([
			'http://host.docker.internal:4010/oauth-v1',
			'http://host.containers.internal',
			'http://sandbox:4010',
			'http://10.1.2.3:4010',
			'http://192.168.1.20',
			'http://172.17.0.1:4010',
		])('come from %s too, and only then', (oauthBaseUrl) => {
			expect(computed({ oauthBaseUrl, allowLocalHttp: true }).accessTokenUrl).toBe(`${oauthBaseUrl}/token`);
			for (const allowLocalHttp of [undefined, false, 'true', 1]) {
				expect(computed({ oauthBaseUrl, ...(allowLocalHttp !== undefined && { allowLocalHttp }) }).accessTokenUrl).toBe('');
			}
			expect(usableBaseUrl(oauthBaseUrl, true)).toBe(oauthBaseUrl);
			expect(usableBaseUrl(oauthBaseUrl, 'true')).toBeUndefined();
		});

		it.each([
			'http://apps.fortnox.se/oauth-v1',
			'http://evil.internal',
			'http://host.docker.internal.evil.example',
			'http://134744072',
			'http://0x08080808',
			'http://8.8.8.8',
			'http://172.15.0.1',
			'http://172.32.0.1',
			'http://192.169.0.1',
			'http://10.0.0.1.evil.example',
			'http://sandbox@evil.example',
			'http://sandbox.evil.example',
			'ftp://sandbox',
		])('are empty for %s all the same', (oauthBaseUrl) => {
			expect(computed({ oauthBaseUrl, allowLocalHttp: true })).toMatchObject({ authUrl: '', accessTokenUrl: '' });
			expect(usableBaseUrl(oauthBaseUrl, true)).toBeUndefined();
		});
	});

	it('ignore what is stored under their own names', () => {
		const stored = { authUrl: 'https://evil.example/auth', accessTokenUrl: 'https://evil.example/token' };
		expect(computed(stored).accessTokenUrl).toBe('https://apps.fortnox.se/oauth-v1/token');
	});
});

describe('n8n’s sandboxed expression engine', () => {
	it('computes the same', () => {
		const script = join(__dirname, 'sandboxedExpressions.ts');
		const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', script], { encoding: 'utf8' });
		expect(JSON.parse(output)).toMatchObject({
			implementation: 'quickjs',
			good: {
				scope: 'project bookkeeping',
				authUrl: 'http://[::1]:3999/oauth-v1/auth',
				accessTokenUrl: 'http://[::1]:3999/oauth-v1/token',
				authQueryParameters: 'access_type=offline&account_type=service',
			},
			bad: { authUrl: '', accessTokenUrl: '' },
		});
	});
});
