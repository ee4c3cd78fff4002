import { createServer } from 'node:net';
import tls from 'node:tls';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { listen } from '../../../sandbox/server/http';
import { certificateFor, type Certificate } from '../support/certificate';
import { entry } from '../support/entry';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY, countVouchers } from '../support/world';

let sandbox: Sandbox;
let connections = 0;
const open: Array<{ close(): Promise<void> }> = [];

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
});
afterEach(async () => {
	jest.restoreAllMocks();
	for (const server of open.splice(0)) await server.close();
	await sandbox.close();
});

async function startTls(certificate: Certificate): Promise<StrikingProxy> {
	const proxy = await startStrikingProxy(sandbox.url, certificate);
	open.push(proxy);
	return proxy;
}

/** An engine on a fresh connection to an address. */
function engineAt(address: string, more: { ignoreSSLIssues?: boolean } = {}): Engine {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `tls-${process.pid}-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	const stored = fortnoxCredential({ url: `${address}/via-${connections}`, clientId, clientSecret: app.secret, oauthTokenData });
	const fortnox = { ...stored, data: { ...stored.data, ...more } };
	return createEngine({ nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting }, credentials: { fortnox } });
}

/** Has this process trust a certificate, as NODE_EXTRA_CA_CERTS does for one that starts. */
function trust({ cert }: Certificate): void {
	const connect = tls.connect as (options: tls.ConnectionOptions, ...more: unknown[]) => tls.TLSSocket;
	jest
		.spyOn(tls as { connect: typeof connect }, 'connect')
		.mockImplementation((options, ...more) => connect({ ...options, ca: cert }, ...more));
}

const POST = (): ReturnType<typeof entry> => entry({ number: `TLS-${++connections}`, options: { outcomeTimeout: 1 } });

const HERE = '127.0.0.1';

describe.each<[string, Certificate, boolean, string]>([
	['signed by itself', certificateFor(HERE), false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['expired', certificateFor(HERE, { from: 2000, to: 2001 }), true, 'CERT_HAS_EXPIRED'],
	['not yet valid', certificateFor(HERE, { from: 2048, to: 2049 }), true, 'CERT_NOT_YET_VALID'],
	['of another host', certificateFor('fortnox.example'), true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a certificate that is %s', (_, certificate, isTrusted, code) => {
	test('is refused before anything is sent, and the error says so', async () => {
		const proxy = await startTls(certificate);
		const asked: unknown[] = [];
		proxy.strike(({ url }) => asked.push(url) < 0);
		if (isTrusted) trust(certificate);
		const engine = engineAt(proxy.url);
		const before = countVouchers(sandbox);
		const read = await engine.runNode({ parameters: { resource: 'account', operation: 'getAll' } });
		const written = await engine.runNode({ parameters: POST() });
		for (const { error } of [read, written]) {
			expect(error?.message).toContain(`does not accept the certificate of the server (${code})`);
			expect(error?.message).toMatch(/^Nothing was sent/);
		}
		expect(asked).toEqual([]);
		expect(countVouchers(sandbox)).toBe(before);
	});
});

test.each<[string, { ignoreSSLIssues?: boolean }, boolean]>([
	['Ignore SSL Issues', { ignoreSSLIssues: true }, false],
	['a certificate that the process trusts', {}, true],
])('with %s an entry is posted over https, once', async (_, more, isTrusted) => {
	const certificate = certificateFor(HERE);
	const proxy = await startTls(certificate);
	if (isTrusted) trust(certificate);
	const engine = engineAt(proxy.url, more);
	const parameters = POST();
	const before = countVouchers(sandbox);
	const [first] = (await engine.runNode({ parameters })).json();
	expect(first).toMatchObject({ posted: true });
	expect((await engine.runNode({ parameters })).json()[0]).toMatchObject({ id: first?.id, already_posted: true });
	expect(countVouchers(sandbox)).toBe(before + 1);
});

/** Posts an entry while the server's certificate turns bad with its answer to the `turn`-th request. */
async function postWhileItTurns(certificate: Certificate, turn: number): Promise<{ asked: string[]; item: Record<string, unknown> }> {
	const proxy = await startTls(certificate);
	const asked: string[] = [];
	proxy.strike(({ method = '', url = '' }) => {
		asked.push(`${method} ${url.replace(/^\/via-\d+/, '').replace(/\?.*/, '')}`);
		proxy.show(asked.length < turn ? certificate : certificateFor(HERE, { from: 2000, to: 2001 }));
		return false;
	});
	const [item = {}] = (await engineAt(proxy.url).runNode({ parameters: POST(), onError: 'continueRegularOutput' })).json();
	return { asked, item };
}

test('a certificate that turns bad at any moment of a run leaves nothing posted, and the error says that nothing was sent', async () => {
	const before = countVouchers(sandbox);
	const certificate = certificateFor(HERE);
	trust(certificate);
	const { asked: all, item: posted } = await postWhileItTurns(certificate, Infinity);
	expect(posted).toMatchObject({ posted: true });
	const post = all.indexOf('POST /3/vouchers');
	expect(post).toBeGreaterThan(3);
	expect(countVouchers(sandbox)).toBe(before + 1);
	for (let turn = 1; turn <= post; turn++) {
		const { asked, item } = await postWhileItTurns(certificate, turn);
		expect(asked).not.toContain('POST /3/vouchers');
		expect(item.error).toMatch(/Nothing was sent: n8n does not accept the certificate of the server \(\w+\)/);
		expect(item.error_code).toBe('ERROR_FORTNOX_UNAVAILABLE');
	}
	expect(countVouchers(sandbox)).toBe(before + 1);
});

describe('a TLS connection that breaks', () => {
	test('right after the handshake ends a reading with an error, and nothing is posted', async () => {
		const certificate = certificateFor(HERE);
		let handshakes = 0;
		const server = tls.createServer({ ...certificate }, (socket) => {
			handshakes++;
			socket.on('error', () => undefined).destroy();
		});
		const url = (await listen(server, 0, HERE)).replace('http', 'https');
		open.push({ close: async () => await new Promise((resolve) => server.close(() => resolve())) });
		const { error } = await engineAt(url, { ignoreSSLIssues: true }).runNode({ parameters: POST() });
		expect(error?.message).toMatch(/no answer came from Fortnox/);
		expect(handshakes).toBeGreaterThan(0);
		expect(handshakes).toBeLessThan(10);
	});

	test.each([
		['before', false],
		['after', true],
	])('when an entry was sent, %s it was booked, leaves it booked once at most', async (_, isBooked) => {
		const proxy = await startTls(certificateFor(HERE));
		let posts = 0;
		proxy.strike((request, response) => {
			if (request.method !== 'POST' || request.url?.includes('/3/vouchers') !== true) return false;
			posts++;
			if (!isBooked) response.socket?.destroy();
			else response.end = () => response.destroy();
			return !isBooked;
		});
		const before = countVouchers(sandbox);
		const engine = engineAt(proxy.url, { ignoreSSLIssues: true });
		const [item] = (await engine.runNode({ parameters: POST(), onError: 'continueRegularOutput' })).json();
		expect(item).toMatchObject(isBooked ? { posted: true } : { error_code: 'ERROR_POST_OUTCOME_UNKNOWN' });
		expect(posts).toBe(1);
		expect(countVouchers(sandbox)).toBe(before + (isBooked ? 1 : 0));
	});
});

test('a server that speaks no TLS behind an https address is named as that, and gets no token', async () => {
	const heard: Buffer[] = [];
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.on('data', (data) => {
			heard.push(data);
			socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
		});
	});
	const url = (await listen(server, 0, HERE)).replace('http', 'https');
	open.push({ close: async () => await new Promise((resolve) => server.close(() => resolve())) });
	const { error } = await engineAt(url, { ignoreSSLIssues: true }).runNode({ parameters: POST() });
	expect(error?.message).toMatch(/does not speak TLS as an https address should/);
	expect(Buffer.concat(heard).toString('latin1')).not.toMatch(/bearer|authorization/i);
});

test.each([301, 302, 307, 308])('a redirect of %i from https to http, or to another host, is not followed', async (status) => {
	const elsewhere: unknown[] = [];
	const other = await startStrikingProxy(sandbox.url);
	open.push(other);
	other.strike(({ headers }) => elsewhere.push(headers) < 0);
	const proxy = await startTls(certificateFor(HERE));
	for (const location of [`${other.url}/3/accounts`, other.url.replace(HERE, 'localhost')]) {
		proxy.strike((_request, response) => {
			response.writeHead(status, { location }).end();
			return true;
		});
		const { error } = await engineAt(proxy.url, { ignoreSSLIssues: true }).runNode({ parameters: POST() });
		expect(error).toBeDefined();
	}
	expect(elsewhere).toEqual([]);
});
