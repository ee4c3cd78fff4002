/** Compiles TypeScript for jest as jest.config.js does, with the one change that the environment names, if any. */
const { createHash } = require('node:crypto');

const { createTransformer } = require('@swc/jest');

const [, options] = require('../../jest.config.js').transform['^.+\\.ts$'];
const swc = createTransformer(options);

/** The mutant as JSON, where it is one of this file. */
function mutantIn(file) {
	const mutant = process.env.MUTANT ?? '';
	return mutant !== '' && file.endsWith(`/${JSON.parse(mutant).file}`) ? mutant : '';
}

function mutated(source, file) {
	const mutant = mutantIn(file);
	if (mutant === '') return source;
	const { start, end, text } = JSON.parse(mutant);
	return source.slice(0, start) + text + source.slice(end);
}

module.exports = {
	canInstrument: false,
	getCacheKey: (source, file, { instrument }) => createHash('sha256').update([source, file, instrument, mutantIn(file)].join('\0')).digest('hex'),
	process: (source, file, jestOptions) => swc.process(mutated(source, file), file, jestOptions),
};
