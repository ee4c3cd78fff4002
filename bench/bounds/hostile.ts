import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What a server at Fortnox's address may answer; each is what ended or held up n8n before it had a bound. */
const ANSWERS = {
	'an answer of 0.7 MB that unpacks to 700 MB': (response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb());
	},
	'a list of a billion pages': (response) => {
		const MetaInformation = { '@TotalResources': 500_000_000_000, '@TotalPages': 1_000_000_000, '@CurrentPage': 1 };
		json(response, 200, JSON.stringify({ MetaInformation, Accounts: [{ Number: 1930 }] }));
	},
	'a refusal of 300 kB of <': (response) => response.writeHead(400, { 'content-type': 'text/html' }).end('<'.repeat(300_000)),
	'8 MB of JSON in small objects': (response) => json(response, 200, `{"Accounts":[${'{},'.repeat(2_700_000)}{}]}`),
	'8 MB of JSON in one text': (response) => json(response, 200, `{"Accounts":"${'a'.repeat(8_000_000)}"}`),
	'JSON nested 4 million levels deep': (response) => json(response, 200, '['.repeat(4_000_000) + ']'.repeat(4_000_000)),
} satisfies Record<string, (response: ServerResponse) => unknown>;

type HostileAnswer = keyof typeof ANSWERS;

export const HOSTILE_ANSWERS = Object.keys(ANSWERS).filter((name): name is HostileAnswer => name in ANSWERS);

function json(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

let packed: Buffer | undefined;

/** 0.7 MB of gzip that unpack to 700 MB. */
export function bomb(): Buffer {
	packed ??= gzipSync(Buffer.alloc(700 * 1024 * 1024, 0x20));
	return packed;
}

/** A server that gives one of the answers to every request. */
export async function startHostile(answer: HostileAnswer): Promise<{ url: string; close(): Promise<void> }> {
	if (answer.includes('unpacks')) bomb();
	const server = createServer((request, response) => {
		request.resume();
		ANSWERS[answer](response);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}
