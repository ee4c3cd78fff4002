import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { ACCOUNTING_NODE, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { usedCpuMs } from '../../clock/cpuTime';
import { connectThrough } from '../support/connectThrough';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';

let sandbox: Sandbox;
let proxy: StrikingProxy;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
});
afterEach(async () => {
	await proxy.close();
	await sandbox.close();
});

const LIST =
	'{"MetaInformation":{"@TotalResources":1,"@TotalPages":1,"@CurrentPage":1},"Accounts":[{"Number":1930,"Description":"Bank","Active":true}]}';
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const WHOLE = `${OK}Content-Length: ${LIST.length}\r\n\r\n${LIST}`;

/** Reads the accounts where the server writes these bytes for the list, and closes the connection. */
async function accountsFrom(write: (response: ServerResponse) => void): Promise<EngineResult> {
	proxy.strike((request, response) => {
		if (request.url?.includes('/3/accounts') !== true) return false;
		response.socket?.on('error', () => undefined);
		write(response);
		return true;
	});
	const { engine } = connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting });
	return await engine.runNode({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } });
}

const bytes =
	(...parts: Array<string | Buffer>) =>
	({ socket }: ServerResponse): void => {
		for (const part of parts) socket?.write(part);
		socket?.end();
	};

const chunk = (text: string, extension = ''): string => `${text.length.toString(16)}${extension}\r\n${text}\r\n`;
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n`;

test.each<[string, (response: ServerResponse) => void]>([
	['trailers', bytes(`${CHUNKED}Trailer: X-Sum\r\n\r\n${chunk(LIST)}0\r\nX-Sum: 1\r\n\r\n`)],
	['a few informational answers before it', bytes('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(10), WHOLE)],
	['a short chunk extension', bytes(`${CHUNKED}\r\n${chunk(LIST, ';name=value')}0\r\n\r\n`)],
	['a chunk for each character', bytes(`${CHUNKED}\r\n${[...LIST].map((one) => chunk(one)).join('')}0\r\n\r\n`)],
	['another answer behind it, to a request that nobody sent', bytes(WHOLE, WHOLE.replace('1930', '1940'))],
	['a head twice', bytes(WHOLE.replace('\r\n\r\n', '\r\nContent-Type: text/html\r\n\r\n'))],
	['gzip of two members', bytes(`${OK}Content-Encoding: gzip\r\n\r\n`, gzipSync(LIST.slice(0, 60)), gzipSync(LIST.slice(60)))],
])('an answer with %s is read', async (_, write) => {
	const result = await accountsFrom(write);
	expect(result.error?.message).toBeUndefined();
	expect(result.json()).toMatchObject([{ number: '1930' }]);
});

test.each<[string, (response: ServerResponse) => void]>([
	['a chunk extension of 1 MB', bytes(`${CHUNKED}\r\n${chunk(LIST, `;x=${'a'.repeat(1_000_000)}`)}0\r\n\r\n`)],
	['trailers of 1 MB', bytes(`${CHUNKED}\r\n${chunk(LIST)}0\r\nX-Sum: ${'1'.repeat(1_000_000)}\r\n\r\n`)],
	['a hundred thousand heads', bytes(OK, 'X-Many: 1\r\n'.repeat(100_000), '\r\n', LIST)],
	['a head without an end', bytes(`${OK}X-Long: ${'a'.repeat(500_000)}`)],
	['less than it says', bytes(WHOLE.slice(0, -20))],
	['two lengths that differ', bytes(WHOLE.replace('Content-Length', 'Content-Length: 5\r\nContent-Length'))],
	['a length and chunks at once', bytes(`${CHUNKED}Content-Length: 5\r\n\r\n${chunk(LIST)}0\r\n\r\n`)],
	['a length below zero', bytes(`${OK}Content-Length: -1\r\n\r\n${LIST}`)],
	['a chunk whose size is no number', bytes(`${CHUNKED}\r\nxyz\r\n${LIST}\r\n0\r\n\r\n`)],
	['a status that there is not', bytes(WHOLE.replace('200', '99999'))],
	['nothing of HTTP in it', bytes('\0'.repeat(1000))],
	['informational ones and no other', bytes('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50_000))],
	['gzip and NUL bytes behind it', bytes(`${OK}Content-Encoding: gzip\r\n\r\n`, gzipSync(LIST).subarray(0, 40), '\0'.repeat(100))],
])('an answer with %s is an error, at little cost', async (_, write) => {
	const before = usedCpuMs();
	const result = await accountsFrom(write);
	expect(result.error?.message).toMatch(/no answer came|no list "Accounts" in it/);
	expect(usedCpuMs() - before).toBeLessThan(8000);
});
