const { availableParallelism } = require('node:os');
const testFiles = require('./test/runner/testFiles.js');

/** Tests run on the TypeScript sources; types are checked by `npm run typecheck`, not once more here. */
module.exports = {
	testEnvironment: '<rootDir>/test/runner/environment.js',
	runtime: '<rootDir>/test/runner/runtime.js',
	testSequencer: '<rootDir>/test/runner/sequencer.js',
	roots: ['<rootDir>/test'],
	// Tests compute: they wait for next to nothing (test/clock), and each process has packages to load.
	maxWorkers: availableParallelism(),
	testMatch: [...testFiles, '!**/*.wide.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	// Installations of n8n, with packages of the same names.
	modulePathIgnorePatterns: ['<rootDir>/test/e2e/.cache/'],
	// Property tests and whole workflows take their time on a busy machine; only what hangs is to fail by this.
	testTimeout: 240_000,
	setupFiles: ['<rootDir>/test/setup.ts', '<rootDir>/test/quietLog.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/clock/fastTime.ts'],
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
	},
};
