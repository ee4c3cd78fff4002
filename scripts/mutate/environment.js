const Environment = require('../../test/runner/environment.js');

/** Runs no further test of a file once one has failed: the mutant is found, and the others might only hang. */
module.exports = class extends Environment {
	async handleTestEvent(event) {
		const { name, test } = event;
		if (name === 'test_fn_failure' || name === 'hook_failure') this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
		await super.handleTestEvent(event);
	}
};
