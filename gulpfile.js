/**
 * Builds and checks what is published. `gulp build` makes dist/; `gulp pack:check` also checks what npm would pack.
 */
require('tsx/cjs');

const { execFileSync, spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { dest, series, src } = require('gulp');
const { checkBuild, checkPacked } = require('./scripts/packageChecks.ts');

/** A failure that the reader mends in the project: its message says it all, a stack would hide it. */
function failure(message) {
	const error = new Error(message);
	error.showStack = false;
	return error;
}

function refuse(findings) {
	if (findings.length > 0) throw failure(findings.join('\n'));
}

async function clean() {
	rmSync('dist', { recursive: true, force: true });
}
clean.description = 'Removes dist/';

async function compile() {
	const { status } = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		stdio: 'inherit',
	});
	if (status !== 0) throw failure('The compiler has findings; see above.');
}

/** Icons, codex files and schemas stand beside the code that they belong to, in dist as in the sources. */
function assets() {
	return src(['icons/**/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: '.', encoding: false }).pipe(dest('dist'));
}

async function check() {
	refuse(checkBuild(__dirname));
}

async function packed() {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	const [tarball] = JSON.parse(output);
	refuse(checkPacked(__dirname, tarball));
	console.log(`${tarball.files.length} files, ${(tarball.size / 1000).toFixed(1)} kB packed, no dependencies`);
}

packed.description = 'Checks the files that npm would publish, of a build that is there';

const build = series(clean, compile, assets, check);
build.description = 'Compiles nodes and credentials, adds icons and codex files, and checks the result';

const packCheck = series(build, packed);
packCheck.description = 'Builds, and checks the files that npm would publish';

module.exports = { clean, build, packed, 'pack:check': packCheck, default: build };
