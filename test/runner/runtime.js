const { sep } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { loadPackage } = require('./packages.js');
const testContext = require('./testContext.js');

const CIRCUS = /[\\/]node_modules[\\/]jest-circus[\\/]/;
const PACKAGES = `${sep}node_modules${sep}`;

/** The project's files as functions, by name: compiled once in a process, and run anew for each test file. */
const compiled = new Map();

/**
 * Jest would load all that a test file imports anew for it; for n8n-core alone that takes some two seconds. Here packages
 * are loaded once in a process. The project's own files still run anew for each test file, with a state of their own.
 */
module.exports = class Runtime extends JestRuntime {
	constructor(...given) {
		super(...given);
		// Jest has no option for it, and would compile for another context than that of the packages.
		this.executor.compile = (code, file) => {
			const known = compiled.get(file);
			if (known?.code === code) return known.run;
			const run = compileFunction(code, this.executor.injectedModuleParameters, { filename: file });
			compiled.set(file, { code, run });
			return run;
		};
	}

	/** What a test wants apart has packages of its own too: another process of n8n, as it were. */
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
		return file.includes(PACKAGES) ? loadPackage(file) : super.requireModuleOrMock(from, name);
	}
};
