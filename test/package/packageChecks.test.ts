import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { checkBuild, checkPacked, MAX_PACKED_SIZE } from '../../scripts/packageChecks';

const NODE = 'dist/nodes/Acme/Acme.node.js';
const CODEX = 'dist/nodes/Acme/Acme.node.json';
const CREDENTIAL = 'dist/credentials/AcmeApi.credentials.js';

const ICON = `{ light: 'file:../../icons/acme.svg', dark: 'file:../../icons/acme.dark.svg' }`;

/** A package that passes, by path. */
const GOOD: Readonly<Record<string, string>> = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-acme',
		n8n: { nodes: [NODE], credentials: [CREDENTIAL] },
		peerDependencies: { 'n8n-workflow': '*' },
	}),
	'README.md': 'Acme',
	LICENSE: 'MIT',
	[NODE]: `require("../shared/money"); exports.Acme = class { description = { name: 'acme', icon: ${ICON} } };`,
	'dist/nodes/shared/money.js': 'require("node:crypto");',
	[CODEX]: JSON.stringify({
		node: 'n8n-nodes-acme.acme',
		codexVersion: '1.0',
		categories: ['Finance & Accounting'],
	}),
	[CREDENTIAL]: `exports.AcmeApi = class { icon = ${ICON.replaceAll('../../', '../')} };`,
	'dist/icons/acme.svg': '<svg/>',
	'dist/icons/acme.dark.svg': '<svg/>',
};

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Writes the good package with some files changed, or left out where their text is undefined. */
function packageWith(changes: Record<string, string | undefined> = {}): { root: string; paths: string[] } {
	const root = mkdtempSync(join(tmpdir(), 'package-checks-'));
	folders.push(root);
	const files = Object.entries({ ...GOOD, ...changes }).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]));
	for (const { path, text } of files) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	return { root, paths: files.map(({ path }) => path) };
}

function manifestWith(changes: Record<string, unknown>): Record<string, string> {
	const manifest: unknown = JSON.parse(GOOD['package.json'] ?? '');
	return { 'package.json': JSON.stringify(Object.assign({}, manifest, changes)) };
}

function codexWith(changes: Record<string, unknown>): Record<string, string> {
	const codex: unknown = JSON.parse(GOOD[CODEX] ?? '');
	return { [CODEX]: JSON.stringify(Object.assign({}, codex, changes)) };
}

describe('checkBuild', () => {
	test('finds nothing in a good package', () => {
		expect(checkBuild(packageWith().root)).toEqual([]);
	});

	test.each<[string, Record<string, string | undefined>, string]>([
		['a node that is not compiled', { [NODE]: undefined }, `${NODE} is named in package.json and not there.`],
		['a class of another name', { [NODE]: 'exports.Other = class {};' }, `${NODE} cannot be loaded: exports no class Acme.`],
		['a missing codex file', { [CODEX]: undefined }, `${NODE} has no codex file beside it (.node.json).`],
		['a codex file that is no JSON', { [CODEX]: '{' }, `${NODE} has a codex file that is no JSON`],
		['a codex file for another node', codexWith({ node: 'x.y' }), `${NODE} has a codex file for x.y instead of n8n-nodes-acme.acme.`],
		['another category', codexWith({ categories: ['Sales'] }), `${NODE} has a codex file without the category Finance & Accounting.`],
		['another codex version', codexWith({ codexVersion: '2' }), `${NODE} has a codex file whose codexVersion is not 1.0.`],
		[
			'a missing icon',
			{ 'dist/icons/acme.svg': undefined, [CREDENTIAL]: undefined },
			`${NODE} has an icon that is not there: file:../../icons/acme.svg.`,
		],
		['an icon that is no SVG', { 'dist/icons/acme.dark.svg': 'PNG' }, `has an icon that is no SVG: file:../../icons/acme.dark.svg.`],
		[
			'one icon for light and dark',
			{ [CREDENTIAL]: GOOD[CREDENTIAL]?.replace('acme.dark', 'acme') },
			`${CREDENTIAL} has the same icon for light and dark: file:../icons/acme.svg.`,
		],
		[
			'a credential without icon',
			{ [CREDENTIAL]: 'exports.AcmeApi = class {};' },
			`${CREDENTIAL} has no icon with a light and a dark file.`,
		],
	])('finds %s', (_, changes, finding) => {
		expect(checkBuild(packageWith(changes).root).join('\n')).toContain(finding);
	});

	test('refuses a package.json without an n8n block', () => {
		expect(() => checkBuild(packageWith({ 'package.json': '{"name":"x"}' }).root)).toThrow('n8n block');
	});
});

describe('checkPacked', () => {
	function pack(changes: Record<string, string | undefined>, size = 1000): string[] {
		const { root, paths } = packageWith(changes);
		return checkPacked(root, { size, files: paths.map((path) => ({ path })) });
	}

	test('finds nothing in a good package', () => {
		expect(pack({}, MAX_PACKED_SIZE)).toEqual([]);
	});

	test.each([
		'CHANGELOG.md',
		'nodes/Acme/Acme.node.ts',
		'dist/nodes/Acme/Acme.node.ts',
		'dist/nodes/Acme/Acme.node.js.map',
		'dist/test/money.js',
		'dist/nodes/shared/money.test.js',
		'dist/package.json',
	])('refuses to publish %s', (path) => {
		expect(pack({ [path]: '' })).toEqual([`${path} must not be published.`]);
	});

	test.each([NODE, CREDENTIAL, 'LICENSE', 'README.md'])('misses %s', (path) => {
		expect(pack({ [path]: undefined })).toEqual([`${path} is missing from the package.`]);
	});

	test('weighs the package', () => {
		expect(pack({}, MAX_PACKED_SIZE + 1)).toEqual(['The package weighs 450001 bytes, more than 450000.']);
	});

	test.each(['dependencies', 'optionalDependencies', 'bundleDependencies'])('refuses %s', (field) => {
		expect(pack(manifestWith({ [field]: {} }))).toEqual([`package.json has ${field}; a community node ships without.`]);
	});

	test.each([undefined, {}, { 'n8n-workflow': '*', luxon: '*' }])('refuses the peers %j', (peerDependencies) => {
		expect(pack(manifestWith({ peerDependencies }))).toEqual(['package.json must have n8n-workflow (*) as its only peer.']);
	});

	test.each(['axios', 'node:fs', './other'])('refuses a published file that needs %s', (name) => {
		const path = 'dist/nodes/shared/money.js';
		expect(pack({ [path]: `require("${name}");` })).toEqual([`${path} needs ${name}, which n8n will not have.`]);
	});

	test('finds a folder by its index', () => {
		expect(pack({ 'dist/nodes/shared/sie/index.js': '', 'dist/nodes/shared/money.js': 'require("./sie")' })).toEqual([]);
	});
});
