import { request } from 'node:http';
import { networkInterfaces } from 'node:os';

import fastify from 'fastify';

import { startSandbox, type Sandbox } from '../../sandbox';
import { controlRoutes } from '../../sandbox/control/routes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** `fetch` allows neither `Host` nor `Origin`. */
async function statusWith(
	headers: Record<string, string>,
	url = sandbox.url,
	path = '/_sandbox/log/clear',
	method = 'POST',
): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const sent = request(`${url}${path}`, { method, headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		});
		sent.on('error', reject).end(method === 'POST' ? '{}' : undefined);
	});
}

test.each([
	['a page elsewhere', { origin: 'https://evil.example' }],
	['a page of another local server', { origin: 'http://localhost:5678' }],
	['a page without an origin', { origin: 'null' }],
	['a page whose name resolves to this machine', { host: 'evil.example', origin: 'http://evil.example' }],
	['the same, where the browser sends no origin', { host: 'evil.example' }],
])('the control interface refuses %s', async (_, headers) => {
	expect(await statusWith(headers)).toBe(403);
});

/** Every route of the code, so that a new one is asked too. */
function routes(): Array<[method: string, path: string]> {
	const found: Array<[string, string]> = [];
	const app = fastify();
	app.addHook('onRoute', ({ method, url }) => {
		for (const one of [method].flat()) found.push([one, url.replace(':tenant', '1001')]);
	});
	controlRoutes(app, () => sandbox);
	return found;
}

describe('each route of the control interface', () => {
	const all = routes();

	test('is found', () => {
		expect(all.length).toBeGreaterThan(25);
		for (const [, path] of all) expect(path).toMatch(/^\/_sandbox(?:\/|$)/);
	});

	test.each(all)('%s %s is refused to pages and to names that only resolve to this machine', async (method, path) => {
		const before = sandbox.log.length;
		const of = new URL(sandbox.url);
		const refused: Array<Record<string, string>> = [
			{ origin: 'null' },
			{ origin: 'https://evil.example' },
			{ origin: `http://127.0.0.1:${Number(of.port) + 1}` },
			{ origin: `https://${of.host}` },
			{ host: 'evil.example' },
			{ host: `evil.example:${of.port}`, origin: `http://evil.example:${of.port}` },
		];
		for (const headers of refused) {
			expect([headers, await statusWith(headers, sandbox.url, path, method)]).toEqual([headers, 403]);
		}
		expect(sandbox.log.length).toBe(before);
	});
});

test('a sandbox listens on the loopback interface alone where nobody asks for more', () => {
	expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
});

test('the control interface answers programs, and a page of its own', async () => {
	expect(await statusWith({})).toBe(200);
	expect(await statusWith({ origin: sandbox.url })).toBe(200);
	expect(await statusWith({ host: 'localhost:4010', origin: 'http://localhost:4010' })).toBe(200);
});

/** Anything but a loopback address of this machine; a machine without a network has none. */
const [outer] = Object.values(networkInterfaces()).flatMap(
	(addresses) => addresses?.filter(({ internal, family }) => !internal && family === 'IPv4') ?? [],
);

describe('a sandbox that listens on all addresses, as for n8n in Docker', () => {
	let open: Sandbox;
	beforeAll(async () => {
		open = await startSandbox({ host: '0.0.0.0' });
	});
	afterAll(async () => await open.close());
	const at = (host: string): string => `http://${host}:${new URL(open.url).port}`;

	(outer === undefined ? test.skip : test)(
		'lets others reach Fortnox’s API, and nobody but this machine the control interface',
		async () => {
			const url = at(outer?.address ?? '');
			expect((await fetch(`${url}/3/companyinformation`)).status).toBe(401);
			for (const path of ['/_sandbox/log/clear', '/_sandbox/tokens', '/via-1/_sandbox/tokens', '/_sandbox/faults', '//_sandbox/tokens']) {
				expect([403, 404]).toContain(await statusWith({}, url, path));
				// The address that a request comes from decides, and not what it says of itself.
				const pretending = { host: 'localhost', 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' };
				expect([403, 404]).toContain(await statusWith(pretending, url, path));
			}
			expect(await statusWith({ host: 'localhost' }, url)).toBe(403);
		},
	);

	test('refuses foreign pages as before', async () => {
		expect(await statusWith({}, at('127.0.0.1'))).toBe(200);
		expect(await statusWith({ origin: 'https://evil.example' }, at('127.0.0.1'))).toBe(403);
		expect(await statusWith({ host: 'evil.example' }, at('127.0.0.1'))).toBe(403);
	});
});

test('a host that only begins or ends like this machine’s is another one', async () => {
	for (const host of ['localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:127', 'notlocalhost', '128.0.0.1', '0.0.0.0']) {
		expect([400, 403]).toContain(await statusWith({ host }));
	}
});
