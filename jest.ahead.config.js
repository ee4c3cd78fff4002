/** `npm run test:ahead` (test/clock/ahead.ts), which says the day and the folders: the wide tests among them, too. */
module.exports = { ...require('./jest.config.js'), testMatch: require('./test/runner/testFiles.js') };
