const { dirname, join, sep } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { loadPackage } = require('./packages.js');
const testContext = require('./testContext.js');

const CIRCUS = /[\\/]node_modules[\\/]jest-circus[\\/]/;
const PACKAGES = `${sep}node_modules${sep}`;
const PROJECT = join(__dirname, '../..') + sep;
const TESTS = join(PROJECT, 'test') + sep;

// V8 optimizes early what runs often. With tests, of which each runs other code than the last, that was a sixth of all
// computing and rarely paid: a few times as often is soon enough.
setFlagsFromString('--interrupt-budget=300000');

/** The tests' own files as functions, by name: compiled once in a process, and run anew for each test file. */
const compiled = new Map();

/** The modules of the project that are no tests, by file. */
const loaded = new Map();

/** Where the source maps of files lie, which serve stack traces. */
const sourceMaps = new Map();

/** Of the test file that runs now. */
let current;

/** The run of Jest, where a process has several. */
let runOfJest;

/**
 * Jest would load all that a test file imports anew for it; for n8n-core alone that takes some two seconds. Here packages
 * and the project's modules are loaded once in a process, as in n8n, so that what they keep must not disturb the next
 * file. The tests' own modules still run anew for each test file, with a state of their own.
 */
module.exports = class Runtime extends JestRuntime {
	constructor(...given) {
		super(...given);
		current = this;
		const [{ globals }] = given;
		const { watch, watchAll, collectCoverage } = given.at(-1);
		// They were edited or mutated (scripts/mutate) since the last run, or are to be counted for this file alone.
		if (watch || watchAll || collectCoverage || globals.run !== runOfJest) loaded.clear();
		runOfJest = globals.run;
		this.transformCache.sourceMaps = sourceMaps;
		// Jest has no option for it, and would compile for another context than that of the packages.
		this.executor.compile = (code, file) => {
			const known = compiled.get(file);
			if (known?.code === code) return known.run;
			const run = compileFunction(code, this.executor.injectedModuleParameters, { filename: file });
			compiled.set(file, { code, run });
			return run;
		};
	}

	/** What a test wants apart has packages and modules of its own: another process of n8n, as it were. */
	async isolateModulesAsync(load) {
		this.apart = true;
		await super.isolateModulesAsync(load).finally(() => {
			this.apart = false;
		});
	}

	/** What Jest itself loads. */
	requireInternalModule(from, name) {
		return name === 'node:async_hooks' && CIRCUS.test(from) ? testContext : super.requireInternalModule(from, name);
	}

	requireModuleOrMock(from, name) {
		if (this.apart || name.startsWith('@jest/') || this._resolution.isCoreModule(name)) return super.requireModuleOrMock(from, name);
		// A package may be mapped to another (test/oldest).
		const file = this._resolution.resolveCjsStub(from, name) ?? this._resolution.resolveCjs(from, name);
		if (file.includes(PACKAGES)) return loadPackage(file);
		const isModule = file.endsWith('.ts') && file.startsWith(PROJECT) && !file.startsWith(TESTS);
		return isModule ? this.loadModule(file) : super.requireModuleOrMock(from, name);
	}

	loadModule(file) {
		const known = loaded.get(file);
		if (known !== undefined) return known.exports;
		const module = { exports: {} };
		loaded.set(file, module);
		// What it imports later, it gets of the test file that runs then.
		const require = (name) => current.requireModuleOrMock(file, name);
		try {
			const run = compileFunction(this.transformCache.transform(file), ['module', 'exports', 'require', '__dirname', '__filename'], { filename: file });
			run.call(module.exports, module, module.exports, require, dirname(file), file);
		} catch (error) {
			loaded.delete(file);
			throw error;
		}
		return module.exports;
	}
};
