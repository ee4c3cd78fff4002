const { testTimeout, maxWorkers, testSequencer, ...usual } = require('./jest.config.js');

/** In a test file's own process, before the tests' clock is made, which reads it. */
const inRealTime = '<rootDir>/test/clock/realTime.js';

/** `npm run test:slow`: what must wait for real time (`*.slow.test.ts`), and what takes minutes on the fast clock (`*.long.test.ts`). */
module.exports = {
	testTimeout,
	maxWorkers,
	testSequencer,
	projects: [
		{ ...usual, displayName: 'real time', testMatch: ['**/*.slow.test.ts'], setupFiles: [inRealTime, ...usual.setupFiles] },
		{ ...usual, displayName: 'long', testMatch: ['**/*.long.test.ts'] },
	],
};
