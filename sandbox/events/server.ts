import type { Server } from 'node:http';

import { WebSocketServer } from 'ws';

import { EventConnection, type EventSource } from './connection';

/** Behind a base URL that may have a path of its own, as that of the API. */
const PATH = /^(?:\/via-\d+)?\/topics-v1$/;

/** The websocket server, and what a test does to its connections. */
export interface Events {
	/** Connections that stand now. */
	readonly connections: readonly EventConnection[];
	/** Connections that were made so far, those that have ended among them. */
	readonly connected: number;
	/** Commands in the order of their arrival. */
	readonly commands: readonly string[];
	/** Ends all connections: with a code, or without a word. */
	break(code?: number): void;
	/** Whether connections are refused from now on. */
	refuse(refused: boolean): void;
	/** Whether the connections that stand go silent, without ending. */
	silence(silent: boolean): void;
	/** Sends a text to every connection, whatever it is. */
	sendText(text: string): void;
}

/** Lets a server of HTTP take websockets, as `wss://ws.fortnox.se/topics-v1` does. */
export function serveEvents(http: Server, source: EventSource): Events & { stop: () => void } {
	const server = new WebSocketServer({ noServer: true });
	const connections = new Set<EventConnection>();
	const commands: string[] = [];
	let connected = 0;
	let refused = false;
	http.on('upgrade', (request, socket, head) => {
		if (refused || !PATH.test(request.url ?? '')) {
			socket.end(`HTTP/1.1 ${refused ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
			return;
		}
		server.handleUpgrade(request, socket, head, (webSocket) => {
			connected++;
			const connection = new EventConnection(webSocket, source, (command) => commands.push(command));
			connections.add(connection);
			webSocket.on('close', () => connections.delete(connection));
		});
	});
	const all = () => [...connections];
	return {
		get connections() {
			return all();
		},
		get connected() {
			return connected;
		},
		commands,
		break: (code) => all().forEach((connection) => (code === undefined ? connection.cut() : connection.close(code))),
		refuse: (wanted) => {
			refused = wanted;
		},
		silence: (silent) => all().forEach((connection) => (connection.isSilent = silent)),
		sendText: (text) => all().forEach((connection) => connection.sendText(text)),
		stop: () => {
			all().forEach((connection) => connection.cut());
			server.close();
		},
	};
}
