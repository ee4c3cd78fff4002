/**
 * Runs tests of the built package on the n8n engine of the oldest supported line (n8n 1.123), which has a folder and
 * a lock file of its own here: `npm run test:oldest`, with the arguments of Jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

function run(command: string, args: string[], cwd: string): void {
	const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
	if (status !== 0) process.exit(status ?? 1);
}

/** npm writes the second file when it has installed what the first one says. */
function isInstalled(): boolean {
	const [lock, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => join(__dirname, file));
	if (lock === undefined || installed === undefined || !existsSync(installed)) return false;
	return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

if (!isInstalled()) run('npm', ['ci'], __dirname);
run('npm', ['run', 'build'], root);
run('npx', ['jest', '-c', join(__dirname, 'jest.config.js'), ...process.argv.slice(2)], root);
