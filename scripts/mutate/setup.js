/**
 * Properties are tried on some inputs only, and end with the first that fails: the search for the shortest one takes long.
 * Fewer mutants are found by this than by the whole tests, never more.
 */
const fastCheck = require('fast-check');

const MOST_RUNS = 300;

// A process runs many test files with the one fast-check.
const { assert } = (fastCheck.whole ??= fastCheck.default);

fastCheck.default = {
	...fastCheck.whole,
	assert: (property, { numRuns = MOST_RUNS, ...parameters } = {}) =>
		assert(property, { ...parameters, numRuns: Math.min(numRuns, MOST_RUNS), endOnFailure: true }),
};
