import type { IncomingMessage, ServerResponse } from 'node:http';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { TIMEOUT_MS } from '../../../nodes/shared/fortnox/timeouts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY } from '../support/world';

let sandbox: Sandbox;
let proxy: StrikingProxy;
let connections = 0;
const { page } = TIMEOUT_MS;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
});
afterEach(() => {
	TIMEOUT_MS.page = page;
});
afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

/** Reads the accounts of a server that answers that list as it likes. */
async function accounts(answer: (response: ServerResponse, page: number, request: IncomingMessage) => unknown): Promise<EngineResult> {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `lists-${process.pid}-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: {
			fortnox: fortnoxCredential({ url: `${proxy.url}/via-${connections}`, clientId, clientSecret: app.secret, oauthTokenData }),
		},
	});
	proxy.strike((request, response) => {
		const url = new URL(request.url ?? '', proxy.url);
		if (!url.pathname.endsWith('/3/accounts')) return false;
		answer(response, Number(url.searchParams.get('page')), request);
		return true;
	});
	return await engine.runNode({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } });
}

function json(response: ServerResponse, value: unknown, status = 200): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));
}

const SIZE = 500;
const TOTAL = 1200;

/** A page of a chart of 1,200 accounts, as Fortnox gives it but for what it says of its size. */
function pageOf(number: number, meta: object): object {
	const Accounts = Array.from({ length: Math.max(0, Math.min(SIZE, TOTAL - (number - 1) * SIZE)) }, (_, index) => ({
		Number: 1000 + (number - 1) * SIZE + index,
		Description: 'Konto',
		Active: true,
		Year: 4,
	}));
	return { MetaInformation: { '@CurrentPage': number, ...meta }, Accounts };
}

describe('a list that says of itself', () => {
	test.each([
		['what is true', { '@TotalPages': 3, '@TotalResources': TOTAL }],
		['numbers as texts', { '@TotalPages': '3', '@TotalResources': '1200' }],
		['more pages than it has', { '@TotalPages': 30, '@TotalResources': TOTAL }],
		['fewer pages than it has', { '@TotalPages': 1, '@TotalResources': TOTAL }],
		['no page', { '@TotalPages': 0, '@TotalResources': TOTAL }],
		['a negative number of pages', { '@TotalPages': -5, '@TotalResources': TOTAL }],
		['a negative number of items', { '@TotalPages': 3, '@TotalResources': -1 }],
		['words in place of pages', { '@TotalPages': 'many', '@TotalResources': 'lots' }],
		['half a page', { '@TotalPages': 0.5 }],
		['an object in place of pages', { '@TotalPages': { a: 1 } }],
		['nothing', {}],
	])('%s is read whole', async (_, meta) => {
		const result = await accounts((response, number) => json(response, pageOf(number, meta)));
		expect(result.error?.message).toBeUndefined();
		expect(result.items()).toHaveLength(TOTAL);
	});

	test('that it has the same rows on every page is read without doubles, and ends', async () => {
		let asked = 0;
		const result = await accounts((response) => {
			asked++;
			json(response, pageOf(1, { '@TotalPages': 5, '@TotalResources': 2500 }));
		});
		expect(result.error === undefined ? result.items().length : SIZE).toBe(SIZE);
		expect(asked).toBeLessThan(60);
	});
});

describe('a list that is no list', () => {
	test.each([
		['half of it', '{"MetaInformation":{"@TotalPages":1},"Accounts":[{"Number":19'],
		['a page of HTML', '<html><h1>Välkommen</h1></html>'],
		['nothing', ''],
		['null', 'null'],
		['a number', '5'],
		['a list of nothings', { Accounts: [null, 5, 'x'] }],
		['an object', { Accounts: { Number: 1930 } }],
	])('%s is an error that says so', async (_, body) => {
		const result = await accounts((response) => json(response, body));
		expect(result.error?.message).toMatch(/no list "Accounts" in it/);
	});

	test('an error in an answer that says success is that error', async () => {
		const result = await accounts((response) => json(response, { ErrorInformation: { Error: 1, Message: 'Ett fel', Code: 2000106 } }));
		expect(result.error?.message).toContain('Ett fel');
	});

	test('is read where only its content type is wrong', async () => {
		const result = await accounts((response, number) => {
			const page = pageOf(number, { '@TotalPages': 3, '@TotalResources': TOTAL });
			response.writeHead(200, { 'content-type': 'image/png' }).end(JSON.stringify(page));
		});
		expect(result.items()).toHaveLength(TOTAL);
	});
});

test('of a list one of whose pages fails, the pages that wait for the limit are not asked for any more', async () => {
	let asked = 0;
	const result = await accounts((response, number) => {
		asked++;
		if (number === 2) json(response, { ErrorInformation: { error: 1, message: 'Ett fel', code: 2000106 } }, 400);
		else json(response, { ...pageOf(1, { '@TotalPages': 200, '@TotalResources': 200 * SIZE }) });
	});
	expect(result.error?.message).toContain('Ett fel');
	// More than three windows of the limit.
	await new Promise((resolve) => setTimeout(resolve, 16_000));
	expect(asked).toBeGreaterThan(1);
	expect(asked).toBeLessThanOrEqual(25);
});

describe('an answer that never comes to its end', () => {
	/** Writes to the bare connection, again and again. */
	const drip = (response: ServerResponse, first: string, more: string): void => {
		const { socket } = response;
		socket?.write(first);
		const timer = setInterval(() => {
			if (socket?.destroyed === false) socket.write(more);
			else clearInterval(timer);
		}, 100);
		socket?.on('error', () => clearInterval(timer)).on('close', () => clearInterval(timer));
	};

	test.each([
		['a head that drips', 'HTTP/1.1 200 OK\r\nx-long: ', 'a'],
		['hints without end', '', 'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n'],
		['chunks without end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n'],
		['a chunk that says that it is huge', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffff\r\n', ' '],
		['a length that is never reached', 'HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n', ' '],
	])(
		'%s is given up at the end of its time',
		async (_, first, more) => {
			TIMEOUT_MS.page = 2000;
			const result = await accounts((response) => drip(response, first, more));
			expect(result.error?.message).toMatch(/no answer came/i);
		},
		60_000,
	);

	test('more headers than a program reads are no answer', async () => {
		const result = await accounts((response) => response.socket?.end(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}\r\n{}`));
		expect(result.error?.message).toMatch(/no answer came/i);
	});
});

describe('what a refusal says', () => {
	const ESCAPES = '\u001b[31mrött\u001b[0m\u0007\u009b2J\u202etxen';

	test.each([
		['an envelope', (response: ServerResponse) => json(response, { ErrorInformation: { error: 1, message: ESCAPES, code: 2000106 } }, 400)],
		['a gateway', (response: ServerResponse) => json(response, { message: ESCAPES }, 400)],
		['a page', (response: ServerResponse) => response.writeHead(400, { 'content-type': 'text/html' }).end(`<p>${ESCAPES}</p>`)],
	])('steers no terminal and turns no text: %s', async (_, answer) => {
		const { error } = await accounts(answer);
		const told = `${error?.message} ${error?.description ?? ''}`;
		expect(told).toContain('rött');
		expect(told).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
	});

	test('is short, however long it is', async () => {
		const body = { ErrorInformation: { error: 1, message: 'x'.repeat(300_000), code: 1 } };
		const { error } = await accounts((response) => json(response, body, 400));
		expect(JSON.stringify([error?.message, error?.description]).length).toBeLessThan(5000);
	});
});
