import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** How the proxy lets a text appear in an answer. */
export type Echo = 'refusal' | 'page' | 'success';

export interface EchoProxy {
	url: string;
	/** `GET /3/vouchers/…`, with the parts that are data left out, of every request since the last call of `forget`. */
	endpoints(): string[];
	forget(): void;
	/** From now on, answers of this endpoint hold the text; undefined: all answers are passed on as they are. */
	echo(what: { endpoint: string; how: Echo; text: string } | undefined): void;
	close(): Promise<void>;
}

/** Caches of the process go by address: `${url}/c7` is another address of the same server. */
const PREFIX = /^\/c\d+(?=\/)/;

/** Stands between the node and a sandbox, and can send back what a careless server, or a gateway before it, might. */
export async function startEchoProxy(target: string): Promise<EchoProxy> {
	let seen: string[] = [];
	let echo: { endpoint: string; how: Echo; text: string } | undefined;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		await once(request, 'end');
		request.url = request.url?.replace(PREFIX, '');
		const endpoint = endpointOf(request);
		seen.push(endpoint);
		const isStruck = echo?.endpoint === endpoint;
		const text = echo?.text ?? '';
		if (isStruck && echo?.how === 'refusal') {
			response.writeHead(400, { 'content-type': 'application/json', 'x-echo': text });
			response.end(JSON.stringify({ ErrorInformation: { error: 1, message: `Ogiltig: ${text}`, code: 2000106 } }));
			return;
		}
		if (isStruck && echo?.how === 'page') {
			response.writeHead(400, { 'content-type': 'text/html' }).end(`<html><h1>Bad request</h1><pre>${text}</pre></html>`);
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
		response.end(isStruck ? withText(bytes, text) : bytes);
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
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
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

function withText(bytes: Buffer, text: string): Buffer {
	try {
		const body: unknown = JSON.parse(bytes.toString());
		return Buffer.from(JSON.stringify(body, (key, value: unknown) => (FREE_TEXTS.has(key) && typeof value === 'string' ? text : value)));
	} catch {
		return Buffer.from(bytes.toString('latin1').replaceAll(/"[^"\n]{4,}"/g, () => `"${text}"`), 'latin1');
	}
}
