import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join, resolve } from 'node:path';

const manifest = resolve(__dirname, '../../package.json');

export interface Registry {
	/** For the environment of an n8n: its npm asks this registry. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/**
 * A registry on this machine that has this package alone, as it would be published. n8n names npm's public registry on
 * npm's command line, and another one only with a licence: a small `npm` before the real one in `PATH` names this one instead.
 * @param tarball the packed package
 * @param folder where the small `npm` is put
 */
export async function startRegistry(tarball: string, folder: string): Promise<Registry> {
	const content = await readFile(tarball);
	const own = JSON.parse(await readFile(manifest, 'utf8')) as { name: string; version: string };
	const server = createServer((request, response) => {
		const path = decodeURIComponent(request.url ?? '').split('?')[0] ?? '';
		if (path.endsWith('.tgz')) {
			response.setHeader('content-type', 'application/octet-stream').end(content);
			return;
		}
		const dist = {
			tarball: `http://${request.headers.host ?? ''}/${own.name}/-/${basename(tarball)}`,
			shasum: createHash('sha1').update(content).digest('hex'),
			integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
		};
		const published = { ...own, _id: `${own.name}@${own.version}`, dist };
		const known = path === `/${own.name}`;
		const body = known
			? { name: own.name, 'dist-tags': { latest: own.version }, versions: { [own.version]: published } }
			: { error: 'Not found' };
		response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no TCP port');
	const bin = join(folder, 'bin');
	await mkdir(bin, { recursive: true });
	const path = process.env.PATH ?? '';
	const small = `#!/bin/sh\nPATH='${path}' exec npm "$@" --registry=http://127.0.0.1:${address.port} --cache='${join(folder, 'cache')}'\n`;
	await writeFile(join(bin, 'npm'), small);
	await chmod(join(bin, 'npm'), 0o755);
	return {
		env: { PATH: `${bin}:${path}` },
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
