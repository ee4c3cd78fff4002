const { TestEnvironment } = require('jest-environment-node');

/** Runs no further test of a file once one has failed: the mutant is found, and the others might only hang. */
module.exports = class extends TestEnvironment {
	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure' || name === 'hook_failure') this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
};
