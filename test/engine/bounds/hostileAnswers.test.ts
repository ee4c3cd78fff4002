import type { ServerResponse } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';

import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { connectThrough } from '../support/connectThrough';
import { entry } from '../support/entry';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { countVouchers } from '../support/world';

let sandbox: Sandbox;
let proxy: StrikingProxy;
let entries = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
});
afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

const ACCOUNTS = { resource: 'account', operation: 'getAll', returnAll: true };

/** Runs the node on a fresh connection, of a server that answers what is asked for at a path as it likes. */
async function run(parameters: INodeParameters, path: RegExp, answer: (response: ServerResponse) => boolean): Promise<EngineResult> {
	proxy.strike((request, response) => path.test(request.url ?? '') && answer(response));
	return await connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting }).engine.runNode({ parameters });
}

const LIST =
	'{"MetaInformation":{"@TotalResources":1,"@TotalPages":1,"@CurrentPage":1},"Accounts":[{"Number":1930,"Description":"Bank","Active":true}]}';

async function accountsOf(body: string | Buffer, headers: Record<string, string> = {}): Promise<EngineResult> {
	return await run(ACCOUNTS, /\/3\/accounts/, (response) => {
		response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
		return true;
	});
}

describe('a list', () => {
	test.each<[string, string | Buffer, Record<string, string>]>([
		['packed with gzip', gzipSync(LIST), { 'content-encoding': 'gzip' }],
		['packed with deflate', deflateSync(LIST), { 'content-encoding': 'deflate' }],
		['packed with gzip and said in large letters', gzipSync(LIST), { 'content-encoding': 'GZIP' }],
		['behind a byte order mark', `\uFEFF${LIST}`, {}],
		['in twelve lines of blanks', `\n${' \r\n\t'.repeat(12)}${LIST}\n`, {}],
		['with keys that come twice, of which the last counts', LIST.replace('"Accounts"', '"Accounts":[{"Number":1}],"Accounts"'), {}],
		['with a total that is no finite number', LIST.replace('"@TotalResources":1', '"@TotalResources":1e400'), {}],
		['with two pages and a half', LIST.replace('"@TotalPages":1', '"@TotalPages":2.5'), {}],
		['with pages below zero', LIST.replace('"@TotalPages":1', '"@TotalPages":-0.5'), {}],
		['with a page that is no number', LIST.replace('"@TotalPages":1', '"@TotalPages":"NaN"'), {}],
	])('%s is read', async (_, body, headers) => {
		const result = await accountsOf(body, headers);
		expect(result.error?.message).toBeUndefined();
		expect(result.json()).toMatchObject([{ number: '1930', name: 'Bank' }]);
	});

	test.each<[string, string | Buffer, Record<string, string>]>([
		['packed twice', gzipSync(gzipSync(LIST)), { 'content-encoding': 'gzip' }],
		['packed with zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x00, 0x09, 0x00]), { 'content-encoding': 'zstd' }],
		['packed in a way that nobody knows', Buffer.from('x'), { 'content-encoding': 'fortnox' }],
		['cut in the midst of its gzip', gzipSync(LIST).subarray(0, 60), { 'content-encoding': 'gzip' }],
		['with a comment', `/* list */ ${LIST}`, {}],
		['with NaN for a number', LIST.replace('1930', 'NaN'), {}],
		['followed by another', LIST + LIST, {}],
	])('%s is an error that says that it is no answer', async (_, body, headers) => {
		const result = await accountsOf(body, headers);
		expect(result.error?.message).toMatch(/no list "Accounts" in it|no answer came/);
	});

	test('with bytes that are no UTF-8, and with characters that end texts elsewhere, keeps its rows', async () => {
		const odd = Buffer.concat([
			Buffer.from(LIST.slice(0, LIST.indexOf('Bank'))),
			Buffer.from([0xff, 0xe5]),
			Buffer.from('\\u0000 \\ud800\\u2028'),
			Buffer.from(LIST.slice(LIST.indexOf('Bank'))),
		]);
		const result = await accountsOf(odd);
		expect(result.error?.message).toBeUndefined();
		expect(result.json()).toMatchObject([{ number: '1930' }]);
		expect(JSON.parse(JSON.stringify(result.json()))).toEqual(result.json());
	});

	test('with more pages than anyone counts is an error', async () => {
		const result = await accountsOf(LIST.replace('"@TotalPages":1', '"@TotalPages":9007199254740991'));
		expect(result.error?.message).toMatch(/says that it has 9007199254740991 pages/);
	});
});

describe('a clock that is wrong', () => {
	test.each([
		'Sat, 13 Sep 275760 00:00:00 GMT',
		'Tue, 19 Jan 2038 03:14:08 GMT',
		'Fri, 31 Dec 9999 23:59:59 GMT',
		'Thu, 01 Jan 1970 00:00:00 GMT',
		'Mon, 01 Jan 0001 00:00:00 GMT',
		'yesterday',
		'',
	])('of "%s" in every answer neither fails an entry nor books it twice', async (date) => {
		const before = countVouchers(sandbox);
		const number = `CLOCK-${++entries}`;
		proxy.tellTime(date);
		const post = async (): Promise<EngineResult> => await run(entry({ number }), /./, () => false);
		const [first, again] = [(await post()).json()[0], (await post()).json()[0]];
		expect(first).toMatchObject({ posted: true });
		expect(again).toMatchObject({ id: first?.id, already_posted: true });
		expect(countVouchers(sandbox)).toBe(before + 1);
		proxy.tellTime(undefined);
	});
});
