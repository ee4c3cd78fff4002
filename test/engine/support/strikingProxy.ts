import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';

import { listen } from '../../../sandbox/server/http';
import type { Certificate } from './certificate';

/** Answers a request in the server's place, and says so with true. */
type Strike = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface StrikingProxy {
	url: string;
	/** From now on. */
	strike(strike: Strike): void;
	/** What the answers that are passed on say of the time, from now on; undefined: this machine's. */
	tellTime(date: string | undefined): void;
	/** The certificate that is shown from now on, to every new connection: those that are open end with their answer. */
	show(certificate: Certificate): void;
	/** What becomes of those who want a websocket, from now on. */
	upgrade(answer: (connection: Duplex, request: IncomingMessage) => void): void;
	close(): Promise<void>;
}

/**
 * Stands between the node and a sandbox, and answers what it likes as it likes.
 *
 * @param certificate where it is reached by https
 */
export async function startStrikingProxy(target: string, certificate?: Certificate): Promise<StrikingProxy> {
	let strike: Strike = () => false;
	let time: string | undefined;
	let endsConnections = false;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		await once(request, 'end');
		if (strike(request, response)) return;
		const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
		const answer = await fetch(target + (request.url ?? ''), {
			method: request.method ?? 'GET',
			headers: { authorization, 'content-type': type },
			body: chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks)),
		});
		const date = time === undefined ? {} : { date: time };
		const end = endsConnections ? { connection: 'close' } : {};
		response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '', ...date, ...end });
		response.end(Buffer.from(await answer.arrayBuffer()));
	}

	const listener = (request: IncomingMessage, response: ServerResponse): void => {
		response.on('error', () => undefined);
		void serve(request, response);
	};
	const tlsServer = certificate && createTlsServer({ ...certificate }, listener);
	const server = tlsServer ?? createServer(listener);
	const upgraded = new Set<Duplex>();
	const url = await listen(server, 0, '127.0.0.1');
	return {
		url: certificate === undefined ? url : url.replace('http', 'https'),
		strike: (next) => {
			strike = next;
		},
		tellTime: (date) => {
			time = date;
		},
		show: (next) => {
			tlsServer?.setSecureContext({ ...next });
			endsConnections = true;
		},
		upgrade: (answer) => {
			server.removeAllListeners('upgrade').on('upgrade', (request, connection) => {
				upgraded.add(connection);
				connection.on('error', () => undefined);
				answer(connection, request);
			});
		},
		close: async () => {
			for (const connection of upgraded) connection.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}
