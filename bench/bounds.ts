import { fork } from 'node:child_process';
import { join } from 'node:path';

import { startSandbox } from '../sandbox';
import type { BoundsFigures, BoundsTask, Work } from './bounds/task';

const TENANT = 1003;
const YEAR = 7;
const VOUCHERS = 100_000;

/**
 * What the node does to the n8n process that hosts it: the longest time in which no other workflow has its turn, in ms.
 * At most 50 are wanted. Each work runs in a process of its own; the sandbox is this one.
 */
export async function run(print: (figure: object) => void): Promise<void> {
	const sandbox = await startSandbox({ settings: { limit: 'off' } });
	sandbox.company(TENANT).addVouchers(VOUCHERS, { yearId: YEAR, seed: 42 });
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	for (const work of ['read 100,000 vouchers', 'read the balances of a year', 'import a SIE file of 2 MB', 'import a SIE file of 200 MB', 'check 20,000 items'] satisfies Work[]) {
		const oauthTokenData = sandbox.issueTokens({ tenantId: TENANT });
		const figures = await inProcess({ work, url: sandbox.url, clientId: client.id, clientSecret: client.secret, oauthTokenData });
		print({ bench: 'bounds', work, ...figures });
	}
	await sandbox.close();
}

async function inProcess(task: BoundsTask): Promise<BoundsFigures> {
	const child = fork(join(__dirname, 'bounds', 'worker.ts'), { execArgv: ['--require', 'tsx/cjs', '--max-old-space-size=3072'] });
	child.send(task);
	return await new Promise((resolve, reject) => {
		child.once('message', (figures) => resolve(figures as BoundsFigures));
		child.once('exit', (code) => reject(new Error(`The worker ended with ${code}`)));
	});
}
