// Before the tests' clock is made, which reads it.
process.env.TEST_SPEED = '1';

/** `npm run test:slow`: what must wait for real time. */
module.exports = { ...require('./jest.config.js'), testMatch: ['**/*.slow.test.ts'] };
