import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { listen } from '../../../sandbox/server/http';

export interface Received {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	body: string;
}

export interface TokenServer {
	url: string;
	/** Every request so far, in the order of arrival. */
	received: Received[];
	/** Requests to the token endpoint. */
	tokenRequests(): Received[];
	/** What the token endpoint answers from now on; undefined: tokens. */
	refuseTokens(answer: { status: number; contentType: string; body: string } | undefined): void;
	/** Tokens that the API takes; the token endpoint adds to it. */
	accepted: Set<string>;
	close(): Promise<void>;
}

/**
 * A server with a token endpoint that rotates its refresh tokens and one API answer behind a bearer token:
 * just enough to see what n8n itself does with the credentials.
 */
export async function startTokenServer(): Promise<TokenServer> {
	const received: Received[] = [];
	const accepted = new Set<string>();
	let refusal: { status: number; contentType: string; body: string } | undefined;
	let issued = 0;

	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const path = request.url ?? '';
			const body = Buffer.concat(chunks).toString();
			received.push({ method: request.method ?? '', path, headers: request.headers, body });
			const answer = (status: number, contentType: string, text: string) =>
				response.writeHead(status, { 'content-type': contentType }).end(text);

			if (path.endsWith('/token')) {
				if (refusal) return answer(refusal.status, refusal.contentType, refusal.body);
				issued += 1;
				accepted.clear();
				accepted.add(`access-${issued}`);
				const tokens = { access_token: `access-${issued}`, token_type: 'bearer', expires_in: 3600, scope: 'bookkeeping' };
				const refresh = body.includes('client_credentials') ? {} : { refresh_token: `refresh-${issued}` };
				return answer(200, 'text/html; charset=utf-8', JSON.stringify({ ...tokens, ...refresh }));
			}
			if (!accepted.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))) {
				return answer(401, 'application/json', JSON.stringify({ message: 'unauthorized' }));
			}
			return answer(200, 'application/json', JSON.stringify({ CompanyInformation: { CompanyName: 'Kaffe & Kärna AB' } }));
		});
	});
	const url = await listen(server, 0, '127.0.0.1');
	return {
		url,
		received,
		tokenRequests: () => received.filter(({ path }) => path.endsWith('/token')),
		refuseTokens: (answer) => {
			refusal = answer;
		},
		accepted,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
