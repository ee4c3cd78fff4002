const project = require('../../jest.config.js');
const testFiles = require('../runner/testFiles.js');

/** Runs tests of the project on the built package and on the n8n engine of the oldest supported line. */
module.exports = {
	...project,
	rootDir: '../..',
	roots: ['<rootDir>/test/engine'],
	// Those of `npm run test:wide`, too.
	testMatch: testFiles,
	testPathIgnorePatterns: [
		// What the newest engine does by itself.
		'test/engine/credentials.test.ts',
		// Long, and no different on another engine.
		'test/engine/demo/',
		'test/engine/errors/',
		'test/engine/posting/badInputs',
		'test/engine/posting/order',
		'test/engine/sie/.*(ExactlyOnce|Samples)',
		'test/engine/trigger/looks',
	],
	setupFiles: ['<rootDir>/test/oldest/setup.ts', ...project.setupFiles],
	setupFilesAfterEnv: [...project.setupFilesAfterEnv, '<rootDir>/test/oldest/isOldest.ts'],
	// A module that is named without an ending is that of `dist`, not the codex file beside it.
	moduleFileExtensions: ['js', 'ts', 'json', 'node'],
	moduleNameMapper: {
		'^n8n-core$': '<rootDir>/test/oldest/n8nCore.js',
		'^(n8n-workflow|luxon|@n8n/(?:backend-common|di))$': '<rootDir>/test/oldest/node_modules/$1',
		'^(?:\\.\\./)+((?:nodes|credentials)/.+?)(?:\\.ts)?$': '<rootDir>/dist/$1',
	},
};
