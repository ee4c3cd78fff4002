import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { createEngine } from '../../../engine';
import type { Engine } from '../../../engine';
import type { FortnoxApi } from '../../../nodes/shared/fortnox/api';
import { FortnoxError } from '../../../nodes/shared/fortnox/errors';
import { companyOf } from '../../../nodes/shared/n8n/company';
import { connect } from '../../../nodes/shared/fortnox/n8nTransport';
import { listen } from '../../../sandbox/server/http';
import { jwt } from './support';

/** Calls the client inside n8n's own engine; what it does is set by the test. */
let act: (api: FortnoxApi) => Promise<unknown> = async () => undefined;
let failure: unknown;

class Caller implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Caller',
		name: 'caller',
		group: ['transform'],
		version: 1,
		description: 'Test node',
		defaults: { name: 'Caller' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'fortnoxOAuth2Api', displayOptions: { show: { authentication: ['oAuth2'] } } },
			{ name: 'fortnoxServiceAccountApi', displayOptions: { show: { authentication: ['serviceAccount'] } } },
		],
		properties: [{ displayName: 'Authentication', name: 'authentication', type: 'string', default: 'oAuth2' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		failure = undefined;
		const result = await companyOf(this)
			.then(async (credential) => await connect(this, credential))
			.then(act)
			.catch((error: unknown) => {
				failure = error;
			});
		return [[{ json: { result: JSON.stringify(result ?? null) } }]];
	}
}

interface Received {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	body: string;
}

type Handle = (request: Received, response: ServerResponse) => void;

let server: Server;
let url: string;
let received: Received[];
let handle: Handle;
let tokenAnswer: { status: number; body: string } | undefined;
let valid: Set<string>;
let issued: number;

/** Each test has a credential and a tenant of its own: limits and gates live as long as the process. */
let tenant = 1000;

function issue(secondsLeft = 3600): string {
	issued++;
	const iat = Math.floor(Date.now() / 1000) + secondsLeft - 3600;
	const token = jwt({ tenantId: tenant, iat, exp: iat + 3600, n: issued });
	valid.add(token);
	return token;
}

const json = (response: ServerResponse, status: number, body: object) =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

beforeEach(async () => {
	tenant++;
	received = [];
	valid = new Set();
	issued = 0;
	tokenAnswer = undefined;
	handle = (_, response) => json(response, 200, { CompanyInformation: { CompanyName: 'Kärna AB' }, Voucher: {} });
	server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body };
			received.push(request);
			if (request.path.endsWith('/token')) {
				if (tokenAnswer) {
					response.writeHead(tokenAnswer.status, { 'content-type': 'text/html' }).end(tokenAnswer.body);
					return;
				}
				valid.clear();
				const refresh = body.includes('client_credentials') ? {} : { refresh_token: `refresh-${issued + 1}` };
				json(response, 200, { access_token: issue(), token_type: 'bearer', expires_in: 3600, ...refresh });
				return;
			}
			const token = (incoming.headers.authorization ?? '').replace('Bearer ', '');
			if (!valid.has(token)) json(response, 401, { message: 'unauthorized' });
			else handle(request, response);
		});
	});
	url = await listen(server, 0, '127.0.0.1');
});

afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

function engine(accessToken: string | undefined, data: ICredentialDataDecryptedObject = {}): Engine {
	const common: ICredentialDataDecryptedObject = {
		clientId: 'app',
		clientSecret: 'top-secret',
		apiBaseUrl: url,
		oauthBaseUrl: `${url}/oauth-v1`,
	};
	const oauthTokenData: ICredentialDataDecryptedObject =
		accessToken === undefined ? {} : { oauthTokenData: { access_token: accessToken, refresh_token: 'refresh-0', token_type: 'bearer' } };
	return createEngine({
		nodeTypes: { 'test.caller': Caller },
		credentials: {
			[`oauth-${tenant}`]: { type: 'fortnoxOAuth2Api', name: 'OAuth', data: { ...common, ...oauthTokenData, ...data } },
			[`service-${tenant}`]: {
				type: 'fortnoxServiceAccountApi',
				name: 'Service',
				data: { ...common, tenantId: String(tenant), ...data },
			},
		},
	});
}

async function call(on: Engine, does: (api: FortnoxApi) => Promise<unknown>, authentication = 'oAuth2') {
	act = does;
	const result = await on.runNode({ type: 'test.caller', parameters: { authentication } });
	if (result.error) throw new Error(result.error.message);
	const value: unknown = JSON.parse(String(result.json()[0]?.result));
	return value;
}

const paths = () => received.map(({ method, path }) => `${method} ${path}`);
const VOUCHER = { VoucherSeries: 'A', TransactionDate: '2026-01-31', Description: 'x', Comments: '', VoucherRows: [] };

function fortnoxFailure(): FortnoxError {
	if (!(failure instanceof FortnoxError)) throw new Error(`not a FortnoxError: ${String(failure)}`);
	return failure;
}

/** Everything that can be reached from an error, as n8n would store or log it. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	return Object.getOwnPropertyNames(value)
		.filter((name) => name !== 'stack')
		.map((name) => `${name}: ${everythingIn(Object.getOwnPropertyDescriptor(value, name)?.value, seen)}`)
		.join('\n');
}

describe('connect, in n8n’s engine', () => {
	test('sends n8n’s signed request and knows the tenant from the token', async () => {
		const result = await call(engine(issue()), async (api) => [api.tenantKey, (await api.company()).CompanyName]);
		expect(result).toEqual([`${url} ${tenant}`, 'Kärna AB']);
		expect(received[0]?.headers).toMatchObject({ accept: 'application/json', 'cache-control': 'no-cache' });
	});

	test('posts JSON', async () => {
		await call(engine(issue()), async (api) => await api.postVoucher(VOUCHER, 3));
		expect(paths()).toEqual(['POST /3/vouchers?financialyear=3']);
		expect(received[0]?.headers['content-type']).toMatch(/^application\/json/);
		expect(received[0]?.headers['cache-control']).toBeUndefined();
		expect(JSON.parse(received[0]?.body ?? '')).toEqual({ Voucher: VOUCHER });
	});

	test('refreshes a token that Fortnox refuses once for 24 requests, and has n8n store it', async () => {
		const dead = issue();
		valid.clear();
		const on = engine(dead);
		await call(on, async (api) => await Promise.all(Array.from({ length: 24 }, async () => await api.voucher('A', 1, 3))));
		expect(paths().filter((path) => path.includes('/token'))).toHaveLength(1);
		expect(paths().filter((path) => path.includes('/vouchers')).length).toBeLessThanOrEqual(48);
		expect(on.credential(`oauth-${tenant}`).oauthTokenData).toMatchObject({ refresh_token: 'refresh-2' });
	});

	test('refreshes a token before it ends', async () => {
		await call(engine(issue(20)), async (api) => await api.company());
		expect(paths()).toEqual(['POST /oauth-v1/token', 'GET /3/companyinformation']);
	});

	test('says how to reconnect where the refresh token is spent, without a token in the error', async () => {
		tokenAnswer = { status: 400, body: '{"error":"invalid_grant","error_description":"Invalid refresh token"}' };
		const dead = issue(-10);
		await call(engine(dead), async (api) => await api.company());
		expect(fortnoxFailure()).toMatchObject({ outcome: 'refused' });
		expect(fortnoxFailure().message).toMatch(/connect it again/);
		expect(everythingIn(failure)).not.toContain(dead);
		expect(everythingIn(failure)).not.toContain('top-secret');
		expect(paths().filter((path) => path.includes('/3/'))).toEqual([]);
	});

	test('takes a gateway’s page in place of a token for a passing failure', async () => {
		tokenAnswer = { status: 502, body: '<html><body>Bad Gateway</body></html>' };
		await call(engine(issue(-10)), async (api) => await api.company());
		expect(fortnoxFailure().message).toMatch(/Try again later/);
	});

	test('gets a service account its token with the tenant header, once for all, and again when it is refused', async () => {
		const on = engine(undefined);
		const ten = async (api: FortnoxApi) => await Promise.all(Array.from({ length: 10 }, async () => await api.voucher('A', 1, 3)));
		await call(on, ten, 'serviceAccount');
		expect(paths()[0]).toBe('POST /oauth-v1/token');
		expect(received[0]?.headers.tenantid).toBe(String(tenant));
		expect(received).toHaveLength(11);
		valid.clear();
		await call(on, async (api) => await api.voucher('A', 1, 3), 'serviceAccount');
		expect(paths().filter((path) => path.includes('/token'))).toHaveLength(2);
		expect(failure).toBeUndefined();
	});

	test('keeps Fortnox’s code and text', async () => {
		handle = (_, response) =>
			json(response, 400, { ErrorInformation: { error: 1, message: 'Har inte behörighet för scope.', code: 2000663 } });
		await call(engine(issue()), async (api) => await api.voucher('A', 1, 3));
		expect(fortnoxFailure()).toMatchObject({ status: 400, fortnoxCode: 2000663, fortnoxText: 'Har inte behörighet för scope.' });
		expect(fortnoxFailure().message).toMatch(/"bookkeeping"/);
	});

	test('reads an error that arrives as bytes, and hands out a file untouched', async () => {
		const bytes = Buffer.from([0x23, 0x86, 0x84, 0x94, 0x0d, 0x0a]);
		let isThere = true;
		handle = (_, response) => {
			if (isThere) response.writeHead(200, { 'content-type': 'text/plain' }).end(bytes);
			else json(response, 404, { ErrorInformation: { Error: 1, Message: 'Kan inte hitta året.', Code: 2000999 } });
		};
		const hex = await call(engine(issue()), async (api) => (await api.sie(4, 3)).toString('hex'));
		expect(hex).toBe(bytes.toString('hex'));
		isThere = false;
		await call(engine(issue()), async (api) => await api.sie(4, 3));
		expect(fortnoxFailure()).toMatchObject({ status: 404, fortnoxCode: 2000999, fortnoxText: 'Kan inte hitta året.' });
	});

	test('uploads a file as a form', async () => {
		handle = (_, response) => json(response, 201, { File: { Id: 'f1' } });
		const file = { name: 'kvitto.pdf', mimeType: 'application/pdf', content: Buffer.from('%PDF öre') };
		await call(engine(issue()), async (api) => await api.uploadVoucherFile(file));
		expect(paths()).toEqual(['POST /3/inbox?path=Inbox_v']);
		expect(received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(received[0]?.body).toContain('name="file"; filename="kvitto.pdf"');
		expect(received[0]?.body).toContain('%PDF öre');
	});

	test('unpacks an answer no further than its bound, and does not ask again', async () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
		handle = (_, response) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
		await call(engine(issue()), async (api) => await api.company());
		expect(fortnoxFailure()).toMatchObject({ outcome: 'unknown' });
		expect(fortnoxFailure().message).toMatch(/larger than the 8 MB/);
		expect(received).toHaveLength(1);
	});

	test('reads a packed answer', async () => {
		handle = (_, response) =>
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"CompanyInformation":{"CompanyName":"Å"}}'));
		expect(await call(engine(issue()), async (api) => (await api.company()).CompanyName)).toBe('Å');
	});

	test('does not know what became of a write whose connection broke', async () => {
		handle = (_, response) => response.destroy();
		await call(engine(issue()), async (api) => await api.postVoucher(VOUCHER, 3));
		expect(fortnoxFailure()).toMatchObject({ outcome: 'unknown', networkCode: 'ECONNRESET' });
		expect(received).toHaveLength(1);
	});

	test('knows that nothing was booked where no connection came about', async () => {
		const token = issue();
		const on = engine(token, { apiBaseUrl: 'http://127.0.0.1:1' });
		await call(on, async (api) => await api.postVoucher(VOUCHER, 3));
		expect(fortnoxFailure()).toMatchObject({ outcome: 'refused', networkCode: 'ECONNREFUSED' });
		expect(everythingIn(failure)).not.toContain(token);
	});

	test('follows no redirect', async () => {
		handle = (_, response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
		await call(engine(issue()), async (api) => await api.company());
		expect(fortnoxFailure()).toMatchObject({ status: 302, outcome: 'unknown' });
		expect(received).toHaveLength(1);
	});

	test.each(['http://api.fortnox.se', 'https://user@api.fortnox.se', 'https://api.fortnox.se?x=1', 'ftp://127.0.0.1', ''])(
		'refuses the base URL "%s" before anything is sent',
		async (apiBaseUrl) => {
			await call(engine(issue(), { apiBaseUrl }), async (api) => await api.company());
			expect(fortnoxFailure().message).toMatch(/API Base URL/);
			expect(received).toHaveLength(0);
		},
	);
});
