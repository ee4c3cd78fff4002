const { default: JestSequencer } = require('@jest/test-sequencer');

/**
 * The longest files first, so that no process is left alone with one at the end. Jest knows how long they took the last
 * time, but in a fresh clone only how large they are.
 */
const LONGEST = [
	'engine/input/everyHonoured',
	'engine/errors/secrets',
	'engine/trigger/frames',
	'engine/posting/otherProcesses',
	'engine/trigger/manyEvents',
	'unit/bounds/longInputs',
	'engine/companies/many',
	'engine/bounds/retryAfter',
	'engine/input/everyParameter',
	'engine/renewal',
	'engine/demo/month',
	'engine/bounds/everyBound',
	'clock/fastTime',
	'engine/errors/secretsOfTriggers',
	'engine/vat/matrix',
	'engine/errors/codes',
	'engine/posting/correct',
	'unit/reports/reconcile',
	'unit/bounds/everyRegexp',
	'engine/trigger/looks',
	'unit/sie/properties',
	'engine/posting/editedLedger',
	'engine/companies/proof',
	'engine/demo/demo',
	'engine/posting/otherContent',
	'unit/fortnox/workers',
	'engine/bounds/hostileServer',
	'package/importDirections',
	'engine/reading/entries',
];

const rank = ({ path }) => {
	const place = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/test/${name}.test.ts`));
	return place === -1 ? LONGEST.length : place;
};

module.exports = class extends JestSequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
};
