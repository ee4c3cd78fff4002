import { request } from 'node:http';

import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** `fetch` allows neither `Host` nor `Origin`. */
async function statusWith(headers: Record<string, string>): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const sent = request(`${sandbox.url}/_sandbox/log/clear`, { method: 'POST', headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		});
		sent.on('error', reject).end('{}');
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

test('the control interface answers programs, and a page of its own', async () => {
	expect(await statusWith({})).toBe(200);
	expect(await statusWith({ origin: sandbox.url })).toBe(200);
	expect(await statusWith({ host: 'localhost:4010', origin: 'http://localhost:4010' })).toBe(200);
});
