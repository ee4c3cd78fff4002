const { default: JestSequencer } = require('@jest/test-sequencer');

/**
 * The longest files first, so that no process is left alone with one at the end. Jest knows how long they took the last
 * time, but in a fresh clone only how large they are.
 */
const LONGEST = [
	'engine/input/everyHonoured.wide',
	'engine/errors/secrets.wide',
	'engine/trigger/frames.wide',
	'engine/posting/otherProcesses',
	'engine/trigger/manyEvents.wide',
	'unit/bounds/longInputs.wide',
	'engine/companies/many.wide',
	'engine/bounds/retryAfter.wide',
	'engine/input/everyParameter.wide',
	'engine/renewal.wide',
	'engine/demo/month.wide',
	'engine/bounds/everyBound.wide',
	'clock/fastTime',
	'engine/errors/secretsOfTriggers.wide',
	'engine/vat/matrix.wide',
	'engine/errors/codes',
	'engine/posting/correct',
	'unit/reports/reconcile',
	'unit/bounds/everyRegexp.wide',
	'engine/trigger/looks',
	'unit/sie/properties',
	'engine/posting/editedLedger',
	'engine/companies/fifty.wide',
	'engine/demo/demo',
	'engine/posting/otherContent',
	'unit/fortnox/workers',
	'engine/bounds/hostileServer.wide',
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
