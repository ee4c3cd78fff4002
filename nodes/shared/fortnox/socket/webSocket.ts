/**
 * The WebSocket that Node.js has from version 22 on (n8n 1.123 may run on 20). Only what this package uses of it.
 */
export interface WebSocketLike {
	send(text: string): void;
	close(): void;
	addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
	addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

declare const WebSocket: (new (url: string) => WebSocketLike) | undefined;

export function hasWebSocket(): boolean {
	return typeof WebSocket === 'function';
}

/** Opens a websocket. Throws where this Node.js has none; see {@link hasWebSocket}. */
export function openWebSocket(url: string): WebSocketLike {
	if (typeof WebSocket !== 'function') throw new Error('This Node.js has no WebSocket');
	return new WebSocket(url);
}
