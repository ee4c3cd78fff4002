import { fork } from 'node:child_process';
import { join } from 'node:path';

import { startSandbox } from '../sandbox';
import { HOSTILE_ANSWERS, startHostile } from './bounds/hostile';
import { WORKS, type BoundsFigures, type BoundsTask } from './bounds/task';

const TENANT = 1003;
const YEAR = 7;
const VOUCHERS = 100_000;

/**
 * What the node does to the n8n process that hosts it: the longest time in which no other workflow has its turn, in ms.
 * At most 50 are wanted. Each work runs in a process of its own; sandbox and hostile servers are this one.
 */
export async function run(print: (figure: object) => void): Promise<void> {
	const sandbox = await startSandbox({ settings: { limit: 'off' } });
	sandbox.company(TENANT).addVouchers(VOUCHERS, { yearId: YEAR, seed: 42 });
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	const app = { clientId: client.id, clientSecret: client.secret };
	for (const work of WORKS) {
		const figures = await inProcess({ work, url: sandbox.url, ...app, oauthTokenData: sandbox.issueTokens({ tenantId: TENANT }) });
		print({ bench: 'bounds', work, ...figures });
	}
	for (const answer of HOSTILE_ANSWERS) {
		const server = await startHostile(answer);
		const figures = await inProcess({
			work: 'read accounts',
			url: server.url,
			...app,
			oauthTokenData: sandbox.issueTokens({ tenantId: TENANT }),
		});
		print({ bench: 'bounds', answer, ...figures });
		await server.close();
	}
	await sandbox.close();
}

async function inProcess(task: BoundsTask): Promise<BoundsFigures> {
	const child = fork(
		join(__dirname, 'bounds', 'worker.ts'),
		{ execArgv: ['--require', 'tsx/cjs', '--expose-gc', '--max-old-space-size=3072'] },
	);
	child.send(task);
	return await new Promise((resolve, reject) => {
		child.once('message', (figures) => resolve(figures as BoundsFigures));
		child.once('exit', (code) => reject(new Error(`The worker ended with ${code}`)));
	});
}
