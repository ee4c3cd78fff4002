import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

import { redisServer } from './install';
import { freePort, waitFor } from './process';

/** A Redis server of its own that keeps nothing on disk. */
export async function startRedis(): Promise<{ port: number; stop(): Promise<void> }> {
	const port = await freePort();
	const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const child = spawn(await redisServer(), args, { stdio: 'ignore' });
	await waitFor('redis-server', async () => {
		const socket = connect(port, '127.0.0.1');
		await once(socket, 'connect');
		socket.destroy();
		return true;
	});
	return {
		port,
		stop: async () => {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		},
	};
}
