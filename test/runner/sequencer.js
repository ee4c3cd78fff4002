const { default: JestSequencer } = require('@jest/test-sequencer');

/**
 * The longest files first, so that no process is left alone with one at the end. Jest knows how long they took the last
 * time, but in a fresh clone only how large they are.
 */
const LONGEST = [
	'engine/trigger/manyEvents',
	'engine/input/everyHonoured',
	'engine/errors/secrets',
	'engine/trigger/instant',
	'engine/companies/many',
	'unit/fortnox/workers',
	'engine/bounds/tokenEndpoint',
	'engine/input/everyParameter',
	'engine/vat/matrix',
	'contract/exports',
	'engine/demo/month',
	'engine/posting/correct',
	'engine/renewal',
	'engine/reading/entries',
	'package/importDirections',
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
