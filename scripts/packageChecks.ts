/**
 * What n8n asks of a package, checked on the files as they are published. Each check returns one sentence per
 * finding; none means that all is well. The gulp tasks run them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';

/** The most that the packed tarball may weigh, in bytes. */
export const MAX_PACKED_SIZE = 450_000;

/** What n8n has at run time for a package without dependencies. */
const PROVIDED_MODULES = ['n8n-workflow', 'luxon', 'node:crypto'];

const CATEGORY = 'Finance & Accounting';

type JsonObject = Record<string, unknown>;

/** The parts of package.json that the checks read. */
interface Manifest extends JsonObject {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** What `npm pack --json` tells about a tarball: sizes in bytes, paths relative to the package. */
interface PackedTarball {
	size: number;
	files: Array<{ path: string }>;
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(path: string): unknown {
	const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
	return value;
}

/** Reads a package.json. Throws where its `n8n` block does not name nodes and credentials. */
function readManifest(root: string): Manifest {
	const manifest = readJson(join(root, 'package.json'));
	const isList = (value: unknown): value is string[] =>
		Array.isArray(value) && value.length > 0 && value.every((path) => typeof path === 'string');
	if (isObject(manifest) && typeof manifest.name === 'string' && isObject(manifest.n8n)) {
		const { nodes, credentials } = manifest.n8n;
		if (isList(nodes) && isList(credentials)) return { ...manifest, name: manifest.name, n8n: { nodes, credentials } };
	}
	throw new Error(`${join(root, 'package.json')} has no name, or an n8n block without nodes or credentials.`);
}

/** An instance of the class in a compiled file that n8n would make: the export that has the file's name. */
function loadClass(file: string): JsonObject {
	const className = basename(file).split('.')[0] ?? '';
	const exported: unknown = createRequire(file)(file);
	const candidate = isObject(exported) ? exported[className] : undefined;
	if (typeof candidate !== 'function') throw new Error(`exports no class ${className}`);
	const instance: unknown = Reflect.construct(candidate, []);
	if (!isObject(instance)) throw new Error(`${className} makes no object`);
	return instance;
}

function iconFindings(icon: unknown, file: string): string[] {
	if (!isObject(icon) || typeof icon.light !== 'string' || typeof icon.dark !== 'string') {
		return ['has no icon with a light and a dark file'];
	}
	if (icon.light === icon.dark) return [`has the same icon for light and dark: ${icon.light}`];
	return [icon.light, icon.dark].flatMap((reference) => {
		const path = join(dirname(file), reference.replace(/^file:/, ''));
		if (!reference.startsWith('file:') || !reference.endsWith('.svg')) return [`has an icon that is no SVG file: ${reference}`];
		if (!existsSync(path)) return [`has an icon that is not there: ${reference}`];
		return readFileSync(path, 'utf8').includes('<svg') ? [] : [`has an icon that is no SVG: ${reference}`];
	});
}

/** Findings in a node's codex file, which puts it into a category of n8n's node list. */
function codexFindings(file: string, nodeType: string): string[] {
	const codexFile = file.replace(/\.js$/, '.json');
	if (!existsSync(codexFile)) return ['has no codex file beside it (.node.json)'];
	let codex: unknown;
	try {
		codex = readJson(codexFile);
	} catch (error) {
		return [`has a codex file that is no JSON: ${String(error)}`];
	}
	if (!isObject(codex)) return ['has a codex file that is no object'];
	const findings: string[] = [];
	if (codex.node !== nodeType) findings.push(`has a codex file for ${String(codex.node)} instead of ${nodeType}`);
	if (codex.codexVersion !== '1.0') findings.push('has a codex file whose codexVersion is not 1.0');
	if (!Array.isArray(codex.categories) || !codex.categories.includes(CATEGORY)) {
		findings.push(`has a codex file without the category ${CATEGORY}`);
	}
	return findings;
}

/** Findings in the schemas of a node's outputs, which n8n's editor shows before anything was run: one for each version and operation. */
function schemaFindings(file: string, { version, properties }: JsonObject): string[] {
	const menus = (Array.isArray(properties) ? properties.filter(isObject) : []).filter(({ name }) => name === 'operation');
	const operations = menus.flatMap(({ displayOptions, options }) => {
		const show = isObject(displayOptions) && isObject(displayOptions.show) ? displayOptions.show : {};
		const resources = Array.isArray(show.resource) ? show.resource.map(String) : [];
		const values = Array.isArray(options) ? options.filter(isObject).map(({ value }) => String(value)) : [];
		return resources.flatMap((resource) => values.map((value) => `${resource}/${value}`));
	});
	return [version].flat().flatMap((one) => {
		const [major = '', minor = '0'] = String(one).split('.');
		const folder = `__schema__/v${major}.${minor}.0`;
		const missing = operations.filter((operation) => !existsSync(join(dirname(file), folder, `${operation}.json`)));
		return missing.map((operation) => `has no schema of an output: ${folder}/${operation}.json`);
	});
}

/** Checks the nodes and credentials in `root`/dist that package.json names: class, icons, codex file, schemas. */
export function checkBuild(root: string): string[] {
	const manifest = readManifest(root);
	const findings: string[] = [];
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		const file = join(root, path);
		if (!existsSync(file)) {
			findings.push(`${path} is named in package.json and not there.`);
			continue;
		}
		try {
			const instance = loadClass(file);
			const isNode = manifest.n8n.nodes.includes(path);
			const description = isNode && isObject(instance.description) ? instance.description : instance;
			const found = iconFindings(description.icon, file);
			if (isNode) {
				found.push(...codexFindings(file, `${manifest.name}.${String(description.name)}`));
				found.push(...schemaFindings(file, description));
			}
			findings.push(...found.map((finding) => `${path} ${finding}.`));
		} catch (error) {
			findings.push(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`);
		}
	}
	return findings;
}

/** Modules that a compiled file asks for. */
function requiredModules(source: string): string[] {
	return [...source.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map((match) => match[1] ?? '');
}

/** Modules of a published file that n8n does not provide, or that are not in the package. */
function missingModules(root: string, path: string, packed: ReadonlySet<string>): string[] {
	return requiredModules(readFileSync(join(root, path), 'utf8')).filter((name) => {
		if (!name.startsWith('.')) return !PROVIDED_MODULES.includes(name);
		const target = posix.join(posix.dirname(path), name);
		return ![target, `${target}.js`, `${target}/index.js`].some((candidate) => packed.has(candidate));
	});
}

/** Checks what `npm pack` would publish: these files and no other, small, and without dependencies. */
export function checkPacked(root: string, tarball: PackedTarball): string[] {
	const manifest = readManifest(root);
	const paths = tarball.files.map((file) => file.path);
	const packed = new Set(paths);
	const findings: string[] = [];

	for (const path of paths) {
		const published = ['package.json', 'README.md', 'LICENSE'].includes(path) || /^dist\/.+\.(js|json|svg)$/.test(path);
		if (!published || path === 'dist/package.json' || /(^|\/)test\/|\.test\./.test(path)) {
			findings.push(`${path} must not be published.`);
		}
	}
	for (const path of ['package.json', 'README.md', 'LICENSE', ...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		if (!packed.has(path)) findings.push(`${path} is missing from the package.`);
	}
	if (tarball.size > MAX_PACKED_SIZE) {
		findings.push(`The package weighs ${tarball.size} bytes, more than ${MAX_PACKED_SIZE}.`);
	}
	for (const field of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies']) {
		if (field in manifest) findings.push(`package.json has ${field}; a community node ships without.`);
	}
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}') {
		findings.push('package.json must have n8n-workflow (*) as its only peer.');
	}
	for (const path of paths.filter((name) => name.endsWith('.js'))) {
		for (const name of missingModules(root, path, packed)) findings.push(`${path} needs ${name}, which n8n will not have.`);
	}
	return findings;
}
