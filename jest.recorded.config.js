process.env.TEST_SANDBOX = 'recorded';

/**
 * `npm run test:recorded`: suites of what is posted and read, on a sandbox whose answers have the fewer fields of the public
 * recordings (`answerShapes`). What needs the fields that these lack, such as the VAT codes of accounts, stands in
 * test/engine/reading/recordedShapes.test.ts.
 */
module.exports = {
	...require('./jest.config.js'),
	testMatch: [
		'**/test/engine/posting/{archiveFiles,correct,entries,order}.test.ts',
		'**/test/engine/reading/{balances,datesOfYear,entries,entryNames,openings,partners}.test.ts',
		'**/test/engine/reports/{examples,statements,trialBalance}.test.ts',
		'**/test/engine/sie/{cases,import}.test.ts',
		'**/test/engine/trigger/trigger.test.ts',
	],
};
