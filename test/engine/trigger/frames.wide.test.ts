import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { WebSocket as UndiciWebSocket } from 'undici';

import { createEngine, fortnoxCredential, INSTANT_TRIGGER } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { usedCpuMs } from '../../clock/cpuTime';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { provideWebSocket } from '../support/waiting';
import { startWorld, type World } from '../support/world';

const MB = 1024 * 1024;

let world: World;
let proxy: StrikingProxy;
let accepted: number;

beforeEach(async () => {
	world = await startWorld();
	proxy = await startStrikingProxy(world.sandbox.url);
	accepted = 0;
});
afterEach(async () => {
	await proxy.close();
	await world.close();
});

/**
 * ms. The websocket's own work on what was sent, and the garbage of it in a process that holds what other tests loaded, cost
 * up to 10 s; a trigger that tried again and again, or read a message anew for each of its parts, would cost minutes.
 */
const MOST_CPU_MS = 40_000;

const [TEXT, BINARY, PING] = [0x1, 0x2, 0x9];
/** The last frame of a message, and one whose content is packed. */
const [LAST, PACKED] = [0x80, 0x40];

/** A frame as a server sends it, its length in 64 bits. `length` may be another than it has. */
function frame(head: number, content: Buffer, length = BigInt(content.length)): Buffer {
	const start = Buffer.alloc(10);
	start.writeUInt8(head, 0);
	start.writeUInt8(127, 1);
	start.writeBigUInt64BE(length, 2);
	return Buffer.concat([start, content]);
}

function ping(size: number): Buffer {
	return Buffer.concat([Buffer.from([LAST | PING, size]), Buffer.alloc(size, 'x')]);
}

/** Accepts the websocket, and what the browser offers to unpack. */
function accept(connection: Duplex, request: IncomingMessage): void {
	const key = createHash('sha1')
		.update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
		.digest('base64');
	const packs = (request.headers['sec-websocket-extensions'] ?? '').includes('permessage-deflate');
	const more = packs ? ['Sec-WebSocket-Extensions: permessage-deflate'] : [];
	connection.write(
		['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${key}`, ...more, '', ''].join(
			'\r\n',
		),
	);
	connection.resume();
}

/** Writes on, as fast as it is read, until the other side has had enough or a bound is reached. */
function flood(connection: Duplex, block: Buffer, most: number): void {
	let sent = 0;
	const more = (): void => {
		while (sent < most && !connection.destroyed && connection.writable) {
			sent += block.length;
			if (!connection.write(block)) return;
		}
	};
	connection.on('drain', more);
	more();
}

const packedBomb = deflateRawSync(Buffer.alloc(110 * MB, 0x20));

const FRAMES: Array<[name: string, send: (connection: Duplex) => void]> = [
	[
		'pings, by the hundred thousand',
		(connection) => flood(connection, Buffer.concat(Array.from({ length: 1000 }, () => ping(125))), 16 * MB),
	],
	['a message of 110 kB that unpacks to 110 MB', (connection) => connection.write(frame(LAST | PACKED | TEXT, packedBomb))],
	[
		'a frame that says that it has 4 exabytes',
		(connection) => flood(connection, frame(LAST | TEXT, Buffer.alloc(MB, 'x'), 1n << 62n), 8 * MB),
	],
	[
		'a frame that says that it has 3 GB, and drips',
		(connection) => connection.write(frame(LAST | TEXT, Buffer.alloc(1000, 'x'), 3n << 30n)),
	],
	[
		'a message in fragments without end',
		(connection) => {
			connection.write(frame(TEXT, Buffer.alloc(MB, 'x')));
			flood(connection, frame(0, Buffer.alloc(MB, 'x')), 110 * MB);
		},
	],
	['text that is no UTF-8', (connection) => connection.write(frame(LAST | TEXT, Buffer.from([0xff, 0xfe, 0xc0, 0x80])))],
	['binary messages', (connection) => flood(connection, frame(LAST | BINARY, Buffer.alloc(1000)), MB)],
	['frames that only clients send', (connection) => connection.write(Buffer.from([LAST | TEXT, 0x84, 1, 2, 3, 4, 5, 6, 7, 8]))],
	['frames of a kind that does not exist', (connection) => connection.write(frame(LAST | 0x7, Buffer.from('{}')))],
	['an end with a reason that is no UTF-8', (connection) => connection.write(Buffer.from([LAST | 0x8, 4, 0x03, 0xe8, 0xff, 0xfe]))],
	['silence', () => undefined],
];

/** Node.js 22 brings undici's; the other is that of the tests on Node.js 20. */
describe.each([
	['ws', provideWebSocket],
	['undici', () => Object.defineProperty(globalThis, 'WebSocket', { value: UndiciWebSocket, configurable: true, writable: true })],
])('by the websocket of %s, a server that accepts the connection and sends', (_, provide) => {
	beforeAll(() => {
		provide();
	});

	it.each(FRAMES)('%s: the trigger is refused with a sentence, and the process goes on', async (_name, send) => {
		const [app] = world.sandbox.clients;
		if (app === undefined) throw new Error('The sandbox has no client');
		const oauthTokenData = world.sandbox.issueTokens({ clientId: app.id, tenantId: 1001 });
		const engine = createEngine({
			nodeTypes: { [INSTANT_TRIGGER]: FortnoxAccountingInstantTrigger },
			credentials: { fortnox: fortnoxCredential({ url: proxy.url, clientId: app.id, clientSecret: app.secret, oauthTokenData }) },
		});
		proxy.upgrade((connection, request) => {
			accepted++;
			accept(connection, request);
			send(connection);
		});
		const before = usedCpuMs();
		const activated = engine.activate(INSTANT_TRIGGER, { triggerOn: 'newEntry' }, { id: `framed-${Math.random()}` });
		await expect(activated).rejects.toThrow(/websocket/);
		expect(accepted).toBeLessThanOrEqual(3);
		expect(usedCpuMs() - before).toBeLessThan(MOST_CPU_MS);
	});
});
