/**
 * `npm run test:ahead`: the tests that depend on the day, on days to come, so that neither they nor the node expire.
 * Arguments go to Jest, in place of the folders below.
 */
import { spawnSync } from 'node:child_process';

const DAYS = {
	'a year later': '2027-11-26T10:00:00Z',
	// No entries yet in the new financial year, and UTC still has the old one.
	'half an hour after New Year in Stockholm': '2026-12-31T23:30:00Z',
};
const DEPEND_ON_THE_DAY = [
	'test/clock',
	'test/contract',
	'test/engine/posting/entries',
	'test/engine/reading',
	'test/engine/registers',
	'test/engine/reports',
	'test/engine/trigger',
	'test/sandbox',
	'test/unit/ledger/dates',
];

const given = process.argv.slice(2);
for (const [name, startsAt] of Object.entries(DAYS)) {
	console.log(`\n${name} (${startsAt})`);
	const { status } = spawnSync('npx', ['jest', '-c', 'jest.ahead.config.js', ...(given.length > 0 ? given : DEPEND_ON_THE_DAY)], {
		env: { ...process.env, TEST_STARTS_AT: startsAt },
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exitCode = 1;
}
