import { fork } from 'node:child_process';
import { join } from 'node:path';

import { startSandbox } from '../sandbox';
import { HOSTILE_ANSWERS, startHostile } from './bounds/hostile';
import { LARGE_WORKS, WORKS, type BoundsFigures, type BoundsTask, type MemoryFigures } from './bounds/task';

const TENANT = 1003;
const YEAR = 7;
const VOUCHERS = 100_000;

/**
 * What the node does to the n8n process that hosts it: the longest time in which no other workflow has its turn, in ms (at
 * most 50 are wanted), and what 100,000 vouchers hold in memory beside the output (at most 150 MB). Each work runs in a
 * process of its own; sandbox and hostile servers are this one.
 */
export async function run(print: (figure: object) => void): Promise<void> {
	const sandbox = await startSandbox({ settings: { limit: 'off' } });
	sandbox.company(TENANT).addVouchers(VOUCHERS, { yearId: YEAR, seed: 42 });
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	const app = { clientId: client.id, clientSecret: client.secret };
	type Task = Pick<BoundsTask, 'work' | 'measures'>;
	const measure = async (work: Task['work'], measures: Task['measures'], url = sandbox.url): Promise<BoundsFigures | MemoryFigures> =>
		await inProcess({ work, measures, url, ...app, oauthTokenData: sandbox.issueTokens({ tenantId: TENANT }) });
	for (const work of WORKS) print({ bench: 'bounds', work, ...(await measure(work, 'blocks')) });
	for (const work of LARGE_WORKS) print({ bench: 'bounds', work, ...(await measure(work, 'memory')) });
	for (const answer of HOSTILE_ANSWERS) {
		const server = await startHostile(answer);
		print({ bench: 'bounds', answer, ...(await measure('read accounts', 'blocks', server.url)) });
		await server.close();
	}
	await sandbox.close();
}

async function inProcess(task: BoundsTask): Promise<BoundsFigures | MemoryFigures> {
	const child = fork(
		join(__dirname, 'bounds', 'worker.ts'),
		{ execArgv: ['--require', 'tsx/cjs', '--expose-gc', '--max-old-space-size=3072'] },
	);
	child.send(task);
	return await new Promise((resolve, reject) => {
		child.once('message', (figures) => resolve(figures as BoundsFigures | MemoryFigures));
		child.once('exit', (code) => reject(new Error(`The worker ended with ${code}`)));
	});
}
