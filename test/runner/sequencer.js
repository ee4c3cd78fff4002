const { default: JestSequencer } = require('@jest/test-sequencer');

/**
 * The longest files first, so that no process is left alone with one at the end. Jest knows how long they took the last
 * time, but in a fresh clone only how large they are.
 */
const LONGEST = [
	'engine/input/everyHonoured',
	'engine/errors/secrets',
	'engine/trigger/manyEvents',
	'engine/trigger/frames',
	'engine/companies/many',
	'engine/bounds/retryAfter',
	'engine/input/everyParameter',
	'engine/posting/otherProcesses',
	'engine/errors/secretsOfTriggers',
	'engine/posting/correct',
	'engine/demo/month',
	'engine/vat/matrix',
	'engine/demo/demo',
	'engine/input/firstItem',
	'engine/bounds/hostileLists',
	'engine/companies/proof',
	'engine/renewal',
	'unit/bounds/longInputs',
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
