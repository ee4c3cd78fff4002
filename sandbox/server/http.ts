import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';

/** That this process has listened on. */
const ports = new Set<number>();

/**
 * @param port 0: one that no server of this process has had, since clients keep what they have learned of an address
 * @returns the base URL. Rejects where the port is taken.
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
	if (port === 0 && ports.has(address.port)) {
		server.close();
		await once(server, 'close');
		return await listen(server, port, host);
	}
	ports.add(address.port);
	return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

/** Ends all connections, those under way too. */
export async function stop(server: HttpServer): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	await closed;
}
