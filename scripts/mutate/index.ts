/**
 * `npm run mutate`: changes the code in a small way, a few hundred times, and sees whether a test fails each time. What
 * survives shows what no test looks at. Samples are drawn with a seed, so that a run can be repeated. A test that runs out of
 * its time finds a mutant only where it ends in time without it, just then, and doesn't with it, twice: a busy machine
 * finds nothing.
 *
 * `npm run mutate -- limiter retry --seed 7 --sample 300 --minutes 10`: rooms, and the seed, mutants and minutes for each.
 * Ends with 1 where fewer than 90 % of a room's mutants are found.
 */
import { parseArgs } from 'node:util';

import { mutantsOf, type Mutant } from './mutants';
import { ROOMS, type Room } from './rooms';
import { compiler } from './types';
import { inWorkers, type Result, type RunWork, type Work } from './workers';

const LEAST = 0.9;

/** For one test file without a mutant, on a busy machine too. */
const MEASURING_MS = 10 * 60_000;

const { values: given, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		seed: { type: 'string', default: '20' },
		sample: { type: 'string', default: '150' },
		minutes: { type: 'string', default: '3' },
		workers: { type: 'string', default: '2' },
	},
});
const workers = Number(given.workers);

/** Numbers from 0 to below 1 that a seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Some of all, in random order. */
function sampleOf(all: Mutant[], count: number): Mutant[] {
	const random = randomFrom(Number(given.seed));
	return all
		.map((mutant) => ({ mutant, place: random() }))
		.sort((a, b) => a.place - b.place)
		.slice(0, count)
		.map(({ mutant }) => mutant);
}

interface TestFile {
	file: string;
	ms: number;
	/** What it costs, on a busy machine too. */
	cpuMs: number;
	/** Of its slowest test. */
	slowestMs: number;
	lines: Map<string, Set<number>>;
}

/** Runs each test file once: how long it takes, and which lines of the sources it runs. The cheapest first. */
async function measure({ sources, tests }: Room): Promise<TestFile[]> {
	const measured: TestFile[] = [];
	const all = tests.map((test): Work => ({ tests: [test], coverageOf: sources, timeout: MEASURING_MS }));
	await inWorkers(workers, all, async (work, run) => {
		const { lines, failed, hung, message, error, ms = 0, cpuMs = 0, slowestMs = 0 } = await run(work);
		const [file = ''] = work.tests;
		if (hung === true) throw new Error(`${file} has not ended after ${MEASURING_MS / 60_000} minutes; run it alone`);
		if (failed !== undefined || lines === undefined) throw new Error(`${file} fails without a mutant: ${message ?? error}`);
		measured.push({
			file,
			ms,
			cpuMs,
			slowestMs,
			lines: new Map(Object.entries(lines).map(([path, ran]) => [path.slice(process.cwd().length + 1), new Set(ran)])),
		});
	});
	return measured.sort((a, b) => a.cpuMs - b.cpuMs);
}

/** What became of a mutant; nothing is known where tests run out of time without it, too. */
type Verdict = 'killed' | 'hangs' | 'survives' | 'undecided' | 'no test runs it';

interface Tried {
	mutant: Mutant;
	verdict: Verdict;
}

interface MutantWork extends Work {
	mutant: Mutant;
	testTimeout: number;
	timeout: number;
}

const passes = ({ failed, hung, error }: Result): boolean => failed === undefined && hung !== true && error === undefined;
const fails = ({ failed, timedOut }: Result): boolean => failed !== undefined && timedOut !== true;

async function verdictOn(work: MutantWork, run: RunWork): Promise<Verdict> {
	const { tests, mutant, testTimeout, timeout } = work;
	const first = await run(work);
	if (fails(first)) return 'killed';
	if (passes(first)) return 'survives';
	const without = await run({ tests, testTimeout, timeout });
	const again = await run({ tests, mutant, testTimeout: 2 * testTimeout, timeout: 2 * timeout });
	if (fails(again)) return 'killed';
	if (passes(again)) return 'survives';
	return passes(without) ? 'hangs' : 'undecided';
}

async function tryAll(mutants: Mutant[], tests: TestFile[]): Promise<Tried[]> {
	const until = Date.now() + Number(given.minutes) * 60_000;
	const tried: Tried[] = [];
	const work: MutantWork[] = [];
	for (const mutant of mutants) {
		const running = tests.filter(({ lines }) => lines.get(mutant.file)?.has(mutant.line));
		if (running.length === 0) tried.push({ mutant, verdict: 'no test runs it' });
		else
			work.push({
				mutant,
				tests: running.map(({ file }) => file),
				testTimeout: 3000 + 3 * Math.max(...running.map(({ slowestMs }) => slowestMs)),
				timeout: 10_000 + 5 * running.reduce((sum, { ms }) => sum + ms, 0),
			});
	}
	await inWorkers(
		workers,
		work,
		async (one, run) => {
			tried.push({ mutant: one.mutant, verdict: await verdictOn(one, run) });
		},
		() => Date.now() < until,
	);
	return tried;
}

async function mutate(name: string, room: Room): Promise<boolean> {
	const all = room.sources.flatMap(mutantsOf);
	const started = Date.now();
	const tests = await measure(room);
	const tried = await tryAll(sampleOf(all, Number(given.sample)), tests);
	const unnoticed = tried.filter(({ verdict }) => verdict === 'survives' || verdict === 'no test runs it');
	const compiles = unnoticed.length === 0 ? () => true : compiler();
	const survivors = unnoticed.filter(({ mutant }) => compiles(mutant));
	const count = (wanted: Verdict): number => tried.filter(({ verdict }) => verdict === wanted).length;
	const decided = tried.length - count('undecided');
	const found = decided - survivors.length;
	console.log(
		[
			`${name}: ${((100 * found) / decided).toFixed(1)} %, ${found} of ${decided} (of ${all.length} mutants, seed ${given.seed})`,
			`tests fail for ${count('killed')} and hang for ${count('hangs')}, the compiler refuses ${unnoticed.length - survivors.length}`,
			`${count('undecided')} undecided, as tests ran out of time without them`,
			`in ${Math.round((Date.now() - started) / 1000)} s`,
		].join('; '),
	);
	for (const { mutant, verdict } of survivors.sort((a, b) => a.mutant.file.localeCompare(b.mutant.file) || a.mutant.line - b.mutant.line)) {
		const shown = (text: string): string => (text.length > 70 ? `${text.slice(0, 70)}…` : text).replaceAll(/\s+/g, ' ');
		console.log(`  ${mutant.file}:${mutant.line}  ${shown(mutant.was)}  →  ${shown(mutant.text)}  ${verdict}`);
	}
	return found >= LEAST * decided;
}

async function main(): Promise<void> {
	let enough = true;
	for (const name of positionals.length > 0 ? positionals : Object.keys(ROOMS)) {
		const room = ROOMS[name];
		if (room === undefined) throw new Error(`There is no room ${name}: ${Object.keys(ROOMS).join(', ')}`);
		if (!(await mutate(name, room()))) enough = false;
	}
	process.exitCode = enough ? 0 : 1;
}

void main();
