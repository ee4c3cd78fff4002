/**
 * Runs n8n's own checks, as they are run when a package is submitted: the scanner over the sources and over the packed
 * files, and `n8n-node lint` over the sources. Expects a build in dist/. Fails on any finding, warnings included.
 *
 * The checks work on a copy in gates/staged, because their dependencies (an old ESLint plugin, n8n's AI tools) clash
 * with the project's and are found only from inside this folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const gates = dirname(fileURLToPath(import.meta.url));
const root = dirname(gates);
const staged = join(gates, 'staged');
const shell = process.platform === 'win32';

/** npm leaves its own lock in node_modules; one that is as new as ours means that nothing has to be installed. */
function isInstalled() {
	const installed = join(gates, 'node_modules', '.package-lock.json');
	return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(gates, 'package-lock.json')).mtimeMs;
}

function install() {
	if (isInstalled()) return;
	console.log("Installing n8n's checks (a minute, once) ...");
	execFileSync('npm', ['ci'], { cwd: gates, stdio: 'inherit', shell });
}

/** Copies the sources to gates/staged/source, and unpacks what `npm pack` makes into gates/staged/package. */
function stage() {
	rmSync(staged, { recursive: true, force: true });
	mkdirSync(staged);
	const source = join(staged, 'source');
	for (const name of ['package.json', 'tsconfig.json', 'eslint.config.mjs', 'nodes', 'credentials', 'icons']) {
		cpSync(join(root, name), join(source, name), { recursive: true });
	}
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', staged], {
		cwd: root,
		encoding: 'utf8',
		shell,
	});
	const [{ filename }] = JSON.parse(output);
	execFileSync('tar', ['-xzf', filename], { cwd: staged });
	return { source, packed: join(staged, 'package') };
}

/** The scanner's rules over the files of a folder; its own verdict overlooks warnings and an empty folder. */
async function scan(title, folder, patterns) {
	const { analyzePackage, buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { ESLint } = await import('eslint');
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const findings = results.reduce((sum, result) => sum + result.errorCount + result.warningCount, 0);
	const verdict = await analyzePackage(folder, patterns);
	if (findings > 0) console.log(await (await eslint.loadFormatter('stylish')).format(results));
	if (!verdict.passed) console.log(verdict.message);
	console.log(`${title}: ${results.length} files, ${findings} findings`);
	return verdict.passed && findings === 0;
}

function lint(source) {
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[join(gates, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs'), 'lint'],
		{ cwd: source, encoding: 'utf8' },
	);
	// ESLint prints a summary only where it has found something, warnings included.
	const passed = status === 0 && !/\d+ problems?/.test(stdout);
	if (!passed) console.log(stdout, stderr);
	console.log(`n8n-node lint: ${passed ? 'no findings' : 'findings, see above'}`);
	return passed;
}

install();
// `--install`: nothing else, so that it can be done before there is a build.
if (process.argv[2] === '--install') process.exit(0);
const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
const { source, packed } = stage();
const passed = [
	await scan('Scanner, sources', source, SOURCE_FILE_PATTERNS),
	await scan('Scanner, package', packed, ['**/*.js', 'package.json']),
	lint(source),
];
process.exit(passed.every(Boolean) ? 0 : 1);
