import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

import { listen } from '../../../sandbox/server/http';

/** How the proxy lets a text appear in an answer. */
export type Echo = 'refusal' | 'page' | 'success';

interface Echoing {
	endpoints: readonly string[];
	how: Echo;
	/** What is sent back; the short ones first. */
	texts: readonly string[];
}

export interface EchoProxy {
	url: string;
	/** `GET /3/vouchers/…`, with the parts that are data left out, of every request since the last call of `forget`. */
	endpoints(): string[];
	forget(): void;
	/** From now on, answers of these endpoints hold the texts, cut in the midst of them; undefined: all answers are passed on as they are. */
	echo(what: Echoing | undefined): void;
	close(): Promise<void>;
}

/** Caches of the process go by address: `${url}/via-7` is another address of the same server, for a sandbox as well. */
const PREFIX = /^\/via-\d+(?=\/)/;

/** Stands between the node and a sandbox, and can send back what a careless server, or a gateway before it, might. */
export async function startEchoProxy(target: string): Promise<EchoProxy> {
	let seen: string[] = [];
	let echo: Echoing | undefined;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		await once(request, 'end');
		request.url = request.url?.replace(PREFIX, '');
		const endpoint = endpointOf(request);
		seen.push(endpoint);
		const { how, texts } = echo?.endpoints.includes(endpoint) === true ? echo : { how: undefined, texts: [] };
		if (how === 'refusal') {
			response.writeHead(400, { 'content-type': 'application/json', 'x-echo': texts.join(' ').slice(0, LONGEST_HEADER) });
			const refusal = { ErrorInformation: { error: 1, message: `Ogiltig: ${texts.join(' ')}`, code: 2000106 } };
			await sendCut(response, Buffer.from(JSON.stringify(refusal)), texts);
			return;
		}
		if (how === 'page') {
			response.writeHead(400, { 'content-type': 'text/html' });
			await sendCut(response, Buffer.from(`<html><h1>Bad request</h1><pre>${texts.join(' ')}</pre></html>`), texts);
			return;
		}
		const answer = await fetch(target + (request.url ?? ''), {
			method: request.method ?? 'GET',
			headers: headersOf(request),
			body: chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks)),
		});
		const bytes = Buffer.from(await answer.arrayBuffer());
		// The time of day is the sandbox's, by which triggers ask for what changed.
		response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '', date: answer.headers.get('date') ?? '' });
		await sendCut(response, how === undefined ? bytes : withTexts(bytes, texts), texts);
	}

	const server = createServer((request, response) => void serve(request, response));
	const sockets = new Set<Socket>();
	// Websockets are passed on as they are.
	server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
		const { hostname, port: targetPort } = new URL(target);
		const onward = connect(Number(targetPort), hostname, () => {
			const head = [`GET ${request.url?.replace(PREFIX, '')} HTTP/1.1`];
			for (let at = 0; at < request.rawHeaders.length; at += 2) head.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
			onward.write(`${head.join('\r\n')}\r\n\r\n`);
			onward.pipe(socket).pipe(onward);
		});
		for (const each of [socket, onward]) {
			sockets.add(each);
			each.on('error', () => each.destroy()).on('close', () => sockets.delete(each));
		}
	});
	const url = await listen(server, 0, '127.0.0.1');
	return {
		url,
		endpoints: () => [...new Set(seen)],
		forget: () => {
			seen = [];
		},
		echo: (what) => {
			echo = what;
		},
		close: async () => {
			server.closeAllConnections();
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}

function endpointOf({ method, url = '' }: IncomingMessage): string {
	const [, version, resource, ...rest] = (url.split('?', 1)[0] ?? '').split('/');
	return `${method} /${version}/${resource}${'/…'.repeat(rest.length)}`;
}

function headersOf(request: IncomingMessage): Record<string, string> {
	const names = ['authorization', 'content-type', 'accept', 'tenantid'];
	return Object.fromEntries(names.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])));
}

/** Texts that people write, as they stand in Fortnox's JSON. */
const FREE_TEXTS = new Set(['Description', 'Name', 'Comments', 'TransactionInformation', 'CompanyName', 'SRU', 'VATCode']);

/** The first text of a kind holds all of them, each other one of them: a chart of a thousand accounts with all of them is 20 MB. */
function withTexts(bytes: Buffer, texts: readonly string[]): Buffer {
	let next = 0;
	const seen = new Set<string>();
	const textFor = (kind: string): string => {
		if (seen.has(kind)) return texts[next++ % texts.length] ?? '';
		seen.add(kind);
		return texts.join(' ');
	};
	try {
		const body: unknown = JSON.parse(bytes.toString());
		const replaced = (key: string, value: unknown): unknown => (FREE_TEXTS.has(key) && typeof value === 'string' ? textFor(key) : value);
		return Buffer.from(JSON.stringify(body, replaced));
	} catch {
		return Buffer.from(
			bytes.toString('latin1').replaceAll(/"[^"\n]{4,}"/g, () => `"${textFor('file')}"`),
			'latin1',
		);
	}
}

/** Of an answer's headers, in all; Node reads 16 kB. */
const LONGEST_HEADER = 8000;

/** Sends an answer in chunks that end in the midst of what it sends back. */
async function sendCut(response: ServerResponse, bytes: Buffer, texts: readonly string[]): Promise<void> {
	const cuts = texts.map((text) => bytes.indexOf(text) + Math.floor(text.length / 2)).filter((at) => at > 0);
	let sent = 0;
	for (const at of [...new Set(cuts)].sort((one, other) => one - other)) {
		response.write(bytes.subarray(sent, at));
		sent = at;
	}
	response.end(bytes.subarray(sent));
	await once(response, 'close');
}
