import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { usedCpuMs } from '../../clock/cpuTime';
import { endless } from '../support/endless';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY, countVouchers } from '../support/world';

const MB = 1024 * 1024;

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

/** A fresh connection: empty caches and an unused limit. */
function engine(): Engine {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `hostile-${process.pid}-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	return createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: {
			fortnox: fortnoxCredential({ url: `${proxy.url}/via-${connections}`, clientId, clientSecret: app.secret, oauthTokenData }),
		},
	});
}

function packed(how: 'gzip' | 'br'): Buffer {
	const spaces = Buffer.alloc(64 * MB, 0x20);
	return how === 'gzip' ? gzipSync(spaces) : brotliCompressSync(spaces, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}

function json(response: ServerResponse, text: string): void {
	response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

const ANSWERS: Record<string, { answer: (response: ServerResponse) => unknown; says: RegExp }> = {
	'gzip that unpacks to 64 MB': {
		answer: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed('gzip')),
		says: /larger than the 8 MB/,
	},
	'brotli that unpacks to 64 MB': {
		answer: (response) => response.writeHead(200, { 'content-encoding': 'br' }).end(packed('br')),
		says: /larger than the 8 MB/,
	},
	'an answer without end': { answer: endless, says: /larger than the 8 MB/ },
	'JSON nested a thousand levels deep': {
		answer: (response) => json(response, `{"Accounts":${'['.repeat(1000)}${']'.repeat(1000)}}`),
		says: /nested more than 100 levels/,
	},
	'JSON nested a million levels deep': {
		answer: (response) => json(response, `{"Accounts":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`),
		says: /more than the 200000 values/,
	},
	'8 MB of empty objects': {
		answer: (response) => json(response, `{"Accounts":[${'{},'.repeat(2_700_000)}{}]}`),
		says: /more than the 200000 values/,
	},
	'8 MB of JSON in one text': {
		answer: (response) => json(response, `{"Accounts":"${'a'.repeat(8_000_000)}"}`),
		says: /no list "Accounts" in it/,
	},
	'a billion pages': {
		answer: (response) =>
			json(
				response,
				'{"MetaInformation":{"@TotalResources":500000000000,"@TotalPages":1000000000,"@CurrentPage":1},"Accounts":[{"Number":1930}]}',
			),
		says: /1000000000 pages.* 2000 /,
	},
	'what is no gzip': {
		answer: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"Accounts":[]}'),
		says: /no answer came/,
	},
	'an answer that is shorter than it says': {
		answer: (response) => {
			response.writeHead(200, { 'content-length': '1000' }).write('{"Accounts":[');
			setTimeout(() => response.destroy(), 20);
		},
		says: /no answer came/,
	},
	'headers of 1 MB': {
		answer: (response) => response.writeHead(200, { 'x-long': 'a'.repeat(MB) }).end('{"Accounts":[]}'),
		says: /no answer came/,
	},
	'UTF-16': {
		answer: (response) =>
			response.writeHead(200, { 'content-type': 'application/json; charset=utf-16' }).end(Buffer.from('{"Accounts":[]}', 'utf16le')),
		says: /no list "Accounts" in it/,
	},
	'a refusal of 300 kB of <': {
		answer: (response) => response.writeHead(400, { 'content-type': 'text/html' }).end('<'.repeat(300_000)),
		says: /./,
	},
};

describe.each(Object.entries(ANSWERS))('%s', (_, { answer, says }) => {
	test('ends a reading with a clear error, at little cost', async () => {
		let sentBytes = 0;
		proxy.strike((request, response) => {
			if (request.url?.includes('/3/accounts') !== true) return false;
			response.on('close', () => {
				sentBytes += response.socket?.bytesWritten ?? 0;
			});
			answer(response);
			return true;
		});
		const before = usedCpuMs();
		const result = await engine().runNode({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } });
		expect(result.error?.message).toMatch(says);
		expect(String(result.error?.message).length).toBeLessThan(2000);
		// 187 seconds of it, once.
		expect(usedCpuMs() - before).toBeLessThan(8000);
		expect(sentBytes).toBeLessThan(200 * MB);
	});

	test('leaves an entry, of which nobody knows whether it was booked, posted once at most', async () => {
		let posts = 0;
		proxy.strike((request, response) => {
			if (request.method !== 'POST' || request.url?.includes('/3/vouchers') !== true) return false;
			posts++;
			answer(response);
			return true;
		});
		const vouchers = countVouchers(sandbox);
		const result = await engine().runNode({
			parameters: {
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: '2026-11-02',
				number: `H-${++connections}`,
				linesSource: 'json',
				linesJson: '[{"account":"1930","debit":1},{"account":"3001","credit":1}]',
				options: { outcomeTimeout: 1 },
			},
			onError: 'continueRegularOutput',
		});
		expect(posts).toBe(1);
		expect(countVouchers(sandbox)).toBe(vouchers);
		expect(result.json()[0]).toMatchObject({ error_code: 'ERROR_POST_OUTCOME_UNKNOWN' });
	});
});

describe('a redirect', () => {
	test.each([301, 302, 307, 308])('of %i is not followed, and the token goes nowhere else', async (status) => {
		const elsewhere: unknown[] = [];
		const other = await startStrikingProxy(sandbox.url);
		other.strike((request, response) => {
			elsewhere.push(request.headers);
			json(response, '{"Accounts":[]}');
			return true;
		});
		proxy.strike((_request, response) => {
			response.writeHead(status, { location: `${other.url}/3/accounts` }).end();
			return true;
		});
		const result: EngineResult = await engine().runNode({ parameters: { resource: 'account', operation: 'getAll' } });
		await other.close();
		expect(result.error).toBeDefined();
		expect(elsewhere).toEqual([]);
	});
});

test('keys that other objects inherit from change nothing', async () => {
	proxy.strike((request, response) => {
		if (request.url?.includes('/3/accounts') !== true) return false;
		json(
			response,
			'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"Accounts":[{"Number":1930,"Description":"Bank","__proto__":{"polluted":1},"Active":true}]}',
		);
		return true;
	});
	const result = await engine().runNode({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } });
	expect(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted')).toBeUndefined();
	expect(result.json().map((account) => 'polluted' in account)).toEqual([false]);
});
