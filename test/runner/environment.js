const { Server } = require('node:net');
const { ModuleMocker } = require('jest-mock');
const { loadedByPackages } = require('./packages.js');

// Node has no documented way to ask for more than the kinds of what is open.
const listening = () => process._getActiveHandles().filter((handle) => handle instanceof Server && handle.listening);

/** Where Jest looks for the machine's clock when a test has replaced it. */
const NATIVE_NOW = Symbol.for('jest-native-now');

/**
 * All test files of a process run in its own context, one after the other, so that packages and modules which one has loaded
 * serve the next (runtime.js). What a file changes of the globals, and of the environment variables, is undone after it.
 *
 * Fails a file that leaves a server open: where all files run in one process, Jest would wait for it without end.
 */
module.exports = class {
	constructor() {
		this.global = globalThis;
		this.moduleMocker = new ModuleMocker(globalThis);
		// No test uses Jest's clock: they have one of their own (test/clock).
		this.fakeTimers = null;
		this.fakeTimersModern = null;
		this.globals = Object.getOwnPropertyDescriptors(globalThis);
		this.variables = { ...process.env };
		this.exit = process.exit;
		globalThis[NATIVE_NOW] = Date.now.bind(Date);
	}

	getVmContext() {
		return globalThis;
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	async setup() {
		this.before = new Set(listening());
	}

	/** When the last test has ended, Jest measures how long the file took: by the machine's clock. */
	async handleTestEvent({ name }) {
		if (name === 'teardown') this.restoreGlobals();
	}

	async teardown() {
		const left = listening().filter((server) => !this.before.has(server));
		this.moduleMocker.restoreAllMocks();
		this.restoreGlobals();
		this.removeNewGlobals();
		this.restoreVariables();
		process.exit = this.exit;
		if (left.length > 0) throw new Error(`${left.length} servers are still open: close every world and sandbox of the suite`);
	}

	restoreGlobals() {
		for (const key of Reflect.ownKeys(this.globals)) {
			const was = this.globals[key];
			const is = Object.getOwnPropertyDescriptor(globalThis, key);
			const changed = is === undefined || is.value !== was.value || is.get !== was.get || is.set !== was.set;
			if (changed && is?.configurable !== false) Object.defineProperty(globalThis, key, was);
		}
	}

	removeNewGlobals() {
		for (const key of Reflect.ownKeys(globalThis)) {
			if (!Object.hasOwn(this.globals, key) && !loadedByPackages.has(key)) Reflect.deleteProperty(globalThis, key);
		}
	}

	restoreVariables() {
		for (const name of Object.keys(process.env)) if (!Object.hasOwn(this.variables, name)) delete process.env[name];
		Object.assign(process.env, this.variables);
	}
};
