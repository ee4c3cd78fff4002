/**
 * `npm run dev`: a real n8n with this package and a sandbox of Fortnox, both kept between runs; a change of the sources
 * is built and n8n started again. `npm run dev -- --fresh` begins with an empty n8n and an empty sandbox.
 */
import { existsSync, watch } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../sandbox';
import { credentialFields, oAuth2, tenantId } from '../test/e2e/fortnox';
import { cacheFolder, installN8n } from '../test/e2e/install';
import { N8n, owner } from '../test/e2e/n8n';
import type { StartOptions } from '../test/e2e/n8nEnvironment';
import { installPackage, packPackage, replacePackage } from '../test/e2e/package';

const HOME = join(cacheFolder, 'dev');
/** The ports of n8n and of `npm run sandbox`. */
const N8N_PORT = 5678;
const SANDBOX_PORT = 4010;
const WATCHED = ['nodes', 'credentials', 'icons'];
/** An editor writes several files in one go. */
const SETTLE_MS = 300;

async function startNew(options: StartOptions, sandbox: Sandbox): Promise<N8n> {
	await mkdir(HOME, { recursive: true });
	await installPackage(await packPackage(HOME), HOME);
	const n8n = await N8n.start(options);
	await n8n.createCredential('Fortnox sandbox', oAuth2, {
		...credentialFields(sandbox),
		oauthTokenData: sandbox.issueTokens({ tenantId }),
	});
	return n8n;
}

async function startAgain(options: StartOptions): Promise<N8n> {
	await replacePackage(HOME);
	return await N8n.startKept(options);
}

/** Builds and restarts after a change, never twice at once; a change that comes meanwhile is built afterwards. */
function rebuildOnChange(n8n: N8n): void {
	let timer: NodeJS.Timeout | undefined;
	let running = Promise.resolve();
	const rebuild = async (): Promise<void> => {
		try {
			await replacePackage(HOME);
			await n8n.restart();
			console.log(`${new Date().toLocaleTimeString('sv-SE')} n8n runs the change: reload the page`);
		} catch (error) {
			console.log(`${String(error)}\nn8n goes on with what it had.`);
		}
	};
	const changed = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			running = running.then(rebuild);
		}, SETTLE_MS);
	};
	for (const folder of WATCHED) watch(join(__dirname, '..', folder), { recursive: true }, changed);
}

async function main(): Promise<void> {
	if (process.argv.includes('--fresh')) await rm(HOME, { recursive: true, force: true });
	const isNew = !existsSync(join(HOME, '.n8n'));
	const installed = await installN8n(2);
	await mkdir(HOME, { recursive: true });
	const sandbox = await startSandbox({ port: SANDBOX_PORT, file: join(HOME, 'sandbox.json') });
	const options = { installed, home: HOME, port: N8N_PORT };
	const n8n = isNew ? await startNew(options, sandbox) : await startAgain(options);
	console.log(`n8n ${installed.version}: ${n8n.url} as ${owner.email}, password ${owner.password}; log ${n8n.logs.join(', ')}`);
	console.log(`Sandbox: ${sandbox.url}, behind the credential "Fortnox sandbox"`);
	rebuildOnChange(n8n);
	process.once('SIGINT', () => {
		void Promise.all([n8n.stop(), sandbox.close()]).then(() => process.exit(0));
	});
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
