import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { parse } from 'yaml';

import { fortnox, nodeType, oAuth2, tenantId } from '../fortnox';
import type { InstalledN8n } from '../install';
import { itemsOf, N8n } from '../n8n';
import { freePort, run, waitFor } from '../process';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const repository = resolve(__dirname, '../../..');

interface Compose {
	services: {
		sandbox: { command: string; healthcheck: { test: string[] } };
		n8n: { entrypoint: string[]; environment: Record<string, string> };
	};
}

/** Where the containers have what is here. */
const inContainer = (text: string, home: string): string =>
	text.replaceAll('/home/node', home).replaceAll('/package/', `${repository}/`).replaceAll('$$', '$');

/** What the sandbox's container does after its installation and build, which this run has behind it; on a free port. Returns its output. */
async function startSandbox(
	{ command, healthcheck }: Compose['services']['sandbox'],
	context: Context,
): Promise<{ url: string; output: string }> {
	const steps = (/^sh -c "(.*)"$/.exec(command)?.[1] ?? '').split(' && ');
	assert.deepEqual(steps.slice(0, -1), ['npm ci --ignore-scripts', 'npm run build']);
	const port = await freePort();
	const child = spawn('sh', ['-c', `exec ${steps.at(-1)} --port ${port}`], {
		cwd: repository,
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit');
	context.onEnd(async () => {
		if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
		await ended;
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	const [kind, program = '', ...args] = healthcheck.test;
	assert.equal(kind, 'CMD');
	const healthy = args.map((arg) => arg.replace('4010', `${port}`));
	await waitFor('the health check of the sandbox', async () => (await run(program, healthy)) === '', { ms: 120_000, every: 1000 });
	return { url: `http://127.0.0.1:${port}`, output };
}

/** An n8n that is started by the container's entry point, its `n8n` being the one that is installed here. */
async function entryPoint(
	entrypoint: string[],
	{ node, bin, ...installed }: InstalledN8n,
	home: string,
): Promise<{ installed: InstalledN8n; path: string }> {
	const [shell, flag, script = ''] = entrypoint;
	assert.deepEqual([shell, flag], ['sh', '-c']);
	const folder = join(home, 'bin');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'n8n'), `#!/bin/sh\nexec '${node}' '${bin}' "$@"\n`);
	await chmod(join(folder, 'n8n'), 0o755);
	const file = join(home, 'entrypoint.sh');
	await writeFile(file, inContainer(script, home));
	return { installed: { ...installed, node: '/bin/sh', bin: file }, path: `${folder}:${process.env.PATH ?? ''}` };
}

export const compose: Scenario = {
	name: 'compose',
	proves:
		'what compose.yaml runs in its containers works: the sandbox gets healthy, n8n loads the package under its name and reads the sandbox',
	lines: [2],
	async run(context) {
		const { services } = parse(await readFile(join(repository, 'compose.yaml'), 'utf8')) as Compose;
		const sandbox = await startSandbox(services.sandbox, context);
		const home = await context.folder();
		const { installed, path } = await entryPoint(services.n8n.entrypoint, context.installed, home);
		const n8n = await N8n.start({ installed, home, env: { ...services.n8n.environment, PATH: path } });
		context.onEnd(async () => await n8n.stop());
		const types = await n8n.types<{ name: string }>('nodes');
		for (const name of [nodeType, `${nodeType}Tool`, `${nodeType}Trigger`])
			assert.ok(
				types.some((type) => type.name === name),
				`${name} is loaded`,
			);

		// What the sandbox's log tells a person to enter.
		const printed = (name: string): string => new RegExp(`${name} +(\\S+)`).exec(sandbox.output)?.[1] ?? '';
		const fields = {
			clientId: printed('Client ID'),
			clientSecret: printed('Client Secret'),
			apiBaseUrl: printed('API Base URL'),
			oauthBaseUrl: printed('OAuth Base URL'),
		};
		assert.equal(fields.apiBaseUrl, sandbox.url);
		const tokens = await fetch(`${sandbox.url}/_sandbox/tokens`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ tenantId }),
		});
		const oauthTokenData: unknown = await tokens.json();
		const credential = { id: await n8n.createCredential('Fortnox', oAuth2, { ...fields, oauthTokenData }), name: 'Fortnox' };
		const id = await n8n.createWorkflow(
			workflow('Company', [builtIn('Manual Trigger', 'manualTrigger', 1), fortnox('Company', credential, 'company', 'get')]),
		);
		const [company] = itemsOf(await n8n.finished(await n8n.run(id, 'Manual Trigger')), 'Company');
		assert.equal(company?.json.tenant_id, tenantId);
		context.note(
			`compose.yaml without Docker: its entry point started n8n ${context.installed.version} with the package; read ${String(company.json.name)}`,
		);
	},
};
