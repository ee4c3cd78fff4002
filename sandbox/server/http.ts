import { once } from 'node:events';
import type { Server } from 'node:http';

/** @returns the base URL. Rejects where the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The sandbox listens on no port');
	return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

/** Ends all connections, those under way too. */
export async function stop(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	await closed;
}
