process.env.TEST_SANDBOX = 'lenient';

/**
 * `npm run test:lenient`: suites of what is posted and read, on a sandbox that goes the other way wherever it isn't known
 * how Fortnox behaves (test/engine/support/otherWay.ts). The ordinary run has the stricter one.
 */
module.exports = {
	...require('./jest.config.js'),
	testMatch: [
		'**/test/engine/posting/{archiveFiles,correct,entries,order,spread,vat}.test.ts',
		'**/test/engine/reading/*.test.ts',
		'**/test/engine/registers/*.test.ts',
		'**/test/engine/reports/{examples,statements,trialBalance}.test.ts',
		'**/test/engine/sie/import.test.ts',
		'**/test/engine/trigger/trigger.test.ts',
		'**/test/engine/vat/*.test.ts',
	],
};
