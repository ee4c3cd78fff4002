const { default: JestSequencer } = require('@jest/test-sequencer');

/**
 * The longest files first, so that no process is left alone with one at the end. Jest knows how long they took the last
 * time, but in a fresh clone only how large they are.
 */
const LONGEST = [
	'engine/input/everyHonoured',
	'engine/errors/secrets',
	'engine/input/everyParameter',
	'engine/trigger/manyEvents',
	'engine/vat/matrix',
	'engine/companies/many',
	'engine/demo/month',
	'engine/posting/correct',
	'engine/renewal',
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
