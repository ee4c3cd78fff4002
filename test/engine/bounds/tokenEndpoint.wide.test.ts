import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { ACCOUNTING_NODE, createEngine, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { usedCpuMs } from '../../clock/cpuTime';
import { everythingIn, formsOf } from '../support/echoed';
import { catchLog, type LogLine } from '../support/n8nLog';
import { Probe, PROBE } from '../support/probeNode';
import { endless } from '../support/endless';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY } from '../support/world';

const MB = 1024 * 1024;
const SECRET = 'Secr3t!/with+signs=';

let sandbox: Sandbox;
let oauth: StrikingProxy;
let other: StrikingProxy;
let elsewhere: string[];
let logged: LogLine[];
let connections = 0;

beforeAll(async () => {
	logged = catchLog();
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	oauth = await startStrikingProxy(sandbox.url);
	other = await startStrikingProxy(sandbox.url);
	other.strike((request, response) => {
		elsewhere.push(JSON.stringify(request.headers));
		response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"stolen","expires_in":3600}');
		return true;
	});
});
beforeEach(() => {
	elsewhere = [];
	logged.length = 0;
});
afterAll(async () => {
	await Promise.all([oauth.close(), other.close()]);
	await sandbox.close();
});

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** Asks for a company, with a service account whose token endpoint answers as it likes. */
async function ask(
	asker: 'the node' | 'another node',
	answer: Answer,
): Promise<{ result: EngineResult; forms: string[]; sentBytes: number }> {
	let sentBytes = 0;
	oauth.strike((request, response) => {
		response.on('close', () => {
			sentBytes += response.socket?.bytesWritten ?? 0;
		});
		answer(response, request);
		return true;
	});
	const clientId = `token-${process.pid}-${++connections}`;
	const data = {
		clientId,
		clientSecret: SECRET,
		tenantId: String(COMPANY),
		apiBaseUrl: sandbox.url,
		oauthBaseUrl: `${oauth.url}/oauth-v1`,
	};
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting, [PROBE]: Probe },
		credentials: { acme: { type: 'fortnoxServiceAccountApi', data } },
	});
	const result =
		asker === 'the node'
			? await engine.runNode({ parameters: { authentication: 'serviceAccount', resource: 'company', operation: 'get' } })
			: await engine.runNode({
					type: PROBE,
					parameters: { action: 'request', authentication: 'serviceAccount', url: `${sandbox.url}/3/companyinformation` },
				});
	return { result, forms: formsOf({ access_token: `${SECRET}${SECRET}`, clientId, clientSecret: SECRET }), sentBytes };
}

const packed = gzipSync(Buffer.alloc(64 * MB, 0x20));

function dripping(response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	const timer = setInterval(() => response.write(' '), 5000);
	response.on('close', () => clearInterval(timer));
}

const HOSTILE: Array<[what: string, answer: Answer]> = [
	['gzip that unpacks to 64 MB', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)],
	['an answer without end', endless],
	['an answer that drips', dripping],
	['half JSON', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"')],
	['a token that is no text', (response) => response.writeHead(200).end('{"access_token":{"a":1}}')],
	[
		'a refusal of 300 kB',
		(response) => response.writeHead(400).end(JSON.stringify({ error: '<'.repeat(300_000), error_description: '<'.repeat(300_000) })),
	],
	['nothing', (response) => response.socket?.destroy()],
];

describe.each(['the node', 'another node'] as const)('a token endpoint that %s asks', (asker) => {
	test.each(HOSTILE)(
		'and that answers with %s is an error, at little cost',
		async (_, answer) => {
			const before = usedCpuMs();
			const { result, sentBytes } = await ask(asker, answer);
			expect(result.error?.message).toEqual(expect.any(String));
			expect(`${result.error?.message} ${result.error?.description ?? ''}`.length).toBeLessThan(3000);
			expect(sentBytes).toBeLessThan(64 * MB);
			expect(usedCpuMs() - before).toBeLessThan(8000);
		},
		120_000,
	);

	test.each([301, 302, 307, 308])('is not followed elsewhere by a %i, with the client secret or without it', async (status) => {
		const { result } = await ask(asker, (response) => response.writeHead(status, { location: `${other.url}/oauth-v1/token` }).end());
		expect(result.error).toBeDefined();
		expect(elsewhere).toEqual([]);
		expect(everythingIn([result.error, result.execution.data.resultData])).not.toContain(other.url);
	});

	test.each([400, 401, 500])('and that sends back what it got with a %i leaves none of it behind', async (status) => {
		const { result, forms } = await ask(asker, (response, request) => {
			const clientId = `token-${process.pid}-${connections}`;
			const echoed = formsOf({ access_token: `${SECRET}${SECRET}`, clientId, clientSecret: SECRET });
			const text = [...echoed, JSON.stringify(request.headers)].join(' ');
			response.writeHead(status, { 'content-type': 'application/json', 'x-echo': encodeURIComponent(text) });
			response.end(JSON.stringify({ error: text, error_description: text }));
		});
		const kept = everythingIn([result.error, result.execution.data.resultData, logged]);
		expect(forms.filter((form) => kept.includes(form))).toEqual([]);
	});
});
