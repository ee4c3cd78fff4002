import { fork } from 'node:child_process';
import { join } from 'node:path';

/**
 * Has a file of this folder answer one message in a process of its own.
 *
 * @param first files of this folder that are loaded before it
 */
export async function inProcess<Answer>(file: string, message: object | string, first: readonly string[] = []): Promise<Answer> {
	const loaded = ['tsx/cjs', ...first.map((name) => join(__dirname, name))];
	const execArgv = [...loaded.flatMap((name) => ['--require', name]), '--expose-gc', '--max-old-space-size=3072'];
	const child = fork(join(__dirname, file), { execArgv });
	child.send(message);
	return await new Promise((resolve, reject) => {
		child.once('message', (answer) => resolve(answer as Answer));
		child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
	});
}
