process.env.TEST_SANDBOX = 'recorded';

/**
 * `npm run test:recorded`: suites of what is posted and read, on a sandbox whose answers have the fewer fields of the public
 * recordings (`answerShapes`). What needs more, such as the VAT codes of accounts, isn't among them: what becomes of it
 * stands in test/engine/reading/recordedShapes.test.ts.
 */
module.exports = {
	...require('./jest.config.js'),
	testMatch: [
		'**/test/engine/posting/{archiveFiles,correct,entries,order}.test.ts',
		'**/test/engine/reading/{balances,datesOfYear,entries,entryNames,openings,partners}.test.ts',
		'**/test/engine/reports/{statements,trialBalance}.test.ts',
		'**/test/engine/sie/import.test.ts',
		'**/test/engine/trigger/trigger.test.ts',
	],
};
