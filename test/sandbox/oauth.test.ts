import { startSandbox, type Sandbox, type OAuthTokenData } from '../../sandbox';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { refreshLatency: { successMs: 20, refusalMs: 0 } } });
});
afterEach(() => sandbox.close());

const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';
const basic = (id = 'sandbox-client', secret = 'sandbox-secret') => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
	const response = await fetch(`${sandbox.url}/oauth-v1/token`, {
		method: 'POST',
		headers: { authorization: basic(), ...headers },
		body: new URLSearchParams(form),
	});
	const json = (await response.json()) as OAuthTokenData & { error?: string; error_description?: string };
	return { status: response.status, type: response.headers.get('content-type'), json };
}

const refresh = (refreshToken: string | undefined) => token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });

const works = async (accessToken: string) =>
	(await fetch(`${sandbox.url}/3/companyinformation`, { headers: { authorization: `Bearer ${accessToken}` } })).status === 200;

function authorizeUrl(parameters: Record<string, string> = {}): string {
	const url = new URL(`${sandbox.url}/oauth-v1/auth`);
	const all = {
		client_id: 'sandbox-client',
		redirect_uri: REDIRECT,
		scope: 'bookkeeping companyinformation',
		state: 's1',
		access_type: 'offline',
		response_type: 'code',
		...parameters,
	};
	for (const [name, value] of Object.entries(all)) if (value !== '') url.searchParams.set(name, value);
	return url.toString();
}

async function decide(parameters: Record<string, string>, decision: 'approve' | 'deny', company = '1001'): Promise<URL> {
	const page = await (await fetch(authorizeUrl(parameters), { redirect: 'manual' })).text();
	expect(page).toContain('id="approve"');
	const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
	const answer = await fetch(`${sandbox.url}/oauth-v1/auth`, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({ request, company, decision }),
	});
	expect(answer.status).toBe(302);
	return new URL(answer.headers.get('location') ?? '');
}

const redirected = async (parameters: Record<string, string>) =>
	new URL((await fetch(authorizeUrl(parameters), { redirect: 'manual' })).headers.get('location') ?? '').searchParams.get('error');

describe('Consent', () => {
	it('gives a code for the chosen company, once', async () => {
		const location = await decide({}, 'approve', '1002');
		expect([location.origin + location.pathname, location.searchParams.get('state')]).toEqual([REDIRECT, 's1']);
		const form = {
			grant_type: 'authorization_code',
			code: location.searchParams.get('code') ?? '',
			redirect_uri: REDIRECT,
		};
		const { status, json } = await token(form);
		expect([status, Object.keys(json)]).toEqual([200, ['access_token', 'expires_in', 'token_type', 'scope', 'refresh_token']]);
		expect(json).toMatchObject({ expires_in: 3600, token_type: 'bearer', scope: 'bookkeeping companyinformation' });
		const claims = JSON.parse(Buffer.from(json.access_token.split('.')[1] ?? '', 'base64url').toString()) as object;
		expect(claims).toMatchObject({ tenantId: 1002, userId: 21, exp: expect.any(Number) });
		expect(await token(form)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
	});

	it('comes back with the error that is at fault', async () => {
		expect((await decide({}, 'deny')).searchParams.get('error')).toBe('access_denied');
		expect(await redirected({ scope: 'bookkeeping nonsense' })).toBe('invalid_scope');
		expect(await redirected({ scope: 'Bookkeeping' })).toBe('invalid_scope');
		expect(await redirected({ state: '' })).toBe('invalid_request');
		expect((await decide({ account_type: 'service' }, 'approve', '1003')).searchParams.get('error')).toBe(
			'error_missing_system_admin_right',
		);
		expect((await decide({ scope: 'currency' }, 'approve', '1003')).searchParams.get('error')).toBe('error_missing_license');
	});

	it('takes no address that the app has not registered', async () => {
		const small = { client_id: 'sandbox-small-client', scope: 'bookkeeping' };
		expect((await fetch(authorizeUrl({ ...small, redirect_uri: 'http://evil.example/' }), { redirect: 'manual' })).status).toBe(400);
		expect((await fetch(authorizeUrl(small), { redirect: 'manual' })).status).toBe(200);
		expect(await redirected({ ...small, scope: 'bookkeeping currency' })).toBe('invalid_scope');
	});

	it('gives no refresh token without offline access', async () => {
		const code = (await decide({ access_type: '' }, 'approve')).searchParams.get('code') ?? '';
		const { json } = await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
		expect(json.refresh_token).toBeUndefined();
	});
});

describe('Refresh', () => {
	it('rotates; a spent token is refused while the first successor lives on', async () => {
		const { refresh_token } = sandbox.issueTokens();
		const first = await refresh(refresh_token);
		expect(first.status).toBe(200);
		const again = await refresh(refresh_token);
		expect(again).toMatchObject({
			status: 400,
			type: 'text/html; charset=UTF-8',
			json: { error: 'invalid_grant', error_description: 'Invalid refresh token' },
		});
		expect(await works(first.json.access_token)).toBe(true);
		expect((await refresh(first.json.refresh_token)).status).toBe(200);
	});

	it('answers two at the same moment, of which only the last pair is valid', async () => {
		const { refresh_token } = sandbox.issueTokens();
		const both = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
		expect(both.map(({ status }) => status)).toEqual([200, 200]);
		const valid = await Promise.all(both.map(({ json }) => works(json.access_token)));
		expect(valid.filter(Boolean)).toHaveLength(1);
		const chains = await Promise.all(both.map(({ json }) => refresh(json.refresh_token)));
		expect(chains.map(({ status }) => status === 200)).toEqual(valid);
	});

	it('refuses wrong credentials as text', async () => {
		const { refresh_token } = sandbox.issueTokens();
		const answer = await token(
			{ grant_type: 'refresh_token', refresh_token: refresh_token ?? '' },
			{ authorization: basic('sandbox-client', 'x') },
		);
		expect(answer).toMatchObject({
			status: 401,
			type: 'text/plain;charset=UTF-8',
			json: { error: 'invalid_client' },
		});
	});

	it('ends after 45 days, and access after an hour', async () => {
		let wall = Date.parse('2026-05-01T12:00:00Z');
		await sandbox.close();
		sandbox = await startSandbox({ now: () => wall, settings: { refreshLatency: { successMs: 0, refusalMs: 0 } } });
		const { access_token, refresh_token } = sandbox.issueTokens();
		wall += 3_599_000;
		expect(await works(access_token)).toBe(true);
		wall += 2_000;
		expect(await works(access_token)).toBe(false);
		wall += 45 * 86_400_000;
		expect((await refresh(refresh_token)).status).toBe(400);
	});

	it('is over when the company revokes, or the app does', async () => {
		const one = sandbox.issueTokens();
		sandbox.revoke(1001);
		expect([await works(one.access_token), (await refresh(one.refresh_token)).status]).toEqual([false, 400]);
		const two = sandbox.issueTokens();
		const answer = await fetch(`${sandbox.url}/oauth-v1/revoke`, {
			method: 'POST',
			headers: { authorization: basic() },
			body: new URLSearchParams({ token_type_hint: 'refresh_token', token: two.refresh_token ?? '' }),
		});
		expect(await answer.json()).toEqual({ revoked: true });
		expect((await refresh(two.refresh_token)).status).toBe(400);
	});
});

describe('Client credentials', () => {
	it('need a consent with a service account for the tenant, and give no refresh token', async () => {
		const ask = (tenant: string) => token({ grant_type: 'client_credentials' }, { TenantId: tenant });
		expect((await ask('1002')).json.error).toBe('invalid_grant');
		sandbox.consent({ tenantId: 1002 });
		expect((await ask('1002')).json.error).toBe('invalid_grant');
		sandbox.consent({ tenantId: 1002, serviceAccount: true });
		const { status, json } = await ask('1002');
		expect([status, json.refresh_token, await works(json.access_token)]).toEqual([200, undefined, true]);
		expect((await ask('1001')).json.error).toBe('invalid_grant');
	});

	it('follow from the consent page with account_type=service', async () => {
		await decide({ account_type: 'service' }, 'approve', '1001');
		expect((await token({ grant_type: 'client_credentials' }, { TenantId: '1001' })).status).toBe(200);
	});
});

it('keeps tokens and secrets out of its log', async () => {
	const { refresh_token } = sandbox.issueTokens();
	await refresh(refresh_token);
	expect(JSON.stringify(sandbox.log)).not.toContain(refresh_token);
});
