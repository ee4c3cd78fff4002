import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { run } from './process';

const repository = resolve(__dirname, '../..');

/**
 * Builds and packs this package, as it would be published.
 * @param folder where the tarball is put
 * @returns its path
 */
export async function packPackage(folder: string): Promise<string> {
	await run('npm', ['run', 'build'], { cwd: repository });
	const answer = await run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
		cwd: repository,
	});
	const [packed] = JSON.parse(answer.slice(answer.indexOf('['))) as Array<{ filename: string }>;
	if (packed === undefined) throw new Error(`npm pack made nothing: ${answer}`);
	return join(folder, packed.filename);
}

/**
 * Installs a packed community package where n8n's own installer puts it, with the options that it uses:
 * the node must get n8n's copy of `n8n-workflow`, not one of its own.
 * @param home n8n's user folder
 */
export async function installPackage(tarball: string, home: string): Promise<void> {
	const nodes = join(home, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(join(nodes, 'package.json'), '{ "private": true, "dependencies": {} }');
	const options = ['--omit=dev', '--omit=peer', '--legacy-peer-deps', '--ignore-scripts', '--install-strategy=shallow'];
	await run('npm', ['install', tarball, ...options, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: nodes });
}

/**
 * Builds this package and puts the result in the place of an installed one.
 * @throws Error with the compiler's findings; what is installed stays then
 */
export async function replacePackage(home: string): Promise<void> {
	await run('npm', ['run', 'build'], { cwd: repository });
	const installed = join(home, '.n8n/nodes/node_modules', await packageName(), 'dist');
	await rm(installed, { recursive: true });
	await cp(join(repository, 'dist'), installed, { recursive: true });
}

/** Name of this package, as n8n puts it before the names of its nodes. */
export async function packageName(): Promise<string> {
	const { name } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { name: string };
	return name;
}
