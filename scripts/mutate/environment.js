const Environment = require('../../test/runner/environment.js');

/** Runs nothing more once a test of a run has failed: the mutant is found, and the others might only hang. */
class MutantEnvironment extends Environment {
	/** Of all files of a run. Jest's own `bail` ends the process, which takes longest to start. */
	static hasFailed = false;
	static FOUND = 'The mutant was found by another file';

	async setup() {
		if (MutantEnvironment.hasFailed) throw new Error(MutantEnvironment.FOUND);
		await super.setup();
	}

	async handleTestEvent(event) {
		const { name, test } = event;
		if (name === 'test_fn_failure' || name === 'hook_failure') MutantEnvironment.hasFailed = true;
		if (name === 'test_start' && MutantEnvironment.hasFailed) test.mode = 'skip';
		await super.handleTestEvent(event);
	}
}

module.exports = MutantEnvironment;
