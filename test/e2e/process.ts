import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Runs a program to its end and returns its standard output.
 * @throws Error with the end of both outputs if it exits with another code than 0.
 */
export async function run(
	command: string,
	args: string[],
	{ cwd, env = process.env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
	const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '';
	let all = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		out += text;
		all += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${all.slice(-3000)}`);
	return out;
}

/** A TCP port of the loopback interface that is free now. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('no TCP port');
	return address.port;
}

export const pause = async (ms: number): Promise<void> => await new Promise((done) => setTimeout(done, ms));

/**
 * Asks until there is an answer.
 * @param ask `undefined`, `false` and `null` mean *not yet*; an error is only thrown on if it is the last one
 * @throws Error that names what was waited for, and the last error.
 */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | undefined | false | null>,
	{ ms = 30_000, every = 200 }: { ms?: number; every?: number } = {},
): Promise<T> {
	const end = performance.now() + ms;
	let last: unknown;
	for (;;) {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== false && answer !== null) return answer;
			last = undefined;
		} catch (error) {
			last = error;
		}
		if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`, { cause: last });
		await pause(every);
	}
}
