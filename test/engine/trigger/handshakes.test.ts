import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket as UndiciWebSocket } from 'undici';

import { createEngine, fortnoxCredential, INSTANT_TRIGGER } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { listen } from '../../../sandbox/server/http';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { provideWebSocket } from '../support/waiting';
import { startWorld, type World } from '../support/world';

let world: World;
let proxy: StrikingProxy;
let elsewhere: Server;
let elsewhereHost: string;
/** What came to a host that nobody configured. */
let strayed: string[];
let asked: number;

beforeEach(async () => {
	world = await startWorld();
	proxy = await startStrikingProxy(world.sandbox.url);
	strayed = [];
	asked = 0;
	elsewhere = createServer((request, response) => {
		strayed.push(`${request.method ?? ''} ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
		response.end();
	});
	elsewhere.on('upgrade', (request, connection) => {
		strayed.push(`upgrade ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
		connection.destroy();
	});
	elsewhereHost = new URL(await listen(elsewhere, 0, '127.0.0.1')).host;
});
afterEach(async () => {
	await proxy.close();
	elsewhere.closeAllConnections();
	await new Promise((resolve) => {
		elsewhere.close(resolve);
	});
	await world.close();
});

const head = (status: string, ...lines: string[]): string => [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n');

/** Writes on until the other side has had enough. */
function drip(connection: Duplex, text: string, everyMs: number): void {
	const timer = setInterval(() => connection.write(text), everyMs);
	connection.on('close', () => clearInterval(timer));
}

const HANDSHAKES: Array<[name: string, answer: (connection: Duplex) => void]> = [
	['a redirect to another host', (connection) => connection.end(head('302 Found', `Location: ws://${elsewhereHost}/topics-v1`))],
	['a redirect to a page', (connection) => connection.end(head('307 Temporary Redirect', `Location: http://${elsewhereHost}/`))],
	[
		'a page',
		(connection) => connection.end(`${head('200 OK', 'Content-Type: text/html', 'Content-Length: 2000000')}${'<'.repeat(2_000_000)}`),
	],
	['a page without end', (connection) => drip(connection, `${head('200 OK')}${'x'.repeat(1000)}`, 20)],
	['a head without end', (connection) => drip(connection, 'X-More: x\r\n', 20)],
	[
		'a wrong key',
		(connection) =>
			connection.write(head('101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: AAAA')),
	],
	['silence', () => undefined],
	['an end', (connection) => connection.destroy()],
];

/** Node.js 22 brings undici's; the other is that of the tests on Node.js 20. */
describe.each([
	['ws', provideWebSocket],
	['undici', () => Object.defineProperty(globalThis, 'WebSocket', { value: UndiciWebSocket, configurable: true, writable: true })],
])('by the websocket of %s, a server that answers the handshake with', (_, provide) => {
	beforeAll(() => {
		provide();
	});

	it.each(HANDSHAKES)('%s gets three attempts, and sends nothing to another host', async (_name, answer) => {
		const [app] = world.sandbox.clients;
		if (app === undefined) throw new Error('The sandbox has no client');
		const engine = createEngine({
			nodeTypes: { [INSTANT_TRIGGER]: FortnoxAccountingInstantTrigger },
			credentials: {
				fortnox: fortnoxCredential({
					url: proxy.url,
					clientId: app.id,
					clientSecret: app.secret,
					oauthTokenData: world.sandbox.issueTokens({ clientId: app.id, tenantId: 1001 }),
				}),
			},
		});
		proxy.upgrade((connection) => {
			asked++;
			answer(connection);
		});
		const activated = engine.activate(INSTANT_TRIGGER, { triggerOn: 'newEntry' }, { id: `shaken-${Math.random()}` });
		await expect(activated).rejects.toThrow('Fortnox did not accept the websocket connection');
		expect(asked).toBe(3);
		expect(strayed).toEqual([]);
	});
});
