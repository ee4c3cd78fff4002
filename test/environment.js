const { Server } = require('node:net');
const { TestEnvironment } = require('jest-environment-node');

// Node has no documented way to ask for more than the kinds of what is open.
const listening = () => process._getActiveHandles().filter((handle) => handle instanceof Server && handle.listening);

/** Fails a suite that leaves a server open: where all suites run in one process, Jest would wait for it without end. */
module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.before = new Set(listening());
	}

	async teardown() {
		const left = listening().filter((server) => !this.before.has(server));
		await super.teardown();
		if (left.length > 0) throw new Error(`${left.length} servers are still open: close every world and sandbox of the suite`);
	}
};
