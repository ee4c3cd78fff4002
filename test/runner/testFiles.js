/** Patterns of the test files that run on the fast clock in seconds: all but what `npm run test:slow` runs. */
module.exports = ['**/*.test.ts', '!**/*.{slow,long}.test.ts'];
