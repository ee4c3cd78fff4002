/**
 * Runs test files in this process, again and again, so that jest and n8n's engine are loaded once. Each message names
 * the files and the mutant; the answer says which failed, or which lines they ran.
 */
const { runCLI } = require('jest');

const config = require('../../jest.config.js');
const environment = require('./environment.js');

/** How Jest says that a test or a hook did not end in its time. */
const OUT_OF_TIME = /Exceeded timeout of \d+ ms/;

let run = 0;

process.on('message', (work) => {
	void answer(work).then((result) => process.send(result), (error) => process.send({ error: String(error) }));
});

async function answer({ tests, mutant, testTimeout, coverageOf }) {
	process.env.MUTANT = mutant === undefined ? '' : JSON.stringify(mutant);
	process.env.MUTATE_ORDER = JSON.stringify(tests);
	environment.hasFailed = false;
	const started = Date.now();
	const cpuBefore = process.cpuUsage();
	const { results } = await runCLI(argumentsFor(tests, coverageOf, testTimeout), [process.cwd()]);
	const failed = results.testResults.find(
		({ numFailingTests, testExecError }) => numFailingTests > 0 || (testExecError && testExecError.message !== environment.FOUND),
	);
	return {
		failed: failed?.testFilePath,
		timedOut: failed !== undefined && !failed.testExecError && messagesOf(failed).every((message) => OUT_OF_TIME.test(message)),
		message: failed?.failureMessage?.slice(0, 400),
		ms: Date.now() - started,
		cpuMs: Math.round((process.cpuUsage(cpuBefore).user + process.cpuUsage(cpuBefore).system) / 1000),
		slowestMs: Math.max(...results.testResults.flatMap(({ testResults }) => testResults.map(({ duration }) => duration ?? 0))),
		lines: coverageOf && linesIn(results.coverageMap),
	};
}

function argumentsFor(tests, coverageOf, testTimeout) {
	const changed = {
		...config,
		rootDir: process.cwd(),
		transform: { '^.+\\.ts$': require.resolve('./transform.js') },
		testEnvironment: require.resolve('./environment.js'),
		testSequencer: require.resolve('./sequencer.js'),
		setupFiles: [...config.setupFiles, require.resolve('./setup.js')],
		...(testTimeout && { testTimeout }),
		// Jest keeps what it has compiled by its configuration: another one for each run.
		globals: { run: ++run },
		...(coverageOf && { collectCoverageFrom: coverageOf, coverageProvider: 'v8', coverageReporters: [], coverageDirectory: 'coverage' }),
	};
	return {
		_: tests, $0: '', config: JSON.stringify(changed), runTestsByPath: true, runInBand: true, silent: true,
		reporters: [], cache: true, watchman: false, coverage: coverageOf !== undefined,
	};
}

function messagesOf({ testResults }) {
	return testResults.flatMap(({ failureMessages }) => failureMessages);
}

/** Lines of which something was run, by file. */
function linesIn(map) {
	const lines = {};
	for (const file of map.files()) {
		const { s: counts, statementMap } = map.fileCoverageFor(file).toJSON();
		const ran = new Set();
		for (const [key, count] of Object.entries(counts)) {
			const { start, end } = statementMap[key];
			for (let line = start.line; count > 0 && line <= end.line; line++) ran.add(line);
		}
		lines[file] = [...ran];
	}
	return lines;
}
