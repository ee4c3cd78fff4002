import { createServer, get } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import { MOST_ERROR_BYTES, MOST_JSON_BYTES } from '../../../nodes/shared/fortnox/bounds';
import { beforeEnd, endOf, readAnswer } from '../../../nodes/shared/fortnox/readAnswer';
import type { Sending } from '../../../nodes/shared/fortnox/transport';
import { NetworkFailure } from '../../../nodes/shared/fortnox/transport';
import { listen } from '../../../sandbox/server/http';

const sending = (timeoutMs: number, signal?: AbortSignal): Sending => ({
	method: 'GET',
	url: '',
	expects: 'json',
	timeoutMs,
	token: 'token',
	signal,
});
const JSON_OF_API = { expects: 'json', address: 'API Base URL' } as const;
const raw = (body: unknown, status = 200) => ({ status, headers: {}, body });
const long = () => endOf(sending(20_000));

let server: Server;
let handle: (response: ServerResponse) => void;
let url: string;

beforeAll(async () => {
	server = createServer((_, response) => handle(response));
	url = await listen(server, 0, '127.0.0.1');
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

async function ask(): Promise<IncomingMessage> {
	return await new Promise((resolve, reject) => {
		get(url, resolve).on('error', reject);
	});
}

async function failureOf(work: Promise<unknown>): Promise<NetworkFailure> {
	const error = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof NetworkFailure)) throw new Error(`not a NetworkFailure: ${String(error)}`);
	return error;
}

describe('readAnswer', () => {
	test('parses JSON, keeps other text, and gives bytes as they are', async () => {
		expect((await readAnswer(raw(Readable.from([Buffer.from('{"a":'), Buffer.from('"ö"}')])), JSON_OF_API, long())).body).toEqual({
			a: 'ö',
		});
		expect((await readAnswer(raw(Readable.from([Buffer.from('\uFEFF{"a":1}')])), JSON_OF_API, long())).body).toEqual({ a: 1 });
		expect((await readAnswer(raw(Readable.from([Buffer.from('<html>')])), JSON_OF_API, long())).body).toBe('<html>');
		expect((await readAnswer(raw(Readable.from([])), JSON_OF_API, long())).body).toBe('');
		expect((await readAnswer(raw(Readable.from([Buffer.from([0x86, 0])])), { ...JSON_OF_API, expects: 'bytes' }, long())).body).toEqual(
			Buffer.from([0x86, 0]),
		);
	});

	test('reads a character that two pieces share', async () => {
		const [first, second] = [Buffer.from('"å"').subarray(0, 2), Buffer.from('"å"').subarray(2)];
		expect((await readAnswer(raw(Readable.from([first, second])), JSON_OF_API, long())).body).toBe('å');
	});

	test('stops at the bound of an answer, and ends its connection', async () => {
		let sent = 0;
		const piece = Buffer.alloc(1024 * 1024, 0x20);
		const endless = new Readable({
			read() {
				sent += piece.length;
				this.push(piece);
			},
		});
		const failure = await failureOf(readAnswer(raw(endless), JSON_OF_API, long()));
		expect(failure).toMatchObject({ code: 'TOO_LARGE', sent: true });
		expect(failure.reason).toMatch(/larger than the 8 MB/);
		expect(endless.destroyed).toBe(true);
		expect(sent).toBeLessThan(2 * MOST_JSON_BYTES);
	});

	test('accepts an answer of exactly the bound', async () => {
		const body = Buffer.alloc(MOST_JSON_BYTES, 0x20);
		body[0] = 0x31;
		expect((await readAnswer(raw(Readable.from([body])), JSON_OF_API, long())).body).toBe(1);
	});

	test('reads the beginning of a refusal, however long it is, and keeps its status', async () => {
		const page = Readable.from([Buffer.alloc(1000, '<'), ...Array.from({ length: 100 }, () => Buffer.alloc(64 * 1024, 'x'))]);
		const answer = await readAnswer(raw(page, 429), JSON_OF_API, long());
		expect(answer).toMatchObject({ status: 429 });
		expect(String(answer.body)).toHaveLength(MOST_ERROR_BYTES);
		expect(page.destroyed).toBe(true);
	});

	test('ends an answer that drips once its time is over, though it is never silent', async () => {
		let closed = false;
		handle = (response) => {
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => {
				closed = true;
				clearInterval(drip);
			});
		};
		const started = performance.now();
		const end = endOf(sending(4000));
		const failure = await failureOf(readAnswer(raw(await ask()), JSON_OF_API, end));
		expect(failure).toMatchObject({ code: 'ETIMEDOUT', sent: true, reason: undefined });
		expect(performance.now() - started).toBeLessThan(20_000);
		await new Promise((resolve) => setTimeout(resolve, 2000));
		expect(closed).toBe(true);
	});

	test('does not know what became of an answer that breaks off', async () => {
		handle = (response) => {
			response.write('{"Voucher":');
			setTimeout(() => response.destroy(), 30);
		};
		expect(await failureOf(readAnswer(raw(await ask()), JSON_OF_API, long()))).toMatchObject({
			code: 'ECONNRESET',
			sent: true,
		});
	});

	test('ends when the execution is stopped', async () => {
		const stop = new AbortController();
		handle = (response) => response.write(' ');
		const work = failureOf(readAnswer(raw(await ask()), JSON_OF_API, endOf(sending(20_000, stop.signal))));
		stop.abort();
		await work;
	});
});

describe('beforeEnd', () => {
	test('gives up on an answer whose first byte does not come, and throws away what comes later', async () => {
		const late = new Readable({ read() {} });
		const response = new Promise<{ body: unknown }>((resolve) => {
			setTimeout(() => resolve({ body: late }), 300);
		});
		expect(await failureOf(beforeEnd(response, endOf(sending(100))))).toMatchObject({ code: 'ETIMEDOUT', sent: true });
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(late.destroyed).toBe(true);
	});

	test('passes on what comes in time', async () => {
		expect(await beforeEnd(Promise.resolve({ body: 1 }), long())).toEqual({ body: 1 });
		await expect(beforeEnd(Promise.reject(new NetworkFailure('X', false)), long())).rejects.toMatchObject({ code: 'X' });
	});
});
